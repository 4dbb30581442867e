"""What an edition knows of those before it, and the changes against the last one that its reader got.

In: the news, as it was decided elsewhere, and the desk of this edition. Out: `EditionChange`s in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from briefer.compose import days
from briefer.compose.counts import said
from briefer.compose.desk import Desk, order, real
from briefer.compose.names import capital, listed, squeeze
from briefer.compose.outlook import ahead, said_ahead
from briefer.compose.story import sentence_of
from briefer.types import Change, Difference, EditionChange, Event, Front, Modality, News, Told

_ORDER = {"corrected": 0, "withdrawn": 1, "contradicted": 2, "changed": 3, "new": 4}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The days before, as far as this edition must know them.

    `since` is the day of the last edition that the reader got, None for none. `fronts` gives each front of the
    remembered days the day of its last report, None where no report has a date. `new` are the articles that no earlier
    edition of this reader knew. `taken_back` gives each claim that its outlet took back that outlet's name.
    """

    since: Date | None
    news: News = field(default_factory=News)
    fronts: Mapping[str, Date | None] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    taken_back: Mapping[str, str] = field(default_factory=dict)


def changes_since(earlier: Earlier, desk: Desk, *, fronts: Sequence[Front]) -> tuple[EditionChange, ...]:
    """Every change: corrections and what was taken back, then contradicted, changed, new, and the quiet fronts."""
    told = [_gone(each, earlier) for each in earlier.news.gone]
    told += [change for front in fronts for change in _of_front(front, earlier, desk)]
    told.sort(key=lambda change: _ORDER[change.kind])
    return (*told, *(_quiet(front, earlier, desk) for front in fronts if front.quiet))


def _of_front(front: Front, earlier: Earlier, desk: Desk) -> Iterable[EditionChange]:
    events = sorted((desk.events[name] for name in front.events), key=lambda event: order(event, desk), reverse=True)
    return (change for event in events if (change := _of_event(event, earlier, desk)) is not None)


def _of_event(event: Event, earlier: Earlier, desk: Desk) -> EditionChange | None:
    difference = earlier.news.of.get(event.id)
    undone = [each for each in desk.undid.get(event.id, ()) if each.id not in earlier.news.of]
    if difference is None or event.modality is Modality.HISTORICAL or desk.told_elsewhere(event):
        return None
    if event.change is Change.ENTERED and _taken(event, desk):
        return None  # the taking tells it
    kind = difference.kind
    if kind == "new" and real(event) and undone:
        kind = "changed"  # it upsets what the reader has been told before
    text = said_ahead(event, desk) if ahead(event) else sentence_of(event, desk).text
    return EditionChange(
        kind=kind,
        what=f"{text} {_before(event, difference, desk, earlier)}".strip(),
        event=event.id,
        place=event.place.canonical if event.place else "",
        edition=difference.told.date if difference.told else None,
    )


def _taken(event: Event, desk: Desk) -> bool:
    """Whether the news has it that those who came into a place took it."""
    return any(
        other.change in (Change.CAPTURED, Change.RECAPTURED)
        and real(other)
        and desk.fresh(other)
        and other.place == event.place
        and not set(other.actors).isdisjoint(event.actors)
        for other in desk.events.values()
    )


def _before(event: Event, difference: Difference, desk: Desk, earlier: Earlier) -> str:
    """How the reader was told it, where that is what has changed."""
    if difference.told is None:
        return ""
    edition, before = _edition(difference.told, desk), difference.told.event
    if difference.kind == "corrected":
        had = f"; it had {_tolls(before)}" if before.casualties else ""
        return f"{capital(_outlets(before, earlier))} took back what {edition} told of it{had}."
    if difference.about == "toll" and before.casualties:
        return f"{capital(edition)} had {_tolls(before)}."
    if difference.about == "toll":
        return f"{capital(edition)} had no toll."
    if difference.about == "status" and before.status is not event.status:
        return f"{capital(edition)} had it as {before.status}, now {event.status}."
    return f"{capital(edition)} told it otherwise: {squeeze(before.headline)}."


def _gone(told: Told, earlier: Earlier) -> EditionChange:
    event = told.event
    outlets = capital(_outlets(event, earlier))
    edition = days.named(told.date, edition=told.date)
    return EditionChange(
        kind="withdrawn",
        what=f"{outlets} took back what the edition of {edition} told: {squeeze(event.headline)}.",
        event=event.id,
        place=event.place.canonical if event.place else "",
        edition=told.date,
    )


def _outlets(event: Event, earlier: Earlier) -> str:
    names = sorted({earlier.taken_back[claim] for claim in event.claims if earlier.taken_back.get(claim)})
    return listed(names) or "its outlet"


def _tolls(event: Event) -> str:
    counted = {(count.kind, said(count)): None for count in event.casualties}
    return listed([f"{number} {kind}" for kind, number in counted])


def _edition(told: Told, desk: Desk) -> str:
    return f"the edition of {days.named(told.date, edition=desk.date)}"


def _quiet(front: Front, earlier: Earlier, desk: Desk) -> EditionChange:
    last = earlier.fronts.get(front.name)
    since = f" since {days.named(last, edition=desk.date)}" if last else ""
    return EditionChange(kind="quiet", what=f"{front.name}: no new reporting{since}.", place=front.name)
