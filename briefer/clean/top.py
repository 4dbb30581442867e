"""The lines of a scraped page in; its headline, stamp and masthead, and the lines from its first paragraph on, out.

What stands above the first line of prose is short: the outlet's name and slogan, a menu, the headline, a byline, the
date, points of the story, a caption. Nothing is taken where a page shows none of a page's furniture: a text that
only begins with a title is read by `head`. A line of prose is never cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from briefer.clean.dateline import dateline
from briefer.clean.debris import rule_of
from briefer.clean.masthead import is_outlet
from briefer.clean.paragraphs import width
from briefer.clean.stamps import is_timeline, labelled_stamp_of, stamp_of
from briefer.clean.tables import sections
from briefer.types import Cut

DEPTH = 40  # lines that are looked at for the first line of prose
PROSE = 170  # characters; a longer line is a paragraph, closed or not
SENTENCE = 4  # words; a closed line with fewer in each of its sentences is a slogan or a label
HEADLINE = 4  # words of a headline where a shorter line stands beside it
FOOT = 30  # lines at the end among which a page may say when it was posted

_CLOSED = re.compile(r"[.!…:;。！；؛۔।][\"'”’»)\]]*\Z")
_ASKED = re.compile(r"[?؟？][\"'”’»)\]]*\Z")
_BARS = re.compile(r"\s*[|·•‧∙►]\s*|\s+/\s+|\s+[–—]\s+")
_SITE = re.compile(r"\s*[|·•»]\s*|\s+(?:--+|[–—-])\s+|:\s+")
_BULLET = re.compile(r"[*•▪◦‣●■–—-]\s+\S")
_KICKED = re.compile(r"(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|BRIEF|FACTBOX|TIMELINE|EXCLUSIVE)[ \d]*-\S", re.ASCII)
_CREDIT = re.compile(
    r"(?:file )?(?:photo|image|picture|foto|credit|crédit|photograph|صورة|фото)s?(?: by)?\s*[:/©|]\s*\S[^\n]{0,60}",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_a-z][\w.'’-]+\s?(?:(?:de|al|el|van|von|bin)\s)?){2,4}")
_LOWER = re.compile(r"\b[a-zа-яёіїєß-öø-ÿ]{3,}")


class Part(StrEnum):
    """What a line above the story is."""

    STAMP = "timestamp"
    DEBRIS = "debris"
    NAVIGATION = "navigation"
    ENTRY = "menu entry"
    OUTLET = "masthead"
    SLOGAN = "slogan"
    POINT = "highlight"
    CAPTION = "caption"
    WRITER = "byline"
    OTHER = "heading"


_FURNITURE = frozenset({Part.STAMP, Part.NAVIGATION, Part.OUTLET, Part.SLOGAN, Part.WRITER})


@dataclass(frozen=True, slots=True)
class Top:
    """What the top of a page says; `lines` are those that are left. `read` is whether the headline has been found."""

    lines: list[str]
    title: str = ""
    stamped: datetime | None = None
    mastheads: tuple[str, ...] = ()
    cuts: list[Cut] = field(default_factory=list)
    read: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    index: int
    text: str
    part: Part
    rule: str = ""


def read_top(lines: Sequence[str], title: str, names: Sequence[str]) -> Top:
    """Take apart what stands above the story. `title` is the container's, "" for none; `names` may be the outlet's."""
    zone, story = _zone(lines, names)
    furniture = sum(1 for line in zone if line.part in _FURNITURE or line.rule in ("byline", "timestamp"))
    if not zone or not furniture or story >= len(lines):
        return Top(list(lines))
    headline = _headline(zone, title)
    if headline is None and not title and not any(line.part in (Part.STAMP, Part.NAVIGATION) for line in zone):
        return Top(list(lines))
    zone = _beside(zone, headline, lines[story])
    first = headline.index if headline else zone[0].index
    cut = [line for line in zone if not _stays(line, headline, lines, story)]
    gone = {line.index for line in cut}
    return Top(
        ["" if index in gone else line for index, line in enumerate(lines)],
        title or (_plain(headline.text, names) if headline else ""),
        _stamped(zone, lines[story:]),
        tuple(line.text for line in zone if line.part is Part.OUTLET and line.index <= first and line is not headline),
        [Cut(line.text, "title" if line is headline else line.rule or line.part.value) for line in cut],
        read=headline is not None,
    )


def read_foot(lines: Sequence[str]) -> tuple[list[str], datetime | None, list[Cut]]:
    """The lines without a labelled stamp near their end ("Posted Monday 4 May 2031, 13:20 by our desk")."""
    kept, stamped, cuts = list(lines), None, list[Cut]()
    for index in range(max(1, len(lines) - FOOT), len(lines)):
        stamp = labelled_stamp_of(lines[index]) if lines[index] else None
        if stamp:
            stamped = stamped or stamp.when
            cuts.append(Cut(lines[index], Part.STAMP.value))
            kept[index] = ""
    return kept, stamped, cuts


def _zone(lines: Sequence[str], names: Sequence[str]) -> tuple[list[_Line], int]:
    """The lines above the first one of prose, told apart, and the index of that one."""
    zone: list[_Line] = []
    broken = width(lines)
    for index, line in enumerate(lines):
        if not line:
            continue
        if len(zone) > DEPTH:
            break
        found = _told(lines, index, names, first=not zone)
        if found is None or _runs_on(lines, index, broken):
            return zone, index
        zone.append(found)
    return [], len(lines)


def _told(lines: Sequence[str], index: int, names: Sequence[str], *, first: bool) -> _Line | None:
    """What a line above the story is; None for the first line of the story."""
    line = lines[index]
    if stamp_of(line):
        return _Line(index, line, Part.STAMP)
    if is_navigation(line):
        return _Line(index, line, Part.OUTLET if first and not _is_menu_word(_BARS.split(line)[0]) else Part.NAVIGATION)
    if len(line.split()) <= 2 and _is_menu_word(line):
        return _Line(index, line, Part.ENTRY)
    if line.isdigit() and len(line) <= 6:
        return _Line(index, line, Part.DEBRIS, "share")  # how often it was liked
    if rule := rule_of(line):
        return _Line(index, line, Part.DEBRIS, rule)
    if len(line) <= 90 and is_outlet(line, names) and not _names_a_story(line):
        return _Line(index, line, Part.OUTLET)
    if not first and _is_caption(lines, index):
        return _Line(index, line, Part.CAPTION)
    if _is_slogan(line):
        return _Line(index, line, Part.SLOGAN)
    if _is_prose(line):
        return None
    if not first and len(line) <= 140 and _BULLET.match(line):
        return _Line(index, line, Part.POINT)
    return _Line(index, line, Part.OTHER)


def is_navigation(line: str) -> bool:
    """Whether a line is a menu: short entries between bars, or capitalised words that mostly name sections."""
    if len(line) > 200 or _CLOSED.search(line) or not line:
        return False
    entries = [entry for entry in re.split(r"\s*[|·•‧∙►]\s*", line) if entry]
    if len(entries) >= 3 and all(len(entry.split()) <= 4 for entry in entries):
        return sum(1 for entry in entries if any(character.isdigit() for character in entry)) * 2 < len(entries)
    words = [word for word in line.split() if word != "&"]
    if len(words) < 4 or any(not word[0].isupper() for word in words):
        return False
    return sum(1 for word in words if _is_menu_word(word)) * 2 > len(words) and _is_menu_word(words[0])


def _is_prose(line: str) -> bool:
    if len(line) > PROSE or (_CLOSED.search(line) and len(line.split()) >= SENTENCE):
        return True
    if re.search(r"[.!?…][\"'”’»)]* [^\W\d_a-z][^\n]{20,}", line) and len(line) > 80:
        return True
    found = dateline(line)
    return bool(found and len(line) - found.end >= 30 and not _KICKED.match(line))


def _is_slogan(line: str) -> bool:
    """Short sentences of a few words each ("Your city. Your paper."), or words that only slogans are made of."""
    words = line.split()
    if len(words) > 10 or dateline(line):
        return False
    sentences = [sentence.split() for sentence in re.split(r"[.!]+\s*", line) if sentence]
    if len(sentences) > 1 and _CLOSED.search(line):
        return all(len(sentence) < SENTENCE for sentence in sentences)
    known = _words("slogan words")
    return len(words) >= 3 and sum(1 for word in words if word.casefold().strip(",.’'") in known) * 3 >= len(words)


def _names_a_story(line: str) -> bool:
    """Whether a headline stands beside the outlet's name ("Rebels take the bridge - The Herald"), not its slogan."""
    parts = _SITE.split(line)
    return len(parts) > 1 and any(len(part.split()) >= HEADLINE and not _is_slogan(part) for part in parts)


def _is_caption(lines: Sequence[str], index: int) -> bool:
    """A line right above a picture's credit, where blank lines part the paragraphs, or an open one right below it."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else ""
    if rule_of(lines[index - 1]) == "caption" and not below and not _CLOSED.search(line):
        return True
    credited = bool(below) and len(line) <= PROSE and bool(_CREDIT.fullmatch(below))
    return credited and "" in lines[index + 1 : index + 6]


def _runs_on(lines: Sequence[str], index: int, broken: int) -> bool:
    """Whether a line is only the first part of what a text broken to a width says."""
    below = lines[index + 1] if index + 1 < len(lines) else ""
    return bool(below) and (below[0].islower() or (bool(broken) and len(lines[index]) >= 0.75 * broken))


def _headline(zone: Sequence[_Line], title: str) -> _Line | None:
    """The headline: what repeats the container's title, else the first line of some words below menu and masthead."""
    others = [line for line in zone if line.part is Part.OTHER]
    if not others and zone[-1].part is not Part.OUTLET:  # "Army Retakes Border Post" has a word of outlets
        others = [line for line in zone if line.part is Part.OUTLET and len(line.text.split()) >= HEADLINE][-1:]
    if title:
        return next((line for line in others if _letters(line.text) == _letters(title)), None)
    menu = _menu_end(zone)
    long = [line for line in others if len(line.text.split()) >= HEADLINE and not _is_kicker(line.text)]
    below = [line for line in long if line.index > menu] or long
    if below:
        return below[1] if len(below) > 1 and _is_motto(zone, below[0]) else below[0]
    crumb = next((line for line in zone if _is_crumb(line)), None)
    short = [line for line in others if len(line.text) >= 8]
    return max(short, key=lambda line: len(line.text)) if short and not crumb else None


def _menu_end(zone: Sequence[_Line]) -> int:
    """The index of the last line of masthead or menu above the headline, -1 for none."""
    end, seen = -1, False
    for line in zone:
        if line.part in (Part.NAVIGATION, Part.ENTRY, Part.OUTLET) or _is_crumb(line):
            end = line.index
        elif line.part is Part.OTHER:
            seen = seen or len(line.text.split()) >= HEADLINE
        elif seen and (line.part is Part.STAMP or line.rule in ("byline", "timestamp")):
            break
    return end


def _is_motto(zone: Sequence[_Line], line: _Line) -> bool:
    """Whether a line is right below the outlet's name and apart from what follows."""
    number = zone.index(line)
    above, below = zone[number - 1] if number else None, zone[number + 1 : number + 2]
    glued = above is not None and above.part is Part.OUTLET and above.index == line.index - 1
    return glued and bool(below) and below[0].index > line.index + 1


def _is_crumb(line: _Line) -> bool:
    return line.rule == "navigation" and any(mark in line.text for mark in ("»", ">", "›"))


def _is_kicker(line: str) -> bool:
    """A label above a headline, all in capitals ("FROM OUR ARCHIVE"), where headlines are not."""
    return line.isupper() and len(line.split()) <= 4


def _beside(zone: Sequence[_Line], headline: _Line | None, story: str) -> list[_Line]:
    """The lines again, with those beside the headline told by it: what is above it, and who wrote below it."""
    found = []
    dated_story = dateline(story) is not None
    for number, line in enumerate(zone):
        if line.part is Part.OTHER and headline and line is not headline:
            line = _told_by_headline(zone, number, headline, dated_story=dated_story)
        found.append(line)
    return found


def _told_by_headline(zone: Sequence[_Line], number: int, headline: _Line, *, dated_story: bool) -> _Line:
    line = zone[number]
    if line.index < headline.index:
        below = zone[number + 1].part
        names = number == 0 and below in (Part.NAVIGATION, Part.ENTRY, Part.SLOGAN) and not _is_menu_word(line.text)
        return _Line(line.index, line.text, Part.OUTLET if names else Part.SLOGAN)
    if _is_role(line.text):
        return _Line(line.index, line.text, Part.WRITER)
    if _NAME.fullmatch(line.text) and _is_signed(zone, number):
        return _Line(line.index, line.text, Part.WRITER)
    follows = any(later.part is Part.STAMP or later.rule == "byline" for later in zone[number + 1 :])
    if dated_story or follows or _letters(line.text) == _letters(headline.text):
        return _Line(line.index, line.text, Part.SLOGAN, "heading")
    return line


def _is_role(line: str) -> bool:
    words = line.split()
    return len(words) <= 9 and any(word.casefold().strip(",:") in _words("role words") for word in words)


def _is_signed(zone: Sequence[_Line], number: int) -> bool:
    """Whether a name's own line is a writer's: above what the writer is, or in one block with the date."""
    here = zone[number].index
    beside = [
        line for line in (*zone[number - 1 : number], *zone[number + 1 : number + 2]) if abs(line.index - here) == 1
    ]
    below = zone[number + 1] if number + 1 < len(zone) else None
    return any(line.part is Part.STAMP for line in beside) or bool(
        below and (below.part is Part.OUTLET or _is_role(below.text))
    )


def _stays(line: _Line, headline: _Line | None, lines: Sequence[str], story: int) -> bool:
    """Whether a line is left to the story: a section's heading, a point without a headline above, an unsure date."""
    if line.part is Part.STAMP:
        stamp = stamp_of(line.text)
        return bool(stamp and stamp.alone) and is_timeline(lines[story:])
    if line.part is Part.POINT:
        return headline is None or line.index < headline.index
    if line.part is Part.ENTRY:
        return headline is not None and line.index > headline.index
    return line.part is Part.OTHER and line is not headline


def _stamped(zone: Sequence[_Line], story: Sequence[str]) -> datetime | None:
    """The time of publishing; where only a renewal is stamped, that."""
    stamps = [stamp for line in zone if line.part is Part.STAMP and (stamp := stamp_of(line.text)) and stamp.when]
    if any(stamp.alone for stamp in stamps) and is_timeline(story):
        stamps = [stamp for stamp in stamps if not stamp.alone]
    if not stamps:
        return None
    return next((stamp.when for stamp in stamps if not stamp.renewed), stamps[0].when)


def _plain(line: str, names: Sequence[str]) -> str:
    """A headline without the agency's marker before it, and without the outlet's name at either end."""
    line = re.sub(r"\A(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|BRIEF)(?: \d+)?-(?=\S)", "", line.strip(" #*_-–—|"))
    for mark in _SITE.finditer(line):
        before, after = line[: mark.start()], line[mark.end() :]
        if len(after.split()) >= HEADLINE and is_outlet(before, names):
            return after
        if len(before.split()) >= HEADLINE and is_outlet(after, names):
            return before
    return line


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_menu_word(entry: str) -> bool:
    return all(word.casefold().strip(",") in _words("navigation words") for word in entry.split())


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    file = "debris.txt" if name == "navigation words" else "pages.txt"
    return frozenset(word for line in sections(file)[name] for word in line.split())
