"""What a noun phrase stands for: actors, a place, people, equipment, weapons, an assault …

In: a `Noun` of parsed `Clauses`, the article's `Scene`, and what was named before (`Memory`). Out: an `Entity`.
A phrase that could be several things is what its head noun says; a bare name is what the article shows it to be.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from briefer.reading import countries as world
from briefer.reading import gazetteer, lexicon, numbers
from briefer.reading.clauses import Clauses, Group, Noun, Phrase
from briefer.reading.heads import heads, is_a, singular
from briefer.reading.lexicon import Stance
from briefer.reading.names import fold
from briefer.reading.numbers import Number
from briefer.reading.scene import NameSort, Scene, forces_of
from briefer.types import Actor, ActorKind, Extent


class Sort(StrEnum):
    """The sorts of things that events are about."""

    ACTOR = "actor"
    PLACE = "place"
    PEOPLE = "people"
    PERSON = "person"
    EQUIPMENT = "equipment"
    WEAPON = "weapon"
    ASSAULT = "assault"
    TRUCE = "truce"
    NAME = "name"
    PRONOUN = "pronoun"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text: its own name ("" when only described), what stands before it, and what kind of place it is."""

    name: str
    relation: str = ""
    head: str = ""
    described: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One noun phrase understood. `text` is as written; `head` its singular lower-case head noun."""

    sort: Sort
    noun: Noun
    text: str
    head: str
    actors: tuple[Actor, ...] = ()
    spot: Spot | None = None
    number: Number | None = None
    extent: Extent = Extent.UNSPECIFIED
    equipment: str = ""
    civilian: bool | None = None


@dataclass(slots=True)
class Memory:
    """What was named before in the article, for "they" and "the town"."""

    actors: tuple[Actor, ...] = ()
    spots: list[Spot] = field(default_factory=list)
    here: dict[int, Spot] = field(default_factory=dict)
    """The places of the sentence that is being read, by the token that ends their phrase."""

    def heading(self, spot: Spot) -> None:
        """A line that is only a place's name stands over what follows."""
        self.actors, self.spots, self.here = (), [spot], {}

    def next_sentence(self) -> None:
        """Places stay in mind for one sentence after the one that names them."""
        self.spots, self.here = [self.here[at] for at in sorted(self.here)] or self.spots[-1:], {}

    def pass_over(self) -> None:
        """A sentence was not read: whom "they" means behind it is not known."""
        self.actors, self.here = (), {}

    def before(self, noun: Noun) -> list[Spot]:
        """The places that the sentence names before a phrase of it."""
        return [self.here[at] for at in sorted(self.here) if at < noun.first]


_DIRECTION = re.compile(r"(?:north|south)?-?(?:east|west)(?:ern)?|northern|southern|north|south|central|upper|lower")
_DESCRIBED_STATE = re.compile(r"(?:^[A-Z]+|(?:an|ern|ish|ese)) (?:member )?state$")
_PRO = re.compile(r"(pro|anti)-(.+)")
_CIVIL_HEADS = frozenset(
    "civilian resident child woman girl boy family student journalist doctor refugee villager nurse baby infant "
    "mother worker teacher farmer medic paramedic passenger shopper patient worshipper pensioner teenager "
    "volunteer".split()
)


class Entities:
    """Understands the noun phrases of one sentence, each once."""

    def __init__(self, clauses: Clauses, scene: Scene, memory: Memory) -> None:
        self.clauses = clauses
        self.scene = scene
        self.memory = memory
        self._known: dict[Noun, Entity | None] = {}

    def all(self, group: Group) -> list[Entity]:
        """The entities of a group, in order."""
        return [self.of(noun) for noun in group]

    def of(self, noun: Noun) -> Entity:
        """What this noun phrase stands for."""
        if noun in self._known:
            # "Some of them": a pronoun inside the phrase that it may stand for finds nothing yet and looks further.
            return self._known[noun] or Entity(Sort.THING, noun, self.text(noun), "")
        self._known[noun] = None
        known = self._known[noun] = self._understand(noun)
        return known

    # ── the words of a phrase ──

    def text(self, noun: Noun) -> str:
        """The phrase as written, a possessive joined to its owner."""
        return self.between(noun.first, noun.last)

    def between(self, first: int, last: int) -> str:
        """The words of tokens `first` to before `last` as written, on one line."""
        tokens = self.clauses.tokens
        if last - first == 1:
            return tokens.words[first]
        out: list[str] = []
        for i in range(first, last):
            glued = i > first and tokens.starts[i] == tokens.ends[i - 1]
            out.append(tokens.words[i] if glued or i == first else " " + tokens.words[i])
        return "".join(out)

    def hanging(self, noun: Noun, word: str) -> Phrase | None:
        """The phrase with this preposition right behind the noun, if there is one."""
        for phrase in self.clauses.hanging.get(noun.head, ()):
            if phrase.word == word and phrase.first >= noun.last:
                return phrase
        return None

    # ── understanding ──

    def _understand(self, noun: Noun) -> Entity:
        tokens, tags = self.clauses.tokens, self.clauses.tags
        lower = tokens.lower[noun.head]
        head = singular(lower)
        if tags[noun.head] in "UD":
            return self._pronoun(noun, lower)
        if (inner := self._quantity(noun, lower)) is not None:
            return inner
        if tags[noun.head] == "E":
            return self._named(noun, head)
        return self._common(noun, lower, head)

    def _pronoun(self, noun: Noun, lower: str) -> Entity:
        actors: tuple[Actor, ...] = ()
        spot = None
        if lower == "it":
            actors = self._reporter(noun)
            spot = self._last_spot(noun)
        elif lower == "they" and self.clauses.tags[noun.first - 1 : noun.first] != "W":
            actors = self._subject_before(noun) or (self.memory.actors if self._opens_sentence(noun) else ())
        elif lower == "them":
            actors = self._named_before_pronoun(noun)
        if actors:
            return Entity(Sort.ACTOR, noun, self.text(noun), lower, actors=actors, spot=spot)
        return Entity(Sort.PRONOUN, noun, self.text(noun), lower, spot=spot)

    def _reporter(self, noun: Noun) -> tuple[Actor, ...]:
        """ "The ministry said it had seized": the one who says it, where that is an actor."""
        for verb in reversed(self.clauses.verbs):
            if verb.head < noun.first:
                return (
                    _actors_of(self.all(verb.subject))
                    if verb.reports and verb.subject and verb.subject[0] != noun
                    else ()
                )
        return ()

    def _last_spot(self, noun: Noun) -> Spot | None:
        near = self.memory.before(noun)
        return near[-1] if near and len({fold(spot.name) for spot in near}) == 1 else None

    def _opens_sentence(self, noun: Noun) -> bool:
        """No other actor stands before the pronoun that it could mean instead."""
        return not any(verb.subject and verb.subject[0].first < noun.first for verb in self.clauses.verbs)

    def _subject_before(self, noun: Noun) -> tuple[Actor, ...]:
        """The actor that is subject of the nearest verb before the pronoun in the same sentence."""
        for verb in reversed(self.clauses.verbs):
            if verb.head < noun.first and verb.subject and verb.subject[0].first < noun.first:
                if self.clauses.tags[verb.subject[0].head] == "U":
                    continue
                entities = self.all(verb.subject)
                return _actors_of(entities)
        return ()

    def _named_before_pronoun(self, noun: Noun) -> tuple[Actor, ...]:
        """Whom "them" means: the one actor named before it that does not itself do what is done to them."""
        doer = next((verb.subject for verb in self.clauses.verbs if noun in verb.objects), ())
        before = [
            self.of(other)
            for other in self.clauses.nouns
            if other.last <= noun.first and other not in doer and self.clauses.tags[other.head] in "EN"
        ]
        actors = [{actor.canonical for actor in entity.actors} for entity in before if entity.sort is Sort.ACTOR]
        alone = actors and all(each & actors[-1] for each in actors)
        topic = actors and any(
            each & actors[-1] for each in actors[:-1]
        )  # named twice, it is what the sentence is about
        if not (alone or topic):
            return ()
        return next(entity.actors for entity in reversed(before) if entity.sort is Sort.ACTOR)

    def _quantity(self, noun: Noun, lower: str) -> Entity | None:
        """ "Most of the town", "dozens of fighters", "parts of Misrata": the thing itself, with how much of it."""
        if not is_a(lower, "quantity") and self.clauses.tags[noun.head] != "Q":
            return None
        phrase = self.hanging(noun, "of")
        if phrase is None or phrase.first != noun.last:
            return self._bare_number(noun)
        inner = self.of(phrase.group[0])
        number = self._number(noun) or inner.number
        return Entity(
            inner.sort, noun, self.between(noun.first, phrase.group[0].last), inner.head, inner.actors, inner.spot, number,
            _extent(self.clauses.tokens.lower[max(0, noun.first - 1) : noun.last]) or inner.extent, inner.equipment, inner.civilian,
        )  # fmt: skip

    def _bare_number(self, noun: Noun) -> Entity | None:
        number = self._number(noun)
        if number is None or self.clauses.tags[noun.head] != "Q":
            return None
        return Entity(Sort.PEOPLE, noun, self.text(noun), "", number=number)

    def _number(self, noun: Noun) -> Number | None:
        tags = self.clauses.tags[noun.first : noun.last]
        if "Q" not in tags and not is_a(self.clauses.tokens.lower[noun.head], "quantity") and "J" not in tags:
            return self._count_of_article(noun)
        first = noun.first
        if self.clauses.tokens.lower[max(0, first - 3)] == "between" and self.clauses.tokens.lower[first - 1] == "and":
            first -= 3
        while first > 0 and self.clauses.tags[first - 1] in "Rr":
            first -= 1
        found = numbers.value(self.between(first, noun.last))
        return found if found is not None else self._count_of_article(noun)

    def _count_of_article(self, noun: Noun) -> Number | None:
        """ "A soldier" is one; the word "the" counts nothing."""
        word = self.clauses.tokens.lower[noun.first]
        lower = self.clauses.tokens.lower[noun.head]
        if is_a(lower, "quantity") or is_a(lower, "vague"):
            return None  # "a number of them", "a group of soldiers"
        if word in ("a", "an", "another") and singular(lower) == lower:
            start, end = self.clauses.tokens.starts[noun.first], self.clauses.tokens.ends[noun.first]
            return Number(start, end, 1, 1, 1, word)
        return None

    # ── common nouns ──

    def _common(self, noun: Noun, lower: str, head: str) -> Entity:
        number = self._number(noun)
        text = self.text(noun)
        if is_a(lower, "truce"):
            return Entity(Sort.TRUCE, noun, text, head)
        if (kit := self._equipment(noun, lower)) and not self._as_combatants(noun, lower):
            return Entity(
                Sort.EQUIPMENT, noun, text, head, number=number, equipment=kit, actors=self._generic(noun, lower)
            )
        if is_a(lower, "assault"):
            return Entity(Sort.ASSAULT, noun, text, head)
        if is_a(lower, "weapon"):
            return Entity(Sort.WEAPON, noun, text, head, number=number)
        if actors := self._generic(noun, lower):
            civil = actors[0].kind is ActorKind.CIVILIANS
            return Entity(
                Sort.PEOPLE if civil else Sort.ACTOR,
                noun,
                text,
                head,
                actors=actors,
                number=number,
                civilian=(civil and self._says_civilian(noun, head)) or None,
            )
        if is_a(lower, "people"):
            return self._people(noun, head, number, text)
        if is_a(lower, "place"):
            return self._place(noun, head, number)
        return Entity(Sort.THING, noun, text, head, number=number)

    def _says_civilian(self, noun: Noun, head: str) -> bool:
        """ "Residents" are civilians; "people" may be anybody."""
        return head in _CIVIL_HEADS or "civilian" in self.clauses.tokens.lower[noun.first : noun.last]

    def _people(self, noun: Noun, head: str, number: Number | None, text: str) -> Entity:
        words = self.clauses.tokens.lower[noun.first : noun.last]
        civilian = True if head in _CIVIL_HEADS or "civilian" in words else None
        return Entity(Sort.PEOPLE, noun, text, head, number=number, civilian=civilian)

    def _equipment(self, noun: Noun, lower: str) -> str:
        for size in (3, 2, 1):
            if noun.head - size + 1 < noun.first or self.clauses.tokens.lower[noun.head - size] in _STORED:
                continue
            words = " ".join(self.clauses.tokens.lower[noun.head - size + 1 : noun.head + 1])
            if found := _type_of(words):
                return found
        return ""

    def _as_combatants(self, noun: Noun, lower: str) -> bool:
        """Whether a noun of equipment is one of men ("artillery units", "tank crew")."""
        return is_a(lower, "combatant")

    # ── actors ──

    def _generic(self, noun: Noun, lower: str) -> tuple[Actor, ...]:
        tokens = self.clauses.tokens
        for size in (3, 2, 1):
            first = noun.head - size + 1
            if first < noun.first:
                continue
            phrase = " ".join(tokens.lower[first : noun.head + 1])
            own = size > 1 and _REBELLIOUS.isdisjoint(
                phrase.split()
            )  # "Libyan rebels" are rebels, whatever they call themselves
            if own and (known := lexicon.actors().get(lexicon.fold(phrase))) is not None:
                return (Actor(self.text(noun), known.canonical, known.kind),)
            generic = lexicon.generic_actors().get(lexicon.fold(phrase))
            if generic is not None:
                return self._bound(noun, first, generic)
        return ()

    def _bound(self, noun: Noun, first: int, generic: lexicon.GenericActor) -> tuple[Actor, ...]:
        """A generic noun with whatever names it: an owner, a name before it, "of X", "loyal to X", a demonym, a stance."""
        if self.clauses.tokens.lower[noun.first] in _POSSESSIVES:
            return self._of_speaker(noun)
        if generic.kind is ActorKind.CIVILIANS or generic.stance is Stance.CIVILIAN:
            if singular(self.clauses.tokens.lower[noun.head]) == "man" and (named := self._named_by_phrase(noun, "of")):
                return named  # "the valiant men of the 9th Brigade"
            if generic.kind is ActorKind.PROTESTERS:
                return (Actor(self.text(noun), "protesters", generic.kind),)
            return (Actor(self.text(noun), "civilians", ActorKind.CIVILIANS),)
        for phrase in ("of", "from", "to", "with"):
            if named := self._named_by_phrase(noun, phrase):
                return named
        if named := self._named_before(noun, first):
            return named
        if state := self._state_before(noun, first):
            return (Actor(self.text(noun), state, ActorKind.STATE_FORCES),)
        if (stance := self._stance_before(noun, first)) is not None:
            generic = stance
        if generic.stance is Stance.UNIT:
            return self._unit(noun, generic)
        return (self._by_stance(noun, generic),)

    def _unit(self, noun: Noun, generic: lexicon.GenericActor) -> tuple[Actor, ...]:
        """ "Gunmen" and "militiamen" act by themselves; "the brigade" is the one just named, or nobody's."""
        if generic.kind in _ARMED or singular(self.clauses.tokens.lower[noun.head]) in _FIGHTERS:
            return (Actor(self.text(noun), _bare(self.text(noun)).lower(), generic.kind),)
        definite = self.clauses.tokens.lower[noun.first] in ("the", "its", "their")
        return self.memory.actors if definite and len(self.memory.actors) == 1 else ()

    def _of_speaker(self, noun: Noun) -> tuple[Actor, ...]:
        """ "His men", "our fighters": those of the actor that the speaker of the sentence belongs to."""
        for verb in self.clauses.verbs:
            ours = self.clauses.tokens.lower[noun.first] in ("our", "my")
            if not verb.reports or not verb.subject or (verb.subject[0].first >= noun.first and not ours):
                continue
            who = verb.subject[0]
            for each in (who, *self.clauses.apposed.get(who.head, ())):
                for word in ("in", "of", "for", "from", "with"):
                    phrase = self.hanging(each, word)
                    if phrase is not None and (entity := self.of(phrase.group[0])).sort is Sort.ACTOR:
                        return entity.actors
                if (entity := self.of(each)).sort is Sort.ACTOR:
                    return entity.actors
            if not _STATE_SPEAKERS.isdisjoint(self.clauses.tokens.lower[who.first : who.last]):
                return (Actor(self.text(noun), self.scene.government, ActorKind.STATE_FORCES),)
        return ()

    def _named_by_phrase(self, noun: Noun, word: str) -> tuple[Actor, ...]:
        phrase = self.hanging(noun, word)
        if phrase is None or phrase.first > noun.last + 1:
            return ()
        if word in ("to", "with") and self.clauses.tokens.lower[phrase.first - 1] not in (
            "loyal",
            "allied",
            "aligned",
            "affiliated",
            "linked",
        ):
            return ()
        named: list[Actor] = []
        for each in phrase.group:
            entity = self.of(each)
            if entity.sort is Sort.ACTOR or (entity.sort is Sort.NAME and word == "of"):
                named += entity.actors
            elif entity.sort is Sort.PERSON:
                named.append(self._leader(entity.text) or Actor(self.text(noun), f"forces loyal to {entity.text}"))
        return tuple(named)

    def _leader(self, text: str) -> Actor | None:
        person = lexicon.people().get(lexicon.fold(text)) or lexicon.people().get(lexicon.fold(text.split()[-1]))
        if person is None:
            return None
        canonical = person.stands_for or forces_of(person.state)
        return Actor(text, canonical or person.name, ActorKind.STATE_FORCES if person.state else ActorKind.UNKNOWN)

    def _named_before(self, noun: Noun, first: int) -> tuple[Actor, ...]:
        """ "Nusra fighters", "Gaddafi's forces", "pro-Assad troops"."""
        tokens, tags = self.clauses.tokens, self.clauses.tags
        names = [i for i in range(noun.first, first) if tags[i] == "E"]
        if names:
            name = self.between(names[0], names[-1] + 1)
            if leader := self._leader(name):
                return (Actor(self.text(noun), leader.canonical, leader.kind),)
            if not world.demonym(name):
                if (actor := self.actor_named(name)) is not None:
                    return (Actor(self.text(noun), actor.canonical, actor.kind),)
                rebellious = not _REBELLIOUS.isdisjoint(tokens.lower[first : noun.head + 1])
                if not rebellious and self._is_unknown_people(names, first, name):
                    return (Actor(self.text(noun), f"{name} {self.between(first, noun.last)}", ActorKind.UNKNOWN),)
        for i in range(noun.first, first):
            if (match := _PRO.match(tokens.lower[i])) and (leader := self._leader(match.group(2))):
                if match.group(1) == "pro":
                    return (Actor(self.text(noun), leader.canonical, leader.kind),)
                return (Actor(self.text(noun), "rebels", ActorKind.REBEL_GROUP),)
        return ()

    def _is_unknown_people(self, names: list[int], first: int, name: str) -> bool:
        """ "Kessarian aircraft": one capitalised word right before a force, shaped like the people of a country."""
        if names[-1] != first - 1 or self.scene.sorts.get(fold(name)) is NameSort.PLACE or _country_code(name):
            return False
        return True

    def _state_before(self, noun: Noun, first: int) -> str:
        """The forces of the state whose demonym stands before the noun ("Russian warplanes"), by their own name."""
        tokens = self.clauses.tokens
        words = tokens.lower[noun.first : noun.head + 1]
        if any(word in _REBELLIOUS for word in words):
            return ""
        for i in range(noun.first, first):
            written = tokens.words[i]
            if not written[0].isupper():
                continue
            if state := world.demonym(written.removesuffix("-backed")) if "-" not in written else "":
                found = world.country(state)
                return (forces_of(found.code) if found is not None else "") or f"{written} forces"
            if (state := _country_code(written)) and i == first - 1:
                return forces_of(state)
        return ""

    def _stance_before(self, noun: Noun, first: int) -> lexicon.GenericActor | None:
        for i in range(noun.first, noun.head):
            generic = lexicon.generic_actors().get(lexicon.fold(self.clauses.tokens.lower[i]))
            if generic is not None and generic.stance in (Stance.GOVERNMENT, Stance.ANTI_GOVERNMENT):
                return generic
        return None

    def _by_stance(self, noun: Noun, generic: lexicon.GenericActor) -> Actor:
        text = self.text(noun)
        if generic.stance is Stance.GOVERNMENT:
            return Actor(text, self.scene.government, ActorKind.STATE_FORCES)
        if generic.stance is Stance.ANTI_GOVERNMENT and not _REBELLIOUS.isdisjoint(generic.phrase.lower().split()):
            return Actor(text, "rebels", generic.kind)
        return Actor(text, _bare(text).lower(), generic.kind)

    def actor_named(self, name: str) -> Actor | None:
        """The actor of a bare name: known, introduced by its abbreviation, or shown by the article to be one."""
        full = self.scene.full.get(fold(name), name)
        for candidate in (name, full):
            known = lexicon.actors().get(lexicon.fold(candidate))
            if known is not None and not self._other_war(known):
                return Actor(name, known.canonical, known.kind)
        metonym = lexicon.metonyms().get(lexicon.fold(name))
        if metonym is not None and (state := forces_of(metonym.state)):
            return Actor(name, state, ActorKind.STATE_FORCES)
        if code := _country_code(name):
            return Actor(name, forces_of(code) or name, ActorKind.STATE_FORCES)
        sort = self.scene.sorts.get(fold(full)) or self.scene.sorts.get(fold(name))
        if sort is NameSort.ACTOR or full.rsplit(" ", 1)[-1].lower() in heads("organisation"):
            return Actor(name, full, ActorKind.UNKNOWN)
        return None

    def _other_war(self, known: lexicon.KnownActor) -> bool:
        """A short name that several wars share is this one's only where the article is about its country."""
        return (
            len(known.countries) == 1
            and bool(self.scene.countries)
            and (
                known.countries[0] not in self.scene.countries
                and known.kind is not ActorKind.EXTERNAL_FORCES
                and not known.state
            )
        )

    # ── names ──

    def _named(self, noun: Noun, head: str) -> Entity:
        name, lower = self._name(noun), self.clauses.tokens.lower[noun.head]
        text = self.text(noun)
        sort = self.scene.sorts.get(fold(name))
        if any(
            is_a(word, "person") or word == "correspondent"
            for word in self.clauses.tokens.lower[noun.first : noun.head]
        ):
            return Entity(Sort.PERSON, noun, text, lower)
        if (leader := self._leader(name)) is not None:
            return Entity(Sort.PERSON, noun, text, lower, actors=(leader,))
        if _DIRECTION.fullmatch(lower) or (world.demonym(name) and not _country_code(name)):
            people = lower.endswith("s") and world.demonym(name) != ""
            return Entity(Sort.PEOPLE if people else Sort.THING, noun, text, lower, number=self._number(noun))
        if " " not in name and (generic := self._generic(noun, lower)):
            return Entity(Sort.ACTOR, noun, text, head, actors=generic, number=self._number(noun))
        placed = sort is NameSort.PLACE and not _country_code(name)
        actor = None if placed else self.actor_named(name)
        if actor is not None:
            return Entity(Sort.ACTOR, noun, text, lower, actors=(self._whole(noun, actor),), spot=_country_spot(name))
        if is_a(lower, "place") and " " in name:
            return Entity(
                Sort.PLACE, noun, text, lower, spot=self._remember(noun, Spot(name, self._relation(noun), lower))
            )
        if (
            sort is NameSort.PLACE
            or (sort is None and _is_place_name(name))
            or (sort is not NameSort.PERSON and _country_code(name))
        ):
            spot = Spot(name, self._relation(noun))
            return Entity(
                Sort.PLACE,
                noun,
                text,
                lower,
                spot=self._remember(noun, spot),
                extent=_extent(self.clauses.tokens.lower[noun.first : noun.last]) or Extent.UNSPECIFIED,
            )
        if sort is NameSort.PERSON:
            return Entity(Sort.PERSON, noun, text, lower)
        if kit := self._equipment(noun, lower):
            return Entity(Sort.EQUIPMENT, noun, text, lower, equipment=kit, number=self._number(noun))
        return Entity(
            Sort.NAME,
            noun,
            text,
            lower,
            actors=(Actor(name, self.scene.full.get(fold(name), name)),),
            spot=Spot(name, self._relation(noun)),
        )

    def _whole(self, noun: Noun, actor: Actor) -> Actor:
        """ "The Revolutionary Armed Forces of Colombia": a name that goes on behind "of"."""
        phrase = self.hanging(noun, "of") or self.hanging(noun, "for")
        if (
            phrase is not None
            and phrase.first == noun.last
            and " " not in actor.name
            and self.clauses.tags[phrase.group[0].head] == "E"
        ):
            longer = f"{actor.name} {phrase.word} {self._name(phrase.group[0])}"
            known = lexicon.actors().get(lexicon.fold(longer))
            return Actor(longer, known.canonical if known else longer, known.kind if known else actor.kind)
        if actor.kind is ActorKind.UNKNOWN and phrase is not None and self.clauses.tags[phrase.group[0].head] == "E":
            longer = f"{actor.name} of {self._name(phrase.group[0])}"
            known = lexicon.actors().get(lexicon.fold(longer))
            if known is not None:
                return Actor(longer, known.canonical, known.kind)
        return actor

    def _name(self, noun: Noun) -> str:
        """The capitalised words that end the phrase ("the eastern city of" is cut off by its own phrase already)."""
        tags, words = self.clauses.tags, self.clauses.tokens.words
        first = noun.head
        while first > noun.first and (
            tags[first - 1] == "E"
            or (words[first - 1][0].isupper() and tags[first - 1] in "JNQ")
            or (words[first - 1][0].isdigit() and tags[first - 1] == "J")
        ):
            first -= 1
        while (
            first < noun.head
            and tags[first] in "JT"
            and _DIRECTION.fullmatch(words[first].lower())
            and words[first].islower()
        ):
            first += 1
        return self.between(first, noun.last)

    def _relation(self, noun: Noun) -> str:
        """ "Western" in "western Aleppo"."""
        before = self.clauses.tokens.lower[noun.first : noun.head]
        written = self.clauses.tokens.words[noun.first : noun.head]
        return " ".join(
            word for word, form in zip(before, written, strict=True) if form.islower() and _DIRECTION.fullmatch(word)
        )

    # ── places ──

    def _place(self, noun: Noun, head: str, number: Number | None) -> Entity:
        tokens = self.clauses.tokens
        extent = _extent(tokens.lower[noun.first : noun.last])
        spot = self._spot(noun, head)
        if extent is Extent.UNSPECIFIED and is_a(tokens.lower[noun.head], "extent_outskirts"):
            extent = Extent.OUTSKIRTS
        return Entity(
            Sort.PLACE, noun, self._described(noun), head, spot=spot, number=number, extent=extent or Extent.UNSPECIFIED
        )

    def _described(self, noun: Noun) -> str:
        phrase = self.hanging(noun, "of")
        return (
            self.between(noun.first, phrase.group[0].last)
            if phrase is not None and phrase.first == noun.last
            else self.text(noun)
        )

    def _spot(self, noun: Noun, head: str) -> Spot | None:
        lower = self.clauses.tokens.lower[noun.head]
        phrase = self.hanging(noun, "of") if lower not in ("side",) else None
        if phrase is not None and phrase.first == noun.last and (inner := self._first_spot(phrase)) is not None:
            if (
                is_a(lower, "strong_place")
                and not is_a(lower, "extent_outskirts")
                and not _is_part_of(head, inner.name)
            ):
                region = is_a(lower, "wide_place")
                return self._remember(
                    noun,
                    Spot(
                        inner.name,
                        (self._relation(noun) if region else "") or inner.relation,
                        head,
                        within=inner.within,
                    ),
                )
            return Spot(inner.name, f"{self._bare_text(noun)} of", head, within=inner.within)
        if name := self._name_in(noun):
            return self._remember(noun, Spot(name, "", head))
        if (apposed := self.clauses.apposed.get(noun.head)) and self.clauses.tags[apposed[0].head] == "E":
            return self._remember(noun, Spot(self._name(apposed[0]), "", head))
        if (owner := self._owner(noun)) is not None:
            return Spot(owner.name, "", head, within=owner.within)
        if self.clauses.tokens.lower[noun.first] in ("the", "that", "this", "its"):
            return self._same_as_before(noun, head)
        return None

    def _owner(self, noun: Noun) -> Spot | None:
        """The town of "the town's livestock market"."""
        tags = self.clauses.tags
        at = next((i for i in range(noun.first, noun.head) if tags[i] == "A"), 0)
        if at <= noun.first:
            return None
        entity = self.of(Noun(noun.first, at, at - 1))
        return entity.spot if entity.sort is Sort.PLACE and entity.spot is not None and entity.spot.name else None

    def _first_spot(self, phrase: Phrase) -> Spot | None:
        for noun in phrase.group:
            if (spot := self.of(noun).spot) is not None and spot.name:
                return spot
        return None

    def _bare_text(self, noun: Noun) -> str:
        """The phrase as written without its article."""
        first = noun.first
        while first < noun.head and self.clauses.tokens.lower[first] in ("the", "a", "an", "its", "their"):
            first += 1
        return self.between(first, noun.last)

    def _name_in(self, noun: Noun) -> str:
        """A name inside the phrase that makes the place one of its own ("Benghazi airport", "the Brega oil terminal")."""
        tags, words = self.clauses.tags, self.clauses.tokens.words
        names = [i for i in range(noun.first, noun.head) if tags[i] == "E" and not world.demonym(words[i])]
        if not names:
            return ""
        if "A" in tags[noun.first : noun.head]:
            return ""  # "Misrata's centre" is a part of Misrata, "Gaddafi's compound" is not Gaddafi
        name = self.between(names[0], noun.last)
        # "The OPEC state", "the North African state": words about a country, not the name of a province.
        return "" if _DESCRIBED_STATE.search(name) else name

    def _same_as_before(self, noun: Noun, head: str) -> Spot | None:
        """ "The town": the one that was just named, where only one can be meant."""
        if any(word.endswith("est") for word in self.clauses.tokens.lower[noun.first : noun.head]):
            return None  # "the third largest city" is not the one just named
        here = self.memory.before(noun)
        near = here + self.memory.spots
        fitting = [s for s in here if s.head == head] or [s for s in near if s.head == head]
        if not fitting and head in ("town", "city", "village"):
            described = {fold(s.name) for s in near if s.head}
            fitting = [s for s in here or self.memory.spots if fold(s.name) not in described]
        names = {fold(spot.name) for spot in fitting}
        return Spot(fitting[-1].name, "", head) if len(names) == 1 else None

    def look_over(self) -> None:
        """Take note of the sentence's named places in their order, for what refers back to them."""
        for noun in self.clauses.nouns:
            if self.clauses.tags[noun.head] == "E":
                self.of(noun)

    def _remember(self, noun: Noun, spot: Spot) -> Spot:
        self.memory.here[noun.head] = spot
        return spot


_STATE_SPEAKERS = frozenset("ministry minister president government army military".split())
_STORED = frozenset("oil gas water fuel storage septic".split())  # an oil tank is no tank
_ARMED = (ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA)
_FIGHTERS = frozenset(
    "fighter gunman attacker assailant combatant militiaman paramilitary tribesman saboteur raider".split()
)
_POSSESSIVES = frozenset("his her their our its my".split())
_REBELLIOUS = frozenset(
    "rebel rebels opposition insurgent insurgents revolutionary revolutionaries guerrilla guerrillas dissidents "
    "resistance anti-government anti-regime".split()
)


def _actors_of(entities: Iterable[Entity]) -> tuple[Actor, ...]:
    found = list(entities)
    if not all(entity.sort is Sort.ACTOR for entity in found):
        return ()
    return tuple(actor for entity in found for actor in entity.actors)


def _bare(text: str) -> str:
    """A generic actor's name without its article and counting words ("the rebels" -> "rebels")."""
    words = text.split()
    while words and words[0].lower() in _DETERMINERS:
        words.pop(0)
    return " ".join(words) or text


_DETERMINERS = frozenset(
    "the a an some many several dozens hundreds these those their its his most all other more".split()
)


def _extent(words: Iterable[str]) -> Extent | None:
    listed = list(words)
    for at, word in enumerate(listed):
        if (extent := _share(word)) is None:
            continue
        if word == "all" and listed[max(0, at - 1) : at] in (["nearly"], ["almost"], ["virtually"]):
            return Extent.MOST
        if word != "third" or listed[at + 1 : at + 2] == ["of"] or listed[max(0, at - 1) : at] == ["a"]:
            return extent  # but "the third largest city"
    return None


@lru_cache(maxsize=16384)
def _share(word: str) -> Extent | None:
    """How much of a thing one word says it is ("most", "parts")."""
    shares = (Extent.OUTSKIRTS, Extent.MOST, Extent.PART, Extent.FULL)
    return next((extent for extent in shares if is_a(word, f"extent_{extent.value}")), None)


@lru_cache(maxsize=16384)
def _type_of(words: str) -> str:
    """The type of a weapon or vehicle of that name in either number, "" where it is none."""
    known = lexicon.equipment().get(lexicon.fold(words)) or lexicon.equipment().get(lexicon.fold(singular(words)))
    return known.type if known is not None else ""


def _is_part_of(head: str, name: str) -> bool:
    """ "A neighbourhood of Aleppo" is not Aleppo; "the neighbourhood of Jobar" is Jobar. The size of the name tells."""
    parts = ("neighbourhood", "neighborhood", "district", "quarter", "suburb")
    return head in parts and any(entry.population > _LARGE for entry in gazetteer.find(name))


_LARGE = 100_000


def _is_place_name(name: str) -> bool:
    """Whether the gazetteer knows the name and it is hardly ever anything else."""
    found = gazetteer.find(name)
    return bool(found) and not any(entry.ambiguous for entry in found)


def _country_code(name: str) -> str:
    found = world.country(name)
    return found.code if found is not None else ""


def _country_spot(name: str) -> Spot | None:
    return Spot(name) if _country_code(name) else None
