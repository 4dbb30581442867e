"""Receipts: what became of each mail, and who may try which one now.

In: the receipt that is kept, the time, and whether the process that wrote it has ended. Out: whether to try, and the
receipts that are written on the way:

    (none), deferred → claimed → sending → sent | deferred | refused

`claimed` is written before the server hears of the recipient, `sending` when all but the message's last line is handed
over. Only a process that ends between `sending` and the next receipt leaves a doubt. Such a mail goes out again, with
the same bytes under the same Message-ID: a reader who gets two of them loses a moment, one who gets none takes the
silence for quiet. It goes out twice at most.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from briefer.types import Receipt

MOST_DOUBTS = 2
"""After so many tries of which nobody knows what became, a mail is given up: no reader gets a third copy."""


class Receipts(Protocol):
    """Where receipts are kept. What was written outlives the process, and a power cut too."""

    def of(self, digest: str, date: Date) -> Sequence[Receipt]:
        """All receipts of one day's digest."""
        ...

    def claim(self, receipt: Receipt, was: Receipt | None) -> bool:
        """Write a receipt in the place of `was` (None: there is none yet), if that is what is kept; else False."""
        ...

    def settle(self, receipt: Receipt) -> None:
        """Write a receipt in the place of whatever is kept."""
        ...

    def last_sent(self, digest: str, recipient: str, before: Date) -> Receipt | None:
        """The receipt of the last mail that a recipient got of a digest, of days before a day."""
        ...

    def open(self) -> Sequence[Receipt]:
        """The receipts that wait for another try: those claimed, sending and deferred."""
        ...


class Unkept:
    """Receipts that nobody keeps, for where the store is out of order and somebody must be told."""

    def of(self, digest: str, date: Date) -> Sequence[Receipt]:
        """None."""
        return ()

    def claim(self, receipt: Receipt, was: Receipt | None) -> bool:
        """True: nobody else has it in hand."""
        return True

    def settle(self, receipt: Receipt) -> None:
        """Nothing is written."""

    def last_sent(self, digest: str, recipient: str, before: Date) -> Receipt | None:
        """None."""
        return None

    def open(self) -> Sequence[Receipt]:
        """None."""
        return ()


class Standing(Enum):
    """What a receipt lets one do."""

    FREE = "free"  # it may be tried
    DONE = "done"  # it is sent or refused
    BUSY = "busy"  # another process has it in hand, or may have
    EXPIRED = "expired"  # it was tried for long enough


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what is deferred is tried, and how long a process that may live is waited for."""

    retry: timedelta
    lease: timedelta


def standing(kept: Receipt | None, *, now: datetime, patience: Patience, gone: Callable[[str], bool]) -> Standing:
    """What may be done about a mail of which `kept` is known. `gone` tells whether a process has surely ended."""
    if kept is None:
        return Standing.FREE
    if kept.state in ("sent", "refused"):
        return Standing.DONE
    if kept.state in ("claimed", "sending") and now < kept.updated + patience.lease and not gone(kept.owner):
        return Standing.BUSY
    if _doubts(kept) >= MOST_DOUBTS or now > kept.first + patience.retry:
        return Standing.EXPIRED
    return Standing.FREE


def claimed(kept: Receipt | None, new: Receipt) -> Receipt:
    """The claim of `new`, a first one, over what is kept."""
    if kept is None:
        return new
    return replace(new, tries=kept.tries + 1, first=kept.first, doubts=_doubts(kept))


def given_up(kept: Receipt, now: datetime) -> Receipt:
    """The last word on a mail that was tried for long enough."""
    doubts = _doubts(kept)
    why = kept.why or "the run was cut off"
    if doubts:
        why = f"{why}; it may have arrived all the same"
    return replace(kept, state="refused", updated=now, owner="", doubts=doubts, why=f"given up: {why}")


def _doubts(kept: Receipt) -> int:
    """The tries of which nobody knows what became, with one that was cut off."""
    return kept.doubts + (kept.state == "sending")
