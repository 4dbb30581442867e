"""A Briefing as a mail: the Page with its subject, text and HTML, small enough that no mail client cuts it off."""

import quopri
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefer.render.mail import markup, plain
from briefer.render.mail.fitting import Fitting
from briefer.render.mail.layout import Frame, Layout
from briefer.render.mail.sheet import Section
from briefer.types import Briefing

MOST_BYTES = 100_000
"""Of the HTML as it is sent: Gmail hides what goes beyond 102 kB."""
_BASE64_LINE = 57  # bytes that make 76 characters


@dataclass(frozen=True, slots=True)
class Page:
    """A mail as it is read: a subject of one line, the same facts as text (72 columns) and as HTML."""

    subject: str
    text: str
    html: str


def rendered(
    briefing: Briefing,
    *,
    title: str,
    notices: Sequence[str] = (),
    whole: str = "",
    unsubscribe: str = "",
    most_bytes: int = MOST_BYTES,
) -> Page:
    """The mail of an edition under the `title` of its digest.

    `notices` are said at the top, `whole` says where the whole edition is (an address or a command), `unsubscribe` is
    an address for that. Where the HTML would be sent in more than `most_bytes`, quotes and then the least important
    entries are left out, and the mail says how many.
    """
    layout = Layout.of(briefing)
    fitting = Fitting.of(layout.sheet(Frame(title, tuple(notices), whole, unsubscribe)), layout)
    sheet = fitting.fitted(lambda sheet: sent_bytes(markup.html(sheet)) <= most_bytes)
    return Page(sheet.subject, plain.text(sheet), markup.html(sheet))


def abridged(briefing: Briefing) -> str:
    """What an edition tells in short, as an HTML element without styles: corrections, lead, changes, each situation."""
    sheet = Layout.of(briefing).sheet(Frame(""))
    sections = (_in_short(section) for section in sheet.sections if section.part)
    return markup.fragment(replace(sheet, sections=tuple(section for section in sections if section.lists)))


def _in_short(section: Section) -> Section:
    if section.part != "front":
        return section
    return replace(section, lists=tuple(rows for rows in section.lists if rows.form == "prose"))


def sent_bytes(text: str) -> int:
    """How many bytes a text takes in a mail: as quoted-printable, or as base64 where many letters are beyond ASCII."""
    raw = text.encode()
    if 2 * sum(byte > 126 for byte in raw) > len(raw) // 3:
        return -(-len(raw) // _BASE64_LINE) * 78
    quoted = quopri.encodestring(raw)
    return len(quoted) + quoted.count(b"\n")  # lines end in CRLF
