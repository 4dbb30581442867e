"""What a transport is: an envelope and a last question in, the receiving side's answer out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from briefer.errors import WorkError


class Unreachable(WorkError):
    """The mail server cannot be reached, or takes nothing for now: nobody need be tried before a while has passed."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail as it is handed over: addresses in ASCII, `id` the Message-ID without brackets, lines ended by CRLF."""

    sender: str
    recipient: str
    id: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one handing over, and why in the words of the receiving side.

    `sent` was taken, `refused` will never be, `deferred` may be later; `dropped` was given up by our own side before
    it could be taken. `doubtful` is one that may have been taken all the same.
    """

    state: Literal["sent", "deferred", "refused", "dropped"]
    why: str = ""
    doubtful: bool = False


class Transport(Protocol):
    """Takes mails out of the house, one recipient each."""

    def open(self) -> None:
        """Make ready, if it is not. Raises Unreachable, and SettingsError for a login or certificate that fails."""
        ...

    def hand_over(self, envelope: Envelope, begin: Callable[[], bool]) -> Answer:
        """Hand one mail over. `begin` is asked at the last moment at which it can still be held back.

        Raises Unreachable and SettingsError, both only where the mail was not taken.
        """
        ...

    def close(self) -> None:
        """End what is open."""
        ...
