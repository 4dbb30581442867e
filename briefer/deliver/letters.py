"""Letters: a rendered edition and its readers in, the bytes of each reader's mail out.

Nothing here is drawn by lot: the same edition to the same reader is the same bytes, so that a mail that goes out again
is the same mail.
"""

import hashlib
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from briefer.deliver.headers import Address, field, listed, mailbox, said
from briefer.deliver.transports import Envelope

_BODY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail, of a type such as "application/json"."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """Where a reader leaves the list: an https address, a mailto one, or nothing. `one_click` as in RFC 8058."""

    address: str = ""
    one_click: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all readers of an edition get. `html` "" is text alone; `made` (aware) is the mail's Date."""

    digest: str
    date: Date
    title: str
    subject: str
    text: str
    html: str
    made: datetime
    attached: Attachment | None = None


@dataclass(frozen=True, slots=True)
class House:
    """Who sends, and how a reader answers or leaves."""

    sender: Address
    reply_to: Address | None = None
    unsubscribing: Unsubscribing = Unsubscribing()


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one reader. `id` and `answers` (the id of the last one that this reader got, or "") are without
    brackets.
    """

    sheet: Sheet
    house: House
    recipient: Address
    id: str
    answers: str = ""

    @property
    def envelope(self) -> Envelope:
        """The mail as a transport takes it."""
        return Envelope(self.house.sender.at, self.recipient.at, self.id, self.data())

    def data(self) -> bytes:
        """The whole mail, its lines ended by CRLF."""
        return b"".join((*self._heads(), _body(self.sheet)))

    def _heads(self) -> list[bytes]:
        sheet, house = self.sheet, self.house
        heads = [
            mailbox("From", house.sender),
            mailbox("To", self.recipient),
            said("Subject", sheet.subject),
            field("Date", format_datetime(sheet.made)),
            field("Message-ID", f"<{self.id}>"),
            field("Auto-Submitted", "auto-generated"),
            listed("List-Id", sheet.title, f"{sheet.digest}.briefings.{house.sender.domain}"),
        ]
        if house.reply_to is not None:
            heads.append(mailbox("Reply-To", house.reply_to))
        if self.answers:
            heads += [field("In-Reply-To", f"<{self.answers}>"), field("References", f"<{self.answers}>")]
        return [*heads, *_leaving(house.unsubscribing)]


def message_id(*parts: str, digest: str, date: Date, domain: str) -> str:
    """The id of a mail: the same for the same parts."""
    told = "\0".join((digest, date.isoformat(), *parts))
    return f"{digest}.{date.isoformat()}.{hashlib.sha256(told.encode()).hexdigest()[:32]}@{domain}"


def _leaving(way: Unsubscribing) -> list[bytes]:
    if not way.address:
        return []
    heads = [field("List-Unsubscribe", f"<{way.address}>")]
    if way.one_click and way.address.startswith("https://"):
        heads.append(field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return heads


@lru_cache(maxsize=2)  # of one edition it is the same for all readers, and may take longer to write than to send
def _body(sheet: Sheet) -> bytes:
    message = EmailMessage(policy=_BODY)
    text, html = _encodable(sheet.text), _encodable(sheet.html)
    message.set_content(text, cte=_cheaper(text))
    if html:
        message.add_alternative(html, subtype="html", cte=_cheaper(html))
        message.set_boundary(_boundary(sheet, "alternative"))
    if sheet.attached is not None:
        main, _, sub = sheet.attached.type.partition("/")
        message.add_attachment(sheet.attached.data, main, sub, filename=sheet.attached.name)
        message.set_boundary(_boundary(sheet, "mixed"))
    return message.as_bytes()


def _boundary(sheet: Sheet, part: str) -> str:
    """A line that no part holds: "=_" occurs neither in quoted-printable nor in base64."""
    told = f"{part} {sheet.digest} {sheet.date}"
    return f"=_{hashlib.sha256(told.encode()).hexdigest()[:40]}"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _cheaper(text: str) -> str:
    """The encoding that is shorter: quoted, a byte beyond ASCII takes three characters; in base64, three bytes four."""
    data = text.encode()
    beyond = sum(byte > 126 for byte in data)
    return "base64" if len(data) + 2 * beyond > len(data) * 4 // 3 + 4 else "quoted-printable"
