"""`briefer eval figures`: what a README says of the scores, made by the program and held to it."""

from pathlib import Path
from typing import Annotated

import typer

from briefer.cli.evals.options import FolderArgument, plan_of
from briefer.cli.evals.run import evaluated
from briefer.cli.options import ConfigOption, QuietOption
from briefer.cli.output import note, show, write
from briefer.errors import UsageError

SHORTFALL = 1


def figures(
    folder: FolderArgument = None,
    into: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="Put the tables between the marks of a file."),
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Exit with 1 where the file's tables are not these.")
    ] = None,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Tables of the rules reader beside the recorded model, as Markdown.

    The shares of planted faults that the gate catches are those pinned in the
    baseline. In FILE the tables stand between two marks:
    <!-- figures --> and <!-- end of figures -->.

    \b
    Examples:
      briefer eval figures
      briefer eval figures --write evals/README.md
      briefer eval figures --check evals/README.md
    """
    from briefer.evals import gate
    from briefer.evals.reports import figures as tables

    plan = plan_of(folder, config=config)
    readers = [plan_of(folder, config=config, run={"run.extractor": ("", "rules"), "judge.model": ("", "")})]
    readers += [plan] if plan.folder.run.by_model else []
    results = [evaluated(each, quiet=True) for each in readers]
    text = tables.markdown(results, gate.read(plan.folder.baseline))
    for file in filter(None, (into, check)):
        held = _text(file)
        placed = tables.placed(held, text)
        if placed is None:
            raise UsageError(f"{file}: has no marks; write {tables.BEGIN} and {tables.END} on lines of their own")
        if file == check and placed != held:
            note(f"{file}: its figures are not those of these cases; `briefer eval figures --write {file}` renews them")
            raise typer.Exit(SHORTFALL)
        if file == into:
            write(file, placed)
    if into is None and check is None:
        show(text)
    elif not quiet:
        note("figures written" if into is not None else "figures are as they should be")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from error
