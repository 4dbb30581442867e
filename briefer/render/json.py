"""A Briefing as JSON: the published shape, for scripts and other programs."""

import re
import unicodedata
from json import dumps

from briefer.types import Briefing

_OUTSIDE_ASCII = re.compile(r"[^ -~\n]")
_ESCAPED = frozenset({"Cc", "Cf", "Zl", "Zp"})


def render(briefing: Briefing) -> str:
    """The Briefing as indented JSON in the order of its fields; it ends in a newline and reads back to an equal one.

    Control and invisible characters of source text stand as escapes, so that a terminal is safe from them; half a
    surrogate pair, which UTF-8 cannot carry, becomes U+FFFD.
    """
    text = dumps(briefing.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return _OUTSIDE_ASCII.sub(_harmless, text) + "\n"


def _harmless(found: re.Match[str]) -> str:
    character = found[0]
    category = unicodedata.category(character)
    if category == "Cs":
        return "\\ufffd"
    return dumps(character)[1:-1] if category in _ESCAPED else character
