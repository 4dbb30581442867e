"""The mailroom of the settings over a store, and `send`: settings and a digest's name in, mails out."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from datetime import date as Date
from types import FrameType

from briefer.deliver import Unkept
from briefer.errors import StoreError
from briefer.protocols import Clock
from briefer.settings import Settings
from briefer.store import Store, open_store
from briefer.types import KeptEdition
from briefer.wiring.digests import Draft, Mailroom, Maker, Posted
from briefer.wiring.editions import Editions, Wanted, Watched
from briefer.wiring.mailing import transport_of

UNWATCHED = Watched()


def utc_now() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Kept:
    """A Maker of editions that are kept in a store."""

    editions: Editions

    def make(self, wanted: Wanted) -> KeptEdition:
        """The edition; where another process sent one while it was made, that one."""
        try:
            return self.editions.make(wanted)
        except StoreError:
            found = self.editions.store.memory(wanted.collection).edition(wanted.key)
            if found is None or not found.final:
                raise
            return found

    def finalise(self, edition: KeptEdition) -> KeptEdition:
        """The edition that goes out from now on: this one, or the one that another process has put in its place."""
        return self.editions.finalise(edition)


class Drafts(Editions):
    """Editions that are made and not kept; of a model, its replies alone are, as they were paid for."""

    def make(self, wanted: Wanted, *, keep: bool = False) -> KeptEdition:
        """The edition; one that has gone out already is given as it went. Raises as `Editions.make` does."""
        return super().make(wanted, keep=False)


def mailroom(settings: Settings, store: Store, *, clock: Clock = utc_now, watched: Watched = UNWATCHED) -> Mailroom:
    """The mailroom of the settings over a store."""
    return Mailroom(
        settings,
        store.receipts,
        lambda own: Kept(Editions(own, store, watched)),
        lambda: transport_of(settings.mail),
        clock,
        unhurried=unhurried,
    )


@contextmanager
def unhurried() -> Iterator[Callable[[], bool]]:
    """Let SIGINT and SIGTERM wait, the first of them, and tell whether one came; outside the main thread none is heard.

    A process that ends while a mail server takes a mail leaves a doubt, and a second mail.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heard(number: int, frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            _restore(before)
            signal.raise_signal(number)

    for number in before:
        signal.signal(number, heard)
    try:
        yield lambda: bool(came)
    finally:
        _restore(before)


def _restore(handlers: dict[signal.Signals, Callable[[int, FrameType | None], object] | int | None]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, signal.SIG_DFL if handler is None else handler)


def send(
    settings: Settings,
    name: str,
    date: Date | None = None,
    *,
    again: bool = False,
    clock: Clock = utc_now,
    watched: Watched = UNWATCHED,
) -> Posted:
    """Send a digest of the settings, as `Mailroom.send` does; a store that cannot be opened is told to the operator."""
    try:
        store = open_store(settings.store)
    except StoreError as error:
        room = Mailroom(settings, Unkept(), _unmade, lambda: transport_of(settings.mail), clock)
        room.tell_operator(name, date or room.today(name), error)
        raise
    with store:
        return mailroom(settings, store, clock=clock, watched=watched).send(name, date, again=again)


def drafts(
    settings: Settings, name: str, date: Date | None = None, *, clock: Clock = utc_now, watched: Watched = UNWATCHED
) -> list[Draft]:
    """What would go out of a digest, and to whom, as `Mailroom.drafts` tells; nothing is kept."""
    with open_store(settings.store) as store:
        return _drafting(settings, store, clock, watched).drafts(name, date)


def send_test(
    settings: Settings, name: str, recipients: Sequence[str], date: Date | None = None, *, watched: Watched = UNWATCHED
) -> list[tuple[str, str, str]]:
    """Send a digest to other addresses as a test, as `Mailroom.send_test` does; nothing is kept."""
    with open_store(settings.store) as store:
        return _drafting(settings, store, utc_now, watched).send_test(name, recipients, date)


def _drafting(settings: Settings, store: Store, clock: Clock, watched: Watched) -> Mailroom:
    return replace(mailroom(settings, store, clock=clock), makers=lambda own: Drafts(own, store, watched))


def _unmade(settings: Settings) -> Maker:
    raise StoreError("without a store no edition is made")
