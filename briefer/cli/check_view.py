"""What a check found, to be printed: Checked in; JSON, JSON lines or text out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from briefer.types import Finding, Passage

if TYPE_CHECKING:
    from briefer.checking import Checked

_DIGITS = 4
"""Of a score: more say nothing, and differ from machine to machine."""


def lines(checked: "Checked") -> Iterator[str]:
    """One JSON object a line, in the order of what was asked."""
    for finding in checked:
        yield _text({"id": finding.statement.id, **_found(finding)})


def _found(finding: Finding) -> Mapping[str, object]:
    return {
        "verdict": finding.verdict.value,
        "reason": finding.reason.value if finding.reason else None,
        "score": round(finding.score, _DIGITS),
        "evidence": _quoted(finding.evidence),
        "contradicted": finding.contradicted,
        "against": _quoted(finding.against),
        "why": finding.why,
        "judged": finding.judged,
    }


def _quoted(passages: Iterable[Passage]) -> list[Mapping[str, object]]:
    return [
        {"article": passage.article, "start": passage.start, "end": passage.end, "quote": passage.quote}
        for passage in passages
    ]


def _text(value: object) -> str:
    # ASCII, so that no invisible or control character of a source reaches a terminal
    return json.dumps(value, ensure_ascii=True) + "\n"
