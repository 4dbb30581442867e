"""Writes an export: texts by their path in, a folder out."""

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from briefer.errors import OutputError


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder, which is made. Files of other names in it are left alone. Raises OutputError."""
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}; choose another place for --out") from error


def as_json(value: object, indent: int | None = None) -> str:
    """JSON in plain ASCII: nothing that a terminal would obey, nor half of a character pair, which tools refuse."""
    whole = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return json.dumps(json.loads(whole), indent=indent)


def shipped(name: str) -> str:
    """The text of a file that is part of an export as it stands."""
    return resources.files("briefer.evals.exports").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
