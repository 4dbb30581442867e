"""Reads a whole article: every happening that its sentences tell, with its standing, time and speaker.

In: an Article. Out: `Told` in the order of the text. Sentences without a word of events are passed over unparsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from briefer.reading.background import is_background, is_no_war
from briefer.reading.clock import Clock
from briefer.reading.constructions import constructions
from briefer.reading.entities import Entities
from briefer.reading.frame import Frame
from briefer.reading.frames import Frames
from briefer.reading.lexicon import words
from briefer.reading.names import fold
from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import Clauses, Link, agents
from briefer.reading.pronouns import actors_of
from briefer.reading.quotations import quoted, speaker_before
from briefer.reading.scene import NameSort, Scene, scene
from briefer.reading.speakers import attribute
from briefer.reading.standing import Standing, Standings, weaker
from briefer.reading.things import Memory, Spot
from briefer.reading.verbs import forms
from briefer.types import Actor, Article, Attribution, Claimant, Kind, Modality, When

_HEADING = re.compile(r"([A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})(?: \([^)]*\))?[.:]?")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)?")
_HEARD = frozenset("reported alleged claimed supposed purported rumoured rumored".split())
_FAILS = frozenset("fail falter stall collapse founder".split())  # what "the attack failed" says of the attack


@dataclass(frozen=True, slots=True)
class Told:
    """One happening as one sentence tells it. `background` is what the sentence only mentions to describe something."""

    frame: Frame
    sentence: int
    standing: Standing
    modality: Modality
    attribution: Attribution
    when: When
    background: bool
    negated: bool
    clauses: Clauses
    entities: Entities


@lru_cache(maxsize=2)  # the extractor and the verifier read the same article one after the other
def read(article: Article) -> tuple[Scene, tuple[Told, ...]]:
    """All that the article tells of events."""
    names = scene(article)
    return names, tellings(article, names)


def tellings(article: Article, names: Scene) -> tuple[Told, ...]:
    """All that an article tells of events, read with the names of a scene that may know more than the article."""
    memory = Memory()
    told: list[Told] = []
    spoken = quoted(article)
    for number, span in enumerate(article.sentences):
        sentence = article.text[span.start : span.end]
        if place := _heading(sentence, names):
            memory.heading(Spot(place))
        elif _speaks_of_events(sentence):
            found = _Sentence(sentence, number, span.start, names, memory).told()
            found = [_as_spoken(each, article, names, quoted=number in spoken) for each in found]
            told += _counted_on(found, told, number)
            memory.next_sentence()
        else:
            memory.pass_over()
    return tuple(told)


def _heading(sentence: str, names: Scene) -> str:
    """The place that a line of nothing else names, "" for any other line."""
    match = _HEADING.fullmatch(sentence)
    if match is None:
        return ""
    name = match[1]
    sort = names.sorts.get(fold(name))
    unknown = sort is None and not any(word.lower() in words() for word in name.split())
    return name if sort is NameSort.PLACE or unknown else ""


def _speaks_of_events(sentence: str) -> bool:
    """Whether any word could be an event's: the cheap look that spares the parser most of an article."""
    return not _event_words().isdisjoint(_WORDS.findall(sentence.lower()))


@cache
def _event_words() -> frozenset[str]:
    """Every form of every word that can open a frame; verbs that need another word with them are left to that word."""
    found: set[str] = set()
    for lemma, rows in constructions("events.tsv").items():
        found.update(word for row in rows if row.light for word in (row.light, f"{row.light}s"))
        if any(not row.light and not row.needs_noun for row in rows):
            found.update(forms(lemma))
    for noun in constructions("nominal_events.tsv"):
        found.update((noun, f"{noun}s", f"{noun}es"))
    return frozenset(found | {"control", "hands", "offensive"})


def _counted_on(found: list[Told], before: list[Told], number: int) -> list[Told]:
    """Who counts the dead of one town in a sentence counts on in the next, where nobody else is named."""
    counted = [each for each in before if each.sentence == number - 1 and each.frame.kind is Kind.CASUALTIES]
    who = {each.attribution for each in counted}
    if len(who) != 1 or any(verb.reports for each in found[:1] for verb in each.clauses.verbs):
        return found
    return [
        replace(each, attribution=counted[0].attribution)
        if each.frame.kind is Kind.CASUALTIES and each.attribution == Attribution()
        else each
        for each in found
    ]


def _as_spoken(each: Told, article: Article, names: Scene, *, quoted: bool) -> Told:
    """Words in quotation marks, or of "he", are those of the speaker named shortly before; of nobody if none is."""
    if each.attribution.who:
        return each
    nameless = each.attribution.kind is Claimant.UNNAMED and not each.standing.hearsay
    if not nameless and not (quoted and each.attribution.kind is Claimant.OUTLET):
        return each
    attribution = speaker_before(article, each.sentence, names) or Attribution(Claimant.UNNAMED)
    return replace(each, attribution=attribution)


class _Sentence:
    """One sentence that is read with the names of its article and what was named before it."""

    def __init__(self, text: str, number: int, offset: int, names: Scene, memory: Memory) -> None:
        self.text = text
        self.number = number
        self.memory = memory
        self.clauses, times = parse_sentence(text, offset=offset)
        self.entities = Entities(self.clauses, names, memory)
        self.standings = Standings(self.clauses)
        self.clock = Clock(self.clauses, times, sentence=text, offset=offset, written=names.written)

    def told(self) -> list[Told]:
        """What it tells, in its own order; its subject is kept in mind for "they" in the next."""
        self.entities.look_over()
        found = list(self._tellings())
        self.memory.actors = self._subject()
        return found

    def _tellings(self) -> Iterator[Told]:
        for frame in Frames(self.clauses, self.entities).find():
            if is_no_war(frame, self.text):
                continue
            standing = self._standing(frame)
            when = self.clock.when(frame, future=standing.modality in (Modality.PLANNED, Modality.PREDICTED))
            background = is_background(
                frame, when, written=self.clock.written, sentence=self.text, clauses=self.clauses
            )
            background = background or self.clock.long_past_before(frame.verb) is not None
            past = background and standing.modality in (Modality.OCCURRED, Modality.ONGOING)
            yield Told(
                frame=frame,
                sentence=self.number,
                standing=standing,
                modality=Modality.HISTORICAL if past else standing.modality,
                attribution=self._attribution(standing),
                when=when,
                background=background,
                negated=standing.negated,
                clauses=self.clauses,
                entities=self.entities,
            )

    def _standing(self, frame: Frame) -> Standing:
        verb = frame.verb or frame.told_by
        standing = self.standings.of(verb) if verb is not None else Standing(Modality.OCCURRED)
        return self._of_noun(frame, standing) if frame.verb is None else standing

    def _of_noun(self, frame: Frame, standing: Standing) -> Standing:
        """An event told as a noun: who announces it says it, and "the reported capture" is hearsay."""
        teller = frame.told_by
        if not _HEARD.isdisjoint(self.clauses.tokens.lower[max(0, frame.first - 1) : frame.last]):
            standing = replace(standing, hearsay=True)
        if teller is None:
            return standing
        if standing.speaker is None and teller.reports and agents(teller):
            standing = replace(standing, speaker=agents(teller)[0])
        if frame.kind is Kind.CLASH and teller.lemma in _FAILS:
            standing = replace(standing, modality=weaker(standing.modality, Modality.ATTEMPTED))
        return standing

    def _attribution(self, standing: Standing) -> Attribution:
        if standing.speaker is not None:
            return attribute(standing.speaker, self.clauses, self.entities)
        return Attribution(Claimant.UNNAMED) if standing.hearsay else Attribution()

    def _subject(self) -> tuple[Actor, ...]:
        """Whom "they" means in the next sentence: the actors that are this one's subject."""
        for verb in self.clauses.verbs:
            says = verb.link is not Link.MAIN or verb.reports
            if not says and verb.subject and (actors := actors_of(self.entities.all(verb.subject))):
                return actors
        return ()
