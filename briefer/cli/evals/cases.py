"""`briefer eval new` and `lint`: cases made and checked."""

from pathlib import Path
from typing import Annotated

import typer

from briefer.cli.output import note, show
from briefer.render.safe import line

SHORTFALL = 1

FolderArgument = Annotated[
    Path | None, typer.Argument(metavar="FOLDER", help="A case, or a folder of cases.  [default: evals/]")
]


def lint(folder: FolderArgument = None) -> None:
    """Check cases: their shape, evidence, ids and names.

    Names file and line of each fault; exits with 1 where there is one. What is
    doubtful is named too and lets a case pass.

    \b
    Examples:
      briefer eval lint
      briefer eval lint evals/cases/the-bridge
    """
    from briefer.evals import cases, folders

    found = cases.case_folders(folder or folders.shipped())
    faults = [fault for each in found for fault in cases.lint(each)]
    for fault in faults:
        show(f"{line(str(fault))}\n")
    wrong = sum(not fault.doubt for fault in faults)
    note(f"{len(found)} cases, {wrong} faults, {len(faults) - wrong} doubts")
    if wrong:
        raise typer.Exit(SHORTFALL)
