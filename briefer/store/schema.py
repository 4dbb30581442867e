"""The store's tables, and the steps from each version of them to the next.

A step is never changed once it was released: a store on somebody's disk has taken it. A change is a new step, and the
tables below are as after the last one.

Days are kept as 2031-05-16 and moments as 2031-05-16T06:00:00.000000+00:00, in UTC: as text they sort as in time. A
`body` is zlib over JSON (packed.py). An edition's `changes` are those of its body once more, without the
quiet fronts: what a year told is asked for at once, and to open every edition for it takes seconds.
"""

from collections.abc import Sequence

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()


def _shelf(name: str) -> Table:
    return Table(name, metadata, Column("key", String(200), primary_key=True), Column("text", Text, nullable=False))


def _table(name: str, key: str, rest: str, **kinds: type[Integer] | type[LargeBinary]) -> Table:
    """A table by the names of its columns, those of its key first; texts but where `kinds` says otherwise."""
    kept = [Column(column, kinds.get(column, Text), primary_key=True) for column in key.split()]
    more = [Column(column, kinds.get(column, Text), nullable=False) for column in rest.split()]
    return Table(name, metadata, *kept, *more)


replies = _shelf("replies")
replies.append_column(Column("day", String(10), nullable=False))
servers = _shelf("servers")
batches = _shelf("batches")
sources = _table("sources", "key", "text")
version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

articles = _table("articles", "collection id", "source url at seen body", body=LargeBinary)
readings = _table("readings", "article reader", "number body", number=Integer, body=LargeBinary)

editions = _table(
    "editions",
    "collection reader date since",
    "number made final changes body",
    number=Integer,
    final=Integer,
    changes=LargeBinary,
    body=LargeBinary,
)
edition_claims = _table("edition_claims", "claim edition", "", edition=Integer)
told = _table("told", "event edition", "form", edition=Integer)
forms = _table("forms", "form", "body", body=LargeBinary)
used = _table("used", "article edition", "", edition=Integer)

events = _table("events", "collection event", "day body", body=LargeBinary)
event_claims = _table("event_claims", "collection claim", "event")
event_names = _table("event_names", "collection kind name event", "")
replaced = _table("replaced", "collection event", "heir")
withdrawn = _table("withdrawn", "collection claim", "article")
ledger = _table("ledger", "collection place date", "body", body=LargeBinary)

receipts = _table(
    "receipts",
    "digest date recipient",
    "state message tries first updated owner doubts why",
    tries=Integer,
    doubts=Integer,
)
locks = _table("locks", "name", "holder until")

STEPS: Sequence[Sequence[str]] = (
    (
        "CREATE TABLE replies (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE servers (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE batches (key VARCHAR(200) PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
    ),
    (
        "ALTER TABLE replies ADD COLUMN day VARCHAR(10) NOT NULL DEFAULT ''",
        "UPDATE replies SET day = CAST(CURRENT_DATE AS VARCHAR(10))",
        "CREATE TABLE sources (key TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE articles (collection TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL, url TEXT NOT NULL,"
        " at TEXT NOT NULL, seen TEXT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (collection, id))",
        "CREATE INDEX articles_at ON articles (collection, at)",
        "CREATE INDEX articles_url ON articles (collection, url)",
        "CREATE INDEX articles_id ON articles (id)",
        "CREATE TABLE readings (article TEXT NOT NULL, reader TEXT NOT NULL, number INTEGER NOT NULL,"
        " body BYTEA NOT NULL, PRIMARY KEY (article, reader))",
        "CREATE INDEX readings_number ON readings (number)",
        "CREATE TABLE editions (collection TEXT NOT NULL, reader TEXT NOT NULL, date TEXT NOT NULL,"
        " since TEXT NOT NULL, number INTEGER NOT NULL UNIQUE, made TEXT NOT NULL, final INTEGER NOT NULL,"
        " changes BYTEA NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (collection, reader, date, since))",
        "CREATE INDEX editions_date ON editions (collection, date)",
        "CREATE TABLE edition_claims (claim TEXT NOT NULL, edition INTEGER NOT NULL, PRIMARY KEY (claim, edition))",
        "CREATE INDEX edition_claims_edition ON edition_claims (edition)",
        "CREATE TABLE told (event TEXT NOT NULL, edition INTEGER NOT NULL, form TEXT NOT NULL,"
        " PRIMARY KEY (event, edition))",
        "CREATE INDEX told_edition ON told (edition)",
        "CREATE INDEX told_form ON told (form)",
        "CREATE TABLE forms (form TEXT PRIMARY KEY NOT NULL, body BYTEA NOT NULL)",
        "CREATE TABLE used (article TEXT NOT NULL, edition INTEGER NOT NULL, PRIMARY KEY (article, edition))",
        "CREATE INDEX used_edition ON used (edition)",
        "CREATE TABLE events (collection TEXT NOT NULL, event TEXT NOT NULL, day TEXT NOT NULL, body BYTEA NOT NULL,"
        " PRIMARY KEY (collection, event))",
        "CREATE TABLE event_claims (collection TEXT NOT NULL, claim TEXT NOT NULL, event TEXT NOT NULL,"
        " PRIMARY KEY (collection, claim))",
        "CREATE INDEX event_claims_event ON event_claims (collection, event)",
        "CREATE TABLE event_names (collection TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,"
        " event TEXT NOT NULL, PRIMARY KEY (collection, kind, name, event))",
        "CREATE INDEX event_names_event ON event_names (collection, event)",
        "CREATE TABLE replaced (collection TEXT NOT NULL, event TEXT NOT NULL, heir TEXT NOT NULL,"
        " PRIMARY KEY (collection, event))",
        "CREATE INDEX replaced_heir ON replaced (collection, heir)",
        "CREATE TABLE withdrawn (collection TEXT NOT NULL, claim TEXT NOT NULL, article TEXT NOT NULL,"
        " PRIMARY KEY (collection, claim))",
        "CREATE TABLE ledger (collection TEXT NOT NULL, place TEXT NOT NULL, date TEXT NOT NULL, body BYTEA NOT NULL,"
        " PRIMARY KEY (collection, place, date))",
        "CREATE TABLE receipts (digest TEXT NOT NULL, date TEXT NOT NULL, recipient TEXT NOT NULL,"
        " state TEXT NOT NULL, message TEXT NOT NULL, tries INTEGER NOT NULL, first TEXT NOT NULL,"
        " updated TEXT NOT NULL, owner TEXT NOT NULL, doubts INTEGER NOT NULL, why TEXT NOT NULL,"
        " PRIMARY KEY (digest, date, recipient))",
        "CREATE INDEX receipts_state ON receipts (state)",
        "CREATE TABLE locks (name TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL, until TEXT NOT NULL)",
    ),
)
"""Statements that SQLite and PostgreSQL both take; the first step makes version 1."""
