"""What readers made of articles, so that none is read twice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from briefer.store.database import Database
from briefer.store.packed import Packed
from briefer.store.schema import readings
from briefer.store.statements import parts, upsert
from briefer.types import Reading

_PACKED = Packed(Reading, "reading of")


class Readings:
    """Readings by article and reader. All methods raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, made: Sequence[Reading]) -> None:
        """Keep readings, all or none, each in the place of the same reader's earlier one."""
        with self._database.transaction() as connection:
            write(connection, made)

    def of(self, article_ids: Iterable[str], reader: str) -> Mapping[str, Reading]:
        """This reader's readings of articles, else the latest that any other made; only of articles that have any."""
        found: dict[str, Row[Any]] = {}
        with self._database.connected() as connection:
            for part in parts(set(article_ids)):
                for row in connection.execute(select(readings).where(readings.c.article.in_(part))):
                    best = found.get(row.article)
                    if best is None or _rank(row, reader) > _rank(best, reader):
                        found[row.article] = row
        return {name: _PACKED.unpack(row.body, name) for name, row in sorted(found.items())}


def write(connection: Connection, made: Sequence[Reading]) -> None:
    """Keep readings, within a transaction; those that are kept already as they are stay untouched."""
    if not made:
        return
    rows = {(one.article, one.reader): _PACKED.pack(one) for one in made}
    kept: dict[tuple[str, str], bytes] = {}
    for part in parts({article for article, _ in rows}):
        query = select(readings.c.article, readings.c.reader, readings.c.body).where(readings.c.article.in_(part))
        kept |= {(row.article, row.reader): row.body for row in connection.execute(query)}
    number = (connection.execute(select(func.max(readings.c.number))).scalar() or 0) + 1
    new = [
        {"article": article, "reader": reader, "number": number, "body": body}
        for (article, reader), body in rows.items()
        if kept.get((article, reader)) != body
    ]
    if new:
        connection.execute(upsert(readings, connection.dialect.name), new)


def _rank(row: Row[Any], reader: str) -> tuple[bool, int, str]:
    return row.reader == reader, row.number, row.reader
