"""Makes the skeleton of a case: a folder to make and the articles to put in it; the files to fill in out."""

import shutil
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from briefer.errors import OutputError, UsageError
from briefer.evals.cases.loading import PARTS
from briefer.evals.cases.traps import Trap


def make(folder: Path, *, day: date, articles: Sequence[Path] = ()) -> list[Path]:
    """Write the skeleton into a folder that holds no case yet; articles are copied. Raises UsageError, OutputError."""
    if taken := [part for part in PARTS if (folder / part).exists()]:
        raise UsageError(f"{folder} has {taken[0]} already; name a new folder")
    if missing := [path for path in articles if not path.exists()]:
        raise UsageError(f"{missing[0]}: nothing is there; name files or folders of articles")
    try:
        return _written(folder, day, articles)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error


def _written(folder: Path, day: date, articles: Sequence[Path]) -> list[Path]:
    (folder / "articles").mkdir(parents=True)
    words = {"title": folder.name.replace("-", " "), "date": day.isoformat(), "traps": ", ".join(Trap)}
    made = []
    for name in PARTS[:-1]:
        text = (resources.files("briefer.evals.cases") / "data" / name).read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace("{{ " + word + " }}", value)
        (folder / name).write_text(text, encoding="utf-8")
        made.append(folder / name)
    for path in articles:
        made += _copied(path, folder / "articles")
    return made


def _copied(path: Path, into: Path) -> list[Path]:
    if path.is_dir():
        shutil.copytree(path, into, dirs_exist_ok=True)
        return [into / each.relative_to(path) for each in sorted(path.rglob("*")) if each.is_file()]
    shutil.copyfile(path, into / path.name)
    return [into / path.name]
