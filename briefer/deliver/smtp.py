"""SMTP: one message a recipient over one connection, its last line held back until the receipt says "sending".

A server takes a message when its last line (a single dot) came, and not before (RFC 5321, 4.1.1.4). So all but that
line goes first: a process that ends before it leaves nothing behind.
"""

import contextlib
import re
import smtplib
from collections.abc import Callable

from briefer.deliver.connecting import UNAUTHENTICATED, MailServer, connected
from briefer.deliver.transports import Answer, Envelope, Unreachable
from briefer.errors import SettingsError

LAST_REPLY = 10
"""Timeouts that the answer to a whole message may take; RFC 5321 (4.5.3.2.6) asks for ten minutes, as a server that
looks a message over for long would otherwise get it again and again.
"""

TOO_LARGE = 552
"""The one refusal of MAIL that is about the mail, whose size it names (RFC 1870)."""

MOST_BROKEN = 3
"""Connections that may break in a row before a server counts as out of order."""

GOODBYE = 5.0
"""Seconds that the answer to a goodbye is waited for."""

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class SMTPTransport:
    """A Transport over one server; the connection is made when it is needed, and made again when it broke."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._session: smtplib.SMTP | None = None
        self._broken = 0

    def open(self) -> None:
        """Connect, unless that is done."""
        if self._broken >= MOST_BROKEN:
            raise Unreachable(f"{self._server.name} breaks each connection; try later")
        if self._session is None:
            self._session = connected(self._server)

    def hand_over(self, envelope: Envelope, begin: Callable[[], bool]) -> Answer:
        """Hand one mail over. A connection that had gone stale in the meantime is made anew."""
        if self._session is not None:
            try:
                return self._handed(envelope, begin)
            except smtplib.SMTPException:
                self._abort()
        try:
            return self._handed(envelope, begin)
        except smtplib.SMTPException as error:
            self._abort()
            self._broken += 1
            return Answer("deferred", self._server.said(0, str(error)))

    def close(self) -> None:
        """Say goodbye; a server that does not care to hear it is none of our trouble."""
        session, self._session = self._session, None
        if session is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                _waits(session, min(GOODBYE, self._server.timeout))
                session.quit()
            session.close()

    def _handed(self, envelope: Envelope, begin: Callable[[], bool]) -> Answer:
        self.open()
        assert self._session is not None
        for command in (_mail, _recipient, _data):
            code, reply = command(self._session, envelope)
            if code not in (250, 251, 354):
                return self._hindered(code, reply, of_sender=command is _mail)
        self._session.send(_stuffed(envelope.data))
        goes = False
        try:
            goes = begin()
        finally:
            if not goes:
                self._abort()
        return self._last_line(self._session) if goes else Answer("dropped", "another process took it over")

    def _last_line(self, session: smtplib.SMTP) -> Answer:
        try:
            session.send(b".\r\n")
            _waits(session, self._server.timeout * LAST_REPLY)
            code, reply = session.getreply()
            _waits(session, self._server.timeout)
        except (smtplib.SMTPException, OSError) as error:
            self._abort()
            self._broken += 1
            why = self._server.said(0, f"no answer came to the whole message: {error}")
            return Answer("deferred", why, doubtful=True)
        if 200 <= code < 300:
            self._broken = 0
            return Answer("sent", self._server.said(code, reply))
        if code < 400:  # no reply that SMTP knows here
            self._abort()
            return Answer("deferred", self._server.said(code, reply), doubtful=True)
        return self._hindered(code, reply)

    def _hindered(self, code: int, reply: bytes, *, of_sender: bool = False) -> Answer:
        """A reply that is not the one hoped for."""
        told = self._server.said(code, reply)
        self._broken = 0
        if code in UNAUTHENTICATED:
            self.close()
            raise SettingsError(f"{self._server.name} wants a login ({told}); set mail.user, and its password")
        if of_sender and code >= 500 and code != TOO_LARGE:
            self.close()
            raise SettingsError(f"{self._server.name} takes no mail from this sender ({told}); check mail.sender")
        if 500 <= code < 600:
            self._reset()
            return Answer("refused", told)
        if code == 421 or not 400 <= code < 500:
            self._abort()
        else:
            self._reset()
        return Answer("deferred", told)

    def _reset(self) -> None:
        """End the message that the server did not take; the next one begins afresh."""
        if self._session is not None:
            try:
                self._session.rset()
            except (OSError, smtplib.SMTPException):
                self._abort()

    def _abort(self) -> None:
        """Close the connection without a word: in the midst of a message, any word would be part of it."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _waits(session: smtplib.SMTP, seconds: float) -> None:
    """How long the next replies are waited for."""
    if session.sock is not None:
        session.sock.settimeout(seconds)


def _mail(session: smtplib.SMTP, envelope: Envelope) -> tuple[int, bytes]:
    session.ehlo_or_helo_if_needed()
    size = [f"size={len(envelope.data)}"] if session.has_extn("size") else []
    return session.mail(envelope.sender, size)


def _recipient(session: smtplib.SMTP, envelope: Envelope) -> tuple[int, bytes]:
    return session.rcpt(envelope.recipient)


def _data(session: smtplib.SMTP, envelope: Envelope) -> tuple[int, bytes]:
    return session.docmd("DATA")


def _stuffed(data: bytes) -> bytes:
    """The message but for its last line, as DATA carries it."""
    whole = data if data.endswith(b"\r\n") else data + b"\r\n"
    return _LEADING_DOT.sub(b"..", whole)
