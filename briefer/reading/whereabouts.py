"""Where a frame is: by its roles, the phrases beside them, the clause that describes them, or what the sentence names.

In: a `Frame`, the `Verb` that tells it with its `Filled` roles, and the `Entities` of the sentence. Out: the frame with
its place, one frame a place where several are named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefer.reading.constructions import Role
from briefer.reading.entities import Entities
from briefer.reading.frame import Frame, Where
from briefer.reading.heads import is_a
from briefer.reading.phrases import BEARINGS, Clauses, Link, Noun, Phrase, Verb, patients
from briefer.reading.slots import Filled
from briefer.reading.things import Entity, Sort, Spot
from briefer.types import Change, Extent, Kind

_NEAR = 5  # tokens: a phrase of place further behind its object belongs to something else
_RIGHT_HERE = 2  # tokens: "a building in X" has its place at once or not at all
_OF_PLACE = frozenset([*BEARINGS, *"in at near around outside inside of on along across from".split()])
_BESIDE_VERB = frozenset("in near at outside around".split())
_SHARES = {
    "largely": Extent.MOST,
    "mostly": Extent.MOST,
    "mainly": Extent.MOST,
    "partially": Extent.PART,
    "partly": Extent.PART,
}
_OF_TOLL = frozenset("in at near outside".split())


class Whereabouts:
    """Finds the places of the frames of one sentence."""

    def __init__(self, clauses: Clauses, entities: Entities) -> None:
        self.clauses = clauses
        self.entities = entities

    def placed(self, frame: Frame, verb: Verb, filled: Filled) -> Iterator[Frame]:
        """The frame at each place that its roles name; as it is where they name none."""
        named = [(role, entity) for role, entities in filled.items() if role.fills == "L" for entity in entities]
        direct = [(role, entity) for role, entity in named if role.slot in "so" or role.needed] or named[:1]
        if not direct:
            people_are_hit = frame.kind in (Kind.CASUALTIES, Kind.PRISONERS)
            yield replace(frame, where=self._of_cause(verb)) if people_are_hit else frame
            return
        for role, entity in [(role, member) for role, each in direct for member in self._members(each)]:
            where, describing = self._where(role, entity, verb)
            more = where is None or _says_more(entity, where)
            ground = frame.kind is Kind.TERRITORY  # "territory in Hama" is not Hama
            what = entity.text if more and (ground or not _says_nothing(entity)) else ""
            found = replace(
                frame, where=where, extent=self._share(entity, verb), object=what or frame.object, describing=describing
            )
            yield _of_part(found, entity) if ground and where is not None and _is_part(entity) else found

    def beside(self, verb: Verb) -> Where | None:
        """A place that the verb's own phrases name."""
        return next(self._in_phrases(verb, _BESIDE_VERB), None)

    def by_sentence(self, frame: Frame) -> Frame:
        """A toll without a place of its own is of the one spot that its sentence names."""
        if frame.kind is not Kind.CASUALTIES or frame.where is not None:
            return frame
        found = {where.spot.name: where for verb in self.clauses.verbs for where in self._in_phrases(verb, _OF_TOLL)}
        return replace(frame, where=next(iter(found.values()))) if len(found) == 1 else frame

    def in_phrase(self, phrase: Phrase, *, names: bool = False) -> Where | None:
        """The first place of a phrase; a name that may be anything counts with `names` or where a place must stand."""
        names = names or phrase.word not in ("from", "of")
        for noun in phrase.group:
            entity = self.entities.of(noun)
            sure = entity.sort is Sort.PLACE or (entity.sort is Sort.NAME and names)
            if sure and entity.spot is not None and entity.spot.name:
                return Where(self._by_bearing(entity.spot, phrase), phrase.word)
        return None

    def _in_phrases(self, verb: Verb, words: frozenset[str]) -> Iterator[Where]:
        for phrase in sorted(verb.phrases, key=lambda phrase: phrase.first < verb.first):
            if phrase.word in words and (where := self.in_phrase(phrase)) is not None:
                yield where

    def _by_bearing(self, spot: Spot, phrase: Phrase) -> Spot:
        """The spot itself, or beside it: "a town east of Sirte" is not Sirte."""
        bearing = self.clauses.tokens.lower[phrase.first - 1] if phrase.first else ""
        if phrase.word != "of" or bearing not in BEARINGS or spot.relation:
            return spot
        inside = phrase.first > 1 and self.clauses.tokens.lower[phrase.first - 2] == "the"
        return replace(spot, relation=f"{bearing}ern" if inside else f"{bearing} of")

    def _first_of(self, phrases: Sequence[Phrase]) -> Where | None:
        """The first place that phrases of place name."""
        for phrase in phrases:
            if phrase.word.split()[0] in _OF_PLACE and (where := self.in_phrase(phrase)) is not None:
                return where
        return None

    # ── the places of roles ──

    def _share(self, entity: Entity, verb: Verb) -> Extent:
        """How much of a place is meant, by its own words or the adverb of its verb: "is largely controlled"."""
        near = self.clauses.tokens.lower[max(0, verb.first - 1) : verb.last + 1]
        told = next((_SHARES[word] for word in near if word in _SHARES), Extent.UNSPECIFIED)
        return told if entity.extent is Extent.UNSPECIFIED else entity.extent

    def _members(self, entity: Entity) -> list[Entity]:
        """The places that one role names: "the villages of A, B and C" are three."""
        phrase = self.clauses.behind(entity.noun, "of")
        if phrase is None or phrase.first != entity.noun.last or len(phrase.group) < 2:
            return [entity]
        members = self.entities.all(phrase.group)
        named = all(each.sort in (Sort.PLACE, Sort.NAME) and each.spot and each.spot.name for each in members)
        return members if named else [entity]

    def _of_cause(self, verb: Verb) -> Where | None:
        """Where people were killed, when only what killed them says so ("in an air strike on Tuz Ravan")."""
        causes = [noun for phrase in verb.phrases for noun in phrase.group] + list(verb.subject)
        phrases = [phrase for noun in causes for phrase in self.clauses.hanging.get(noun.head, ())]
        where = self._first_of(phrases)
        several = any(
            len(phrase.group) > 1 or len(self._members(self.entities.of(phrase.group[0]))) > 1 for phrase in phrases
        )
        return None if several else where  # the dead of three cities are not the first one's

    def _where(self, role: Role, entity: Entity, verb: Verb) -> tuple[Where | None, Verb | None]:
        """The place of what fills a role, and the clause that describes it where that tells the place."""
        if entity.spot is not None and entity.spot.name:
            if entity.sort is Sort.NAME and role.slot in "so":
                self.entities.memory.here[entity.noun.head] = entity.spot
            return Where(entity.spot, "" if role.slot in "so" else role.slot), None
        describing = self._describing(entity)
        own = describing.phrases if describing is not None else []
        hanging = [phrase for phrase in self._hanging(entity) if phrase.first - entity.noun.last <= 2 * _NEAR]
        where = self._first_of([*hanging, *self._near(entity, verb), *own])
        return where, describing if where is not None else None

    def _near(self, entity: Entity, verb: Verb) -> list[Phrase]:
        """The verb's phrases that may say where its object is: right behind it, or put first and not of the subject."""
        vague = self.clauses.tokens.lower[entity.noun.first] in ("a", "an")
        reach = _RIGHT_HERE if vague else _NEAR
        of_subject = [phrase for noun in verb.subject for phrase in self.clauses.hanging.get(noun.head, ())]
        behind = [p for p in verb.phrases if p.first >= verb.first and p.first - entity.noun.last <= reach]
        return behind + [p for p in verb.phrases if p.first < verb.first and p not in of_subject and not vague]

    def _describing(self, entity: Entity) -> Verb | None:
        """The clause that describes a place behind it ("the territory lost at Bashkoy on Friday")."""
        for verb in self.clauses.verbs:
            if verb.link not in (Link.REDUCED, Link.RELATIVE):
                continue
            if any(self._inside(noun, entity) for noun in patients(verb) or verb.subject):
                return verb
        return None

    def _hanging(self, entity: Entity) -> tuple[Phrase, ...]:
        return self.clauses.hanging.get(entity.noun.head, ())

    def _inside(self, noun: Noun, entity: Entity) -> bool:
        """Whether a noun phrase is the entity's own or the one its quantity counts ("all of the territory")."""
        if noun == entity.noun:
            return True
        return any(noun in phrase.group for phrase in self._hanging(entity) if phrase.word == "of")


def placed_by_next(frame: Frame, later: Sequence[Frame]) -> Frame:
    """A toll without a place is of the attack that its sentence goes on to tell ("killed when insurgents hit X")."""
    if frame.kind is not Kind.CASUALTIES or frame.where is not None:
        return frame
    for other in later:
        if other.kind in (Kind.CLASH, Kind.STRIKE, Kind.SHELLING) and other.where is not None:
            linked = other.verb is not None and other.verb.link in (Link.ADVERBIAL, Link.PARTICIPLE)
            return replace(frame, where=other.where) if linked else frame
    return frame


def _is_part(entity: Entity) -> bool:
    """What has no name of its own and lies in a place that has one is not that place ("a hill", "the port")."""
    return entity.sort in (Sort.PLACE, Sort.THING) and (entity.spot is None or not entity.spot.name)


def _of_part(frame: Frame, entity: Entity) -> Frame:
    """What is told of a part of no named size: "areas in Hama"."""
    if is_a(entity.head, "area_words"):
        extent = Extent.PART if frame.extent is Extent.UNSPECIFIED else frame.extent
        taken = frame.change in (Change.CAPTURED, Change.RECAPTURED) and entity.head in ("ground", "land")
        # "Regained ground in an advance on Brega" takes no town.
        return replace(frame, extent=extent, change=Change.ADVANCED if taken else frame.change)
    return frame


def _says_nothing(entity: Entity) -> bool:
    """Whether it is a noun without a name, a number or a share: "an area", "the position"."""
    bare = is_a(entity.head, "area_words") and entity.number is None and entity.extent is Extent.UNSPECIFIED
    return bare and len(entity.text.split()) < 3


def _says_more(entity: Entity, where: Where) -> bool:
    """Whether the words of the object tell more than the place's name ("three building blocks", "parts of Brega")."""
    if entity.extent is not Extent.UNSPECIFIED:
        return True
    if where.spot.head and entity.spot is not None and entity.spot.head == entity.head:
        return False
    return is_a(entity.head, "vague") or where.spot.name not in entity.text
