"""Editions as they were made, with what each told and which articles it knew.

An event is kept in each form in which it was ever told, once, however many editions told it so. Functions that take a
connection are for use within a transaction or a `connected` block.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from briefer.errors import StoreError
from briefer.store.packed import Packed, day_of, moment
from briefer.store.schema import edition_claims, editions, forms, told, used
from briefer.store.statements import by_first, insert_new, parts
from briefer.types import Briefing, EditionChange, EditionKey, Event, KeptEdition, Remembered, Told

_PACKED = Packed(Briefing, "edition of")
_CHANGES = Packed(tuple[EditionChange, ...], "changes told on")
_EVENT = Packed(Event, "told event")
_LIGHT = (
    editions.c.collection,
    editions.c.reader,
    editions.c.date,
    editions.c.since,
    editions.c.made,
    editions.c.final,
)


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition without its briefing; `made` is aware."""

    key: EditionKey
    made: datetime
    final: bool


def write(connection: Connection, remembered: Remembered) -> None:
    """Keep an edition in the place of the one under its key, and what it told and knew. Raises StoreError if that is
    final.
    """
    edition = remembered.edition
    number = _cleared(connection, edition.key)
    row = {
        **_columns(edition.key),
        "number": number,
        "made": moment(edition.made),
        "final": int(edition.final),
        "changes": _CHANGES.pack(tuple(one for one in edition.briefing.changes if one.kind != "quiet")),
        "body": _PACKED.pack(edition.briefing),
    }
    connection.execute(insert(editions), row)
    claims = sorted({claim.id for claim in edition.briefing.claims})
    if claims:
        connection.execute(insert(edition_claims), [{"claim": claim, "edition": number} for claim in claims])
    if remembered.used:
        rows = [{"article": name, "edition": number} for name in sorted(set(remembered.used))]
        connection.execute(insert(used), rows)
    _write_told(connection, number, remembered)


def _write_told(connection: Connection, number: int, remembered: Remembered) -> None:
    known = {event.id: event for event in (*remembered.edition.briefing.events, *remembered.events)}
    missing = sorted(set(remembered.told) - known.keys())
    if missing:
        raise StoreError(f"the edition tells events that are not among its own: {', '.join(missing[:5])}")
    bodies = {name: _EVENT.pack(known[name]) for name in sorted(set(remembered.told))}
    if not bodies:
        return
    names = {event: hashlib.sha256(body).hexdigest()[:24] for event, body in bodies.items()}
    kept = {names[event]: body for event, body in bodies.items()}
    connection.execute(
        insert_new(forms, connection.dialect.name), [{"form": form, "body": body} for form, body in kept.items()]
    )
    connection.execute(
        insert(told), [{"event": event, "edition": number, "form": form} for event, form in names.items()]
    )


def _cleared(connection: Connection, key: EditionKey) -> int:
    """The number for an edition, with nothing under it any more."""
    kept = connection.execute(select(editions.c.number, editions.c.final).where(*_is(key))).one_or_none()
    if kept is None:
        return (connection.execute(select(func.max(editions.c.number))).scalar() or 0) + 1
    if kept.final:
        raise StoreError(f"{_named(key)} has gone out and is not made again; `briefer show {key.date}` shows it")
    drop(connection, [kept.number])
    return int(kept.number)


def drop(connection: Connection, numbers: Collection[int]) -> None:
    """Delete editions, and what they told and knew."""
    forget(connection, numbers)
    for part in parts(numbers):
        connection.execute(delete(edition_claims).where(edition_claims.c.edition.in_(part)))
        connection.execute(delete(editions).where(editions.c.number.in_(part)))


def forget(connection: Connection, numbers: Collection[int]) -> None:
    """Delete what editions told and knew."""
    for part in parts(numbers):
        for table in (told, used):
            connection.execute(delete(table).where(table.c.edition.in_(part)))


def finalise(connection: Connection, key: EditionKey) -> None:
    """Mark an edition as gone out. Raises StoreError where there is none under the key."""
    found = connection.execute(update(editions).where(*_is(key)).values(final=1))
    if not found.rowcount:
        raise StoreError(f"{_named(key)} is not in the store; make it before it is sent")


def records(connection: Connection, collection: str, reader: str | None) -> list[EditionRecord]:
    """The editions of a collection, of one reader or of all (None), by day, reader and when they were made."""
    query = select(*_LIGHT).where(editions.c.collection == collection)
    if reader is not None:
        query = query.where(editions.c.reader == reader)
    return _sorted(_record(row) for row in connection.execute(query).mappings())


def edition(connection: Connection, key: EditionKey) -> RowMapping | None:
    """The row of an edition, for `made`."""
    return connection.execute(select(*_LIGHT, editions.c.body).where(*_is(key))).mappings().one_or_none()


def latest(connection: Connection, collection: str, reader: str, until: Date | None) -> RowMapping | None:
    """The row of the last edition of a reader, of days up to and including `until`; of one day the last made."""
    query = select(*_LIGHT, editions.c.body).where(editions.c.collection == collection, editions.c.reader == reader)
    if until is not None:
        query = query.where(editions.c.date <= until.isoformat())
    order = (editions.c.date.desc(), editions.c.made.desc(), editions.c.since.desc())
    return connection.execute(query.order_by(*order).limit(1)).mappings().one_or_none()


def made(row: RowMapping) -> KeptEdition:
    """The edition of a row. Raises StoreError where it cannot be read."""
    record = _record(row)
    return KeptEdition(record.key, record.made, _PACKED.unpack(row["body"], row["date"]), record.final)


def changes(connection: Connection, collection: str, reader: str, after: Date, until: Date) -> list[tuple[str, bytes]]:
    """The days after `after` up to and including `until`, each with what its last edition told, packed."""
    of = (editions.c.collection == collection, editions.c.reader == reader)
    days = (editions.c.date > after.isoformat(), editions.c.date <= until.isoformat())
    query = select(editions.c.date, editions.c.changes).where(*of, *days)
    query = query.order_by(editions.c.date, editions.c.made, editions.c.since)
    return list(by_first(connection, query).items())  # of a day the last row stays


def as_changes(day: str, body: bytes) -> tuple[EditionChange, ...]:
    """The changes of an edition. Raises StoreError where they cannot be read."""
    return _CHANGES.unpack(body, day)


def with_claims(connection: Connection, collection: str, claims: Iterable[str]) -> Mapping[str, list[EditionRecord]]:
    """The editions that carried each claim, those claims that any did."""
    found: dict[str, list[EditionRecord]] = {}
    joined = edition_claims.join(editions, edition_claims.c.edition == editions.c.number)
    for part in parts(set(claims)):
        query = select(edition_claims.c.claim, *_LIGHT).select_from(joined)
        rows = connection.execute(query.where(editions.c.collection == collection, edition_claims.c.claim.in_(part)))
        for row in rows.mappings():
            found.setdefault(row["claim"], []).append(_record(row))
    return {claim: _sorted(carried) for claim, carried in sorted(found.items())}


def last_told(
    connection: Connection, collection: str, reader: str, until: Date, events: Iterable[str]
) -> dict[str, tuple[Date, str]]:
    """When each event was told last, under its own id, by a reader's editions up to and including `until`: the day, and
    the name of the form in which it was.
    """
    days = _days(connection, collection, reader, until)
    latest: dict[str, tuple[str, str, str]] = {}
    for part in parts(set(events)):
        query = select(told.c.event, told.c.edition, told.c.form).where(told.c.event.in_(part))
        for event, number, form in connection.execute(query):
            if number in days:
                latest[event] = max(latest.get(event, ("", "", "")), (*days[number], form))
    return {event: (Date.fromisoformat(date), form) for event, (date, _, form) in latest.items()}


def _days(connection: Connection, collection: str, reader: str, until: Date) -> dict[int, tuple[str, str]]:
    """The day of each of a reader's editions up to and including `until`, and when it was made; by its number.

    Joined in SQL, the databases go through all that a year of editions told to find one week's events.
    """
    query = select(editions.c.number, editions.c.date, editions.c.made).where(
        editions.c.collection == collection, editions.c.reader == reader, editions.c.date <= until.isoformat()
    )
    return {number: (date, made) for number, date, made in connection.execute(query)}


def in_form(connection: Connection, names: Iterable[str]) -> dict[str, bytes]:
    """The bodies of forms, by name."""
    found: dict[str, bytes] = {}
    for part in parts(set(names)):
        found |= by_first(connection, select(forms.c.form, forms.c.body).where(forms.c.form.in_(part)))
    return found


def as_told(event: str, date: Date, body: bytes) -> Told:
    """An event as it was told. Raises StoreError where it cannot be read."""
    return Told(_EVENT.unpack(body, event), date)


def knew(connection: Connection, collection: str, reader: str, until: Date, articles: Iterable[str]) -> frozenset[str]:
    """Those of the articles that an edition of the reader up to and including `until` knew."""
    days = _days(connection, collection, reader, until)
    found: set[str] = set()
    for part in parts(set(articles)):
        query = select(used.c.article, used.c.edition).where(used.c.article.in_(part))
        found.update(article for article, number in connection.execute(query) if number in days)
    return frozenset(found)


def _columns(key: EditionKey) -> dict[str, str]:
    since = key.since.isoformat() if key.since else ""
    return {"collection": key.collection, "reader": key.reader, "date": key.date.isoformat(), "since": since}


def _is(key: EditionKey) -> list[Any]:
    return [editions.c[name] == value for name, value in _columns(key).items()]


def _named(key: EditionKey) -> str:
    whose = f" for {key.reader}" if key.reader else ""
    return f"the edition of {key.collection}{whose} of {key.date}"


def _record(row: RowMapping) -> EditionRecord:
    key = EditionKey(row["collection"], row["reader"], Date.fromisoformat(row["date"]), day_of(row["since"]))
    return EditionRecord(key, datetime.fromisoformat(row["made"]), bool(row["final"]))


def _sorted(found: Iterable[EditionRecord]) -> list[EditionRecord]:
    return sorted(found, key=lambda one: (one.key.date, one.key.reader, one.made, one.key.since or Date.min))
