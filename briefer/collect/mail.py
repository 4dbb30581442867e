"""Mail in (.eml, .mbox); one Raw a message out."""

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr

from briefer.collect.decode import NotText, decode
from briefer.types import Failure, Media, Raw

_FROM = re.compile(rb"(?:\A|\r?\n)(?=From [^\r\n]{3,200}\r?\n[A-Za-z-]{1,40}:)")
_TAG = re.compile(r"<style\b.{0,200000}?</style>|<[^<>]{0,5000}>", re.IGNORECASE | re.DOTALL)
STUB = 3  # times as long as the plain part the HTML is, where the plain part only says to open it in a browser
_FORWARDED = re.compile(r"^\s*(?:fwd?|fw|re|aw|tr|wg)\s*:\s*", re.IGNORECASE)


def messages(data: bytes) -> list[bytes]:
    """The messages of an mbox, in order."""
    starts = [match.end() for match in _FROM.finditer(data)]
    return [data[start:end] for start, end in zip(starts, [*starts, len(data)][1:], strict=True)]


def message(data: bytes, name: str) -> Raw | Failure:
    """One message as an article: subject, sender and date are what its container says of it."""
    mail = message_from_bytes(data)
    try:
        body = _body(mail)
    except NotText as error:
        return Failure(name, str(error))
    if body is None or not body[0].strip():
        return Failure(name, "the mail has no text")
    return Raw(
        name=name,
        text=body[0],
        media=body[1],
        title=_unforwarded(_header(mail, "Subject")),
        outlet=_sender(_header(mail, "From")),
        published=_header(mail, "Date"),
    )


def _body(mail: Message) -> tuple[str, Media] | None:
    """The plain part where it has one that says as much, else the HTML; a part that is sent as a file is none."""
    parts: dict[str, tuple[str, Media]] = {}
    for part in mail.walk():
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment" or kind in parts:
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            text = decode(payload, charset=part.get_content_charset("") or "")
            parts[kind] = (text, Media.HTML if kind == "text/html" else Media.TEXT)
    plain, page = parts.get("text/plain"), parts.get("text/html")
    if plain and page and _length(page[0]) > STUB * len(plain[0].strip()):
        return page
    return plain or page


def _length(page: str) -> int:
    """How many characters of text a page has, about."""
    return len(" ".join(_TAG.sub(" ", page).split()))


def _header(mail: Message, name: str) -> str:
    value = mail.get(name)
    if value is None:
        return ""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return " ".join(str(value).split())
    return " ".join("".join(_piece(text, charset) for text, charset in pieces).split())


def _piece(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    try:
        return decode(text, charset=charset or "")
    except NotText:
        return text.decode("ascii", "ignore")


def _sender(header: str) -> str:
    """The name that a sender gives itself, else the host of its address."""
    display, address = parseaddr(header)
    return display.strip() or address.rpartition("@")[2]


def _unforwarded(subject: str) -> str:
    shorter = _FORWARDED.sub("", subject)
    while shorter != subject:
        subject, shorter = shorter, _FORWARDED.sub("", shorter)
    return subject
