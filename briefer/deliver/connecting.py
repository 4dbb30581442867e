"""Connecting to an SMTP server: its settings in, a session out that is encrypted and logged in as they ask.

There is no way back from STARTTLS to plain text, certificates are always checked, and a password is sent over an
encrypted connection, or to this machine, or not at all.
"""

import base64
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from typing import Literal

from briefer.deliver.headers import words
from briefer.deliver.transports import Unreachable
from briefer.errors import SettingsError

PORTS = {"starttls": 587, "tls": 465, "none": 25}
UNAUTHENTICATED = frozenset({530, 534, 535, 538})
"""Replies by which a server says that it wants a login, or another one (RFC 4954)."""

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server and how it is spoken to; `port` 0 is the usual one, `timeout` in seconds, `ca_file` adds to the
    system's authorities. `password_name` is where the password came from.
    """

    host: str
    port: int = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    password_name: str = "SMTP_PASSWORD"
    ca_file: str = ""
    timeout: float = 60.0

    @property
    def name(self) -> str:
        """How messages name it."""
        return f"{self.host}:{self.port or PORTS[self.security]}"

    def said(self, code: int, reply: bytes | str) -> str:
        """A reply of the server in one line, without the password, should it repeat it."""
        text = reply if isinstance(reply, str) else reply.decode("utf-8", "replace")
        for secret in self._secrets():
            text = text.replace(secret, "***")
        return words(f"{code} {text}" if code > 0 else text)

    def _secrets(self) -> list[str]:
        if not self.password:
            return []
        plain = [self.password, f"\0{self.user}\0{self.password}"]
        return [*plain, *(base64.b64encode(text.encode()).decode() for text in plain)]


def connected(server: MailServer) -> smtplib.SMTP:
    """A session with a server. Raises Unreachable, and SettingsError where encryption or login fails."""
    if server.security == "none" and server.user and server.host not in _HERE:
        raise SettingsError(
            'mail.security is "none", and a password is never sent in the clear; set it to "starttls" or "tls"'
        )
    session = _reached(server)
    try:
        _unhesitating(session)
        _secured(session, server)
    except BaseException:
        session.close()
        raise
    return session


def _reached(server: MailServer) -> smtplib.SMTP:
    port = server.port or PORTS[server.security]
    context = _context(server)
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, port, timeout=server.timeout, context=context)
        return smtplib.SMTP(server.host, port, timeout=server.timeout)
    except smtplib.SMTPConnectError as error:
        raise Unreachable(
            f"{server.name} takes no mail now: {server.said(error.smtp_code, error.smtp_error)}"
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise _untrusted(error, server) from error


def _unhesitating(session: smtplib.SMTP) -> None:
    """Let no line wait in the system for the one before to arrive: the last one of a message would, for 40 ms in which
    nobody knows what becomes of it.
    """
    if session.sock is not None:
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _secured(session: smtplib.SMTP, server: MailServer) -> None:
    try:
        if server.security == "starttls":
            session.starttls(context=_context(server))
        session.ehlo_or_helo_if_needed()
    except smtplib.SMTPNotSupportedError as error:
        raise SettingsError(
            f"{server.name} offers no STARTTLS, and mail is not sent in the clear; "
            'set mail.security to "tls" (port 465), or ask who runs it'
        ) from error
    except smtplib.SMTPResponseException as error:
        raise Unreachable(f"{server.name} does not begin: {server.said(error.smtp_code, error.smtp_error)}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise _untrusted(error, server) from error
    if server.user:
        _logged_in(session, server)


def _logged_in(session: smtplib.SMTP, server: MailServer) -> None:
    remedy = f"check mail.user and the password in {server.password_name}"
    try:
        session.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        told = server.said(error.smtp_code, error.smtp_error)
        if 400 <= error.smtp_code < 500:
            raise Unreachable(f"{server.name} takes no login now: {told}") from None
        raise SettingsError(f"{server.name} did not take the login of {server.user!r} ({told}); {remedy}") from None
    except smtplib.SMTPServerDisconnected as error:
        raise Unreachable(f"{server.name} closed the connection at the login") from error
    except OSError as error:
        raise _untrusted(error, server) from error
    except smtplib.SMTPException as error:  # no AUTH, or no way of it that we know
        raise SettingsError(f"{server.name} takes no login by a password; leave mail.user empty") from error
    except UnicodeError:  # its text would quote the password
        raise SettingsError(f"{server.name}: a user or password beyond ASCII cannot be sent; {remedy}") from None


def _untrusted(error: Exception, server: MailServer) -> Exception:
    """What a failed connection is: a certificate or protocol that settings must mend, or a server that is away."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return SettingsError(
            f"the certificate of {server.name} is not trusted ({error.verify_message}); check mail.host, "
            "or name the file of your own authority as mail.ca_file"
        )
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
        return SettingsError(
            f"no encryption could be agreed with {server.name} ({error.reason}); check mail.security and mail.port"
        )
    return Unreachable(f"{server.name} cannot be reached ({server.said(0, str(error))}); check mail.host, or try later")


def _context(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file:
        try:
            context.load_verify_locations(cafile=server.ca_file)
        except OSError as error:  # SSLError is one
            raise SettingsError(f"mail.ca_file: {server.ca_file} holds no certificates that can be read") from error
    return context
