"""The whole store as text: a JSON object a row, table by table, in one order on every machine."""

import json
from collections.abc import Generator
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, RowMapping, Table, Text, select

from briefer.store.database import Database
from briefer.store.packed import opened
from briefer.store.schema import metadata

BATCH = 200


def export(database: Database) -> Generator[str, None, None]:
    """Give each row as a line of JSON: `table`, then its columns, `body` as the JSON that it holds (null for none).

    Tables come by name, rows by key. All lines are of one moment. Raises StoreError, for a body that cannot be read
    too.
    """
    with database.snapshot() as connection:
        for table in sorted(metadata.tables.values(), key=lambda table: table.name):
            query = select(table).order_by(*(_ordered(column, database.dialect) for column in table.primary_key))
            with connection.execute(query, execution_options={"yield_per": BATCH}) as rows:
                for row in rows.mappings():
                    yield _line(table, row)


def _ordered(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """By the code of its characters, whatever the language of the database."""
    texts = isinstance(column.type, Text) or column.type.python_type is str
    return column.collate("C") if dialect == "postgresql" and texts else column


def _line(table: Table, row: RowMapping) -> str:
    key = ", ".join(str(row[column.name]) for column in table.primary_key)
    shown = {
        column.name: opened(row[column.name], f"{table.name} {key}")
        if isinstance(column.type, LargeBinary)
        else row[column.name]
        for column in table.c
    }
    return json.dumps({"table": table.name, **shown}) + "\n"
