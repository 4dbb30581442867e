"""The words and figures that all reports share: values of a Result in; short plain phrases out."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefer.evals.cases.traps import Trap
from briefer.evals.results import (
    FALSE,
    Difference,
    Found,
    Made,
    Measure,
    Notice,
    Result,
    ScoredClaim,
    Share,
    Standing,
)
from briefer.types import Reason, Ruling

LONGEST = 600
"""Characters of a claim, quote or reason that a report shows; the result's JSON has all."""
UNKNOWN = "–"
_NEW = {
    Standing.CONTRADICTED: "that a source contradicts",
    Standing.NOT_FOUND: "that no source carries",
    Standing.FORBIDDEN: "that must not be told",
}
_SORTS = {
    Found.LOST_MUST: ("claim that must be told and is told no more", "claims that must be told and are told no more"),
    Found.MISSING_CASE: ("case of the baseline that is missing", "cases of the baseline that are missing"),
    Found.NEW_UNVOUCHED: ("new claim that nobody vouches for", "new claims that nobody vouches for"),
    Found.MEASURE: ("measure that got worse", "measures that got worse"),
    Found.ERROR: ("case that could not be scored", "cases that could not be scored"),
    Found.INCOMPARABLE: ("change that makes the runs incomparable", "changes that make the runs incomparable"),
    Found.BETTER: ("got better", "got better"),
}
_STANDINGS = {
    Standing.CARRIED: "carried by the reference",
    Standing.UNLISTED: "not in the reference, nothing against it",
    Standing.CONTRADICTED: "contradicted",
    Standing.NOT_FOUND: "carried by no source",
    Standing.FORBIDDEN: "must not be told",
}

_OUTCOMES = {
    "same": "the same",
    "near": "nearly the same",
    "less": "left out",
    "more": "added",
    "other": "differs",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a measure or a trap is called, and what it means."""

    name: str
    means: str


def data(name: str) -> str:
    """The text of a file of data."""
    return files("briefer.evals.reports").joinpath(f"data/{name}").read_text(encoding="utf-8")


@cache
def _measures() -> dict[Measure, Words]:
    return {Measure(key): Words(**words) for key, words in tomllib.loads(data("measures.toml")).items()}


@cache
def _traps() -> dict[Trap, Words]:
    told = tomllib.loads(data("traps.toml"))
    return {Trap(key): Words(key.replace("_", " "), means) for key, means in told.items()}


def of(measure: Measure) -> Words:
    """The name of a measure and its explanation."""
    return _measures()[measure]


def trap(tried: Trap) -> Words:
    """The name of a trap, and what is got wrong there."""
    return _traps()[tried]


def standing(claim: ScoredClaim) -> str:
    """What a claim is, in words."""
    return _STANDINGS[claim.standing]


def grounds(claim: ScoredClaim) -> list[str]:
    """What its standing rests on: the standing, the verifier's verdict, the judge's where one was asked, and why."""
    found = [standing(claim), f"verifier: {_ruled(claim.verdict, claim.reason)}"]
    if claim.judged is not None:
        found.append(f"judge: {_ruled(claim.judged, claim.judged_reason)}")
    if claim.standing not in FALSE:
        found.append(f"vouched for by the {claim.vouched}" if claim.vouched else "nobody vouches for it")
    return [*found, claim.why] if claim.why else found


def _ruled(ruling: Ruling, reason: Reason | None) -> str:
    return f"{ruling.value}, {reason.value.replace('_', ' ')}" if reason else ruling.value


def sort(notice: Notice, claim: ScoredClaim | None) -> tuple[str, str]:
    """What sort of thing was found, of one and of several."""
    if notice.kind in (Found.NEW_FALSE, Found.NEW_FORBIDDEN):
        given = Standing.FORBIDDEN if notice.kind is Found.NEW_FORBIDDEN else claim.standing if claim else None
        rest = _NEW.get(given, "that does not stand") if given else "that does not stand"
        return f"new claim {rest}", f"new claims {rest.replace('does not', 'do not')}"
    return _SORTS[notice.kind]


def difference(found: Difference) -> str:
    """How one field differs from the reference, "" where it does not."""
    said, reference = short(found.said, 160) or "nothing", short(found.reference, 160) or "nothing"
    if found.outcome == "same":
        return ""
    if found.outcome == "near":
        return f"{found.field}: {said}, nearly the reference's {reference}"
    return f"{found.field}: {said}; the reference has {reference}"


def outcome(found: Difference) -> str:
    """How a field compares with the reference's, in words."""
    return _OUTCOMES[found.outcome]


def made(by: Made) -> str:
    """What made the briefings: "rules", or "llm, gpt-x, prompts extract ab12", and who judged."""
    prompts = ", ".join(f"{name} {hash[:8]}" for name, hash in sorted(by.prompts.items()))
    parts = [by.extractor, by.model, by.by, f"prompts {prompts}" * bool(prompts), f"language {by.language}"]
    parts += ["with prose" * by.prose, f"judged by {by.judge}" * bool(by.judge)]
    return ", ".join(part for part in [*parts, f"{by.repeats} passes" * (by.repeats > 1)] if part)


def spent(result: Result) -> str:
    """Tokens and money, "" where no model was asked."""
    if not result.tokens_in and not result.tokens_out:
        return ""
    cost = f", {result.cost:.4f} {result.currency}".rstrip() if result.cost else ""
    return f"{result.tokens_in:,} tokens in, {result.tokens_out:,} out{cost}"


def percent(value: float | None) -> str:
    """ "12.5 %", or a dash."""
    return UNKNOWN if value is None else f"{100 * value:.1f} %"


def interval(share: Share) -> str:
    """ "2.1 to 8.0", in per cent, or a dash."""
    if share.low is None or share.high is None:
        return UNKNOWN
    return f"{100 * share.low:.1f} to {100 * share.high:.1f}"


def points(value: float | None) -> str:
    """A difference in points of per cent, with its sign, or a dash."""
    if value is None:
        return UNKNOWN
    return f"{100 * value:+.1f}" if abs(value) >= 0.0005 else "0.0"


def parts(share: Share) -> str:
    """ "2 of 41"; halves of counts keep a decimal."""
    return f"{_count(share.part)} of {_count(share.whole)}"


def _count(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 claim", "5 claims"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(items: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def short(text: str, longest: int = LONGEST) -> str:
    """The text, cut with an ellipsis where it is longer."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
