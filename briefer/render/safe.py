"""Makes any text of a briefing harmless to show: no control, no direction override, nothing that cannot be seen.

Article text is hostile input. A control character is shown as its picture (ESC as "␛"), so that the reader sees
that it was there; invisible format characters are dropped; right-to-left words are isolated from what follows them.
"""

import re
import unicodedata

_PLAIN = re.compile(r"[ -~]*")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_RUN = re.compile(rf"[{_RTL}](?:[^A-Za-z\n]*[{_RTL}])?")
_OPEN, _CLOSE = "\u2068", "\u2069"  # first strong isolate, pop directional isolate
_MOST_MARKS = 4  # combining marks on one letter; more only serve to smear over other lines


def line(text: str) -> str:
    """The text as one line: harmless, every run of white space one space."""
    if _PLAIN.fullmatch(text) and "  " not in text:
        return text.strip()
    shown = "".join(_shown(character) for character in text)
    return _isolated(_unsmeared(" ".join(shown.split())))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85" or category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Cc":
        code = ord(character)
        return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"
    if category == "Cf":
        return ""
    if category in {"Cs", "Co"} or ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF:
        return "\ufffd"
    return character


def _unsmeared(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _isolated(text: str) -> str:
    return _RTL_RUN.sub(lambda run: f"{_OPEN}{run[0]}{_CLOSE}", text)


_WEB = re.compile(r"https?://[^\s<>\"'`\\(){}\[\]|^]+", re.IGNORECASE)


def web_address(url: str) -> str:
    """The address if it is a plain http or https one, else ""; nothing else may become a link."""
    return url if _WEB.fullmatch(url) and url.isascii() and url.isprintable() else ""
