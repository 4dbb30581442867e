"""What stands behind the fronts: the edition's head line, changes, control, gaps, sources, cost, and the quotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefer.compose import days
from briefer.compose.desk import Desk
from briefer.compose.names import outlet
from briefer.render.page import Marks, Told, title
from briefer.render.safe import line, web_address
from briefer.types import Briefing, Claim, EditionChange, Fate, Holding, MadeBy, SourceRecord

MOST_CHANGES = 8  # of one kind
MOST_HOLDINGS = 25
MOST_NAMED = 8  # things that one gap is about
MOST_LEFT_OUT = 12
_CHANGE_TITLES = {
    "corrected": "Corrections to earlier editions",
    "withdrawn": "Withdrawn by their outlets",
    "contradicted": "Contradicted",
    "changed": "Changed hands or reversed",
    "new": "New",
}
_UNSETTLED = frozenset({"contested", "besieged", "disputed"})


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Changes of one kind, each text with the mark of its event."""

    title: str
    items: tuple[Told, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One row of the ledger: the place, who holds it, how, since when, and where that is said last, with its marks."""

    place: str
    holder: str
    state: str
    since: str
    evidence: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GapList:
    """One kind of gap and what it is about."""

    what: str
    about: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one source: outlet, title, day, the article's name and the number of the sentence from 1."""

    words: str
    outlet: str
    title: str
    day: str
    article: str
    sentence: int
    url: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that one mark stands on."""

    mark: int
    headline: str
    standing: str
    quotes: tuple[Quote, ...]


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 article", "5 articles"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an edition: its day, its cut-off in the reader's timezone, and how much was read."""

    day: str
    cutoff: str
    read: str


def without_lead(briefing: Briefing) -> str:
    """What stands where the lead would: nothing was read, or nothing of what was read is of the edition's day."""
    if briefing.since is not None:
        return f"No new reporting since the edition of {days.named(briefing.since, edition=briefing.date)}."
    if briefing.events:
        return "No event that was read is news of this day; what was read stands below."
    return "No event could be read out of the sources."


def head(briefing: Briefing) -> Head:
    """What the first lines say."""
    used = [source for source in briefing.sources if source.fate is Fate.USED and not source.known]
    outlets = len({source.outlet.lower() for source in used if source.outlet})
    of = counted(outlets, "outlet") if outlets else "outlet unknown"
    read = f"{counted(len(used), 'new article' if briefing.collection else 'article')}{f', {of}' if used else ''}"
    day = f"{briefing.date:%A} {briefing.date.day} {briefing.date:%B} {briefing.date.year}"
    return Head(day, f"cut-off {_cutoff(briefing)}", read)


def _cutoff(briefing: Briefing) -> str:
    zone = line(briefing.timezone)
    try:
        local = briefing.cutoff.astimezone(ZoneInfo(briefing.timezone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"{briefing.cutoff:%H:%M} UTC{briefing.cutoff:%z}"
    other = "" if local.date() == briefing.date else f"{days.named(local.date(), edition=briefing.date, short=True)} "
    return f"{other}{local:%H:%M} {zone}"


def compared(briefing: Briefing) -> str:
    """What the changes are told against: "since the edition of Tuesday 15 April"."""
    if briefing.since is not None:
        return f"since the edition of {days.named(briefing.since, edition=briefing.date)}"
    if briefing.collection:
        return "a first edition: there is no earlier one to compare with"
    return "within this run: there is no earlier edition to compare with"


def changes(briefing: Briefing, marks: Marks) -> list[ChangeList]:
    """The changes by kind, those first that upset a picture. New events stand with their fronts and are marks here."""
    lists = []
    for kind, heading in _CHANGE_TITLES.items():
        heading = "Changed" if kind == "changed" and briefing.since else heading
        found = [change for change in briefing.changes if change.kind == kind]
        if found and kind == "new":
            lists.append(ChangeList(heading, tuple(_new(briefing, found, marks)), 0))
        elif found:
            shown = tuple(_told(change, marks) for change in found[:MOST_CHANGES])
            lists.append(ChangeList(heading, shown, max(0, len(found) - MOST_CHANGES)))
    return lists


def _told(change: EditionChange, marks: Marks) -> Told:
    return Told(line(change.what), (marks[change.event],) if change.event in marks else ())


def _new(briefing: Briefing, found: Sequence[EditionChange], marks: Marks) -> Iterator[Told]:
    new = {change.event for change in found}
    for front in briefing.fronts:
        here = tuple(sorted(marks[name] for name in front.events if name in new and name in marks))
        if here:
            when = "" if briefing.since else " first reported on the day"
            yield Told(f"{title(front.name)}: {counted(len(here), 'event')}{when}", here)


def control(briefing: Briefing, desk: Desk, marks: Marks) -> tuple[list[ControlRow], int]:
    """The ledger, and how many rows of it are not shown. Rows that say nothing (state unknown) stand in the gaps.

    Of an edition with a memory those rows are shown that it moves or speaks of, and those that are not settled.
    """
    by_claim = {name: marks[event.id] for event in briefing.events for name in event.claims}
    known = [holding for holding in briefing.ledger if holding.state != "unknown"]
    shown = [holding for holding in known if briefing.since is None or _moved(holding, briefing, desk)]
    rows = [
        ControlRow(
            place=line(_place(holding.place, desk)),
            holder=line(holding.holder) or "nobody named",
            state=holding.state,
            since=_since(holding, briefing),
            evidence=_last_said(holding.last_evidence, desk, by_claim),
            marks=(by_claim[holding.last_evidence],) if holding.last_evidence in by_claim else (),
        )
        for holding in shown[:MOST_HOLDINGS]
    ]
    return rows, len(known) - len(rows)


def _since(holding: Holding, briefing: Briefing) -> str:
    if holding.unsettled is not None:
        return f"{holding.state} {days.named(holding.unsettled, edition=briefing.date, short=True)}"
    if holding.since is not None:
        return days.named(holding.since, edition=briefing.date, short=True)
    if holding.told is not None and briefing.collection:
        return f"told {days.named(holding.told, edition=briefing.date, short=True)}"
    return "date unknown"


def _moved(holding: Holding, briefing: Briefing, desk: Desk) -> bool:
    """Whether this edition tells of a place's control, or it is open who holds it."""
    recent = holding.since is not None and briefing.since is not None and holding.since >= briefing.since
    return recent or holding.state in _UNSETTLED or holding.last_evidence in desk.claims


def _place(canonical: str, desk: Desk) -> str:
    written = desk.names.place(canonical)
    return written if written == canonical else f"{written} ({canonical})"


def _last_said(claim: str, desk: Desk, by_claim: dict[str, int]) -> str:
    found = desk.claims.get(claim)
    said_by = line(desk.outlets.get(found.article, "")) if found else ""
    mark = f"[{by_claim[claim]}]" if claim in by_claim else ""
    return f"{said_by or 'one source'} {mark}".strip()


def gaps(briefing: Briefing) -> list[GapList]:
    """The gaps, those of one kind together, in their order."""
    kinds: dict[str, list[str]] = {}
    for gap in briefing.gaps:
        kinds.setdefault(line(gap.what), []).append(line(gap.about))
    return [
        GapList(what, tuple(name for name in about[:MOST_NAMED] if name), max(0, len(about) - MOST_NAMED))
        for what, about in kinds.items()
    ]


def used(briefing: Briefing) -> list[str]:
    """The sources that the edition stands on, by outlet: "Delta Post (3)"."""
    counts: dict[str, int] = {}
    for source in briefing.sources:
        if source.fate is Fate.USED and not source.known:
            name = line(outlet(source.outlet)) or "outlet unknown"
            counts[name] = counts.get(name, 0) + 1
    return [f"{name} ({count})" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


_LEFT_OUT: dict[Fate, str] = {
    Fate.DUPLICATE_OF: "copies",
    Fate.OFF_TOPIC: "off topic",
    Fate.UNREADABLE: "unreadable",
    Fate.AFTER_CUTOFF: "after the cut-off",
}


def left_out(briefing: Briefing) -> list[tuple[str, list[str], int]]:
    """What was left out: the fate, each thing with why, and how many more there are."""
    told = []
    for fate, name in _LEFT_OUT.items():
        found = [source for source in briefing.sources if source.fate is fate]
        if found:
            shown = [_why(source) for source in found[:MOST_LEFT_OUT]]
            told.append((f"{name} ({len(found)})", shown, max(0, len(found) - MOST_LEFT_OUT)))
    return told


def _why(source: SourceRecord) -> str:
    why = line(source.why)
    return f"{line(source.name)} ({why})" if why else line(source.name)


def debris(briefing: Briefing) -> int:
    """How many lines of page debris were cut from all sources."""
    return sum(source.lines_cut for source in briefing.sources if not source.known)


def made(briefing: Briefing) -> str:
    """What made the edition, what it cost, and how much was withheld."""
    by = briefing.made_by
    reader: Literal["rules reader", "model reader"] = "rules reader" if by.extractor == "rules" else "model reader"
    parts = [
        f"{reader}, {line(by.model) or 'no model'}",
        *_asked(by),
        f"{counted(len(briefing.claims), 'claim')} shown, {len(briefing.withheld):,} withheld",
    ]
    return " · ".join(parts)


def _asked(by: MadeBy) -> list[str]:
    """What the model was asked, what that took, and whom it did not read."""
    tokens = by.tokens.in_ + by.tokens.out
    if not by.model:
        return [counted(tokens, "token")]
    seconds = sum(stage.seconds for stage in by.stages)
    recalled = sum(stage.recalled for stage in by.stages)
    fell_back = counted(len(by.fell_back), "article")
    cached = f" ({by.tokens.cached:,} cached)" if by.tokens.cached else ""
    return [
        counted(by.calls, "call") + (f", {counted(recalled, 'answer')} kept from before" if recalled else ""),
        f"{by.tokens.in_:,} tokens in{cached}, {by.tokens.out:,} out",
        *([f"{by.cost:.4f} {line(by.currency)}"] if by.currency else []),
        *([f"{seconds:.1f} s"] if seconds else []),
        *([f"{fell_back} by the rules reader"] if by.fell_back else []),
    ]


def proofs(briefing: Briefing, desk: Desk, marks: Marks) -> list[Proof]:
    """For each mark, in order: the event and every quote it stands on."""
    sources = {source.id: source for source in briefing.sources}
    shown = []
    for name, mark in sorted(marks.items(), key=lambda item: item[1]):
        if event := desk.events.get(name):
            found = (quote for claim in desk.claims_of(event) for quote in _quotes(claim, sources, desk))
            quotes = tuple(dict.fromkeys(found))
            standing = f"{event.status.value}, {counted(event.independent_sources, 'independent source')}"
            shown.append(Proof(mark, line(event.headline), standing, quotes))
    return shown


def _quotes(claim: Claim, sources: dict[str, SourceRecord], desk: Desk) -> Sequence[Quote]:
    source = sources.get(claim.article)
    if source is None:
        return [Quote(line(e.quote), "", "", "", line(claim.article), e.sentence + 1, "") for e in claim.evidence]
    published = source.published
    day = days.named(published.date(), edition=desk.date, short=True) if published else "no date"
    about = (line(outlet(source.outlet)), line(source.title), day, line(source.name))
    return [Quote(line(e.quote), *about, sentence=e.sentence + 1, url=web_address(source.url)) for e in claim.evidence]
