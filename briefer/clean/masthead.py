"""The lines of a page that name its outlet, and the hosts it came from, in; the outlet's name out.

A name is believed where two things say it: the masthead and the host, the masthead and the copyright line, the masthead
and the credit of the dateline. A masthead alone is believed by its words ("Herald", "Agency") or the menu under it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from briefer.clean.tables import sections
from briefer.reading.outlets import known

MOST = 7  # words of an outlet's name
LABEL = 5  # letters of a host's name that are looked for in the text; fewer stand in many words
OWNED = 300  # characters of a copyright line
SHARE = 0.6  # of the letters of a host that a name within it has at least ("pulse" in "pulsemedia")

_PARTS = re.compile(r"\s*[|·•»]\s*|\s+(?:--+|[–—-])\s+|:\s+")
_FILE_HOST = re.compile(
    r"(?:https?_+)?(?P<host>(?:[a-z0-9][a-z0-9-]{0,62}\.){1,3}(?:com|org|net|info|news|press|media|tv|int|gov|edu|example|test|[a-z]{2}))"
    r"(?=[_\s,+@=-]|\Z)",
    re.IGNORECASE,
)
_FILE_TYPES = re.compile(
    r"(?:\.(?:txt|text|md|markdown|html?|xhtml|jsonl?|ndjson|eml|csv|tsv|gz|\d+))+(?:#\d+)?\Z", re.IGNORECASE
)
_SITE_MARK = re.compile(r"\s+(?:[|•»·]|--|[–—-])\s+")
_HANDLE = re.compile(r"\(?(?:@|t\.me/)\w{3,40}\)?")
_OWNER = re.compile(r"©|\([cC]\)|[cC](?:opyright|OPYRIGHT)\b")
_OWNED = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s:]*(?:(?:©|\(c\)|copyright)[\s:]*)*(?:(?:19|20)\d\d(?:\s*[–—-]\s*(?:19|20)\d\d)?[\s,]*)?"
    r"(?:by )?(?P<name>[^\W\d_][^\n|.,;:©–—]{1,60}?)\s*(?=[|.,;:–—]|\ball rights|\b(?:19|20)\d\d|\Z)",
    re.IGNORECASE,
)
_SECOND_LEVEL = frozenset("co com org net gov ac edu or ne".split())
_BRACKETED = re.compile(r"\s*\(([A-Z][\w-]{1,11})\)\s*\Z")


def host_of_file(name: str) -> str:
    """The host that the name of a file begins with ("www.herald.example_news_1.txt"), or ""."""
    base = _FILE_TYPES.sub("", re.split(r"[\\/]", name)[-1])
    match = _FILE_HOST.match(base)
    if not match or (len(match["host"].rpartition(".")[2]) == 2 and match.end() == len(base)):
        return ""  # "report.de" is a language, "herald.de_news" a host
    return re.sub(r"\A(?:www\d?|m|en|amp)\.(?=.+\.)", "", match["host"].lower())


def is_outlet(line: str, names: Iterable[str]) -> bool:
    """Whether a short line names an outlet: one of `names` (of hosts, owners), a known one, or one by its words."""
    parts = [part for part in _PARTS.split(line) if part]
    if not parts or len(parts[0].split()) > MOST:
        return False
    if len(parts) > 1 and any(_HANDLE.fullmatch(part) for part in parts[1:]):
        return True
    if any(_same(part, name) for part in parts for name in names):
        return True
    return (len(parts) <= 2 and known(parts[0]) is not None) or reads_like_outlet(parts[0])


def reads_like_outlet(first: str) -> bool:
    """Whether a name has a word that outlets are named by ("Herald"); so has many a headline ("Army Retakes Post")."""
    bracket = _BRACKETED.search(first)
    if bracket and bracket[1] == "".join(filter(str.isupper, first[: bracket.start()])):
        return True
    words = [word.casefold().strip("()") for word in first.split()]
    capitals = all(
        not word[0].islower() or word in ("of", "the", "and", "for", "de", "la", "le", "du") for word in first.split()
    )
    return capitals and len(words) <= 6 and any(word in _outlet_words() for word in words)


def part_site(title: str) -> tuple[str, str]:
    """A title and the name of the site at its end ("Rebels take the bridge - The Herald"), "" where there is none."""
    mark = None
    for mark in _SITE_MARK.finditer(title):  # noqa: B007
        pass
    if mark is None or len(title[: mark.start()].split()) < 3 or not is_outlet(title[mark.end() :], ()):
        return title, ""
    return title[: mark.start()].rstrip(), title[mark.end() :]


def owners(lines: Iterable[str]) -> list[str]:
    """The names in the copyright lines."""
    found = (match for line in lines if len(line) <= OWNED and _OWNER.search(line) and (match := _OWNED.search(line)))
    names = [match["name"].strip(" -\"'") for match in found]
    return [name for name in names if len(name.split()) <= MOST and name[0].isupper() | (not name.isascii())]


def outlet_named(mastheads: Sequence[str], owned: Sequence[str], hosts: Sequence[str], credit: str, text: str) -> str:
    """The outlet's name as its own page writes it, or ""; `hosts` are the hosts that the page is known to come from."""
    labels = [label for host in hosts if (label := label_of(host))]
    segments = [part for line in mastheads for part in _PARTS.split(line) if part and len(part.split()) <= MOST]
    agreed = next((part for name in (*labels, *owned, credit) if name for part in segments if _same(part, name)), "")
    if not agreed:
        agreed = next((name for name in owned if any(_same(name, label) for label in labels)), "")
    if not agreed:
        agreed = next((found for label in labels if (found := _spelt(label, text))), "")
    if not agreed and mastheads:
        agreed = segments[0] if segments else ""
    return _dressed(agreed or next(iter(owned), ""))


def label_of(host: str) -> str:
    """The part of a host that names its owner: "herald" of "www.herald.co.uk"."""
    parts = host.split(".")
    if len(parts) > 2 and parts[-2] in _SECOND_LEVEL:
        return parts[-3].replace("-", "")
    return parts[-2].replace("-", "") if len(parts) > 1 else ""


def _same(part: str, name: str) -> bool:
    """Whether two names are one: the letters, the letters in brackets, or the initials; or most of the letters."""
    bracket = _BRACKETED.search(part)
    one, other = _letters(_BRACKETED.sub("", part)), _letters(name)
    if not one or not other:
        return False
    initials = "".join(word[0] for word in part.split() if word[0].isupper()).casefold()
    if one == other or (bracket and _letters(bracket[1]) == other) or (len(other) > 2 and initials == other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= LABEL and short in long and len(short) >= SHARE * len(long)


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold().removeprefix("the ") if character.isalnum())


def _spelt(label: str, text: str) -> str:
    """The name in a text whose letters are those of a host ("Ashel Voice" for ashelvoice), or ""."""
    if len(label) < LABEL or not label.isalnum():
        return ""
    match = re.search(rf"(?<![\w@./-])(?:The )?{'[ -]?'.join(label)}(?![\w@./-]|\.\w)", text, re.IGNORECASE)
    name = match.group().removeprefix("the ") if match else ""
    return name if all(word[0].isupper() for word in name.split()) else ""


def _dressed(name: str) -> str:
    """A name without its abbreviation in brackets, and not all in capitals where it is made of words."""
    name = _BRACKETED.sub("", name).strip(" -–—|·")
    words = name.split()
    if len(words) > 1 and name.isupper() and all(len(word) > 3 or word in ("THE", "OF", "AND") for word in words):
        return " ".join(word.capitalize() if word not in ("OF", "AND") else word.lower() for word in words)
    return name


@lru_cache(maxsize=1)
def _outlet_words() -> frozenset[str]:
    return frozenset(word for line in sections("pages.txt")["outlet words"] for word in line.split())
