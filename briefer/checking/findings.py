"""Statements in, what the sources say to each out: the part that holds one against the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from briefer.checking.claims import Claimed
from briefer.checking.names import Names, Unnamed
from briefer.types import Finding, Passage, Ruling, Statement

EMPTY = "empty claim"


class Finds(Protocol):
    """Holds a statement against the sources."""

    def find(self, statement: Statement) -> Finding:
        """What the sources say to it."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement to be checked; `fault` says why it cannot be ("" where it can).

    `line` is that of its claim, 0 outside of claims files. `called` are the names of the articles that it gave, by id.
    """

    statement: Statement
    fault: str = ""
    line: int = 0
    called: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that could not be checked: the line of its file (0 without one), its id, and why."""

    line: int
    id: str
    why: str


def asked_of(claim: Claimed, names: Names) -> Asked:
    """A claim with the sources that it names found, or with the fault that they are not."""
    statement = Statement(claim.id, claim.text)
    called: dict[str, str] = {}
    try:
        for name in claim.articles:
            called = {**names.shown(name), **called}
            statement = replace(statement, articles=(*statement.articles, *names.ids(name)))
    except Unnamed as fault:
        return Asked(Statement(claim.id, claim.text), str(fault), claim.line)
    articles = tuple(dict.fromkeys(statement.articles))
    return Asked(replace(statement, articles=articles), "", claim.line, tuple(called.items()))


def find_all(
    asked: Sequence[Asked], checker: Finds, names: dict[str, str], *, progress: Callable[[str, int, int], None]
) -> Iterator[Finding]:
    """A finding for each, in their order. `names` are those that articles are shown by, by id."""
    for number, each in enumerate(asked, start=1):
        yield _finding(each, checker, names)
        progress("checking", number, len(asked))


def _finding(asked: Asked, checker: Finds, names: dict[str, str]) -> Finding:
    fault = asked.fault or ("" if asked.statement.text.strip() else EMPTY)
    if fault:
        return Finding(asked.statement, Ruling.UNCLEAR, None, 0.0, why=fault)
    found = checker.find(asked.statement)
    renamed = {names[id]: shown for id, shown in asked.called if names[id] != shown}
    if not renamed:
        return found
    return replace(found, evidence=_by(renamed, found.evidence), against=_by(renamed, found.against))


def _by(renamed: dict[str, str], passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Passages under the names that the claim gave their sources, where a copy has another."""
    return tuple(replace(passage, article=renamed.get(passage.article, passage.article)) for passage in passages)
