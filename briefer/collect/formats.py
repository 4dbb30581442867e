"""The bytes of one file in; the articles in it out, by its extension or, where that says nothing, by its content."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from briefer.collect import mail, markdown
from briefer.collect.decode import NotText, decode, mended
from briefer.collect.fields import FieldNames, Row, row
from briefer.types import Failure, Media, Raw

MOST_TEXT = 8_000_000  # characters of text: a report of 50,000 sentences may be evidence; no article is that long
MOST_PAGE = 16_000_000  # characters of a page: scripts and styles count here, its text is held to MOST_TEXT later

_KINDS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".eml": "mail", ".mbox": "mbox",
}  # fmt: skip
_LISTS = ("articles", "items", "entries", "results", "documents")
_PAGE = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(r"<(?:p|div|br|article|span|h[1-6]|ul|li|table|figure)\b[^<>]{0,500}>", re.IGNORECASE)
_SHORT_ID = re.compile(r"[\w.:@+-]{1,64}\Z")
_MAIL_HEAD = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}\r?\n")
_MAIL_SURE = re.compile(
    rb"^(?:Received|Message-ID|MIME-Version|Delivered-To|Return-Path):", re.IGNORECASE | re.MULTILINE
)


def articles(data: bytes, name: str, fields: FieldNames, *, is_mail: bool = False) -> Iterator[Raw | Failure]:
    """Every article in the bytes of one file; what cannot be read is a Failure with the reason in words.

    `is_mail` is given where that is known, whatever the file is called.
    """
    if not data.strip():
        yield Failure(name, "the file is empty")
        return
    kind = "mail" if is_mail else _KINDS.get(PurePath(name).suffix.lower(), "")
    try:
        if kind in ("mail", "mbox") or (not kind and _is_mail(data)):
            yield from _mail(data, name, kind)
        elif kind == "jsonl":
            yield from _lines(data, name, fields)
        else:
            yield from _text(decode(data), name, kind, fields)
    except NotText as error:
        yield Failure(name, str(error))


def _text(text: str, name: str, kind: str, fields: FieldNames) -> Iterator[Raw | Failure]:
    kind = kind or _sniffed(text)
    if _OWN_EDITION.match(text):
        yield Failure(name, "an edition of briefer's own, which is no source")
        return
    if kind == "text" and text.startswith("---\n") and markdown.front_matter(text)[0]:
        kind = "markdown"
    if kind == "json":
        yield from _json(text, name, fields)
    elif kind == "jsonl":
        yield from _lines(text.encode("utf-8"), name, fields)
    elif kind == "markdown":
        yield _markdown(text, name, fields)
    else:
        media = Media.HTML if kind == "html" or is_page(text) else Media.TEXT
        yield _held(Raw(name=name, text=text, media=media))


# What render writes at the head of each form; an edition read as an article would cite itself.
_OWN_EDITION = re.compile(r"\s*(?:# Briefing, \w+day \d|BRIEFING   \w+day \d|\{\s*\"schema\": ?\"briefer\.briefing/)")


def is_page(text: str) -> bool:
    """Whether a text is an HTML page or a piece of one."""
    head = text[:20_000]
    if "<" not in head:
        return False
    return bool(_PAGE.match(head)) or len(_TAGS.findall(head)) >= 3


def _sniffed(text: str) -> str:
    head = text.lstrip("\ufeff \t\r\n")
    if head[:1] in ("{", "["):
        first = head.split("\n", 1)[0]
        if head[0] == "{" and _parsed(first) is not None and "\n" in head.strip():
            return "jsonl"
        return "json" if re.match(r'[{\[]\s*["{\[\]}]', head) and _parsed(head) is not None else "text"
    return "markdown" if text.startswith("---\n") else "text"


def _parsed(text: str) -> object | None:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed


def _json(text: str, name: str, fields: FieldNames) -> Iterator[Raw | Failure]:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Failure(name, f"broken JSON: {_brief(error)}")
        return
    entries = _listed(parsed)
    if entries is None:
        yield _article(parsed, name, fields)
        return
    if not entries:
        yield Failure(name, "the JSON holds no articles")
    names = _Names(name)
    for number, entry in enumerate(entries, 1):
        yield _article(entry, names.of(entry, number, fields), fields)


def _listed(parsed: object) -> list[object] | None:
    """The rows of a list, or of an object that keeps its articles under a usual key; None for one article."""
    if isinstance(parsed, list):
        return parsed
    if isinstance(parsed, Mapping):
        return next((value for key in _LISTS if isinstance(value := parsed.get(key), list)), None)
    return None


def _lines(data: bytes, name: str, fields: FieldNames) -> Iterator[Raw | Failure]:
    names = _Names(name)
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            entry: object = json.loads(decode(line))
        except (NotText, ValueError, RecursionError) as error:
            yield Failure(f"{name}#{number}", f"broken JSON: {_brief(error)}")
            continue
        yield _article(entry, names.of(entry, number, fields), fields)


class _Names:
    """Names for the rows of one file: by their own id where that is short and used once, else by their number."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._used: set[str] = set()

    def of(self, entry: object, number: int, fields: FieldNames) -> str:
        own = row(entry, fields).id if isinstance(entry, Mapping) else ""
        if not _SHORT_ID.match(own) or own in self._used:
            own = str(number)
        while own in self._used:
            own += "'"
        self._used.add(own)
        return f"{self._name}#{own}"


def _article(entry: object, name: str, fields: FieldNames) -> Raw | Failure:
    if isinstance(entry, str) and entry.strip():
        return _held(Raw(name=name, text=mended(entry), media=Media.HTML if is_page(entry) else Media.TEXT))
    if not isinstance(entry, Mapping):
        return Failure(name, "it is no article: a JSON object was expected")
    said = row(entry, fields)
    if not said.text and not said.html:
        return Failure(name, f"it has no text: none of the keys {', '.join((*fields.text, *fields.html))} is there")
    return _held(_from_row(said, name))


def _from_row(said: Row, name: str) -> Raw:
    text = said.text or said.html
    page = not said.text or is_page(text)
    return Raw(
        name=name,
        text=mended(text),
        media=Media.HTML if page else Media.TEXT,
        title=mended(said.title),
        url=said.url,
        outlet=mended(said.outlet),
        published=said.published,
    )


def _markdown(text: str, name: str, fields: FieldNames) -> Raw | Failure:
    values, rest = markdown.front_matter(text.replace("\r\n", "\n"))
    said = row(values, fields)
    title, body = markdown.prose(rest)
    return _held(
        Raw(
            name,
            body,
            Media.TEXT,
            title=said.title or title,
            url=said.url,
            outlet=said.outlet,
            published=said.published,
        )
    )


def _mail(data: bytes, name: str, kind: str) -> Iterator[Raw | Failure]:
    found = mail.messages(data) if kind == "mbox" or data.startswith(b"From ") else [data]
    if not found:
        yield Failure(name, "the mailbox holds no mail")
    for number, one in enumerate(found, 1):
        result = mail.message(one, name if len(found) == 1 else f"{name}#{number}")
        yield _held(result) if isinstance(result, Raw) else result


def _is_mail(data: bytes) -> bool:
    head = data[:20_000]
    match = _MAIL_HEAD.match(head)
    return bool(match and _MAIL_SURE.search(match.group()))


def _held(raw: Raw) -> Raw | Failure:
    """The article, unless it has no text or more than an article can have."""
    if not raw.text.strip():
        return Failure(raw.name, "it has no text")
    most = MOST_PAGE if raw.media is Media.HTML else MOST_TEXT
    if len(raw.text) > most:
        return Failure(raw.name, f"it is too long for an article ({len(raw.text) / 1e6:.1f} million characters)")
    return raw


def _brief(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
