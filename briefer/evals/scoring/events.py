"""Events of a briefing paired with those of the reference: what each asserts in, `ScoredEvent`s out.

Each is in one pair at most, so that an event told twice counts once. The pairs are those of the greatest sum of
likenesses; a likeness is the share of what either says, weighed, in which both agree.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from briefer.evals.results import ScoredEvent
from briefer.evals.scoring.assigning import assign
from briefer.evals.scoring.comparing import Compared, Outcome, compare
from briefer.evals.scoring.said import Said, of_event
from briefer.evals.scoring.standing import Bench, Written
from briefer.types import Briefing, Change, Event

WEIGHTS = {
    "kind": 2.0, "change": 2.0, "actor": 2.0, "opponent": 1.0, "place": 3.0, "when": 1.5, "modality": 1.0,
    "people": 1.0, "object": 0.5, "words": 2.0,
}  # fmt: skip
"""How much each field counts in a likeness."""
_EVIDENCE = 2.0
"""What sentences in common count; without any nothing is taken off, for the same is told by others too."""
_WORTH = {Outcome.SAME: 1.0, Outcome.NEAR: 0.7, Outcome.LESS: 0.4, Outcome.MORE: 0.4, Outcome.OTHER: 0.0}
LEAST = 0.55
"""The likeness from which two are one event; below it, two events of one place and day are paired."""
_LIKEST = 0.1
"""How much less an event may be like what it is paired with than what it is likest to; on evals/cases nearly all pairs
beyond that are of two events, the likest of which was told by another already."""
_TELLING = frozenset({"actor", "place", "people", "words"})

_GAINS = frozenset(
    {Change.CAPTURED, Change.RECAPTURED, Change.ADVANCED, Change.ENTERED, Change.INFILTRATED, Change.REPELLED,
     Change.BESIEGED, Change.HELD}
)  # fmt: skip
_LOSSES = frozenset({Change.WITHDREW, Change.LOST, Change.HANDED_OVER})


@dataclass(frozen=True, slots=True)
class Paired:
    """The events of a briefing, scored, and the events of the reference that none of them is."""

    events: tuple[ScoredEvent, ...]
    matched: frozenset[str]


Row: TypeAlias = Sequence[tuple[float, Compared]]


class Pairing:
    """Pairs the events of briefings of one case; what it compared before, it does not compare again."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._by_event: dict[str, list[Written]] = defaultdict(list)
        for written in bench.written:
            self._by_event[written.claim.event].append(written)
        self._rows: dict[tuple[Event, frozenset[str]], Row] = {}

    def pair(self, briefing: Briefing, cites: Mapping[str, frozenset[str]]) -> Paired:
        """Every event of the briefing with its event of the reference. `cites` are the sentences of claims by id."""
        keys = list(self._by_event)
        rows = [self._row(event, cites) for event in briefing.events]
        chosen = dict(assign([_near_likest([worth for worth, _ in row]) for row in rows], LEAST))
        events = [
            _scored(event, keys[chosen[number]], rows[number][chosen[number]], self._bench)
            if number in chosen
            else _alone(event)
            for number, event in enumerate(briefing.events)
        ]
        return Paired(tuple(events), frozenset(each.reference for each in events if each.reference))

    def _row(self, event: Event, cites: Mapping[str, frozenset[str]]) -> Row:
        """The likeness of an event to each of the reference, in their order, with the comparison that it is of."""
        own = frozenset().union(*(cites.get(claim, frozenset()) for claim in event.claims))
        if (event, own) not in self._rows:
            said = of_event(event, own, self._bench.names)
            self._rows[event, own] = [_best(said, written) for written in self._by_event.values()]
        return self._rows[event, own]


def _near_likest(worths: Sequence[float]) -> list[float]:
    """Nothing for what is much less like an event than another is: told again, it is not told for that one."""
    return [worth if worth >= max(worths) - _LIKEST else 0.0 for worth in worths]


def likeness(compared: Compared) -> float:
    """How alike two events are, from 0 to 1; 0 at two places, or where neither who, where nor how many agree."""
    if compared.outcomes.get("place") is Outcome.OTHER or not compared.agreeing & _TELLING:
        return 0.0
    total = sum(WEIGHTS.get(name, 0.0) for name in compared.outcomes)
    same = sum(WEIGHTS.get(name, 0.0) * _WORTH[outcome] for name, outcome in compared.outcomes.items())
    if _is_turned(compared):
        same += WEIGHTS["actor"] / 2  # the same two sides, the other way round, are still that event
    if compared.said.cites & compared.reference.cites:
        total, same = total + _EVIDENCE, same + _EVIDENCE
    return round(same / total, 4) if total else 0.0


def direction(said: Said, reference: Said) -> bool | None:
    """Whether gainer and loser are the right way round; None where not both tell."""
    mine, theirs = _sides(said), _sides(reference)
    if mine is None or theirs is None:
        return None
    (gainer, loser), (true_gainer, true_loser) = mine, theirs
    if gainer & true_loser or loser & true_gainer:
        return False
    return True if gainer & true_gainer or loser & true_loser else None


def _sides(said: Said) -> tuple[frozenset[str], frozenset[str]] | None:
    """Who gained and who lost, or who attacked and who was attacked."""
    if not said.actors and not said.opponents:
        return None
    if said.changes & _LOSSES:
        return said.recipients, said.parties
    if said.changes and not said.changes & _GAINS:
        return None
    return said.parties, said.recipients


def _is_turned(compared: Compared) -> bool:
    said, reference = compared.said, compared.reference
    turned = said.parties & reference.recipients or said.recipients & reference.parties
    return compared.outcomes.get("actor") is Outcome.OTHER and bool(turned)


def _best(said: Said, written: Sequence[Written]) -> tuple[float, Compared]:
    found = [compare(said, each.said) for each in written]
    return max(((likeness(compared), compared) for compared in found), key=lambda pair: pair[0])


def _scored(event: Event, key: str, best: tuple[float, Compared], bench: Bench) -> ScoredEvent:
    worth, compared = best
    return ScoredEvent(
        id=event.id,
        headline=event.headline,
        status=event.status,
        reference=key,
        likeness=worth,
        differences=tuple(each for each in compared.differences() if each.field != "speaker"),
        direction=direction(compared.said, compared.reference),
        status_right=event.status in bench.case.sheet.events[key].status,
    )


def _alone(event: Event) -> ScoredEvent:
    return ScoredEvent(id=event.id, headline=event.headline, status=event.status)
