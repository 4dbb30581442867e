"""What a noun phrase stands for: actors, a place, people, equipment, weapons, an assault …

In: a `Noun` of parsed `Clauses`, the article's `Scene`, and what was named before (`Memory`). Out: an `Entity`.
A phrase that could be several things is what its head noun says; a bare name is what the article shows it to be.
"""

from dataclasses import replace
from functools import lru_cache

from briefer.reading import countries as world
from briefer.reading import lexicon
from briefer.reading.amounts import extent, number
from briefer.reading.heads import heads, is_a, singular
from briefer.reading.names import fold
from briefer.reading.parties import Parties
from briefer.reading.phrases import Clauses, Group, Noun, is_bearing
from briefer.reading.pronouns import Pronouns
from briefer.reading.scene import NameSort, Scene
from briefer.reading.spots import Spots, is_place_name
from briefer.reading.things import Entity, Memory, Sort, Spot
from briefer.types import Actor, ActorKind, Extent

_STORED = frozenset("oil gas water fuel storage septic".split())  # an oil tank is no tank

_BY_AIR = frozenset("air drone missile rocket artillery mortar".split())


class Entities:
    """Understands the noun phrases of one sentence, each once."""

    def __init__(self, clauses: Clauses, scene: Scene, memory: Memory) -> None:
        self.clauses = clauses
        self.scene = scene
        self.memory = memory
        self.parties = Parties(clauses, scene, memory, self.of)
        self._spots = Spots(clauses, memory, self.of)
        self._pronouns = Pronouns(clauses, memory, self.of)
        self._known: dict[Noun, Entity | None] = {}

    def all(self, group: Group) -> list[Entity]:
        """The entities of a group, in order."""
        return [self.of(noun) for noun in group]

    def of(self, noun: Noun) -> Entity:
        """What this noun phrase stands for."""
        if noun in self._known:
            # "Some of them": a pronoun inside the phrase that it may stand for finds nothing yet and looks further.
            return self._known[noun] or Entity(Sort.THING, noun, self.clauses.text(noun), "")
        self._known[noun] = None
        known = self._known[noun] = self._understand(noun)
        return known

    def look_over(self) -> None:
        """Take note of the sentence's named places in their order, for what refers back to them."""
        for noun in self.clauses.nouns:
            if self.clauses.tags[noun.head] == "E":
                self.of(noun)

    def modifier(self, noun: Noun) -> tuple[Actor, ...]:
        """The actor that stands before a noun inside its phrase ("rebel control", "the army's advance")."""
        tags = self.clauses.tags
        last = noun.head
        lower = self.clauses.tokens.lower
        while last > noun.first and (tags[last - 1] in "AJ" or lower[last - 1] in _BY_AIR):
            last -= 1
        if last == noun.first:
            return ()
        entity = self.of(Noun(noun.first, last, last - 1))
        return entity.actors if entity.sort in (Sort.ACTOR, Sort.EQUIPMENT) else ()

    def _understand(self, noun: Noun) -> Entity:
        tag, lower = self.clauses.tags[noun.head], self.clauses.tokens.lower[noun.head]
        if tag in "UD":
            return self._pronouns.entity(noun)
        if (counted := self._quantity(noun, lower)) is not None:
            return counted
        return self._named(noun, lower) if tag == "E" else self._common(noun, lower)

    # ── quantities ──

    def _quantity(self, noun: Noun, lower: str) -> Entity | None:
        """The thing of "most of the town", "dozens of fighters" and "parts of Misrata", with how much of it."""
        if not is_a(lower, "quantity") and self.clauses.tags[noun.head] != "Q":
            return None
        phrase = self.clauses.right_behind(noun, "of")
        if phrase is None:
            return self._bare_number(noun)
        inner = self.of(phrase.group[0])
        return replace(
            inner,
            noun=noun,
            text=self.clauses.between(noun.first, phrase.group[0].last),
            number=number(noun, self.clauses) or inner.number,
            extent=extent(self.clauses.tokens.lower[max(0, noun.first - 1) : noun.last]) or inner.extent,
        )

    def _bare_number(self, noun: Noun) -> Entity | None:
        count = number(noun, self.clauses)
        if count is None or self.clauses.tags[noun.head] != "Q":
            return None
        return Entity(Sort.PEOPLE, noun, self.clauses.text(noun), "", number=count)

    # ── common nouns ──

    def _common(self, noun: Noun, lower: str) -> Entity:
        text, head = self.clauses.text(noun), singular(lower)
        if is_a(lower, "truce"):
            return Entity(Sort.TRUCE, noun, text, head)
        counted = Entity(Sort.THING, noun, text, head, number=number(noun, self.clauses))
        # "Artillery units" and a "tank crew" are men.
        if not is_a(lower, "combatant") and (kit := self._equipment(noun)):
            return replace(counted, sort=Sort.EQUIPMENT, equipment=kit, actors=self.parties.of_common(noun))
        if is_a(lower, "assault"):
            return Entity(Sort.ASSAULT, noun, text, head)
        if is_a(lower, "weapon"):
            return replace(counted, sort=Sort.WEAPON)
        if actors := self.parties.of_common(noun):
            return self._party(counted, actors)
        if is_a(lower, "people"):
            return replace(counted, sort=Sort.PEOPLE, civilian=self._says_civilian(counted))
        return self._place(counted) if is_a(lower, "place") else counted

    def _party(self, plain: Entity, actors: tuple[Actor, ...]) -> Entity:
        if actors[0].kind is not ActorKind.CIVILIANS:
            return replace(plain, sort=Sort.ACTOR, actors=actors)
        return replace(plain, sort=Sort.PEOPLE, actors=actors, civilian=self._says_civilian(plain))

    def _says_civilian(self, people: Entity) -> bool | None:
        """True for "residents"; "people" may be anybody."""
        words = self.clauses.tokens.lower[people.noun.first : people.noun.last]
        return True if people.head in heads("civil") or "civilian" in words else None

    def _equipment(self, noun: Noun) -> str:
        lower = self.clauses.tokens.lower
        for size in (3, 2, 1):
            first = noun.head - size + 1
            if first < noun.first or lower[first - 1] in _STORED:
                continue
            if found := _type_of(" ".join(lower[first : noun.head + 1])):
                return found
        return ""

    def _place(self, plain: Entity) -> Entity:
        noun = plain.noun
        share = extent(self.clauses.tokens.lower[noun.first : noun.last]) or Extent.UNSPECIFIED
        spot = self._spots.described(noun, plain.head)
        phrase = self.clauses.right_behind(noun, "of")
        text = self.clauses.between(noun.first, phrase.group[0].last) if phrase is not None else plain.text
        return replace(plain, sort=Sort.PLACE, text=text, spot=spot, extent=share)

    # ── names ──

    def _named(self, noun: Noun, lower: str) -> Entity:
        name = self.clauses.name(noun)
        plain = Entity(Sort.THING, noun, self.clauses.text(noun), lower)
        found = (
            self._named_person(plain, name)
            or self._named_people(plain, name)
            or self._named_party(plain, name)
            or self._named_place(plain, name)
        )
        if found is not None:
            return found
        if self.scene.sorts.get(fold(name)) is NameSort.PERSON:
            return replace(plain, sort=Sort.PERSON)
        if kit := self._equipment(noun):
            return replace(plain, sort=Sort.EQUIPMENT, equipment=kit, number=number(noun, self.clauses))
        unknown = Actor(name, self.scene.full.get(fold(name), name))
        return replace(plain, sort=Sort.NAME, actors=(unknown,), spot=Spot(name, self.clauses.bearing(noun)))

    def _named_person(self, plain: Entity, name: str) -> Entity | None:
        """A name behind a title, or a leader's."""
        titles = self.clauses.tokens.lower[plain.noun.first : plain.noun.head]
        if any(is_a(word, "person") or word == "correspondent" for word in titles):
            return replace(plain, sort=Sort.PERSON)
        leader = self.parties.leader(name)
        return replace(plain, sort=Sort.PERSON, actors=(leader,)) if leader is not None else None

    def _named_people(self, plain: Entity, name: str) -> Entity | None:
        """The people of a country ("Libyans"), or what is only a word about something else ("Libyan", "East")."""
        demonym = world.demonym(name)
        if not is_bearing(plain.head) and (not demonym or world.country_code(name)):
            return None
        sort = Sort.PEOPLE if plain.head.endswith("s") and demonym else Sort.THING
        return replace(plain, sort=sort, number=number(plain.noun, self.clauses))

    def _named_party(self, plain: Entity, name: str) -> Entity | None:
        noun = plain.noun
        if " " not in name and (actors := self.parties.of_common(noun)):
            return replace(
                plain, sort=Sort.ACTOR, head=singular(plain.head), actors=actors, number=number(noun, self.clauses)
            )
        code = world.country_code(name)
        if self.scene.sorts.get(fold(name)) is NameSort.PLACE and not code:
            return None
        if (actor := self.parties.named(name)) is None:
            return None
        spot = Spot(name) if code else None
        return replace(plain, sort=Sort.ACTOR, actors=(self.parties.whole(noun, actor),), spot=spot)

    def _named_place(self, plain: Entity, name: str) -> Entity | None:
        if is_a(plain.head, "place") and " " in name:
            return replace(plain, sort=Sort.PLACE, spot=self._spots.named(plain.noun, name, plain.head))
        sort = self.scene.sorts.get(fold(name))
        unsorted = sort is None and is_place_name(name)
        country = sort is not NameSort.PERSON and world.country_code(name)
        if sort is not NameSort.PLACE and not unsorted and not country:
            return None
        share = extent(self.clauses.tokens.lower[plain.noun.first : plain.noun.last]) or Extent.UNSPECIFIED
        return replace(plain, sort=Sort.PLACE, spot=self._spots.named(plain.noun, name), extent=share)


@lru_cache(maxsize=16384)
def _type_of(words: str) -> str:
    """The type of a weapon or vehicle of that name in either number, "" where it is none."""
    known = lexicon.equipment().get(lexicon.fold(words)) or lexicon.equipment().get(lexicon.fold(singular(words)))
    return known.type if known is not None else ""
