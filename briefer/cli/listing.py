"""The listing of `briefer sources`: a Survey in, text or JSON out."""

import json
from dataclasses import asdict
from datetime import tzinfo
from typing import TYPE_CHECKING

from briefer.render.safe import line
from briefer.types import Cut, Fate, SourceRecord

if TYPE_CHECKING:
    from briefer.pipeline import Survey

HEADINGS = {
    Fate.USED: "used",
    Fate.DUPLICATE_OF: "duplicates",
    Fate.OFF_TOPIC: "off topic",
    Fate.AFTER_CUTOFF: "after the cut-off",
    Fate.UNREADABLE: "unreadable",
}

SHOWN = 200
"""Characters of a cut that the text listing shows; the JSON has all."""


def as_json(survey: "Survey", *, cut: bool) -> str:
    """The records of the briefing's `sources`, each with its cuts where they are asked for."""
    rows = [source.model_dump(mode="json") for source in survey.sources]
    if cut:
        for row in rows:
            row["cut"] = [asdict(piece) for piece in survey.cuts[row["id"]]]
    head = {"schema": "briefer.sources/1", "date": str(survey.date), "timezone": survey.timezone}
    # ASCII, so that no invisible or control character of a source reaches a terminal
    return json.dumps({**head, "cutoff": survey.cutoff.isoformat(), "sources": rows}, indent=2) + "\n"


def as_text(survey: "Survey", *, cut: bool) -> str:
    """The same for reading: one heading a fate, one block a source."""
    lines = [f"Edition of {survey.date:%Y-%m-%d}, cut-off {survey.cutoff:%Y-%m-%d %H:%M} {survey.timezone}"]
    names = {source.id: source.name for source in survey.sources}
    for fate, heading in HEADINGS.items():
        group = [source for source in survey.sources if source.fate is fate]
        lines += ["", f"{heading.upper()} ({len(group)})"] if group else []
        for source in group:
            lines += _block(source, names, survey.cuts[source.id] if cut else (), survey.cutoff.tzinfo)
    return "\n".join(lines) + "\n"


def _block(source: SourceRecord, names: dict[str, str], cuts: tuple[Cut, ...], zone: tzinfo | None) -> list[str]:
    lines = [f"  {line(source.name)}"]
    known = [
        line(source.title),
        line(source.outlet),
        f"{source.published.astimezone(zone):%Y-%m-%d %H:%M}" if source.published else "",
        source.language,
        _pieces(source.lines_cut),
    ]
    lines += [f"      {' · '.join(part for part in known if part)}"] if any(known) else []
    if source.duplicate_of:
        lines.append(f"      of {line(names.get(source.duplicate_of, source.duplicate_of))}")
    if source.why:
        lines.append(f"      {line(source.why)}")
    return [*lines, *(f"      cut ({piece.rule}): {_shortened(line(piece.text))}" for piece in cuts)]


def _pieces(number: int) -> str:
    return f"{number} line{'s' if number != 1 else ''} cut" if number else ""


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
