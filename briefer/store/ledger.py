"""The ledger: who held each place at the end of each day that had an edition.

A row is written for the days on which it changed, and is empty where a place was no longer in the ledger. When an
earlier day is made again, the later days stay as they were. Functions take a connection within a transaction or a
`connected` block.
"""

from collections.abc import Mapping, Sequence
from datetime import date as Date

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select

from briefer.reading.names import fold
from briefer.store.packed import Packed, fit
from briefer.store.schema import editions, ledger
from briefer.store.statements import by_first, parts, upsert
from briefer.types import Holding

_PACKED = Packed(Holding, "ledger row of")
_GONE = b""


def write(connection: Connection, collection: str, day: Date, rows: Sequence[Holding]) -> None:
    """Keep the whole ledger as of a day, where it differs from the day before."""
    now = {fit(fold(row.place)): _PACKED.pack(row) for row in rows}
    before = state(connection, collection, before=day)
    on = _rows(connection, collection, day)
    places = now.keys() | before.keys() | on.keys()
    new = {place: now.get(place, _GONE) for place in places if now.get(place, _GONE) != before.get(place, _GONE)}
    stood = {place: on.get(place, before.get(place, _GONE)) for place in places}
    moved = {place: stood[place] for place in places if stood[place] != now.get(place, _GONE)}
    _stay(connection, collection, day, moved)
    _put(connection, collection, day, {place: body for place, body in new.items() if on.get(place) != body})
    _drop(connection, collection, day, on.keys() - new.keys())


def _stay(connection: Connection, collection: str, day: Date, moved: Mapping[str, bytes]) -> None:
    """Let the next day with an edition stand as it stood, where it had no row of its own."""
    later = select(func.min(editions.c.date)).where(editions.c.collection == collection)
    following = connection.execute(later.where(editions.c.date > day.isoformat())).scalar()
    if following is None or not moved:
        return
    own = _rows(connection, collection, Date.fromisoformat(following))
    kept = {place: body for place, body in moved.items() if place not in own}
    _put(connection, collection, Date.fromisoformat(following), kept)


def state(connection: Connection, collection: str, *, before: Date) -> dict[str, bytes]:
    """The packed rows at the end of the last day before a day, by place; empty for a place that is gone."""
    last = (
        select(ledger.c.place, func.max(ledger.c.date).label("date"))
        .where(ledger.c.collection == collection, ledger.c.date < before.isoformat())
        .group_by(ledger.c.place)
        .subquery()
    )
    same: ColumnElement[bool] = and_(ledger.c.place == last.c.place, ledger.c.date == last.c.date)
    query = select(ledger.c.place, ledger.c.body).join(last, same).where(ledger.c.collection == collection)
    return by_first(connection, query)


def history(connection: Connection, collection: str, place: str) -> list[tuple[Date, bytes]]:
    """The packed rows of one place, each with the day from which it stood."""
    query = select(ledger.c.date, ledger.c.body).where(ledger.c.collection == collection, ledger.c.place == fit(place))
    return sorted((Date.fromisoformat(date), body) for date, body in connection.execute(query))


def holdings(rows: Mapping[str, bytes]) -> tuple[Holding, ...]:
    """The rows of packed ones, by place. Raises StoreError where one cannot be read."""
    made = [_PACKED.unpack(body, place) for place, body in rows.items() if body != _GONE]
    return tuple(sorted(made, key=lambda row: row.place))


def as_history(rows: Sequence[tuple[Date, bytes]]) -> list[tuple[Date, Holding]]:
    """The history of one place; from a day on which it left the ledger nobody is known to hold it."""
    found: list[tuple[Date, Holding]] = []
    for date, body in rows:
        if body != _GONE:
            found.append((date, _PACKED.unpack(body, str(date))))
        elif found:
            found.append((date, Holding(found[-1][1].place, "", "unknown", None, "")))
    return found


def _rows(connection: Connection, collection: str, day: Date) -> dict[str, bytes]:
    query = select(ledger.c.place, ledger.c.body)
    query = query.where(ledger.c.collection == collection, ledger.c.date == day.isoformat())
    return by_first(connection, query)


def _put(connection: Connection, collection: str, day: Date, rows: Mapping[str, bytes]) -> None:
    made = [
        {"collection": collection, "place": place, "date": day.isoformat(), "body": body}
        for place, body in sorted(rows.items())
    ]
    if made:
        connection.execute(upsert(ledger, connection.dialect.name), made)


def _drop(connection: Connection, collection: str, day: Date, places: set[str]) -> None:
    for part in parts(places):
        of = (ledger.c.collection == collection, ledger.c.date == day.isoformat(), ledger.c.place.in_(part))
        connection.execute(delete(ledger).where(*of))
