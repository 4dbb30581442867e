"""What a tape holds and nobody asked for: what was asked in and what is left over in, why it is left over out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefer.models.missing import named
from briefer.models.tape import Exchange, Reader, Tape, hash_of, settings_of
from briefer.types import Question, Value


@dataclass(frozen=True, slots=True)
class Sort:
    """What questions have in common: the prompt's name, whose reply, which repetition, system prompt and schema."""

    prompt: str
    model: str
    repeat: int
    system: str
    schema: str


@dataclass(frozen=True, slots=True)
class Spare:
    """An exchange that nobody asked for."""

    file: Path
    key: str
    about: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Leftover:
    """An exchange that nobody asked for, or a whole tape (then without a `key`), and why.

    `stale` ones would be asked for if nothing had changed: --record drops them. Others another run may ask for.
    """

    file: Path
    prompt: str
    about: str
    why: str
    stale: bool
    key: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {named(self.prompt, self.about)}: {self.why}" if self.key else f"{self.file}: {self.why}"


def sort_of(question: Question[Value], reader: Reader) -> Sort:
    """The sort of a question."""
    schema: str = settings_of(question, reader)["schema_hash"]
    return Sort(question.prompt.name, reader.model, reader.repeat, hash_of(question.prompt.system), schema)


def spares(tape: Tape) -> tuple[Spare, ...]:
    """What nobody asked for, in the order of the file."""
    return tuple(Spare(tape.file, each.key, each.about, _sort(each)) for each in tape.unused())


def leftovers(spare: Iterable[Spare], asked: Iterable[Sort]) -> Iterator[Leftover]:
    """Why each is left over, by all that a run asked."""
    known = frozenset(asked)
    for each in spare:
        why, stale = _why(each.sort, known)
        yield Leftover(each.file, each.sort.prompt, each.about, why, stale, each.key)


def gone(folder: Path, cases: Iterable[str]) -> Iterator[Leftover]:
    """The tapes of a folder that are of no case."""
    files = {f"{case}.jsonl" for case in cases}
    for file in sorted(folder.glob("*.jsonl")):
        if file.name not in files:
            yield Leftover(file, "", "", "no case of that name", stale=True)


def _why(sort: Sort, asked: frozenset[Sort]) -> tuple[str, bool]:
    alike = [each for each in asked if each.prompt == sort.prompt]
    if not alike:
        return "this run asks no such prompt", False
    alike = [each for each in alike if each.model == sort.model]
    if not alike:
        return f"this run does not ask {sort.model!r} for it", False
    alike = [each for each in alike if each.repeat == sort.repeat]
    if not alike:
        return f"this run has no repetition {sort.repeat + 1}", False
    if sort.system not in {each.system for each in alike}:
        return "the system prompt changed", True
    if sort.schema not in {each.schema for each in alike}:
        return "the shape of the reply changed", True
    return "nobody asks for it", True


def _sort(exchange: Exchange) -> Sort:
    return Sort(exchange.prompt, exchange.model, exchange.repeat, exchange.system, exchange.schema_hash)
