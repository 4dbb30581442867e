"""Frames: who did what to whom where, as the words of one sentence tell it.

In: parsed `Clauses` and the `Entities` of a sentence. Out: `Frame`s, by the constructions of data/events.tsv (verbs)
and data/nominal_events.tsv (nouns). A construction applies only where every role it needs is filled by words of the
right sort; where none applies, nothing is said.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefer.reading.constructions import Construction, constructions
from briefer.reading.entities import Entities
from briefer.reading.frame import Frame
from briefer.reading.heads import singular
from briefer.reading.nominal import Nominal
from briefer.reading.phrases import BEARINGS, Clauses, Group, Phrase, Verb, agents, patients
from briefer.reading.pronouns import actors_of
from briefer.reading.slots import Filled, Slots, actors_in, first_in, object_in
from briefer.reading.things import Entity, Sort
from briefer.reading.whereabouts import Whereabouts, placed_by_next
from briefer.types import Actor, Kind

_MORE_DESCRIBED = re.compile(",[dpJ]N")
_NOBODY = frozenset("no none neither nobody".split())
_ALSO_TRANSITIVE = frozenset("move drive push pull press thrust head".split())
_AIMED_AT = frozenset("on against at toward towards into in near to".split())
_ALONGSIDE = ("alongside", "along with", "together with", "jointly with")
_JOINTLY = frozenset("coordination co-ordination cooperation co-operation alliance jointly".split())
_WITH_VERB = 20  # tokens; "with X" further behind the verb joins something else


class Frames:
    """Finds the frames of one sentence."""

    def __init__(self, clauses: Clauses, entities: Entities) -> None:
        self.clauses = clauses
        self.entities = entities
        self._slots = Slots(clauses, entities)
        self._whereabouts = Whereabouts(clauses, entities)
        self._nominal = Nominal(clauses, entities, self._whereabouts)

    def find(self) -> list[Frame]:
        """All frames, in the order of the sentence."""
        found = [frame for verb in self.clauses.verbs for frame in self._of_verb(verb)]
        spoken_for = {(frame.first, frame.last) for frame in found}
        of_nouns = [frame for noun in self.clauses.nouns if (frame := self._nominal.frame(noun)) is not None]
        of_nouns = [frame for frame in of_nouns if not any(self._nominal.is_same_deed(frame, each) for each in found)]
        found += [frame for frame in of_nouns if not any(first <= frame.first < last for first, last in spoken_for)]
        found.sort(key=lambda frame: frame.first)
        placed = [placed_by_next(frame, found[at + 1 :]) for at, frame in enumerate(found)]
        return [self._whereabouts.by_sentence(frame) for frame in placed]

    def _of_verb(self, verb: Verb) -> list[Frame]:
        """The frames of one verb: one a place where several places are named."""
        if any(self.clauses.tokens.lower[noun.first] in _NOBODY for noun in verb.subject):
            return []
        beside = verb.passive and verb.objects and verb.subject and verb.objects[0].first == verb.last
        if beside and self.clauses.tokens.lower[verb.objects[0].head] not in ("prisoner", "hostage", "captive"):
            return []
        if verb.passive and _MORE_DESCRIBED.match(self.clauses.tags, verb.last):
            return []  # "are secured, liberated cities" describes and tells nothing
        for construction in constructions("events.tsv").get(verb.lemma, ()):
            if frames := self._by(construction, verb):
                return frames
        return []

    def _by(self, construction: Construction, verb: Verb) -> list[Frame]:
        objects: Group = patients(verb)
        if construction.particle:
            moved = self._behind_particle(construction.particle, verb)
            if moved is None:
                return []
            objects = moved or objects
        bare = not construction.light and not construction.takes_object
        bearing = bool(objects) and self.clauses.tokens.lower[objects[-1].head] in BEARINGS  # "push north toward X"
        if bare and objects and not bearing and verb.lemma in _ALSO_TRANSITIVE:
            return []  # "is moving ships closer" is no advance of its own
        if construction.light and not self._has_light_object(construction.light, objects + verb.objects):
            return []
        if construction.light in ("hostage", "prisoner") and self._has_light_object(construction.light, verb.subject):
            return []  # "hostages held by X" only says whose they are
        filled = self._slots.fill(construction, verb, objects)
        return list(self._frames(construction, verb, filled)) if filled is not None else []

    def _behind_particle(self, particle: str, verb: Verb) -> Group | None:
        """The object behind a particle ("took over the town"), () where it stands elsewhere, None without particle."""
        lower, tags, objects = self.clauses.tokens.lower, self.clauses.tags, patients(verb)
        for phrase in verb.phrases:
            if phrase.word == particle and phrase.first <= verb.last + 1 and not objects:
                return phrase.group
            if phrase.word.startswith(particle + " ") and phrase.first == verb.last:
                return ()
        if lower[verb.last : verb.last + 1] == (particle,):
            return ()
        end = objects[-1].last if objects and not verb.passive else verb.last
        return () if lower[end : end + 1] == (particle,) and tags[end] in "RP" else None

    def _has_light_object(self, light: str, objects: Group) -> bool:
        return any(singular(self.clauses.tokens.lower[noun.head]) == singular(light) for noun in objects)

    # ── from roles to frames ──

    def _frames(self, construction: Construction, verb: Verb, filled: Filled) -> Iterator[Frame]:
        frame = self._unplaced(construction, verb, filled)
        if not frame.actors and construction.needs_holder:
            frame = replace(frame, actors=self._holder(filled))
            if not frame.actors:
                return
        if assaults := first_in(filled, "G"):
            yield self._fought_off(frame, verb, assaults[0])
            return
        counted = _each_counted(filled)
        for each in [replace(frame, people=people) for people in counted] or [frame]:
            yield from self._whereabouts.placed(each, verb, filled)

    def _unplaced(self, construction: Construction, verb: Verb, filled: Filled) -> Frame:
        """Who did what to whom, before it is asked where."""
        actors, opponents = _sides(construction, filled)
        agent = next(iter(first_in(filled, "AIS")), None)
        if verb.lemma == "lose" and construction.kind in (Kind.CASUALTIES, Kind.EQUIPMENT):
            actors, opponents, agent = (), actors, None  # who loses men did not kill them
        if not actors and agent is not None and agent.sort in (Sort.ASSAULT, Sort.WEAPON):
            actors = self.entities.modifier(agent.noun)  # "a NATO air strike killed 13"
        return Frame(
            kind=construction.kind,
            change=construction.change,
            verb=verb,
            lemma=verb.lemma,
            first=verb.first,
            last=verb.last,
            actors=actors + self._allies(verb, actors, opponents) if actors else (),
            opponents=opponents,
            people=_counted(first_in(filled, "VP")),
            equipment=tuple(entity for role, entities in filled.items() if role.fills == "E" for entity in entities),
            agent=agent,
            object=object_in(filled),
        )

    def _fought_off(self, frame: Frame, verb: Verb, assault: Entity) -> Frame:
        """A repelled assault with whose it was and on what, as its own phrases tell."""
        attackers = self.entities.modifier(assault.noun)
        where = None
        for phrase in self.clauses.hanging.get(assault.noun.head, ()):
            by = actors_of(self.entities.all(phrase.group)) if phrase.word in ("by", "of") else ()
            if by and phrase.first <= verb.head:  # behind the verb stands who repelled it
                attackers = by
            elif phrase.word in _AIMED_AT and where is None:
                where = self._whereabouts.in_phrase(phrase)
        return replace(frame, opponents=_others(attackers, frame.actors), where=where or self._whereabouts.beside(verb))

    def _allies(self, verb: Verb, actors: tuple[Actor, ...], opponents: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Who acts with the subject: "alongside X", "together with X", "in co-ordination with X"."""
        hanging = [phrase for noun in agents(verb) for phrase in self.clauses.hanging.get(noun.head, ())]
        joint = [phrase for phrase in (*verb.phrases, *hanging) if self._joins(phrase, verb)]
        entities = [entity for phrase in joint for entity in self.entities.all(phrase.group)]
        found = dict.fromkeys(actor for each in entities if each.sort is Sort.ACTOR for actor in each.actors)
        return tuple(actor for actor in found if actor not in actors and actor not in opponents)

    def _joins(self, phrase: Phrase, verb: Verb) -> bool:
        before = self.clauses.tokens.lower[phrase.first - 1]
        joint = phrase.word in _ALONGSIDE or (phrase.word == "with" and before in _JOINTLY)
        return joint and phrase.group[0].first < verb.first + _WITH_VERB

    def _holder(self, filled: Filled) -> tuple[Actor, ...]:
        """Whose hands or control ("fell into the hands of the rebels", "under army control")."""
        held = next((entities[0].noun for role, entities in filled.items() if role.fills in ("HANDS", "CONTROL")), None)
        if held is None or "X" in self.clauses.tags[max(0, held.first - 2) : held.first]:
            return ()  # "the biggest city not under the control of"
        phrase = self.clauses.behind(held, "of")
        if phrase is None:
            return self.entities.modifier(held)
        return tuple(actor for entity in self.entities.all(phrase.group) for actor in entity.actors)


def _sides(construction: Construction, filled: Filled) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The actors and their opponents, by their roles or because two subjects fight each other."""
    subjects = first_in(filled, "A")
    if _fight_each_other(construction, filled, subjects):
        return subjects[0].actors, subjects[1].actors
    actors = actors_in(filled, "A")
    return actors, _others(actors_in(filled, "Z"), actors)


def _fight_each_other(construction: Construction, filled: Filled, subjects: list[Entity]) -> bool:
    """Whether two subjects and nobody it is done to fight each other ("the army and the rebels traded fire")."""
    mutual = construction.light == "fire" or (construction.kind is Kind.CLASH and not construction.light)
    if not mutual or len(subjects) != 2 or any(entity.sort is not Sort.ACTOR for entity in subjects):
        return False
    return not any(role.fills == "Z" or (role.fills == "L" and role.slot == "o") for role in filled)


def _others(actors: tuple[Actor, ...], ours: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors that are none of ours, whatever either is called."""
    known = {actor.canonical for actor in ours}
    return tuple(actor for actor in actors if actor.canonical not in known)


def _each_counted(filled: Filled) -> list[Entity]:
    """Kinds of people that each have their count are told each for itself: "seven soldiers and 12 rebels"."""
    people = first_in(filled, "VP")
    numbers = [entity.number for entity in people]
    counted = all(number is not None and number.as_written.lower() not in ("a", "an") for number in numbers)
    return people if len(people) > 1 and counted else []


def _counted(people: list[Entity]) -> Entity | None:
    """The people of a group; a group of several kinds has no number of its own ("a woman and her two children")."""
    if not people:
        return None
    return people[0] if len(people) == 1 else replace(people[0], number=None)
