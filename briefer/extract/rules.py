"""The rules extractor: claims from articles with no model, no key and no network.

In: clean articles. Out: one Extraction an article. What the reader is not sure of is not claimed: hypotheses,
negated events, happenings without a place or without the people, actors or things that they are about.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from briefer.extract.places import front, place
from briefer.extract.wording import wording
from briefer.reading.article import Told, read
from briefer.reading.assertions import FREEING, assertion
from briefer.reading.names import fold
from briefer.reading.phrases import Link
from briefer.reading.regions import Regions, regions
from briefer.reading.scene import NameSort, Scene
from briefer.types import (
    REAL,
    Actor,
    ActorKind,
    Article,
    Change,
    Claim,
    Claimant,
    Evidence,
    Extraction,
    Kind,
    Modality,
    Place,
    identifier,
)


class RulesExtractor:
    """Satisfies `protocols.Extractor` by rules alone."""

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """Give the claims of each article, in the order of its text."""
        for article in articles:
            yield Extraction(article.id, tuple(claims_of(article)))


def claims_of(article: Article) -> list[Claim]:
    """The claims of one article; two that say the same of the same sentence are one."""
    scene, told = read(article)
    geography = cache(lambda: regions(article, scene))  # few articles ask for it, and it reads the whole text
    claims: dict[str, Claim] = {}
    for each in told:
        claim = _claim(each, scene, article, geography)
        if claim is not None:
            claims.setdefault(claim.id, claim)
    return list(claims.values())


def _claim(told: Told, scene: Scene, article: Article, geography: Callable[[], Regions]) -> Claim | None:
    frame = told.frame
    where = place(frame.where, scene, assertion(told).relation) if frame.where is not None else None
    nobody = told.attribution.kind is Claimant.UNNAMED and not told.attribution.who and not told.standing.hearsay
    if told.negated or nobody or told.modality is Modality.HYPOTHETICAL or not _worth_saying(told, where, scene):
        return None
    said = assertion(told)
    text = wording(told)
    canonical = where.canonical if where else ""
    return Claim(
        id=identifier(
            article.id,
            str(told.sentence),
            said.kind,
            frame.change or "",
            canonical,
            text,
            *(count.as_written for count in said.casualties[:1]),
            prefix="c",
        ),
        article=article.id,
        text=text,
        kind=said.kind,
        evidence=(_evidence(told.sentence, article),),
        change=frame.change,
        extent=frame.extent,
        actors=frame.actors,
        opponents=tuple(actor for actor in frame.opponents if actor not in frame.actors),
        place=where,
        when=told.when,
        modality=told.modality,
        attribution=told.attribution,
        casualties=said.casualties,
        equipment=said.equipment,
        object=_freed(told) if frame.people is not None else frame.object,
        front=front(where, told.sentence, geography),
    )


def _evidence(number: int, article: Article) -> Evidence:
    span = article.sentences[number]
    return Evidence(number, span.start, span.end, article.text[span.start : span.end])


def _worth_saying(told: Told, where: Place | None, scene: Scene) -> bool:
    """What a claim of each kind cannot do without."""
    frame = told.frame
    match frame.kind:
        case Kind.TERRITORY if frame.change is Change.REPELLED:
            return _fought_off(told, where)
        case Kind.TERRITORY if where is not None and where.relation.startswith("street"):
            return False  # a crowd that pours into the streets takes no town
        case Kind.TERRITORY if where is not None and where.precision == 6:
            return False  # who takes or enters a country is politics or a slip of the reader
        case Kind.TERRITORY:
            return where is not None and (bool(frame.actors or frame.opponents) or _fell(told, where, scene))
        case Kind.CASUALTIES:
            return bool(assertion(told).casualties)
        case Kind.PRISONERS:
            return _counted(told)
        case Kind.EQUIPMENT:
            counted = any(kit.number is not None for kit in frame.equipment)
            return bool(frame.equipment) and (where is not None or bool(frame.actors) or counted)
        case Kind.CLASH:
            return bool(frame.actors) and (where is not None or bool(frame.opponents))
        case Kind.STRIKE | Kind.SHELLING:
            return where is not None or bool(frame.opponents and frame.actors)
        case Kind.MOVEMENT | Kind.HUMANITARIAN:
            return where is not None and not _dwindles(told)
        case Kind.POLITICAL:
            return told.modality in REAL and frame.verb is not None and frame.verb.link is not Link.REDUCED
        case _:
            return where is not None or bool(frame.actors)


def _fell(told: Told, where: Place, scene: Scene) -> bool:
    """A change of hands without a word of whose they are: "the town was captured", "the town has fallen".

    Only of what is a place beyond doubt: "al-Obeidy was freed" is no town's liberation.
    """
    frame = told.frame
    sure = where.lat is not None or scene.sorts.get(fold(where.name)) is NameSort.PLACE
    if not sure or frame.lemma in FREEING:
        return False
    plain = frame.verb is not None and (frame.verb.passive or frame.lemma == "fall") and told.modality in REAL
    return plain and frame.change in (Change.CAPTURED, Change.RECAPTURED)


def _fought_off(told: Told, where: Place | None) -> bool:
    """An attack is repelled by an armed actor and from one, or somewhere; a crowd that is held back is no front."""
    frame = told.frame
    if any(_civil(actors) for actors in (frame.actors, frame.opponents)):
        return False
    if not frame.actors:
        return where is not None and frame.verb is not None and frame.verb.passive
    return where is not None or bool(frame.opponents)


def _civil(actors: tuple[Actor, ...]) -> bool:
    return bool(actors) and all(actor.kind is ActorKind.CIVILIANS for actor in actors)


_DWINDLE = frozenset("drop fall decline decrease shrink halve slow dwindle diminish cease stop".split())


def _dwindles(told: Told) -> bool:
    """ "The number of civilians fleeing has dropped" tells of no flight."""
    verb, verbs = told.frame.verb, told.clauses.verbs
    if verb is None or verb.link not in (Link.REDUCED, Link.RELATIVE):
        return False
    return any(other.lemma in _DWINDLE and other.link is Link.MAIN for other in verbs if other is not verb)


def _freed(told: Told) -> str:
    """ "Release of three hostages": what the headline tells, for whom it counts was let go and not taken."""
    frame = told.frame
    if frame.kind is not Kind.PRISONERS or frame.lemma not in FREEING or frame.people is None:
        return ""
    return f"{'exchange' if frame.lemma in ('swap', 'exchange') else 'release'} of {frame.people.text}"


def _counted(told: Told) -> bool:
    return told.frame.people is not None and told.frame.people.number is not None
