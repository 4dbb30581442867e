"""A line in; the time of publishing that it stamps on its page, out, where the line holds a date and little else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from briefer.clean.published import dated
from briefer.clean.tables import entries, sections

LONGEST = 160  # characters; a longer line is no stamp
BESIDE = 2  # words beside an unlabelled date in its own part of the line: a place, a section, a weekday
NAMED = 3  # words before the comma that an unlabelled date follows: an outlet, a town
APART = 6  # words in a part of its own: the weather, the section, an offer to subscribe
EDITION = 8  # words of a second sentence that tells what day's state a report gives

_PARTS = re.compile(r"\s*[|·•‧∙►»]\s*|\s+/\s*|\s*/\s+|\s+(?:--+|[–—-])\s+")
_LABEL = re.compile(
    r"\W{0,3}(?:as of|date of publication|publication date"
    r"|(?:last |first )?(?:updated?|published|posted|printed|modified|issued|released|filed)|created|date"
    r"|publié|mis(?:e)? à jour|modifié|veröffentlicht|aktualisiert|stand|publicado|actualizado|pubblicato|aggiornato"
    r"|опубликовано|обновлено|نشر|نشرت|آخر تحديث|yayınlanma|güncelleme)\b",
    re.IGNORECASE,
)
_RENEWED = re.compile(
    r"\W{0,3}(?:last |mis(?:e)? )?(?:updat|modif|aktual|actual|aggior|обновл|à jour|آخر|güncel)", re.IGNORECASE
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?(?:\s?(?:\(?(?:UTC|GMT)[+-]?\d{0,2}(?::\d\d)?\)?|[A-Z]{2,5}\b))?|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\(?\b(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d\d)?\)?",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(?:an?|\d{1,3})\s(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week)s?\.? ago\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)\b[.,]?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|von|par|por)\s+(?:[^\W\d_a-z][\w.'’-]*[,\s]*(?:and\s+)?){1,6}|\bID:?\s*\d+|\bno\.?\s*[\d,.]+",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\b(?:by|von|par|por)\s+[^\W\d_a-z]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_][\w.'’°&-]*")
_EDITION = re.compile(
    r"\b(?:cut-?off|as of|local time|edition|issue|updated|UTC|GMT|data (?:to|until|as)|stand)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a page was published; `when` is None without a full date; `labelled` where the line says what date it is.

    `alone`: nothing but a day is there, as above an entry of a timeline.
    """

    when: datetime | None
    labelled: bool
    renewed: bool
    alone: bool = False


def stamp_of(line: str) -> Stamp | None:
    """The stamp that a whole line is, or None."""
    if len(line) > LONGEST or not _DIGIT.search(line):
        return None
    label = _LABEL.match(line)
    renewed = bool(_RENEWED.match(line))
    found = dated(line)
    if found is None:
        return _short_stamp(line, label)
    if not _is_bare(_without(line, found), bool(label) or bool(_NAMES.search(line))):
        return None
    alone = not label and not _CLOCK.search(line) and len(_PARTS.split(line)) == 1
    return Stamp(found[0], bool(label), renewed, alone)


def labelled_stamp_of(line: str) -> Stamp | None:
    """The full date that a whole line stamps, where the line begins by saying that it does ("Posted on ...")."""
    found = stamp_of(line) if _LABEL.match(line) else None
    return found if found and found.when else None


def is_timeline(lines: Sequence[str]) -> bool:
    """Whether other lines begin with a date too, so that a date heads an entry and stamps no page."""
    return any(line[:1].isalnum() and dated(line, anchored=True) for line in lines)


def _without(line: str, found: tuple[datetime, int, int]) -> str:
    """The line with each full date as a mark."""
    out, position = "", 0
    for _ in range(3):
        out += f"{line[position : found[1]]} \x00 "
        position = found[2]
        following = dated(line, position)
        if not following:
            break
        found = following
    return out + line[position:]


def _is_bare(marked: str, labelled: bool) -> bool:
    first, stop, rest = marked.partition(". ")
    if stop and "\x00" in first and rest.strip():
        return _is_edition(rest) and _is_bare(first, labelled)
    if (
        re.search(r"[^.\W]{3,}[.!?…][\"”’)]*\Z", marked)
        and "\x00" not in marked[-12:]
        and not _CLOCK.search(marked[-8:])
    ):
        return False
    for part in _PARTS.split(marked):
        words = _words(part)
        most = APART
        if "\x00" in part and not labelled:
            most = NAMED if re.search(r",\s*\x00", part) else BESIDE
        if len(words) > most or re.search(r"[^\W\d]{3,}[.!?;] \S", part):
            return False
        if "\x00" in part and any(word[0].islower() for word in words):
            return False
    return True


def _is_edition(text: str) -> bool:
    return len(text.split()) <= EDITION and bool(_EDITION.search(text)) and not re.search(r"[.!?] \S", text)


def _words(part: str) -> list[str]:
    """The words of a part of a line that are neither date nor time nor what stands beside them."""
    for pattern in (_AGO, _CLOCK, _WEEKDAY, _BY):
        part = pattern.sub(" ", part)
    known = _beside()
    return [word for word in _WORD.findall(part) if word.strip(".:").casefold() not in known and not word.isdigit()]


def _short_stamp(line: str, label: re.Match[str] | None) -> Stamp | None:
    """A line with a day and no year between bars ("AV | Homs | Monday, 14 April"), or a time after a credit."""
    parts = _PARTS.split(line)
    if any(len(_words(part)) > APART for part in parts) or re.search(r"[.!?…]\Z", line):
        return None
    for part in parts:
        if _LABEL.match(part) and (_CLOCK.search(part) or _AGO.search(part)) and not _words(part):
            return Stamp(None, True, bool(_RENEWED.match(part)))
        if (len(parts) > 1 or _CLOCK.search(part)) and _yearless().fullmatch(_WEEKDAY.sub("", part).strip(" ,")):
            return Stamp(None, bool(label), False)
    return None


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    return frozenset(word for line in sections("pages.txt")["stamp words"] for word in line.split())


@lru_cache(maxsize=1)
def _yearless() -> re.Pattern[str]:
    months = "|".join(re.escape(name) for words in entries("months.txt") for name in words[1:])
    return re.compile(
        rf"(?:\d{{1,2}}\.? (?:{months})|(?:{months})\.? \d{{1,2}})[,\s]*(?:{_CLOCK.pattern})?", re.IGNORECASE
    )
