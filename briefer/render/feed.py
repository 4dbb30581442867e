"""Editions as an Atom feed (RFC 4287): entries in, one XML document out; the same entries give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree import ElementTree

from briefer.render import back
from briefer.render.mail import abridged, has_news
from briefer.render.mail.subject import cut
from briefer.render.safe import line, web_address
from briefer.types import KeptEdition

_ATOM = {"xmlns": "http://www.w3.org/2005/Atom"}
_SINCE = "2026-01-01"  # a day on which the house had its name; a tag URI wants one, and it never changes
_LONGEST = 300  # characters of a summary


@dataclass(frozen=True, slots=True)
class Series:
    """What a feed is of. `base` is the address of the folder that it stands in, without a slash at its end, or "".

    `house` is the domain under which ids are made: they stay the same as long as it does.
    """

    title: str
    collection: str
    reader: str
    base: str = ""
    house: str = "briefer.invalid"

    @property
    def id(self) -> str:
        """The tag URI of the feed."""
        return f"tag:{self.house},{_SINCE}:{self.collection}/{self.reader or 'terminal'}"

    def id_of(self, day: date) -> str:
        """The tag URI of the edition of a day."""
        return f"{self.id}/{day.isoformat()}"

    def address(self, name: str) -> str:
        """The address of a file beside the feed; its name alone where the folder has no address."""
        return f"{self.base}/{name}" if self.base else name


def atom(series: Series, editions: Sequence[KeptEdition], *, name: str = "feed.atom") -> str:
    """The feed of editions of different days, latest first, under the file `name`; it ends in a newline.

    Every entry links to the page `YYYY-MM-DD.html` beside it.
    """
    latest = sorted(editions, key=lambda edition: edition.key.date, reverse=True)
    feed = ElementTree.Element("feed", _ATOM)
    _text(feed, "id", series.id)
    _text(feed, "title", series.title)
    _text(feed, "updated", _moment(max((edition.made for edition in latest), default=datetime(2026, 1, 1, tzinfo=UTC))))
    _text(ElementTree.SubElement(feed, "author"), "name", series.title)
    _text(feed, "generator", "briefer")
    if series.base:
        _link(feed, "self", "application/atom+xml", series.address(name))
    for edition in latest:
        _entry(feed, series, edition)
    ElementTree.indent(feed)
    body = ElementTree.tostring(feed, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _entry(feed: ElementTree.Element, series: Series, edition: KeptEdition) -> None:
    briefing = edition.briefing
    entry = ElementTree.SubElement(feed, "entry")
    day = briefing.date
    _text(entry, "id", series.id_of(day))
    _text(entry, "title", f"{series.title}, {back.head(briefing).day}")
    _text(entry, "updated", _moment(edition.made))
    _link(entry, "alternate", "text/html", series.address(f"{day.isoformat()}.html"))
    lead = briefing.lead[0].text if briefing.lead and has_news(briefing) else back.without_lead(briefing)
    _text(entry, "summary", line(cut(lead, _LONGEST)))
    _text(entry, "content", abridged(briefing), type="html")


def _text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    shown = text if name == "content" else line(text)  # only markup of our own keeps its lines
    ElementTree.SubElement(parent, name, attributes).text = shown


def _link(parent: ElementTree.Element, rel: str, type: str, address: str) -> None:
    shown = web_address(address) or line(address)
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": type, "href": shown})


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
