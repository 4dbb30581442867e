"""What stands around digits: whether they are part of a code, a date, a time or a name, and so count nothing."""

import re

from briefer.reading.wordlists import sections

_OWNER = re.compile(r"['’]s\Z")
_GLUED_UNIT = re.compile(r"(?:mm|km|m|kg|cm|ft)\b")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY_THEN = re.compile(
    rf"(?:\s*(?:-|–|to|and|or|until)\s*\d{{1,2}})?(?:\s+of)?[\s-]+{_MONTH}(?!\s+(?:have|not|be)\b)"
    r"|\s*/\s*\d|,?\s+(?:19|20)\d\d\b(?!\s+\w+s\b)"
)
_MONTH_THEN = re.compile(
    rf"\b{_MONTH}[\s-]+(?:the\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s*(?:-|–|to|and|or|until|through|,|/)\s*)*(?:\d{1,2},?\s+)?\Z"
)
_YEARS_THEN = re.compile(r"(?:19|20)\d\d\s*(?:-|–|/|and|to|or|until|through)\s*\Z")
_CLOCK_THEN = re.compile(
    r":[0-9]|\s?[ap]\.?m\b|\s?o['’]clock|\s?(?:hours?\s+|hrs\s+|h\s+)?(?:GMT|UTC|E[SD]T|CET|MSK|local time)\b"
)
BOUND = re.compile(
    r"\b(?:(?P<low>at\s+(?:the\s+very\s+)?least|(?:no|not)\s+(?:fewer|less)\s+than|(?:an?\s+)?minimum\s+of|upwards?\s+of)"
    r"|(?P<high>up\s+to|as\s+(?:many|much|high)\s+as|at\s+(?:the\s+)?most|(?:no|not)\s+more\s+than|(?:an?\s+)?maximum\s+of)"
    r"|(?P<over>(?:well\s+|far\s+)?(?:more|greater|higher)\s+than|(?:well\s+)?"
    r"(?<!control\s)(?<!power\s)over"
    r"|above|in\s+excess\s+of|exceeding)"
    r"|(?P<under>(?:fewer|less)\s+than|under|below)"
    r"|(?P<about>about|some|around|nearly|almost|approximately|roughly|close\s+to|(?:an\s+)?estimated"
    r"|circa|approx\.?|just))"
    r"(?:\s+(?:about|some|an?\s+estimated|another|an?\s+(?:further|additional)))?\s+\Z",
    re.IGNORECASE,
)
WORD_BEFORE = re.compile(r"(?P<edge>\A|[.!?:\"“”]\s*|\S\s+)(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?P<dot>\.?)\s+\Z")
LOOK = 48  # characters of context on either side; the longest bound ("at the very least about") is half of that


_SUFFIX = re.compile(r"(?:mn|bn|m)\b")


def scale_suffix(text: str, start: int, end: int) -> str:
    """The "m" or "bn" of "1.2m people" and "€20m"; "" for a plain number and for the metres of "20m from it"."""
    found = _SUFFIX.match(text, end)
    if not found:
        return ""
    counts = found[0] != "m" or "." in text[start:end] or text[start - 1 : start] in ("$", "€", "£")
    return found[0] if counts or _countable(text, found.end()) else ""


def glued(text: str, start: int, end: int) -> bool:
    """Whether the digits are a part of a longer code, name, clock time or ordinal."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or (before and before in "._/:#@№,'’"):
        return True
    if before in ("-", "–") and not text[start - 2 : start - 1].isdigit() and text[start - 2 : start - 1].strip():
        return True
    if text[start] == "0" and end - start > 1 and text[start + 1] != ".":
        return True
    if after[:1].isalpha() or (after and after[0] in "_/°"):
        return not _GLUED_UNIT.match(text, end)
    return len(after) == 2 and after[0] in ".,:" and after[1].isdigit()


def dated(text: str, match: re.Match[str]) -> bool:
    """Whether the digits are a day, a year or a time of day."""
    start, end = match.span()
    digits, plain = match["digits"], not match["decimals"] and not match["digit_scale"]
    if _CLOCK_THEN.match(text, end):
        return True
    if not plain or not digits.isdigit():
        return False
    before = text[max(0, start - LOOK) : start]
    if int(digits) <= 31 and len(digits) <= 2 and (_DAY_THEN.match(text, end) or _MONTH_THEN.search(before)):
        return True
    return len(digits) == 4 and digits[:2] in ("19", "20") and _is_year(text, before, end)


def _is_year(text: str, before: str, end: int) -> bool:
    words = before.lower().rstrip(" ,('’-–").rsplit(None, 1)
    if _YEARS_THEN.search(before) or _MONTH_THEN.search(before):
        return True
    if BOUND.search(before):
        return False
    if words and _OWNER.sub("", words[-1]).strip(".,'\"“”(’-") in sections("numbers.txt")["year_before"]:
        return True
    return not _countable(text, end)


def named(text: str, start: int, end: int) -> bool:
    """Whether a name stands before the digits, of which they are a part ("Resolution 1973", "CNN 24")."""
    found = WORD_BEFORE.search(text, max(0, start - LOOK), start)
    if not found:
        return False
    word, lower = found["word"], found["word"].lower()
    lists = sections("numbers.txt")
    if (
        lower in lists["hard"]
        and (word != lower or lower != "no")
        and (word[0].isupper() or found["dot"] or lower != "number")
    ):
        return True
    if found["dot"] or not word[0].isupper():
        return lower in lists["labels"] and len(lower) > 2 and not _countable(text, end)
    if (
        lower not in lists["labels"]
        and not (word.isupper() and len(word) > 1)
        and (
            found["edge"].strip() in ("", ".", "!", "?", ":", '"', "“", "”")
            or word in sections("abbreviations.txt")["openers"]
        )
    ):
        return False
    return not _countable(text, end)


def _countable(text: str, end: int) -> bool:
    """Whether one of the next three words is what a number would count."""
    lists = sections("numbers.txt")
    for word in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[.,;:!?()\"“”]", text[end : end + LOOK])[:3]:
        if word in lists["counted"]:
            return True
        if not word[0].isalpha() or word in lists["closing"]:
            return False
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")):
            return True
    return False
