"""The header of a prompt file: its lines in, a checked Header out.

    ---
    name: extract
    version: 1
    purpose: Read articles and give their claims.
    reply: Extracted
    needs: articles, date, language
    max_tokens: 8192
    temperature: 0
    ---

One `key: value` a line, values as they stand, without quotes. max_tokens and temperature may be left out;
`temperature: server` leaves it to the server.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefer.errors import PromptError
from briefer.prompts.stages import STAGES, Stage
from briefer.types import Parameters

FENCE = "---"
REQUIRED = ("name", "version", "purpose", "reply", "needs")
OPTIONAL = ("max_tokens", "temperature")
MOST_TOKENS = 1_000_000
HOTTEST = 2.0
"""The highest temperature that OpenAI-compatible servers take."""


@dataclass(slots=True)
class Faults:
    """What is wrong with one file, so that its author learns all of it at once."""

    file: str
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, what: str) -> None:
        """Note a fault at a line, from 1."""
        self.lines.setdefault(f"{self.file}:{line}: {what}", line)

    def hold(self) -> None:
        """Raise PromptError where there are faults: a line each, in the order of the file."""
        if self.lines:
            raise PromptError("\n".join(sorted(self.lines, key=lambda fault: self.lines[fault])))


@dataclass(frozen=True, slots=True)
class Header:
    """What a prompt file says of itself. `needs` are the variables that its template prints."""

    stage: Stage
    version: int
    purpose: str
    needs: tuple[str, ...]
    parameters: Parameters

    @property
    def name(self) -> str:
        """The name of the prompt, which is its stage's."""
        return self.stage.name


@dataclass(frozen=True, slots=True)
class _Entry:
    line: int
    value: str


def header(lines: Sequence[str], faults: Faults) -> Header:
    """The header from its lines, the first of them line 2 of the file. Raises PromptError for all faults found."""
    entries = _entries(lines, faults)
    for key in REQUIRED:
        if key not in entries:
            faults.add(1, f"the header has no `{key}`; add a line `{key}: {_example(key)}`")
    stage = _stage(entries, faults)
    version = _version(entries, faults)
    needs = _needs(entries, stage, faults)
    parameters = Parameters(_max_tokens(entries, faults), _temperature(entries, faults))
    faults.hold()
    return Header(stage, version, entries["purpose"].value, needs, parameters)


def closest(word: str, known: Iterable[str]) -> str:
    """How a remedy offers what may have been meant: "did you mean `x`?", or all that is known."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"use one of {', '.join(known)}"


def _entries(lines: Sequence[str], faults: Faults) -> Mapping[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for number, row in enumerate(lines, start=2):
        if not row.strip():
            continue
        key, colon, value = (part.strip() for part in row.partition(":"))
        if not colon or not value:
            faults.add(number, "this is no line of a header; write `key: value`")
        elif key not in REQUIRED + OPTIONAL:
            faults.add(number, f"unknown header key `{key}`; {closest(key, REQUIRED + OPTIONAL)}")
        elif key in entries:
            faults.add(number, f"`{key}` stands here and at line {entries[key].line}; remove one of them")
        else:
            entries[key] = _Entry(number, value)
    return entries


def _example(key: str) -> str:
    return {"name": "extract", "version": "1", "purpose": "What it asks for.", "reply": "Extracted"}.get(
        key, "articles"
    )


def _stage(entries: Mapping[str, _Entry], faults: Faults) -> Stage:
    unknown = Stage("", "", (), ())
    if "name" not in entries:
        return unknown
    name = entries["name"]
    stage = STAGES.get(name.value)
    if stage is None:
        faults.add(name.line, f"no stage asks with a prompt `{name.value}`; {closest(name.value, STAGES)}")
        return unknown
    if "reply" in entries and entries["reply"].value != stage.reply:
        reply = entries["reply"]
        faults.add(
            reply.line, f"the reply to {stage.name} is {stage.reply}, not `{reply.value}`; write `reply: {stage.reply}`"
        )
    return stage


def _version(entries: Mapping[str, _Entry], faults: Faults) -> int:
    entry = entries.get("version")
    return _whole(entry, most=10**9, faults=faults) if entry else 0


def _max_tokens(entries: Mapping[str, _Entry], faults: Faults) -> int:
    entry = entries.get("max_tokens")
    return _whole(entry, most=MOST_TOKENS, faults=faults) if entry else Parameters().max_tokens


def _whole(entry: _Entry, *, most: int, faults: Faults) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", entry.value) or not 1 <= int(entry.value) <= most:
        faults.add(entry.line, f"`{entry.value}` is no whole number from 1 to {most}; write one")
        return 0
    return int(entry.value)


def _temperature(entries: Mapping[str, _Entry], faults: Faults) -> float | None:
    entry = entries.get("temperature")
    if entry is None:
        return Parameters().temperature
    if entry.value == "server":
        return None
    if not re.fullmatch(r"[0-9](\.[0-9]{1,4})?", entry.value) or float(entry.value) > HOTTEST:
        faults.add(
            entry.line, f"temperature `{entry.value}` is no number from 0 to {HOTTEST:g}; write one, or `server`"
        )
        return None
    return float(entry.value)


def _needs(entries: Mapping[str, _Entry], stage: Stage, faults: Faults) -> tuple[str, ...]:
    entry = entries.get("needs")
    if entry is None or not stage.name:
        return ()
    names = tuple(name.strip() for name in entry.value.split(","))
    for name in names:
        if name not in stage.given:
            faults.add(entry.line, f"{stage.name} is given no variable `{name}`; {closest(name, stage.given)}")
    if len(set(names)) < len(names):
        faults.add(entry.line, "a variable is named twice in `needs`; name each once")
    for name in stage.printed:
        if name not in names:
            faults.add(entry.line, f"{stage.name} must print `{name}`; add it to `needs` and to the user part")
    return names
