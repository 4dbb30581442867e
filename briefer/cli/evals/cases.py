"""`briefer eval new` and `lint`: cases made and checked."""

from pathlib import Path
from typing import Annotated

import typer

from briefer.cli.options import DateOption, edition_of
from briefer.cli.output import note, show
from briefer.render.safe import line

SHORTFALL = 1

FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="FOLDER", help="A case, or a folder of cases.  [default: evals/]")
]


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The case to make, as evals/cases/the-bridge.")],
    date: DateOption = None,
    articles: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="PATH", help="Articles, or a folder of them, to copy into it."),
    ] = None,
) -> None:
    """Make the skeleton of a case, to be filled in by hand.

    \b
    Examples:
      briefer eval new evals/cases/the-bridge --date 2031-04-14 --from articles/
    """
    from briefer import settings
    from briefer.evals.cases import skeleton

    edition = edition_of(date, None, settings.Settings())
    made = skeleton.make(folder, day=edition.date or edition.now.date(), articles=articles or [])
    show("".join(f"{line(str(path))}\n" for path in made))
    note(f"fill them in, then: briefer eval lint {line(str(folder))}")


def lint(folder: FolderArgument = None) -> None:
    """Check cases: their shape, evidence, ids and names, and that what must not be told is false.

    Names file and line of each fault; exits with 1 where there is one. What is
    doubtful is named too and lets a case pass.

    \b
    Examples:
      briefer eval lint
      briefer eval lint evals/cases/the-bridge
    """
    from briefer.cli.evals.options import default_folder
    from briefer.evals import cases
    from briefer.evals.scoring import soundness

    found = cases.case_folders(default_folder(folder))
    faults = []
    for each in found:
        own = cases.lint(each)
        sound = not any(fault.doubt is False for fault in own)
        faults += [*own, *(soundness.unsound(cases.load(each)) if sound else [])]
    for fault in faults:
        show(f"{line(str(fault))}\n")
    wrong = sum(not fault.doubt for fault in faults)
    counts = {"case": len(found), "fault": wrong, "doubt": len(faults) - wrong}
    note(", ".join(f"{many} {what}{'' if many == 1 else 's'}" for what, many in counts.items()))
    if wrong:
        raise typer.Exit(SHORTFALL)
