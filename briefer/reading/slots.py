"""What fills the roles of a construction: the subject, objects and phrases of a verb, where they are fit for it.

In: a `Construction`, a `Verb` of parsed `Clauses` and the `Entities` of its sentence. Out: `Filled`, the entities of
each role, or None where a role that the construction needs stays empty.
"""

from collections.abc import Callable, Mapping

from briefer.reading.constructions import STRICT, Construction, Role
from briefer.reading.entities import Entities
from briefer.reading.heads import heads, is_a
from briefer.reading.phrases import BEARINGS, Clauses, Group, Phrase, Verb, agents
from briefer.reading.things import Entity, Sort
from briefer.types import Actor, Change, Kind

Filled = Mapping[Role, list[Entity]]
"""The entities of each role, in the order of the construction."""

_DONE_TO_PLACES = (
    Change.CAPTURED,
    Change.RECAPTURED,
    Change.BESIEGED,
    Change.ENTERED,
    Change.LOST,
    Change.WITHDREW,
    Change.HANDED_OVER,
)
_BY_CIVILIANS = (Change.CAPTURED, Change.RECAPTURED, Change.HELD, Change.REPELLED)
_BY_LEADERS = (Kind.TERRITORY, Kind.CLASH, Kind.SHELLING, Kind.STRIKE, Kind.AGREEMENT)
_BY_TOOLS = (Kind.STRIKE, Kind.SHELLING, Kind.CASUALTIES, Kind.EQUIPMENT)
_FLYING = ("aircraft", "helicopter", "drone")
_NAMED_PLACE_SLOTS = frozenset(
    [*"in at near outside around from to toward towards into on over of off o".split(), "out of"]
)
_TAKES_ANYTHING = frozenset("take free clear grab".split())  # too common to make a place of an unknown name
_GROUPS = {
    "SANCTIONS": "sanctions",
    "MEASURE": "measure",
    "ASSETS": "assets",
    "ENVOYS": "envoys",
    "HANDS": "hands",
    "CONTROL": "control",
    "OFFENSIVE": "offensive",
    "AID": "aid",
    "UTILITY": "utility",
    "C": "losses",
    "TRUCE": "truce",
}
"""The group of heads.tsv that a filler must belong to, where its head noun alone decides."""


class Slots:
    """Fills the roles of constructions from one sentence."""

    def __init__(self, clauses: Clauses, entities: Entities) -> None:
        self.clauses = clauses
        self.entities = entities

    def fill(self, construction: Construction, verb: Verb, objects: Group) -> Filled | None:
        """The entities of each role. One of the needed phrases is enough, but for those that are `STRICT`."""
        filled: dict[Role, list[Entity]] = {}
        for role in construction.roles:
            found = [each for each in self._slot(role, verb, objects) if self._fits(role, each, construction, verb)]
            if found:
                filled[role] = found
            elif self._must_be_filled(role, construction, verb):
                return None
        needed = [role for role in construction.roles if role.needed and role.slot not in "so"]
        if any(role not in filled for role in needed if role.fills in STRICT):
            return None
        loose = [role for role in needed if role.fills not in STRICT]
        return filled if not loose or any(role in filled for role in loose) else None

    def _must_be_filled(self, role: Role, construction: Construction, verb: Verb) -> bool:
        """Whether the construction fails without this role, whatever fills the others."""
        if role.needed and role.slot in "so":
            return True
        return role.slot == "s" and self._subject_contradicts(verb, construction)

    def _slot(self, role: Role, verb: Verb, objects: Group) -> list[Entity]:
        if role.slot == "s":
            return self.entities.all(agents(verb))
        if role.slot == "o":
            return self.entities.all(objects)
        phrase = self._phrase(verb, role)
        return self.entities.all(phrase.group) if phrase is not None else []

    def _phrase(self, verb: Verb, role: Role) -> Phrase | None:
        """The first phrase of a slot.

        A role that is needed is filled from behind the verb: what stands before it ("forces in Benghazi broke ...")
        describes the subject.
        """
        for phrase in verb.phrases:
            first, last = phrase.word.split()[0], phrase.word.split()[-1]
            fits = role.slot in (phrase.word, first, last) or (role.slot == "bearing" and first in BEARINGS)
            if fits and (not role.needed or phrase.first >= verb.first):
                return phrase
        return None

    def _subject_contradicts(self, verb: Verb, construction: Construction) -> bool:
        """An active verb whose subject is there and is no actor tells of something else ("the photo captured")."""
        if verb.passive or not verb.subject:
            return False
        sorts = {entity.sort for entity in self.entities.all(verb.subject)}
        return not (construction.kind in _BY_TOOLS and sorts <= {Sort.WEAPON, Sort.EQUIPMENT, Sort.ASSAULT})

    def _fits(self, role: Role, entity: Entity, construction: Construction, verb: Verb) -> bool:
        if role.fills == "A":
            return _is_actor(entity, construction, role.slot)
        if role.fills == "L":
            unknown = entity.sort is Sort.NAME and verb.lemma in _TAKES_ANYTHING
            return not unknown and is_place(entity, role.slot, construction)
        if (fits := _FITS.get(role.fills)) is not None:
            return fits(entity)
        return is_a(self.clauses.tokens.lower[entity.noun.head], _GROUPS[role.fills])


# ── what is fit for a role ──


def _is_actor(entity: Entity, construction: Construction, slot: str) -> bool:
    match entity.sort:
        case Sort.ACTOR:
            return True
        case Sort.PEOPLE:
            return bool(entity.actors) and construction.change in _BY_CIVILIANS
        case Sort.PERSON:
            return bool(entity.actors) and construction.kind in _BY_LEADERS
        case Sort.EQUIPMENT:
            in_the_air = construction.kind is Kind.TERRITORY and entity.equipment in _FLYING
            return bool(entity.actors) and not in_the_air
        case _:
            # Unknown letters act where only an actor can: "M23 seized". A name in small letters may be anybody's.
            name = entity.actors[0].name if entity.sort is Sort.NAME else ""
            return slot == "s" and construction.kind is Kind.TERRITORY and name.isupper() and len(name) > 1


def is_place(entity: Entity, slot: str, construction: Construction) -> bool:
    """Whether an entity in this slot can be the place of what the construction tells."""
    match entity.sort:
        case Sort.PLACE:
            return True
        case Sort.ACTOR:
            return entity.spot is not None and slot not in "so"
        case Sort.PRONOUN:
            return entity.spot is not None and slot == "o" and construction.change in _DONE_TO_PLACES
        case Sort.NAME:
            return not entity.text.isupper() and _makes_place(slot, construction)
        case _:
            return False


def _makes_place(slot: str, construction: Construction) -> bool:
    """Whether an unknown name is a place: only of what is done to places alone ("Zarb fell to the rebels")."""
    if slot == "s":
        return construction.needs_holder or any(role.slot == "to" and role.needed for role in construction.roles)
    if slot == "o":
        return construction.change in _DONE_TO_PLACES or construction.kind is Kind.CLASH
    return slot in _NAMED_PLACE_SLOTS


def _is_enemy(entity: Entity) -> bool:
    return entity.sort is Sort.ACTOR or (entity.sort in (Sort.PEOPLE, Sort.EQUIPMENT) and bool(entity.actors))


def _is_victim(entity: Entity) -> bool:
    if entity.sort is Sort.ACTOR:
        return entity.number is not None or is_a(entity.head, "combatant")
    return entity.sort in (Sort.PEOPLE, Sort.PERSON)


def _is_reinforcement(entity: Entity) -> bool:
    return entity.sort in (Sort.ACTOR, Sort.EQUIPMENT) or is_a(entity.head, "aid") or entity.head == "reinforcement"


def _is_displaced(entity: Entity) -> bool:
    return entity.sort is Sort.PEOPLE or is_a(entity.head, "displaced")


def _is_speaker(entity: Entity) -> bool:
    return entity.sort in (Sort.ACTOR, Sort.PERSON) or is_a(entity.head, "person")


_FITS: dict[str, Callable[[Entity], bool]] = {
    "Z": _is_enemy,
    "V": _is_victim,
    "E": lambda entity: entity.sort is Sort.EQUIPMENT,
    "G": lambda entity: entity.sort is Sort.ASSAULT,
    "I": lambda entity: entity.head in heads("striking"),
    "W": lambda entity: entity.sort is Sort.WEAPON or is_a(entity.head, "weapon"),
    "R": _is_reinforcement,
    "P": _is_displaced,
    "S": _is_speaker,
    "X": lambda _: True,
}


# ── what is read off filled roles ──


def actors_in(filled: Filled, fills: str) -> tuple[Actor, ...]:
    """The actors of all roles of one sort, each once."""
    entities = [entity for role, each in filled.items() if role.fills == fills for entity in each]
    return tuple(dict.fromkeys(actor for entity in entities for actor in entity.actors))


def first_in(filled: Filled, fills: str) -> list[Entity]:
    """The entities of the first role of any of these sorts."""
    return next((entities for role, entities in filled.items() if role.fills in fills), [])


def object_in(filled: Filled) -> str:
    """The words of the object, where they are not a place's (those go with the place) or a pronoun's."""
    for role, entities in filled.items():
        if role.slot == "o" and role.fills not in ("L", "A") and entities[0].head not in ("they", "them", "it"):
            return entities[0].text
    return ""
