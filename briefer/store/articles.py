"""Articles as they were collected, by collection."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from briefer.store.database import Database
from briefer.store.packed import Packed, fit, moment
from briefer.store.schema import articles
from briefer.store.statements import insert_new, parts
from briefer.types import Article, KeptArticle

_PACKED = Packed(Article, "article")
_WHOLE = select(articles.c.collection, articles.c.source, articles.c.seen, articles.c.at, articles.c.body)


class Articles:
    """Articles by collection and id; one article may be in several. All methods raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._insert = insert_new(articles, database.dialect)

    def put(self, items: Sequence[KeptArticle]) -> frozenset[str]:
        """Keep articles, all or none; the ids of those that are new to their collection.

        One that its collection has already stays as it is, with the time at which it was first seen.
        """
        with self._database.transaction() as connection:
            new = _new(connection, items)
            if new:
                connection.execute(self._insert, [_row(item) for item in new])
        return frozenset(item.article.id for item in new)

    def window(self, collection: str, start: datetime, end: datetime) -> list[KeptArticle]:
        """The articles published from `start` to `end` (both aware, both in), and the undated ones seen then.

        In the order of these times, then of their ids.
        """
        at = articles.c.at.between(moment(start), moment(end))
        return self._found(_WHOLE.where(articles.c.collection == collection, at))

    def get(self, ids: Iterable[str], collection: str | None = None) -> Mapping[str, KeptArticle]:
        """Articles by id, those that are there; of `collection`, or of the first by name that has them."""
        found: dict[str, KeptArticle] = {}
        for part in parts(set(ids)):
            query = _WHOLE.where(articles.c.id.in_(part))
            if collection is not None:
                query = query.where(articles.c.collection == collection)
            for kept in sorted(self._found(query), key=lambda kept: kept.collection):
                found.setdefault(kept.article.id, kept)
        return found

    def of_address(self, collection: str, urls: Iterable[str]) -> Mapping[str, list[KeptArticle]]:
        """The articles that were found under each address, those addresses that have any; in order of time."""
        found: dict[str, list[KeptArticle]] = {}
        asked = {fit(url): url for url in urls if url}
        for part in parts(asked):
            query = _WHOLE.where(articles.c.collection == collection, articles.c.url.in_(part))
            for kept in self._found(query):
                found.setdefault(asked[fit(kept.article.url)], []).append(kept)
        return found

    def known(self, collection: str, ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that the collection has."""
        with self._database.connected() as connection:
            return frozenset(name for _, name in _known(connection, {(collection, name) for name in ids}))

    def ids(self, collection: str) -> tuple[str, ...]:
        """The ids of all articles of a collection, in order of time."""
        query = select(articles.c.at, articles.c.id).where(articles.c.collection == collection)
        with self._database.connected() as connection:
            return tuple(name for _, name in sorted((at, name) for at, name in connection.execute(query)))

    def span(self, collection: str) -> tuple[datetime, datetime] | None:
        """The first and the last time of an article: published, or seen where it is undated; None without articles."""
        query = select(func.min(articles.c.at), func.max(articles.c.at)).where(articles.c.collection == collection)
        with self._database.connected() as connection:
            first, last = connection.execute(query).one()
        return (datetime.fromisoformat(first), datetime.fromisoformat(last)) if first else None

    def last_seen(self, collection: str) -> Mapping[str, datetime]:
        """When each source of a collection last gave an article that was new."""
        query = select(articles.c.source, func.max(articles.c.seen)).where(articles.c.collection == collection)
        with self._database.connected() as connection:
            rows = connection.execute(query.group_by(articles.c.source)).all()
        return {source: datetime.fromisoformat(seen) for source, seen in sorted(rows)}

    def collections(self) -> tuple[str, ...]:
        """The names of the collections that have articles, sorted."""
        with self._database.connected() as connection:
            return tuple(sorted(connection.execute(select(articles.c.collection).distinct()).scalars()))

    def _found(self, query: Select[Any]) -> list[KeptArticle]:
        with self._database.connected() as connection:
            rows = connection.execute(query).all()
        made = [(row.at, _kept(row)) for row in rows]
        return [kept for _, kept in sorted(made, key=lambda pair: (pair[0], pair[1].article.id))]


def _new(connection: Connection, items: Sequence[KeptArticle]) -> list[KeptArticle]:
    """The items that are not kept yet, each once."""
    wanted: dict[tuple[str, str], KeptArticle] = {}
    for item in items:
        wanted.setdefault((item.collection, item.article.id), item)
    known = _known(connection, wanted)
    return [item for key, item in wanted.items() if key not in known]


def _known(connection: Connection, keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    wanted = set(keys)
    found: set[tuple[str, str]] = set()
    for part in parts({name for _, name in wanted}):
        query = select(articles.c.collection, articles.c.id).where(articles.c.id.in_(part))
        found |= wanted.intersection((row.collection, row.id) for row in connection.execute(query))
    return found


def _row(item: KeptArticle) -> dict[str, object]:
    return {
        "collection": item.collection,
        "id": item.article.id,
        "source": fit(item.source),
        "url": fit(item.article.url),
        "at": moment(item.article.published or item.seen),
        "seen": moment(item.seen),
        "body": _PACKED.pack(item.article),
    }


def _kept(row: Row[Any]) -> KeptArticle:
    article = _PACKED.unpack(row.body, row.at)
    return KeptArticle(row.collection, row.source, datetime.fromisoformat(row.seen), article)
