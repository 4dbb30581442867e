"""The package as a stranger gets it: its public names, its documentation, its imports, its wheel."""

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import briefer

ROOT = Path(__file__).parent.parent

HEAVY = {"openai", "sqlalchemy", "trafilatura", "tiktoken", "numpy", "pydantic", "lxml"}


LOADED_BY_OTHERS = {"tzdata", "lxml_html_clean"}
"""Dependencies that no line of ours imports: of zoneinfo, and of trafilatura."""


def python(code, *arguments, **environment):
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return result.stdout


def test_the_public_names_are_sorted_and_all_there():
    order = sorted(briefer.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert briefer.__all__ == order
    assert dir(briefer) == briefer.__all__
    assert all(getattr(briefer, name) is not None for name in briefer.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="summarise"):
        briefer.summarise  # noqa: B018


@pytest.mark.parametrize("code", ["import briefer", "from briefer.cli import main; main(['--help'])"])
def test_import_and_help_load_nothing_heavy(code):
    told = python(
        f"import sys\ntry:\n    exec({code!r})\nexcept SystemExit:\n    pass\n"
        f"print('loaded', sorted({HEAVY!r} & set(sys.modules)))"
    )
    assert told.splitlines()[-1] == "loaded []"


def test_help_answers_at_once():
    spent = []
    for _ in range(3):
        begin = os.times().children_user
        python("from briefer.cli import main; main(['--help'])")
        spent.append(os.times().children_user - begin)
    assert min(spent) < 0.4


def test_the_command_line_page_is_the_programs_own_help():
    subprocess.run([sys.executable, ROOT / "scripts" / "make_cli_docs.py", "--check"], check=True, cwd=ROOT)


def test_the_locks_hold_hashes_and_no_addresses():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pins = [line for line in text.splitlines() if "==" in line]
        assert len(pins) > 20
        assert all(line.endswith("\\") for line in pins)


def test_old_pip_installs_what_the_reader_of_pages_needs():
    """pip before 23.3 does not match lxml's extra `html_clean`, by which trafilatura asks for this."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert any(line.startswith("lxml-html-clean") for line in project["dependencies"])
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert re.search(r"^lxml-html-clean==", (ROOT / name).read_text(), re.MULTILINE)


def test_every_link_of_the_documentation_leads_somewhere():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
            assert "://" in target or (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 1", "needs Python 3.11 or later"),
        ("case $* in *ensurepip*) exit 1;; esac", "apt-get install python3-venv"),
    ],
)
def test_make_says_what_a_machine_lacks(tmp_path, script, words):
    python3 = tmp_path / "python3"
    python3.write_text(f"#!/bin/sh\n{script}\n")
    python3.chmod(0o755)
    found = "" if "3.11" in words else python3
    made = subprocess.run(
        ["make", "-s", "-C", ROOT, "brief", f"PYTHON={found}", f"VENV={tmp_path}/venv"], capture_output=True, text=True
    )
    assert made.returncode == 2
    assert words in made.stderr
    assert not (tmp_path / "venv").exists()


def test_make_check_runs_every_tool_though_one_fails(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("python", "ruff", "mypy", "lint-imports"):
        program = programs / name
        program.write_text(f'#!/bin/sh\necho "ran {name} $*"\ncase "{name} $1" in "ruff check"|mypy*) exit 1;; esac\n')
        program.chmod(0o755)
    for stamp in (".runtime", ".development"):
        (tmp_path / stamp).touch()
    made = subprocess.run(["make", "-s", "-C", ROOT, "check", f"VENV={tmp_path}"], capture_output=True, text=True)
    assert made.returncode == 2
    ran = [line.split()[1] for line in made.stdout.splitlines() if line.startswith("ran ")]
    assert ran == ["ruff", "ruff", "mypy", "lint-imports"]
    assert "failed: ruff check .; mypy\n" in made.stderr


def test_the_samples_editions_are_what_the_program_gives():
    editions = sorted((ROOT / "samples" / "briefings").glob("*.md"))
    if not editions:
        pytest.skip("samples/briefings/ is not made yet; make samples")
    for edition in editions:
        ran = subprocess.run(
            [
                sys.executable,
                "-m",
                "briefer",
                "run",
                f"samples/{edition.stem}",
                "--date",
                edition.stem,
                "-f",
                "markdown",
            ],
            capture_output=True,
            cwd=ROOT,
        )
        assert ran.stdout.decode() == edition.read_text(), "run: make samples"


IMPORTED_AS = {"markdown_it_py": "markdown_it", "pyyaml": "yaml"}


def test_every_dependency_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    source = "\n".join(path.read_text() for path in (ROOT / "briefer").rglob("*.py"))
    for line in project["dependencies"]:
        named = re.match(r"[\w-]+", line)[0].replace("-", "_")
        name = IMPORTED_AS.get(named, named)
        assert name in LOADED_BY_OTHERS or re.search(rf"^\s*(import|from) {name}\b", source, re.MULTILINE), name


@pytest.mark.slow
def test_the_wheel_works_outside_the_checkout(tmp_path):
    """Built and installed without the network: the build backend and the dependencies are the ones already here."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("briefer-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    data = {str(path.relative_to(ROOT)) for path in (ROOT / "briefer").rglob("data/*") if path.is_file()}
    assert data
    assert data <= held
    assert {"briefer/_prompts/README.md", "briefer/_evals/README.md", "briefer/py.typed"} <= held

    venv.create(tmp_path / "venv")
    inside = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = ["install", "--no-deps", "--no-index", "--quiet", wheel]
    subprocess.run([sys.executable, "-m", "pip", "--python", inside / "python", *install], check=True, cwd=tmp_path)
    (tmp_path / "article.txt").write_text(
        "Fighters of the Dawn Brigade captured the town of Marisal on Monday, residents said. "
        "The army withdrew its vehicles to the river, where shelling went on through the evening.\n"
    )
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    where = [inside / "python", "-c", "import briefer; print(briefer.__file__)"]
    assert str(tmp_path) in subprocess.run(where, check=True, capture_output=True, text=True, cwd=tmp_path).stdout
    for command, words in [("--version", briefer.__version__), ("schema", '"$defs"'), ("run article.txt", "Marisal")]:
        ran = subprocess.run(
            [inside / "briefer", *command.split()],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": libraries},
        )
        assert ran.returncode == 0, ran.stderr
        assert words in ran.stdout
