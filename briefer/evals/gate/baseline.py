"""What was accepted: baseline.json in, a `Baseline` out, and the other way; made to be reviewed line by line.

Per run (by its label) and case it keeps which claims did not stand, which claims that must be told were, and the
measures.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefer.errors import UsageError
from briefer.evals.results import BETTER_LOW, FALSE, CaseResult, Made, Measure, Result, ScoredClaim, Share, Standing

Model = TypeVar("Model", bound=BaseModel)

FLOORS = (
    Measure.UNSUPPORTED, Measure.FORBIDDEN, Measure.MADE_UP, Measure.RECALL, Measure.EVENT_RECALL, Measure.PRECISION,
    Measure.DIRECTION, Measure.STATUS, Measure.ATTRIBUTION, Measure.NUMBERS, Measure.CITATION, Measure.PROSE,
)  # fmt: skip
"""The measures that accepting does not lower unless it is told to."""


class _Kept(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True, serialize_by_alias=True
    )


class FalseClaim(_Kept):
    """A claim that does not stand: how, whether it reached the reader, and its words for whoever reviews the file."""

    standing: Standing
    shown: bool
    text: str


class PinnedCase(_Kept):
    """What was accepted of a case. `told` are the claims that must be told and were.

    `unvouched` are claims shown that nobody vouches for, with their words: a person has accepted them.
    """

    hash: str
    unvouched: dict[str, str] = Field(default_factory=dict)
    false: dict[str, FalseClaim] = Field(default_factory=dict)
    told: tuple[str, ...] = ()
    measures: dict[Measure, Share] = Field(default_factory=dict)


class Pinned(_Kept):
    """An accepted run, and why it was accepted."""

    why: str
    made: Made
    scorer: str
    verifier: str
    cases: dict[str, PinnedCase]
    measures: dict[Measure, Share]


class Past(_Kept):
    """One accepted run of the past: its label, why it was accepted, and the values of its measures."""

    label: str
    why: str
    measures: dict[Measure, float]


class Caught(_Kept):
    """What share of planted faults the gate caught, by sort of fault; pinned like any measure."""

    label: str
    shares: dict[str, Share]


class Baseline(_Kept):
    """All that was accepted: the last run of each label, those before it, and how hard the gate is to fool."""

    schema_: Literal["briefer.evals.baseline/1"] = Field(default="briefer.evals.baseline/1", alias="schema")
    runs: dict[str, Pinned] = Field(default_factory=dict)
    mutate: dict[str, Caught] = Field(default_factory=dict)
    history: tuple[Past, ...] = ()


def read(file: Path) -> Baseline:
    """The baseline in a file, an empty one where there is no file. Raises UsageError."""
    try:
        found = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Baseline()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error}); restore it, or accept a run anew") from error
    return parsed(Baseline, found, file)


def parsed(kind: type[Model], found: str, file: Path | str) -> Model:
    """A JSON file of a published shape. Raises UsageError that names file and line."""
    try:
        return kind.model_validate(json.loads(found))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file}{_where(error)}") from error


def _where(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f", line {error.lineno}: is no JSON that can be read ({error.msg}); it may be half-written: make it anew"
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        said = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
        return f": {said}; make it anew with this briefer"
    return ": is nothing that briefer wrote"


def text(baseline: Baseline) -> str:
    """What a file of this baseline has in it."""
    return json.dumps(baseline.model_dump(mode="json"), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def pinned(result: Result, why: str) -> Pinned:
    """A result as it is kept."""
    names = dict.fromkeys(case.name for case in result.cases)
    return Pinned(
        why=why,
        made=result.made,
        scorer=result.scorer,
        verifier=result.verifier,
        cases={name: pinned_case([case for case in result.cases if case.name == name]) for name in names},
        measures=result.measures,
    )


def pinned_case(passes: Sequence[CaseResult]) -> PinnedCase:
    """All passes over one case as one: a claim that any of them has false is false, one that most tell is told."""
    false: dict[str, FalseClaim] = {}
    for claim in (claim for each in passes for claim in each.claims if claim.standing in FALSE):
        before = false.get(claim.id)
        false[claim.id] = _false(claim, shown=claim.shown or (before is not None and before.shown))
    times: dict[str, int] = {}
    for told in (told for each in passes for told in each.reference if told.must and told.found):
        times[told.id] = times.get(told.id, 0) + 1
    shown = [claim for each in passes for claim in each.claims if claim.shown and claim.standing not in FALSE]
    return PinnedCase(
        hash=passes[0].hash,
        unvouched={claim.id: claim.text for claim in shown if claim.vouched is None and claim.id not in false},
        false=false,
        told=tuple(sorted(id for id, count in times.items() if 2 * count > len(passes))),
        measures=summed([each.measures for each in passes]),
    )


def _false(claim: ScoredClaim, *, shown: bool) -> FalseClaim:
    return FalseClaim(standing=claim.standing, shown=shown, text=claim.text)


def summed(measures: Sequence[Mapping[Measure, Share]]) -> dict[Measure, Share]:
    """The measures of several passes or cases together, without intervals."""
    found = {measure: [each[measure] for each in measures if measure in each] for measure in Measure}
    return {
        measure: Share(part=sum(share.part for share in shares), whole=sum(share.whole for share in shares))
        for measure, shares in found.items()
        if shares
    }


def accept(baseline: Baseline, result: Result, why: str, *, allow_regression: bool = False) -> Baseline:
    """The baseline with this result pinned.

    Raises UsageError where a floor would fall, a case would be dropped, or one was not scored.
    """
    _hold_to_whole(result, why)
    before = baseline.runs.get(result.label)
    gone = sorted(set(before.cases) - {case.name for case in result.cases}) if before is not None else []
    if gone and not allow_regression:
        raise UsageError(f"not run, and pinned: {', '.join(gone)}; run them too, or --allow-regression drops them")
    fallen = fallen_floors(before, result.measures)
    if fallen and not allow_regression:
        lines = [f"  {measure}: {before:.3f} → {now:.3f}" for measure, (before, now) in fallen.items()]
        raise UsageError(
            "\n".join(["this would lower what is pinned; --allow-regression does it all the same:", *lines])
        )
    values = {measure: share.value for measure, share in result.measures.items()}
    past = Past(
        label=result.label,
        why=why,
        measures={measure: round(value, 4) for measure, value in values.items() if value is not None},
    )
    runs = {**baseline.runs, result.label: pinned(result, why)}
    return baseline.model_copy(update={"runs": runs, "history": (*baseline.history, past)})


def _hold_to_whole(result: Result, why: str) -> None:
    """Raises UsageError where nothing is said of why, or where not all was scored."""
    if not why.strip():
        raise UsageError("--why is empty; say in a sentence why this result is the right one to hold others against")
    if not result.cases:
        raise UsageError("a run of no case is not accepted; run the cases first")
    if errors := [f"{case.name}: {case.error}" for case in result.cases if case.error]:
        raise UsageError("\n".join(["a run with cases that could not be scored is not accepted:", *errors[:10]]))


def pin_caught(baseline: Baseline, label: str, shares: Mapping[str, Share]) -> Baseline:
    """The baseline with the shares of planted faults that the gate caught over runs of a label."""
    return baseline.model_copy(update={"mutate": {**baseline.mutate, label: Caught(label=label, shares=dict(shares))}})


def fallen_floors(before: Pinned | None, measures: Mapping[Measure, Share]) -> dict[Measure, tuple[float, float]]:
    """The measures with a floor that are worse than what is pinned, each with what it was and is."""
    found: dict[Measure, tuple[float, float]] = {}
    for measure in FLOORS if before is not None else ():
        assert before is not None
        was, now = before.measures.get(measure, Share()).value, measures.get(measure, Share()).value
        if was is None:
            continue
        value = now if now is not None else (1.0 if measure in BETTER_LOW else 0.0)
        if (value - was if measure in BETTER_LOW else was - value) > 1e-9:
            found[measure] = was, value
    return found
