"""`briefer init` writes a file that holds every setting; `briefer config show` tells what counts and no secret."""

import json
import os
import re
import stat
import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefer.cli.config import app as config
from briefer.cli.init import init
from briefer.errors import OutputError, SettingsError, UsageError
from briefer.settings import Collection, Digest, Outlet, Prices, Settings, load
from briefer.settings.template import template

DOCS = Path(__file__).parents[1] / "docs"
TABLES = {"collections": Collection, "outlets": Outlet, "digests": Digest}


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """An empty current folder and an environment without settings."""
    for name in [name for name in os.environ if name.startswith("BRIEFER_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(app_or_function, *arguments):
    """The result of a command; what it raises on purpose is raised."""
    app = app_or_function
    if not isinstance(app, typer.Typer):
        app = typer.Typer()
        app.command()(app_or_function)
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def everything():
    """The template with nothing commented out."""
    return tomllib.loads(re.sub(r"^#(?=\[|[a-z_]+ = )", "", template(), flags=re.MULTILINE))


def models():
    """Each table of the template, the model that it follows, and the defaults of that model."""
    whole = everything()
    yield "", {key: value for key, value in whole.items() if not isinstance(value, dict)}, Settings, Settings()
    for name in ("collecting", "fields", "names", "mail"):
        yield name, whole[name], Settings.model_fields[name].annotation, getattr(Settings(), name)
    model = dict(whole["model"])
    yield "model.prices", model.pop("prices"), Prices, Prices()
    yield "model", model, type(Settings().model), Settings().model
    for name, kind in TABLES.items():
        ((_, table),) = whole[name].items()
        yield name, table, kind, kind.model_construct()


@pytest.mark.parametrize(("name", "table", "kind", "defaults"), [pytest.param(*each, id=each[0]) for each in models()])
def test_the_template_holds_every_key_with_its_default(name, table, kind, defaults):
    tables = {"prices", "fields", "model", "collecting", "names", "mail", *TABLES} if name in ("", "model") else set()
    assert set(table) == set(kind.model_fields) - tables
    for key, value in table.items():
        default = getattr(defaults, key, None)
        if default is not None and (name, key) not in {("collections", "paths"), ("digests", "collection")}:
            shown = list(default) if isinstance(default, tuple) else default
            assert value == shown, f"{name}.{key}"


def test_all_of_the_template_at_once_is_right():
    assert set(everything()) == set(Settings.model_fields)
    Settings.model_validate(everything())


def test_every_key_of_the_template_stands_there_once_with_a_line_that_explains_it():
    lines = template().splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"#?[a-z_]+ = ", line)]
    assert all(lines[number - 1].startswith("# ") for number in keys)


def test_the_docs_name_every_key():
    docs = "".join((DOCS / name).read_text("utf-8") for name in ("settings.md", "house-names.md"))
    prose = re.sub(r"```.*?```", "", docs, flags=re.DOTALL)
    named = set(re.findall(r"`(?:[a-z_]*\.)?([a-z_]+)`", prose)) | set(re.findall(r"(?m)^([a-z_]+) = ", docs))
    named |= {"actors", "places"} if "[names.actors]" in docs and "[names.places]" in docs else set()
    for name, table, *_ in models():
        assert set(table) <= named, f"[{name}]"


def test_a_new_file_works_as_it_is(own_folder):
    command(init)
    settings = load()
    assert settings.collections == {"news": Collection(paths=("articles",))}
    assert settings == Settings(collections=settings.collections)


def test_only_its_owner_reads_a_new_file(own_folder):
    command(init)
    assert stat.S_IMODE((own_folder / "briefer.toml").stat().st_mode) == 0o600


def test_a_file_that_is_there_stays(own_folder):
    file = own_folder / "briefer.toml"
    file.write_text("timezone = 'Asia/Tokyo'")
    with pytest.raises(UsageError, match=r"briefer\.toml is there already.*--force"):
        command(init)
    assert file.read_text() == "timezone = 'Asia/Tokyo'"
    command(init, "--force")
    assert file.read_text() == template()
    assert [path.name for path in own_folder.iterdir()] == ["briefer.toml"]


def test_a_link_to_nowhere_is_a_file_that_is_there(own_folder):
    (own_folder / "briefer.toml").symlink_to(own_folder / "elsewhere.toml")
    with pytest.raises(UsageError):
        command(init)
    assert not (own_folder / "elsewhere.toml").exists()


def test_the_file_goes_where_it_is_wanted(own_folder):
    (own_folder / "desk").mkdir()
    command(init, "desk")
    command(init, "desk/other.toml")
    assert sorted(path.name for path in (own_folder / "desk").iterdir()) == ["briefer.toml", "other.toml"]
    with pytest.raises(OutputError, match="no folder"):
        command(init, "nowhere/briefer.toml")


FULL = r"""
timezone = "Asia/Damascus"
store = "postgresql://desk:hunter2@db.example/briefer"
[model]
name = "small"
[model.headers]
X-Team = "env:TEAM"
X-Api-Key = "hunter2"
[model.extra]
reasoning_effort = "low"
api_key = "hunter2"
[model.prices]
input = 0.25
[collecting]
proxy = "http://me:hunter2@proxy.example:3128"
[collections.libya]
feeds = ["https://news.example/rss"]
keywords = ["Ra's \"Lanuf\"", "tab\there", "\u202ebidi"]
[names.actors]
"Dawn Front" = ["the Front"]
[outlets.herald]
hosts = ["herald.example"]
[digests.desk]
collection = "libya"
"""


def test_what_is_shown_can_be_read_back(own_folder):
    own_folder.joinpath("briefer.toml").write_text(re.sub(r"(?m)^.*hunter2.*\n", "", FULL))
    shown = command(config, "show").output
    assert Settings.model_validate(tomllib.loads(shown)) == load()


def test_the_defaults_can_be_read_back():
    assert Settings.model_validate(tomllib.loads(command(config, "show").output)) == Settings()


@pytest.mark.parametrize("options", [("show",), ("show", "--json")])
def test_no_secret_is_shown(own_folder, monkeypatch, options):
    own_folder.joinpath("briefer.toml").write_text(FULL)
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    shown = command(config, *options).output
    assert "hunter2" not in shown
    assert "env:TEAM" in shown
    assert "\u202e" not in shown
    if options == ("show",):
        tomllib.loads(shown)


def test_each_value_is_shown_with_its_origin(own_folder, monkeypatch):
    own_folder.joinpath("briefer.toml").write_text('timezone = "Asia/Damascus"\n[mail]\nhost = "smtp.desk.example"\n')
    monkeypatch.setenv("BRIEFER_MAIL__PORT", "2525")
    shown = command(config, "show").output.splitlines()
    assert 'timezone = "Asia/Damascus"  # file' in shown
    assert "port = 2525  # BRIEFER_MAIL__PORT" in shown
    assert 'security = "starttls"  # default' in shown
    assert "# extractor: not set  # default" in shown


def test_json_holds_each_value_with_its_origin(own_folder):
    own_folder.joinpath("desk.toml").write_text('timezone = "Asia/Damascus"\n')
    found = json.loads(command(config, "show", "--json", "--config", "desk.toml").output)
    assert (found["schema"], found["file"]) == ("briefer.config/1", "desk.toml")
    rows = {row["key"]: row for row in found["settings"]}
    assert rows["timezone"] == {
        "key": "timezone", "value": "Asia/Damascus", "origin": "file", "name": "desk.toml", "hidden": False,
    }  # fmt: skip


def test_settings_that_are_wrong_are_not_shown(own_folder):
    own_folder.joinpath("briefer.toml").write_text("timezon = 1")
    with pytest.raises(SettingsError, match="timezon"):
        command(config, "show")
