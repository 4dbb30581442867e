"""`briefer eval compare`: two results side by side."""

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.evals.options import FolderArgument, default_folder, plan_of, run_options
from briefer.cli.evals.run import evaluated, read_result
from briefer.cli.options import ConfigOption, QuietOption
from briefer.cli.output import note, show
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.evals.results import Result

MODEL = "model:"
RULES = "rules"
_HELP = "A result file, REVISION:FILE of git, a folder of prompts, model:NAME, or rules."


def compare(
    one: Annotated[str, typer.Argument(metavar="A", help=_HELP)],
    other: Annotated[str, typer.Argument(metavar="B", help="The same; it is told by what it changes.")],
    folder: FolderArgument = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what differs as JSON.")] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Set two results side by side: measures, and what each case won and lost.

    Prompts and models are run over the cases of FOLDER, from recordings alone.

    \b
    Examples:
      briefer eval compare main:result.json result.json
      briefer eval compare prompts/ my-prompts/
      briefer eval compare rules model:gpt-5-mini my-evals/
    """
    from briefer.cli.evals import view
    from briefer.evals import gate

    before = _scored(_result(one, folder, config, quiet=quiet), one)
    after = _result(other, folder, config, quiet=quiet)
    names = {case.name for case in before.cases} & {case.name for case in after.cases}
    if not names:
        raise UsageError(f"{one} and {other} have no case in common")
    found = gate.compare(after, gate.pinned(before, one), against=one)
    show(found.model_dump_json(indent=1) + "\n" if as_json else view.draw(after, found, details=False))


def _scored(result: "Result", told: str) -> "Result":
    """Without the cases that could not be scored, which are named: there is nothing to win against them."""
    for case in result.cases:
        if case.error:
            note(f"{told}: {case.name} is left out: {case.error}")
    failed = {case.name for case in result.cases if case.error}
    kept = tuple(case for case in result.cases if case.name not in failed)
    return result.model_copy(update={"cases": kept})


def _result(told: str, folder: Path | None, config: Path | None, *, quiet: bool) -> "Result":
    """The result that an argument stands for. Raises UsageError."""
    path = Path(told)
    if path.is_file():
        return read_result(path)
    revision, colon, file = told.partition(":")
    if colon and revision != MODEL[:-1]:
        return _of_git(revision, file)
    if path.is_dir():
        options = run_options(None, None, None, told, None)
    elif told == RULES:
        options = {"run.extractor": ("A", RULES)}
    elif told.startswith(MODEL) and told != MODEL:
        options = run_options(None, told.removeprefix(MODEL), None, None, None)
    else:
        raise UsageError(f"{told}: is no result file, REVISION:FILE, folder of prompts, {MODEL}NAME or {RULES}")
    return evaluated(plan_of(default_folder(folder), config=config, run=options), quiet=quiet)


def _of_git(revision: str, file: str) -> "Result":
    """A result as a revision of the repository has it; the words reach git as one argument that cannot be an option."""
    from briefer.evals.gate.baseline import parsed
    from briefer.evals.results import Result

    if revision.startswith("-"):
        raise UsageError(f"{revision}: is no revision")
    shown = f"{revision}:{file}"
    try:
        done = subprocess.run(["git", "show", shown], capture_output=True, check=False)
    except OSError as error:
        raise UsageError(f"{shown}: git cannot be run ({error.strerror})") from error
    if done.returncode:
        raise UsageError(f"{shown}: git does not have it; {done.stderr.decode(errors='replace').strip()[:200]}")
    return parsed(Result, done.stdout.decode("utf-8", errors="replace"), shown)
