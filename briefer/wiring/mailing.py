"""What the settings say of mail: who sends what, by which way out of the house, and how a reader leaves."""

import os
from collections.abc import Mapping
from pathlib import Path

from briefer.deliver import (
    Address,
    FolderTransport,
    House,
    MailServer,
    SendmailTransport,
    SMTPTransport,
    Transport,
    Unsubscribing,
    address,
)
from briefer.errors import SettingsError, UsageError
from briefer.settings import Digest, Mail, Settings


def transport_of(mail: Mail, environment: Mapping[str, str] = os.environ) -> Transport:
    """The way out of the house. Raises SettingsError where the settings do not name a whole one."""
    match mail.transport:
        case "smtp":
            return SMTPTransport(_server(mail, environment))
        case "sendmail":
            return SendmailTransport(mail.sendmail, mail.timeout)
        case "folder" if mail.folder:
            return FolderTransport(Path(mail.folder).expanduser())
        case "folder":
            raise SettingsError("mail.folder is not set; name the folder that mails are written to under [mail]")
        case _:
            raise SettingsError('no mail can be sent: set mail.transport to "smtp", "sendmail" or "folder"')


def _server(mail: Mail, environment: Mapping[str, str]) -> MailServer:
    if not mail.host:
        raise SettingsError('mail.host is not set; write it as host = "smtp.example.org" under [mail]')
    password = environment.get(mail.password_variable, "")
    if mail.user and not password:
        raise SettingsError(
            f"mail.user is set, and the environment variable {mail.password_variable} is not; put the password there"
        )
    return MailServer(
        mail.host,
        mail.port or 0,
        mail.security,
        mail.user,
        password,
        mail.password_variable,
        mail.ca_file,
        mail.timeout,
    )


def digest_of(settings: Settings, name: str) -> Digest:
    """A digest of the settings. Raises UsageError, which names those that there are."""
    if name in settings.digests:
        return settings.digests[name]
    known = ", ".join(sorted(settings.digests)) or "none; add a table [digests.NAME] to the settings"
    raise UsageError(f"{name[:60]!r} is no digest of the settings; there are: {known}")


def settings_of(settings: Settings, digest: Digest) -> Settings:
    """The settings as they are for one digest: its timezone and its model."""
    model = settings.model.model_copy(update={"name": digest.model}) if digest.model else settings.model
    return settings.model_copy(update={"timezone": digest.timezone or settings.timezone, "model": model})


def house_of(settings: Settings, digest: Digest) -> House:
    """Who sends a digest, and how one leaves it. Raises SettingsError where that cannot be mailed."""
    mail = settings.mail
    reply_to = address(mail.reply_to) if mail.reply_to else None
    return House(sender_of(settings), reply_to, unsubscribing(digest))


def sender_of(settings: Settings) -> Address:
    """Who sends. Raises SettingsError where nobody is named."""
    if not settings.mail.sender:
        raise SettingsError('mail.sender is not set; write it as sender = "desk@example.org" under [mail]')
    return address(settings.mail.sender, settings.mail.sender_name)


def unsubscribing(digest: Digest) -> Unsubscribing:
    """How a reader leaves a digest. Raises SettingsError for what is no address."""
    where = digest.unsubscribe
    if not where or where.startswith(("https://", "mailto:")):
        found = where
    else:
        found = f"mailto:{address(where).at}" if "://" not in where else ""
    if where and (not found.isascii() or set(found) & set(' <>"') or not found):
        raise SettingsError(
            f"unsubscribe = {where[:80]!r} is neither an https address nor a mail address; "
            "write it as https://example.org/leave or leave@example.org"
        )
    return Unsubscribing(found, digest.one_click)
