"""The text of an article in; its title, stamp and dateline apart from the text that begins with its first sentence."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from briefer.clean.dateline import COUNTRY, NAME, Dateline, credited, dateline, run_in_dateline
from briefer.clean.debris import long_sentences, run_in
from briefer.clean.published import dated
from briefer.types import Cut

SHORT_LINE = 60  # characters; a line no longer than this that begins with a date is a stamp
MOST_HEADING = 160  # characters; a longer line without a full stop is a paragraph

_CLOSED = re.compile(r"[.!…:;,。！；，؛،۔।]['\"”’»)]*\Z")
_STAMP_LABEL = re.compile(
    r"(?:(?:date of publication|publication date|last updated?|first published|published|posted|updated|modified"
    r"|created|date|issued|released)(?: on| at)?:? *)",
    re.IGNORECASE,
)
_FILED = re.compile(
    rf"(?:\A|\n)(?:Full Article )?(?P<title>[A-Z][^\n|]{{20,120}}?) [A-Z][A-Z/]+(?: [A-Z]+){{0,2}}{COUNTRY}? \| "
)
_UNSURE_DAY = re.compile(r"\d{1,2}([/-])\d{1,2}\1(?:19|20)\d\d(?= [A-Z]|\n)")  # 03/04/2011: of March or of April?
_AFTER_STAMP = re.compile(r"[\s|,.:–—-]*(?:by [A-Z][\w-]+ [A-Z][\w-]+(?: [A-Z]\w+)?(?= [A-Z]))?[\s|]*")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of an article says, and the text that is left; "" and None where it says nothing."""

    text: str
    title: str = ""
    dateline: str = ""
    wire: str = ""
    stamped: datetime | None = None
    headed: bool = False
    cuts: tuple[Cut, ...] = ()

    def cut(self, end: int, rule: str) -> "Head":
        """The head with the first `end` characters of its text cut."""
        piece = Cut(self.text[:end].strip(), rule)
        return replace(self, text=self.text[end:].lstrip(), cuts=(*self.cuts, piece) if piece.text else self.cuts)


def read_head(text: str, title: str, *, stamped: datetime | None = None, headed: bool = False) -> Head:
    """Take title, labels, time stamps and dateline off the start of a text whose paragraphs are parted by blank lines.

    `title` is what the container says, "" where it says nothing; a heading of the text is taken then, unless the
    text is `headed`: what stood above it has been read, with the time it was `stamped`, and its headings are its own.
    """
    head = Head(text, title, stamped=stamped, headed=headed)
    for _ in range(12):
        shorter = _step(head)
        if shorter is head or not shorter.text:
            break
        head = shorter
    opening = dateline(head.text)
    return _signed(head, opening) if opening else _before_dateline(head)


def _step(head: Head) -> Head:
    for peel in (_repeated_title, _stamp, _run_in, _credit, _heading):
        shorter = peel(head)
        if shorter is not head:
            return shorter
    return head


def _repeated_title(head: Head) -> Head:
    title = head.title
    while title:
        end = _title_end(head.text, title)
        if 0 < end < len(head.text):
            return replace(head.cut(end, "title"), title=title)
        title = title[: max(title.rfind(" - "), title.rfind(" | "), title.rfind(" – "), 0)]
    return head


def _title_end(text: str, title: str) -> int:
    """Where a title ends that a text begins with, marks and case apart; 0 where it does not begin with it."""
    wanted = [character for character in title.casefold() if character.isalnum()]
    if len(wanted) < 12:
        return len(title) if wanted and text.startswith(title + "\n") else 0
    index = 0
    for position, character in enumerate(text[: len(title) * 2 + 20]):
        if not character.isalnum():
            continue
        folded = character.casefold()
        if len(folded) > 1 or folded != wanted[index]:
            return 0
        index += 1
        if index == len(wanted):
            return _past_mark(text, position + 1)
    return 0


def _past_mark(text: str, end: int) -> int:
    """Past the marks that close a title; 0 where it runs on ("Rebels take Brega" of "Rebels take Bregan ...")."""
    match = re.compile(r"[.!?…\"”’')]*(?=\s|\Z)").match(text, end)
    return match.end() if match else 0


def _stamp(head: Head) -> Head:
    text = head.text
    label = _STAMP_LABEL.match(text)
    start = label.end() if label else 0
    place = re.compile(rf"{NAME}(?:[ /]{NAME}){{0,3}}{COUNTRY}? \| ").match(text)
    if place and not label:
        start = place.end()
    found = dated(text, start, anchored=True)
    if not found:
        unsure = _UNSURE_DAY.match(text, start)
        return head.cut(unsure.end(), "timestamp") if unsure and unsure.end() < len(text) else head
    rest = _AFTER_STAMP.match(text, found[2])
    end = rest.end() if rest else found[2]
    line = text.find("\n\n")
    if end <= line <= SHORT_LINE and not _CLOSED.search(text[:line]):
        end = line  # "4 May 2031 - Kyiv" on a line of its own
    elif not _stands_alone(text, end, found[2], bool(label)):
        return head
    updated = bool(label and "pdat" in label.group().lower())
    stamped = head.stamped or (None if updated and head.stamped else found[0])
    return replace(head.cut(end, "timestamp"), stamped=stamped)


def _stands_alone(text: str, end: int, date_end: int, labelled: bool) -> bool:
    """A date is a stamp where a new thing begins after it, and no other line begins with one (as in a timeline)."""
    following = text[end : end + 1]
    if not following or labelled or "\n" in text[date_end:end]:
        return bool(following)
    if re.match(r"\s?[:–—-]\s", text[date_end : date_end + 3]) or following.islower():
        return False
    return not any(dated(line, anchored=True) for line in text[end:].split("\n") if line[:1].isalnum())


def _run_in(head: Head) -> Head:
    length = run_in(head.text, "before the text")
    return head.cut(length, "byline") if 0 < length < len(head.text) else head


def _credit(head: Head) -> Head:
    """An agency's name alone before a stamp: "AFP Friday 1 Jul 2016"."""
    match = re.compile(r"(?P<wire>[A-Z][A-Za-z-]{1,12}) (?=\S)").match(head.text)
    if not match or not (wire := credited(match["wire"])) or not dated(head.text, match.end(), anchored=True):
        return head
    return replace(head.cut(match.end(), "agency credit"), wire=head.wire or wire)


def _heading(head: Head) -> Head:
    first, parted, rest = head.text.partition("\n\n")
    if not parted or head.headed or not _is_heading(first, rest):
        return head
    if re.match(r"(?:By|From) [A-Z]", first):
        return head.cut(len(first), "byline")
    words = len(first.split())
    following = rest.partition("\n\n")
    if words < 4 and following[1] and _is_heading(following[0], following[2]) and not head.title:
        return head.cut(len(first), "label")
    if not head.title:
        return replace(head.cut(len(first), "title"), title=first.strip(" #*_-–—|"))
    # one heading is the title; what stands under it may be the first line of the story
    return head.cut(len(first), "heading") if not any(cut.rule in ("title", "heading") for cut in head.cuts) else head


def _is_heading(line: str, rest: str) -> bool:
    if len(line) > MOST_HEADING or "\n" in line or _CLOSED.search(line) or len(line.split()) > 26:
        return False
    if (line.endswith("?") and len(line) > 110) or re.search(r"[.!?]['\"”’]\Z|[.!?] [A-Z]", line):
        return False
    return len(rest) > max(60, len(line)) and any(character.isalpha() for character in line)


def _signed(head: Head, opening: Dateline) -> Head:
    return replace(
        head.cut(opening.end, "dateline"),
        dateline=opening.place,
        wire=opening.wire or head.wire,
        stamped=head.stamped or opening.day,
    )


def _before_dateline(head: Head) -> Head:
    """A signed dateline that titles, summaries and captions are run in before: they go, as they say it in short."""
    found = run_in_dateline(head.text)
    if not found:
        return head
    before = head.text[: found.start]
    if len(before) > 0.5 * len(head.text) or long_sentences([before]) > 3:
        return head
    title = head.title or _title_before(before)
    piece = Cut(before.strip(), "before the dateline")
    stamped = head.stamped or _last_stamp(before)
    head = replace(head, text=head.text[found.start :], title=title, stamped=stamped, cuts=(*head.cuts, piece))
    return _signed(head, replace(found, end=found.end - found.start))


def _title_before(text: str) -> str:
    """The title in what stands before a dateline: all of it where it is one short line, or what a stamp follows."""
    filed = _FILED.search(text)
    title = filed["title"] if filed else text
    short = 20 < len(title) <= 120 and not re.search(r"[.?!\n|*()] ?\S|\ABy ", title)
    return title.strip(" |-–—") if short and (filed or ":" not in title) else ""


def _last_stamp(text: str) -> datetime | None:
    """The last full date: those before it belong to captions."""
    last = None
    found = dated(text)
    while found:
        last, found = found[0], dated(text, found[2])
    return last
