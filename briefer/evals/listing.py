"""Judged claims one by one, for whoever mends the checker: Judged in; lines of text or rows of JSON out."""

from collections.abc import Iterable, Iterator
from typing import Any

from briefer.evals.labelled import Labelled
from briefer.evals.lies import Judged
from briefer.render.safe import line


def as_text(judged: Iterable[Judged]) -> str:
    """A block a claim: its label and words, what was found and why, the evidence by hand and that found."""
    return "\n".join("\n".join([*_block(each), ""]) for each in judged)


def as_rows(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """The same as rows."""
    return [_row(each) for each in judged]


def _block(judged: Judged) -> Iterator[str]:
    claim, found = judged.question.claim, judged.finding
    reason = f", {found.reason.value}" if found.reason else ""
    yield f"{judged.question.setting.value} {line(judged.question.key)}  {_label(claim)} ({line(', '.join(claim.how))})"
    yield f"  {line(claim.text)}"
    yield f"  found: {found.verdict.value}{reason}, score {found.score:.2f}: {line(found.why)}"
    for sentence in claim.evidence:
        yield f"    by hand: {line(sentence)}"
    for passage in found.evidence:
        yield f"    found:   {line(passage.quote)}  [{line(passage.article)}]"
    for passage in found.against:
        yield f"    against: {line(passage.quote)}  [{line(passage.article)}]"


def _label(claim: Labelled) -> str:
    if claim.reason is None:
        return "true"
    return f"lie, {'/'.join(reason.value for reason in (claim.reason, *claim.also))}"


def _row(judged: Judged) -> dict[str, Any]:
    claim, found = judged.question.claim, judged.finding
    return {
        "id": judged.question.key,
        "setting": judged.question.setting.value,
        **claim.model_dump(mode="json", include={"text", "label", "reason", "also", "how", "evidence"}),
        "verdict": found.verdict.value,
        "score": round(found.score, 4),
        "found": found.reason.value if found.reason else None,
        "why": found.why,
        "quotes": [passage.quote for passage in found.evidence],
        "against": [passage.quote for passage in found.against],
    }
