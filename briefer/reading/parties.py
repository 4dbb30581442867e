"""Whose forces a noun phrase means: "the army", "Nusra fighters", "troops loyal to Gaddafi", "his men", a bare name.

In: a `Noun` of parsed `Clauses`, the article's `Scene` and `Memory`. Out: `Actor`s with their canonical names, or none.
"""

import re
from collections.abc import Callable

from briefer.reading import countries as world
from briefer.reading import lexicon
from briefer.reading.heads import heads, singular
from briefer.reading.lexicon import Stance
from briefer.reading.names import fold
from briefer.reading.phrases import Clauses, Noun, Phrase
from briefer.reading.scene import NameSort, Scene, forces_of
from briefer.reading.things import Entity, Memory, Sort
from briefer.types import Actor, ActorKind

_FOR_OR_AGAINST = re.compile(r"(pro|anti)-(.+)")
_STATE_SPEAKERS = frozenset("ministry minister president government army military".split())
_ARMED = (ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA)
_POSSESSIVES = frozenset("his her their our its my".split())
_ON_A_SIDE = ("loyal", "allied", "aligned", "affiliated", "linked")
_DETERMINERS = frozenset(
    "the a an some many several dozens hundreds these those their its his most all other more".split()
)


class Parties:
    """Understands the actors of one sentence; `of` tells what any noun phrase of it stands for."""

    def __init__(self, clauses: Clauses, scene: Scene, memory: Memory, of: Callable[[Noun], Entity]) -> None:
        self.clauses = clauses
        self.scene = scene
        self.memory = memory
        self.of = of

    # ── common nouns ──

    def of_common(self, noun: Noun) -> tuple[Actor, ...]:
        """The actors of a phrase whose last words the lexicon knows, known actors before generic nouns."""
        for size in (3, 2, 1):
            first = noun.head - size + 1
            if first < noun.first:
                continue
            words = self.clauses.tokens.lower[first : noun.head + 1]
            phrase = lexicon.fold(" ".join(words))
            # "Libyan rebels" are rebels, whatever they call themselves.
            if size > 1 and not _rebellious(words) and (known := lexicon.actors().get(phrase)) is not None:
                return (Actor(self.clauses.text(noun), known.canonical, known.kind),)
            if (generic := lexicon.generic_actors().get(phrase)) is not None:
                return self._bound(noun, first, generic)
        return ()

    def _bound(self, noun: Noun, first: int, generic: lexicon.GenericActor) -> tuple[Actor, ...]:
        """A generic noun with what names it: an owner, a name before it, "of X", "loyal to X", a demonym, a stance."""
        if self.clauses.tokens.lower[noun.first] in _POSSESSIVES:
            return self._of_speaker(noun)
        if generic.kind is ActorKind.CIVILIANS or generic.stance is Stance.CIVILIAN:
            return self._civilians(noun, generic)
        for word in ("of", "from", "to", "with"):
            if named := self._named_behind(noun, word):
                return named
        if named := self._named_before(noun, first):
            return named
        if state := self._state_before(noun, first):
            return (Actor(self.clauses.text(noun), state, ActorKind.STATE_FORCES),)
        generic = self._stance_before(noun) or generic
        return self._unit(noun, generic) if generic.stance is Stance.UNIT else (self._by_stance(noun, generic),)

    def _civilians(self, noun: Noun, generic: lexicon.GenericActor) -> tuple[Actor, ...]:
        if singular(self.clauses.tokens.lower[noun.head]) == "man" and (named := self._named_behind(noun, "of")):
            return named  # "the valiant men of the 9th Brigade"
        if generic.kind is ActorKind.PROTESTERS:
            return (Actor(self.clauses.text(noun), "protesters", generic.kind),)
        return (Actor(self.clauses.text(noun), "civilians", ActorKind.CIVILIANS),)

    def _unit(self, noun: Noun, generic: lexicon.GenericActor) -> tuple[Actor, ...]:
        """Fighters or their unit: "gunmen" act by themselves; "the brigade" is the one just named, or nobody's."""
        lower, text = self.clauses.tokens.lower, self.clauses.text(noun)
        if generic.kind in _ARMED or singular(lower[noun.head]) in heads("lone_fighter"):
            return (Actor(text, _bare(text).lower(), generic.kind),)
        definite = lower[noun.first] in ("the", "its", "their")
        return self.memory.actors if definite and len(self.memory.actors) == 1 else ()

    def _by_stance(self, noun: Noun, generic: lexicon.GenericActor) -> Actor:
        text = self.clauses.text(noun)
        if generic.stance is Stance.GOVERNMENT:
            return Actor(text, self.scene.government, ActorKind.STATE_FORCES)
        if generic.stance is Stance.ANTI_GOVERNMENT and _rebellious(generic.phrase.lower().split()):
            return Actor(text, "rebels", generic.kind)
        return Actor(text, _bare(text).lower(), generic.kind)

    # ── what names them ──

    def _of_speaker(self, noun: Noun) -> tuple[Actor, ...]:
        """Whose "his men" and "our fighters" are: the actor's that the speaker of the sentence belongs to."""
        lower = self.clauses.tokens.lower
        ours = lower[noun.first] in ("our", "my")
        for verb in self.clauses.verbs:
            if not verb.reports or not verb.subject or (verb.subject[0].first >= noun.first and not ours):
                continue
            who = verb.subject[0]
            if (own := self._side_of(who)) is not None:
                return own
            if not _STATE_SPEAKERS.isdisjoint(lower[who.first : who.last]):
                return (Actor(self.clauses.text(noun), self.scene.government, ActorKind.STATE_FORCES),)
        return ()

    def _side_of(self, speaker: Noun) -> tuple[Actor, ...] | None:
        """The actors that a speaker, by its own phrase or the one beside it, is one of; None for nobody's."""
        for each in (speaker, *self.clauses.apposed.get(speaker.head, ())):
            for word in ("in", "of", "for", "from", "with"):
                phrase = self.clauses.behind(each, word)
                if phrase is not None and (entity := self.of(phrase.group[0])).sort is Sort.ACTOR:
                    return entity.actors
            if (entity := self.of(each)).sort is Sort.ACTOR:
                return entity.actors
        return None

    def _named_behind(self, noun: Noun, word: str) -> tuple[Actor, ...]:
        """Whose they are by the phrase behind them: "fighters of X", "troops loyal to X"."""
        phrase = self.clauses.behind(noun, word)
        if phrase is None or phrase.first > noun.last + 1:
            return ()
        if word in ("to", "with") and self.clauses.tokens.lower[phrase.first - 1] not in _ON_A_SIDE:
            return ()
        named: list[Actor] = []
        for each in phrase.group:
            entity = self.of(each)
            if entity.sort is Sort.ACTOR or (entity.sort is Sort.NAME and word == "of"):
                named += entity.actors
            elif entity.sort is Sort.PERSON:
                loyal = Actor(self.clauses.text(noun), f"forces loyal to {entity.text}")
                named.append(self.leader(entity.text) or loyal)
        return tuple(named)

    def _named_before(self, noun: Noun, first: int) -> tuple[Actor, ...]:
        """Whose they are by a name before them: "Nusra fighters", "Gaddafi's forces", "pro-Assad troops"."""
        names = [i for i in range(noun.first, first) if self.clauses.tags[i] == "E"]
        if names and (actor := self._by_name(noun, first, names)) is not None:
            return (actor,)
        for i in range(noun.first, first):
            match = _FOR_OR_AGAINST.match(self.clauses.tokens.lower[i])
            if match and (leader := self.leader(match[2])):
                if match[1] == "pro":
                    return (Actor(self.clauses.text(noun), leader.canonical, leader.kind),)
                return (Actor(self.clauses.text(noun), "rebels", ActorKind.REBEL_GROUP),)
        return ()

    def _by_name(self, noun: Noun, first: int, names: list[int]) -> Actor | None:
        """The actor whose name stands at the tokens `names`, before the words of its kind that start at `first`."""
        name, text = self.clauses.between(names[0], names[-1] + 1), self.clauses.text(noun)
        if leader := self.leader(name):
            return Actor(text, leader.canonical, leader.kind)
        if world.demonym(name):
            return None
        if (actor := self.named(name)) is not None:
            return Actor(text, actor.canonical, actor.kind)
        kind = self.clauses.tokens.lower[first : noun.head + 1]
        if names[-1] == first - 1 and not _rebellious(kind) and self._may_be_people(name):
            return Actor(text, f"{name} {self.clauses.between(first, noun.last)}", ActorKind.UNKNOWN)
        return None

    def _may_be_people(self, name: str) -> bool:
        """Whether a word right before a force can be whose it is ("Kessarian aircraft"), and not where it is."""
        return self.scene.sorts.get(fold(name)) is not NameSort.PLACE and not world.country_code(name)

    def _state_before(self, noun: Noun, first: int) -> str:
        """The forces of the state whose demonym stands before the noun ("Russian warplanes"), by their own name."""
        tokens = self.clauses.tokens
        if _rebellious(tokens.lower[noun.first : noun.head + 1]):
            return ""
        for i in range(noun.first, first):
            written = tokens.words[i]
            if not written[0].isupper():
                continue
            if state := world.demonym(written.removesuffix("-backed")) if "-" not in written else "":
                return forces_of(world.country_code(state)) or f"{written} forces"
            if (code := world.country_code(written)) and i == first - 1:
                return forces_of(code)
        return ""

    def _stance_before(self, noun: Noun) -> lexicon.GenericActor | None:
        for i in range(noun.first, noun.head):
            generic = lexicon.generic_actors().get(lexicon.fold(self.clauses.tokens.lower[i]))
            if generic is not None and generic.stance in (Stance.GOVERNMENT, Stance.ANTI_GOVERNMENT):
                return generic
        return None

    # ── bare names ──

    def leader(self, text: str) -> Actor | None:
        """The forces that the name of a known person stands for."""
        person = lexicon.people().get(lexicon.fold(text)) or lexicon.people().get(lexicon.fold(text.split()[-1]))
        if person is None:
            return None
        canonical = person.stands_for or forces_of(person.state)
        return Actor(text, canonical or person.name, ActorKind.STATE_FORCES if person.state else ActorKind.UNKNOWN)

    def named(self, name: str) -> Actor | None:
        """The actor of a bare name: known, introduced by its abbreviation, or shown by the article to be one."""
        full = self.scene.full.get(fold(name), name)
        for candidate in (name, full):
            known = lexicon.actors().get(lexicon.fold(candidate))
            if known is not None and not self._other_war(known):
                return Actor(name, known.canonical, known.kind)
        metonym = lexicon.metonyms().get(lexicon.fold(name))
        if metonym is not None and (state := forces_of(metonym.state)):
            return Actor(name, state, ActorKind.STATE_FORCES)
        if code := world.country_code(name):
            return Actor(name, forces_of(code) or name, ActorKind.STATE_FORCES)
        sort = self.scene.sorts.get(fold(full)) or self.scene.sorts.get(fold(name))
        if sort is NameSort.ACTOR or full.rsplit(" ", 1)[-1].lower() in heads("organisation"):
            national = re.fullmatch(r"(?:the )?[A-Z][\w'-]+ Armed Forces", full) is not None
            return Actor(name, full, ActorKind.STATE_FORCES if national else ActorKind.UNKNOWN)
        return None

    def _other_war(self, known: lexicon.KnownActor) -> bool:
        """Whether a short name that several wars share is another's: the article is about other countries."""
        if len(known.countries) != 1 or not self.scene.countries or known.state:
            return False
        return known.countries[0] not in self.scene.countries and known.kind is not ActorKind.EXTERNAL_FORCES

    def whole(self, noun: Noun, actor: Actor) -> Actor:
        """The actor of a name that goes on behind it ("the Revolutionary Armed Forces of Colombia")."""
        phrase = self.clauses.behind(noun, "of") or self.clauses.behind(noun, "for")
        if phrase is None or self.clauses.tags[phrase.group[0].head] != "E":
            return actor
        if phrase.first == noun.last and " " not in actor.name:
            longer = self._longer(actor, phrase, phrase.word)
            known = lexicon.actors().get(lexicon.fold(longer))
            return Actor(longer, known.canonical, known.kind) if known else Actor(longer, longer, actor.kind)
        if actor.kind is ActorKind.UNKNOWN:
            longer = self._longer(actor, phrase, "of")
            known = lexicon.actors().get(lexicon.fold(longer))
            return Actor(longer, known.canonical, known.kind) if known else actor
        return actor

    def _longer(self, actor: Actor, phrase: Phrase, word: str) -> str:
        return f"{actor.name} {word} {self.clauses.name(phrase.group[0])}"


def _rebellious(words: tuple[str, ...] | list[str]) -> bool:
    """Whether any of the words says that its bearers rise against a government."""
    return not heads("rebellious").isdisjoint(words)


def _bare(text: str) -> str:
    """A generic actor's name without its article and counting words ("the rebels" -> "rebels")."""
    words = text.split()
    while words and words[0].lower() in _DETERMINERS:
        words.pop(0)
    return " ".join(words) or text
