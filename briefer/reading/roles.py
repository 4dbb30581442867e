"""Who did it to whom in any sentence, whatever was done: for checking that a paraphrase has not swapped the two.

In: one sentence. Out: `Roles`, the source and the target of its main happening as spans of characters, or None where
the sentence tells no one's doing. Unlike `frames`, no lexicon of events is asked: the verb and its grammar decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from briefer.reading.article import parse_sentence
from briefer.reading.clauses import Clauses, Group, Link, Phrase, Verb, agents, patients
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


_AIMED = ("against", "on", "with", "to", "at", "from", "upon", "toward", "towards", "into", "over", "for")
"""Prepositions whose noun phrase is the target where there is no object, the surest first."""

_LIGHT = frozenset(
    "accord agreement aid allegation apology assault attack ban blame call campaign charge claim clash complaint "
    "concern condolence contact crackdown criticism deal demand dialogue embargo fire fight force hand help hold hope "
    "inquiry investigation link meeting negotiation operation part place pressure protest raid rally relation request "
    "sanction siege steps strike support talk threat tie treaty visit war warning".split()
)
"""Objects that are what is done, not whom it is done to ("launched an attack on X", "held talks with X")."""

_AIMED_AT_OBJECT = frozenset("against on with to at from upon toward towards into".split())
_NOBODY = frozenset("it there this that these those who which what here".split())


def roles(sentence: str) -> Roles | None:
    """Who did it to whom, by the main clause; by what it reports where it only reports. None where neither is said."""
    clauses, _ = parse_sentence(sentence)
    best: Roles | None = None
    for verb in _happenings(clauses):
        found = Roles(verb.lemma, _span(_source(verb, clauses), clauses), _span(_target(verb, clauses), clauses))
        if found.source and found.target:
            return found
        best = best or (found if found.source or found.target else None)
    return best


def _happenings(clauses: Clauses) -> Iterator[Verb]:
    """The verbs of a sentence, those most likely to tell its main happening first."""
    for wanted in (_is_main, _is_reported, _is_open):
        yield from (verb for verb in clauses.verbs if wanted(verb))


def _is_main(verb: Verb) -> bool:
    return verb.link is Link.MAIN and not verb.reports and verb.lemma not in _COPULAS


def _is_reported(verb: Verb) -> bool:
    return verb.link is Link.COMPLEMENT and not verb.reports and verb.lemma not in _COPULAS


def _is_open(verb: Verb) -> bool:
    """What is meant to be done, or done besides: it has a subject only by way of the verb it hangs on."""
    if verb.link in (Link.INFINITIVE, Link.PARTICIPLE):
        return verb.governor is not None
    return verb.reports and verb.link is Link.MAIN


_COPULAS = frozenset("be am is are was were been being become seem remain appear have has had do".split())


def _source(verb: Verb, clauses: Clauses) -> Group:
    found = agents(verb)
    if not found and verb.link is Link.INFINITIVE and verb.governor is not None and effect(verb.governor.lemma):
        found = agents(verb.governor)
    return _somebody(found, clauses)


def _target(verb: Verb, clauses: Clauses) -> Group:
    """The object; what an object that is itself the deed is aimed at; the aim of a verb without an object."""
    found = _somebody(patients(verb), clauses)
    if found and not verb.passive:
        head = clauses.tokens.lower[found[-1].head]
        if (head in _LIGHT or head.removesuffix("s") in _LIGHT) and (aim := _aim(verb, clauses, _AIMED_AT_OBJECT)):
            return aim
        return found
    if found:
        return found
    return () if verb.passive else _aim(verb, clauses, frozenset(_AIMED))


def _aim(verb: Verb, clauses: Clauses, allowed: frozenset[str]) -> Group:
    phrases = [phrase for phrase in verb.phrases if phrase.word in allowed and phrase.first >= verb.last]
    phrases.sort(key=lambda phrase: _AIMED.index(phrase.word))
    return next((group for phrase in phrases if (group := _somebody(phrase.group, clauses))), ())


def _somebody(group: Group, clauses: Clauses) -> Group:
    return () if any(clauses.tokens.lower[noun.head] in _NOBODY for noun in group) else group


def _span(group: Group, clauses: Clauses) -> Span | None:
    """From the first noun phrase to the end of what hangs on the last by "of"."""
    if not group:
        return None
    last = group[-1].last
    hanging: Phrase | None = next(
        (phrase for phrase in clauses.hanging.get(group[-1].head, ()) if phrase.word == "of" and phrase.first == last),
        None,
    )
    if hanging is not None:
        last = hanging.group[-1].last
    return Span(clauses.tokens.starts[group[0].first], clauses.tokens.ends[last - 1])
