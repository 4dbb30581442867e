"""How well an event is carried by its sources.

In: a draft, its contradictions and the sides. Out: a `Status`. The first row that fits decides:

status        when
denied        nobody asserts it: the only claims are denials
reversed      a later event undid it that is more than its own side's word
disputed      somebody else denies it, or gives the place to the other side at the same time, or (where the event is a
              toll and nothing else) gives a number that cannot be the same
confirmed     the side that lost by it says so itself; or footage or a monitor shows it and an outlet of another
              publisher reports it in its own voice
corroborated  two independent publishers carry it on two independent words: not both the same party, monitor or
              official; or parties of both sides say so
claimed       anything less: one publisher, or one party's or monitor's word however many repeat it
withdrawn     kept for an outlet's own correction of an earlier edition; never given here
"""

from collections.abc import Sequence

from briefer.merge.contradictions import HOLDER, NUMBERS
from briefer.merge.drafts import Draft
from briefer.merge.facts import Fact, Sort
from briefer.merge.sides import Sides
from briefer.reading.names import fold
from briefer.types import Claimant, Contradiction, Kind, Status

_LOSABLE = frozenset({Kind.TERRITORY, Kind.EQUIPMENT, Kind.PRISONERS})
_SHOWN = frozenset({Claimant.FOOTAGE, Claimant.MONITOR})


def status(draft: Draft, contradictions: Sequence[Contradiction], undone: bool, sides: Sides) -> Status:
    """The status of one event; `undone` says that a later event that stands took it back."""
    if not draft.group.facts:
        return Status.DENIED
    if undone:
        return Status.REVERSED
    if _disputed(draft, contradictions):
        return Status.DISPUTED
    if _admitted(draft, sides) or _shown(draft.facts):
        return Status.CONFIRMED
    return Status.CORROBORATED if _corroborated(draft.facts, sides) else Status.CLAIMED


def one_partys_word(draft: Draft) -> str:
    """The party that every claim of an event quotes, as it is shown, or ""."""
    parties = {fact.party if fact.told.speaker else "" for fact in draft.facts}
    shown = {fact.said_by for fact in draft.facts}
    if len(parties) != 1 or "" in parties:
        return ""
    return next(iter(shown if len(shown) == 1 else parties))


def partys_own(draft: Draft, sides: Sides) -> bool:
    """Whether an event rests on the word of one side alone."""
    parties = {fact.party for fact in draft.facts}
    return "" not in parties and len({sides.key([party]) for party in parties}) == 1


def _disputed(draft: Draft, contradictions: Sequence[Contradiction]) -> bool:
    if draft.group.denials:
        own = {fact.voice for fact in draft.group.facts}
        return any(fact.voice not in own for fact in draft.group.denials) or len(own) > 1
    about = {contradiction.about for contradiction in contradictions}
    return HOLDER in about or (NUMBERS in about and draft.event.kind is Kind.CASUALTIES)


def _admitted(draft: Draft, sides: Sides) -> bool:
    """Whether the side that lost says so itself."""
    if draft.event.kind not in _LOSABLE:
        return False
    loser = draft.gainer if draft.sort is Sort.ASSAULT else sides.other(draft.gainer)
    speaking = {sides.key([fact.party]) for fact in draft.facts if fact.party}
    return bool(loser) and loser in speaking


def _shown(facts: Sequence[Fact]) -> bool:
    """Whether footage or a monitor shows it, and an outlet that does not itself quote them reports it too."""
    quoted = _quoted(facts)
    shown = {(_claimant(fact), fact.told.source) for fact in facts if fact.claim.attribution.kind in _SHOWN}
    return any(
        source != other and claimant not in quoted.get(source, frozenset())
        for source in _in_own_voice(facts)
        for claimant, other in shown
    )


def _corroborated(facts: Sequence[Fact], sides: Sides) -> bool:
    parties = {sides.key([fact.party]) for fact in facts if fact.party}
    if any(sides.opposed(one, other) for one in parties for other in parties):
        return True
    own = _in_own_voice(facts) - _quoted(facts).keys()
    words = {sides.key([fact.party]) if fact.party else _claimant(fact) for fact in facts if not _own_voice(fact)}
    return len(words) + len(own) >= 2 and len({fact.told.source for fact in facts}) >= 2


def _own_voice(fact: Fact) -> bool:
    return fact.claim.attribution.kind is Claimant.OUTLET and not fact.party


def _in_own_voice(facts: Sequence[Fact]) -> set[str]:
    return {fact.told.source for fact in facts if _own_voice(fact)}


def _quoted(facts: Sequence[Fact]) -> dict[str, frozenset[str]]:
    """The claimants that each publisher quotes for an event; its own voice then only repeats them."""
    found: dict[str, frozenset[str]] = {}
    for fact in facts:
        if not _own_voice(fact):
            found[fact.told.source] = found.get(fact.told.source, frozenset()) | {_claimant(fact)}
    return found


def _claimant(fact: Fact) -> str:
    """Who says it, so that "a UN official" and "the U.N. official" are one; the unnamed are told by their outlet."""
    names = sorted({fold(word).replace(".", "") for word in fact.claim.attribution.who.split() if word[:1].isupper()})
    return f"named:{' '.join(names)}" if names and not fact.party else fact.voice
