"""Signs in how far the words reach and what they are worth: extent, bearings, history, reversals, comments, satire.

In: `Held`. Out: signs by name, 0 or 1.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from briefer.reading.comments import is_comment
from briefer.reading.orders import orders
from briefer.reading.phrases import is_bearing
from briefer.types import DatePrecision, When
from briefer.verify.statements.held import Held
from briefer.verify.statements.keys import PRONOUN, Keys
from briefer.verify.statements.lines import Line
from briefer.verify.statements.listed import listed
from briefer.verify.statements.meanings import are_opposed

_WHOLE = frozenset("all every entire whole entirely completely fully most majority".split())
_PART = listed("parts")
_NOT = frozenset("not no n't never neither nor without none nobody nothing cannot".split())
_PLANS = listed("plans")
_MORE_PLANS = listed("plans more")
_DENIALS = listed("denials")
_PLAINLY_NOT = frozenset("not n't never failed fails".split())
_LESS = listed("limits")
"""Words that say what a "not" may say in other words."""
_OLD = timedelta(days=31)
_AGO = re.compile(
    r"\b(?:a|one|two|three|four|five|ten|\d+) (?:years?|months?|decades?) (?:ago|earlier|before)\b"
    r"|\blast (?:year|month)\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:correct(?:s|ed|ion)|retract(?:s|ed|ion)?"
    r"|withdr(?:aws|ew|awn) (?:that|the|its|this|our) (?:report|story|claim|article|dispatch|statement)"
    r"|erroneous(?:ly)?|in error|wrongly|(?:was|were) (?:not true|false|wrong|untrue)|no longer stands)\b",
    re.IGNORECASE,
)
_BOUNDED = listed("bounds")
_UNSERIOUS = re.compile(
    r"\b(?:satir|humou?r|parod|joke|opinion|column|letters? (?:to|from)|fiction|editorial|horoscope|advert|sponsored"
    r"|cartoon)",
    re.I,
)
_REACH = 3
"""Tokens behind a bearing in which stands what it is said of."""
_ENOUGH = 3
"""Words that a denial has in common with a statement that it denies."""
_TURNS = frozenset("but until before however although though".split())
_LITTLE = 0.25
"""The share of a half of a line that a statement has at most where it leaves that half out."""
_CLOSE = 0.3
"""How close a line must be for its time to be that of the statement."""
_RARE = 2.0
_SHORT = 6
"""Words of a line that takes back the one before it ("That was false.") at most."""


def of_scope(held: Held) -> dict[str, float]:
    """How far the statement reaches, beside the evidence."""
    claim, base, lines = held.claim.lower, held.evidence.base.lower, held.evidence.lower
    found = {
        "stretched": bool((claim & _WHOLE) - lines) and bool(base & _PART),
        "half_told": _is_half_told(held),
        "not_alone": bool(claim & _PLAINLY_NOT) and not _says_less(lines),
        "not_less": bool(base & _NOT) and not claim & _NOT,
        "bearing_other": _bearing_other(held),
        "opposed_word": _opposed_word(held),
        "opposed_near": _opposed_word(held, near=True),
        "plan_near": bool(base & _PLANS) and not claim & (_PLANS | _MORE_PLANS),
        "denial_near": _is_denied(held) and not claim & _DENIALS,
    }
    return {**{name: float(value) for name, value in found.items()}}


def _bearing_other(held: Held) -> bool:
    """Whether another side of the same thing is told: the northern edge for the southern, north of it for south."""
    mine, told = dict(_bearings(held.claim)), [pair for line in held.evidence.lines for pair in _bearings(line)]
    same = {thing for thing, bearing in told if mine.get(thing) == bearing}
    return any(thing in mine and thing not in same for thing, _ in told)


def _bearings(line: Line) -> Iterator[tuple[str, str]]:
    """Each word that follows a bearing, with the bearing."""
    lower = line.clauses.tokens.lower
    for at, word in enumerate(lower):
        if is_bearing(word):
            behind = next((each.key for each in line.words if at < each.at <= at + _REACH), "")
            if behind:
                yield behind, word.removesuffix("ern")


def _is_denied(held: Held) -> bool:
    """Whether what stands behind a word of denial in the nearest line is what the statement tells."""
    base = held.evidence.base
    at = next((at for at, word in enumerate(base.clauses.tokens.lower) if word in _DENIALS), -1)
    behind = {word.key for word in base.words if word.at > at}
    return at >= 0 and len(behind & held.claim.keys) >= _ENOUGH


def _says_less(words: Keys) -> bool:
    """Whether some words deny or limit something."""
    return not words.isdisjoint(_NOT | _LESS) or any(
        word.startswith(("un", "in", "dis")) for word in words if len(word) > 5
    )


def _opposed_word(held: Held, *, near: bool = False) -> bool:
    """Whether a word that the evidence lacks is the opposite of one that the nearest line has, or any with `near`."""
    left = [word for word in held.telling if held.holds(word) == 0]
    lines = held.evidence.lines if near else held.evidence.lines[:1]
    told = [word for line in lines for word in line.words if not word.proper and word.key not in held.claim.keys]
    return any(are_opposed(one.text.lower(), other.text.lower()) for one in left for other in told)


def of_worth(held: Held) -> dict[str, float]:
    """What the evidence is worth: told of long ago, undone since, or no report at all."""
    found = {
        "old": _is_old(held),
        "old_page": _is_of_old_page(held),
        "undone": _is_undone(held),
        "taken_back": _is_taken_back(held),
        "ordered": any(orders(line.text) for line in held.evidence.lines),
        "comment": is_comment(held.evidence.page.article, held.evidence.places[0].number),
        "unserious": _is_unserious(held),
    }
    return {name: float(value) for name, value in found.items()}


def _is_old(held: Held) -> bool:
    """Whether the nearest line is of a time long past that the statement does not name."""
    base, written = held.evidence.base, held.evidence.page.written
    if max(held.closeness, held.copied) < _CLOSE:
        return False
    past = [when for when in base.days if written and when.end and written - when.end > _OLD and not _lasts(when)]
    fresh = [when for when in base.days if written and when.end and written - when.end <= _OLD]
    ago = _AGO.search(base.text) is not None
    if (not past and not ago) or fresh:
        return False
    years = {str(when.end.year) for when in past if when.end}
    mine = {when.as_written for when in held.claim.days if when.end and written and written - when.end > _OLD}
    return not mine and not any(year in held.claim.text for year in years) and not _AGO.search(held.claim.text)


def _lasts(when: When) -> bool:
    return when.as_written.lower().startswith("since")


def _is_of_old_page(held: Held) -> bool:
    days = [page.written for page in held.sources.pages if page.written is not None]
    written = held.evidence.page.written
    if written is None or not days or max(days) - written <= _OLD:
        return False
    return not any(
        when.start and when.precision is not DatePrecision.UNKNOWN and abs(when.start - written) <= _OLD
        for when in held.claim.days
    )


def _is_undone(held: Held) -> bool:
    """Whether what follows in the article undoes what is told, and the statement sets itself no end."""
    if not _BOUNDED.isdisjoint(held.claim.lower):
        return False
    lemmas = {deed.lemma for deed in held.claim.deeds if not deed.reports}
    rare = {key for key in held.claim.keys if held.sources.weight(key) > _RARE}
    for line in _behind(held):
        near = rare & line.keys or PRONOUN in frozenset().union(*(deed.keys for deed in line.deeds))
        if near and any(are_opposed(lemma, deed.lemma) for lemma in lemmas for deed in line.deeds):
            return True
    return False


def _is_half_told(held: Held) -> bool:
    """Whether the nearest line goes on with a "but" or an "until", of which the statement has nothing."""
    base = held.evidence.base
    at = next((at for at, word in enumerate(base.clauses.tokens.lower) if word in _TURNS), -1)
    before = [word.key for word in base.words if word.at < at]
    behind = [word.key for word in base.words if word.at > at]
    if at < 0 or len(before) < _ENOUGH or len(behind) < _ENOUGH or not _BOUNDED.isdisjoint(held.claim.lower):
        return False
    return _share(before, held) >= 2 * _LITTLE and _share(behind, held) <= _LITTLE


def _share(keys: list[str], held: Held) -> float:
    return sum(key in held.claim.keys for key in keys) / len(keys)


def _behind(held: Held) -> Iterator[Line]:
    place = held.evidence.places[0]
    last = len(held.evidence.page.article.sentences)
    for number in range(place.number + 1, min(last, place.number + 4)):
        line = held.evidence.page.line(number)
        if all(line is not other for other in held.evidence.lines):
            yield line


def _is_taken_back(held: Held) -> bool:
    if _TAKEN_BACK.search(held.claim.text):
        return False
    if _TAKEN_BACK.search(held.evidence.base.text) and not held.claim.lower & _OF_RECORD:
        return True
    behind = next(_behind(held), None)
    return behind is not None and len(behind.words) <= _SHORT and _TAKEN_BACK.search(behind.text) is not None


_OF_RECORD = frozenset("earlier report reported agency version page edition".split())


def _is_unserious(held: Held) -> bool:
    article = held.evidence.page.article
    return _UNSERIOUS.search(f"{article.title} {article.outlet}") is not None
