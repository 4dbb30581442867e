"""The memory of one collection: what its editions told, and how events and the ledger stand.

In: what an edition adds (`Remembered`), in one transaction. Out: events, ledger and editions of earlier days. An event
id that went up in another is understood everywhere, and answers come under the ids that were asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta

from sqlalchemy import delete, select

from briefer.store import editions, events, ledger, readings, schema
from briefer.store.database import Database
from briefer.store.editions import EditionRecord
from briefer.types import EditionChange, EditionKey, Event, Holding, KeptEdition, Remembered, Told


class Memory:
    """What is remembered of one collection. May be used from several threads and processes; all raise StoreError."""

    def __init__(self, database: Database, collection: str) -> None:
        self._database = database
        self.collection = collection

    def save(self, remembered: Remembered) -> None:
        """Keep all that an edition adds, in the place of the edition under its key: whole or not at all.

        Raises StoreError where that edition is final (`amend` keeps the rest), or where an event is told that is not
        among the edition's own.
        """
        self._keep(remembered, edition=True)

    def amend(self, remembered: Remembered) -> None:
        """Keep readings, events, ledger and what was taken back, and leave the edition as it is: for one that has gone
        out, when all is derived again.
        """
        self._keep(remembered, edition=False)

    def _keep(self, remembered: Remembered, *, edition: bool) -> None:
        with self._database.transaction() as connection:
            if edition:
                editions.write(connection, remembered)
            readings.write(connection, remembered.readings)
            events.write(connection, self.collection, remembered.events, remembered.replaced)
            events.write_taken_back(connection, self.collection, remembered.withdrawn)
            ledger.write(connection, self.collection, remembered.edition.key.date, remembered.ledger)

    def event_ids(self, claims: Iterable[str]) -> Mapping[str, str]:
        """The id of the event that each claim is part of, those claims that are known."""
        with self._database.connected() as connection:
            return events.of_claims(connection, self.collection, claims)

    def events(self, ids: Iterable[str]) -> Mapping[str, Event]:
        """Events as they stand now, by the ids asked for; those that are not known are left out."""
        wanted = list(ids)
        with self._database.connected() as connection:
            names = events.resolved(connection, self.collection, wanted)
            found = events.bodies(connection, self.collection, names.values())
        made = events.unpacked(found)
        return {name: made[heir] for name, heir in names.items() if heir in made}

    def events_about(self, *, place: str = "", actor: str = "") -> list[Event]:
        """The events at a place or with an actor (on either side), both where both are given; the earliest first.

        Keys are `briefer.reading.names.fold` of canonical names.
        """
        with self._database.connected() as connection:
            asked = [(kind, name) for kind, name in (("place", place), ("actor", actor)) if name]
            each = [events.about(connection, self.collection, kind, name) for kind, name in asked]
        found = {name: body for name, body in (each[0] if each else {}).items() if all(name in one for one in each)}
        return sorted(events.unpacked(found).values(), key=_in_time)

    def names(self, kind: str) -> Mapping[str, int]:
        """The keys of all that is a `place` or an `actor` of events, each with the number of its events."""
        with self._database.connected() as connection:
            return events.names(connection, self.collection, kind)

    def told(self, reader: str, until: Date, ids: Iterable[str]) -> Mapping[str, Told]:
        """Each event as the reader's editions up to and including `until` told it last; those never told are left out.

        `Told.event` is as it was told then, under the id that was asked for.
        """
        wanted = list(ids)
        with self._database.connected() as connection:
            names = events.resolved(connection, self.collection, wanted)
            heirs = events.ancestors(connection, self.collection, names.values())
            known = {*names.values(), *heirs}
            last = editions.last_told(connection, self.collection, reader, until, known)
            best: dict[str, tuple[Date, bool, str]] = {}
            for name, (date, form) in last.items():
                heir = heirs.get(name, name)
                best[heir] = max(best.get(heir, (Date.min, False, "")), (date, heir == name, form))
            found = editions.in_form(connection, (form for _, _, form in best.values()))
        told = {heir: editions.as_told(heir, date, found[form]) for heir, (date, _, form) in best.items()}
        return {name: _under(name, told[heir]) for name, heir in names.items() if heir in told}

    def used(self, reader: str, until: Date, articles: Iterable[str]) -> frozenset[str]:
        """Those of the articles that the reader's editions up to and including `until` knew."""
        with self._database.connected() as connection:
            return editions.knew(connection, self.collection, reader, until, articles)

    def ledger(self, before: Date) -> tuple[Holding, ...]:
        """Every place at the end of the last edition before a day, by name."""
        with self._database.connected() as connection:
            rows = ledger.state(connection, self.collection, before=before)
        return ledger.holdings(rows)

    def ledger_on(self, day: Date) -> tuple[Holding, ...]:
        """Every place at the end of the last edition up to and including a day, by name."""
        return self.ledger(day + timedelta(days=1))

    def history(self, place: str) -> list[tuple[Date, Holding]]:
        """How a place has stood, by its key (`fold`): each state with the day of the edition that it stands from."""
        with self._database.connected() as connection:
            rows = ledger.history(connection, self.collection, place)
        return ledger.as_history(rows)

    def withdrawn(self, claims: Iterable[str]) -> Mapping[str, str]:
        """The article that takes back each claim, those claims that are taken back."""
        with self._database.connected() as connection:
            return events.taken_back(connection, self.collection, claims)

    def editions(self, reader: str | None = None) -> list[EditionRecord]:
        """The editions of one reader, or of all (None), without their briefings; by day, reader and time of making."""
        with self._database.connected() as connection:
            return editions.records(connection, self.collection, reader)

    def edition(self, key: EditionKey) -> KeptEdition | None:
        """The edition under a key, or None."""
        with self._database.connected() as connection:
            row = editions.edition(connection, key)
        return editions.made(row) if row is not None else None

    def latest(self, reader: str, until: Date | None = None) -> KeptEdition | None:
        """The reader's last edition, of days up to and including `until`; of several of one day the last made."""
        with self._database.connected() as connection:
            row = editions.latest(connection, self.collection, reader, until)
        return editions.made(row) if row is not None else None

    def changes(self, reader: str, after: Date, until: Date) -> list[tuple[Date, tuple[EditionChange, ...]]]:
        """The changes that the reader's editions of days after `after` up to and including `until` told, by day.

        Of several editions of one day they are those of the last made. Quiet fronts are no changes here.
        """
        with self._database.connected() as connection:
            rows = editions.changes(connection, self.collection, reader, after, until)
        return [(Date.fromisoformat(day), editions.as_changes(day, body)) for day, body in rows]

    def finalise(self, key: EditionKey) -> None:
        """Mark an edition as gone out: it is never made again. Raises StoreError where it is not in the store."""
        with self._database.transaction() as connection:
            editions.finalise(connection, key)

    def editions_with_claims(self, claims: Iterable[str]) -> Mapping[str, list[EditionRecord]]:
        """The editions that carried each claim, those claims that any did."""
        with self._database.connected() as connection:
            return editions.with_claims(connection, self.collection, claims)

    def forget(self, since: Date | None = None) -> None:
        """Forget what was derived, all or of days from `since`, to derive it again by `save` (`amend` if final).

        Events with their names and claims, the ledger, what was taken back, and what editions that are not final told
        and knew. Articles and readings stay, and the editions themselves: they tell what is to be made again, though
        the work should be cut off.
        """
        first = since.isoformat() if since else ""
        with self._database.transaction() as connection:
            made = schema.editions
            late = (made.c.collection == self.collection, made.c.date >= first, made.c.final == 0)
            editions.forget(connection, connection.execute(select(made.c.number).where(*late)).scalars().all())
            rows = schema.ledger
            connection.execute(delete(rows).where(rows.c.collection == self.collection, rows.c.date >= first))
            events.forget(connection, self.collection, first)


def _in_time(event: Event) -> tuple[Date, str]:
    return event.when.end or event.when.start or event.reported or Date.min, event.id


def _under(name: str, told: Told) -> Told:
    return told if told.event.id == name else replace(told, event=replace(told.event, id=name))
