"""Events as they stand now: by id, by claim, and by the names of their places and actors.

Functions that take a connection are for use within a transaction or a `connected` block.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from briefer.reading.names import fold
from briefer.store.packed import Packed, fit
from briefer.store.schema import event_claims, event_names, events, replaced, withdrawn
from briefer.store.statements import by_first, insert_new, parts, upsert
from briefer.types import Event

_PACKED = Packed(Event, "event")


def write(connection: Connection, collection: str, now: Sequence[Event], gone: Mapping[str, str]) -> None:
    """Keep events as they stand now, and under `gone` which of them others went up in. What is as it was stays
    untouched.
    """
    _replace(connection, collection, {event.id for event in now}, gone)
    changed = _changed(connection, collection, now)
    if not changed:
        return
    names = [event.id for event, _ in changed]
    _delete(connection, event_names, collection, names)
    dialect = connection.dialect.name
    rows = [{"collection": collection, "event": event.id, "day": _day(event), "body": body} for event, body in changed]
    connection.execute(upsert(events, dialect), rows)
    _write_claims(connection, collection, [event for event, _ in changed], {event.id for event in now})
    named = [
        {"collection": collection, "kind": kind, "name": name, "event": event.id}
        for event, _ in changed
        for kind, name in sorted(_names(event))
    ]
    if named:
        connection.execute(insert_new(event_names, dialect), named)


def _replace(connection: Connection, collection: str, alive: set[str], gone: Mapping[str, str]) -> None:
    """Let the ids of `gone` lead to their heirs, at one step each, and those that are alive to nobody."""
    _delete(connection, replaced, collection, alive)
    dialect = connection.dialect.name
    for old, new in gone.items():
        heir = resolved(connection, collection, [new])[new]
        if heir == old or old in alive:
            continue
        for table, column in ((replaced, "heir"), (event_claims, "event")):
            of = (table.c.collection == collection, table.c[column] == old)
            connection.execute(update(table).where(*of).values({column: heir}))
        connection.execute(upsert(replaced, dialect), {"collection": collection, "event": old, "heir": heir})
        for table in (events, event_names):
            _delete(connection, table, collection, [old])


def _changed(connection: Connection, collection: str, now: Sequence[Event]) -> list[tuple[Event, bytes]]:
    kept: dict[str, bytes] = {}
    for part in parts([event.id for event in now]):
        query = select(events.c.event, events.c.body).where(events.c.collection == collection)
        kept |= by_first(connection, query.where(events.c.event.in_(part)))
    bodies = [(event, _PACKED.pack(event)) for event in now]
    return [(event, body) for event, body in bodies if kept.get(event.id) != body]


def _write_claims(connection: Connection, collection: str, changed: Sequence[Event], alive: set[str]) -> None:
    """Let claims lead to their events. An event that is left without any is no more."""
    leads = {claim: event.id for event in changed for claim in event.claims}
    before = of_claims(connection, collection, leads)
    rows = [
        {"collection": collection, "claim": claim, "event": event}
        for claim, event in leads.items()
        if before.get(claim) != event
    ]
    if not rows:
        return
    connection.execute(upsert(event_claims, connection.dialect.name), rows)
    robbed = set(before.values()) - alive
    left: set[str] = set()
    for part in parts(robbed):
        query = select(event_claims.c.event).where(event_claims.c.collection == collection)
        left.update(connection.execute(query.where(event_claims.c.event.in_(part))).scalars())
    for table in (events, event_names):
        _delete(connection, table, collection, robbed - left)
    for part in parts(robbed - left):
        connection.execute(delete(replaced).where(replaced.c.collection == collection, replaced.c.heir.in_(part)))


def of_claims(connection: Connection, collection: str, claims: Iterable[str]) -> dict[str, str]:
    """The event of each claim, those claims that are known."""
    return _looked_up(connection, event_claims, collection, ("claim", "event"), claims)


def resolved(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, str]:
    """The id under which each event is kept now: its own, or its heir's."""
    wanted = list(ids)
    heirs = _looked_up(connection, replaced, collection, ("event", "heir"), wanted)
    return {name: heirs.get(name, name) for name in wanted}


def ancestors(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, str]:
    """The ids that went up in these, each with the one that it went up in."""
    found: dict[str, str] = {}
    for part in parts(set(ids)):
        query = select(replaced.c.event, replaced.c.heir).where(replaced.c.collection == collection)
        found |= by_first(connection, query.where(replaced.c.heir.in_(part)))
    return found


def taken_back(connection: Connection, collection: str, claims: Iterable[str]) -> dict[str, str]:
    """The article that takes back each claim, those claims that are."""
    return _looked_up(connection, withdrawn, collection, ("claim", "article"), claims)


def write_taken_back(connection: Connection, collection: str, claims: Mapping[str, str]) -> None:
    """Keep which article takes back each claim; the first that did stays."""
    rows = [{"collection": collection, "claim": claim, "article": article} for claim, article in claims.items()]
    if rows:
        connection.execute(insert_new(withdrawn, connection.dialect.name), rows)


def bodies(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, bytes]:
    """The events that are kept under ids, packed."""
    return _looked_up(connection, events, collection, ("event", "body"), ids)


def about(connection: Connection, collection: str, kind: str, name: str) -> dict[str, bytes]:
    """The events, packed, that name a `place` or an `actor` of this key."""
    joined = event_names.join(
        events, (event_names.c.collection == events.c.collection) & (event_names.c.event == events.c.event)
    )
    query = select(events.c.event, events.c.body).select_from(joined)
    of = (event_names.c.collection == collection, event_names.c.kind == kind, event_names.c.name == fit(name))
    return by_first(connection, query.where(*of))


def names(connection: Connection, collection: str, kind: str) -> dict[str, int]:
    """The keys of all places or actors, each with the number of its events."""
    of = (event_names.c.collection == collection, event_names.c.kind == kind)
    query = select(event_names.c.name, func.count()).where(*of).group_by(event_names.c.name)
    return dict(sorted(by_first(connection, query).items()))


def unpacked(found: Mapping[str, bytes]) -> dict[str, Event]:
    """The events of bodies. Raises StoreError where one cannot be read."""
    return {name: _PACKED.unpack(body, name) for name, body in found.items()}


def _names(event: Event) -> set[tuple[str, str]]:
    """The keys under which an event is found: of its place, and of its actors and opponents."""
    actors = (event.actor, *event.actors, event.opponent, *event.opponents)
    found = {("actor", fit(fold(name))) for name in actors}
    if event.place is not None:
        found.add(("place", fit(fold(event.place.canonical or event.place.name))))
    return {(kind, name) for kind, name in found if name}


def _day(event: Event) -> str:
    day = event.when.end or event.when.start or event.reported
    return day.isoformat() if day else ""


def _looked_up(
    connection: Connection, table: Table, collection: str, columns: tuple[str, str], keys: Iterable[str]
) -> dict[str, Any]:
    key, value = columns
    found: dict[str, Any] = {}
    for part in parts(set(keys)):
        query = select(table.c[key], table.c[value]).where(table.c.collection == collection, table.c[key].in_(part))
        found |= by_first(connection, query)
    return found


def _delete(connection: Connection, table: Table, collection: str, ids: Iterable[str]) -> None:
    for part in parts(set(ids)):
        connection.execute(delete(table).where(table.c.collection == collection, table.c.event.in_(part)))


def forget(connection: Connection, collection: str, first: str) -> None:
    """Delete the events of days from `first` ("" for all, undated ones too), and what leads to them."""
    late = select(events.c.event).where(events.c.collection == collection, events.c.day >= first)
    for table in (event_claims, event_names):
        connection.execute(delete(table).where(table.c.collection == collection, table.c.event.in_(late)))
    connection.execute(delete(replaced).where(replaced.c.collection == collection, replaced.c.heir.in_(late)))
    connection.execute(delete(events).where(events.c.collection == collection, events.c.day >= first))
    if not first:
        for table in (event_claims, event_names, replaced, withdrawn):
            connection.execute(delete(table).where(table.c.collection == collection))
