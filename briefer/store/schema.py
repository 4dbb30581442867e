"""The store's tables, and the steps from each version of them to the next.

A step is never changed once it was released: a store on somebody's disk has taken it. A change is a new step, and the
tables below are as after the last one.
"""

from collections.abc import Sequence

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

metadata = MetaData()


def _shelf(name: str) -> Table:
    return Table(name, metadata, Column("key", String(200), primary_key=True), Column("text", Text, nullable=False))


replies = _shelf("replies")
servers = _shelf("servers")
batches = _shelf("batches")
version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

STEPS: Sequence[Sequence[str]] = (
    (
        "CREATE TABLE replies (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE servers (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE batches (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
    ),
)
"""Statements that SQLite and PostgreSQL both take; the first step makes version 1."""
