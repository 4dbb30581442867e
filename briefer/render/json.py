"""A Briefing as JSON: the published shape, for scripts and other programs."""

import re
import unicodedata
from collections.abc import Iterator
from json import dumps

from briefer.types import Briefing

_OUTSIDE_ASCII = re.compile(r"[^ -~\n]")
_ESCAPED = frozenset({"Cc", "Cf", "Zl", "Zp"})
_AT_ONCE = 200  # entries of one list that are made into text together: all of them would take more than the articles


def render(briefing: Briefing) -> str:
    """The Briefing as indented JSON in the order of its fields; it ends in a newline and reads back to an equal one.

    Control and invisible characters of source text stand as escapes, so that a terminal is safe from them; half a
    surrogate pair, which UTF-8 cannot carry, becomes U+FFFD.
    """
    return "".join(pieces(briefing))


def pieces(briefing: Briefing) -> Iterator[str]:
    """What `render` gives, in pieces, so that it can be written without being held whole."""
    fields = type(briefing).model_fields
    for number, name in enumerate(fields):
        yield ",\n" if number else "{\n"
        value = getattr(briefing, name)
        if not isinstance(value, tuple) or len(value) <= _AT_ONCE:
            yield _members(briefing, name)
        else:
            yield from _long_list(briefing, name, value)
    yield "\n}\n"


def _long_list(briefing: Briefing, name: str, entries: tuple[object, ...]) -> Iterator[str]:
    opening, closing = f'  "{name}": [', "\n  ]"
    yield opening
    for start in range(0, len(entries), _AT_ONCE):
        some = briefing.model_copy(update={name: entries[start : start + _AT_ONCE]})
        yield "," if start else ""
        yield _members(some, name).removeprefix(opening).removesuffix(closing)
    yield closing


def _members(briefing: Briefing, name: str) -> str:
    """One field with its name, as it stands in the whole."""
    text = dumps(briefing.model_dump(mode="json", include={name}), ensure_ascii=False, indent=2)
    return _OUTSIDE_ASCII.sub(_harmless, text.removeprefix("{\n").removesuffix("\n}"))


def _harmless(found: re.Match[str]) -> str:
    character = found[0]
    category = unicodedata.category(character)
    if category == "Cs":
        return "\\ufffd"
    return dumps(character)[1:-1] if category in _ESCAPED else character
