"""Two assertions side by side, field by field: a briefing's and the reference's in, what agrees and differs out.

Whoever says less says nothing wrong. Whoever says more does, where it makes the thing greater or puts a number or a
speaker to it; who, where and when beyond the reference are for the verifier to judge.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from briefer.evals.results import Difference
from briefer.evals.scoring.names import PROVINCE, UNKNOWN
from briefer.evals.scoring.said import Bounds, Gear, People, Said, Voice
from briefer.evals.scoring.wording import Likeness, told_time, wording
from briefer.merge import keys
from briefer.types import Change, Claimant, Extent, Kind, Modality


class Outcome(StrEnum):
    """How a field of a briefing stands to the reference's."""

    SAME = "same"
    NEAR = "near"
    LESS = "less"
    MORE = "more"
    OTHER = "other"


WORDED = frozenset({Kind.AGREEMENT, Kind.MOVEMENT, Kind.POLITICAL, Kind.HUMANITARIAN, Kind.OUTLOOK})
"""Kinds whose content is in their words rather than in fields."""
_KINDS = (
    frozenset({Kind.STRIKE, Kind.SHELLING}),
    frozenset({Kind.SHELLING, Kind.CLASH}),
    frozenset({Kind.TERRITORY, Kind.CLASH}),
    frozenset({Kind.TERRITORY, Kind.MOVEMENT}),
    frozenset({Kind.PRISONERS, Kind.AGREEMENT}),
    frozenset({Kind.PRISONERS, Kind.POLITICAL}),
    WORDED,
)
"""Kinds between which careful readers differ over one sentence."""
_COUNTED = {Kind.CASUALTIES: "people", Kind.PRISONERS: "people", Kind.EQUIPMENT: "equipment"}
"""Kinds that only count what an attack did: near to its kind where the counts agree."""
_CHANGES = (
    frozenset({Change.WITHDREW, Change.LOST}),
    frozenset({Change.WITHDREW, Change.HANDED_OVER}),
    frozenset({Change.ENTERED, Change.INFILTRATED}),
    frozenset({Change.HELD, Change.REPELLED}),
)
_MODALITIES = (
    frozenset({Modality.OCCURRED, Modality.ONGOING}),
    frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL}),
)
_SHORT = timedelta(days=7)
"""Within so many days a day of them is the same time; a day of a longer one is not what was told of all of it."""
_GREATER = frozenset({Extent.FULL, Extent.MOST})
_TAKEN = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ENTERED, Change.HELD})
_LIKE = {Likeness.ALIKE: Outcome.SAME, Likeness.NEAR: Outcome.NEAR, Likeness.OTHER: Outcome.OTHER}
_BOUNDED = frozenset({"extent", "people", "equipment", "relation"})
"""Fields of which more than the reference has is wrong."""


@dataclass(frozen=True, slots=True)
class Compared:
    """All fields that either side speaks of, by name."""

    outcomes: Mapping[str, Outcome]
    said: Said
    reference: Said

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that say otherwise, or more than may be said."""
        return tuple(name for name, outcome in self.outcomes.items() if self._is_wrong(name, outcome))

    @property
    def agreeing(self) -> frozenset[str]:
        """The fields that say the same, or nearly."""
        return frozenset(name for name, each in self.outcomes.items() if each in (Outcome.SAME, Outcome.NEAR))

    def differences(self) -> tuple[Difference, ...]:
        """What a reader of the comparison is shown."""
        said, reference = self.said.shown, self.reference.shown
        return tuple(
            Difference(field=name, said=said.get(name, ""), reference=reference.get(name, ""), outcome=outcome.value)
            for name, outcome in self.outcomes.items()
        )

    def _is_wrong(self, name: str, outcome: Outcome) -> bool:
        return outcome is Outcome.OTHER or (outcome is Outcome.MORE and name in _BOUNDED)


def compare(said: Said, reference: Said) -> Compared:
    """The fields of both, those apart of which neither speaks."""
    return Compared(dict(_fields(said, reference)), said, reference)


def _fields(said: Said, reference: Said) -> Iterator[tuple[str, Outcome]]:
    yield "kind", _kind(said, reference)
    if said.changes or reference.changes:
        yield "change", _change(said, reference)
    yield from _spoken("extent", _extent(said, reference))
    yield from _spoken("actor", _parties(said.actors, reference.parties, said))
    yield from _spoken("opponent", _parties(said.opponents, reference.recipients, said))
    yield from _spoken("place", _place(said, reference))
    yield from _spoken("relation", _relation(said, reference))
    yield from _spoken("object", _object(said, reference))
    yield from _spoken("when", _time(said, reference))
    yield "modality", _one_of(said.modalities, reference.modalities, _MODALITIES)
    yield "speaker", _voice(said, reference.voice)
    yield from _spoken("people", _people(said, reference))
    yield from _spoken("equipment", _equipment(said, reference))
    if said.kinds & WORDED and reference.kinds & WORDED:
        yield "words", _LIKE[wording(said, reference)]


def _spoken(name: str, outcome: Outcome | None) -> Iterator[tuple[str, Outcome]]:
    if outcome is not None:
        yield name, outcome


def _one_of(said: frozenset[str], reference: frozenset[str], near: tuple[frozenset[str], ...]) -> Outcome:
    if said & reference:
        return Outcome.SAME
    return Outcome.NEAR if any(said & group and reference & group for group in near) else Outcome.OTHER


def _kind(said: Said, reference: Said) -> Outcome:
    found = _one_of(said.kinds, reference.kinds, _KINDS)
    if found is not Outcome.OTHER:
        return found
    counted = {_COUNTED[kind] for kind in said.kinds ^ reference.kinds if kind in _COUNTED}
    alike = {"people": _people(said, reference), "equipment": _equipment(said, reference)}
    near = any(alike[name] in (Outcome.SAME, Outcome.NEAR) for name in counted)
    return Outcome.NEAR if near and not said.kinds & WORDED and not reference.kinds & WORDED else Outcome.OTHER


def _change(said: Said, reference: Said) -> Outcome:
    if not said.changes:
        return Outcome.LESS
    if not reference.changes:
        return Outcome.MORE
    return _one_of(said.changes, reference.changes, _CHANGES)


def _extent(said: Said, reference: Said) -> Outcome | None:
    if said.extent is reference.extent:
        return None if said.extent is Extent.UNSPECIFIED else Outcome.SAME
    if said.extent is Extent.UNSPECIFIED:
        return Outcome.LESS
    if reference.extent is Extent.UNSPECIFIED:
        return Outcome.MORE if said.extent in _GREATER else Outcome.NEAR
    both = {said.extent, reference.extent}
    return Outcome.NEAR if both in ({Extent.PART, Extent.OUTSKIRTS}, {Extent.FULL, Extent.MOST}) else Outcome.OTHER


def _parties(parties: tuple[frozenset[str], ...], reference: frozenset[str], said: Said) -> Outcome | None:
    if not parties:
        return Outcome.LESS if reference else None
    if not reference:
        return Outcome.MORE
    others = [party for party in parties if not party & reference]
    if not others:
        return Outcome.SAME
    return Outcome.MORE if all(_in_its_words(party, said) for party in others) else Outcome.OTHER


def _in_its_words(keys_of: frozenset[str], said: Said) -> bool:
    """Whether a name that the reference does not know is in the sentences cited.

    "The convoy" is no other party, and "the governor" may well be the one that the reference names.
    """
    known = _cited_words(said.cites)
    return all(key.startswith(UNKNOWN) and set(key.removeprefix(UNKNOWN).split()) <= known for key in keys_of)


@lru_cache(maxsize=256)  # a claim is compared with every reference claim, one after the other
def _cited_words(cites: frozenset[str]) -> frozenset[str]:
    """The words of the sentences cited, as they stand there and in the singular."""
    told = {word for cite in cites for word in cite.split()}
    return frozenset(told | {keys.singular(word) for word in told})


def _place(said: Said, reference: Said) -> Outcome | None:
    mine, theirs = said.place, reference.place
    if not mine:
        return Outcome.LESS if theirs else None
    if not theirs:
        return Outcome.MORE
    if mine & theirs:
        return Outcome.SAME
    unknown = [key.removeprefix(UNKNOWN) for key in mine if key.startswith(UNKNOWN)]
    if any(_is_within(one, other) for one in unknown for other in theirs) or _by_object(said, theirs):
        return Outcome.NEAR
    return Outcome.MORE if _in_its_words(mine, said) else Outcome.OTHER


def _by_object(said: Said, theirs: frozenset[str]) -> bool:
    """Whether the thing itself is what the reference calls the place: the bridge south of a town, and that bridge."""
    names = [words for name in theirs if (words := keys.content(name))]  # "K2" has no word of content
    return bool(said.object) and any(said.object <= words or words <= said.object for words in names)


def _is_within(one: str, other: str) -> bool:
    """Whether the words of one name are all in the other ("the bridge of X"); a province is another than its town."""
    apart = set(one.split()) ^ set(other.split())
    return (
        bool(set(one.split()) & set(other.split()))
        and PROVINCE not in apart
        and (set(one.split()) <= set(other.split()) or set(one.split()) >= set(other.split()))
    )


def _relation(said: Said, reference: Said) -> Outcome | None:
    if not said.place or not reference.place:
        return None
    mine, theirs = set(said.relation.split()), set(reference.relation.split())
    if not mine and not theirs:
        return None
    if not mine:
        return Outcome.OTHER if said.changes & _TAKEN and not within(reference.relation) else Outcome.LESS
    if not theirs:
        return Outcome.NEAR if mine - _cited_words(said.cites) <= _AT else Outcome.MORE
    if mine == theirs:
        return Outcome.SAME
    return Outcome.NEAR if mine & theirs - _LITTLE and not _elsewhere(mine, theirs) else Outcome.OTHER


def _elsewhere(mine: set[str], theirs: set[str]) -> bool:
    """Whether bearings or distances differ: 5 km north of a town is neither 5 km south nor 15 km north of it."""
    one, other = _bearings(mine), _bearings(theirs)
    turned = bool(one and other) and (not one & other or one ^ other in _OPPOSITE)
    far, away = ({word for word in words if word.isdigit()} for words in (mine, theirs))
    return turned or (bool(far and away) and far != away and mine & _UNITS == theirs & _UNITS)


def _bearings(words: set[str]) -> set[str]:
    return {bearing for bearing in ("north", "south", "east", "west") for word in words if bearing in word}


_OPPOSITE = ({"north", "south"}, {"east", "west"})
_UNITS = frozenset({"km", "kilometre", "kilometres", "kilometers", "miles", "metres", "meters", "m"})
_LITTLE = frozenset({"of", "the", "in", "at", "to", "from", "part", "side", "km", "miles", "kilometres", "kilometers"})
_AT = frozenset({"in", "at", "near", "around", "inside", "within", "outside", "on", "over", "of", "the", "centre"})


def within(relation: str) -> bool:
    """Whether the words name a part of the place ("southern"), so that without them it is still the place."""
    words = set(relation.split())
    return not words & {"of", "toward", "towards"} or "part" in words


def _object(said: Said, reference: Said) -> Outcome | None:
    """A thing goes by many words; one that neither the reference nor the sentences cited name is more than is said."""
    if said.object & reference.object:
        return Outcome.SAME
    if not said.object <= _cited_words(said.cites):
        return Outcome.MORE
    return Outcome.NEAR if said.object and reference.object else None


def _time(said: Said, reference: Said) -> Outcome | None:
    mine, theirs = said.time, reference.time
    if mine.written and not told_time(mine.written, said.cites):
        return Outcome.OTHER
    if theirs.told is None:
        return None
    if not mine.told:
        return Outcome.LESS if theirs.told else Outcome.SAME
    if not theirs.told:
        return Outcome.MORE
    if mine.start is None or mine.end is None or theirs.start is None or theirs.end is None:
        return None
    if theirs.start <= mine.start and mine.end <= theirs.end:
        same = (mine.start, mine.end) == (theirs.start, theirs.end)
        return Outcome.SAME if same or theirs.end - theirs.start <= _SHORT else Outcome.NEAR
    return Outcome.NEAR if mine.start <= theirs.end and theirs.start <= mine.end else Outcome.OTHER


def _voice(said: Said, reference: Voice) -> Outcome:
    mine = said.voice
    if reference.kind is Claimant.OUTLET:
        own = mine.kind is Claimant.OUTLET or bool(mine.words & mine.alike)
        return Outcome.SAME if own else Outcome.MORE
    if mine.kind is Claimant.OUTLET and not mine.who:
        return Outcome.SAME if mine.alike & reference.words else Outcome.OTHER
    if not mine.who or not reference.who:
        return Outcome.SAME if mine.kind is reference.kind else Outcome.NEAR
    if mine.actors & reference.actors or mine.words & reference.words:
        return Outcome.SAME
    if mine.sides and reference.sides and not mine.sides & reference.sides:
        return Outcome.OTHER
    return Outcome.NEAR if _same_office(mine, reference) or _in_its_words(mine.actors, said) else Outcome.OTHER


def _same_office(said: Voice, reference: Voice) -> bool:
    """Whether one of them has no name and their offices have a word in common: "the spokesman"."""
    nameless = not said.words or not reference.words
    return nameless and bool(keys.content(said.who) & keys.content(reference.who))


def _people(said: Said, reference: Said) -> Outcome | None:
    if not said.people:
        return Outcome.LESS if reference.people else None
    if not reference.people:
        return Outcome.MORE
    found = {_best_count(each, reference.people, said) for each in said.people}
    return Outcome.OTHER if Outcome.OTHER in found else Outcome.NEAR if Outcome.NEAR in found else Outcome.SAME


def _best_count(count: People, reference: tuple[People, ...], said: Said) -> Outcome:
    found = [_count(count, each, said) for each in reference]
    return next((outcome for outcome in (Outcome.SAME, Outcome.NEAR) if outcome in found), Outcome.OTHER)


def _count(count: People, reference: People, said: Said) -> Outcome:
    civilian = None not in (count.civilian, reference.civilian) and count.civilian != reference.civilian
    if count.fate is not reference.fate or civilian:
        return Outcome.OTHER
    if count.bounds == reference.bounds or _more_than(count.bounds, reference.bounds, said):
        return Outcome.NEAR if _other_people(count, reference) else Outcome.SAME
    return Outcome.NEAR if (None, None) in (count.bounds, reference.bounds) else Outcome.OTHER


def _other_people(said: People, reference: People) -> bool:
    """Whether they are called otherwise than the reference calls them: civilians, where it has people."""
    mine, theirs = keys.content(said.victims), keys.content(reference.victims)
    return (said.civilian is True and reference.civilian is None) or bool(mine and theirs and not mine & theirs)


def _more_than(mine: Bounds, reference: Bounds, said: Said) -> bool:
    """Whether both are one "more than 60", which some read as 60 and up and some as 61 and up; "at least 60" is 60."""
    (low, high), (other, top) = mine, reference
    open_ended = high is None and top is None and low is not None and other is not None
    return open_ended and abs((low or 0) - (other or 0)) == 1 and bool(_MORE & _cited_words(said.cites))


_MORE = frozenset({"more", "over", "above", "exceeded", "exceeding", "excess", "mas", "plus", "piu", "mais", "mehr",
                   "uber", "больше", "более", "понад", "більше", "اكثر", "fazla"})  # fmt: skip


def _equipment(said: Said, reference: Said) -> Outcome | None:
    if not said.gear:
        return Outcome.LESS if reference.gear else None
    if not reference.gear:
        return Outcome.MORE if any(each.number is not None for each in said.gear) else Outcome.NEAR
    outcomes = {_best_gear(each, reference.gear) for each in said.gear}
    return next(each for each in (Outcome.OTHER, Outcome.NEAR, Outcome.SAME) if each in outcomes)


def _best_gear(said: Gear, reference: tuple[Gear, ...]) -> Outcome:
    found = [_one_gear(said, each) for each in reference]
    return next((outcome for outcome in (Outcome.SAME, Outcome.NEAR) if outcome in found), Outcome.OTHER)


def _one_gear(said: Gear, reference: Gear) -> Outcome:
    """Sorts of weapons go by many names: where number and state are the same it is near, whatever the sort."""
    if said.state is not reference.state:
        return Outcome.OTHER
    named = bool(said.sort & reference.sort)
    if said.number == reference.number:
        return Outcome.SAME if named else Outcome.NEAR
    return Outcome.NEAR if named and None in (said.number, reference.number) else Outcome.OTHER
