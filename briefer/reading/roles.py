"""Who did it to whom in any sentence, whatever was done: for checking that a paraphrase has not swapped the two.

In: one sentence. Out: `Roles`, the source and the target of its main happening as spans of characters, or None where
the sentence tells no one's doing. Unlike `frames`, no lexicon of events is asked: the verb and its grammar decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from briefer.reading.entities import Entities
from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import Clauses, Group, Link, Phrase, Verb, agents, patients
from briefer.reading.scene import Scene
from briefer.reading.things import Memory, Sort
from briefer.reading.verbs import effect
from briefer.types import Span


@dataclass(frozen=True, slots=True)
class Roles:
    """The main happening of a sentence: the base form of its verb, who does it, and to whom, each None where not said.

    The spans are half-open ranges of characters in the sentence and take in what hangs on a noun by "of".
    """

    verb: str
    source: Span | None
    target: Span | None


_AIMED = ("against", "on", "upon", "to", "with", "at", "for", "toward", "towards", "into", "from", "over", "about")
"""Prepositions whose noun phrase is the target where no object is one, the surest first."""

_SOMEBODY = (Sort.ACTOR, Sort.PEOPLE, Sort.PERSON, Sort.PLACE, Sort.NAME, Sort.PRONOUN)
"""What something is done to by itself; other objects are rather what is done ("a raid on X", "firearms to X")."""

_SIDES = (Sort.ACTOR, Sort.PEOPLE, Sort.PERSON, Sort.NAME)
_HANDED = frozenset("to for from".split())
_TAKES_OF = frozenset(
    "accuse clear convict deprive free inform notify relieve remind rid rob strip suspect warn".split()
)

_NOBODY = frozenset("it there this that these those who which what here himself itself themselves".split())
_OF_SPEAKER = frozenset("he she it they we".split())
_COPULAS = frozenset("be am is are was were been being become seem remain appear have has had do".split())
_NOWHERE = Scene(written=None, sorts={}, full={}, countries={}, country="", government="")


def roles(sentence: str) -> Roles | None:
    """Who did it to whom, by the main clause; by what it reports where it only reports. None where neither is said."""
    clauses, _ = parse_sentence(sentence)
    return _Reading(clauses).roles()


class _Reading:
    """One parsed sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.entities = Entities(clauses, _NOWHERE, Memory())

    def roles(self) -> Roles | None:
        half: Roles | None = None
        for verb in self._happenings():
            found = Roles(verb.lemma, self._span(self._source(verb)), self._target_span(verb))
            if found.source and found.target:
                return found
            half = half or (found if found.source or found.target else None)
        return half

    # ── which verb ──

    def _happenings(self) -> Iterator[Verb]:
        """The verbs of the sentence, those most likely to tell its main happening first."""
        for wanted in (self._is_main, self._is_reported, self._is_open):
            yield from (verb for verb in self.clauses.verbs if wanted(verb))

    def _is_main(self, verb: Verb) -> bool:
        return verb.link is Link.MAIN and self._is_deed(verb)

    def _is_reported(self, verb: Verb) -> bool:
        return verb.link is Link.COMPLEMENT and self._is_deed(verb)

    def _is_open(self, verb: Verb) -> bool:
        """What is meant to be done or done besides, and what is merely said."""
        if verb.link in (Link.INFINITIVE, Link.PARTICIPLE):
            return verb.governor is not None
        return verb.reports and verb.link is Link.MAIN

    def _is_deed(self, verb: Verb) -> bool:
        """Saying is a deed where somebody is told, blamed or called, and no clause says what."""
        if verb.lemma in _COPULAS:
            return False
        return not verb.reports or (bool(patients(verb)) and not self._governs_clause(verb))

    def _governs_clause(self, verb: Verb) -> bool:
        return any(other.governor is verb and other.link is Link.COMPLEMENT for other in self.clauses.verbs)

    # ── who ──

    def _source(self, verb: Verb) -> Group:
        found = agents(verb)
        if verb.link is Link.COMPLEMENT and not verb.passive and self._is_pronoun(found):
            return self._known(_speaker(verb))
        if not found and verb.link is Link.INFINITIVE and verb.governor is not None and effect(verb.governor.lemma):
            found = agents(verb.governor)
        return self._known(found)

    def _is_pronoun(self, group: Group) -> bool:
        return len(group) == 1 and self.clauses.tokens.lower[group[0].head] in _OF_SPEAKER

    # ── to whom ──

    def _target_of_all(self, verb: Verb) -> Group:
        """The target of the verb or, where it has none, of what its subject does by it ("agreed to free them all")."""
        if found := self._target(verb):
            return found
        opened = (Link.INFINITIVE, Link.PARTICIPLE)
        deeper = (other for other in self.clauses.verbs if other.governor is verb and other.link in opened)
        return next((found for other in deeper if (found := self._target(other))), ())

    def _target(self, verb: Verb) -> Group:
        """The object where it is somebody or a place; else what it is aimed at; else the object whatever it is."""
        found = self._known(patients(verb))
        if verb.passive or any(self.entities.of(noun).sort in _SOMEBODY for noun in found):
            return found
        return self._aim(verb, found) or found

    def _aim(self, verb: Verb, objects: Group) -> Group:
        """Whom or what the deed is aimed at, by a phrase behind the object or the verb.

        A weapon or vehicle can be given to somebody; what else stands behind it says where or how it was hit.
        """
        kit = any(self.entities.of(noun).sort is Sort.EQUIPMENT for noun in objects)
        words, sorts = (_HANDED, _SIDES) if kit else (frozenset(_AIMED), _SOMEBODY)
        hanging = self.clauses.hanging.get(objects[-1].head, ()) if objects else ()
        behind = [phrase for phrase in (*hanging, *verb.phrases) if phrase.word in words and phrase.first >= verb.last]
        behind.sort(key=lambda phrase: (_AIMED.index(phrase.word), phrase.first))
        known = [group for phrase in behind if (group := self._known(phrase.group))]
        aimed = (group for group in known if self.entities.of(group[0]).sort in sorts)
        return next(aimed, known[0] if known and not objects else ())

    # ── words ──

    def _known(self, group: Group) -> Group:
        return () if any(self.clauses.tokens.lower[noun.head] in _NOBODY for noun in group) else group

    def _target_span(self, verb: Verb) -> Span | None:
        return self._span(self._target_of_all(verb), with_of=verb.lemma not in _TAKES_OF)

    def _span(self, group: Group, *, with_of: bool = True) -> Span | None:
        """From the first noun phrase to the end of what hangs on the last by "of"."""
        if not group:
            return None
        last = group[-1].last
        hanging: tuple[Phrase, ...] = self.clauses.hanging.get(group[-1].head, ())
        last = next((p.group[-1].last for p in hanging if with_of and p.word == "of" and p.first == last), last)
        return Span(self.clauses.tokens.starts[group[0].first], self.clauses.tokens.ends[last - 1])


def _speaker(verb: Verb) -> Group:
    """Whom "it" means in "the army said it had taken X": the one who says so."""
    governor = verb.governor
    while governor is not None:
        if governor.reports:
            return agents(governor)
        governor = governor.governor
    return verb.subject
