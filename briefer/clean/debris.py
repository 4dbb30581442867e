"""Lines of a text in; the same lines without those that are page debris, and what was cut, by which rule, out.

A rule cuts a line only where the whole line is debris. A rule that cuts to the end (comments, lists of other
articles) does so only where what follows does not read like an article. The rules are in `data/debris.txt`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefer.clean.tables import sections
from briefer.types import Cut

SENTENCE = 100  # characters; few sentences of running text are shorter, few lines of debris longer
MARKERS = 12  # places where an article may end that are looked into; each look reads the rest of the text
LABEL = 40  # characters; a longer line that ends in a full stop is looked at like a long one
LONGEST = 440  # characters; a longer line is never debris as a whole

_ENDING = frozenset({"reader comments", "comments", "related", "copyright"})
_WORD_LISTS = ("share words", "navigation words")
_HINTS = ("beginnings of long lines", "words within lines", "words within lines of other alphabets")
_NOT_LINES = (*_WORD_LISTS, *_HINTS, "before the text", "after the text")
_BEFORE, _AFTER = " •*·|>»▪◦–—-", " •·|»>"
_LONG_SENTENCE = re.compile(r"[^.!?。؟।…]{60,}?[.!?。؟।…]")
_WORDS = re.compile(r"[^\s|•·,/&:]+")
_COMMENT_SIGNS = re.compile(
    r"\b(?:says|wrote|said)\s*:\s*$|\bat \d{1,2}:\d\d(?: ?[ap]\.?m)?\b|^(?:reply|report|upvote|permalink)$|^@\w+"
    r"|this discussion is now closed|not pre-screened|comments are closed|\b\d{1,2} (?:minutes|hours|days|weeks) ago\b"
    r"|!!+|\?\?+|\b(?:lol|imho|btw)\b",
    re.IGNORECASE | re.MULTILINE,
)
_STATED = re.compile(r"(?:\S+ ){4,}\S+[^\W\d_.]{2,}[.][\"”’»)]*\Z")  # titles of other articles have no full stop
_LEDE = re.compile(r"\([A-Z][\w ./-]{1,30}\)\s*(?:--|[–—-])\s+\S")
_SIGNATURE = re.compile(r"\b[A-Z][a-z]+ \d{1,2}, \d{4} at \d{1,2}:\d\d [ap]m\b")
_QUOTATION = re.compile(r"[\"“][^\"“”\n]{0,1000}[\"”]")
_PERSONAL = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|you|your|my|me)\b")
_GLUED = re.compile(
    r" +(?=(?:An ultra-low latency infrastructure|This discussion is now closed\.|We welcome comments that advance"
    r"|Views expressed in the comments do not|Comments are not pre-screened))"
    r"|(?<=[.!?)\"”’]) +(?=(?:We welcome comments on|Enter your email address to|Notify me of follow-up|Leave a Reply"
    r"|Related Articles|Your email address will not be|For the latest from [A-Z]|Watch [A-Z][\w ]+ weeknights"
    r"|\((?:Edit|Writ)ing by |Our Standards: ?The Thomson|The (?:opinions|views) (?:expressed )?in this"
    r"|(?:[A-Z][\w.]*['’]s )?(?:[A-Z][\w.'’-]+,? |and ){2,60}contributed to this (?:report|story)))"
)
_CREDIT = re.compile(
    r"\((?:additional |with |further )?(?:reporting|writing|editing|compiled|translated) by [^()]{3,500}\)",
    re.IGNORECASE,
)


def cut_debris(lines: Sequence[str]) -> tuple[list[str], list[Cut]]:
    """The lines that are not debris (blank ones included), and every cut in the order of the text."""
    cuts: list[Cut] = []
    apart = [part for line in lines for part in _unglued(line)]
    rules = [rule_of(line) for line in apart]
    rules = [rule or _of_box(apart, rules, index) for index, rule in enumerate(rules)]
    end = _end(apart, rules)
    kept: list[str] = []
    for line, rule in zip(apart[:end], rules[:end], strict=True):
        if rule:
            cuts.append(Cut(line, rule))
            kept.append("")
        else:
            kept.append(line)
    tail = [line for line in apart[end:] if line]
    cuts.extend(Cut(line, rule_of(line) or "after the article") for line in tail)
    return kept, cuts


def rule_of(line: str) -> str:
    """The rule by which a whole line is debris, or ""."""
    if not line or len(line) > LONGEST:
        return ""
    bare = line.lstrip(_BEFORE).rstrip(_AFTER)
    if not bare:
        return "ornament"
    if ") " in line and _LEDE.search(line):
        return ""  # a caption or credit that the first sentence of the story is run into
    lowered = bare.lower()
    # Two quick looks that spare most sentences the rules: each rule needs one of these words to match such a line.
    short = len(bare) <= SENTENCE and not (bare[-1] == "." and len(bare) > LABEL)
    if short or lowered.startswith(_hints("beginnings of long lines")):
        match = _opening_rules().fullmatch(bare)
        if match:
            return _names()[match.lastgroup or ""]
    inner = _hints("words within lines") + (() if bare.isascii() else _hints("words within lines of other alphabets"))
    if any(map(lowered.__contains__, inner)):
        match = _inner_rules().fullmatch(bare)
        if match:
            return _names()[match.lastgroup or ""]
    return _of_words(bare)


def run_in(text: str, section: str) -> int:
    """How many characters of debris stand at the start ("before the text") or the end ("after the text"), run in."""
    pattern = _edge_rule(section)
    match = pattern.match(text) if section.startswith("before") else pattern.search(text, max(0, len(text) - 700))
    return len(match.group()) if match else 0


def long_sentences(lines: Sequence[str]) -> int:
    """How many sentences of running prose there are: long, and closed by a mark."""
    return sum(len(_LONG_SENTENCE.findall(line)) for line in lines)


def _unglued(line: str) -> list[str]:
    """A line in pieces where debris is run into it, so that each piece is one thing."""
    if len(line) < 40:
        return [line]
    if "(" in line:
        line = _CREDIT.sub(lambda credit: f"\n{credit.group()}\n", line)
    return [piece.strip() for piece in _GLUED.sub("\n", line).split("\n") if piece.strip()] or [line]


def _of_box(lines: Sequence[str], rules: Sequence[str], index: int) -> str:
    """The rule of the line below, where a line heads an offer to subscribe: short, open and right above it."""
    below = rules[index + 1] if index + 1 < len(rules) else ""
    if below != "subscription" or not lines[index] or len(lines[index]) > LABEL or lines[index][-1] in '.!?:;,"”':
        return ""
    return below if index and not lines[index - 1] else ""


def _end(lines: Sequence[str], rules: Sequence[str]) -> int:
    """Where the article ends; a list of other articles above the comments may end it once those are off."""
    end = _tail(lines, rules)
    while 0 < end < len(lines):
        lines, rules = lines[:end], rules[:end]
        end = _tail(lines, rules)
    return end


def _tail(lines: Sequence[str], rules: Sequence[str]) -> int:
    """The index of the first line that is after the article, or how many lines there are."""
    if not _ENDING.intersection(rules):
        return len(lines)
    prose = [len(_LONG_SENTENCE.findall(line)) if not rule else 0 for line, rule in zip(lines, rules, strict=True)]
    total, before, tried = sum(prose), 0, 0
    for index, rule in enumerate(rules):
        marks = rule in _ENDING and before > 0 and tried < MARKERS
        tried += marks
        if marks and _ends(lines[index + 1 :], rule, total - before, before):
            return index
        before += prose[index]
    return len(lines)


def _ends(rest: Sequence[str], rule: str, after: int, before: int) -> bool:
    """Whether an article ends above a marker: `rest` is below it; `after` and `before` count long sentences."""
    if sum(1 for line in rest if _SIGNATURE.search(line)) >= 3 or (rule == "reader comments" and after <= 2 * before):
        return True
    if rule == "related" and any(_STATED.search(line) and not rule_of(line) for line in rest):
        return False
    if rule == "comments":
        return after == 0 or (before * 2 >= after and _reads_like_comments("\n".join(rest)))
    return after == 0 and rule != "reader comments" and not any(len(line) > 200 for line in rest)


def _reads_like_comments(text: str) -> bool:
    """Whether a text is people talking: signatures with times, or speech of "I" and "you" outside quotation marks."""
    if _COMMENT_SIGNS.search(text):
        return True
    said = _QUOTATION.sub("", text)
    return len(_PERSONAL.findall(said)) * 50 > len(said.split())


def _of_words(line: str) -> str:
    if line[-1] in ".,!?":
        return ""
    words = [word.lower() for word in _WORDS.findall(line)]
    for name in _WORD_LISTS:
        known = _word_list(name)
        if 1 < len(words) <= 24 and all(word in known or word.isdigit() for word in words):
            return name.removesuffix(" words") if any(word in known for word in words) else ""
    return ""


@lru_cache(maxsize=4)
def _word_list(name: str) -> frozenset[str]:
    return frozenset(word for line in sections("debris.txt")[name] for word in line.split())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    rules = [name for name in sections("debris.txt") if name not in _NOT_LINES]
    return {f"rule{number}": name for number, name in enumerate(rules)}


@lru_cache(maxsize=3)
def _hints(section: str) -> tuple[str, ...]:
    return tuple(word for line in sections("debris.txt")[section] for word in line.split(","))


@lru_cache(maxsize=1)
def _opening_rules() -> re.Pattern[str]:
    """The rules that tell a line by how it begins."""
    return _rules(inner=False)


@lru_cache(maxsize=1)
def _inner_rules() -> re.Pattern[str]:
    """The rules that tell a line by something within it."""
    return _rules(inner=True)


def _rules(*, inner: bool) -> re.Pattern[str]:
    groups = []
    for group, name in _names().items():
        patterns = [line for line in sections("debris.txt")[name] if line.startswith("^") == inner]
        if patterns:
            groups.append(f"(?P<{group}>{'|'.join(patterns)})")
    return re.compile("|".join(groups), re.IGNORECASE)


@lru_cache(maxsize=2)
def _edge_rule(section: str) -> re.Pattern[str]:
    alternatives = "|".join(sections("debris.txt")[section])
    if section.startswith("before"):
        return re.compile(rf"(?:{alternatives})[\s:|–—-]*", re.IGNORECASE)
    return re.compile(rf"(?:(?<=[.!?\"”)])|\s)\s*(?:{alternatives})\s*\Z", re.IGNORECASE)
