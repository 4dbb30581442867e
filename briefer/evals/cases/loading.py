"""Reads cases: a folder in; a `Case` out, or every fault of it by file and line.

A case is case.yaml, claims.yaml, reference.md and articles/ in any form that briefer collects. The articles go through
the same cleaning as in a run, and evidence is held against what that leaves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from briefer import collect
from briefer.clean import clean, placed
from briefer.collect.paths import shown
from briefer.errors import UsageError
from briefer.evals.cases import wrongs
from briefer.evals.cases.marked import BrokenYaml, Marked
from briefer.evals.cases.marked import load as load_yaml
from briefer.evals.cases.shape import Head, Sheet
from briefer.evals.faults import Fault, at, named
from briefer.types import Article, Failure, Raw

Model = TypeVar("Model", bound=BaseModel)

PARTS = ("case.yaml", "claims.yaml", "reference.md", "articles")


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `collected` is all that lies in articles/, clean, named by its path there; `hash` is of all files."""

    name: str
    folder: Path
    head: Head
    sheet: Sheet
    reference: str
    collected: tuple[Article | Failure, ...]
    hash: str

    @property
    def articles(self) -> Mapping[str, Article]:
        """The readable articles by name."""
        return {each.name: each for each in self.collected if isinstance(each, Article)}


def load(folder: Path) -> Case:
    """The case in a folder. Raises UsageError that names its first faults."""
    reader = _Reader(folder)
    case = reader.read()
    faults = [fault for fault in reader.faults if not fault.doubt]
    if case is None or faults:
        raise UsageError(named(faults, all_by=f"`briefer eval lint {folder}`"))
    return case


def load_all(folder: Path) -> tuple[Case, ...]:
    """The cases in a folder of cases, or the one that the folder is, by name. Raises UsageError."""
    return tuple(load(each) for each in case_folders(folder))


def lint(folder: Path) -> list[Fault]:
    """All that is wrong with a case, and what is doubtful."""
    reader = _Reader(folder)
    case = reader.read()
    return [*reader.faults, *(wrongs.doubts(case, folder) if case is not None and not reader.faults else [])]


def case_folders(folder: Path) -> list[Path]:
    """The folders of cases in a folder, by name; itself where it is one. Raises UsageError where there is none."""
    if (folder / "case.yaml").is_file():
        return [folder]
    inside = folder / "cases" if (folder / "cases").is_dir() else folder
    found = sorted(each.parent for each in inside.glob("*/case.yaml"))
    if not found:
        remedy = "name a folder of cases, each with a case.yaml; `briefer eval new FOLDER` makes one"
        raise UsageError(f"{folder} holds no case; {remedy}")
    return found


class _Reader:
    """Reads one case and keeps what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hash = sha256()
        self.faults: list[Fault] = []

    def read(self) -> Case | None:
        """The case, None where its files do not have their shape."""
        head, _ = self._model(self._folder / "case.yaml", Head)
        sheet, marks = self._model(self._folder / "claims.yaml", Sheet)
        reference = self._text(self._folder / "reference.md") or ""
        collected = tuple(self._collected())
        if head is None or sheet is None:
            return None
        if not reference.strip() and not self.faults:
            self._fault(self._folder / "reference.md", "is empty; write the briefing that the articles should give")
        zone = self._zone(head)
        collected = tuple(_placed(each, zone) for each in collected)
        case = Case(self._folder.name, self._folder, head, sheet, reference, collected, self._hash.hexdigest()[:16])
        if not self.faults:
            self.faults += wrongs.faults(sheet, marks, case.articles, head, self._folder)
        return case

    def _fault(self, path: Path, what: str, line: int = 0) -> None:
        self.faults.append(at(path, line, what))

    def _text(self, path: Path) -> str | None:
        """The words of a file, None where they cannot be read."""
        try:
            whole = path.read_bytes()
            self._hash.update(path.name.encode() + b"\0" + whole + b"\0")
            return whole.decode("utf-8")
        except OSError as error:
            self._fault(path, f"{error.strerror}; a case has {', '.join(PARTS)}")
        except UnicodeDecodeError as error:
            self._fault(path, "is not UTF-8; save it as UTF-8", 1 + error.object[: error.start].count(b"\n"))
        return None

    def _model(self, path: Path, kind: type[Model]) -> tuple[Model | None, Marked]:
        text = self._text(path)
        marks = Marked(None)
        if text is None:
            return None, marks
        try:
            marks = load_yaml(text)
            return kind.model_validate({} if marks.value is None else marks.value), marks
        except BrokenYaml as error:
            self._fault(path, str(error), error.line)
        except ValidationError as error:
            for each in error.errors(include_input=False, include_url=False, include_context=False):
                where = ".".join(map(str, each["loc"]))
                self._fault(path, ": ".join(filter(None, [where, each["msg"]])), marks.line(each["loc"]))
        return None, marks

    def _zone(self, head: Head) -> ZoneInfo:
        try:
            return ZoneInfo(head.timezone)
        except (ValueError, OSError, KeyError):
            self._fault(self._folder / "case.yaml", f"timezone: {head.timezone!r} is no IANA timezone")
            return ZoneInfo("UTC")

    def _collected(self) -> Iterator[Article | Failure]:
        folder = self._folder / "articles"
        if not any(each.is_file() for each in folder.rglob("*")):
            self._fault(folder, "no article is there; put the day's articles into it, in any form that briefer reads")
            return
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            self._hash.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        for thing in collect.read([str(folder)]):
            found = clean(thing) if isinstance(thing, Raw) else thing
            yield replace(found, name=found.name.removeprefix(f"{shown(str(folder))}/"))


def _placed(thing: Article | Failure, zone: ZoneInfo) -> Article | Failure:
    """As a run has it, so that what is read of it in a run need not be read again to score it."""
    if isinstance(thing, Failure) or thing.published is None:
        return thing
    return replace(thing, published=placed(thing.published, zone))
