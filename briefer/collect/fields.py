"""Which keys of a JSON object mean what: settings in, the values of one article's object out."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from briefer.collect.values import plain


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names under which a JSON row may keep each thing; the first that is present and not empty wins.

    Names are compared without regard to case, `_` and `-`, so that "pubDate" and "pub_date" are one.
    """

    id: tuple[str, ...] = ("id", "_id", "guid", "article_id")
    title: tuple[str, ...] = ("title", "headline", "name")
    url: tuple[str, ...] = ("url", "link", "href", "canonical_url")
    published: tuple[str, ...] = ("published", "date", "pubDate", "published_at", "date_published", "timestamp")
    outlet: tuple[str, ...] = ("outlet", "source", "publisher", "site_name", "sitename", "source_name", "feed")
    text: tuple[str, ...] = ("text", "content", "body", "article", "article_body", "full_text")
    html: tuple[str, ...] = ("html", "content_html", "page")


@dataclass(frozen=True, slots=True)
class Row:
    """What one JSON object says of an article, each as plain text, "" where it says nothing."""

    id: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    outlet: str = ""
    text: str = ""
    html: str = ""


def row(entry: Mapping[str, object], names: FieldNames) -> Row:
    """The values of an object by meaning, whatever its keys are called."""
    present = {_folded(key): value for key, value in reversed(list(entry.items()))}
    found = {}
    for field in fields(names):
        alternatives: tuple[str, ...] = getattr(names, field.name)
        values = (plain(present.get(_folded(name))) for name in alternatives)
        found[field.name] = next((value for value in values if value), "")
    return Row(**found)


def _folded(key: str) -> str:
    return key.replace("_", "").replace("-", "").casefold()
