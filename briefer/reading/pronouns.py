"""Whom and what pronouns mean: "they", "them" and "it" go back to what was named before, or to nobody.

In: the `Noun` of a pronoun, the `Clauses` that it stands in, and the `Memory` of the article. Out: actors and a spot.
"""

from collections.abc import Callable, Iterable

from briefer.reading.names import fold
from briefer.reading.phrases import Clauses, Group, Noun
from briefer.reading.things import Entity, Memory, Sort, Spot
from briefer.types import Actor


class Pronouns:
    """Understands the pronouns of one sentence; `of` tells what any other noun phrase of it stands for."""

    def __init__(self, clauses: Clauses, memory: Memory, of: Callable[[Noun], Entity]) -> None:
        self.clauses = clauses
        self.memory = memory
        self.of = of

    def entity(self, noun: Noun) -> Entity:
        """The actors or the place that the pronoun stands for; a bare pronoun where that is not known."""
        word, text = self.clauses.tokens.lower[noun.head], self.clauses.text(noun)
        actors = self._actors(noun, word)
        spot = self._last_spot(noun) if word == "it" else None
        return Entity(Sort.ACTOR if actors else Sort.PRONOUN, noun, text, word, actors=actors, spot=spot)

    def _actors(self, noun: Noun, word: str) -> tuple[Actor, ...]:
        if word == "it":
            return self._reporter(noun)
        if word == "them":
            return self._named_before(noun)
        if word == "they" and self.clauses.tags[noun.first - 1 : noun.first] != "W":
            return self._subject_before(noun) or (self.memory.actors if self._opens_sentence(noun) else ())
        return ()

    def _reporter(self, noun: Noun) -> tuple[Actor, ...]:
        """Whom "it" means in "the ministry said it had seized": the one who says it, where that is an actor."""
        for verb in reversed(self.clauses.verbs):
            if verb.head < noun.first:
                says = verb.reports and verb.subject and verb.subject[0] != noun
                return self._all_actors(verb.subject) if says else ()
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
            subject = verb.subject
            if verb.head >= noun.first or not subject or subject[0].first >= noun.first:
                continue
            if self.clauses.tags[subject[0].head] != "U":
                return self._all_actors(subject)
        return ()

    def _named_before(self, noun: Noun) -> tuple[Actor, ...]:
        """Whom "them" means: the one actor named before it that does not itself do what is done to them."""
        doer = next((verb.subject for verb in self.clauses.verbs if noun in verb.objects), ())
        before = [
            entity
            for other in self.clauses.nouns
            if other.last <= noun.first and other not in doer and self.clauses.tags[other.head] in "EN"
            if (entity := self.of(other)).sort is Sort.ACTOR
        ]
        actors = [{actor.canonical for actor in entity.actors} for entity in before]
        alone = actors and all(each & actors[-1] for each in actors)
        topic = actors and any(each & actors[-1] for each in actors[:-1])  # named twice: what the sentence is about
        return before[-1].actors if alone or topic else ()

    def _all_actors(self, group: Group) -> tuple[Actor, ...]:
        return actors_of(self.of(noun) for noun in group)


def actors_of(entities: Iterable[Entity]) -> tuple[Actor, ...]:
    """The actors of a group; nobody where one of its members is no actor."""
    found = list(entities)
    if not all(entity.sort is Sort.ACTOR for entity in found):
        return ()
    return tuple(actor for entity in found for actor in entity.actors)
