"""What a sentence tells as deeds: a verb, or a noun for one, with who does it, to whom, and what stands around it.

In: parsed `Clauses`. Out: `Deed`s. This asks for no list of events: any verb is a deed, so that it serves any subject.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefer.reading.phrases import Clauses, Group, Link, Noun, Phrase, Verb, agents, patients
from briefer.reading.standing import Standing, Standings
from briefer.types import Modality
from briefer.verify.statements.keys import Keys, keys_of

_EVENTS = tuple(
    """ture tion sion ment ure al fall loss attack strike raid death release advance retreat siege arrest purchase sale
    ban victory defeat rise increase decrease drop collapse return transfer visit talk vote""".split()
)
"""How nouns end that tell what was done to what stands behind them."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to whom. `around` are the phrases by their prepositions; `speaker` the words of who says so.

    `light` is the object's head where the verb alone says little ("took control").
    """

    lemma: str
    first: int
    last: int
    doers: Keys
    sufferers: Keys
    around: tuple[tuple[str, Keys], ...]
    modality: Modality
    negated: bool
    speaker: str = ""
    hearsay: bool = False
    reports: bool = False
    light: str = ""
    noun: bool = False

    @property
    def keys(self) -> Keys:
        """All its arguments."""
        return self.doers.union(self.sufferers, *(keys for _, keys in self.around))


def deeds_of(clauses: Clauses) -> Iterator[Deed]:
    """The deeds of a sentence: those of its verbs in order, then those told as nouns."""
    standings = Standings(clauses)
    for verb in clauses.verbs:
        yield _of_verb(verb, clauses, standings)
    for noun in clauses.nouns:
        if clauses.tags[noun.head] == "N" and clauses.hanging.get(noun.head):
            yield from _of_noun(noun, clauses)


def _of_verb(verb: Verb, clauses: Clauses, standings: Standings) -> Deed:
    standing = standings.of(verb)
    objects = patients(verb)
    return Deed(
        lemma=verb.lemma,
        first=verb.first,
        last=verb.last,
        doers=_doers(verb, clauses),
        sufferers=keys_of(objects, clauses),
        around=tuple((phrase.word, keys_of(phrase.group, clauses)) for phrase in verb.phrases),
        modality=standing.modality,
        negated=standing.negated,
        speaker=_words(standing, clauses),
        hearsay=standing.hearsay,
        reports=verb.reports,
        light=clauses.tokens.lower[objects[0].head] if objects and not verb.passive else "",
    )


def _doers(verb: Verb, clauses: Clauses) -> Keys:
    group: Group = agents(verb)
    governor, seen = verb.governor, 0
    while not group and governor is not None and verb.link in (Link.INFINITIVE, Link.PARTICIPLE) and seen < 4:
        group, governor, seen = agents(governor), governor.governor, seen + 1
    return keys_of(group, clauses)


def _words(standing: Standing, clauses: Clauses) -> str:
    if standing.speaker is None:
        return ""
    noun = standing.speaker
    apposed = [clauses.text(each) for each in clauses.apposed.get(noun.head, ())]
    owners = [clauses.text(each) for phrase in _behind(noun, clauses) for each in phrase.group]
    return " ".join([clauses.text(noun), *apposed, *owners])


def _behind(noun: Noun, clauses: Clauses) -> Iterable[Phrase]:
    return [p for p in clauses.hanging.get(noun.head, ()) if p.word in ("of", "for", "from", "at", "with", "in")]


def _of_noun(noun: Noun, clauses: Clauses) -> Iterator[Deed]:
    """A noun with what was done to whom behind it ("the capture of the mill by the brigade")."""
    word = clauses.tokens.lower[noun.head]
    if not word.endswith(_EVENTS):
        return
    hanging = [phrase for phrase in clauses.hanging[noun.head] if not _between_verb(noun, phrase, clauses)]
    owner = keys_of((Noun(noun.first, noun.head, noun.head - 1),), clauses) if noun.head > noun.first else frozenset()
    by = [keys_of(phrase.group, clauses) for phrase in hanging if phrase.word == "by"]
    of = [keys_of(phrase.group, clauses) for phrase in hanging if phrase.word in ("of", "on", "against")]
    rest = tuple((p.word, keys_of(p.group, clauses)) for p in hanging if p.word not in ("by", "of"))
    if by or of:
        yield Deed(
            word, noun.first, noun.last, frozenset().union(owner, *by), frozenset().union(*of), rest,
            Modality.OCCURRED, False, noun=True,
        )  # fmt: skip


def _between_verb(noun: Noun, phrase: Phrase, clauses: Clauses) -> bool:
    """Whether a verb stands between a noun and a phrase: then it is the verb's."""
    return any(noun.last <= verb.head < phrase.first for verb in clauses.verbs)
