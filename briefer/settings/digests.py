"""The digests that go out, and how mail leaves the house."""

from typing import Literal

from pydantic import Field

from briefer.settings.values import (
    Count,
    Cron,
    Key,
    MailAddress,
    MailAddresses,
    Names,
    OneLine,
    Positive,
    Table,
    Timezone,
)


class Digest(Table):
    """One mail edition: of which collection and fronts (none given: all), when, and to whom.

    `schedule` is cron, read in `timezone` (by default the settings'). `unsubscribe` is an https address or a mail
    address that goes into List-Unsubscribe; `one_click` says that the https address takes RFC 8058 posts. `on_nothing`
    says what to do without news: send "no new reporting", or no mail. `model` names another model than the settings'.
    """

    collection: Key
    title: OneLine = ""
    fronts: Names = ()
    schedule: Cron = ""
    timezone: Timezone | None = None
    recipients: MailAddresses = ()
    model: str = Field(default="", max_length=300)
    html: bool = True
    attach_json: bool = False
    on_nothing: Literal["send", "skip"] = "send"
    unsubscribe: OneLine = ""
    one_click: bool = False


class Mail(Table):
    """How mail is sent: by an SMTP server, by the machine's sendmail, or as files into a folder. Times in seconds.

    The password is in the environment variable `password_variable` and nowhere else. `operator` is told when a run
    fails altogether. Temporary refusals are tried again for `retry_hours`.
    """

    transport: Literal["none", "smtp", "sendmail", "folder"] = "none"
    sender: MailAddress | Literal[""] = ""
    sender_name: OneLine = "briefer"
    reply_to: MailAddress | Literal[""] = ""
    operator: MailAddress | Literal[""] = ""
    host: str = Field(default="", pattern=r"^[A-Za-z0-9.:\[\]_-]*$")
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_variable: str = Field(default="SMTP_PASSWORD", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    ca_file: str = ""
    timeout: Positive = 60.0
    retry_hours: Count = 24
    sendmail: str = "/usr/sbin/sendmail"
    folder: str = ""
