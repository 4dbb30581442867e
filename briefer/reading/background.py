"""What a sentence tells that is no news: history, running totals of a war, descriptions, illness and fiction.

In: a `Frame` with its time, and its sentence. Out: whether it is background, or no war at all.
"""

import calendar
import re
from datetime import date, timedelta

from briefer.reading.frame import Frame
from briefer.reading.phrases import Clauses, Link, Verb
from briefer.types import Change, Kind, When

NEWS = timedelta(days=31)
"""What is dated further back than this from the day of writing is background (DOMAIN trap 4)."""

_LONG_AGO = re.compile(
    r"\b(?:in|of|since|during) (?:1[0-8]\d\d|19[0-7]\d)\b|\bcentur(?:y|ies)\b|\bWorld War\b"
    r"|\b(?:previously|formerly|once) (?:been |was |were )?(?:held|controlled)\b"
)
_ILL_OR_HURT = re.compile(
    r"\b(?:heart attack|illness|disease|cholera|cancer|earthquake|flood|tsunami|traffic|crash)", re.IGNORECASE
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_FICTION = re.compile(
    r"\b(?:film|movie|novel|documentary|video game|board game|TV series|television series|thriller|bestseller)\b",
    re.IGNORECASE,
)
_WHOLE_WAR = frozenset("war conflict uprising insurgency crisis rebellion violence unrest".split())
_WAR_IN_WHICH = re.compile(r"\b(?:war|conflict|siege|uprising|campaign)\b[^.]{0,60}\b(?:in which|that has|which has)\b")
_RECENT = re.compile(
    r"\bsince (?:late |early )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bsince (?:yesterday|dawn)\b", re.IGNORECASE
)
_PERFECT = frozenset(["has", "have", "'ve"])
_DATING = ("since", "after", "when")


def is_no_war(frame: Frame, sentence: str) -> bool:
    """Whether the words are of a film, or of people who died of something else."""
    if _FICTION.search(sentence):
        return True
    return frame.kind is Kind.CASUALTIES and _ILL_OR_HURT.search(sentence) is not None


def is_background(frame: Frame, when: When, *, written: date | None, sentence: str, clauses: Clauses) -> bool:
    """What is long past, or only describes its noun and has no recent date of its own."""
    if _LONG_AGO.search(sentence):
        return True
    if frame.verb is not None and written is not None and _is_of_month_past(frame.verb, written, clauses):
        return True
    if when.start is not None and written is not None:
        return written - (when.end or when.start) > NEWS
    if when.start is not None or when.as_written.isdigit():
        return when.as_written.isdigit()
    if frame.verb is None:
        return False
    if frame.kind is Kind.CASUALTIES and _is_running_total(frame.verb, sentence, clauses):
        return True
    return _is_in_passing(frame, frame.verb, clauses)


def _is_of_month_past(verb: Verb, written: date, clauses: Clauses) -> bool:
    """Whether what did it is of another month: in April, "December's strike killed 52" is no news."""
    lower = clauses.tokens.lower
    months = [lower[i] for noun in verb.subject for i in range(noun.first, noun.head) if lower[i + 1] == "'s"]
    return any(month in _MONTHS and _MONTHS[month] != written.month for month in months)


def _is_in_passing(frame: Frame, verb: Verb, clauses: Clauses) -> bool:
    """Whether the clause tells its happening only to say which place or time is meant, or with its end."""
    if frame.people or frame.change in (Change.HELD, Change.BESIEGED):
        return _was_brief(verb, clauses)
    if frame.kind is Kind.TERRITORY and verb.link is Link.ADVERBIAL:
        return verb.opener in _DATING  # "since Kobane fell": the clause dates something else by a thing known
    return verb.link in (Link.REDUCED, Link.RELATIVE) or _was_brief(verb, clauses)


def _is_running_total(verb: Verb, sentence: str, clauses: Clauses) -> bool:
    """A sum over the war is no toll of the day: "the war has killed 64,000 people since 2027" (DOMAIN trap 3)."""
    lower = clauses.tokens.lower
    whole = any(lower[noun.head] in _WHOLE_WAR for noun in verb.subject if not verb.passive)
    since = "since" in lower[verb.last :] and not _RECENT.search(sentence)
    perfect = not _PERFECT.isdisjoint(verb.auxiliaries)
    return whole or (since and perfect) or (verb.link is Link.RELATIVE and bool(_WAR_IN_WHICH.search(sentence)))


def _was_brief(verb: Verb, clauses: Clauses) -> bool:
    """Whether it is told with its end ("briefly captured")."""
    return "briefly" in clauses.tokens.lower[max(0, verb.first - 2) : verb.last + 1]
