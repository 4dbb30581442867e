"""Who holds which place, since when, and the claim that says so last.

In: drafts in order of time at each place, their statuses and the sides. Out: `Holding`s sorted by place. Only what is
told as done and about the place itself (not "north of" it) moves the ledger. Only who took, lost or held all of it
makes a row; a siege, an entry or a piece taken by the other side then changes its state.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from briefer.merge import keys
from briefer.merge.drafts import Draft
from briefer.merge.facts import Sort
from briefer.merge.history import by_place
from briefer.merge.places import PROVINCE, SAME_PLACE
from briefer.merge.sides import Sides
from briefer.merge.status import partys_own
from briefer.merge.timing import LATE
from briefer.reading.names import fold, same_spelling
from briefer.types import Change, Claimant, DatePrecision, Event, Extent, Holding, Standing, Status

BACKGROUND = timedelta(days=14)  # what a report tells of longer ago is how things came about, not how they stand

State = Literal["held", "contested", "besieged", "claimed", "disputed", "unknown"]


@dataclass(frozen=True, slots=True)
class _Held:
    """The state of a place between two events."""

    holder: str = ""
    side: str = ""
    state: State = "unknown"
    since: date | None = None
    evidence: str = ""
    told: date | None = None
    unsettled: date | None = None

    def row(self, place: str) -> Holding:
        """The row of the ledger."""
        return Holding(place, self.holder, self.state, self.since, self.evidence, self.told, self.unsettled)


def ledger(
    drafts: Sequence[Draft], events: Sequence[Event], sides: Sides, standing: Standing | None = None
) -> tuple[Holding, ...]:
    """One row for each place whose control is told of; `events` are those of the drafts, with statuses.

    With a `standing` the rows go on from it: a place that no draft moves stays as it was.
    """
    before = {fold(row.place): row for row in standing.rows} if standing else {}
    rows = []
    for (_, relation), numbers in by_place(drafts).items():
        place = events[numbers[0]].place
        if relation or place is None:
            continue
        row = _remembered(before, [drafts[number] for number in numbers], place.canonical)
        held = _standing(row, sides) if row else _Held()
        for number in numbers:
            if _counts(drafts[number], events[number]) and not _before(drafts[number], row, standing):
                held = _after(held, drafts[number], events[number], sides)
        named = bool(held.holder) or held.state == "unknown"
        if held.evidence and named:
            rows.append(held.row(place.canonical))
    rows += before.values()
    return tuple(sorted(rows, key=lambda row: (row.place.casefold(), row.place, row.last_evidence)))


def _remembered(before: dict[str, Holding], drafts: Sequence[Draft], name: str) -> Holding | None:
    """Take the row of a place out of those that are remembered, under any of the names that its reports give it."""
    names = {name, *(fact.claim.place.name for draft in drafts for fact in draft.facts if fact.claim.place)}
    keyed = {keys.place(each) for each in names if keys.proper(each)}
    known = [key for key in sorted(before) if keys.place(key) in keyed or same_spelling(key, fold(name)) >= SAME_PLACE]
    rows = [before.pop(key) for key in known]
    return max(rows, key=lambda row: (fold(row.place) == fold(name), row.since or date.min, row.place), default=None)


def _standing(row: Holding, sides: Sides) -> _Held:
    side = sides.key([row.holder]) if row.holder else ""
    return _Held(row.holder, side, row.state, row.since, row.last_evidence, row.told, row.unsettled)


def _before(draft: Draft, row: Holding | None, standing: Standing | None) -> bool:
    """Whether what is told happened before a remembered row came to be: old news does not move the ledger."""
    if row is None or standing is None or draft.day is None:
        return False
    return draft.day < (row.since or standing.before - LATE)


def _counts(draft: Draft, event: Event) -> bool:
    """Whether an event says who has the place: an area as large as a province only when all of it is meant."""
    if event.place is None or event.status is Status.DENIED or draft.sort is Sort.PUSH or _old(event):
        return False
    if not event.actor and not event.opponent:
        return False
    return event.place.precision < PROVINCE or event.extent is Extent.FULL


def _old(event: Event) -> bool:
    """Whether an event is told long after its day, as the history of a place; what lasts is told of now."""
    if event.change is Change.HELD:
        return False
    end = event.when.end or event.when.start
    return end is not None and event.reported is not None and event.reported - end > BACKGROUND


def _after(held: _Held, draft: Draft, event: Event, sides: Sides) -> _Held:
    after = _moved(held, draft, event, sides)
    if after.state != held.state:
        after = replace(after, unsettled=draft.day if after.state in _UNSETTLED else None)
    told = draft.whole and event.extent is not Extent.MOST and draft.sort in (Sort.TAKE, Sort.HOLD)
    return replace(after, evidence=_last_claim(draft)) if told or after != held else held


_UNSETTLED = frozenset({"contested", "besieged", "disputed"})


def _moved(held: _Held, draft: Draft, event: Event, sides: Sides) -> _Held:
    whole = draft.whole and event.extent is not Extent.MOST
    if draft.sort is Sort.TAKE and whole:
        return _taken(held, draft, event, sides)
    if draft.sort is Sort.HOLD and whole:
        return _kept(held, draft, event, sides)
    other = bool(held.holder) and sides.opposed(held.side, draft.gainer)
    if not other or draft.sort is Sort.ASSAULT:
        return held
    return replace(held, state="besieged" if draft.sort is Sort.SIEGE else "contested")


def _taken(held: _Held, draft: Draft, event: Event, sides: Sides) -> _Held:
    gainer = event.opponent if event.change in (Change.LOST, Change.WITHDREW, Change.HANDED_OVER) else event.actor
    if not gainer and held.holder and held.side == draft.gainer:
        return replace(held, state=_state(draft, event, sides))
    if not gainer and held.holder and sides.key(event.actors) not in ("", held.side):
        return held  # who leaves a place that another holds leaves it to that one
    state: State = _state(draft, event, sides) if gainer else "unknown"
    side = draft.gainer if gainer else ""
    if state == "claimed" and held.state == "held" and held.side == side:
        state = "held"  # the word of a party takes nothing from what others have said of it
    return replace(held, holder=gainer, side=side, state=state, since=_since(event), told=event.reported)


def _kept(held: _Held, draft: Draft, event: Event, sides: Sides) -> _Held:
    """A place that is held: its holder stays since when it was."""
    side = sides.key(event.actors)
    if not event.actor:
        return held
    known = bool(held.holder) and held.side == side
    own_word = _own_word(draft, event, sides)
    if not known and held.holder and own_word and held.state not in ("unknown", "contested"):
        return replace(held, state="disputed")
    if known and held.state == "held" and own_word:
        return held
    kept = held if known else replace(held, holder=event.actor, since=_since(event), told=event.reported)
    return replace(kept, side=side, state=_state(draft, event, sides))


def _state(draft: Draft, event: Event, sides: Sides) -> State:
    if event.status is Status.DISPUTED:
        return "disputed"
    return "claimed" if _own_word(draft, event, sides) else "held"


def _own_word(draft: Draft, event: Event, sides: Sides) -> bool:
    """Whether nobody but those concerned says so: no outlet in its own voice, no monitor, witness or footage."""
    if event.status in (Status.CONFIRMED, Status.CORROBORATED):
        return False
    return partys_own(draft, sides) or not any(
        fact.claim.attribution.kind in _INDEPENDENT and not fact.party for fact in draft.facts
    )


_INDEPENDENT = frozenset({Claimant.OUTLET, Claimant.MONITOR, Claimant.FOOTAGE, Claimant.WITNESS})


def _since(event: Event) -> date | None:
    return event.when.start if event.when.precision is DatePrecision.DAY else None


def _last_claim(draft: Draft) -> str:
    return max(draft.facts, key=lambda fact: fact.told.order).claim.id
