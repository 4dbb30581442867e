"""Editions as files for a web server: what the store has kept in; Markdown, JSON, HTML and an Atom feed out."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from urllib.parse import urlsplit

from briefer.errors import OutputError, UsageError
from briefer.render import json, markdown
from briefer.render.feed import Series, atom
from briefer.render.mail import rendered
from briefer.render.safe import web_address
from briefer.settings import Settings
from briefer.store import Store
from briefer.types import TERMINAL, KeptEdition
from briefer.wiring.editions import collection_of
from briefer.wiring.history import History
from briefer.wiring.mailing import digest_of

FEED = "feed.atom"
MOST_ENTRIES = 30
"""Editions in a feed: a month of mornings."""
_WHOLE = 100_000_000  # bytes of a page: nothing is left out of it


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is published together: the editions of one collection for one reader, under a title.

    `base` is the address at which the folder can be read, without a slash at its end, or "" where that is not known.
    """

    collection: str
    reader: str
    title: str
    base: str = ""

    @property
    def series(self) -> Series:
        """The same for a feed; ids are made under the host of the address."""
        host = urlsplit(self.base).hostname
        return Series(self.title, self.collection, self.reader, self.base, *([host] if host else []))


def shelf_of(settings: Settings, *, collection: str = "", digest: str = "", base: str = "") -> Shelf:
    """The shelf of a collection as the terminal reads it, or of a digest as its recipients do.

    Raises UsageError for a name that the settings do not have, and for a `base` that is no web address.
    """
    base = base.rstrip("/")
    if base and (not web_address(base) or not urlsplit(base).hostname or urlsplit(base).query):
        raise UsageError(f"--base-url {base[:80]!r} is no web address; write it as https://example.org/briefings")
    if digest:
        found = digest_of(settings, digest)
        return Shelf(found.collection, digest, found.title or digest, base)
    collection_of(settings, collection)
    return Shelf(collection, TERMINAL, collection, base)


def publish(store: Store, shelf: Shelf, folder: Path, date: Date | None = None) -> list[Path]:
    """Write the edition of a day (by default the last) and the feed into a folder; the files that are new or differ.

    Pages that the feed leads to and the folder lacks are written too. Each file is whole or not there, and the feed
    comes last, so that it never leads to a page that is not. Raises NothingToBrief where there is no such edition, and
    OutputError.
    """
    history = History(store, shelf.collection, shelf.reader)
    wanted = history.edition(date)
    listed = [history.edition(day) for day in _days(store, shelf)]
    missing = [edition for edition in listed if not (folder / f"{edition.key.date}.html").exists()]
    files: dict[str, str] = {}
    for edition in (wanted, *missing):
        files |= pages(edition, shelf)
    return write_all(folder, {**files, FEED: atom(shelf.series, listed, name=FEED)})


def pages(edition: KeptEdition, shelf: Shelf) -> dict[str, str]:
    """The files of one edition by name: Markdown with every quote, the JSON briefing, and a page."""
    day, briefing = edition.key.date.isoformat(), edition.briefing
    whole = shelf.series.address(f"{day}.json")
    return {
        f"{day}.md": markdown.render(briefing, evidence=True),
        f"{day}.json": json.render(briefing),
        f"{day}.html": rendered(briefing, title=shelf.title, whole=whole, most_bytes=_WHOLE).html,
    }


def _days(store: Store, shelf: Shelf) -> Sequence[Date]:
    """The days of the editions in the feed, latest first."""
    days = {record.key.date for record in store.memory(shelf.collection).editions(shelf.reader)}
    return sorted(days, reverse=True)[:MOST_ENTRIES]


def write_all(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files into a folder, which is made: all beside their places first, then each into its place, in order.

    Those that differ from what is there; a reader never sees half of one. Raises OutputError, and nothing has changed
    then unless the last step, of renaming, was cut short.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        changed = {folder / name: text.encode("utf-8", "replace") for name, text in files.items()}
        changed = {path: data for path, data in changed.items() if not _holds(path, data)}
        with _beside(folder, list(changed.values())) as written:
            for path, beside in zip(changed, written, strict=True):
                os.replace(beside, path)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}; choose another folder to publish in") from error
    return list(changed)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


@contextlib.contextmanager
def _beside(folder: Path, contents: Sequence[bytes]) -> Iterator[list[Path]]:
    """Temporary files of a folder with these contents, on the disk; those left are removed at the end."""
    made: list[Path] = []
    try:
        for data in contents:
            descriptor, name = tempfile.mkstemp(prefix=".publish.", dir=folder)
            made.append(Path(name))
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)  # a web server reads them
        yield made
    finally:
        for path in made:
            path.unlink(missing_ok=True)
