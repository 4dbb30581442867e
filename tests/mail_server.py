"""A mail server on this machine, with STARTTLS, AUTH and whatever trouble a test writes into its script."""

import asyncio
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PKI = Path(__file__).with_name("mail_pki")
AUTHORITY = PKI / "authority.pem"
"""Who signed the server's certificate, which is for localhost and 127.0.0.1, and runs for a hundred years."""
OTHER_AUTHORITY = PKI / "other_authority.pem"
USER, PASSWORD = "desk", "correct horse battery"


@dataclass(frozen=True)
class Trouble:
    """What the server does once instead of taking a recipient's mail.

    `at` is the moment: "MAIL", "RCPT", "DATA" (at its command), "BODY" (after it; always a drop), "DOT" (the message
    came whole), "TAKEN" (and was taken). `reply` is what it says, "" drops the connection; `wait` is how long it thinks
    first, in seconds.
    """

    at: str
    reply: str = ""
    wait: float = 0.0


@dataclass(frozen=True)
class Delivered:
    """A mail that the server took."""

    recipient: str
    data: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.data, policy=SMTP_POLICY)  # type: ignore[return-value]

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class PostOffice:
    """The server; `delivered` is what it took, `script` its troubles by recipient, "" for any."""

    script: dict[str, list[Trouble]] = field(default_factory=dict)
    tls: bool = False  # from the first byte on
    starttls: bool = True
    auth: bool = True
    latency: float = 0.0  # seconds from the whole message to its taking
    slowness: float = 0.0  # and from its taking to the answer
    greeting: str = ""
    delivered: list[Delivered] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)
    plain_mails: int = 0  # begun without encryption
    on_taken: Callable[[Delivered], None] = lambda delivered: None
    port: int = 0

    def __enter__(self) -> Self:
        self.port = free_port()
        self._lock = threading.Lock()
        self._controller = _Office(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self._controller.start()
        self.connections = 0  # the controller's own, to see whether it runs
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def got(self) -> Counter[str]:
        """How many mails each recipient got."""
        with self._lock:
            return Counter(mail.recipient for mail in self.delivered)

    def trouble(self, recipient: str, at: str) -> Trouble | None:
        """The next trouble with a recipient, where this is its moment; it comes once."""
        with self._lock:
            for name in (recipient, ""):
                waiting = self.script.get(name, [])
                if waiting and waiting[0].at == at:
                    return waiting.pop(0)
        return None

    def take(self, mail: Delivered) -> None:
        with self._lock:
            self.delivered.append(mail)
        self.on_taken(mail)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PKI / "server.pem")
    return context


class _Session(SMTP):
    """One connection; a dropped one is dropped at once, without a goodbye."""

    def __init__(self, *arguments: Any, office: PostOffice, **options: Any) -> None:
        self._office = office
        super().__init__(*arguments, **options)

    def connection_made(self, transport: Any) -> None:
        if self._office.greeting:
            transport.write(f"{self._office.greeting}\r\n".encode())
            transport.close()
            return
        super().connection_made(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        recipients = self.envelope.rcpt_tos if self.envelope else []
        if recipients and (reply := await _troubled(self, self._office, recipients[0], "DATA")):
            await self.push(reply)
            return
        if recipients and self._office.trouble(recipients[0], "BODY"):
            await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Sequence[str]) -> str:  # noqa: N802
        self._office.plain_mails += session.ssl is None
        envelope.mail_from = address
        return await _troubled(server, self._office, "", "MAIL") or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Sequence[str]) -> str:  # noqa: N802
        reply = await _troubled(server, self._office, address, "RCPT")
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        office, recipient = self._office, envelope.rcpt_tos[0]
        if office.latency:
            await asyncio.sleep(office.latency)
        if reply := await _troubled(server, office, recipient, "DOT"):
            return reply
        office.take(Delivered(recipient, envelope.original_content))
        if office.slowness:
            await asyncio.sleep(office.slowness)
        return await _troubled(server, office, recipient, "TAKEN") or "250 taken"


async def _troubled(server: Any, office: PostOffice, recipient: str, at: str) -> str:
    """The reply of the trouble that has its moment now, "" for none; a drop is done here."""
    trouble = office.trouble(recipient, at)
    if trouble is None:
        return ""
    await asyncio.sleep(trouble.wait)
    if not trouble.reply:
        server.transport.abort()
        return "421 dropped"
    return trouble.reply


class _Office(Controller):
    def __init__(self, office: PostOffice, **options: Any) -> None:
        self._office = office
        super().__init__(_Handler(office), ssl_context=server_context() if office.tls else None, **options)

    def factory(self) -> SMTP:
        office = self._office
        office.connections += 1
        return _Session(
            self.handler,
            office=office,
            loop=self.loop,
            hostname="mail.example.org",
            tls_context=server_context() if office.starttls and not office.tls else None,
            authenticator=self._authenticate,
            auth_required=office.auth,
            auth_require_tls=not office.tls and office.starttls,
        )

    def _trigger_server(self) -> None:
        if self._office.greeting or self._office.tls:
            self._factory_invoked.set()  # it is bound, and would not answer as the controller expects
            self.smtpd = self.smtpd or _Session(self.handler, office=self._office, loop=self.loop)
            return
        super()._trigger_server()

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        self._office.logins.append(mechanism if known else "refused")
        return AuthResult(success=known, handled=False)
