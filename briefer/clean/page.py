"""An HTML page in; the text of its article, and what the page says of it, out."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from briefer.clean.headers import Said

SHORT = 200  # characters; a careful reading that finds less is tried again less carefully

_META = re.compile(r"<meta\s[^<>]{5,1500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LINKED_DATA = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_TIME = re.compile(r"<time\s[^<>]{0,300}?datetime\s*=\s*[\"']([^\"']{8,40})[\"']", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{1,500}?)</title>", re.IGNORECASE | re.DOTALL)
_CANONICAL = re.compile(r"<link\s[^<>]{0,500}?rel\s*=\s*[\"']?canonical[\"']?[^<>]{0,1000}>", re.IGNORECASE)
_NAMES = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "published": (
        "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "pubdate", "publish-date",
        "sailthru.date", "dc.date.issued", "dc.date", "dcterms.created", "date", "article:published",
    ),
    "url": ("og:url", "twitter:url"),
}  # fmt: skip


def read_page(page: str) -> tuple[str, Said]:
    """The article's text, its paragraphs on lines of their own ("" where there is none), and what the page says of it.

    What is said comes from JSON-LD, then meta tags, then the first <time>, then the <title>.
    """
    said = _linked(page).over(_meta(page)).over(_elements(page))
    return _article_text(page), said


def reader_fault() -> str:
    """Why the reader of pages does not load, in one line; "" where it does.

    A library of its own can be missing though it is installed itself: old pip does not match every extra.
    """
    try:
        import trafilatura  # noqa: F401
    except ImportError as error:
        return next(iter(str(error).splitlines()), "") or type(error).__name__
    return ""


def _article_text(page: str) -> str:
    import trafilatura

    careful = trafilatura.extract(page, favor_precision=True, include_comments=False, include_tables=False) or ""
    if len(careful) >= SHORT:
        return careful
    found = trafilatura.extract(page, include_comments=False, include_tables=False, favor_recall=True) or ""
    return max(careful, found, key=len) or _bare(page)


def _bare(page: str) -> str:
    """The text of the paragraphs of a page that no article can be told in."""
    import trafilatura

    return trafilatura.baseline(page)[1] or ""


def _linked(page: str) -> Said:
    for opening in islice(_LINKED_DATA.finditer(page), 10):
        try:
            parsed: object = json.loads(page[opening.end() : page.find("</script", opening.end())])
        except (ValueError, RecursionError):
            continue
        for entry in _nodes(parsed, 0):
            if "datePublished" in entry or "headline" in entry:
                return Said(
                    _text(entry.get("headline")),
                    _text(entry.get("publisher")),
                    _text(entry.get("datePublished")),
                    _text(entry.get("url")),
                )
    return Said()


def _nodes(parsed: object, depth: int) -> Iterator[Mapping[str, object]]:
    if isinstance(parsed, list) and depth < 4:
        for entry in parsed[:50]:
            yield from _nodes(entry, depth + 1)
    elif isinstance(parsed, Mapping):
        yield parsed
        yield from _nodes(parsed.get("@graph"), depth + 1)


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list) and value:
        return _text(value[0]) if not isinstance(value[0], list) else ""
    return value if isinstance(value, str) else ""


def _meta(page: str) -> Said:
    content: dict[str, str] = {}
    for tag in _META.findall(page[:400_000]):
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content.setdefault(key.lower(), attributes.get("content", ""))
    return Said(**{field: next((content[n] for n in names if content.get(n)), "") for field, names in _NAMES.items()})


def _elements(page: str) -> Said:
    time, title, link = _TIME.search(page), _TITLE.search(page), _CANONICAL.search(page)
    target = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(link.group())} if link else {}
    return Said(title.group(1) if title else "", "", time.group(1) if time else "", target.get("href", ""))
