"""Settings as they count, to be shown: values with where they come from in, TOML that can be read back or JSON out.

What may hold a secret (a header's value, the user and password of an address) is never shown.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefer.settings.loading import Loaded, Origin
from briefer.settings.shape import values_of

HIDDEN = "(not shown: it may hold a secret)"
_FROM_ENVIRONMENT = "env:"
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SECRET_KEY = re.compile(r"key|token|secret|passw|auth|credential|cookie", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """One value by its key; `hidden` says that it is not to be shown."""

    key: tuple[str, ...]
    value: object
    origin: Origin
    hidden: bool = False


def shown(loaded: Loaded) -> list[Shown]:
    """Every value that counts, in the order of the settings; headers and names of the house one by one."""
    return [
        Shown(key, value, loaded.origin(key), hidden=_holds_secret(key, value))
        for path, whole in values_of(loaded.settings)
        for key, value in _singly(path, whole)
    ]


def as_toml(values: list[Shown]) -> str:
    """The values as TOML: each with its origin; what is not set and what is hidden stands there as a comment."""
    tables: dict[tuple[str, ...], list[str]] = {(): []}
    for item in values:
        tables.setdefault(item.key[:-1], []).append(_line(item))
    blocks = ["\n".join(lines if not table else [_heading(table), *lines]) for table, lines in tables.items() if lines]
    return "\n\n".join(blocks) + "\n"


def as_rows(values: list[Shown]) -> list[dict[str, object]]:
    """The values for JSON: key, value (None where it is hidden or not set), origin, its name, `hidden`."""
    return [
        {
            "key": ".".join(item.key),
            "value": None if item.hidden else item.value,
            "origin": item.origin.kind,
            "name": item.origin.name,
            "hidden": item.hidden,
        }
        for item in values
    ]


def _singly(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    if not isinstance(value, Mapping):
        yield path, value
    for key, each in value.items() if isinstance(value, Mapping) else ():
        yield (*path, str(key)), each


def _holds_secret(key: tuple[str, ...], value: object) -> bool:
    if key[:2] == ("model", "headers"):
        return not str(value).startswith(_FROM_ENVIRONMENT)
    if key[:2] == ("model", "extra"):
        return any(_SECRET_KEY.search(part) for part in key[2:]) or _has_secret_key(value)
    return isinstance(value, str) and "://" in value and _carries_login(value)


def _has_secret_key(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_SECRET_KEY.search(str(key)) or _has_secret_key(each) for key, each in value.items())
    return isinstance(value, (list, tuple)) and any(_has_secret_key(each) for each in value)


def _carries_login(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return "@" in parts.netloc or _SECRET_KEY.search(parts.query) is not None


def _heading(table: tuple[str, ...]) -> str:
    return f"[{'.'.join(_key(part) for part in table)}]"


def _line(item: Shown) -> str:
    origin = item.origin.kind if item.origin.kind != "environment" else item.origin.name
    where = f"  # {_harmless(origin)}"
    if item.hidden:
        return f"# {_key(item.key[-1])}: {HIDDEN}{where}"
    if item.value is None:
        return f"# {_key(item.key[-1])}: not set{where}"
    return f"{_key(item.key[-1])} = {_toml(item.value)}{where}"


def _key(part: str) -> str:
    return part if _BARE.fullmatch(part) else _text(part)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(str(key))} = {_toml(each)}' for key, each in value.items())} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_toml(each) for each in value)}]"
    return str(value)


def _text(text: str) -> str:
    """A basic string of TOML; what cannot be seen is escaped."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _harmless(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
