"""Bounds every text of a mail, so that no word of a source and no setting can fill it. The whole edition has all."""

from dataclasses import replace

from briefer.render.mail.sheet import Detail, Entry, Listing, Section, Sheet
from briefer.render.mail.subject import cut
from briefer.render.safe import line

LONGEST = 500  # characters of a sentence
_HEADING = 120
_ASIDE = 300
_PARAGRAPH = 1500  # a list of outlets
_ADDRESS = 2000  # what browsers of old take


def short(text: str, most: int = LONGEST) -> str:
    """A harmless text, cut at a word where no mail has room for it."""
    return text if len(text) <= most else line(cut(text[: 2 * most], most))  # to clean all of a long one takes long


def address(url: str) -> str:
    """The address, "" where it is too long to be one; half an address leads nowhere."""
    return url if len(url) <= _ADDRESS else ""


def bounded(sheet: Sheet) -> Sheet:
    """The sheet with each of its texts short enough."""
    return replace(
        sheet,
        title=short(sheet.title, _HEADING),
        head=tuple(short(one, _ASIDE) for one in sheet.head),
        notices=tuple(short(one) for one in sheet.notices),
        lead=tuple(_entry(entry) for entry in sheet.lead),
        sections=tuple(_section(section) for section in sheet.sections),
        foot=tuple(short(one) for one in sheet.foot),
        links={mark: url for mark, url in sheet.links.items() if address(url)},
        whole=short(sheet.whole, _ADDRESS),
        unsubscribe=short(sheet.unsubscribe, _ADDRESS),
    )


def _section(section: Section) -> Section:
    lists = tuple(_listing(rows) for rows in section.lists)
    return replace(section, title=short(section.title, _HEADING), aside=short(section.aside, _ASIDE), lists=lists)


def _listing(rows: Listing) -> Listing:
    most = _PARAGRAPH if rows.form == "prose" and len(rows.entries) == 1 else LONGEST
    entries = tuple(_entry(entry, most) for entry in rows.entries)
    return replace(rows, label=short(rows.label, _HEADING), aside=short(rows.aside, _ASIDE), entries=entries)


def _entry(entry: Entry, most: int = LONGEST) -> Entry:
    return replace(
        entry,
        text=short(entry.text, most),
        verb=short(entry.verb, _HEADING),
        note=short(entry.note, _ASIDE),
        details=tuple(_detail(detail) for detail in entry.details),
    )


def _detail(detail: Detail) -> Detail:
    return replace(detail, text=short(detail.text, 2 * LONGEST), aside=short(detail.aside, _ASIDE))
