"""What a check found, for scripts: Checked in, JSON or JSON lines out.

ASCII, so that no invisible or control character of a source reaches a terminal.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from briefer.types import Finding, Passage

if TYPE_CHECKING:
    from briefer.checking import Checked, Piece

SCHEMA = "briefer.check/1"
_DIGITS = 4
"""Of a score: further ones say nothing, and differ from machine to machine."""


def lines(checked: "Checked") -> Iterator[str]:
    """One object a line: of a claim, or of a piece of prose, in the order in which they stand."""
    for row in _rows(checked):
        yield json.dumps(row) + "\n"


def whole(checked: "Checked") -> Iterator[str]:
    """All as one object, with what it was held against and how many there are of each verdict."""
    head = {
        "schema": SCHEMA,
        "date": str(checked.date) if checked.date else None,
        "articles": checked.articles,
        "unread": [{"name": failure.name, "why": failure.why} for failure in checked.unread],
    }
    rows = {"sentences" if checked.prose else "claims": list(_rows(checked))}
    account = {"made_by": checked.made_by.model_dump(mode="json", by_alias=True)} if checked.made_by.model else {}
    yield json.dumps({**head, **rows, "counts": checked.counts(), **account}, indent=2) + "\n"


def _rows(checked: "Checked") -> Iterator[Mapping[str, object]]:
    if not checked.prose:
        yield from ({"id": finding.statement.id, **_found(finding)} for finding in checked)
    for number, (piece, finding) in enumerate(checked.parts(), start=1):
        yield {"id": str(number), **_stands(piece), **(_found(finding) if finding else _passed(piece))}


def _stands(piece: "Piece") -> Mapping[str, object]:
    return {"summary": piece.summary, "start": piece.start, "end": piece.end, "text": piece.words}


def _passed(piece: "Piece") -> Mapping[str, object]:
    """What stands in the place of a finding for a piece that asserts nothing."""
    blank: Mapping[str, object] = {"reason": None, "score": None, "evidence": [], "contradicted": False, "against": []}
    return {"verdict": "not_checked", **blank, "why": piece.sort.value, "judged": False}


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
