"""When a frame happened, by its own clause: each expression of time belongs to the verb that it stands nearest to.

In: the `Clauses` of a sentence, its expressions of time and the day of writing. Out: the `When` of each frame.
"""

import math
import re
from collections.abc import Iterator
from datetime import date

from briefer.reading import dates
from briefer.reading.background import NEWS
from briefer.reading.dates import TimeExpression
from briefer.reading.frame import Frame
from briefer.reading.phrases import Clauses, Link, Verb
from briefer.types import DatePrecision, Kind, When

_IN = re.compile(r"\b(?:in|during)(?: \w{0,3})?\Z", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|after|from|until|despite|under|like)\b", re.IGNORECASE)
_OPENERS = frozenset("after before when while as since until".split())
_ORDERS = ("initially", "earlier", "later", "finally")
_BOUNDARY = 12  # tokens: a clause boundary is worth more than a few words, a time rarely reaches over one
_COMMA = 4


class Clock:
    """Gives each frame the time that its own clause names."""

    def __init__(
        self, clauses: Clauses, times: list[TimeExpression], *, sentence: str, offset: int, written: date | None
    ) -> None:
        self.clauses = clauses
        self._sentence = sentence
        self.written = written
        self._times = times
        self._offset = offset
        self._by_head: dict[int, TimeExpression] = {}
        nearest: dict[int, float] = {}
        for time in times:
            verb, distance = self._nearest(time)
            if verb is not None and distance < nearest.get(verb.head, math.inf):
                self._by_head[verb.head], nearest[verb.head] = time, distance

    def when(self, frame: Frame, *, future: bool = False) -> When:
        """The time of a frame: its verb's own, that of the verb it hangs on, or that of what describes its place."""
        if (named := self._opened_by_time(frame.verb)) is not None:
            return dates.resolve(named, written=self.written)
        for verb in self._timed_with(frame):
            if verb.head in self._by_head:
                # Of "vowed on Monday to attack" the vow is no deed to come.
                ahead = future and verb is frame.verb and "have" not in verb.auxiliaries
                return dates.resolve(self._by_head[verb.head], written=self.written, future=ahead)
        if (old := self.long_past_before(frame.verb)) is not None and _IN.search(self._sentence[: old.start + 3]):
            return dates.resolve(old, written=self.written)
        return When(as_written=self._order())

    def long_past_before(self, verb: Verb | None) -> TimeExpression | None:
        """The year or month long past that stands with the main verb before a clause, and is that of the clause too.

        "The truce of May 2030 broke down when a bus was shelled"; it is the one time of its sentence.
        """
        hangs = verb is not None and verb.link in (Link.ADVERBIAL, Link.PARTICIPLE)
        if verb is None or not hangs or verb.opener == "since" or len(self._times) != 1 or self.written is None:
            return None
        time, when = self._times[0], dates.resolve(self._times[0], written=self.written)
        owners = [other for other in self.clauses.verbs if self._by_head.get(other.head) is time]
        main = any(other.link is Link.MAIN and not other.reports and other.head < verb.head for other in owners)
        before = time.end <= self.clauses.tokens.starts[verb.first] - self._offset
        if not main or not before or when.start is None or when.end is None or when.precision is DatePrecision.DAY:
            return None
        since = _SINCE.search(self._sentence[: time.end])
        return time if self.written - when.end > NEWS and not since else None

    def _timed_with(self, frame: Frame) -> Iterator[Verb]:
        """The verbs whose time is the frame's, the surest first."""
        yield from (verb for verb in (frame.verb or frame.told_by, frame.describing) if verb is not None)
        yield from _governors(frame.verb)
        yield from self._hanging_on(frame.verb)
        if frame.kind is Kind.CASUALTIES:
            yield from self._beside(frame.verb)

    def _opened_by_time(self, verb: Verb | None) -> TimeExpression | None:
        """The time right before a clause with "when" ("In March 2029, when the army recaptured the city")."""
        if verb is None or verb.opener != "when":
            return None
        tokens, tags = self.clauses.tokens, self.clauses.tags
        at = next((i for i in range(verb.first - 1, -1, -1) if tokens.lower[i] == "when"), 0)
        before = at - 2 if tags[at - 1 : at] == "," else at - 1
        if before < 0 or tags[before] != "T":
            return None
        end = tokens.ends[before] - self._offset
        return next((time for time in self._times if time.start < end <= time.end + 1), None)

    def _hanging_on(self, governor: Verb | None) -> Iterator[Verb]:
        """The participles of a verb, which share its time ("took the town in April, strengthening their position")."""
        hanging = (verb for verb in self.clauses.verbs if verb.link is Link.PARTICIPLE)
        yield from (verb for verb in hanging if verb.governor is governor is not None)

    def _beside(self, deadly: Verb | None) -> Iterator[Verb]:
        """What killed and what was killed share a time ("killed when rebels attacked X on Sunday")."""
        linked = (Link.ADVERBIAL, Link.PARTICIPLE, Link.REDUCED)
        after = deadly.head if deadly is not None else 0
        yield from (verb for verb in self.clauses.verbs if verb.link in linked and verb.head > after)

    def _order(self) -> str:
        """The word that orders a history where no date does ("initially"), "" for none."""
        words = self.clauses.tokens.lower[:3]
        return next((word for word in _ORDERS if word in words), "")

    def _nearest(self, time: TimeExpression) -> tuple[Verb | None, float]:
        """The verb that an expression of time belongs to, and how far it is."""
        starts = self.clauses.tokens.starts
        at = next((i for i, start in enumerate(starts) if start - self._offset >= time.start), len(starts) - 1)
        measured = [(verb, self._distance(verb, at)) for verb in self.clauses.verbs]
        return min(measured, key=lambda pair: pair[1], default=(None, math.inf))

    def _distance(self, verb: Verb, at: int) -> float:
        """How many tokens lie between a verb and a time, marks and boundaries of clauses counting for more."""
        low, high = (verb.last, at) if at >= verb.last else (at, verb.first)
        between = self.clauses.tags[low:high]
        crossed = sum(low <= other.head < high for other in self.clauses.verbs if other is not verb)
        openers = sum(word in _OPENERS for word in self.clauses.tokens.lower[low:high])
        marks = between.count(",") + between.count(";")
        return len(between) + _COMMA * marks + _BOUNDARY * (crossed + openers + between.count("K"))


def _governors(verb: Verb | None) -> Iterator[Verb]:
    """The verbs that an infinitive or participle hangs on."""
    while verb is not None and verb.governor is not None and verb.link in (Link.INFINITIVE, Link.PARTICIPLE):
        verb = verb.governor
        yield verb
