"""Groups of claims that share calls: packed, asked, asked apart where that helps. In: groups. Out: each with its reply.

Each group has a prompt of its own, under which its share of a reply is kept, so that what is asked of one group does
not depend on the others of its call.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, Self, TypeVar

from briefer.errors import Cause, Stopped
from briefer.protocols import Asker
from briefer.types import Answer, Part, Prompt, Question, Reply, Unanswered
from briefer.types.said import Said

_DIVIDED = frozenset({Cause.TRUNCATED, Cause.TOO_LONG, Cause.REFUSED, Cause.INVALID, Cause.REJECTED})


class Group(Protocol):
    """Claims that are asked together; `alone` asks for them alone."""

    @property
    def alone(self) -> Prompt:
        """The prompt that asks for this group and no other."""
        ...

    @property
    def many(self) -> int:
        """How many claims it has."""
        ...


class Entry(Said):
    """What a reply says of the claim numbered `n`."""

    n: int


class Judgement(Said):
    """A whole reply, one entry a claim. It satisfies `protocols.Divisible`."""

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries, in any order."""
        raise NotImplementedError

    def part(self, part: Part) -> Self:
        """The entries of one group, numbered from 1."""
        raise NotImplementedError


AnyGroup = TypeVar("AnyGroup", bound=Group)
AnyJudgement = TypeVar("AnyJudgement", bound=Judgement)
AnyEntry = TypeVar("AnyEntry", bound=Entry)
Packed = TypeVar("Packed", bound=Group, contravariant=True)


class Bench(Protocol[Packed, AnyJudgement]):
    """Makes the questions of one run."""

    def fits(self, pack: Sequence[Packed]) -> bool:
        """Whether groups fit a call together."""
        ...

    def question(self, pack: Sequence[Packed]) -> Question[AnyJudgement]:
        """What asks for a whole pack; a pack of one is asked as if alone."""
        ...


def answers(
    groups: Sequence[AnyGroup], bench: Bench[AnyGroup, AnyJudgement], asker: Asker
) -> Iterator[tuple[AnyGroup, AnyJudgement]]:
    """Each group with what was said of it; groups without an answer are left out.

    Raises ModelRejected where the model takes no question at all, Stopped where the run was asked to stop.
    """
    unanswered: list[AnyGroup] = []
    for group in groups:
        kept = asker.recall(bench.question([group]))
        if kept is not None:
            yield group, kept
        else:
            unanswered.append(group)
    packs = list(_packs(unanswered, bench.fits))
    while packs:
        # Groups of the very same claims have one prompt: it is asked once, and answers them all.
        asked: dict[str, list[list[AnyGroup]]] = defaultdict(list)
        questions = [bench.question(pack) for pack in packs]
        for question, pack in zip(questions, packs, strict=True):
            asked[question.prompt.user].append(pack)
        packs = []
        for answer in asker.ask({question.prompt.user: question for question in questions}.values()):
            for pack in asked[answer.question.prompt.user]:
                said = list(_said(pack, answer))
                yield from said
                missed = [group for group in pack if group not in [known for known, _ in said]]
                packs += _apart(pack, missed, answer.result)


def parts_of(pack: Sequence[Group]) -> tuple[Part, ...]:
    """The share of each group in a question for all of them, by the numbers of its claims."""
    parts: list[Part] = []
    for number, group in enumerate(pack, start=1):
        first = parts[-1].last if parts else 1
        parts.append(Part(group.alone, number, first, first + group.many))
    return tuple(parts)


def part_of(entries: Sequence[AnyEntry], part: Part) -> tuple[AnyEntry, ...]:
    """The entries of one part, numbered from 1."""
    mine = [entry for entry in entries if part.first <= entry.n < part.last]
    return tuple(entry.model_copy(update={"n": entry.n - part.first + 1}) for entry in mine)


def _packs(groups: Iterable[AnyGroup], fits: Callable[[Sequence[AnyGroup]], bool]) -> Iterator[list[AnyGroup]]:
    """Groups in their order, as many together as fit a call."""
    pack: list[AnyGroup] = []
    for group in groups:
        if pack and not fits([*pack, group]):
            yield pack
            pack = []
        pack.append(group)
    if pack:
        yield pack


def _said(pack: Sequence[AnyGroup], answer: Answer[AnyJudgement]) -> Iterator[tuple[AnyGroup, AnyJudgement]]:
    """What an answer says of each group of a pack; those that the model passed over are left out."""
    if isinstance(answer.result, Unanswered):
        return
    value, parts = answer.result.value, answer.question.parts
    if not parts:
        yield pack[0], value
    for group, part in zip(pack, parts, strict=False):
        share = value.part(part)
        if share.entries:
            yield group, share


def _apart(
    pack: Sequence[AnyGroup], missed: Sequence[AnyGroup], result: Reply[AnyJudgement] | Unanswered
) -> list[list[AnyGroup]]:
    """What can be asked again, a group at a time. Raises Stopped where the run was asked to stop."""
    if isinstance(result, Unanswered):
        if result.cause is Cause.STOPPED:
            raise Stopped("stopped while claims were judged; what was answered is kept, run again to go on")
        if result.cause not in _DIVIDED:
            return []
    return [[group] for group in missed] if len(pack) > 1 else []
