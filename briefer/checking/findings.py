"""Statements in, what the sources say to each out: the part that holds one against the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from briefer.checking.names import Names, Unnamed
from briefer.types import Finding, Passage, Ruling, Statement


class Finds(Protocol):
    """Holds a statement against the sources."""

    def find(self, statement: Statement) -> Finding:
        """What the sources say to it."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement to be checked, its articles by id; `fault` says why it cannot be ("" where it can).

    `line` is that of its claim, 0 outside of claims files. `called` are how the sources it names are shown, by id.
    """

    statement: Statement
    line: int = 0
    fault: str = ""
    called: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that could not be checked: the line of its file (0 without one), its id, and why."""

    line: int
    id: str
    why: str


def asked_of(statement: Statement, names: Names, *, line: int = 0) -> Asked:
    """A statement whose articles are names of sources, with these found, or with the fault that they are not."""
    called: dict[str, str] = {}
    articles: dict[str, None] = {}
    try:
        for name in statement.articles:
            articles |= dict.fromkeys(names.ids(name))
            called = names.shown(name) | called
    except Unnamed as fault:
        return Asked(replace(statement, articles=()), line, str(fault))
    return Asked(replace(statement, articles=tuple(articles)), line, called=tuple(called.items()))


def find_all(asked: Sequence[Asked], checker: Finds, *, progress: Callable[[str, int, int], None]) -> Iterator[Finding]:
    """A finding for each, in their order; what has a fault is unclear."""
    for number, each in enumerate(asked, start=1):
        if each.fault:
            yield Finding(each.statement, Ruling.UNCLEAR, None, 0.0, why=each.fault)
        else:
            yield checker.find(each.statement)
        progress("checking", number, len(asked))


def as_called(finding: Finding, asked: Asked, names: dict[str, str]) -> Finding:
    """A finding under the names that its claim gave to sources, where a copy has another; `names` are theirs by id."""
    renamed = {names[id]: shown for id, shown in asked.called if names[id] != shown}
    if not renamed:
        return finding
    return replace(finding, evidence=_by(renamed, finding.evidence), against=_by(renamed, finding.against))


def _by(renamed: dict[str, str], passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(replace(passage, article=renamed.get(passage.article, passage.article)) for passage in passages)
