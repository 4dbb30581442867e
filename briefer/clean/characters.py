"""Any text in; out come its lines, in NFC, with one kind of blank and nothing that cannot be seen."""

import html
import re
import unicodedata

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"[^\S\n ]")
_BLANKS = re.compile(r" {2,}")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_PLAIN = re.compile("[\n -~]*\\Z")
# Joiners shape words in scripts of Asia and are kept there; between other letters they only hide things.
_JOINED = re.compile("(?<![\u0600-\u08ff\u0900-\u109f])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u08ff\u0900-\u109f])")
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\n\u200c\u200d")


def tidy(text: str) -> str:
    """The text with "\\n" for every line break, single blanks, and no control, bidi or zero-width characters."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    text = _BREAKS.sub("\n", text.replace("\\/", "/")).replace("\t", " ")
    if not _PLAIN.match(text):
        text = unicodedata.normalize("NFC", _visible(text))
    return "\n".join(line.strip() for line in _BLANKS.sub(" ", _BLANK.sub(" ", text)).split("\n"))


def one_line(text: str) -> str:
    """A title, a name or an address, tidied and on one line."""
    return " ".join(tidy(text).split())


def _visible(text: str) -> str:
    unseen = {
        ord(character): None
        for character in set(text)
        if (unicodedata.category(character) in _DROPPED and character not in _KEPT) or _no_character(ord(character))
    }
    return _JOINED.sub("", text.translate(unseen))


def _no_character(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
