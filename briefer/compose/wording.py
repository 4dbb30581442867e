"""The words that prose may be made of when it is read back, from `data/read_back.toml`.

In: events. Out: the words that may stand in a sentence about them, and those that none may have because they assess.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from briefer.reading.verbs import forms
from briefer.reading.word_classes import closed
from briefer.types import Change, Event, Kind, Modality, Status

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST_STEM = 4  # letters that two forms of one word share at least
_ENDINGS = ("ern", "ing", "ers", "ed", "es", "er", "'s", "’s", "s")


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: str = ""
    words: str = ""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    deeds: dict[str, _Group]
    standing: dict[str, _Group]
    extent: dict[str, _Group]
    neutral: _Group
    assessing: _Group
    told_as: dict[str, str]


@cache
def _data() -> _Words:
    text = files("briefer.compose").joinpath("data/read_back.toml").read_text(encoding="utf-8")
    return _Words.model_validate(tomllib.loads(text))


def _all_of(group: _Group) -> frozenset[str]:
    inflected = (form for verb in group.verbs.split() for form in forms(verb))
    return frozenset([*group.words.split(), *inflected])


@cache
def _named(part: str, name: str) -> frozenset[str]:
    parts = {"deeds": _data().deeds, "standing": _data().standing, "extent": _data().extent}
    return _all_of(parts[part][name]) if name in parts[part] else frozenset()


@cache
def neutral() -> frozenset[str]:
    """The words that any sentence may have, those of closed classes among them but for adverbs and adjectives."""
    return _all_of(_data().neutral) | {word for word, tag in closed().items() if tag not in "RJ"} - assessing()


@cache
def assessing() -> frozenset[str]:
    """The words that assess, which no event carries."""
    return _all_of(_data().assessing)


@cache
def listed(name: str) -> frozenset[str]:
    """One list of words by which a thing is told as something: "hearsay", "denial", "dispute", "reversal", "says"."""
    return frozenset(_data().told_as[name].split())


@cache
def inflected(name: str) -> frozenset[str]:
    """All forms of the verbs of one such list."""
    return frozenset(form for verb in listed(name) for form in forms(verb))


def deed_words(event: Event) -> frozenset[str]:
    """The words for what an event is, by its change or kind, its standing, and what it counts."""
    kinds = {event.change.value if event.kind is Kind.TERRITORY and event.change else event.kind.value}
    if event.casualties:
        kinds.add("casualties")
    if any(count.kind.value == "captured" for count in event.casualties):
        kinds.add("prisoners")
    if event.equipment:
        kinds.add("equipment")
    standing = {event.modality.value, event.status.value}
    if event.modality is Modality.OCCURRED and event.status is not Status.DISPUTED and event.contradictions:
        standing.add("disputed")
    if event.modality is Modality.ATTEMPTED:
        standing.add("failed")
    if event.reversed_by:
        standing.add("reversed")
    return frozenset().union(
        *(_named("deeds", kind) for kind in kinds),
        *(_named("standing", name) for name in standing),
        _named("extent", event.extent.value),
    )


def kind_words(kind: Kind, change: Change | None) -> frozenset[str]:
    """The words for a change of control or another kind."""
    return _named("deeds", change.value if kind is Kind.TERRITORY and change else kind.value)


def standing_words(modality: Modality) -> frozenset[str]:
    """The words by which a sentence says that something has not, or not yet, come to pass."""
    return _named("standing", modality.value)


def is_mutual(event: Event) -> bool:
    """Whether two sides do a thing with one another, so that either may be named first."""
    traded = not words_of([event.headline, event.object]).isdisjoint(listed("mutual"))
    return event.kind is Kind.AGREEMENT or (event.kind is Kind.PRISONERS and traded)


def is_carried_out(event: Event, verb: str) -> bool:
    """Whether the headline of an agreement tells by the same form of a verb that it was carried out: "swapped"."""
    words = words_of([event.headline])
    return verb in words and words.isdisjoint(listed("agreed") | listed("ahead"))


def is_one_source(text: str) -> bool:
    """Whether a text speaks of a source that is the only one."""
    return re.search(r"\b(?:one|only|sole|single) source\b", text, re.IGNORECASE) is not None


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The lower-case words of some texts."""
    return frozenset(word.lower() for text in texts for word in WORD.findall(text))


def failed_words() -> frozenset[str]:
    """The words for how something failed that was tried."""
    return _named("standing", "failed")


@cache
def stem(word: str) -> str:
    """A word without its ending, roughly: what two forms of one word share."""
    word = word.lower().replace("’", "'")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM - 1:
            word = word[: -len(ending)]
            break
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word
