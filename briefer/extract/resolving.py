"""From a model's reply to Claims: nothing of it is taken on trust.

In: an Article and what a model says of its shares. Out: Claims whose evidence is the article's own sentences, whose
places are linked, days resolved and numbers parsed by the same code that reads for the rules extractor. A claim that
names a sentence that is not there is left out, and so is one that lacks what its kind cannot do without.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from briefer.extract.packing import Share
from briefer.extract.phrases import Phrases
from briefer.extract.places import front, place
from briefer.extract.reply import ArticleSaid, ClaimSaid, CountSaid, KitSaid
from briefer.extract.telling import telling
from briefer.reading import dates, lexicon, numbers
from briefer.reading.frame import Where
from briefer.reading.heads import is_a, singular
from briefer.reading.names import fold
from briefer.reading.regions import Regions, regions
from briefer.reading.scene import Scene, scene
from briefer.reading.things import Spot
from briefer.types import (
    Article,
    Attribution,
    Casualties,
    Change,
    Claim,
    Equipment,
    EquipmentState,
    Evidence,
    Extent,
    Kind,
    Modality,
    Place,
    When,
    identifier,
)

ENGLISH = frozenset({"", "en"})
"""The languages that the reader of the rules knows; "" is a text too short to tell."""
_MOST_SENTENCES = 12  # a claim that rests on more is a summary and no claim
_TO_COME = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL})
TOLD = frozenset({Kind.AGREEMENT, Kind.MOVEMENT, Kind.POLITICAL, Kind.HUMANITARIAN, Kind.OUTLOOK})
"""The kinds whose sentence the model writes; of the others code makes it from the fields: the two cannot differ."""


def claims_of(article: Article, said: Iterable[tuple[Share, ArticleSaid]], *, language: str) -> list[Claim]:
    """The claims of one article in the order of its text, each once. `language` is the briefing's."""
    said = [(share, each) for share, each in said if each.claims]
    if not said:
        return []
    resolver = _Resolver(article, scene(article), language)
    found: dict[str, Claim] = {}
    for share, each in said:
        for claim in resolver.claims(share, each):
            found.setdefault(claim.id, claim)
    return sorted(found.values(), key=lambda claim: (claim.evidence[0].sentence, claim.id))


class _Resolver:
    """Resolves the claims of one article."""

    def __init__(self, article: Article, names: Scene, language: str) -> None:
        self.language = language
        self.article = article
        self.scene = names
        self.english = article.language in ENGLISH
        self.geography: Callable[[], Regions] = cache(lambda: regions(article, names))

    def claims(self, share: Share, said: ArticleSaid) -> Iterator[Claim]:
        """The claims of one share that can be resolved."""
        phrases = Phrases(self.article, self.scene, self.english).with_names(said.names)
        for each in said.claims:
            evidence = self._evidence(each, share)
            if evidence and _whole(each):
                for claim in _apart(self._claim(each, evidence, phrases)):
                    if _worth_saying(claim, each):
                        yield self._worded(claim, each)

    def _claim(self, said: ClaimSaid, evidence: tuple[Evidence, ...], phrases: Phrases) -> Claim:
        attribution = phrases.attribution(said.b, said.v)
        actors = phrases.actors(said.a)
        names = {fold(actor.canonical) for actor in actors}
        return Claim(
            id="",
            article=self.article.id,
            text="",
            kind=said.k,
            evidence=evidence,
            change=said.c if said.k is Kind.TERRITORY else None,
            extent=said.e if said.k is Kind.TERRITORY else Extent.UNSPECIFIED,
            actors=actors,
            opponents=tuple(actor for actor in phrases.actors(said.o) if fold(actor.canonical) not in names),
            place=self._place(said, evidence, phrases),
            when=self._when(said),
            modality=said.m,
            attribution=attribution,
            casualties=tuple(_counts(said.n, attribution)),
            equipment=tuple(_kits(said.q, attribution)),
            object=_DETERMINER.sub(lambda found: found[0].lower(), _VERBAL.sub("", said.x).strip()),
        )

    def _evidence(self, said: ClaimSaid, share: Share) -> tuple[Evidence, ...]:
        """The sentences that are cited, none where one of them is not there."""
        cited = sorted(set(said.s))
        if not cited or cited[0] < 1 or cited[-1] > share.size or len(cited) > _MOST_SENTENCES:
            return ()
        spans = [(share.piece.first + number - 1) for number in cited]
        return tuple(
            Evidence(at, span.start, span.end, self.article.text[span.start : span.end])
            for at in spans
            for span in (self.article.sentences[at],)
        )

    def _place(self, said: ClaimSaid, evidence: tuple[Evidence, ...], phrases: Phrases) -> Place | None:
        if not said.p:
            return None
        name, canonical = phrases.place(said.p)
        relation = _relation(said.r) or (_toward(name, evidence) if said.c is Change.ADVANCED else "")
        last = canonical.rsplit(" ", 1)[-1].lower()
        spot = Spot(canonical, relation, last if " " in canonical and is_a(last, "place") else "")
        found = place(Where(spot), self.scene, relation)
        return Place(
            name, found.canonical, relation, found.precision, found.lat, found.lon, found.region, found.country
        )

    def _when(self, said: ClaimSaid) -> When:
        found = dates.find(said.w)
        if not found:
            return When()  # "at dusk" alone tells no day, and the day of the report stands for it
        when = dates.resolve(found[0], written=self.scene.written, future=said.m in _TO_COME)
        told_of_the_day = self.scene.written is not None and said.m is not Modality.HISTORICAL
        return When() if when.start is None and told_of_the_day else when  # so does "in the morning" in a dated report

    def _worded(self, claim: Claim, said: ClaimSaid) -> Claim:
        text = telling(claim, said.t if claim.kind in TOLD else "", self.language)
        canonical = claim.place.canonical if claim.place is not None else ""
        counts = [f"{count.kind} {count.as_written}" for count in claim.casualties]
        first = claim.evidence[0].sentence
        fields = (str(first), claim.kind, claim.change or "", canonical, text, *counts)
        return _replaced(claim, identifier(self.article.id, *fields, prefix="c"), text, self._front(claim, said))

    def _front(self, claim: Claim, said: ClaimSaid) -> str:
        """The front by the article's own words, where the gazetteer does not place the claim on the map."""
        if claim.place is not None and claim.place.region:
            return ""
        if said.f and said.f in self.article.text:
            name = _ASIDE.sub("", said.f)
            return name.title() if name.isupper() else name
        if not self.english:
            return ""
        return front(claim.place, claim.evidence[0].sentence, self.geography)


_DETERMINER = re.compile(r"^(?:An?|The|One|Two|Three|Some|Several|Its|Their|His)\b")
_ASIDE = re.compile(r"\s*\([^)]*\)$")
_COUNTED = frozenset({Kind.CASUALTIES, Kind.PRISONERS})
_FIRED = frozenset({Kind.STRIKE, Kind.SHELLING})


def _apart(claim: Claim) -> Iterator[Claim]:
    """A claim for each thing that is counted: the dead of a battle, its wounded and the tanks lost stand each alone.

    The model may tell them in one, for that costs fewer tokens.
    """
    counts, kits = claim.casualties, claim.equipment
    own = claim.kind not in _COUNTED and claim.kind is not Kind.EQUIPMENT
    if own and not counts and not kits:
        yield claim
        return
    if own or (claim.kind is Kind.PRISONERS and claim.object):
        yield replace(claim, casualties=(), equipment=())
    kind = claim.kind if claim.kind in _COUNTED else Kind.CASUALTIES
    plain = replace(claim, change=None, extent=Extent.UNSPECIFIED, object="", equipment=())
    if own and claim.kind not in _FIRED:
        plain = replace(plain, actors=(), opponents=())  # who took a hill may have lost the men that it cost
    if own and claim.modality is Modality.ATTEMPTED:
        plain = replace(plain, modality=Modality.OCCURRED)  # the dead of a failed attack are dead
    elif own and claim.modality in _TO_COME:
        return
    for count in () if claim.kind is Kind.PRISONERS and claim.object else counts:
        yield replace(plain, kind=kind, casualties=(count,))
    for kit in kits:
        taker = claim.actors if kit.state is EquipmentState.CAPTURED else plain.actors
        yield replace(plain, kind=Kind.EQUIPMENT, actors=taker, casualties=(), equipment=(kit,))


def _replaced(claim: Claim, id: str, text: str, front: str) -> Claim:
    return replace(claim, id=id, text=text, front=front)


_OF = re.compile(r"(?:the )?(?P<part>(?:[\w-]+ )*(?:approaches|entrances?|gates?|access)) to")
_ITSELF = re.compile(
    r"(?:(?:over|in|at|on|of|inside|into|within|across|the|both) ?)*"
    r"(?:(?:settlements?|towns?|villages?|city|cities|provinces?|districts?|governorates?|regions?) of)?(?: the)?",
    re.IGNORECASE,
)
_ON_THE_WAY = re.compile(r"\b(?:towards?|direction of|on the way to)\b|^from\b.* to$", re.IGNORECASE)
_VERBAL = re.compile(r"^(?:crossed|reached|entered|crossing|reaching|entering)\b", re.IGNORECASE)


def _relation(words: str) -> str:
    """What stands before a place: "western approaches of" for "the western approaches to", "" for "the city of"."""
    if _ITSELF.fullmatch(words) or _VERBAL.match(words):
        return ""
    if _ON_THE_WAY.search(words):
        return "toward"
    found = _OF.fullmatch(words)
    near = re.fullmatch(r"(?:in )?the (?:area|vicinity|surroundings) of", words)
    return f"{found['part']} of" if found else "near" if near else words.removeprefix("both ").removeprefix("the ")


_INSIDE = re.compile(r"\b(?:in|inside|into|within|through|across)\b(?: \S+){0,4}? ?\Z")


def _toward(name: str, evidence: tuple[Evidence, ...]) -> str:
    """ "Advanced" without a word of where to is toward the place, unless a sentence says that it is in it."""
    for each in evidence:
        at = each.quote.find(name)
        if at >= 0 and _INSIDE.search(each.quote[max(0, at - 40) : at]):
            return ""
    return "toward"


def _whole(said: ClaimSaid) -> bool:
    """Whether it has what its kind cannot do without, as the model gives it."""
    if said.k is Kind.TERRITORY and said.c is None:
        return False
    return said.m is not Modality.HYPOTHETICAL or said.k is Kind.OUTLOOK


def _worth_saying(claim: Claim, said: ClaimSaid) -> bool:
    """Whether it has what its kind cannot do without, as it is resolved."""
    match claim.kind:
        case Kind.TERRITORY:
            return claim.place is not None or (claim.change is Change.REPELLED and bool(claim.actors))
        case Kind.CASUALTIES:
            return bool(claim.casualties)
        case Kind.EQUIPMENT:
            return bool(claim.equipment)
        case Kind.PRISONERS:
            return bool(claim.casualties or claim.object)
        case Kind.CLASH | Kind.STRIKE | Kind.SHELLING:
            return claim.place is not None or bool(claim.actors or claim.opponents)
        case _:
            return bool(said.t)


def _counts(said: Iterable[CountSaid], attribution: Attribution) -> Iterator[Casualties]:
    for each in said:
        number = _number(each.n)
        if number is not None:
            bounds = (number.low, number.best, number.high)
            written = number.as_written or each.n
            yield Casualties(each.k, *bounds, _victims(each.v, written), each.c, attribution.who, written)


_WHOSE = re.compile(r"^(?:of |the |a |an |all |his |her |our |their |its |other |another |some |more )+", re.IGNORECASE)


_NOBODY = frozenset("ours own theirs losses casualties dead fatalities others more bodies them".split())


def _victims(words: str, count: str) -> str:
    """Only "soldiers" of "17 soldiers" and of "his soldiers": the number stands in its own field."""
    rest = words[len(count) :].strip() if words.lower().startswith(count.lower()) else words
    rest = _WHOSE.sub("", rest)
    return "" if rest.lower() in _NOBODY else rest


def _kits(said: Iterable[KitSaid], attribution: Attribution) -> Iterator[Equipment]:
    for each in said:
        number = _number(each.n)
        yield Equipment(_type(each.t), each.s, number.best if number is not None else None, attribution.who)


def _number(words: str) -> numbers.Number | None:
    if words.isascii() and words.isdigit() and len(words) < 9:
        return numbers.Number(0, len(words), int(words), int(words), int(words), words)
    found = numbers.value(words)
    return found if found is not None and found.unit is numbers.Unit.COUNT else None


_LOADED = re.compile(r"\b(?:loaded|rigged|equipped|fitted|mounted|carrying|with|of|full)\b")


def _type(words: str) -> str:
    """The class that losses are counted in; what the lexicon does not know is its own."""
    kinds = lexicon.equipment()
    head = _LOADED.split(words.lower(), maxsplit=1)[0].strip()
    last = head.rsplit(" ", 1)[-1]
    known = next((kinds[key] for each in (head, last) for key in _numbers_of(each) if key in kinds), None)
    return known.type if known is not None else words


def _numbers_of(words: str) -> tuple[str, str]:
    return lexicon.fold(words), lexicon.fold(singular(words))
