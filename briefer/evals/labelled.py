"""Days of articles with claims that people have labelled: a folder in; a `Day` out, or every fault of it.

A day is day.toml, articles/*.txt and claims.jsonl. The articles go through the same cleaning as in a run. What is read
is held to its shape at the door; a fault names file and line, and never the words of an article or a claim.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from briefer import collect
from briefer.clean import clean
from briefer.errors import UsageError
from briefer.evals import folders
from briefer.evals.faults import Fault, at, complaints, named
from briefer.types import Article, Failure, Raw, Reason

_SHAPE = ConfigDict(extra="forbid", frozen=True)
_Words = Annotated[str, Field(min_length=1)]


class Head(BaseModel):
    """day.toml: what day it is, and who fights whom."""

    model_config = _SHAPE

    title: _Words
    date: date
    timezone: Annotated[str, Field(pattern=r"^[+-]\d\d:\d\d$")]
    war: _Words


class Labelled(BaseModel):
    """One line of claims.jsonl: a sentence, and whether the articles carry it.

    A lie has one `reason`; `also` are others that would be fair. `how` tells what was done to the words. `article` is
    the one that it rests on or distorts, `articles` are all where that takes more than one. `evidence` are whole
    sentences of those, verbatim, that carry it or that a liar would cite for it.
    """

    model_config = _SHAPE

    id: _Words
    text: _Words
    label: Literal["supported", "unsupported"]
    reason: Reason | None
    also: tuple[Reason, ...] = ()
    how: Annotated[tuple[str, ...], BeforeValidator(lambda how: (how,) if isinstance(how, str) else how)] = ()
    article: _Words
    articles: tuple[_Words, ...] = ()
    evidence: Annotated[tuple[_Words, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _lies_alone_have_a_reason(self) -> Self:
        if self.is_true != (self.reason is None):
            raise ValueError("a supported claim has the reason null, an unsupported one exactly one")
        return self

    @property
    def is_true(self) -> bool:
        """Whether the articles carry it."""
        return self.label == "supported"

    @property
    def files(self) -> tuple[str, ...]:
        """Every article that it is held against, each once."""
        return tuple(dict.fromkeys((self.article, *self.articles)))


@dataclass(frozen=True, slots=True)
class Day:
    """One labelled day: its clean articles by file name, and its claims."""

    name: str
    articles: Mapping[str, Article]
    claims: tuple[Labelled, ...]


def copied(day: Day) -> Day:
    """The day with other claims: each sentence that is evidence of a true one, word for word, as a true claim.

    Whoever does well on a set because its lies keep the words of their sources does badly on these.
    """
    sentences = {sentence: claim for claim in day.claims if claim.is_true for sentence in claim.evidence}
    claims = (
        claim.model_copy(update={"id": f"{claim.id}.{number}", "text": sentence, "evidence": (sentence,)})
        for number, (sentence, claim) in enumerate(sentences.items(), start=1)
    )
    return replace(day, claims=tuple(claims))


def load(folder: Path) -> Day:
    """The day in a folder. Raises UsageError that names its first faults."""
    if not (folder / "day.toml").is_file():
        raise UsageError(f"{folder} is no labelled day; it needs day.toml, articles/*.txt and claims.jsonl")
    reader = _Reader(folder)
    day = reader.read()
    if reader.faults:
        raise UsageError(named(reader.faults, all_by="`briefer eval lies --lint`"))
    return day


def load_all(folder: Path) -> tuple[Day, ...]:
    """The days in a folder of days, or the one that the folder is, by name. Raises UsageError."""
    return tuple(load(each) for each in day_folders(folder))


def lint(folder: Path) -> list[Fault]:
    """All that is wrong with a day, also that it does not hold as many lies as true claims."""
    reader = _Reader(folder)
    day = reader.read()
    lies = sum(not claim.is_true for claim in day.claims)
    if not reader.faults and 2 * lies != len(day.claims):
        said = f"{len(day.claims) - lies} true claims and {lies} lies; a day holds as many of either"
        reader.faults.append(Fault(str(folder / "claims.jsonl"), said))
    return reader.faults


def day_folders(folder: Path) -> list[Path]:
    """The folders of days in a folder, by name; itself where it is one. Raises UsageError where there is none."""
    if (folder / "day.toml").is_file():
        return [folder]
    found = sorted(each.parent for each in folder.glob("*/day.toml"))
    if not found:
        raise UsageError(f"{folder} holds no labelled day; name a folder of days, each with a day.toml")
    return found


def shipped(part: str) -> Path:
    """The folder of a part of evals/lies: in the package as it is installed, beside it in a checkout."""
    return folders.shipped() / "lies" / part


class _Reader:
    """Reads one day and keeps what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: list[Fault] = []

    def read(self) -> Day:
        self._hold_to_head()
        texts = self._texts()
        claims = tuple(self._claims(texts))
        return Day(self._folder.name, dict(self._articles(texts)), claims)

    def _fault(self, path: Path, what: str, line: int = 0) -> None:
        self.faults.append(at(path, line, what))

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            self._fault(path, f"{error.strerror}; a day has day.toml, articles/*.txt and claims.jsonl")
        except UnicodeDecodeError:
            self._fault(path, "it is not UTF-8; save it as UTF-8")
        return ""

    def _hold_to_head(self) -> None:
        path = self._folder / "day.toml"
        if text := self._text(path):
            try:
                Head.model_validate(tomllib.loads(text))
            except tomllib.TOMLDecodeError as error:
                self._fault(path, f"no TOML: {error}")
            except ValidationError as error:
                for said in complaints(error):
                    self._fault(path, said)

    def _texts(self) -> dict[str, str]:
        paths = sorted((self._folder / "articles").glob("*.txt"))
        if not paths:
            self._fault(self._folder / "articles", "no article (.txt) is there")
        return {path.name: self._text(path) for path in paths}

    def _articles(self, texts: Mapping[str, str]) -> Iterator[tuple[str, Article]]:
        for name in texts:
            for thing in collect.read([str(self._folder / "articles" / name)]):
                article = clean(thing) if isinstance(thing, Raw) else thing
                if isinstance(article, Failure):
                    self._fault(self._folder / "articles" / name, f"no article: {article.why}")
                else:
                    yield name, replace(article, name=name)

    def _claims(self, texts: Mapping[str, str]) -> Iterator[Labelled]:
        path = self._folder / "claims.jsonl"
        seen: Counter[str] = Counter()
        for number, row in enumerate(self._text(path).splitlines(), start=1):
            if not row.strip():
                continue
            try:
                claim = Labelled.model_validate_json(row)
            except ValidationError as error:
                for said in complaints(error):
                    self._fault(path, said, number)
                continue
            seen[claim.id] += 1
            for said in _wrong(claim, texts, again=seen[claim.id] > 1):
                self._fault(path, said, number)
            yield claim
        if not seen and not self.faults:
            self._fault(path, "it holds no claim")


def _wrong(claim: Labelled, texts: Mapping[str, str], *, again: bool) -> Iterator[str]:
    """What is wrong with a claim of the right shape."""
    if again:
        yield f"the id {claim.id!r} is taken by an earlier line; ids are unique in a day"
    missing = [file for file in claim.files if file not in texts]
    yield from (f"{claim.id}: there is no articles/{file!r}" for file in missing)
    for number, sentence in enumerate(claim.evidence, start=1):
        if not missing and not any(sentence in texts[file] for file in claim.files):
            yield f"{claim.id}: evidence {number} is not in {' or '.join(claim.files)} word for word"
