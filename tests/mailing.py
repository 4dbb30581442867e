"""A mailroom over a real store and a real connection, with invented editions; and one run of it, to be killed."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from briefing_factory import nothing, one_source
from mail_server import AUTHORITY, PASSWORD, USER

from briefer.deliver import Transport
from briefer.errors import Stopped
from briefer.settings import Settings
from briefer.store import Store, open_store
from briefer.types import Briefing, KeptEdition, Remembered
from briefer.wiring.digests import Mailroom
from briefer.wiring.editions import Wanted
from briefer.wiring.mailing import transport_of
from briefer.wiring.mailrooms import unhurried

TODAY = date(2031, 5, 16)
SIX = datetime(2031, 5, 16, 4, 0, tzinfo=UTC)  # 06:00 in Vienna
NAMES = ("anna", "boris", "chidi", "dana", "emre")


def addresses(names: Sequence[str] = NAMES) -> list[str]:
    return [f"{name}@example.org" for name in names]


def settings(
    port: int = 0, recipients: Sequence[str] = (), mail: dict[str, object] | None = None, **digest
) -> Settings:
    return Settings.model_validate(
        {
            "timezone": "Europe/Vienna",
            "collections": {"war": {}},
            "digests": {
                "morning": {"collection": "war", "recipients": list(recipients) or addresses()}
                | {"title": "The morning"}
                | digest
            },
            "mail": {
                "transport": "smtp",
                "host": "127.0.0.1",
                "port": port or None,
                "user": USER,
                "ca_file": str(AUTHORITY),
                "sender": "desk@briefer.example",
                "timeout": 5.0,
            }
            | (mail or {}),
        }
    )


@dataclass
class Clock:
    """Tells the time that a test sets."""

    now: datetime = SIX

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Invented:
    """A Maker of invented editions that are kept in a real store; `made` is what was asked for."""

    store: Store
    briefing: Callable[[], Briefing] = lambda: one_source().briefing()
    made: list[Wanted] = field(default_factory=list)

    def make(self, wanted: Wanted) -> KeptEdition:
        kept = self.store.memory(wanted.collection).edition(wanted.key)
        if kept is not None and kept.final:
            return kept
        self.made.append(wanted)
        briefing = self.briefing().model_copy(update={"since": wanted.since})
        edition = KeptEdition(wanted.key, wanted.now, briefing)
        self.store.memory(wanted.collection).save(Remembered(edition))
        return edition

    def finalise(self, edition: KeptEdition) -> KeptEdition:
        memory = self.store.memory(edition.key.collection)
        memory.finalise(edition.key)
        found = memory.edition(edition.key)
        assert found is not None
        return found


def room(
    settings: Settings,
    store: Store,
    *,
    maker: Invented | None = None,
    clock: Callable[[], datetime] | None = None,
    transport: Transport | None = None,
    **more,
) -> Mailroom:
    maker = maker or Invented(store)
    way = (lambda: transport) if transport else (lambda: transport_of(settings.mail, {"SMTP_PASSWORD": PASSWORD}))
    return Mailroom(settings, store.receipts, lambda _: maker, way, clock or Clock(), **more)


def quiet_day() -> Briefing:
    return nothing().briefing()


def send_once(port: int, place: str, recipients: Sequence[str], day: date) -> None:
    """One run of a digest, as a process does it that may be killed; each run has a time of its own."""
    clock = Clock(datetime.now(UTC))
    with open_store(place) as store:
        room(settings(port, recipients), store, clock=clock, unhurried=unhurried).send("morning", day)


def main() -> None:
    port, place, count, day = sys.argv[1:]
    print("ready", flush=True)
    try:
        send_once(int(port), place, [f"r{number}@example.org" for number in range(int(count))], date.fromisoformat(day))
    except Stopped as error:
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
