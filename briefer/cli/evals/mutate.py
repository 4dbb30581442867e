"""`briefer eval mutate`: whether the gate can be fooled."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.evals.options import (
    BaselineOption,
    FolderArgument,
    JudgeOption,
    NamedModelOption,
    ReaderOption,
    plan_of,
    run_options,
)
from briefer.cli.options import ConfigOption, PromptsOption, QuietOption
from briefer.cli.output import note, show, write
from briefer.cli.watching import watching
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.evals.gate import Baseline
    from briefer.evals.mutating import Trial

SHORTFALL = 1
SEEDS = 3


def mutate(
    folder: FolderArgument = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, max=50, help="How many draws of faults.")] = SEEDS,
    extractor: ReaderOption = None,
    model: NamedModelOption = None,
    prompts: PromptsOption = None,
    judge: JudgeOption = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit with 1 where less is caught than is pinned, or the alarm is false.")
    ] = False,
    pin: Annotated[bool, typer.Option("--pin", help="Pin the shares in the baseline.")] = False,
    baseline: BaselineOption = None,
    missed: Annotated[bool, typer.Option("--missed", help="List the faults that the gate let pass.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Plant faults into results and see which of them fail the gate.

    Lies of 15 reasons, exchanged citations, claims left out, an emptied
    briefing, what prompts without one of their rules would give, and what
    those of FOLDER/degraded did. The unchanged run must pass.

    \b
    Examples:
      briefer eval mutate
      briefer eval mutate --extractor rules --missed
    """
    from briefer.cli.evals.drawing import drawn
    from briefer.evals import gate as gates
    from briefer.evals.mutating import tables, try_gate
    from briefer.wiring.evaluating import degraded, label, made, passes

    plan = plan_of(folder, config=config, run=run_options(extractor, model, judge, prompts, None))
    path = baseline or plan.folder.baseline
    accepted = gates.read(path)
    with watching(quiet=quiet) as progress:
        briefed = passes(plan, progress=progress)
        careless = degraded(plan)
        others = passes(careless, progress=progress) if careless is not None else ()
        draws = range(1, seeds + 1)
        trial = try_gate(label(plan), made(plan, ()), briefed, draws, degraded=others, progress=progress)
    show(_as_json(trial) if as_json else drawn(tables(trial, missed=missed)))
    if pin:
        write(path, gates.text(gates.pin_caught(accepted, trial.label, trial.shares)))
        note(f"pinned for {trial.label}: {path}")
    if gate:
        _hold(trial, accepted, path)


def _hold(trial: "Trial", accepted: "Baseline", path: Path) -> None:
    from briefer.evals.mutating import falls_short

    if trial.label not in accepted.mutate:
        raise UsageError(f"{path}: no shares are pinned for {trial.label!r}; `briefer eval mutate --pin` does it")
    found = falls_short(trial, accepted.mutate[trial.label].shares)
    for each in found:
        note(f"briefer: --gate: {each}")
    if found:
        raise typer.Exit(SHORTFALL)


def _as_json(trial: "Trial") -> str:
    shares = {
        sort: {"planted": share.whole, "caught": share.part, "by": trial.by[sort]}
        for sort, share in trial.shares.items()
    }
    missed = [{"sort": m.sort, "case": m.case, "seed": m.seed, "what": m.what} for m in trial.missed]
    told = {"schema": "briefer.evals.mutate/1", "label": trial.label, "seeds": trial.seeds, "shares": shares}
    told["unheard"] = {"true": trial.unheard.whole, "alarms": trial.unheard.part}
    return json.dumps({**told, "missed": missed, "false_alarms": trial.false_alarms}, indent=1) + "\n"
