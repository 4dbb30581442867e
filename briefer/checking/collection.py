"""What was collected in; the articles to hold statements against, and the names that users call them by, out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import tzinfo

from briefer.checking.names import Entry, Names
from briefer.clean import clean
from briefer.types import Article, Failure, Raw

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Collection:
    """The articles, each text once and by the name that it is shown by; what could not be read; all their names."""

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    names: Names

    def latest(self, zone: tzinfo | None) -> Date | None:
        """The latest day of an article in a timezone, or in its own; None where no article says its day."""
        published = [article.published for article in self.articles if article.published]
        return max(((each.astimezone(zone) if zone else each).date() for each in published), default=None)


def gather(
    collected: Iterable[Raw | Failure], paths: Sequence[str], *, progress: Callable[[str, int, int], None]
) -> Collection:
    """Clean everything that was collected from the paths. Nothing is dropped but what cannot be read.

    A source is shown by its name relative to the folder it was found in, or by its path where two are called the same.
    Copies, word for word, are one article with several names.
    """
    cleaned: list[Article | Failure] = []
    for number, thing in enumerate(collected, start=1):
        cleaned.append(clean(thing) if isinstance(thing, Raw) else thing)
        progress("collecting", number, 0)
    shown = _shown([each.name for each in cleaned], [_root(path) for path in paths])
    named = [replace(each, name=name) for each, name in zip(cleaned, shown, strict=True)]
    articles: dict[str, Article] = {}
    for each in named:
        if isinstance(each, Article):
            articles.setdefault(each.id, each)
    return Collection(
        articles=tuple(articles.values()),
        failures=tuple(each for each in named if isinstance(each, Failure)),
        names=Names([_entry(path.name, each) for path, each in zip(cleaned, named, strict=True)]),
    )


def _entry(path: str, thing: Article | Failure) -> Entry:
    if isinstance(thing, Failure):
        return Entry(path, thing.name, why=thing.why)
    return Entry(path, thing.name, id=thing.id)


def _root(path: str) -> str:
    """The folder that a path, or all that a glob matches, lies in, ending in a slash where there is one."""
    magic = _MAGIC.search(path)
    return path[: path.rfind("/", 0, magic.start()) + 1] if magic else f"{path.rstrip('/')}/"


def _shown(names: Sequence[str], roots: Sequence[str]) -> list[str]:
    longest_first = sorted(filter(None, roots), key=len, reverse=True)
    relative = [_relative(name, longest_first) for name in names]
    counted = Counter(relative)
    return [short if counted[short] == 1 else name for short, name in zip(relative, names, strict=True)]


def _relative(name: str, roots: Sequence[str]) -> str:
    for root in roots:
        if name.startswith(root):
            return name[len(root) :]
        file = root.rstrip("/")
        if name == file or name.startswith(f"{file}#"):
            return name[file.rfind("/") + 1 :]
    return name
