"""Posting: letters in, their receipts out; each letter once, however often a run is cut off and begun again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefer.deliver.letters import Letter
from briefer.deliver.receipts import Patience, Receipts, Standing, claimed, given_up, standing
from briefer.deliver.transports import Answer, Transport, Unreachable
from briefer.errors import BrieferError
from briefer.protocols import Clock
from briefer.types import Receipt


@dataclass(frozen=True, slots=True)
class Office:
    """What posting goes by: the way out, where receipts are kept, the time, and who has mails in hand.

    `owner` names this process, and `gone` tells whether another one has surely ended. With `again`, what was refused
    is tried as if it never had been.
    """

    transport: Transport
    receipts: Receipts
    clock: Clock
    patience: Patience
    owner: str
    gone: Callable[[str], bool]
    again: bool = False

    def standing(self, kept: Receipt | None) -> Standing:
        """What may be done about a mail of which `kept` is known."""
        if self.again and kept is not None and kept.state == "refused":
            return Standing.FREE
        return standing(kept, now=self.clock(), patience=self.patience, gone=self.gone)


def post(letters: Sequence[Letter], office: Office, away: str = "") -> Iterator[Receipt]:
    """Post letters of one digest and day, and give the receipt of each as it stands then.

    Where the server cannot be reached, all that are left are deferred without being tried: from the first one on, where
    `away` tells why. Raises SettingsError for a
    login, certificate or sender that is not taken; what was posted stands, and the rest can be posted later.
    """
    if not letters:
        return
    sheet = letters[0].sheet
    kept = {receipt.recipient: receipt for receipt in office.receipts.of(sheet.digest, sheet.date)}
    for letter in letters:
        turn = _Turn(letter, kept.get(letter.recipient.at), office)
        yield turn.put_off(away) if away else turn.post()
        away = away or turn.away


def free(readers: Sequence[str], kept: Sequence[Receipt], office: Office) -> list[str]:
    """The readers to whom something is left to be done."""
    of = {receipt.recipient: receipt for receipt in kept}
    return [reader for reader in readers if office.standing(of.get(reader)) in (Standing.FREE, Standing.EXPIRED)]


class _Turn:
    """One letter's turn. `away` is why no other need be tried, "" where nothing speaks against it."""

    def __init__(self, letter: Letter, kept: Receipt | None, office: Office) -> None:
        self._letter, self._office = letter, office
        self._kept = kept
        self.away = ""

    def post(self) -> Receipt:
        """The receipt after this turn."""
        if not self._claim():
            return self._now()
        try:
            answer = self._office.transport.hand_over(self._letter.envelope, self._begin)
        except Unreachable as error:
            self.away = str(error)
            answer = Answer("deferred", str(error))
        except BrieferError as error:
            self._settle(Answer("deferred", str(error)))
            raise
        return self._settle(answer)

    def put_off(self, why: str) -> Receipt:
        """The receipt of a letter that is not tried, as no server would take it."""
        if not self._claim():
            return self._now()
        return self._settle(Answer("deferred", why))

    def _claim(self) -> bool:
        """Whether this letter is ours to post."""
        office, kept, now = self._office, self._kept, self._office.clock()
        match office.standing(kept):
            case Standing.FREE:
                return self._write(claimed(kept, self._first()))
            case Standing.EXPIRED if kept is not None:
                self._write(given_up(kept, now))
        return False

    def _begin(self) -> bool:
        """Whether the letter is still ours at the last moment; from now on there is doubt until it is settled."""
        assert self._kept is not None
        return self._write(replace(self._kept, state="sending", updated=self._office.clock()))

    def _settle(self, answer: Answer) -> Receipt:
        assert self._kept is not None
        if answer.state == "dropped":
            return self._now()
        doubts = self._kept.doubts + answer.doubtful
        end = replace(
            self._kept, state=answer.state, updated=self._office.clock(), owner="", doubts=doubts, why=answer.why
        )
        if end.state == "sent":  # that it is out is so, whoever has it in hand by now
            self._office.receipts.settle(end)
            self._kept = end
            return end
        self._write(end)
        return self._now()

    def _write(self, receipt: Receipt) -> bool:
        """Write a receipt, unless another process wrote one in the meantime."""
        written = self._office.receipts.claim(receipt, self._kept)
        if written:
            self._kept = receipt
        return written

    def _now(self) -> Receipt:
        """The receipt as it stands."""
        sheet = self._letter.sheet
        kept = self._office.receipts.of(sheet.digest, sheet.date)
        found = next((receipt for receipt in kept if receipt.recipient == self._letter.recipient.at), self._kept)
        return found or self._first()

    def _first(self) -> Receipt:
        sheet, now = self._letter.sheet, self._office.clock()
        return Receipt(
            sheet.digest,
            sheet.date,
            self._letter.recipient.at,
            "claimed",
            self._letter.id,
            tries=1,
            first=now,
            updated=now,
            owner=self._office.owner,
        )
