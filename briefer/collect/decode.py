"""Bytes in, text out: whatever encoding they are in, or the reason why they are not text."""

import re

from briefer.collect.values import holdable

SAMPLE = 65_536  # bytes shown to the guesser: more changes no guess and costs seconds on large files
STRAY = 0.02  # of the non-ASCII bytes may be broken and the text still be UTF-8 (cut short, or pasted together)

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, a sound or a film"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_GARBLED = re.compile("[ÂÃÐÑØÙÚÛÅÄâïð×Î][\x80-\xbf\u0152-\u02dc\u2013-\u2122€]")
# What cp1252 gives of Western European text; of other encodings it also gives signs amid letters.
_WESTERN = re.compile("[\t\r\n -~àáâãäåæçèéêëíîïñóôõöœùúûüßÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖŒÚÛÜ‘’‚“”„–—…•€£°«»§©®™¿¡\xa0]*")


class NotText(ValueError):
    """The bytes are no text; the message says what they are, in words for the reader."""


def decode(data: bytes, *, charset: str = "") -> str:
    """The text of the bytes, mojibake mended; raises NotText where they are a picture, an archive or noise.

    `charset` is what a container (a mail header) says; the bytes' own mark and valid UTF-8 go before it.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotText(f"it is {what}, not text")
    text = holdable(_decoded(data, charset))
    _hold_to_text(text)
    return mended(text)


def mended(text: str) -> str:
    """Text with mojibake ("donâ€™t") put right, and every other text as it is."""
    if not _GARBLED.search(text):
        return text
    import ftfy
    from ftfy.badness import is_bad

    return ftfy.fix_encoding(text) if is_bad(text) else text


def _decoded(data: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    if unmarked := _wide(data):
        return data.decode(unmarked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    for name in (charset, declared.group(1).decode("ascii") if declared else ""):
        if (text := _tried(data, name)) is not None:
            return text
    return _guessed(data)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: Latin text in it has a NUL in every other byte."""
    head = data[:2000]
    if len(head) < 4 or head.count(0) * 5 < len(head) * 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _tried(data: bytes, charset: str) -> str | None:
    if not charset or charset.lower().replace("-", "") in {"utf8", "ascii", "usascii"}:
        return None
    try:
        return data.decode(charset)
    except (UnicodeError, LookupError, ValueError):
        return None


def _guessed(data: bytes) -> str:
    lenient = data.decode("utf-8", "replace")
    foreign = sum(1 for byte in data[:SAMPLE] if byte > 0x7F)
    if lenient[:SAMPLE].count("\ufffd") <= max(3, foreign * STRAY) and foreign > 8:
        return lenient
    from charset_normalizer import from_bytes

    western = data.decode("cp1252", "replace")
    if _WESTERN.fullmatch(western[:SAMPLE]):
        return western
    best = from_bytes(data[:SAMPLE]).best()
    if best is None or not best.encoding:
        raise NotText("it is binary, or in an encoding that cannot be recognised")
    return data.decode(best.encoding, "replace")


def _hold_to_text(text: str) -> None:
    sample = text[:SAMPLE]
    if not sample:
        return
    noise = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    if noise > max(4, len(sample) * 0.02):
        raise NotText("it is binary, not text")
