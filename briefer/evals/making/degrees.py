"""Edits of how much and of since when: exaggeration, background told as new, a past state told as of now."""

import re
from collections.abc import Iterator

from briefer.evals.making.lie import Draft, Draw
from briefer.evals.making.line import Line, is_plural, sentence, within
from briefer.evals.making.page import Page, keys
from briefer.evals.making.tables import graver
from briefer.reading.article import Told, read
from briefer.reading.names import fold
from briefer.types import REAL, Change

_PAST_YEAR = re.compile(
    r",? ?\b(?:in|back in|as early as)(?: (?:early|mid|late|the \w+ of))?(?: [A-Z][a-z]+)?,?"
    r" (?P<year>(?:19|20)\d\d)\b,?"
    r"|,? ?\bon [A-Z][a-z]+ \d{1,2},? (?P<other>(?:19|20)\d\d)\b,?"
    r"|\b(?:last year|two years ago|a year ago)\b(?! ?['’]s)"
)
_NOT = re.compile(r"\b(?:no|none|not|neither|nor|never|nobody|over half)\b", re.IGNORECASE)
_TAKEN = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.ENTERED, Change.HELD})
_GONE = frozenset({Change.CAPTURED, Change.RECAPTURED, Change.WITHDREW, Change.LOST, Change.HANDED_OVER})


def exaggerated(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """More, graver or for good; of what did not happen, more is no lie."""
    if _NOT.search(line.text):
        return
    for row in graver():
        for found in row.pattern.finditer(line.text):
            words = row.words if found[0].endswith(" ") or not row.words.endswith(" ") else row.words.rstrip()
            yield Draft(line.swap([(*found.span(), words)]), f"{found[0]} → {words or 'nothing'}")


def as_new(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """A thing of a past year without its date, or on the day of writing."""
    written = page.scene.written
    for found in _PAST_YEAR.finditer(line.text):
        year = found["year"] or found["other"]
        if year is not None and not _is_past(int(year), page):
            continue
        if written is not None:
            yield Draft(_on(line, found, f" on {written:%A}"), f"{found[0].strip(' ,')} → {written:%A}")
        # In a subordinate clause a date that is dropped leaves what is told true.
        if sum(verb.finite for verb in line.clauses.verbs) == 1:
            yield Draft(_on(line, found, " "), f"dropped {found[0].strip(' ,')!r}")


def _is_past(year: int, page: Page) -> bool:
    """Whether a year is before the article's own; where nobody knows that, whether the article has a later one."""
    if page.scene.written is not None:
        return year < page.scene.written.year
    return any(1900 < value < 2100 and value > year for value in page.values)


def _on(line: Line, found: re.Match[str], words: str) -> str:
    closed = "," if found[0].endswith(",") and not found[0].startswith(",") else ""
    return line.swap([(*found.span(), f"{words.rstrip()}{closed} ")])


def still(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Who took a place and lost it again in the article holds it now."""
    for taken, lost in stale(page):
        actors, place = taken.frame.actors, _place(taken)
        if not actors or place not in line.text or fold(place) == fold(actors[0].name):
            continue
        who = actors[0].name
        who = who if who.lower().startswith("the ") or (who[:1].isupper() and " " not in who) else f"the {who}"
        edit = f"{place}: taken in sentence {taken.sentence}, lost in {lost.sentence}"
        yield Draft(sentence(f"{place} is now in the hands of {within(who)}"), edit, sentence=taken.sentence)

    for number, subject, thing in undone(page):
        if not keys(subject).isdisjoint(keys(line.text)) or not keys(thing).isdisjoint(keys(line.text)):
            be = "are" if is_plural(subject.split(" of ")[0].split()[-1].lower()) else "is"
            yield Draft(
                sentence(f"{subject} {be} in control of {thing}"),
                f"what sentence {number} tells is undone",
                sentence=number,
            )


_TAKES = frozenset("capture seize take retake overrun enter occupy recapture regain storm reoccupy".split())
_LOST = re.compile(
    r"\b(?:driven out|drove [^.]{0,50} out|lost (?:it|them|control|[^.]{0,30}again)|(?:pushed|forced|pulled) out)\b"
)
_RETAKEN = re.compile(r"\b(?:retook|retaken|recaptured|regained|won [^.]{0,30} back|took [^.]{0,30} back)\b")
_IN_VAIN = re.compile(r"\b(?:fail\w*|tried|try|attempt\w*|vain|not|unable|no|never|if|will|would)\b")
_TURNS = re.compile(r"\b(?:but|before|until|only to|and then|and(?= lost))\b")


def undone(page: Page) -> Iterator[tuple[int, str, str]]:
    """Who took what, by the words of a sentence, where that sentence or one near it tells how it was lost."""
    for number, text in enumerate(page.sentences[:-1]):
        line = Line(text)
        for verb in line.clauses.verbs:
            if verb.lemma in _TAKES and verb.subject and verb.objects and not verb.passive and not verb.negated:
                thing = line.words(verb.objects[0].first, verb.objects[-1].last)
                subject = line.words(verb.subject[0].first, verb.subject[-1].last)
                had = verb.auxiliaries == ("had",)
                plain = not verb.auxiliaries and line.clauses.tags[verb.head] == "d" and verb.finite
                if (had or plain) and _is_lost(page, number, text[line.end(verb.head) :], thing, had=had):
                    yield number, subject, thing
                break


def _is_lost(page: Page, number: int, behind: str, thing: str, *, had: bool) -> bool:
    """Whether the rest of the sentence or one near it tells that the thing was lost again, and not only tried."""
    turn = _TURNS.search(behind)
    if turn is not None and _is_told_lost(behind[turn.end() :]):
        return True
    first = max(0, number - 3) if had else number + 1
    near = page.sentences[first : min(number + 4, len(page.sentences) - 1)]
    own = keys(thing)
    return any(_is_told_lost(each) and own <= keys(each) for each in near if each != page.sentences[number])


def _is_told_lost(text: str) -> bool:
    return (_LOST.search(text) or _RETAKEN.search(text)) is not None and _IN_VAIN.search(text) is None


def stale(page: Page) -> list[tuple[Told, Told]]:
    """A place taken, and later in the article lost by those who took it or taken by others."""
    _, told = read(page.article)
    real = [each for each in told if each.modality in REAL and not each.negated and _place(each)]
    return [
        (one, other)
        for one in real
        for other in real
        if one.frame.change in _TAKEN
        and other.frame.change in _GONE
        and other.sentence > one.sentence
        and fold(_place(one)) == fold(_place(other))
        and _is_undone(one, other)
    ]


def _is_undone(one: Told, other: Told) -> bool:
    mine = {fold(actor.canonical) for actor in one.frame.actors}
    theirs = {fold(actor.canonical) for actor in other.frame.actors}
    if not mine:
        return False
    gives = other.frame.change in (Change.WITHDREW, Change.LOST, Change.HANDED_OVER)
    return (not mine.isdisjoint(theirs)) if gives else bool(theirs) and mine.isdisjoint(theirs)


def _place(told: Told) -> str:
    return told.frame.where.spot.name if told.frame.where is not None else ""
