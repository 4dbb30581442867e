"""The bytes of a feed in (RSS, Atom, JSON Feed); its entries out, or why it is no feed."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

from briefer.collect.decode import NotText, decode, mended
from briefer.collect.formats import is_page
from briefer.collect.values import holdable, plain
from briefer.collect.web.fetching import Got

READER_FAULTS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, AssertionError)
"""What libraries that read hostile text have been seen to raise: one source less, never the end of a run."""
MOST_ENTRIES = 1_000
DEEPEST = 200
"""Elements within each other; feeds that people read have ten."""
MOST_LOOSE = 3_000_000
"""Characters of a feed that is no well-formed XML: the reader of such is slow."""

MOST_TAGS = 300_000
"""Tags of a feed, those in its texts among them; one of more takes minutes to read."""

_TAG = re.compile(r"<[^<>]{0,5000}>")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_DECLARED = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_FEED = re.compile(r"<(?:[A-Za-z0-9]{1,20}:)?(rss|feed|rdf)\b", re.IGNORECASE)
_OFFERED = re.compile(r"<link\s[^<>]{0,600}?application/(?:rss\+xml|atom\+xml|feed\+json)[^<>]{0,600}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid|mc_[ce]id|at_(?:medium|campaign))=[^&#]*&?", re.IGNORECASE)

FeedKind = Literal["rss", "atom", "json"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `id` is what its feed knows it by, `form` a hash of what the feed shows of it.

    `text` is the feed's own text of it, HTML where `html`; `outlet` the source that an aggregator names.
    """

    id: str
    form: str
    title: str = ""
    link: str = ""
    published: str = ""
    author: str = ""
    outlet: str = ""
    text: str = ""
    html: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is now: its entries as it orders them, each once."""

    kind: FeedKind
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class NoFeed:
    """Why something is no feed, in words; `page` where it is a web page."""

    why: str
    page: bool = False


def read_feed(got: Got) -> Feed | NoFeed:
    """The feed that was fetched. Nothing that it declares is expanded or loaded."""
    try:
        text = decode(got.body, charset=got.charset)
    except NotText as error:
        return NoFeed(str(error))
    head = text.lstrip("\ufeff \t\r\n")
    if head[:1] == "{":
        return _json_feed(head, got.url)
    match = _FEED.search(head[:20_000])
    if match is None or is_page(head[: match.start()]):
        if is_page(head):
            return NoFeed(f"it is a web page, no feed{_offer(head, got.url)}", page=True)
        return NoFeed("it is empty" if not head else "it is neither RSS, Atom nor a JSON feed")
    return _xml_feed(head, got.url)


def bare(text: str) -> str:
    """A text without tags, entities resolved, every run of white space one space."""
    return " ".join(unescape(_TAG.sub(" ", text)).split())


def untracked(url: str) -> str:
    """An address without what only tells where its reader came from."""
    return _TRACKING.sub("", url).rstrip("?&") if "=" in url else url


def _xml_feed(text: str, url: str) -> Feed | NoFeed:
    first = _ELEMENT.search(text)
    if _ENTITY.search(text, 0, first.start() if first else len(text)):
        return NoFeed("it declares entities of its own, which no feed needs and bombs are made of")
    if text.count("<") > MOST_TAGS:
        return NoFeed(f"it has more than {MOST_TAGS:,} tags, which no feed has")
    text = _DECLARED.sub("", text)
    fault = _fault(text)
    if fault == "deep" or (fault and _open_tags(text) > DEEPEST * 50):
        return NoFeed("its elements lie in each other without end")
    if fault and len(text) > MOST_LOOSE:
        return NoFeed(f"it is no well-formed XML ({fault}), and too long to be mended")
    try:
        found = _parsed(text, url)
    except READER_FAULTS as error:
        return NoFeed(f"it cannot be read as a feed ({type(error).__name__})")
    version = str(found.get("version", "") or "")
    if not version and not found.entries:
        return NoFeed(f"it cannot be read as a feed{f' ({fault})' if fault else ''}")
    entries = (_entry(entry, url) for entry in found.entries[:MOST_ENTRIES])
    return Feed("atom" if version.startswith("atom") else "rss", _line(found.feed.get("title", "")), _once(entries))


def _parsed(text: str, url: str) -> Any:
    import feedparser  # type: ignore[import-untyped]

    # A stream, as feedparser takes a text for a path or an address where it looks like one.
    return feedparser.parse(
        BytesIO(text.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _fault(text: str) -> str:
    """Why a text is no well-formed XML, "deep" for one that is too deep, "" where nothing is wrong with it."""
    depth = 0

    def opened(_: str, __: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _TooDeep

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(text.encode("utf-8"), True)
    except _TooDeep:
        return "deep"
    except expat.ExpatError as error:
        return str(error)
    return ""


class _TooDeep(Exception):
    pass


def _open_tags(text: str) -> int:
    """How many more elements are opened than closed."""
    return len(_ELEMENT.findall(text)) - text.count("</") - text.count("/>")


def _entry(entry: Mapping[str, Any], base: str) -> Entry:
    title, (text, html) = _line(entry.get("title", "")), _own_text(entry)
    link = _joined(base, str(entry.get("link", "") or ""))
    updated = _line(entry["updated"]) if "updated" in entry else ""  # feedparser warns where it is only asked for
    published = _line(entry.get("published") or updated or entry.get("created") or "")
    source = entry.get("source")
    return _made(
        Entry(
            id=_line(entry.get("id", "")),
            form=updated,
            title=bare(title) if _TAG.search(title) or "&" in title else title,
            link=link,
            published=published,
            author=_line(entry.get("author", "")),
            outlet=_line(source.get("title", "")) if isinstance(source, Mapping) else "",
            text=text,
            html=html,
        )
    )


def _own_text(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest text that a feed gives of an entry, and whether it is HTML."""
    contents = entry.get("content")
    found = [_typed(one) for one in contents if isinstance(one, Mapping)] if isinstance(contents, Sequence) else []
    found.append(_typed(entry.get("summary_detail") or {"value": entry.get("summary", "")}))
    text, html = max(found, key=lambda pair: len(pair[0]))
    return text, html


def _typed(detail: Mapping[str, Any]) -> tuple[str, bool]:
    text = holdable(str(detail.get("value", "") or "")).strip()
    return text, bool(_TAG.search(text)) or ("html" in str(detail.get("type", "")) and "&" in text)


def _json_feed(text: str, url: str) -> Feed | NoFeed:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        return NoFeed(f"broken JSON: {'nested too deeply' if isinstance(error, RecursionError) else str(error)[:120]}")
    items = found.get("items") if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping) or not isinstance(items, list):
        return NoFeed("it is JSON, but no JSON feed: it has no items")
    if "jsonfeed.org" not in plain(found.get("version")):
        return NoFeed("it is JSON, but no JSON feed: its version names none")
    entries = (_item(item, url) for item in items[:MOST_ENTRIES] if isinstance(item, Mapping))
    return Feed("json", _line(found.get("title")), _once(entries))


def _item(item: Mapping[str, Any], base: str) -> Entry:
    html = plain(item.get("content_html"))
    authors = item.get("authors") or item.get("author") or ""
    return _made(
        Entry(
            id=_line(item.get("id")),
            form=_line(item.get("date_modified")),
            title=_line(item.get("title")),
            link=_joined(base, plain(item.get("url")) or plain(item.get("external_url"))),
            published=_line(item.get("date_published") or item.get("date_modified")),
            author=_line(authors[0] if isinstance(authors, list) and authors else authors),
            text=html or plain(item.get("content_text")) or plain(item.get("summary")),
            html=bool(html),
        )
    )


def _made(entry: Entry) -> Entry:
    """The entry with its id and form as they are kept; `form` holds what the feed says of its last change so far."""
    text = bare(entry.text) if entry.html else " ".join(entry.text.split())
    form = _hash(entry.title, entry.published, entry.form, text)
    return Entry(
        id=_hash(entry.id or untracked(entry.link) or f"{entry.title}\n{entry.published}"),
        form=form,
        title=mended(entry.title),
        link=entry.link,
        published=entry.published,
        author=entry.author,
        outlet=entry.outlet,
        text=entry.text,
        html=entry.html,
    )


def _once(entries: Any) -> tuple[Entry, ...]:
    """Each entry once; the first of those of one id, which is the latest in most feeds."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.link or entry.text or entry.title:
            found.setdefault(entry.id, entry)
    return tuple(found.values())


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _line(value: object) -> str:
    return " ".join(plain(value).split())[:1000]


def _joined(base: str, link: str) -> str:
    """The address of an entry, absolute; "" where it is none of the web."""
    try:
        url = urljoin(base, link.strip()) if link.strip() else ""
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    sound = parts.scheme in ("http", "https") and host and url.isprintable() and " " not in url
    return url.partition("#")[0] if sound and not parts.username and len(url) <= 2000 else ""


def _offer(page: str, base: str) -> str:
    """What to fetch in its place, where a page names its feed."""
    offered = _OFFERED.search(page[:200_000])
    href = _HREF.search(offered[0]) if offered else None
    url = _joined(base, unescape(href[1])) if href else ""
    return f"; the page names as its feed {url}" if url else ""
