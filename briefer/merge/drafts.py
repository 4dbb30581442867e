"""An event in the making: what its claims together say, before it is held against other events.

In: groups of facts. Out: `Draft`s, whose `event` has every field but id, front, status, contradictions and headline.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefer.merge import keys, numbers
from briefer.merge.facts import GIVEN_UP, Fact, Sort
from briefer.merge.grouping import Group
from briefer.merge.timing import day_of, most_common, wide
from briefer.merge.told import early, part_rank
from briefer.types import (
    REAL,
    Actor,
    Change,
    Claim,
    DatePrecision,
    DayPart,
    Event,
    Extent,
    Kind,
    Modality,
    Place,
    When,
)

_EXACT = {DatePrecision.DAY: 0, DatePrecision.WEEK: 1, DatePrecision.MONTH: 2, DatePrecision.UNKNOWN: 3}
_LEAST_FIRST = (Extent.OUTSKIRTS, Extent.PART, Extent.MOST, Extent.FULL, Extent.UNSPECIFIED)

Moment = tuple[int, int, int, int, int, float, int, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """An event with the group it is made of and the sides it moves.

    `moment` orders events of one place in time; `articles` are those that tell it; `real` says that it is told as done.
    """

    event: Event
    group: Group
    counts: tuple[numbers.Count, ...]
    spot_key: str
    relation: str
    sort: Sort
    piece: bool
    gainer: str
    moment: Moment
    articles: frozenset[str]
    real: bool

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The claims that assert it; for what is only denied, the denials."""
        return self.group.facts or self.group.denials

    @property
    def day(self) -> date | None:
        """The day it happened or else was first reported."""
        return self.event.when.start or self.event.reported

    @property
    def whole(self) -> bool:
        """Whether it is about all of its spot and not a piece of it."""
        return not self.piece and not self.words

    @property
    def words(self) -> frozenset[str]:
        """The words for what precisely changed hands, empty for the place itself."""
        return keys.content(self.event.object)


def draft(group: Group) -> Draft:
    """Make an event of a group."""
    told = group.facts or group.denials
    facts = _particular(told)
    lead = _lead(facts)
    kind = _kind(facts)
    change, modality = _change(facts), _modality(facts)
    doing, done_to = _sides_of(facts, change)
    when = _when(facts)
    counted = tuple(numbers.counts(group.facts))
    reported = min((fact.told.reported for fact in told if fact.told.reported), default=None)
    event = Event(
        id="",
        kind=kind,
        headline="",
        claims=tuple(fact.claim.id for fact in sorted(group.facts + group.denials, key=lambda fact: fact.told.order)),
        change=change,
        extent=_extent(facts),
        actor=doing[0] if doing else "",
        actors=doing,
        opponent=done_to[0] if done_to else "",
        opponents=done_to,
        place=_place(facts, lead),
        object=_object(facts),
        when=when,
        reported=reported,
        modality=modality,
        claimants=tuple(sorted({fact.said_by for fact in told})),
        casualties=numbers.casualties(counted),
        equipment=numbers.equipment(group.facts),
        independent_sources=len({fact.told.source for fact in told}),
    )
    return Draft(
        event=event,
        group=group,
        counts=counted,
        spot_key=lead.spot_key,
        relation=lead.relation,
        sort=lead.sort,
        piece=lead.piece,
        gainer=most_common(fact.gainer for fact in facts),
        moment=_moment(facts, event),
        articles=frozenset(fact.claim.article for fact in told),
        real=modality in REAL and bool(group.facts) and (not wide(lead) or _lasts(lead)),
    )


def _particular(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The claims to take the particulars from: who holds a place bears out its taking and tells nothing of it."""
    return tuple(fact for fact in facts if fact.sort is not Sort.HOLD) or tuple(facts)


def _lasts(fact: Fact) -> bool:
    """Whether a stretch of time that is told leads up to now: "a height that they have held since March"."""
    return fact.sort is Sort.HOLD and fact.claim.when.as_written.casefold().startswith("since")


def _lead(facts: Sequence[Fact]) -> Fact:
    """The claim to take the particulars from: the outlet's own word before a party's, exact dates first."""
    return min(
        facts,
        key=lambda fact: (bool(fact.party), _EXACT[fact.claim.when.precision], not fact.claim.actors, fact.told.order),
    )


def _kind(facts: Sequence[Fact]) -> Kind:
    counted = Counter(fact.claim.kind for fact in facts if fact.claim.kind is not Kind.CASUALTIES)
    return min(counted, key=lambda kind: (-counted[kind], kind)) if counted else Kind.CASUALTIES


def _change(facts: Sequence[Fact]) -> Change | None:
    """The change that most claims tell; one that takes the place before one that gives it up (both are one event)."""
    told = [fact for fact in facts if fact.claim.change is not None]
    repelled = [fact for fact in told if fact.claim.change is Change.REPELLED and fact.claim.modality in REAL]
    taken = [fact for fact in told if fact.claim.change not in GIVEN_UP]
    counted = Counter(fact.claim.change for fact in (repelled or taken or told))
    if Change.RECAPTURED in counted and _recaptured(taken):
        return Change.RECAPTURED
    return min(counted, key=lambda change: (-counted[change], str(change))) if counted else None


def _recaptured(taken: Sequence[Fact]) -> bool:
    """Whether anybody but the gaining side itself says "recaptured", or everybody does."""
    again = [fact for fact in taken if fact.claim.change is Change.RECAPTURED]
    return len(again) * 2 >= len(taken) or any(not fact.party for fact in again)


def _modality(facts: Sequence[Fact]) -> Modality:
    counted = Counter(fact.claim.modality for fact in facts)
    for settled in (Modality.OCCURRED, Modality.ONGOING):
        if settled in counted:
            return settled
    return min(counted, key=lambda modality: (-counted[modality], modality))


def _sides_of(facts: Sequence[Fact], change: Change | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who did it and to whom; claims told from the other side's view count the other way round."""
    doing: list[tuple[Actor, ...]] = []
    done_to: list[tuple[Actor, ...]] = []
    for fact in facts:
        turned = _turned(fact.claim, change)
        doing.append(fact.claim.opponents if turned else fact.claim.actors)
        done_to.append(fact.claim.actors if turned else fact.claim.opponents)
    ours = _names(doing)
    return ours, tuple(name for name in _names(done_to) if name not in ours)


def _turned(claim: Claim, change: Change | None) -> bool:
    if claim.change is None or change is None:
        return False
    if change is Change.REPELLED:
        return claim.change is not Change.REPELLED
    return (claim.change in GIVEN_UP) != (change in GIVEN_UP)


def _names(groups: Iterable[Sequence[Actor]]) -> tuple[str, ...]:
    """All names, the one that leads most claims first, then by how often they are named.

    "Government forces" of one claim are the army that another names: common nouns that never stand beside a name say
    less of the same, and are left out where there is one.
    """
    leads: Counter[str] = Counter()
    named: Counter[str] = Counter()
    beside: set[str] = set()
    for group in groups:
        leads.update(actor.canonical for actor in group[:1])
        names = {actor.canonical for actor in group}
        named.update(names)
        if any(keys.proper(name) for name in names):
            beside |= names
    kept = [name for name in named if name in beside] or list(named)
    return tuple(sorted(kept, key=lambda name: (-leads[name], -named[name], name)))


def _place(facts: Sequence[Fact], lead: Fact) -> Place | None:
    if lead.claim.place is None:
        return None
    exact = [fact.claim.place for fact in facts if fact.claim.place and fact.relation == lead.relation]
    return min(exact, key=lambda place: (place.lat is None, place.precision, place.name, repr(place)))


def _object(facts: Sequence[Fact]) -> str:
    return most_common(" ".join(fact.claim.object.split()) for fact in facts)


def _extent(facts: Sequence[Fact]) -> Extent:
    counted = Counter(fact.claim.extent for fact in facts if fact.claim.extent is not Extent.UNSPECIFIED)
    if not counted:
        return Extent.UNSPECIFIED
    return min(counted, key=lambda extent: (-counted[extent], _LEAST_FIRST.index(extent)))


def _when(facts: Sequence[Fact]) -> When:
    """The most exact time told, most often told first; the part of the day from any claim that names it."""
    exact = min(_EXACT[fact.claim.when.precision] for fact in facts)
    told = [fact.claim.when for fact in facts if _EXACT[fact.claim.when.precision] == exact]
    counted = Counter((when.start, when.end) for when in told)
    start, end = min(counted, key=lambda span: (-counted[span], span[0] or date.max, span[1] or date.max))
    fitting = [when for when in told if (when.start, when.end) == (start, end)]
    part = most_common(fact.claim.when.part for fact in facts if day_of(fact) in (None, start))
    words = most_common(when.as_written for when in fitting)
    return replace(fitting[0], part=DayPart(part), as_written=words)


def _moment(facts: Sequence[Fact], event: Event) -> Moment:
    """When it happened, for putting events of one place in order: day, then part of day, then the article's order."""
    first = min(facts, key=lambda fact: (fact.told.moment[0], fact.told.order))
    before, unrolled, part, position = first.told.moment
    day = event.when.start or event.reported
    before = -1 if before or early(event.when.as_written) else 0
    return (
        day.toordinal() if day else 0,
        before,
        0 if event.when.start else unrolled,
        part_rank(event.when.part) or part,
        int(event.change is Change.RECAPTURED),
        first.told.minute,
        position,
        first.claim.id,
    )
