"""Reads a whole article: every happening that its sentences tell, with its standing, time and speaker.

In: an Article. Out: `Told` in the order of the text. Sentences without a word of events are passed over unparsed.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, lru_cache

from briefer.reading import dates
from briefer.reading.clauses import Clauses, Link, Verb, agents, parse
from briefer.reading.dates import TimeExpression
from briefer.reading.entities import Entities, Memory, Sort, Spot
from briefer.reading.frames import Frame, Frames, constructions
from briefer.reading.lexicon import words
from briefer.reading.names import fold
from briefer.reading.scene import NameSort, Scene, scene
from briefer.reading.speakers import attribute
from briefer.reading.standing import Standing, Standings, weaker
from briefer.reading.tags import tag
from briefer.reading.tokens import Tokens, tokenize
from briefer.reading.verbs import forms
from briefer.types import Article, Attribution, Change, Claimant, Kind, Modality, When

NEWS = timedelta(days=31)
"""What is dated further back than this from the day of writing is background (DOMAIN trap 4)."""


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
    memory = Memory()
    told: list[Told] = []
    spoken = quoted(article)
    for number, span in enumerate(article.sentences):
        sentence = article.text[span.start : span.end]
        if (over := _HEADING.fullmatch(sentence)) is not None and _is_place(over.group(1), names):
            memory.heading(Spot(over.group(1)))
            continue
        if not _speaks_of_events(sentence):
            memory.pass_over()
            continue
        found = _read_sentence(sentence, number, span.start, names, memory)
        told += [_as_spoken(each, article, names, quoted=number in spoken) for each in found]
        memory.next_sentence()
    return names, tuple(told)


def quoted(article: Article) -> frozenset[int]:
    """The sentences that open inside a quotation or with one: they are somebody's words, whoever is named for them."""
    found: set[int] = set()
    opened, before = False, 0
    for number, span in enumerate(article.sentences):
        between = article.text[before : span.start]
        opened = "\n\n" not in between and _still_open(between, opened)
        sentence = article.text[span.start : span.end]
        tail = sentence.endswith(('."', ".”", '!"')) and sentence.count('"') % 2 == 1
        if opened or sentence[0] in _QUOTES or tail:
            found.add(number)
        opened, before = _still_open(sentence, opened), span.end
    return frozenset(found)


_QUOTES = '"“«'


_MARKS = re.compile('["“”«»]')


def _still_open(text: str, opened: bool) -> bool:
    for mark in _MARKS.findall(text):
        if mark == '"':
            opened = not opened
        elif mark in "“«":
            opened = True
        elif mark in "”»":
            opened = False
    return opened


def _as_spoken(each: Told, article: Article, names: Scene, *, quoted: bool) -> Told:
    """Words in quotation marks, or of "he", are those of the speaker named shortly before; of nobody if none is."""
    nameless = each.attribution.kind is Claimant.UNNAMED and not each.attribution.who and not each.standing.hearsay
    bare = each.attribution.kind is Claimant.OUTLET and not each.attribution.who
    if not nameless and not (quoted and bare):
        return each
    attribution = _speaker_before(article, each.sentence, names) or Attribution(Claimant.UNNAMED)
    return replace(each, attribution=attribution)


_SPOKE = re.compile(r"\b(?:said|says|told|added|according)\b")


def _speaker_before(article: Article, number: int, names: Scene) -> Attribution | None:
    """The last speaker that the three sentences before name."""
    for earlier in range(number - 1, max(-1, number - 4), -1):
        span = article.sentences[earlier]
        sentence = article.text[span.start : span.end]
        if not _SPOKE.search(sentence):
            continue
        clauses, _ = parse_sentence(sentence, offset=span.start)
        entities = Entities(clauses, names, Memory())
        for verb in reversed(clauses.verbs):
            speaker = agents(verb)[:1] if verb.reports else ()
            if speaker and clauses.tags[speaker[0].head] != "U":
                return attribute(speaker[0], clauses, entities)
    return None


_HEADING = re.compile(r"([A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3})(?: \([^)]*\))?[.:]?")


def _is_place(name: str, names: Scene) -> bool:
    sort = names.sorts.get(fold(name))
    return sort is NameSort.PLACE or (sort is None and not any(word.lower() in words() for word in name.split()))


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


_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)?")


def _speaks_of_events(sentence: str) -> bool:
    """Whether any word could be an event's: the cheap look that spares the parser most of an article."""
    return not _event_words().isdisjoint(_WORDS.findall(sentence.lower()))


# How long a thing took says nothing of when it was.
_DURATION = re.compile(
    r"(?:for |after )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|some|few|many|"
    r"a few)[ -](?:hour|day|week|month|year)s?",
    re.IGNORECASE,
)


def parse_sentence(sentence: str, *, offset: int = 0) -> tuple[Clauses, list[TimeExpression]]:
    """The clauses of a sentence and its expressions of time, whose words are no noun phrases."""
    tokens = tokenize(sentence, offset=offset)
    times = [time for time in dates.find(sentence) if not _DURATION.fullmatch(time.as_written)]
    return parse(tokens, _with_times(tokens, tag(tokens), times, offset)), times


def _with_times(tokens: Tokens, tags: str, times: list[TimeExpression], offset: int) -> str:
    if not times:
        return tags
    changed = list(tags)
    for time in times:
        for i in range(len(tokens)):
            if not time.start <= tokens.starts[i] - offset < time.end or tags[i] in "PA":
                continue
            if not _within_noun_phrase(i, tags):
                changed[i] = "T"
    for i in range(len(changed) - 1):
        # "On Friday": the preposition belongs to the time and opens no phrase of place.
        if changed[i] == "P" and changed[i + 1] == "T" and tokens.lower[i] in _TIME_PREPOSITIONS:
            changed[i] = "T"
    return "".join(changed)


def _within_noun_phrase(i: int, tags: str) -> bool:
    """ "The Monday cattle market": a day that only tells which one."""
    return tags[i] == "T" and tags[i - 1 : i] in ("D", "J") and tags[i + 1 : i + 2] in ("N", "J", "E")


_TIME_PREPOSITIONS = frozenset("on in at by since until during before after late early over".split())


def _read_sentence(sentence: str, number: int, offset: int, names: Scene, memory: Memory) -> list[Told]:
    clauses, times = parse_sentence(sentence, offset=offset)
    entities = Entities(clauses, names, memory)
    entities.look_over()
    frames = Frames(clauses, entities).find()
    standings = Standings(clauses)
    clock = _Clock(clauses, times, offset, names, sentence)
    told = [_told(frame, number, clauses, entities, standings, clock) for frame in frames]
    _remember_actors(clauses, entities, memory)
    return [each for each in told if each is not None]


def _remember_actors(clauses: Clauses, entities: Entities, memory: Memory) -> None:
    """Whom "they" means in the next sentence: the actor that is this sentence's subject."""
    for verb in clauses.verbs:
        if verb.link is Link.MAIN and verb.subject and not verb.reports:
            found = [entities.of(noun) for noun in verb.subject]
            if all(entity.sort is Sort.ACTOR for entity in found):
                memory.actors = tuple(actor for entity in found for actor in entity.actors)
                return
    memory.actors = ()


def _told(
    frame: Frame, number: int, clauses: Clauses, entities: Entities, standings: Standings, clock: "_Clock"
) -> Told | None:
    verb = frame.verb or frame.told_by
    standing = standings.of(verb) if verb is not None else Standing(Modality.OCCURRED)
    if frame.verb is None:
        standing = _of_noun(frame, standing, clauses)
    if _FICTION.search(clock.sentence) or (frame.kind is Kind.CASUALTIES and _NO_WAR.search(clock.sentence)):
        return None
    if frame.kind is Kind.CLASH and frame.verb is None and verb is not None and verb.lemma in _FAILS:
        standing = replace(standing, modality=weaker(standing.modality, Modality.ATTEMPTED))
    when = clock.when(frame)
    background = _is_background(frame, when, clock)
    modality = (
        Modality.HISTORICAL
        if background and standing.modality in (Modality.OCCURRED, Modality.ONGOING)
        else standing.modality
    )
    return Told(
        frame,
        number,
        standing,
        modality,
        _attribution(standing, clauses, entities),
        when,
        background,
        standing.negated,
        clauses,
        entities,
    )


_HEARD = frozenset("reported alleged claimed supposed purported rumoured rumored".split())


def _of_noun(frame: Frame, standing: Standing, clauses: Clauses) -> Standing:
    """An event told as a noun: who announces it says it, and "the reported capture" is hearsay."""
    if not _HEARD.isdisjoint(clauses.tokens.lower[frame.first : frame.last]):
        standing = replace(standing, hearsay=True)
    teller = frame.told_by
    if standing.speaker is None and teller is not None and teller.reports and agents(teller):
        return replace(standing, speaker=agents(teller)[0])
    return standing


_FAILS = frozenset("fail falter stall collapse founder".split())  # what "the attack failed" says of the attack


def _attribution(standing: Standing, clauses: Clauses, entities: Entities) -> Attribution:
    if standing.speaker is not None:
        return attribute(standing.speaker, clauses, entities)
    return Attribution(Claimant.UNNAMED) if standing.hearsay else Attribution()


def _is_background(frame: Frame, when: When, clock: "_Clock") -> bool:
    """What is long past, or only describes its noun and has no recent date of its own."""
    if _LONG_AGO.search(clock.sentence):
        return True
    if when.start is not None and clock.written is not None:
        return clock.written - (when.end or when.start) > NEWS
    if when.start is not None or when.as_written.isdigit():
        return when.as_written.isdigit()
    if frame.kind is Kind.CASUALTIES and _is_running_total(frame, clock):
        return True
    if frame.verb is None or frame.people or frame.change in (Change.HELD, Change.BESIEGED):
        return frame.verb is not None and _was_brief(frame.verb, clock)
    if frame.kind is Kind.TERRITORY and frame.verb.link is Link.ADVERBIAL:
        return frame.verb.opener in _DATING  # "since Kobane fell": the clause dates something else by a thing known
    return frame.verb.link in (Link.REDUCED, Link.RELATIVE) or _was_brief(frame.verb, clock)


_OPENERS = frozenset("after before when while as since until".split())
_LONG_AGO = re.compile(
    r"\b(?:in|of|since|during) (?:1[0-8]\d\d|19[0-7]\d)\b|\bcentur(?:y|ies)\b|\bWorld War\b"
    r"|\b(?:previously|formerly|once) (?:been |was |were )?(?:held|controlled)\b"
)
_NO_WAR = re.compile(
    r"\b(?:heart attack|illness|disease|cholera|cancer|earthquake|flood|tsunami|traffic|crash)", re.IGNORECASE
)
_FICTION = re.compile(
    r"\b(?:film|movie|novel|documentary|video game|board game|TV series|television series|thriller|bestseller)\b",
    re.IGNORECASE,
)


def _is_running_total(frame: Frame, clock: "_Clock") -> bool:
    """ "The war has killed 64,000 people since 2027": a sum over the war is no toll of the day (DOMAIN trap 3)."""
    verb = frame.verb
    if verb is None:
        return False
    lower = clock.clauses.tokens.lower
    whole = any(lower[noun.head] in _WHOLE_WAR for noun in verb.subject if not verb.passive)
    since = "since" in lower[verb.last :] and not _RECENT.search(clock.sentence)
    perfect = any(word in ("has", "have", "'ve") for word in verb.auxiliaries)
    return whole or (since and perfect) or (verb.link is Link.RELATIVE and bool(_WAR_IN_WHICH.search(clock.sentence)))


_WHOLE_WAR = frozenset("war conflict uprising insurgency crisis rebellion violence unrest".split())
_WAR_IN_WHICH = re.compile(r"\b(?:war|conflict|siege|uprising|campaign)\b[^.]{0,60}\b(?:in which|that has|which has)\b")
_RECENT = re.compile(
    r"\bsince (?:late |early )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bsince (?:yesterday|dawn)\b", re.I
)
_DATING = ("since", "after", "when")


def _was_brief(verb: Verb, clock: "_Clock") -> bool:
    """ "Briefly captured": told with its end."""
    return "briefly" in clock.clauses.tokens.lower[max(0, verb.first - 2) : verb.last + 1]


class _Clock:
    """Gives each frame the time that its own clause names."""

    def __init__(self, clauses: Clauses, times: list[TimeExpression], offset: int, names: Scene, sentence: str) -> None:
        self.clauses = clauses
        self.written = names.written
        self.all = times
        self.offset = offset
        self.sentence = sentence
        self.times: dict[int, TimeExpression] = {}
        nearest: dict[int, float] = {}
        for time in times:
            found = self._nearest(time, offset)
            if found is not None and found[1] < nearest.get(found[0].head, math.inf):
                self.times[found[0].head], nearest[found[0].head] = time, found[1]

    def when(self, frame: Frame) -> When:
        """The time of a frame: its verb's own, that of the verb it hangs on, or that of what describes its place."""
        if (named := self._opened_by_time(frame.verb)) is not None:
            return dates.resolve(named, written=self.written)
        beside = self._beside(frame) if frame.kind is Kind.CASUALTIES else []
        for verb in (
            frame.verb or frame.told_by,
            frame.describing,
            *self._governors(frame),
            *self._hanging_on(frame),
            *beside,
        ):
            if verb is not None and verb.head in self.times:
                return dates.resolve(self.times[verb.head], written=self.written)
        return When(as_written=self._order(frame))

    def _opened_by_time(self, verb: Verb | None) -> TimeExpression | None:
        """ "In March 2029, when the army recaptured the city": the clause is about the time right before it."""
        if verb is None or verb.opener != "when":
            return None
        tokens = self.clauses.tokens
        at = next((i for i in range(verb.first - 1, -1, -1) if tokens.lower[i] == "when"), 0)
        before = at - 2 if self.clauses.tags[at - 1 : at] == "," else at - 1
        if before < 0 or self.clauses.tags[before] != "T":
            return None
        end = tokens.ends[before] - self.offset
        return next((time for time in self.all if time.start < end <= time.end + 1), None)

    def _hanging_on(self, frame: Frame) -> list[Verb]:
        """A participle behind its verb shares its time ("took the town in April, strengthening their position")."""
        return [
            verb
            for verb in self.clauses.verbs
            if verb.link is Link.PARTICIPLE and verb.governor is frame.verb is not None
        ]

    def _beside(self, frame: Frame) -> list[Verb]:
        """What killed and what was killed share a time ("killed when rebels attacked X on Sunday")."""
        linked = (Link.ADVERBIAL, Link.PARTICIPLE, Link.REDUCED)
        after = frame.verb.head if frame.verb is not None else 0
        return [verb for verb in self.clauses.verbs if verb.link in linked and verb.head > after]

    def _governors(self, frame: Frame) -> Iterator[Verb]:
        verb = frame.verb
        while verb is not None and verb.governor is not None and verb.link in (Link.INFINITIVE, Link.PARTICIPLE):
            verb = verb.governor
            yield verb

    def _order(self, frame: Frame) -> str:
        """ "Initially" and the like order a history where no date does."""
        words = self.clauses.tokens.lower
        return next((word for word in ("initially", "earlier", "later", "finally") if word in words[:3]), "")

    def _nearest(self, time: TimeExpression, offset: int) -> tuple[Verb, float] | None:
        """The verb that an expression of time belongs to, and how far it is."""
        starts = self.clauses.tokens.starts
        at = next((i for i, start in enumerate(starts) if start - offset >= time.start), len(starts) - 1)
        measured = [(verb, self._distance(verb, at)) for verb in self.clauses.verbs]
        return min(measured, key=lambda pair: pair[1], default=None)

    def _distance(self, verb: Verb, at: int) -> float:
        low, high = (verb.last, at) if at >= verb.last else (at, verb.first)
        between = self.clauses.tags[low:high]
        crossed = sum(low <= other.head < high for other in self.clauses.verbs if other is not verb)
        # A clause boundary is worth more than a few words: a time rarely reaches over one.
        openers = sum(word in _OPENERS for word in self.clauses.tokens.lower[low:high])
        return (
            len(between) + 4 * sum(between.count(mark) for mark in ",;") + 12 * (crossed + openers + between.count("K"))
        )
