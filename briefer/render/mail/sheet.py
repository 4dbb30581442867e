"""What a mail says, in the order in which it says it, before any markup: text and HTML are written from one Sheet.

All texts in it are harmless (see `render.safe`), each on one line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

_COUNT = re.compile(r"(?<=\d) (?=source)")
MOST_MARKS = 8  # of one sentence
Tone = Literal["", "up", "down"]
"""How a list is marked out: what a side gains, what it loses."""
Part = Literal["", "corrections", "changes", "front"]
"""The sections that are treated in a way of their own; corrections stand above the lead."""
Form = Literal["rows", "prose", "words"]
"""A list of rows, the sentences of one paragraph, or the words of sources under their marks."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A line below an entry: an account in a dispute, or the quoted words of a source and where they stand.

    `own` tells that it is a source's text throughout, which decides its direction by itself.
    """

    text: str
    aside: str = ""
    url: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told. `note` is when, status, claimant and sources; the entry of the greatest `weight` is left out
    first where there is no room for all.
    """

    text: str
    verb: str = ""
    note: str = ""
    marks: tuple[int, ...] = ()
    details: tuple[Detail, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries under a label, "" for none. `more` counts those that are not shown; `what` names one of them."""

    entries: tuple[Entry, ...]
    label: str = ""
    aside: str = ""
    tone: Tone = ""
    form: Form = "rows"
    more: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lists under a heading; `small` ones stand in smaller print."""

    title: str
    lists: tuple[Listing, ...]
    aside: str = ""
    part: Part = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole mail. `head` are the lines below the title, `links` the source of each mark that has an address;
    `lead` stands below the corrections.

    `whole` says where the whole edition is: an address, or a command.
    """

    title: str
    subject: str
    preview: str
    head: tuple[str, ...]
    notices: tuple[str, ...]
    lead: tuple[Entry, ...]
    sections: tuple[Section, ...]
    foot: tuple[str, ...]
    language: str = "en"
    links: Mapping[int, str] = field(default_factory=dict)
    whole: str = ""
    unsubscribe: str = ""


def entries_of(sheet: Sheet, *, form: Form | None = None) -> Iterator[Entry]:
    """The entries of a sheet in their order: all, or those of the lists of one form."""
    yield from sheet.lead if form is None else ()
    for section in sheet.sections:
        for rows in section.lists:
            yield from rows.entries if form in (None, rows.form) else ()


def marks_of(sheet: Sheet) -> list[int]:
    """The marks that a sheet shows, in the order in which a reader meets them."""
    return list(dict.fromkeys(mark for entry in entries_of(sheet) for mark in few(entry.marks)[0]))


def few(marks: Sequence[int]) -> tuple[Sequence[int], str]:
    """The marks that there is room for, and "+2" for two others."""
    rest = len(marks) - MOST_MARKS
    return marks[:MOST_MARKS], f"+{rest:,}" if rest > 0 else ""


def more(rows: Listing) -> str:
    """How many entries are not shown: "and 3 more events"; "" where all are."""
    if not rows.more:
        return ""
    what = f" {rows.what}{'s' * (rows.more != 1)}" if rows.what else ""
    return f"and {rows.more:,} more{what}"


def tight(note: str) -> str:
    """A note that breaks between its parts, and neither before a dot nor between a number and what it counts."""
    return _COUNT.sub("\u00a0", note).replace(" · ", "\u00a0· ")
