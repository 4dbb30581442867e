"""`briefer eval export`: a result handed to another eval tool."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.evals.options import BaselineOption, FolderArgument, default_folder
from briefer.cli.output import note
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.evals.plan import Folder
    from briefer.evals.results import Comparison, Result


class Tool(StrEnum):
    """Where a result can go."""

    INSPECT = "inspect"
    PROMPTFOO = "promptfoo"


def export(
    file: Annotated[Path, typer.Argument(metavar="RESULT", help="What `briefer eval run --out` wrote.")],
    folder: FolderArgument = None,
    to: Annotated[Tool | None, typer.Option("--to", help="The tool that reads it.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into.")] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="promptfoo: fail by what fails the gate, not by all that falls short.")
    ] = False,
    baseline: BaselineOption = None,
) -> None:
    """Write a result as files of Inspect AI or promptfoo, which then replay it.

    FOLDER holds the cases that the result is of. No model is asked, here or
    there.

    \b
    Examples:
      briefer eval run --extractor rules --out result.json
      briefer eval export result.json --to inspect --out inspect/
      briefer eval export result.json --to promptfoo --gate --out promptfoo/
    """
    from briefer.cli.evals.run import read_result
    from briefer.evals import cases, plan
    from briefer.evals.exports import inspect_ai, promptfoo

    if to is None or out is None:
        raise UsageError("say which tool and where: --to inspect or --to promptfoo, and --out DIR")
    if gate and to is not Tool.PROMPTFOO:
        raise UsageError("--gate is for --to promptfoo; Inspect AI has scores and nothing that passes or fails")
    result = read_result(file)
    chosen = plan.read(default_folder(folder))
    named = {case.name for case in result.cases}
    loaded = [cases.load(each) for each in chosen.chosen if each.name in named]
    if to is Tool.INSPECT:
        inspect_ai.write(result, loaded, out)
        note(f"written; now: cd {out} && inspect eval briefer_task.py --model none/none, or inspect view")
    else:
        promptfoo.write(result, loaded, out, _held(result, chosen, baseline) if gate else None)
        note(f"written; now: cd {out} && npx promptfoo eval")


def _held(result: "Result", folder: "Folder", baseline: Path | None) -> "Comparison":
    """What the gate finds. Raises UsageError where nothing was accepted for such a result."""
    from briefer.evals import gate

    file = baseline or folder.baseline
    pinned = gate.read(file).runs.get(result.label)
    if pinned is None:
        raise UsageError(f"{file}: nothing is accepted for {result.label!r}; `briefer eval accept --why …` does it")
    return gate.hold(result, gate.of_cases(pinned, {case.name for case in result.cases}), against=str(file))
