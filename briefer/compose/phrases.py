"""The words that sentences are made with, read from `data/phrases.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from briefer.types import Change, Extent, Kind, Modality

WordList = Literal["the", "singular", "plural", "at", "small"]


class Pattern(BaseModel):
    """How one kind of happening is told: its verb (past, infinitive, participle), with and without a subject."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verb: tuple[str, str, str]
    told: str
    foes: str
    bare: str


class _Phrases(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    change: dict[Change, Pattern]
    kind: dict[Kind, Pattern]
    extent: dict[Extent, str]
    outlook: dict[str, str]
    names: dict[WordList, frozenset[str]]


@cache
def _phrases() -> _Phrases:
    text = files("briefer.compose").joinpath("data/phrases.toml").read_text(encoding="utf-8")
    return _Phrases.model_validate(tomllib.loads(text))


def pattern(kind: Kind, change: Change | None) -> Pattern | None:
    """The pattern of a change of control or of another kind; None for kinds that are told by their headline."""
    return _phrases().change[change] if change else _phrases().kind.get(kind)


def extent(value: Extent, place: str) -> str:
    """The place with how much of it is meant: "most of Bashkoy"."""
    return _phrases().extent.get(value, "{place}").replace("{place}", place)


def outlook(modality: Modality, *, bare: bool) -> str:
    """The sentence for what has not happened: said to be planned, expected or possible."""
    return _phrases().outlook[f"bare_{modality.value}" if bare else modality.value]


def words(name: WordList) -> frozenset[str]:
    """One list of the lexicon of names."""
    return _phrases().names[name]
