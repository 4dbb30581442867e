"""JSON values and decoded strings as plain text that every later stage can hold."""

import re
from collections.abc import Mapping, Sequence

_UNHOLDABLE = re.compile("[\ud800-\udfff\x00]")
NAMING = ("name", "title", "label", "text", "value", "$t", "#text", "_")


def plain(value: object) -> str:
    """A JSON value as text: a string as it is, paragraphs of a list joined, the name of a named object, else ""."""
    if isinstance(value, str):
        return holdable(value).strip()
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return next((text for key in NAMING if (text := plain(value.get(key)))), "")
    if isinstance(value, Sequence):
        return "\n\n".join(text for part in value if (text := plain(part)))
    return ""


def holdable(text: str) -> str:
    """Text without halves of surrogate pairs and NULs, which no encoder downstream accepts."""
    return _UNHOLDABLE.sub("", text)
