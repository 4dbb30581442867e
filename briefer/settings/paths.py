"""Paths of a settings file, relative to its folder: its values in, the same values out with paths from here."""

import os.path
from collections.abc import Mapping, Sequence
from pathlib import Path

_PATHS = (
    ("prompts",),
    ("store",),
    ("model", "name"),
    ("model", "ca_file"),
    ("collections", "*", "paths"),
    ("digests", "*", "model"),
    ("mail", "ca_file"),
    ("mail", "folder"),
)
_IN_PROCESS = "gguf:"
_NAMES_OF_MODELS = frozenset({"name", "model"})


def from_here(values: dict[str, object], file: Path) -> dict[str, object]:
    """The values of a settings file with its paths as seen from the current folder; "~" is the user's own folder.

    Addresses, absolute paths and names of models on a server stay as they are.
    """
    for path in _PATHS:
        values = _under(values, path, file.parent)
    return values


def _under(values: Mapping[str, object], path: Sequence[str], folder: Path) -> dict[str, object]:
    first, *rest = path
    return {key: _seen(value, rest, folder, first) if first in (key, "*") else value for key, value in values.items()}


def _seen(value: object, rest: Sequence[str], folder: Path, key: str) -> object:
    if rest:
        return _under(value, rest, folder) if isinstance(value, dict) else value
    if isinstance(value, list):
        return [_seen(each, (), folder, key) for each in value]
    if not isinstance(value, str):
        return value
    if key in _NAMES_OF_MODELS:
        file = value.removeprefix(_IN_PROCESS)
        return value if file == value else f"{_IN_PROCESS}{_path(file, folder)}"
    return _path(value, folder)


def _path(path: str, folder: Path) -> str:
    if path in ("", "-") or "://" in path:
        return path
    expanded = os.path.expanduser(path)
    return expanded if os.path.isabs(expanded) or folder == Path() else os.path.join(folder, expanded)
