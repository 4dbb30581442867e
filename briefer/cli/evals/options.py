"""Options that the commands over cases share, and the plan that they make."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.run import Reader
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.wiring.evals import Plan

FolderArgument = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", help="A folder of evals, of cases, or one case.  [default: evals/]"),
]
ReaderOption = Annotated[
    Reader | None, typer.Option("--extractor", "-x", help="Who reads.  [default: as evals.toml says]")
]
NamedModelOption = Annotated[
    str | None, typer.Option("--model", "-m", metavar="NAME", help="Model that reads and writes, recorded or live.")
]
JudgeOption = Annotated[
    str | None, typer.Option("--judge", metavar="NAME", help='Model that judges every claim; "" for none.')
]
RepeatOption = Annotated[
    int | None, typer.Option("--repeat", metavar="N", min=1, max=100, help="Brief each case N times.")
]
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="What was accepted.  [default: baseline.json there]")
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0 for as many as there are cores.")
]
HERE = Path("evals")


def default_folder(folder: Path | None) -> Path:
    """The folder that is named; else evals/ here, if it holds cases, else the one that comes with briefer."""
    from briefer.evals import folders

    if folder is not None:
        return folder
    return HERE if (HERE / "cases").is_dir() else folders.shipped()


def plan_of(
    folder: Path | None,
    *,
    config: Path | None = None,
    run: Mapping[str, tuple[str, object]] | None = None,
    user: Mapping[str, tuple[str, object]] | None = None,
    record: bool = False,
    keep: bool = False,
    jobs: int = 0,
) -> "Plan":
    """The plan of a command: the folder's evals.toml with the command's options over it, and the user's settings."""
    from briefer import settings
    from briefer.evals import plan
    from briefer.wiring.evals import Plan

    found = plan.read(default_folder(folder)).overridden(run or {})
    if not found.run.by_model and (run or {}).get("judge.model", ("", None))[1] is None:
        found = found.overridden({"judge.model": ("--judge", "")})  # recordings are of what was judged of a model
    if keep and not record:
        raise UsageError("--keep is about what --record drops; give both")
    if record and not (found.run.by_model or found.judge.model):
        raise UsageError("--record is about a model; name one with --model, or under [run] in evals.toml")
    return Plan(found, settings.overridden(settings.load(config), user or {}), record=record, keep=keep, jobs=jobs)


def run_options(
    extractor: Reader | None,
    model: str | None,
    judge: str | None,
    prompts: str | None,
    repeat: int | None,
) -> dict[str, tuple[str, object]]:
    """The options that decide on the briefings, by the key of evals.toml that they stand over."""
    return {
        "run.extractor": ("--extractor", extractor and extractor.value),
        "run.model": ("--model", model),
        "judge.model": ("--judge", judge),
        "run.prompts": ("--prompts", prompts),
        "run.repeats": ("--repeat", repeat),
    }
