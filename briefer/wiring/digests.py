"""Digests: settings, editions and receipts in; each recipient's mail out, once, and what became of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from briefer.deliver import (
    Attachment,
    House,
    Letter,
    Office,
    Patience,
    Receipts,
    Sheet,
    Standing,
    Transport,
    Unkept,
    Unreachable,
    address,
    free,
    given_up,
    gone,
    message_id,
    notice,
    owner,
    post,
)
from briefer.errors import BrieferError, ModelRejected, ModelUnavailable, SettingsError, Stopped, StoreError, WorkError
from briefer.protocols import Clock
from briefer.render import json
from briefer.render.mail import has_news, rendered
from briefer.settings import Digest, Settings
from briefer.types import Briefing, Fate, KeptEdition, Receipt
from briefer.wiring.editions import Wanted
from briefer.wiring.mailing import digest_of, house_of, sender_of, settings_of, unsubscribing
from briefer.wiring.readers import model_named

BY_RULES = "The model could not be asked: this edition was read by rules alone, which find less."
LEASE = timedelta(seconds=60)
"""Beyond all that the mail server may take: what a store and two clocks may add to it."""
WAITS = 12
"""Timeouts that one mail may take from its last command on: the answer to the whole of it takes ten at most."""


class Maker(Protocol):
    """Makes editions."""

    def make(self, wanted: Wanted) -> KeptEdition:
        """The edition; one that has gone out already is given as it went."""
        ...

    def finalise(self, edition: KeptEdition) -> KeptEdition:
        """Keep an edition as the one that goes out; where another one has, give that."""
        ...


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one day's digest: a receipt for each recipient that was mailed, now or before.

    `unmailed` are those whose edition has nothing new, where the digest sends no mail then.
    """

    digest: str
    date: Date
    receipts: tuple[Receipt, ...]
    unmailed: tuple[str, ...] = ()

    def of(self, *states: str) -> tuple[Receipt, ...]:
        """The receipts in some states."""
        return tuple(receipt for receipt in self.receipts if receipt.state in states)

    @property
    def waiting(self) -> tuple[Receipt, ...]:
        """Those that are to be tried again, or that another process has in hand."""
        return self.of("claimed", "sending", "deferred")

    @property
    def done(self) -> bool:
        """Whether nothing is left to be done, and somebody got it if anybody was to."""
        return not self.waiting and bool(self.of("sent") or not self.receipts)


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition as it would go out, and to whom; `since` is the day of the edition that they last got."""

    recipients: tuple[str, ...]
    since: Date | None
    sheet: Sheet
    skipped: bool


@dataclass(frozen=True, slots=True)
class Mailroom:
    """Sends the digests of the settings.

    `makers` gives who makes editions by (a digest's) settings, `transport` the way out of the house. While mails go
    out, `unhurried` holds back what would end the process in the midst of one, and tells whether it was asked to.
    """

    settings: Settings
    receipts: Receipts
    makers: Callable[[Settings], Maker]
    transport: Callable[[], Transport]
    clock: Clock
    owner: str = field(default_factory=owner)
    unhurried: Callable[[], AbstractContextManager[Callable[[], bool]]] = lambda: nullcontext(lambda: False)

    def send(self, name: str, date: Date | None = None, *, again: bool = False) -> Posted:
        """Send a digest to those who have not got it; where that fails altogether, tell the operator.

        `date` is by default today in the digest's timezone; with `again`, who was refused is tried anew. Raises
        UsageError for a digest that cannot be sent, and what making an edition does.
        """
        digest = digest_of(self.settings, name)
        job = _Job(name, digest, date or self.today(name))
        try:
            posted = self._sent(job, _recipients(job), again=again)
        except (Stopped, KeyboardInterrupt):
            raise
        except BaseException as error:  # a fault of our own is told too, and raised
            self.tell_operator(job.name, job.date, error)
            raise
        if posted.receipts and not posted.of("sent", "claimed", "sending", "deferred"):
            self.tell_operator(job.name, job.date, WorkError())
        return posted

    def retry(self) -> list[Posted]:
        """Try again what was put off or cut off; what was tried for long enough is given up.

        A reader who got a later one is not sent the one before.
        """
        found = [(one.digest, one.date) for one in self.receipts.open() if one.digest in self.settings.digests]
        jobs = [_Job(name, digest_of(self.settings, name), day) for name, day in dict.fromkeys(found)]
        waiting = [(job, self._waiting(job)) for job in jobs]
        return [self._sent(job, readers) for job, readers in waiting if readers]

    def _waiting(self, job: "_Job") -> list[str]:
        """Who waits for another try, once it is settled who does no longer."""
        office = self._office(self.transport())
        self._give_up_outdated(job, office)
        found = [receipt for receipt in self.receipts.of(job.name, job.date) if receipt.state != "refused"]
        return free([receipt.recipient for receipt in found], found, office)

    def drafts(self, name: str, date: Date | None = None) -> list[Draft]:
        """What would go out, and to whom. Nothing is sent, and no receipt is written."""
        digest = digest_of(self.settings, name)
        job = _Job(name, digest, date or self.today(name))
        return [self._draft(job, since, readers) for since, readers in self._groups(job, _recipients(job)).items()]

    def send_test(self, name: str, recipients: Sequence[str], date: Date | None = None) -> list[tuple[str, str, str]]:
        """Send what would go out to other addresses, marked as a test; no receipt is written.

        Gives each address with what became of its mail and the server's words.
        """
        digest = digest_of(self.settings, name)
        job = _Job(name, digest, date or self.today(name))
        whom = list(dict.fromkeys(address(recipient).at for recipient in recipients))
        drafts = self._groups(job, _recipients(job)) or {None: []}
        since = max((day for day in drafts if day is not None), default=None)
        sheet = self._draft(job, since, whom).sheet
        sheet = replace(sheet, subject=f"[test] {sheet.subject}")
        house, now = house_of(self.settings, digest), self.clock()
        told: list[tuple[str, str, str]] = []
        with closing(self.transport()) as transport:
            for recipient in whom:
                id = message_id(
                    "test", recipient, now.isoformat(), digest=name, date=job.date, domain=house.sender.domain
                )
                answer = transport.hand_over(Letter(sheet, house, address(recipient), id).envelope, lambda: True)
                told.append((recipient, answer.state, answer.why))
        return told

    def tell_operator(self, name: str, date: Date, error: BaseException) -> None:
        """Tell the operator, once a digest and day, that it was not sent; what hinders that as well is let be."""
        mail = self.settings.mail
        if not mail.operator or mail.transport == "none":
            return
        with suppress(BrieferError):
            try:
                self._tell_operator(name, date, error)
            except StoreError:  # that is told, though not for certain once
                replace(self, receipts=Unkept())._tell_operator(name, date, error)

    def _tell_operator(self, name: str, date: Date, error: BaseException) -> None:
        mail = self.settings.mail
        if any(receipt.state == "sent" for receipt in self.receipts.of(name, date)):
            return
        with closing(self.transport()) as transport:
            subject, text = notice(name, date.isoformat(), error)
            now = self.clock().astimezone(ZoneInfo(self.settings.timezone)).replace(microsecond=0)
            sheet = Sheet(f"{name}.failure", date, "", subject, text, "", now)
            house = House(sender_of(self.settings))
            id = message_id(mail.operator, digest=sheet.digest, date=date, domain=house.sender.domain)
            list(post([Letter(sheet, house, address(mail.operator), id)], self._office(transport)))

    def last_day(self, name: str) -> Date | None:
        """The day of the last edition that any recipient of a digest got, None where none did."""
        readers = [address(recipient).at for recipient in digest_of(self.settings, name).recipients]
        found = [self.receipts.last_sent(name, reader, Date.max) for reader in readers]
        return max((receipt.date for receipt in found if receipt is not None), default=None)

    def _sent(self, job: "_Job", everybody: Sequence[str], *, again: bool = False) -> Posted:
        house = house_of(self.settings, job.digest)
        with closing(self.transport()) as transport:
            office = self._office(transport, again=again)
            self._give_up_outdated(job, office)
            waiting = free(everybody, self.receipts.of(job.name, job.date), office)
            unmailed: list[str] = []
            for since, readers in self._groups(job, waiting).items():
                unmailed += self._send_group(job, _Group(since, tuple(readers), house), office)
        kept = {receipt.recipient: receipt for receipt in self.receipts.of(job.name, job.date)}
        receipts = tuple(kept[reader] for reader in everybody if reader in kept)
        return Posted(job.name, job.date, receipts, tuple(reader for reader in unmailed if reader not in kept))

    def _send_group(self, job: "_Job", group: "_Group", office: Office) -> tuple[str, ...]:
        """Send one edition to its readers; those who get no mail, as it has nothing new."""
        maker = self.makers(settings_of(self.settings, job.digest))
        edition = self._made(job, group.since)
        if _skipped(job.digest, edition.briefing):
            return group.readers
        away = ""
        try:
            office.transport.open()
            edition = maker.finalise(edition)
        except Unreachable as error:  # nothing goes out, so the edition may still change
            away = str(error)
        sheet = self._sheet(job, edition)
        letters = [self._letter(job, group, sheet, reader) for reader in group.readers]
        with self.unhurried() as stopped:
            for _ in post(letters, office, away):
                if stopped():
                    raise Stopped("stopped between two mails; run it again for the rest")
        return ()

    def _draft(self, job: "_Job", since: Date | None, readers: Sequence[str]) -> Draft:
        edition = self._made(job, since)
        return Draft(tuple(readers), since, self._sheet(job, edition), _skipped(job.digest, edition.briefing))

    def _made(self, job: "_Job", since: Date | None) -> KeptEdition:
        """The edition; by rules, where the model can be asked nothing at all."""
        settings = settings_of(self.settings, job.digest)
        wanted = Wanted(
            job.digest.collection,
            job.date,
            settings.timezone,
            self.clock(),
            reader=job.name,
            since=since,
            fronts=job.digest.fronts,
        )
        try:
            return self.makers(settings).make(wanted)
        except (ModelUnavailable, ModelRejected):
            return self.makers(settings.model_copy(update={"extractor": "rules"})).make(wanted)

    def _sheet(self, job: "_Job", edition: KeptEdition) -> Sheet:
        digest, briefing = job.digest, edition.briefing
        settings = settings_of(self.settings, digest)
        title = digest.title or job.name
        page = rendered(
            briefing, title=title, notices=_notices(settings, briefing), unsubscribe=unsubscribing(digest).address
        )
        attached = Attachment(f"{job.name}-{job.date}.json", "application/json", json.render(briefing).encode())
        return Sheet(
            job.name,
            job.date,
            title,
            page.subject,
            page.text,
            page.html if digest.html else "",
            edition.made.astimezone(ZoneInfo(settings.timezone)).replace(microsecond=0),
            attached if digest.attach_json else None,
        )

    def _letter(self, job: "_Job", group: "_Group", sheet: Sheet, reader: str) -> Letter:
        last = self.receipts.last_sent(job.name, reader, job.date)
        edition = group.since.isoformat() if group.since else ""
        id = message_id(reader, edition, digest=job.name, date=job.date, domain=group.house.sender.domain)
        return Letter(sheet, group.house, address(reader), id, last.message if last else "")

    def _groups(self, job: "_Job", readers: Sequence[str]) -> dict[Date | None, list[str]]:
        """Readers by the day of the edition that they last got."""
        found: dict[Date | None, list[str]] = {}
        for reader in readers:
            last = self.receipts.last_sent(job.name, reader, job.date)
            found.setdefault(last.date if last else None, []).append(reader)
        return found

    def _give_up_outdated(self, job: "_Job", office: Office) -> None:
        """What waits for another try is not tried for readers who got a later edition: that told it all."""
        for receipt in self.receipts.of(job.name, job.date):
            waits = receipt.state in ("claimed", "sending", "deferred")
            if waits and office.standing(receipt) is Standing.FREE and self._outdated(receipt):
                later = replace(receipt, why="a later edition went out")
                self.receipts.claim(given_up(later, self.clock()), receipt)

    def _outdated(self, receipt: Receipt) -> bool:
        last = self.receipts.last_sent(receipt.digest, receipt.recipient, Date.max)
        return last is not None and last.date > receipt.date

    def _office(self, transport: Transport, *, again: bool = False) -> Office:
        mail = self.settings.mail
        patience = Patience(timedelta(hours=mail.retry_hours), timedelta(seconds=WAITS * mail.timeout) + LEASE)
        return Office(transport, self.receipts, self.clock, patience, self.owner, gone, again)

    def today(self, name: str) -> Date:
        """The day of a digest that is sent now. Raises UsageError for a digest that the settings do not name."""
        zone = digest_of(self.settings, name).timezone or self.settings.timezone
        return self.clock().astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    digest: Digest
    date: Date


@dataclass(frozen=True, slots=True)
class _Group:
    """The readers of one edition, who last got that of the day `since`."""

    since: Date | None
    readers: tuple[str, ...]
    house: House


def _recipients(job: _Job) -> list[str]:
    """Each recipient once, as receipts know them."""
    found = list(dict.fromkeys(address(recipient).at for recipient in job.digest.recipients))
    if not found:
        raise SettingsError(f"the digest {job.name} has no recipients; add them under [digests.{job.name}]")
    return found


def _skipped(digest: Digest, briefing: Briefing) -> bool:
    return digest.on_nothing == "skip" and not has_news(briefing)


def _notices(settings: Settings, briefing: Briefing) -> tuple[str, ...]:
    """What is said at the top: that no article was read by the model, where one should have."""
    if not model_named(settings):
        return ()
    read = sum(source.fate is Fate.USED for source in briefing.sources)
    by_rules = briefing.made_by.extractor == "rules" or (read and len(briefing.made_by.fell_back) >= read)
    return (BY_RULES,) if by_rules else ()
