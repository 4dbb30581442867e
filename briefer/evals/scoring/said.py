"""What is asserted, made alike: a claim or event of a briefing, or fields written by hand, in; a `Said` out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefer.evals.cases.shape import Count, Days, Fields, Forbidden, Kit, Quoted, Reference, Unknown
from briefer.evals.scoring.names import UNKNOWN, Names, telling
from briefer.merge import keys
from briefer.types import (
    Article,
    Casualties,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    Equipment,
    EquipmentState,
    Event,
    Extent,
    Kind,
    Modality,
    Place,
    When,
)

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class People:
    """A count made alike: its bounds, both the same for an exact number and both None where none is given."""

    fate: CasualtyKind
    bounds: Bounds
    civilian: bool | None
    victims: str
    words: str


@dataclass(frozen=True, slots=True)
class Gear:
    """Weapons or vehicles made alike: the words of their sort, in the singular."""

    sort: frozenset[str]
    state: EquipmentState
    number: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Time:
    """The days of it, and its words. `told` is False where nothing tells the days, None where nobody looks."""

    start: date | None = None
    end: date | None = None
    told: bool | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: the kind of speaker, the keys of the actor that speaks, the words that tell the speaker from others.

    `alike` are words that would do as well: those of the outlet itself, where it is a monitor's own report. `sides` are
    the keys of the actors that it is the spokesman of, by its words.
    """

    kind: Claimant = Claimant.OUTLET
    actors: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    who: str = ""
    alike: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """One assertion under the reference's names.

    Several kinds, changes and modalities are each right. `actors` and `opponents` are one set of keys a party. `cites`
    are the sentences it rests on, by their words: copies of one text have the same. `renamed` tells that somebody is
    shown under a name that the reference has for another than the words of the text.
    """

    kinds: frozenset[Kind]
    changes: frozenset[Change]
    extent: Extent
    actors: tuple[frozenset[str], ...]
    opponents: tuple[frozenset[str], ...]
    place: frozenset[str]
    relation: str
    object: frozenset[str]
    time: Time
    modalities: frozenset[Modality]
    voice: Voice
    people: tuple[People, ...]
    gear: tuple[Gear, ...]
    text: str
    cites: frozenset[str] = field(default=frozenset())
    shown: Mapping[str, str] = field(default_factory=dict)
    renamed: bool = False

    @property
    def parties(self) -> frozenset[str]:
        """The keys of all that act."""
        return frozenset().union(*self.actors)

    @property
    def recipients(self) -> frozenset[str]:
        """The keys of all to whom it is done."""
        return frozenset().union(*self.opponents)


# ── of a briefing ──


def of_claim(claim: Claim, article: Article | None, names: Names) -> Said:
    """What a claim of a briefing asserts; without its article it cites nothing."""
    cited = {each.sentence for each in claim.evidence}
    sentences = (
        [article.sentence(number) for number in cited if 0 <= number < len(article.sentences)] if article else []
    )
    return Said(
        kinds=frozenset({claim.kind}),
        changes=frozenset({claim.change}) if claim.change else frozenset(),
        extent=claim.extent,
        actors=tuple(names.actors(each.name, each.canonical) for each in claim.actors),
        opponents=tuple(names.actors(each.name, each.canonical) for each in claim.opponents),
        place=_spot(claim.place, names),
        relation=keys.relation(claim.place.relation) if claim.place else "",
        object=keys.content(claim.object),
        time=_time(claim.when),
        modalities=frozenset({claim.modality}),
        voice=_voice(claim, article, names),
        people=tuple(_people(each) for each in claim.casualties),
        gear=tuple(_gear(each) for each in claim.equipment),
        text=claim.text,
        cites=frozenset(map(sentence_key, sentences)),
        shown=_shown(claim, claim.attribution.who or ("" if claim.attribution.kind == "outlet" else "somebody")),
        renamed=_is_renamed(claim, names),
    )


def of_event(event: Event, cites: Iterable[str], names: Names) -> Said:
    """What an event of a briefing asserts; who says it is told by its claims."""
    return Said(
        kinds=frozenset({event.kind}),
        changes=frozenset({event.change}) if event.change else frozenset(),
        extent=event.extent,
        actors=tuple(names.actors(each) for each in event.actors),
        opponents=tuple(names.actors(each) for each in event.opponents),
        place=_spot(event.place, names),
        relation=keys.relation(event.place.relation) if event.place else "",
        object=keys.content(event.object),
        time=_time(event.when),
        modalities=frozenset({event.modality}),
        voice=Voice(),
        people=tuple(_people(each) for each in event.casualties),
        gear=tuple(_gear(each) for each in event.equipment),
        text=event.headline,
        cites=frozenset(cites),
        shown=_shown(event, ""),
    )


def sentence_key(text: str) -> str:
    """A sentence as it is found again in a copy."""
    return " ".join(keys.words(text))


def _spot(place: Place | None, names: Names) -> frozenset[str]:
    return names.places(place.name, place.canonical) if place else frozenset()


def _is_renamed(claim: Claim, names: Names) -> bool:
    parties = (*claim.actors, *claim.opponents)
    pairs = [(names.actors(each.name), names.actors(each.canonical)) for each in parties]
    pairs += [(names.places(claim.place.name), names.places(claim.place.canonical))] if claim.place else []
    return any(not one & other and _known(one) and _known(other) for one, other in pairs)


def _known(keys_of: frozenset[str]) -> bool:
    return any(not key.startswith(UNKNOWN) for key in keys_of)


def _time(when: When) -> Time:
    if when.start is None:
        return Time(told=False, written=when.as_written)
    return Time(when.start, when.end or when.start, True, when.as_written)


def _voice(claim: Claim, article: Article | None, names: Names) -> Voice:
    said = claim.attribution
    if said.kind is Claimant.OUTLET and not said.who:
        return Voice(alike=telling(article.outlet) if article else frozenset())
    outlet = telling(article.outlet) if article else frozenset()
    actors = names.actors(said.who, said.canonical)
    words = telling(said.who) | telling(said.canonical)
    return Voice(said.kind, actors, words, said.who, outlet, names.sides(said.who))


def _people(count: Casualties | Count) -> People:
    return People(
        count.kind, _bounds(count.low, count.best, count.high), count.civilian, count.victims, _count_words(count)
    )


def _bounds(low: int | None, best: int | None, high: int | None) -> Bounds:
    if best is not None and low in (None, best) and high in (None, best):
        return best, best
    return low, high


def _count_words(count: Casualties | Count) -> str:
    low, high = _bounds(count.low, count.best, count.high)
    number = f"{low}" if low == high else " to ".join(str(each) for each in (low, high) if each is not None)
    bound = "at least " if high is None and low is not None else "at most " if low is None and high is not None else ""
    return f"{bound}{number if low is not None or high is not None else 'some'} {count.victims} {count.kind}"


def _gear(kit: Equipment | Kit) -> Gear:
    number = "" if kit.number is None else f"{kit.number} "
    return Gear(keys.content(kit.type), kit.state, kit.number, f"{number}{kit.type} {kit.state}")


def _shown(said: Claim | Event, speaker: str) -> dict[str, str]:
    """The fields in words, for whoever reads a comparison."""
    actors = said.actors if isinstance(said, Event) else tuple(each.canonical for each in said.actors)
    opponents = said.opponents if isinstance(said, Event) else tuple(each.canonical for each in said.opponents)
    place = said.place
    when = said.when
    return {
        "kind": said.kind,
        "change": said.change or "",
        "extent": "" if said.extent is Extent.UNSPECIFIED else said.extent,
        "actor": ", ".join(actors),
        "opponent": ", ".join(opponents),
        "place": place.canonical if place else "",
        "relation": place.relation if place else "",
        "object": said.object,
        "when": _days(when.start, when.end) or when.as_written,
        "modality": said.modality,
        "speaker": speaker,
        "people": "; ".join(_count_words(each) for each in said.casualties),
        "equipment": "; ".join(_gear(each).words for each in said.equipment),
    }


def _days(start: date | None, end: date | None) -> str:
    return " to ".join(dict.fromkeys(str(each) for each in (start, end) if each is not None))


# ── of a reference ──


def of_reference(claim: Reference | Forbidden, articles: Mapping[str, Article], names: Names) -> Said:
    """What a claim written by hand asserts."""
    start, end, told = _written_time(claim)
    return Said(
        kinds=frozenset(claim.kind),
        changes=frozenset(claim.change),
        extent=claim.extent,
        actors=tuple(names.actors(each) for each in claim.actor),
        opponents=tuple(names.actors(each) for each in claim.opponent),
        place=names.places(claim.place) if claim.place else frozenset(),
        relation=keys.relation(claim.relation),
        object=keys.content(claim.object),
        time=Time(start, end, told),
        modalities=frozenset(claim.modality),
        voice=_written_voice(claim, names),
        people=tuple(_people(each) for each in claim.casualties),
        gear=tuple(_gear(each) for each in claim.equipment),
        text=claim.text,
        cites=frozenset(
            sentence_key(sentence) for quoted in claim.evidence for sentence in quoted_sentences(quoted, articles)
        ),
        shown=_written(claim),
    )


def quoted_sentences(quoted: Quoted, articles: Mapping[str, Article]) -> Sequence[str]:
    """The sentences of an article that a quote is of; none where the article or the quote is not there."""
    article = articles.get(quoted.article)
    start = article.text.find(quoted.quote) if article else -1
    if article is None or start < 0:
        return []
    end = start + len(quoted.quote)
    spans = enumerate(article.sentences)
    return [article.sentence(number) for number, span in spans if span.start < end and start < span.end]


def _written_time(claim: Fields) -> tuple[date | None, date | None, bool | None]:
    when = claim.when
    if when is None:
        return None, None, None
    if isinstance(when, Unknown):
        return None, None, False
    return (when.start, when.end, True) if isinstance(when, Days) else (when, when, True)


def _written_voice(claim: Fields, names: Names) -> Voice:
    said = claim.speaker
    if said is None:
        return Voice()
    actors = names.actors(said.who) if said.who else frozenset()
    return Voice(said.kind, actors, telling(said.who), said.who, sides=names.sides(said.who))


def _written(claim: Fields) -> dict[str, str]:
    start, end, told = _written_time(claim)
    return {
        "kind": " or ".join(claim.kind),
        "change": " or ".join(claim.change),
        "extent": "" if claim.extent is Extent.UNSPECIFIED else claim.extent,
        "actor": ", ".join(claim.actor),
        "opponent": ", ".join(claim.opponent),
        "place": claim.place,
        "relation": claim.relation,
        "object": claim.object,
        "when": _days(start, end) or ("unknown" if told is False else ""),
        "modality": " or ".join(claim.modality),
        "speaker": (claim.speaker.who or claim.speaker.kind) if claim.speaker else "",
        "people": "; ".join(map(_count_words, claim.casualties)),
        "equipment": "; ".join(_gear(each).words for each in claim.equipment),
    }
