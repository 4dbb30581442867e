"""A sentence in, the numbers that count something out: by value, with their bounds.

A `Number` is an interval. Exact numbers have low, best and high alike; "about 20" has only a best; "at least 20" only
a low, "more than 20" a low of 21, "up to 20" only a high, "between 10 and 15" a low and a high. Words of unknown size
have a low that no reader would call too high: dozens 24, scores 40, hundreds 200, thousands 2,000, several or a few 3,
several hundred 200. What names, dates or codes hold ("T-72", "Resolution 1973", "4th Division", "6:30", "March 4",
"2015") is no number here. "One" counts only before the thing that it counts ("one soldier", "one killed"), never as a
pronoun ("one of the", "no one"). Numbers with a unit other than the count of things say so in `unit`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from briefer.reading.number_context import BOUND, LOOK, WORD_BEFORE, dated, glued, named, scale_suffix
from briefer.reading.spelled import ONES, PARTS, PLURALS, SCALES, TENS, spell
from briefer.reading.wordlists import plain_words, sections


class Unit(StrEnum):
    """What a number measures; COUNT counts people or things. Percentages and fractions are given in percent."""

    COUNT = ""
    PERCENT = "percent"
    FRACTION = "fraction"
    MONEY = "money"
    LENGTH = "length"
    WEIGHT = "weight"
    DURATION = "duration"
    AGE = "age"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text: `text[start:end]` is `as_written`, with its "at least" and "or more", without its unit.

    `low`, `best` and `high` are whole numbers (decimals are rounded), None where the text does not say.
    """

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    as_written: str
    approximate: bool = False
    unit: Unit = Unit.COUNT


_WORD = "|".join(sorted([*ONES, *TENS, *SCALES], key=len, reverse=True))
_SCALE = "|".join(SCALES)
_PLURAL = "|".join(PLURALS)
_FEW = r"several|an?\s+few|an?\s+handful(?:\s+of)?|an?\s+couple(?:\s+of)?|an?\s+pair\s+of|few"
_DIGITS = (
    r"(?P<digits>[0-9]{1,3}(?:[,\u00a0\u202f ][0-9]{3})+(?![0-9])|[0-9]+)(?P<decimals>\.[0-9]+)?"
    rf"(?P<digit_scale>[\s-]+(?:{_SCALE})\b)?"
)
_CORE = re.compile(
    _DIGITS + r"|(?<![\w-])(?:"
    r"(?P<numerator>one|two|three|four|five|nine|an?)[\s-](?P<part>halves|thirds|quarters|fifths|sixths|tenths"
    r"|(?:half|third|quarter|fifth|tenth)(?=\s+(?:of|the)\b))\b"
    r"|(?P<half>half)(?=\s+(?:of|the|its|their|his|that|those|these)\b)"
    rf"|(?:(?P<lead>half(?:[\s-]+an?)?|an?|{_FEW})[\s-]+)?(?P<run>(?:{_WORD})(?:(?:[\s-]+(?:and[\s-]+)?)(?:{_WORD})){{0,12}})\b"
    rf"|(?P<plural>{_PLURAL})\b(?:\s+of\s+(?P<of>{_PLURAL})\b)?"
    rf"|(?P<few>{_FEW})\b)",
    re.IGNORECASE,
)
_ONLY_DIGITS = re.compile(_DIGITS, re.IGNORECASE)
_HINTS = frozenset([*ONES, *TENS, *SCALES, *PLURALS, "several", "few", "couple", "handful", "pair", "half"]) | {
    "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths"
}  # fmt: skip
_AND_A_HALF = re.compile(rf"\s+and\s+a\s+half(?:\s+(?P<scale>{_SCALE})s?\b)?", re.IGNORECASE)
_AFTER_ONE = re.compile(r"\s+([a-z][\w-]*)")
_SCORING = re.compile(r"\s+(?:of|more|killed|dead|wounded|injured|were|have)\b")
_AGED = re.compile(r"\baged?\s+\Z")
_LONGEST = 19  # characters; more digits are a serial number, or an attack
_SUFFIXES = {"m": 10**6, "mn": 10**6, "bn": 10**9}
_DIGIT = re.compile(r"[0-9]")
_LETTERS = re.compile(r"[a-z]+")
_UNIT_THEN = re.compile(
    r"(?P<sign>\s?%)|\s*\+?[\s-]*(?:(?:square|cubic|nautical|per|US|U\.S\.)\s+)?(?P<word>[A-Za-z]+)"
)
_OLD_THEN = re.compile(r"[\s-]years?[\s-]old|-yr-old", re.IGNORECASE)
_OLD_BEFORE = re.compile(r"(?:\baged?|\bage\s+of|\b[A-Z][\w’'-]+,)\s+\Z")
_MORE_THEN = re.compile(
    r"(?P<low>\s+or\s+(?:more|above)\b|\+|[\s-]plus\b)"
    r"|(?P<high>\s+or\s+(?:fewer|less)\b)"
    r"|(?P<about>\s+or\s+so\b|-odd\b)",
    re.I,
)
_BOUND_ENDS = frozenset(
    "least than of to as most over above exceeding under below about some just around nearly almost "
    "approximately roughly estimated circa approx another further additional".split()
)  # fmt: skip
_BETWEEN = re.compile(r"\bbetween\s+\Z", re.IGNORECASE)
_CHANGED = re.compile(
    r"\b(?:ros|ris|rais|increas|f[ae]ll|drop|climb|jump|grow|grew|revis|cut|reduc|went|expand|dwindl)\w*"
    r"\b[^.]{0,60}\bfrom\s+\Z",
    re.I,
)
_TO = re.compile(r"(?:\s?[-–—]\s?|\s+to\s+|\s+or\s+(?:even\s+)?)\Z")


@dataclass(frozen=True, slots=True)
class _Core:
    """A number before its neighbours are looked at; `scale` is that of its last word ("million"), or 1."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    approximate: bool = False
    unit: Unit = Unit.COUNT
    scale: int = 1


def find(text: str) -> list[Number]:
    """The numbers of a text, in order, with offsets into it; cheap where there are none."""
    spoken = not _HINTS.isdisjoint(plain_words(text))
    if not spoken and not _DIGIT.search(text):
        return []
    cores = _cores(text, _CORE if spoken else _ONLY_DIGITS)
    return [_number(text, core) for core in _ranges(text, list(cores))]


@lru_cache(maxsize=4096)
def value(text: str) -> Number | None:
    """The number of one noun phrase, its first; "a soldier" and "one" are one; None where none is said."""
    found = find(text)
    if found:
        return found[0]
    bare = re.match(
        r"\s*(?P<word>an?|one|a single)\b(?!\s+(?:number|group|lot|series|few|string|wave)\b)", text, re.IGNORECASE
    )
    if not bare:
        return None
    return Number(bare.start("word"), bare.end("word"), 1, 1, 1, bare["word"])


def _cores(text: str, pattern: re.Pattern[str]) -> Iterator[_Core]:
    match = pattern.search(text)
    while match:
        if match["digits"]:
            core = _digits(text, match)
        elif match["run"]:
            core = _run(text, match)
        else:
            core = _vague(text, match)
        if core:
            yield core
        # A run of number words may hold two numbers ("two and three"), so the search goes on after what was taken.
        match = pattern.search(text, core.end if core else match.end())


# --- digits ---------------------------------------------------------------------------------------------------------


def _digits(text: str, match: re.Match[str]) -> _Core | None:
    start, end = match.span()
    if len(match["digits"]) > _LONGEST:
        return None
    suffix = scale_suffix(text, start, end)
    end += len(suffix)
    if glued(text, start, end) or dated(text, match):
        return None
    amount = float(re.sub(r"[^0-9]", "", match["digits"]) + (match["decimals"] or ""))
    word = (match["digit_scale"] or "").strip(" -\t\n").lower()
    scale = _SUFFIXES.get(suffix) or SCALES.get(word, 1)
    unit = _unit(text, start, end)
    if unit is None or (match["decimals"] and scale == 1 and unit is Unit.COUNT):
        return None  # a hyphenated name ("20-point plan") or a bare decimal (a calibre, a coordinate) counts nothing
    if unit is Unit.COUNT and scale == 1 and named(text, start, end):
        return None
    exact = round(amount * scale)
    return _Core(start, end, exact, exact, exact, unit=unit, scale=scale)


# --- words ----------------------------------------------------------------------------------------------------------


def _run(text: str, match: re.Match[str]) -> _Core | None:
    start = match.start("run")
    words = list(_LETTERS.finditer(match["run"].lower()))
    spelled = spell([word[0] for word in words])
    exact, scale, end = spelled.value, spelled.scale, start + words[spelled.used - 1].end()
    if words[0][0] in SCALES and match["lead"]:
        return _led(text, match, exact, end)
    half = _AND_A_HALF.match(text, end)
    if half:
        factor = SCALES.get((half["scale"] or "").lower(), 1)
        exact, end, scale = round((exact + 0.5) * factor), half.end(), max(factor, 2)
    unit = _unit(text, start, end)
    if unit is None or (exact == 1 and unit is Unit.COUNT and not _counts_one(text, start, end)):
        return None
    return _Core(start, end, exact, exact, exact, unit=unit, scale=scale, approximate=bool(half))


def _led(text: str, match: re.Match[str], exact: int, end: int) -> _Core | None:
    """A scale with a word before it: "a hundred", "half a million", "several dozen", "a couple of thousand"."""
    lead, start = match["lead"].lower(), match.start("lead")
    unit = _unit(text, start, end)
    if unit is None:
        return None
    if lead in ("a", "an"):
        return _Core(start, end, exact, exact, exact, unit=unit, scale=exact)
    if lead.startswith("half"):
        return _Core(start, end, exact // 2, exact // 2, exact // 2, unit=unit)
    if "couple" in lead or "pair" in lead:
        return _Core(start, end, None, 2 * exact, None, approximate=True, unit=unit)
    return _Core(start, end, 2 * exact, None, None, approximate=True, unit=unit)


def _counts_one(text: str, start: int, end: int) -> bool:
    lists = sections("numbers.txt")
    before = WORD_BEFORE.search(text, max(0, start - LOOK), start)
    if before and before["word"].lower() in lists["before_one"]:
        return False
    after = _AFTER_ONE.match(text, end)
    return after is not None and after[1] not in lists["after_one"]


def _vague(text: str, match: re.Match[str]) -> _Core | None:
    start, end = match.span()
    if match["half"]:
        return _Core(start, end, 50, 50, 50, unit=Unit.FRACTION)
    if match["numerator"]:
        part = PARTS[match["part"].lower().removesuffix("s")]
        share = round(100 * ONES.get(match["numerator"].lower(), 1) / part)
        return _Core(start, end, share, share, share, unit=Unit.FRACTION)
    unit = _unit(text, start, end)
    if unit is None:
        return None
    if match["plural"]:
        return _plural(text, match, unit)
    few = match["few"].lower()
    if "couple" in few or "pair" in few:
        return _Core(start, end, 2, 2, 2, approximate="couple" in few, unit=unit)
    if few == "few":  # "few" alone says that there are hardly any
        return None
    return _Core(start, end, 3, None, None, approximate=True, unit=unit)


def _plural(text: str, match: re.Match[str], unit: Unit) -> _Core | None:
    word, of = match["plural"].lower(), (match["of"] or "").lower()
    low = PLURALS[word]
    if of:
        low *= PLURALS[of] // 2
    if word in ("tens", "scores") and not of and not _SCORING.match(text, match.end()):
        return None  # "the team scores"
    return _Core(match.start(), match.end(), low, None, None, approximate=True, unit=unit)


# --- what stands around a number ------------------------------------------------------------------------------------


def _unit(text: str, start: int, end: int) -> Unit | None:
    """What is measured; None where the number belongs to a hyphenated word that counts nothing ("a two-front war")."""
    if text[start - 1 : start] in ("$", "€", "£"):
        return Unit.MONEY
    if _OLD_THEN.match(text, end):
        return Unit.AGE
    found = _UNIT_THEN.match(text, end)
    if found and found["sign"]:
        return Unit.PERCENT
    word = found["word"].lower() if found else ""
    if len(word) == 1 and found and found["word"] != word:
        word = ""  # "1.1 M" is no metres
    unit = _units().get("percent" if word == "cent" else word, Unit.COUNT)
    if unit is Unit.COUNT and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return Unit.COUNT if word in sections("numbers.txt")["adjective"] | {"odd", "plus", "to", "or"} else None
    if unit is Unit.COUNT and text[end : end + 1] == "," and _OLD_BEFORE.search(text, max(0, start - LOOK), start):
        return Unit.AGE
    if unit is Unit.COUNT and _AGED.search(text, max(0, start - LOOK), start):
        return Unit.AGE
    return unit


@cache
def _units() -> dict[str, Unit]:
    lists = sections("numbers.txt")
    measured = (Unit.LENGTH, Unit.WEIGHT, Unit.DURATION, Unit.MONEY, Unit.PERCENT, Unit.TIMES)
    return {word: unit for unit in measured for word in lists[unit.value]}


def _ranges(text: str, cores: list[_Core]) -> list[_Core]:
    """Two numbers that bound one another become one; what a hyphen joins and is no range is a code, and goes."""
    kept: list[_Core] = []
    index = 0
    while index < len(cores):
        one = cores[index]
        other = cores[index + 1] if index + 1 < len(cores) else None
        between = text[one.end : other.start] if other else ""
        index += 1
        if not other or not between or len(between) > 12:
            kept.append(one)
            continue
        joined = _range(text, one, other, between)
        if joined:
            kept.append(joined)
            index += 1
        elif between in ("-", "–") or between == "/":
            index += 1
        else:
            kept.append(one)
    return kept


def _range(text: str, one: _Core, other: _Core, between: str) -> _Core | None:
    start = one.start
    if between.strip() == "and":
        found = _BETWEEN.search(text, max(0, start - LOOK), start)
        if not found:
            return None
        start = found.start()
    elif not _TO.match(between) or _CHANGED.search(text, max(0, start - 2 * LOOK), start):
        return None
    low, high = one.best, other.best
    if low is None or high is None:
        return None
    if one.scale == 1 and other.scale > 1 and low < high // other.scale:
        low = low * other.scale
    if low >= high or (one.unit is not other.unit and one.unit is not Unit.COUNT):
        return None
    return _Core(start, other.end, low, None, high, unit=other.unit, approximate=True)


def _number(text: str, core: _Core) -> Number:
    start, end = core.start, core.end
    if text[start - 1 : start] in ("$", "€", "£"):
        start -= 1
    after = _MORE_THEN.match(text, end)
    if after:
        end = after.end()
    last = text[max(0, start - 16) : start].rstrip()
    word = re.search(r"[a-z]*\.?\Z", last.lower())
    bound = None
    if word and word[0].rstrip(".") in _BOUND_ENDS:
        bound = BOUND.search(text, max(0, start - LOOK), start)
    if bound and core.unit is Unit.DURATION and (bound["over"] or "").lower() == "over":
        bound = None  # "over two days" says when, not how much
    if bound:
        start = bound.start()
    bounded = _bounded(core, (bound.lastgroup if bound else after.lastgroup if after else "") or "")
    return Number(start, end, bounded.low, bounded.best, bounded.high, text[start:end], bounded.approximate, core.unit)


def _bounded(core: _Core, bound: str) -> _Core:
    exact = core.best
    if not bound:
        return core
    if exact is None:  # a range or a word of unknown size: its own bounds say more than "some" or "more than"
        high = None if bound in ("low", "over") else core.high
        low = None if bound in ("high", "under") and core.high is not None else core.low
        return replace(core, low=low, high=high, approximate=True)
    if bound in ("low", "over"):
        return replace(core, low=exact + (bound == "over"), best=None, high=None)
    if bound in ("high", "under"):
        return replace(core, low=None, best=None, high=exact - (bound == "under"))
    return replace(core, low=None, high=None, approximate=True)
