"""What a sentence of prose asserts, as the reader reads it, held against the deeds of the events that it names.

In: the assertions of the sentence and its `Ground`. Out: what each tells of which event, and the first
`Fault`.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from briefer.compose.ground import Deed, Fault, Ground
from briefer.compose.place_checks import is_front, only_in_names, relation_told
from briefer.compose.wording import failed_words, is_carried_out, is_mutual, is_one_source, kind_words, stem, words_of
from briefer.reading import lexicon
from briefer.reading.article import Told as _Read
from briefer.reading.article import read
from briefer.reading.assertions import Assertion, assertion
from briefer.reading.lexicon import fold
from briefer.reading.verbs import forms
from briefer.types import (
    REAL,
    Actor,
    Article,
    CasualtyKind,
    Change,
    Claimant,
    Extent,
    Kind,
    Modality,
    Reason,
    Span,
    Status,
    When,
)

_FIGHTING = frozenset({Kind.CLASH, Kind.STRIKE, Kind.SHELLING})
_FROM_HEADLINES = frozenset({Kind.AGREEMENT, Kind.MOVEMENT, Kind.POLITICAL, Kind.HUMANITARIAN, Kind.OUTLOOK})
_HELD = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.HELD, Change.REPELLED})
_GAINS = {Change.ADVANCED: 1, Change.INFILTRATED: 1, Change.ENTERED: 2, Change.CAPTURED: 3, Change.RECAPTURED: 3}
_AHEAD = {
    Modality.PLANNED: (Modality.PLANNED, Modality.HYPOTHETICAL),
    Modality.PREDICTED: (Modality.PREDICTED, Modality.HYPOTHETICAL, Modality.PLANNED),
    Modality.HYPOTHETICAL: (Modality.HYPOTHETICAL,),
}
_TOWN = "there in the town of {}.\n"
_ARMED = "some fighters of the {0} and then a spokesman for the {0}.\n"


@dataclass(frozen=True, slots=True)
class Told:
    """One assertion of a sentence and the deed that carries it."""

    said: Assertion
    deed: Deed


def asserted(text: str, ground: Ground) -> tuple[Assertion, ...]:
    """What a sentence asserts, read as an article of the day of the edition; what a semicolon parts is read apart.

    Lines before it that are not read themselves tell the reader which names are places and which are armed.
    """
    known = "".join(_TOWN.format(name) for name in dict.fromkeys(place.canonical for place in ground.places))
    known += "".join(_ARMED.format(name.removeprefix("the ")) for name in ground.cast if name[:1].isupper())
    written = datetime.combine(ground.desk.date, time(12), UTC)
    starts = [0, *(match.end() for match in re.finditer(r";\s*", text))]
    spans = [
        Span(len(known) + start, len(known) + end)
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
        if start < end
    ]
    _, told = read(Article(fold(text), "prose", known + text, tuple(spans), published=written))
    return tuple(assertion(each) for each in told if not _describes(each, len(known), text, ground))


def _describes(told: _Read, start: int, text: str, ground: Ground) -> bool:
    """Whether a verb stands in the name of a claimant: "three people who fled the village say"."""
    at = told.clauses.tokens.starts[told.frame.first] - start
    return any(first <= at < last for first, last in ground.spoken_spans(text))


def carried(said: Sequence[Assertion], ground: Ground) -> tuple[list[Told], Fault | None]:
    """The deeds that carry the assertions, and the fault of the first that none carries."""
    told: list[Told] = []
    for each in said:
        alike = [deed for deed in ground.deeds if _alike(each, deed)]
        faults = [[f for check in CHECKS if (f := check(each, deed, ground))] for deed in alike]
        sound = [deed for deed, found in zip(alike, faults, strict=True) if not found]
        told += [Told(each, deed) for deed in sound[:1]]
        if not sound and faults:
            return told, min(faults, key=len)[0]
        if not sound and not _by_headline(each, ground):
            return told, Fault(Reason.FABRICATED, f"none of these events tells of “{_named(each)}”")
    return told, None


def misordered(told: Sequence[Told]) -> Fault | None:
    """What one clause tells as before or after another must have been so, as far as both days are known."""
    for one, other in itertools.pairwise(told):
        first, second = one.said.told, other.said.told
        if first.clauses is not second.clauses or not first.frame.first < second.frame.first:
            continue
        between = first.clauses.tokens.lower[first.frame.first : second.frame.first]
        start, end = one.deed.fact.when.start, other.deed.fact.when.start
        if start is None or end is None or start == end:
            continue
        if ("before" in between and start > end) or ("after" in between and start < end):
            return Fault(Reason.WRONG_DATE, "it tells two events in the wrong order of time")
    return None


def _named(said: Assertion) -> str:
    frame = said.told.frame
    actors = ", ".join(actor.name for actor in frame.actors)
    return " ".join(part for part in (actors, frame.lemma, said.place or frame.object) if part)


def _by_headline(said: Assertion, ground: Ground) -> bool:
    """Whether the words of an event that is told by its headline tell it, or it is a bare mention of people lost."""
    own = words_of(ground.texts)
    told = said.kind in _FROM_HEADLINES or any(d.fact.kind in _FROM_HEADLINES for d in ground.deeds)
    return told and not own.isdisjoint(forms(said.told.frame.lemma))


# ── which deeds an assertion may be of ──


def _alike(said: Assertion, deed: Deed) -> bool:
    fact = deed.fact
    if said.kind is Kind.CASUALTIES:
        return bool(fact.casualties) or fact.kind is Kind.CASUALTIES
    if said.kind is Kind.EQUIPMENT:
        return bool(fact.equipment) or fact.kind in (Kind.EQUIPMENT, Kind.STRIKE, Kind.SHELLING)
    if said.kind is Kind.PRISONERS:
        taken = any(count.kind is CasualtyKind.CAPTURED for count in fact.casualties)
        return taken or fact.kind is Kind.PRISONERS or "prisoner" in fact.headline.lower()
    if said.kind is Kind.CLASH:
        attacked = fact.change in (Change.REPELLED, Change.CONTESTED) or fact.modality is Modality.ATTEMPTED
        return fact.kind in _FIGHTING or (fact.kind is Kind.TERRITORY and attacked)
    if said.kind in _FIGHTING and fact.kind in (Kind.STRIKE, Kind.SHELLING):
        return said.kind is fact.kind or said.told.frame.lemma in kind_words(fact.kind, None)
    if said.kind is Kind.MOVEMENT and fact.kind is Kind.TERRITORY:
        return fact.change in (Change.WITHDREW, Change.ADVANCED, Change.ENTERED)
    return said.kind is fact.kind


def _attackers_first(said: Assertion, deed: Deed) -> bool:
    """Whether the one who acts in the sentence is the one who suffers in the deed: "lost X to", "an attack by"."""
    mirrored = {said.told.frame.change, deed.fact.change}
    if said.kind is Kind.CLASH and deed.fact.change is Change.REPELLED:
        return True
    return Change.LOST in mirrored and bool(mirrored & {Change.CAPTURED, Change.RECAPTURED})


# ── single faults ──


def _negated(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    real = deed.fact.modality in REAL and deed.event.status is not Status.DISPUTED
    if said.told.negated and real and deed.fact.change is not Change.HELD:
        return Fault(Reason.NEGATION, f"it says “{_named(said)}” did not happen, and the event says it did")
    return None


def _change(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    mine, theirs = said.told.frame.change, deed.fact.change
    if said.kind is not Kind.TERRITORY or mine is theirs or mine is None or theirs is None:
        return None
    if _attackers_first(said, deed) or (mine is Change.HELD and theirs in _HELD and not deed.event.reversed_by):
        return None
    if mine is Change.HELD and theirs in _HELD and _long_before(said):
        return None  # "which they had held since Monday"
    if mine is Change.HELD and deed.event.reversed_by:
        return Fault(Reason.REVERSED_STALE, "it tells a state that has since been reversed as the present one")
    if mine in _GAINS and theirs in _GAINS:
        if _GAINS[mine] <= _GAINS[theirs] and mine is not Change.RECAPTURED:
            return None
        return Fault(Reason.EXAGGERATION, f"the event says {theirs.value}, not {mine.value}")
    if mine is Change.CONTESTED and deed.event.status is Status.DISPUTED:
        return None
    return Fault(Reason.WRONG_DIRECTION, f"the event says {theirs.value.replace('_', ' ')}, not {mine.value}")


def _long_before(said: Assertion) -> bool:
    frame, lower = said.told.frame, said.told.clauses.tokens.lower
    return "had" in lower[max(0, frame.first - 2) : frame.last]


def _cast(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    done, suffered = set(deed.fact.actors), set(deed.fact.opponents)
    if is_mutual(deed.event):
        done = suffered = done | suffered
    if _attackers_first(said, deed):
        done, suffered = suffered, done
    frame = said.told.frame
    hurt = said.kind in (Kind.CASUALTIES, Kind.EQUIPMENT, Kind.PRISONERS)
    return (
        _of_side(frame.actors, done, suffered, ground)
        or _of_side(frame.opponents, suffered, done, ground, anyone=hurt)
        or None
    )


def _of_side(
    actors: Sequence[Actor], ours: set[str], theirs: set[str], ground: Ground, *, anyone: bool = False
) -> Fault | None:
    for actor in actors:
        meant = ground.denoted(actor)
        nobody = anyone or ground.is_nobody(actor) or ground.is_within_claimant(actor)
        if meant & ours or (not meant and nobody):
            continue
        if anyone and actor.canonical == "civilians":
            continue
        if meant & theirs:
            return Fault(Reason.WRONG_DIRECTION, f"“{actor.name}” is on the other side of this event")
        return Fault(Reason.WRONG_ACTOR, f"“{actor.name}” has no part in this event")
    return None


def _place(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    name, text = fold(said.place), said.told.clauses.between(0, len(said.told.clauses.tokens))
    if not name or _is_somebody(name, ground) or only_in_names(name, text, ground):
        return None
    place = deed.fact.place
    if name.endswith(" front") and is_front(name, deed) and (place is None or fold(place.canonical) in fold(text)):
        return None
    if place is None:
        return None if name in fold(f"{deed.fact.object} {deed.fact.headline}") else _elsewhere(said.place)
    known = {fold(text) for text in (place.name, place.canonical, ground.desk.names.place(place.canonical)) if text}
    known |= {fold(p.name) for p in ground.places if p.canonical == place.canonical}
    if name not in known:
        wider = {fold(text) for text in (place.region, place.country) if text}
        in_object = bool(deed.fact.object) and name in fold(deed.fact.object)
        turned = deed.fact.kind is Kind.TERRITORY
        return None if in_object or (name in wider and not turned) else _elsewhere(said.place)
    return None if relation_told(place, text) else _relation(said, deed)


def _elsewhere(name: str) -> Fault:
    return Fault(Reason.WRONG_PLACE, f"“{name}” is not the place of this event")


def _is_somebody(name: str, ground: Ground) -> bool:
    return any(name == fold(who) for who in ground.claimants) or any(name in keys for keys in ground.spellings.values())


def _relation(said: Assertion, deed: Deed) -> Fault | None:
    place = deed.fact.place
    mine = set(said.relation.lower().split()) - _FILLERS
    theirs = set((place.relation if place else "").lower().split()) - _FILLERS
    if mine == theirs or (mine and (mine <= theirs or (theirs <= mine and theirs))):
        return None
    if deed.fact.change is Change.ADVANCED and mine <= {"toward", "towards"}:
        return None
    if not mine and (deed.fact.kind in (Kind.EQUIPMENT, Kind.CASUALTIES) or said.kind is Kind.CASUALTIES):
        return None  # the reader leads no place to a count; `word_checks.spots` looks at the words
    if deed.fact.extent is Extent.OUTSKIRTS and mine == {"outskirts"}:
        return None
    if mine and not theirs and said.kind is not Kind.TERRITORY and not mine & _BEARINGS:
        return None
    there = f"{place.relation} {place.name}".strip() if place else ""
    return Fault(
        Reason.WRONG_PLACE, f"the event was at “{there}”, not “{said.relation} {said.place}”".replace("  ", " ")
    )


_FILLERS = frozenset("the of in at inside within on km kilometres kilometers miles".split())
_BEARINGS = frozenset(
    f"{bearing}{end}" for bearing in "north south east west northeast northwest southeast southwest".split()
    for end in ("", "ern")
)  # fmt: skip


def _modality(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    mine, theirs = said.told.modality, deed.fact.modality
    mine = Modality.OCCURRED if mine is Modality.HISTORICAL else mine
    denied = deed.event.status is Status.DENIED or theirs is Modality.DENIED
    if denied:
        real = mine is not Modality.DENIED and not said.told.negated
        return Fault(Reason.DENIED_AS_FACT, "the event is denied; say who denies it") if real else None
    if mine is Modality.DENIED:
        disputed = deed.event.status is Status.DISPUTED or deed.opposed
        return None if disputed else Fault(Reason.NEGATION, "nobody denies this event")
    if theirs in _AHEAD and mine not in _AHEAD[theirs]:
        return Fault(Reason.PLANNED_AS_DONE, f"the event is only {theirs.value}; do not tell it as more")
    if theirs is Modality.ATTEMPTED and mine in REAL and said.kind is not Kind.CLASH:
        return Fault(Reason.PLANNED_AS_DONE, "it was only tried; do not tell it as done")
    carried_out = any(is_carried_out(deed.event, verb) for verb in _verbs(said))
    if deed.fact.kind is Kind.AGREEMENT and said.kind is not Kind.AGREEMENT and mine in REAL and not carried_out:
        return Fault(Reason.PLANNED_AS_DONE, "it was agreed; nothing says that it was done")
    if theirs in REAL and mine not in REAL and deed.fact.kind not in _FROM_HEADLINES:
        return Fault(Reason.NEGATION, f"the event came to pass; it is told as {mine.value}")
    return None


def _verbs(said: Assertion) -> Sequence[str]:
    frame = said.told.frame
    return said.told.clauses.tokens.lower[frame.first : frame.last]


def _extent(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    if said.kind is not Kind.TERRITORY or deed.fact.kind is not Kind.TERRITORY or not said.place:
        return None
    mine, theirs = said.told.frame.extent, deed.fact.extent
    if deed.fact.object and not _object_told(said, deed):
        return Fault(Reason.EXAGGERATION, f"it was “{deed.fact.object}”, not the whole place")
    if mine is theirs or (mine is Extent.UNSPECIFIED and theirs is Extent.FULL) or deed.fact.object:
        return None
    if said.told.frame.change is Change.CONTESTED or _GAINS.get(said.told.frame.change or Change.HELD) in (1, 2):
        return None
    return Fault(Reason.EXAGGERATION, f"the event is of {theirs.value} of the place, not {mine.value}")


def _object_told(said: Assertion, deed: Deed) -> bool:
    told = {stem(word) for word in words_of([said.told.clauses.between(0, len(said.told.clauses.tokens))])}
    place = deed.fact.place
    names = [place.name, place.canonical] if place else []
    wanted = {stem(word) for word in words_of([deed.fact.object]) - words_of([*names, "the a an of in at near its"])}
    return bool(told & wanted) or not wanted


def _kit(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    for kit in said.equipment if deed.fact.equipment else ():
        alike = [own for own in deed.fact.equipment if _type(own.type) == _type(kit.type) and own.state is kit.state]
        if not any(kit.number in (None, own.number) for own in alike):
            return Fault(Reason.WRONG_NUMBER, f"no event has {kit.number or ''} {kit.type} {kit.state.value}")
    return None


def _happening(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    """Of what is told by its headline, a sentence may tell what stands there."""
    if said.kind is not deed.fact.kind or said.kind not in (Kind.MOVEMENT, Kind.POLITICAL, Kind.HUMANITARIAN):
        return None
    own = words_of([deed.fact.headline, deed.fact.object])
    if deed.fact.modality is Modality.ATTEMPTED:
        own |= failed_words()
    if not own.isdisjoint(forms(said.told.frame.lemma)) or said.told.frame.verb is None:
        return None
    return Fault(Reason.FABRICATED, f"the event does not tell of “{_named(said)}”; use its own words")


def _type(name: str) -> str:
    known = lexicon.equipment().get(fold(name)) or lexicon.equipment().get(fold(name).removesuffix("s"))
    return known.type if known else fold(name).removesuffix("s")


def _day(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    mine, theirs = said.told.when, deed.fact.when
    if mine.start is None and not mine.part.value:
        return None
    if _written_alike(mine, theirs):
        return None
    if mine.start is not None and (theirs.start is None or not _overlap(mine, theirs)):
        return Fault(Reason.WRONG_DATE, f"“{mine.as_written}” is not when “{_named(said)}” happened")
    if (
        mine.part.value
        and mine.part is not theirs.part
        and {mine.part.value, theirs.part.value} != {"night", "evening"}
    ):
        return Fault(Reason.WRONG_DATE, f"“{mine.as_written}” is not the part of the day of “{_named(said)}”")
    return None


def _written_alike(mine: When, theirs: When) -> bool:
    one, other = fold(mine.as_written), fold(theirs.as_written)
    dated = any(sign.isdigit() for sign in one)
    return bool(one and other) and (one in other or (other in one and not dated))


def _overlap(mine: When, theirs: When) -> bool:
    one, other = mine.end or mine.start, theirs.end or theirs.start
    return bool(mine.start and theirs.start and one and other) and mine.start <= other and theirs.start <= one  # type: ignore[operator]


def _voice(said: Assertion, deed: Deed, ground: Ground) -> Fault | None:
    """What somebody says must be said by one who does; that somebody must say it at all is held in `voice_checks`."""
    spoken = said.told.attribution
    if not spoken.who and not spoken.canonical:
        return None
    nameless = all(voice.kind in (Claimant.OUTLET, Claimant.UNNAMED) for voice in deed.voices)
    if nameless and deed.event.independent_sources <= 1 and is_one_source(spoken.who):
        return None
    counted = said.kind is Kind.CASUALTIES or bool(deed.fact.casualties)
    voices = ground.voices if said.told.modality is Modality.DENIED or counted else deed.voices
    if any(ground.speaks(voice, spoken) for voice in voices):
        return None
    if spoken.kind is not Claimant.PARTY and fold(spoken.who) in {fold(name) for name in ground.claimants}:
        return None if counted else Fault(Reason.CLAIM_AS_FACT, _not_theirs(spoken.who, deed))
    return Fault(Reason.CLAIM_AS_FACT, _not_theirs(spoken.who or spoken.canonical, deed))


def _not_theirs(who: str, deed: Deed) -> str:
    says = ", ".join(voice.name for voice in deed.voices) or "nobody named"
    return f"“{who}” does not say this; it is said by {says}"


CHECKS: tuple[Callable[[Assertion, Deed, Ground], Fault | None], ...] = (
    _negated, _modality, _change, _cast, _place, _extent, _kit, _happening, _day, _voice,
)  # fmt: skip
