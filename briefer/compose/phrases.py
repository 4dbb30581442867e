"""The words that sentences are made with, read from `data/phrases.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from briefer.types import Change, Extent, Kind, Modality

_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[a-z]+")
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
    attack: Pattern
    extent: dict[Extent, str]
    outlook: dict[str, str]
    modal: dict[Literal["need", "plan", "ahead"], frozenset[str]]
    fight: dict[Literal["attack", "fight"], tuple[str, ...]]
    names: dict[WordList, frozenset[str]]


@cache
def _phrases() -> _Phrases:
    text = files("briefer.compose").joinpath("data/phrases.toml").read_text(encoding="utf-8")
    return _Phrases.model_validate(tomllib.loads(text))


def pattern(kind: Kind, change: Change | None, *, attack: bool = False) -> Pattern | None:
    """The pattern of a change of control or of another kind; None for kinds that are told by their headline."""
    if kind is Kind.CLASH and attack:
        return _phrases().attack
    return _phrases().change[change] if change else _phrases().kind.get(kind)


def tells_attack(quotes: str) -> bool:
    """Whether the words of the sources tell of one side's attack, and none of them of a fight between both."""
    spoken, stems = f" {quotes.lower()}", _phrases().fight
    return any(f" {stem}" in spoken for stem in stems["attack"]) and not any(f" {s}" in spoken for s in stems["fight"])


def filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with its slots filled, in one pass: what is filled in is never itself a slot."""
    return _SLOT.sub(lambda slot: parts.get(slot[1], ""), template)


def extent(value: Extent, place: str) -> str:
    """The place with how much of it is meant: "most of Bashkoy"."""
    return _phrases().extent.get(value, "{place}").replace("{place}", place)


def outlook(modality: Modality, *, bare: bool, quotes: str = "") -> str:
    """The sentence for what has not happened: said to be planned, needed, expected or possible.

    `quotes` are the words of the sources, which tell a need from a plan where they name one only.
    """
    name = f"bare_{modality.value}" if bare else modality.value
    if name == Modality.PLANNED.value:
        told = [kind for kind in ("need", "plan") if _spoken(_phrases().modal[kind], quotes)]
        name = f"{name}_{told[0]}" if len(told) == 1 else name
    return _phrases().outlook[name]


def says_ahead(text: str) -> bool:
    """Whether a headline says in its own words that the thing is still to come."""
    return any(_spoken(heads, text) for heads in _phrases().modal.values())


def _spoken(heads: frozenset[str], text: str) -> bool:
    words = f" {' '.join(_WORD.findall(text.lower()))} "
    return any(f" {head} " in words for head in heads)


def words(name: WordList) -> frozenset[str]:
    """One list of the lexicon of names."""
    return _phrases().names[name]
