"""What became of each place: events in order of time, which gain undid which, and which accounts cannot both hold.

In: drafts of one run. Out: for each undone draft the draft that undid it, and the contradictions between drafts.
Order within a place: day (or day of report), "initially" before all, then part of day, then the order of the telling.
Two accounts of one day that nothing orders (no part of day, no article that tells both, no "recaptured") and that
give the place to opposite sides contradict each other.
"""

from collections import defaultdict
from collections.abc import Sequence

from briefer.merge.drafts import Draft
from briefer.merge.facts import GIVEN_UP, Sort
from briefer.merge.sides import Sides
from briefer.merge.status import partys_own
from briefer.types import Change

_OPEN = 32  # gains of one side at one place that are kept in mind at once; older pieces no longer count as undone
_CLAIMS_TO_HOLD = frozenset({Sort.TAKE, Sort.HOLD, Sort.ASSAULT})


def by_place(drafts: Sequence[Draft]) -> dict[tuple[str, str], list[int]]:
    """The numbers of the drafts about control, told as done, for each spot in order of time."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.real and draft.spot_key and draft.sort is not Sort.NONE:
            found[draft.spot_key, draft.relation].append(number)
    for numbers in found.values():
        numbers.sort(key=lambda number: drafts[number].moment)
    return found


def reversals(drafts: Sequence[Draft], sides: Sides) -> dict[int, int]:
    """For each gain that was undone, the number of the draft that undid it."""
    undone: dict[int, int] = {}
    settled: set[int] = set()
    for numbers in by_place(drafts).values():
        open_gains: list[int] = []
        for number in numbers:
            if drafts[number].sort is not Sort.TAKE:
                continue
            closed = [earlier for earlier in open_gains if _undoes(drafts[number], drafts[earlier], sides)]
            undone.update(dict.fromkeys(closed, number))
            settled.update([number] if closed else [])
            open_gains = [*[earlier for earlier in open_gains if earlier not in closed][-_OPEN:], number]
    return undone | _elsewhere_in_article(drafts, sides, undone, settled)


def _undoes(later: Draft, earlier: Draft, sides: Sides) -> bool:
    if not _other_side(later, earlier, sides) or not in_order(earlier, later):
        return False
    if later.whole:
        return True
    return not earlier.whole and (earlier.words == later.words or _shared(earlier, later))


def _shared(one: Draft, other: Draft) -> bool:
    return bool(one.words and other.words) and (one.words <= other.words or other.words <= one.words)


def _other_side(later: Draft, earlier: Draft, sides: Sides) -> bool:
    if earlier.event.actor and earlier.event.actor in later.event.opponents and not _given_up(earlier, later):
        return True
    if not later.gainer or not earlier.gainer or later.gainer == earlier.gainer:
        return False
    return sides.opposed(later.gainer, earlier.gainer) or later.event.change is Change.RECAPTURED


def _given_up(one: Draft, other: Draft) -> bool:
    """Whether either is told only from the view of the side that lost, so that its actor is not who gained."""
    return one.event.change in GIVEN_UP or other.event.change in GIVEN_UP


def _elsewhere_in_article(
    drafts: Sequence[Draft], sides: Sides, undone: dict[int, int], settled: set[int]
) -> dict[int, int]:
    """A recapture that undid nothing at its own place undoes the opponents' gain of the same thing in its article.

    "They took building blocks in A … three building blocks near the factory were regained": one thing, two places.
    """
    gains: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.real and draft.sort is Sort.TAKE and draft.words and number not in undone:
            for article in draft.articles:
                gains[article].append(number)
    found: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        if number in settled or draft.event.change is not Change.RECAPTURED or not (draft.real and draft.words):
            continue
        near = {gain for article in draft.articles for gain in gains[article][:_OPEN]} - {number}
        for gain in sorted(near, key=lambda gain: drafts[gain].moment, reverse=True):
            if gain not in found and _shared(drafts[gain], draft) and _other_side(draft, drafts[gain], sides):
                found[gain] = number
                break
    return found


def in_order(earlier: Draft, later: Draft) -> bool:
    """Whether it is known, and not only taken, that the one came before the other."""
    if earlier.day and later.day and earlier.day != later.day:
        return earlier.day < later.day
    if earlier.moment[1] != later.moment[1] or not earlier.articles.isdisjoint(later.articles):
        return earlier.moment < later.moment
    if not (earlier.day and later.day):
        return False
    if earlier.event.when.part and later.event.when.part and earlier.event.when.part != later.event.when.part:
        return earlier.moment < later.moment
    return later.event.change is Change.RECAPTURED and earlier.event.change is not Change.RECAPTURED


def opposing_accounts(drafts: Sequence[Draft], sides: Sides) -> list[tuple[int, int]]:
    """Pairs of drafts that give one place to opposite sides at one time."""
    by_day: dict[tuple[str, str, object], list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        if draft.real and draft.spot_key and draft.sort in _CLAIMS_TO_HOLD and draft.day and draft.whole:
            by_day[draft.spot_key, draft.relation, draft.day].append(number)
    return [
        (one, other)
        for numbers in by_day.values()
        for index, one in enumerate(numbers)
        for other in numbers[index + 1 : index + 1 + _OPEN]
        if _contradict(drafts[one], drafts[other], sides)
    ]


def _contradict(one: Draft, other: Draft, sides: Sides) -> bool:
    said = {draft.sort: draft for draft in (one, other) if partys_own(draft, sides)}
    # One article that gives both parties' words tells no order: the one says it took the place, the other to have it.
    answered = Sort.HOLD in said and Sort.TAKE in said
    if not answered and (in_order(one, other) or in_order(other, one)):
        return False
    return sides.opposed(holder_side(one, sides), holder_side(other, sides))


def holder_side(draft: Draft, sides: Sides) -> str:
    """The side that has the place after the event: of a repelled assault the defenders."""
    return sides.other(draft.gainer) if draft.sort is Sort.ASSAULT else draft.gainer
