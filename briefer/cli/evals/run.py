"""`briefer eval run` and `accept`: cases run, scored, held against what was accepted, and accepted."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.evals.files import Files, as_text
from briefer.cli.evals.options import (
    BaselineOption,
    FolderArgument,
    JobsOption,
    JudgeOption,
    NamedModelOption,
    ReaderOption,
    RepeatOption,
    plan_of,
    run_options,
)
from briefer.cli.options import (
    AddressOption,
    ConcurrencyOption,
    ConfigOption,
    MaxCostOption,
    MaxTokensOption,
    PromptsOption,
    QuietOption,
    asking_options,
)
from briefer.cli.output import note, show, write
from briefer.cli.watching import watching
from briefer.errors import UsageError, WorkError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefer.evals.gate import Baseline
    from briefer.evals.results import Comparison, Result
    from briefer.models.leftovers import Leftover
    from briefer.wiring.evals import Plan

SHORTFALL = 1
NAMED = 8
"""Recordings that nobody used which a note names."""


def run(
    folder: FolderArgument = None,
    extractor: ReaderOption = None,
    model: NamedModelOption = None,
    base_url: AddressOption = None,
    prompts: PromptsOption = None,
    judge: JudgeOption = None,
    repeat: RepeatOption = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit with 1 where the result is worse than what was accepted.")
    ] = False,
    baseline: BaselineOption = None,
    record: Annotated[
        bool, typer.Option("--record", help="Ask a live model what is not recorded, and drop what nobody asks for.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="With --record: drop nothing, so that several sets of prompts stay recorded.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the result as JSON.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML.")] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Append a summary, as for $GITHUB_STEP_SUMMARY.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one page with everything.")] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Also what did not stand before, what is not told, and by trap.")
    ] = False,
    jobs: JobsOption = 0,
    max_cost: MaxCostOption = None,
    max_tokens: MaxTokensOption = None,
    concurrency: ConcurrencyOption = None,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Run the cases and score them against their references.

    Replies come from recordings and nobody is asked, unless --record is given.
    Exit codes: 1 the gate fails, 3 a reply is not recorded, 4 a case could not
    be scored, or the gate could not decide.

    \b
    Examples:
      briefer eval run --extractor rules
      briefer eval run --gate --html report.html
      briefer eval run my-evals/ --prompts my-prompts/ --gate
      briefer eval run my-evals/ --model gpt-5-mini --record --max-tokens 200000
    """
    from briefer.evals import gate as gates

    if as_json and out is not None:
        raise UsageError("--json prints what --out writes; give one of them")
    files = Files(out, junit, markdown, html)
    files.hold_to_writable()
    user = asking_options(base_url=base_url, max_cost=max_cost, max_tokens=max_tokens, concurrency=concurrency)
    options = run_options(extractor, model, judge, prompts, repeat)
    plan = plan_of(folder, config=config, run=options, user=user, record=record, keep=keep, jobs=jobs)
    file = baseline or plan.folder.baseline
    accepted = gates.read(file)
    result = evaluated(plan, quiet=quiet)
    compared = _held(result, accepted, plan, file, gate=gate)
    files.write(result, compared, plan, accepted)
    show(as_text(result) if as_json else _drawn(result, compared, details=details))
    _end(result, compared, gate=gate)


def accept(
    folder: FolderArgument = None,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why this result is right; kept beside it.")] = "",
    file: Annotated[
        Path | None, typer.Option("--result", metavar="FILE", help="Accept what `eval run --out` wrote, not a new run.")
    ] = None,
    extractor: ReaderOption = None,
    model: NamedModelOption = None,
    prompts: PromptsOption = None,
    judge: JudgeOption = None,
    repeat: RepeatOption = None,
    baseline: BaselineOption = None,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Accept it though a pinned measure falls.")
    ] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Pin a result: from now on, others are held against it.

    A measure that is pinned never falls unless --allow-regression is given.

    \b
    Examples:
      briefer eval accept --why "the new prompt finds the prisoners too"
      briefer eval accept --extractor rules --why "first run"
    """
    from briefer.evals import gate as gates

    if not why.strip():
        raise UsageError("--why is missing; say in a sentence why this result is the one to hold others against")
    plan = plan_of(folder, config=config, run=run_options(extractor, model, judge, prompts, repeat))
    path = baseline or plan.folder.baseline
    before = gates.read(path)
    result = read_result(file) if file is not None else evaluated(plan, quiet=quiet)
    after = gates.accept(before, result, why, allow_regression=allow_regression)
    write(path, gates.text(after))
    if result.label in before.runs:
        compared = gates.compare(result, before.runs[result.label], against="what was accepted before")
        show(_drawn(result, compared, details=False))
    note(f"accepted as {result.label}: {path}")


def evaluated(plan: "Plan", *, quiet: bool) -> "Result":
    """The result of a plan; what recordings nobody used is said on stderr."""
    from briefer.cli import asking
    from briefer.wiring.evaluating import evaluate

    with watching(quiet=quiet) as progress:
        if plan.record:
            with asking.interruptible(plan.user) as stop:
                found = evaluate(plan, progress=progress, stop=stop)
        else:
            found = evaluate(plan, progress=progress)
    if not quiet:
        _tell("not used", found.leftovers)
        _tell("dropped", found.dropped)
    return found.result


def read_result(file: Path) -> "Result":
    """What `eval run --out` wrote. Raises UsageError that names file and line."""
    from briefer.evals.gate.baseline import parsed
    from briefer.evals.results import Result

    try:
        return parsed(Result, file.read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error}); name what `briefer eval run --out FILE` wrote") from error


def _tell(what: str, leftovers: "Iterable[Leftover]") -> None:
    found = [str(each) for each in leftovers]
    for each in found[:NAMED]:
        note(f"recording {what}: {each}")
    if len(found) > NAMED:
        note(f"recording {what}: {len(found) - NAMED} more; --record drops what nobody asks for")


def _held(result: "Result", accepted: "Baseline", plan: "Plan", file: Path, *, gate: bool) -> "Comparison | None":
    from briefer.evals import gate as gates

    pinned = accepted.runs.get(result.label)
    if pinned is None and gate:
        raise UsageError(f"{file}: nothing is accepted for {result.label!r}; `briefer eval accept --why …` does it")
    if pinned is None:
        return None
    if len(plan.folder.chosen) < len(plan.folder.names):
        pinned = gates.of_cases(pinned, {case.name for case in result.cases})
    return gates.hold(result, pinned, against=os.path.relpath(file)).model_copy(update={"gated": gate})


def _drawn(result: "Result", compared: "Comparison | None", *, details: bool) -> str:
    from briefer.cli.evals import view

    return view.draw(result, compared, details=details)


def _end(result: "Result", compared: "Comparison | None", *, gate: bool) -> None:
    if gate and compared is not None and compared.fails:
        raise typer.Exit(SHORTFALL)
    if gate and compared is not None and compared.undecided:
        raise typer.Exit(WorkError.exit_code)
    if any(case.error for case in result.cases):
        raise typer.Exit(WorkError.exit_code)
