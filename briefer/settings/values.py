"""The kinds of values that settings hold, each with its check and its words for the user."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class Table(BaseModel):
    """One table of the settings: it knows all of its keys and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def known_timezone(name: str) -> str:
    """The name itself where it is an IANA timezone; else ValueError, in words for the user."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:  # a path, a folder, an unknown name
        raise ValueError(f"{name[:60]!r} is no timezone; use an IANA name, such as Europe/London") from error
    return name


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _address(value: str) -> str:
    """A base URL as it is, where it is one and carries no secret."""
    if not value:
        return value
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value[:80]!r} is no address of a server; write it as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query:
        raise ValueError("an address must not hold a key or password; put it in an environment variable (key_variable)")
    return value.rstrip("/")


Timezone = Annotated[str, AfterValidator(known_timezone)]
Address = Annotated[str, AfterValidator(_address)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


def _page(value: str) -> str:
    """The address of a feed or page, where it is one."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not value.isprintable() or " " in value:
        raise ValueError(f"{value[:80]!r} is no address of a feed or page; write it as https://example.org/rss.xml")
    if parts.username or parts.password:
        raise ValueError("an address must not hold a password")
    return value


def _mailable(value: str) -> str:
    """One mail address without a name (`desk@example.org`), safe in a header."""
    local, at, host = value.rpartition("@")
    if (
        not at
        or not local
        or not host
        or len(value) > 254
        or not value.isprintable()
        or set(value) & set(' ,;<>()[]"\\:')
    ):
        raise ValueError(f"{value[:80]!r} is no mail address; write it as desk@example.org")
    return value


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError("it must be one line without control characters")
    return value


def _cron(value: str) -> str:
    """A cron expression of five fields, or ""."""
    if not value:
        return value
    from cronsim import CronSim, CronSimError

    try:
        CronSim(value, datetime(2031, 1, 1))
    except CronSimError as error:
        raise ValueError(f'{value[:60]!r} is no cron expression ({error}); 06:00 each day is "0 6 * * *"') from error
    return value


PageAddress = Annotated[str, AfterValidator(_page)]
MailAddress = Annotated[str, AfterValidator(_mailable)]
PageAddresses = Annotated[tuple[PageAddress, ...], BeforeValidator(_listed)]
MailAddresses = Annotated[tuple[MailAddress, ...], BeforeValidator(_listed)]
Languages = Annotated[tuple[Language, ...], BeforeValidator(_listed)]
OneLine = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Cron = Annotated[str, AfterValidator(_cron)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
