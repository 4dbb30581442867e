"""Receipts: what became of each recipient's mail.

A claim is written before a server hears of the recipient and is compared with what was read, so that of all processes
that race for one mail exactly one has it. What is written outlives the process, and a power cut too.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date as Date
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from briefer.store.database import Database
from briefer.store.packed import fit, moment
from briefer.store.schema import receipts
from briefer.store.statements import upsert
from briefer.types import Receipt

OPEN = ("claimed", "sending", "deferred")
"""The states of a mail that is tried again, or is being tried."""


class Receipts:
    """Receipts by digest, day and recipient. All methods raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, receipt: Receipt, was: Receipt | None) -> bool:
        """Write a receipt in the place of `was` (None: there is none yet), if that is what is kept; else False."""
        with self._database.transaction(durable=True) as connection:
            kept = connection.execute(select(receipts).where(*_is(receipt))).one_or_none()
            if (None if kept is None else dict(kept._mapping)) != (None if was is None else _row(was)):
                return False
            _write(connection, receipt)
            return True

    def settle(self, receipt: Receipt) -> None:
        """Write a receipt in the place of whatever is kept."""
        with self._database.transaction(durable=True) as connection:
            _write(connection, receipt)

    def get(self, digest: str, date: Date, recipient: str) -> Receipt | None:
        """The receipt of one mail, or None."""
        found = self._found(
            select(receipts).where(
                receipts.c.digest == digest, receipts.c.date == date.isoformat(), receipts.c.recipient == fit(recipient)
            )
        )
        return found[0] if found else None

    def of(self, digest: str, date: Date) -> list[Receipt]:
        """All receipts of one day's digest, by recipient."""
        return self._found(select(receipts).where(receipts.c.digest == digest, receipts.c.date == date.isoformat()))

    def last_sent(self, digest: str, recipient: str, before: Date) -> Receipt | None:
        """The receipt of the last mail that a recipient got of a digest, of days before a day."""
        query = select(receipts).where(
            receipts.c.digest == digest,
            receipts.c.recipient == fit(recipient),
            receipts.c.date < before.isoformat(),
            receipts.c.state == "sent",
        )
        found = self._found(query.order_by(receipts.c.date.desc()).limit(1))
        return found[0] if found else None

    def open(self) -> list[Receipt]:
        """The receipts that wait for another try: those claimed, sending and deferred; by digest, day and recipient."""
        return self._found(select(receipts).where(receipts.c.state.in_(OPEN)))

    def _found(self, query: Select[Any]) -> list[Receipt]:
        with self._database.connected() as connection:
            rows: Iterable[Row[Any]] = connection.execute(query).all()
        made = [_receipt(row) for row in rows]
        return sorted(made, key=lambda receipt: (receipt.digest, receipt.date, receipt.recipient))


def _is(receipt: Receipt) -> tuple[ColumnElement[bool], ...]:
    row = _row(receipt)
    return tuple(receipts.c[name] == row[name] for name in ("digest", "date", "recipient"))


def _write(connection: Connection, receipt: Receipt) -> None:
    connection.execute(upsert(receipts, connection.dialect.name), _row(receipt))


def _row(receipt: Receipt) -> dict[str, object]:
    return {name: _kept(value) for name, value in asdict(receipt).items()}


def _kept(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, Date):
        return value.isoformat()
    return fit(value) if isinstance(value, str) else value


def _receipt(row: Row[Any]) -> Receipt:
    fields = dict(row._mapping)
    return Receipt(
        **{
            **fields,
            "date": Date.fromisoformat(row.date),
            "first": datetime.fromisoformat(row.first),
            "updated": datetime.fromisoformat(row.updated),
        }
    )
