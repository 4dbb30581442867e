"""Frames: who did what to whom where, as the words of one sentence tell it.

In: parsed `Clauses` and the `Entities` of a sentence. Out: `Frame`s, by the constructions of data/events.tsv (verbs)
and data/nominal_events.tsv (nouns). A construction applies only where every role it needs is filled by words of the
right sort; where none applies, nothing is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from briefer.reading.clauses import BEARINGS, Clauses, Group, Link, Noun, Phrase, Verb, agents, patients
from briefer.reading.entities import Entities, Entity, Sort, Spot
from briefer.reading.heads import is_a, singular
from briefer.reading.verbs import rows
from briefer.types import Actor, Change, Extent, Kind


class Role(NamedTuple):
    """One slot of a construction and what must stand in it."""

    slot: str
    fills: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Construction:
    """One row of a data file: a verb (or noun) with its particle or light object, what it tells, and its roles."""

    kind: Kind
    change: Change | None
    particle: str
    light: str
    roles: tuple[Role, ...]

    @property
    def needs_noun(self) -> bool:
        """Whether a noun like "control" or "hands" must stand with the verb."""
        return any(role.fills in _STRICT for role in self.roles)


@dataclass(frozen=True, slots=True)
class Where:
    """A place of a frame and the preposition that led to it ("" for an object or subject)."""

    spot: Spot
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One happening as told. `verb` is None for one that is told as a noun, whose governing verb is `told_by`."""

    kind: Kind
    change: Change | None
    verb: Verb | None
    lemma: str
    first: int
    last: int
    actors: tuple[Actor, ...] = ()
    opponents: tuple[Actor, ...] = ()
    where: Where | None = None
    people: Entity | None = None
    equipment: tuple[Entity, ...] = ()
    object: str = ""
    extent: Extent = Extent.UNSPECIFIED
    agent: Entity | None = None
    told_by: Verb | None = None
    describing: Verb | None = None
    """A clause about the place ("the territory lost at Bashkoy on Friday"), whose time is then the frame's."""


@cache
def constructions(name: str) -> dict[str, tuple[Construction, ...]]:
    """The rows of a data file by lemma, in the file's order."""
    found: dict[str, list[Construction]] = {}
    for row in rows(name):
        listed, kind, change, roles = (field.strip() for field in row)
        for entry in listed.split():
            lemma, _, light = entry.partition("+")
            lemma, _, particle = lemma.partition(">")
            construction = Construction(Kind(kind), Change(change) if change else None, particle, light, _roles(roles))
            found.setdefault(lemma, []).append(construction)
    # A construction with a particle or a light object is more of the sentence's own words: it is tried first.
    return {
        lemma: tuple(sorted(listed, key=lambda each: not (each.light or each.particle)))
        for lemma, listed in found.items()
    }


def _roles(text: str) -> tuple[Role, ...]:
    roles = []
    for pair in text.split():
        slot, _, fills = pair.partition("=")
        roles.append(Role({"out": "out of"}.get(slot, slot), fills.upper(), fills[0].isupper()))
    return tuple(roles)


_DONE_TO_PLACES = (
    Change.CAPTURED, Change.RECAPTURED, Change.BESIEGED, Change.ENTERED, Change.LOST, Change.WITHDREW, Change.HANDED_OVER,
)  # fmt: skip
_BY_CIVILIANS = (Change.CAPTURED, Change.RECAPTURED, Change.HELD, Change.REPELLED)
_FLYING = ("aircraft", "helicopter", "drone")
_NAMED_PLACE_SLOTS = frozenset("in at near outside around from to toward towards into on over of off o".split()) | {
    "out of"
}
_HEADS = {
    "SANCTIONS": "sanctions", "MEASURE": "measure", "ASSETS": "assets", "ENVOYS": "envoys", "HANDS": "hands", "CONTROL": "control", "OFFENSIVE": "offensive", "AID": "aid", "UTILITY": "utility",
    "C": "losses", "P": "displaced", "TRUCE": "truce",
}  # fmt: skip
_STRICT = ("HANDS", "CONTROL", "OFFENSIVE")
_INSTRUMENTS = frozenset(
    "airstrike air-strike strike rocket shell missile mortar drone bomb artillery shelling bombardment fire "
    "aircraft plane jet warplane helicopter munition".split()
)
_FROM_AFAR = frozenset("air aerial drone missile rocket precision".split())
_ALSO_TRANSITIVE = frozenset("move drive push pull press thrust head".split())
_NEAR = 5  # tokens: a phrase of place further behind its object belongs to something else
_TAKES_ANYTHING = frozenset("take free clear grab".split())  # too common to make a place of an unknown name
_BY_LEADERS = (Kind.TERRITORY, Kind.CLASH, Kind.SHELLING, Kind.STRIKE, Kind.AGREEMENT)
_STOPPING = frozenset("halt stop repel repulse block thwart foil prevent avert check end resist".split())
_VERBAL = frozenset("vdzpg")
_NOBODY = frozenset("no none neither nobody".split())
_AIMED_AT = ("on", "against", "at", "toward", "towards", "into", "in", "near", "to")
_ALONGSIDE = ("alongside", "along with", "together with", "jointly with")
_JOINTLY = frozenset("coordination co-ordination cooperation co-operation alliance jointly".split())
_PLACE_PREPOSITIONS = (
    *BEARINGS,
    "in",
    "at",
    "near",
    "around",
    "outside",
    "inside",
    "of",
    "on",
    "along",
    "across",
    "around",
    "from",
    "north of",
    "south of",
)


class Frames:
    """Finds the frames of one sentence."""

    def __init__(self, clauses: Clauses, entities: Entities) -> None:
        self.clauses = clauses
        self.entities = entities

    def find(self) -> list[Frame]:
        """All frames, in the order of the sentence."""
        found = [frame for verb in self.clauses.verbs for frame in self.of_verb(verb)]
        spoken_for = {(frame.first, frame.last) for frame in found}
        for noun in self.clauses.nouns:
            for frame in self.of_noun(noun):
                if not any(first <= frame.first < last for first, last in spoken_for):
                    found.append(frame)
        found.sort(key=lambda frame: frame.first)
        placed = [_placed_by_next(frame, found[at + 1 :]) for at, frame in enumerate(found)]
        return [self._placed_by_sentence(frame) for frame in placed]

    def _placed_by_sentence(self, frame: Frame) -> Frame:
        """A toll without a place of its own is of the one spot that its sentence names."""
        if frame.kind is not Kind.CASUALTIES or frame.where is not None:
            return frame
        found = {
            where.spot.name: where
            for verb in self.clauses.verbs
            for phrase in verb.phrases
            if phrase.word in ("in", "at", "near", "outside") and (where := self._in_phrase(phrase)) is not None
        }
        return replace(frame, where=next(iter(found.values()))) if len(found) == 1 else frame

    # ── verbs ──

    def of_verb(self, verb: Verb) -> list[Frame]:
        """The frames of one verb: one a place where several places are named."""
        if any(self.clauses.tokens.lower[noun.first] in _NOBODY for noun in verb.subject):
            return []
        for construction in constructions("events.tsv").get(verb.lemma, ()):
            if frames := list(self._apply(construction, verb)):
                return frames
        return []

    def _apply(self, construction: Construction, verb: Verb) -> Iterator[Frame]:
        objects: Group = patients(verb)
        if construction.particle:
            moved = self._behind_particle(construction.particle, verb)
            if moved is None:
                return
            objects = moved or objects
        if (
            verb.lemma in _ALSO_TRANSITIVE
            and objects
            and not construction.light
            and all(r.slot != "o" for r in construction.roles)
        ):
            return  # "is moving ships closer" is no advance of its own
        if construction.light and not self._has_light_object(construction.light, objects + verb.objects):
            return
        filled = self._fill(construction, verb, objects)
        if filled is not None:
            yield from self._frames(construction, verb, filled)

    def _behind_particle(self, particle: str, verb: Verb) -> Group | None:
        """The object behind a particle ("took over the town"), () where it stands elsewhere, None without the particle."""
        lower, tags = self.clauses.tokens.lower, self.clauses.tags
        for phrase in verb.phrases:
            if phrase.word == particle and phrase.first <= verb.last + 1 and not patients(verb):
                return phrase.group
            if phrase.word.startswith(particle + " ") and phrase.first == verb.last:
                return ()
        if lower[verb.last : verb.last + 1] == (particle,):
            return ()
        end = patients(verb)[-1].last if patients(verb) and not verb.passive else verb.last
        return () if lower[end : end + 1] == (particle,) and tags[end] in "RP" else None

    def _has_light_object(self, light: str, objects: Group) -> bool:
        return any(singular(self.clauses.tokens.lower[noun.head]) == singular(light) for noun in objects)

    # ── roles ──

    def _fill(self, construction: Construction, verb: Verb, objects: Group) -> dict[Role, list[Entity]] | None:
        filled: dict[Role, list[Entity]] = {}
        seen_slots: set[str] = set()
        one_of_many = [role for role in construction.roles if role.needed and role.slot not in "so"]
        for role in construction.roles:
            entities = [
                entity for entity in self._slot(role, verb, objects) if self._fits(role, entity, construction, verb)
            ]
            if entities:
                filled[role] = entities
            elif (role.needed and role.slot in "so") or (
                role.slot == "s" and self._subject_contradicts(verb, construction)
            ):
                return None
            seen_slots.add(role.slot)
        strict = [role for role in one_of_many if role.fills in _STRICT]
        if any(role not in filled for role in strict):
            return None
        loose = [role for role in one_of_many if role.fills not in _STRICT]
        if loose and not any(role in filled for role in loose):
            return None
        return filled

    def _slot(self, role: Role, verb: Verb, objects: Group) -> list[Entity]:
        slot = role.slot
        if slot == "s":
            return self.entities.all(agents(verb))
        if slot == "o":
            return self.entities.all(objects)
        return [entity for phrase in self._phrases(verb, role) for entity in self.entities.all(phrase.group)]

    def _phrases(self, verb: Verb, role: Role) -> list[Phrase]:
        """The first phrase of a slot. A role that is needed is filled from behind the verb: what stands before it
        ("forces in Benghazi broke ...") describes the subject.
        """
        for phrase in verb.phrases:
            first, last = phrase.word.split()[0], phrase.word.split()[-1]
            fits = role.slot in (phrase.word, first, last) or (role.slot == "bearing" and first in BEARINGS)
            if fits and (not role.needed or phrase.first >= verb.first):
                return [phrase]
        return []

    def _subject_contradicts(self, verb: Verb, construction: Construction) -> bool:
        """An active verb whose subject is there and is no actor tells of something else ("the photo captured")."""
        if verb.passive or not verb.subject:
            return False
        tools = construction.kind in (Kind.STRIKE, Kind.SHELLING, Kind.CASUALTIES, Kind.EQUIPMENT)
        sorts = {entity.sort for entity in self.entities.all(verb.subject)}
        return not (tools and sorts <= {Sort.WEAPON, Sort.EQUIPMENT, Sort.ASSAULT})

    def _fits(self, role: Role, entity: Entity, construction: Construction, verb: Verb) -> bool:
        match role.fills:
            case "A":
                return self._is_actor(entity, construction, verb, role.slot)
            case "Z":
                return entity.sort is Sort.ACTOR or (
                    entity.sort in (Sort.PEOPLE, Sort.EQUIPMENT) and bool(entity.actors)
                )
            case "L":
                if entity.sort is Sort.NAME and verb.lemma in _TAKES_ANYTHING:
                    return False
                return self._is_place(entity, role.slot, construction)
            case "V":
                return self._is_victim(entity)
            case "E":
                return entity.sort is Sort.EQUIPMENT
            case "G":
                return entity.sort is Sort.ASSAULT
            case "I":
                return entity.head in _INSTRUMENTS
            case "W":
                return entity.sort is Sort.WEAPON or is_a(entity.head, "weapon")
            case "R":
                return (
                    entity.sort in (Sort.ACTOR, Sort.EQUIPMENT)
                    or is_a(entity.head, "aid")
                    or entity.head == "reinforcement"
                )
            case "P":
                return entity.sort is Sort.PEOPLE or is_a(entity.head, "displaced")
            case "S":
                return entity.sort in (Sort.ACTOR, Sort.PERSON) or is_a(entity.head, "person")
            case "X":
                return True
            case listed:
                return is_a(self.clauses.tokens.lower[entity.noun.head], _HEADS[listed])

    def _is_actor(self, entity: Entity, construction: Construction, verb: Verb, slot: str) -> bool:
        if entity.sort is Sort.ACTOR:
            return True
        if entity.sort is Sort.PEOPLE:
            return bool(entity.actors) and construction.change in _BY_CIVILIANS
        if entity.sort is Sort.PERSON:
            return bool(entity.actors) and construction.kind in _BY_LEADERS
        if entity.sort is Sort.EQUIPMENT:
            return bool(entity.actors) and (construction.kind is not Kind.TERRITORY or entity.equipment not in _FLYING)
        # Unknown letters act where only an actor can: "M23 seized". A name in small letters may be anybody's.
        name = entity.actors[0].name if entity.sort is Sort.NAME else ""
        return slot == "s" and construction.kind is Kind.TERRITORY and name.isupper() and len(name) > 1

    def _is_place(self, entity: Entity, slot: str, construction: Construction) -> bool:
        change = construction.change
        if entity.sort is Sort.PLACE:
            return True
        if entity.sort is Sort.ACTOR:
            return entity.spot is not None and slot not in "so"
        if entity.sort is Sort.PRONOUN:
            return entity.spot is not None and slot == "o" and change in _DONE_TO_PLACES
        if entity.sort is not Sort.NAME or entity.text.isupper():
            return False
        # An unknown name is a place only of what is done to places alone ("recaptured Zarb", "Zarb fell to the rebels").
        if slot == "s":
            return _needs_holder(construction) or any(role.slot == "to" and role.needed for role in construction.roles)
        return slot in _NAMED_PLACE_SLOTS and (
            slot != "o" or change in _DONE_TO_PLACES or construction.kind is Kind.CLASH
        )

    def _is_victim(self, entity: Entity) -> bool:
        if entity.sort in (Sort.PEOPLE, Sort.PERSON):
            return True
        return entity.sort is Sort.ACTOR and (entity.number is not None or is_a(entity.head, "combatant"))

    # ── frames ──

    def _frames(self, construction: Construction, verb: Verb, filled: dict[Role, list[Entity]]) -> Iterator[Frame]:
        agent = next((entities[0] for role, entities in filled.items() if role.fills in "AIS"), None)
        people = next((_counted(entities) for role, entities in filled.items() if role.fills in "VP"), None)
        ours = {actor.canonical for actor in _actors(filled, "A")}
        one, other = self._reciprocal(construction, filled)
        frame = Frame(
            kind=construction.kind,
            change=construction.change,
            verb=verb,
            lemma=verb.lemma,
            first=verb.first,
            last=verb.last,
            actors=one or _actors(filled, "A"),
            opponents=other or tuple(actor for actor in _actors(filled, "Z") if actor.canonical not in ours),
            people=people,
            equipment=tuple(entity for role, entities in filled.items() if role.fills == "E" for entity in entities),
            agent=agent,
            object=_object(filled),
        )
        if frame.actors:
            frame = replace(frame, actors=frame.actors + self._allies(verb, frame))
        if not frame.actors and _needs_holder(construction):
            frame = replace(frame, actors=self._holder(filled))
            if not frame.actors:
                return
        assault = next((entities[0] for role, entities in filled.items() if role.fills == "G"), None)
        if assault is not None:
            yield self._fought_off(frame, assault)
            return
        yield from self._placed(frame, verb, filled)

    def _reciprocal(
        self, construction: Construction, filled: dict[Role, list[Entity]]
    ) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
        """ "The army and the rebels traded fire": two subjects and nobody it is done to fight each other."""
        subjects = next((entities for role, entities in filled.items() if role.fills == "A"), [])
        mutual = construction.light in ("fire",) or (construction.kind is Kind.CLASH and not construction.light)
        if not mutual or len(subjects) != 2 or any(role.fills == "Z" for role in filled) or not _all_actors(subjects):
            return (), ()
        if any(role.fills == "L" and role.slot == "o" for role in filled):
            return (), ()
        return subjects[0].actors, subjects[1].actors

    def _fought_off(self, frame: Frame, assault: Entity) -> Frame:
        """A repelled assault with whose it was and on what, as its own phrases tell."""
        attackers = self._modifier(assault.noun)
        where = None
        for phrase in self.clauses.hanging.get(assault.noun.head, ()):
            entities = self.entities.all(phrase.group)
            behind = frame.verb is not None and phrase.first > frame.verb.head  # that is who repelled it
            if phrase.word in ("by", "of") and _all_actors(entities) and not behind:
                attackers = tuple(actor for entity in entities for actor in entity.actors)
            elif phrase.word in _AIMED_AT and where is None:
                where = self._in_phrase(phrase)
        ours = {actor.canonical for actor in frame.actors}
        attackers = tuple(actor for actor in attackers if actor.canonical not in ours)
        return replace(frame, opponents=attackers, where=where or self._place_beside(frame), object=frame.object)

    def _place_beside(self, frame: Frame) -> Where | None:
        """A place that the verb's own phrases name."""
        for phrase in frame.verb.phrases if frame.verb is not None else ():
            if (
                phrase.word in ("in", "near", "at", "outside", "around")
                and (where := self._in_phrase(phrase)) is not None
            ):
                return where
        return None

    def _allies(self, verb: Verb, frame: Frame) -> tuple[Actor, ...]:
        """Who acts with the subject: "alongside X", "together with X", "in co-ordination with X"."""
        found: list[Actor] = []
        lower = self.clauses.tokens.lower
        hanging = [phrase for noun in agents(verb) for phrase in self.clauses.hanging.get(noun.head, ())]
        for phrase in (*verb.phrases, *hanging):
            joint = phrase.word in _ALONGSIDE or (phrase.word == "with" and lower[phrase.first - 1] in _JOINTLY)
            if joint and phrase.group[0].first < verb.first + 20:
                found += [
                    a for entity in self.entities.all(phrase.group) if entity.sort is Sort.ACTOR for a in entity.actors
                ]
        return tuple(
            actor for actor in dict.fromkeys(found) if actor not in frame.actors and actor not in frame.opponents
        )

    def _holder(self, filled: dict[Role, list[Entity]]) -> tuple[Actor, ...]:
        """Whose hands or control ("fell into the hands of the rebels", "under army control")."""
        for role, entities in filled.items():
            if role.fills in ("HANDS", "CONTROL"):
                if "X" in self.clauses.tags[max(0, entities[0].noun.first - 2) : entities[0].noun.first]:
                    return ()  # "the biggest city not under the control of"
                phrase = self.entities.hanging(entities[0].noun, "of")
                if phrase is not None:
                    return tuple(actor for entity in self.entities.all(phrase.group) for actor in entity.actors)
                return self._modifier(entities[0].noun)
        return ()

    def _modifier(self, noun: Noun) -> tuple[Actor, ...]:
        """The actor that stands before a noun inside its phrase ("rebel control", "the army's advance")."""
        tags = self.clauses.tags
        last = noun.head
        while last > noun.first and tags[last - 1] in "AJ":
            last -= 1
        if last == noun.first:
            return ()
        entity = self.entities.of(Noun(noun.first, last, last - 1))
        return entity.actors if entity.sort in (Sort.ACTOR, Sort.EQUIPMENT) else ()

    def _placed(self, frame: Frame, verb: Verb, filled: dict[Role, list[Entity]]) -> Iterator[Frame]:
        named = [(role, entity) for role, entities in filled.items() if role.fills == "L" for entity in entities]
        direct = [(role, entity) for role, entity in named if role.slot in "so" or role.needed] or named[:1]
        if not direct:
            yield replace(frame, where=self._place_of_cause(verb)) if _people_are_hit(frame) else frame
            return
        for role, entity in [(role, member) for role, entity in direct for member in self._members(entity)]:
            where, describing = self._where(role, entity, verb)
            what = entity.text if (where is None or _says_more(entity, where)) and not _says_nothing(entity) else ""
            yield replace(frame, where=where, extent=entity.extent, object=what or frame.object, describing=describing)

    def _members(self, entity: Entity) -> list[Entity]:
        """ "The villages of A, B and C" are three places."""
        phrase = self.entities.hanging(entity.noun, "of")
        if phrase is None or phrase.first != entity.noun.last or len(phrase.group) < 2:
            return [entity]
        members = self.entities.all(phrase.group)
        named = all(
            member.sort in (Sort.PLACE, Sort.NAME) and member.spot is not None and member.spot.name
            for member in members
        )
        return members if named else [entity]

    def _place_of_cause(self, verb: Verb) -> Where | None:
        """Where people were killed, when only what killed them says so ("in an air strike on Tuz Ravan")."""
        causes = [noun for phrase in verb.phrases for noun in phrase.group] + list(verb.subject)
        for noun in causes:
            for phrase in self.clauses.hanging.get(noun.head, ()):
                if (
                    phrase.word.split()[0] in (*_PLACE_PREPOSITIONS, "on")
                    and (where := self._in_phrase(phrase)) is not None
                ):
                    return where
        return None

    def _where(self, role: Role, entity: Entity, verb: Verb) -> tuple[Where | None, Verb | None]:
        preposition = "" if role.slot in "so" else role.slot
        if entity.spot is not None and entity.spot.name:
            if entity.sort is Sort.NAME and role.slot in "so":
                self.entities.memory.here[entity.noun.head] = entity.spot
            return Where(entity.spot, preposition), None
        describing = self._describing(entity)
        own = describing.phrases if describing is not None else []
        near = self._near(entity, verb)
        hanging = [phrase for phrase in self._hanging(entity) if phrase.first - entity.noun.last <= 2 * _NEAR]
        for phrase in (*hanging, *near, *own):
            if phrase.word.split()[0] in _PLACE_PREPOSITIONS and (where := self._in_phrase(phrase)) is not None:
                return where, describing
        return None, None

    def _near(self, entity: Entity, verb: Verb) -> list[Phrase]:
        """The verb's phrases that may say where its object is: right behind it, or put first and not the subject's own."""
        vague = self.clauses.tokens.lower[entity.noun.first] in ("a", "an")
        reach = 2 if vague else _NEAR
        of_subject = [phrase for noun in verb.subject for phrase in self.clauses.hanging.get(noun.head, ())]
        behind = [p for p in verb.phrases if p.first >= verb.first and p.first - entity.noun.last <= reach]
        return behind + [p for p in verb.phrases if p.first < verb.first and p not in of_subject and not vague]

    def _describing(self, entity: Entity) -> Verb | None:
        """The clause that describes a place behind it ("the territory lost at Bashkoy on Friday")."""
        for verb in self.clauses.verbs:
            if verb.link in (Link.REDUCED, Link.RELATIVE) and any(
                self._inside(noun, entity) for noun in patients(verb) or verb.subject
            ):
                return verb
        return None

    def _hanging(self, entity: Entity) -> tuple[Phrase, ...]:
        return self.clauses.hanging.get(entity.noun.head, ())

    def _inside(self, noun: Noun, entity: Entity) -> bool:
        """Whether a noun phrase is the entity's own or the one its quantity counts ("all of the territory")."""
        if noun == entity.noun:
            return True
        return any(noun in phrase.group for phrase in self._hanging(entity) if phrase.word == "of")

    def _in_phrase(self, phrase: Phrase, *, names: bool = False) -> Where | None:
        for noun in phrase.group:
            entity = self.entities.of(noun)
            sure = entity.sort is Sort.PLACE or (
                entity.sort is Sort.NAME and (names or phrase.word not in ("from", "of"))
            )
            if sure and entity.spot is not None and entity.spot.name:
                return Where(self._beside(entity.spot, phrase), phrase.word)
        return None

    def _beside(self, spot: Spot, phrase: Phrase) -> Spot:
        """ "A town east of Sirte" is not Sirte."""
        bearing = self.clauses.tokens.lower[phrase.first - 1] if phrase.first else ""
        if phrase.word != "of" or bearing not in BEARINGS or spot.relation:
            return spot
        return replace(spot, relation=f"{bearing} of")

    # ── nouns ──

    def of_noun(self, noun: Noun) -> list[Frame]:
        """The frames of an event told as a noun ("the army's capture of Brega", "clashes between X and Y")."""
        if self.clauses.tags[noun.head] != "N":
            return []
        lemma = singular(self.clauses.tokens.lower[noun.head])
        for construction in constructions("nominal_events.tsv").get(lemma, ()):
            if (frame := self._nominal(construction, noun, lemma)) is not None:
                return [frame]
        return []

    def _nominal(self, construction: Construction, noun: Noun, lemma: str) -> Frame | None:
        owner = self._modifier(noun)
        actors, opponents, where = owner, tuple[Actor, ...](), None
        for role in construction.roles:
            for phrase in self.clauses.hanging.get(noun.head, ()):
                between = self.clauses.tags[noun.last : phrase.first]
                taken = phrase.word in ("by", "of") and not _VERBAL.isdisjoint(between)
                if phrase.word != role.slot or phrase.first > noun.last + 12 or taken:
                    continue  # "terrorists backed by X": what stands behind a verb form is that verb's
                entities = self.entities.all(phrase.group)
                if role.fills == "AZ" and len(entities) > 1 and all(e.sort is Sort.ACTOR for e in entities):
                    actors, opponents = entities[0].actors, tuple(a for e in entities[1:] for a in e.actors)
                elif role.fills == "L" and where is None:
                    where = (
                        self._in_phrase(phrase, names=construction.kind is Kind.TERRITORY)
                        if self._is_place(entities[0], role.slot, construction)
                        else None
                    )
                elif role.fills == "A" and entities[0].sort is Sort.ACTOR and not actors:
                    actors = tuple(a for e in entities for a in e.actors)
                elif role.fills == "Z" and entities[0].sort is Sort.ACTOR:
                    opponents = tuple(a for e in entities for a in e.actors)
        compound = lemma in ("airstrike", "air-strike", "bombing") or not _FROM_AFAR.isdisjoint(
            self.clauses.tokens.lower[noun.first : noun.head]
        )
        teller = self._teller(noun)
        if teller is not None and teller.lemma in _STOPPING and noun in patients(teller):
            return None  # "strikes halted the advance": what was stopped is told by the verb that stops it
        if construction.kind is Kind.TERRITORY and teller is not None and teller.form == "B":
            return None  # "it was the first rebel advance in two years" sums up and tells nothing new
        if not self._enough(construction, actors, opponents, where, compound=compound):
            return None
        return Frame(
            construction.kind, construction.change, None, lemma, noun.first, noun.last, actors, opponents, where,
            told_by=teller,
        )  # fmt: skip

    def _enough(
        self, construction: Construction, actors: tuple[Actor, ...], opponents: tuple[Actor, ...], where: Where | None,
        *, compound: bool,
    ) -> bool:  # fmt: skip
        """What a noun must bring with it to be an event."""
        if construction.kind is Kind.TERRITORY:
            return bool(actors) and where is not None
        if construction.kind is Kind.STRIKE:
            # A bare "strike" may be a walk-out's or a tornado's.
            return where is not None and (bool(actors) or compound)
        if construction.kind is Kind.SHELLING:
            return where is not None
        if construction.kind is Kind.AGREEMENT:
            return where is not None or bool(actors)
        return where is not None and bool(actors or opponents)

    def _teller(self, noun: Noun) -> Verb | None:
        """The verb that the noun is subject or object of, or the nearest before it."""
        for verb in self.clauses.verbs:
            if noun in verb.subject or noun in verb.objects or any(noun in phrase.group for phrase in verb.phrases):
                return verb
        return None


def _placed_by_next(frame: Frame, later: list[Frame]) -> Frame:
    """ "Five were killed when insurgents attacked X": the toll is of the attack that the same sentence goes on to tell."""
    if frame.kind is not Kind.CASUALTIES or frame.where is not None:
        return frame
    for other in later:
        if other.kind in (Kind.CLASH, Kind.STRIKE, Kind.SHELLING) and other.where is not None:
            linked = other.verb is not None and other.verb.link in (Link.ADVERBIAL, Link.PARTICIPLE)
            return replace(frame, where=other.where) if linked else frame
    return frame


def _people_are_hit(frame: Frame) -> bool:
    """Whether a frame counts people killed, wounded or taken."""
    return frame.kind in (Kind.CASUALTIES, Kind.PRISONERS)


def _counted(people: list[Entity]) -> Entity:
    """The people of a group; a group of several kinds has no number of its own ("a woman and her two children")."""
    return people[0] if len(people) == 1 else replace(people[0], number=None)


def _all_actors(entities: list[Entity]) -> bool:
    return bool(entities) and all(entity.sort is Sort.ACTOR for entity in entities)


def _needs_holder(construction: Construction) -> bool:
    return any(role.fills in ("HANDS", "CONTROL") for role in construction.roles)


def _actors(filled: dict[Role, list[Entity]], fills: str) -> tuple[Actor, ...]:
    found: list[Actor] = []
    for role, entities in filled.items():
        if role.fills == fills:
            found += [actor for entity in entities for actor in entity.actors if actor not in found]
    return tuple(found)


def _object(filled: dict[Role, list[Entity]]) -> str:
    """The words of the object, where they are not a place's (those go with the place) or a pronoun's."""
    for role, entities in filled.items():
        if role.slot == "o" and role.fills not in ("L", "A") and entities[0].head not in ("they", "them", "it"):
            return entities[0].text
    return ""


def _says_nothing(entity: Entity) -> bool:
    """ "An area", "the position": a noun without a name, a number or a share."""
    bare = is_a(entity.head, "area_words") and entity.number is None and entity.extent is Extent.UNSPECIFIED
    return bare and len(entity.text.split()) < 3


def _says_more(entity: Entity, where: Where) -> bool:
    """Whether the words of the object tell more than the place's name ("three building blocks", "parts of Brega")."""
    if (
        where.spot.head
        and entity.spot is not None
        and entity.spot.head == entity.head
        and entity.extent is Extent.UNSPECIFIED
    ):
        return False
    return is_a(entity.head, "vague") or entity.extent is not Extent.UNSPECIFIED or where.spot.name not in entity.text
