"""What is known of a source from run to run, as text on a shelf; and what follows from it. No clock, no network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from briefer.collect.web.feeds import Entry, Feed

MOST_KNOWN = 3_000
"""Entries that are remembered of a feed, those it shows now among them."""
MOST_TRIES = 3
"""Runs in which a page that fails for the moment is asked for, before the feed's own text has to do."""
FEW = 3
"""A feed that had so few entries says nothing by having none."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a source looks like: how many entries, and how many of them have a text, a link and a date."""

    kind: Literal["", "rss", "atom", "json", "page"] = ""
    entries: int = 0
    texts: int = 0
    links: int = 0
    dates: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one source. Times are aware, None for never.

    `entries` are the entries collected before (id -> form), `tries` those whose pages failed for the moment and how
    often. `body` is a hash of what was last there. `terms` stands for what of the settings decides which entries are
    collected. `shape` is how it usually looks; `changed` says how it looks now apart from that, since `changed_since`.
    """

    terms: str = ""
    etag: str = ""
    modified: str = ""
    body: str = ""
    entries: Mapping[str, str] = field(default_factory=dict)
    tries: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    last_ok: datetime | None = None
    last_new: datetime | None = None
    failing_since: datetime | None = None
    why: str = ""
    shape: Shape = Shape()
    changed: str = ""
    changed_since: datetime | None = None


@cache
def _adapter() -> TypeAdapter[Known]:
    return TypeAdapter(Known)


def dump(known: Known) -> str:
    """The text to keep."""
    return _adapter().dump_json(known).decode()


def load(text: str | None, terms: str) -> Known:
    """What was kept; nothing where it is damaged.

    Under other terms no entry counts as collected, so that what was filtered out may come in.
    """
    if text is None:
        return Known(terms)
    try:
        known = _adapter().validate_json(text)
    except ValidationError:
        return Known(terms)
    if known.terms != terms:
        return replace(known, terms=terms, etag="", modified="", body="", entries={}, tries={})
    return known


def fresh(known: Known, feed: Feed) -> tuple[Entry, ...]:
    """The entries that were not collected yet, or that the feed shows otherwise than then; oldest first."""
    return tuple(entry for entry in reversed(feed.entries) if known.entries.get(entry.id) != entry.form)


def collected(known: Known, feed: Feed, done: Sequence[Entry]) -> Known:
    """With the entries that are done with; those that the feed shows no more are forgotten last."""
    forms = {entry.id: entry.form for entry in done}
    shown = {entry.id: forms.get(entry.id) or known.entries.get(entry.id, "") for entry in reversed(feed.entries)}
    kept = {name: form for name, form in known.entries.items() if name not in shown}
    entries = {**kept, **{name: form for name, form in shown.items() if form}}
    tries = {name: count for name, count in known.tries.items() if name not in forms and name in shown}
    return replace(known, entries=dict(list(entries.items())[-MOST_KNOWN:]), tries=tries)


def succeeded(known: Known, now: datetime) -> Known:
    """After a run in which it answered."""
    return replace(known, last_ok=now, failing_since=None, why="")


def failed(known: Known, now: datetime, why: str) -> Known:
    """After a run in which it did not."""
    return replace(known, failing_since=known.failing_since or now, why=why[:500])


def heard(known: Known, now: datetime, entries: Sequence[datetime | None], *, first: bool) -> Known:
    """After entries that are new to us: they came now, but when a feed is first seen, when they say."""
    if not entries:
        return known if known.last_new else replace(known, last_new=now)
    dated = [min(one, now) for one in entries if one is not None]
    return replace(known, last_new=max(dated) if first and dated else now)


def quiet_since(known: Known, now: datetime, days: int) -> datetime | None:
    """When it last had something new, where that is too long ago."""
    late = known.last_new is not None and now - known.last_new >= timedelta(days=days)
    return known.last_new if late else None


def shape_of(feed: Feed) -> Shape:
    """What a feed looks like."""
    entries = feed.entries
    return Shape(
        feed.kind,
        len(entries),
        sum(bool(entry.text) for entry in entries),
        sum(bool(entry.link) for entry in entries),
        sum(bool(entry.published) for entry in entries),
    )


def shaped(known: Known, shape: Shape, now: datetime, days: int) -> Known:
    """With how it looks now held against how it usually did; what has stood for so many days is usual."""
    words = difference(known.shape, shape)
    if not words:
        usual = shape if shape.entries or not known.shape.kind else known.shape
        return replace(known, shape=usual, changed="", changed_since=None)
    since = known.changed_since or now
    if now - since >= timedelta(days=days) and shape.kind != "page":
        return replace(known, shape=shape, changed="", changed_since=None)
    return replace(known, changed=words, changed_since=since)


def difference(usual: Shape, shape: Shape) -> str:
    """How a source looks apart from what is usual for it, in words; "" where it does not."""
    if not usual.kind:
        return ""
    if shape.kind == "page":
        return f"it was {_named(usual)} and is a web page now"
    if not shape.entries:
        return f"it has no entries, and had {usual.entries}" if usual.entries >= FEW else ""
    lost = [
        what
        for what, before, after in (
            ("text", usual.texts, shape.texts),
            ("links", usual.links, shape.links),
            ("dates", usual.dates, shape.dates),
        )
        if before * 2 > usual.entries and not after
    ]
    if lost:
        return f"its entries have no {' and no '.join(lost)} any more"
    if usual.kind != shape.kind:
        return f"it was {_named(usual)} and is {_named(shape)} now"
    return ""


def _named(shape: Shape) -> str:
    names = {"rss": "an RSS feed", "atom": "an Atom feed", "json": "a JSON feed", "page": "a web page"}
    return names.get(shape.kind, "nothing known")
