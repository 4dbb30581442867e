"""Questions without a recorded reply: a question and a tape in, what changed since the nearest exchange out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from briefer.models.tape import Exchange, Reader, Tape, lines_of, settings_of
from briefer.types import Question, Value

SHOWN = 40
"""Lines of a difference that a message shows."""
NAMED = 40
"""Questions that a message names."""
DIFFERENCES = 3
"""Differences that a message shows: prompts that change together change alike."""

RECORD = "record with a live model (--record)"


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that has no reply on a tape: of which prompt, about what, and what `changed`, line by line.

    `changed` is since the nearest exchange that is recorded, None where there is none like it.
    """

    file: Path
    prompt: str
    about: str
    changed: tuple[str, ...] | None

    @property
    def named(self) -> str:
        """The tape and the question, in words."""
        return f"{self.file}: no reply is recorded to {named(self.prompt, self.about)}"


def named(prompt: str, about: str) -> str:
    """A question in words."""
    return f"the prompt {prompt!r}" + (f" about {about}" if about else "")


def miss_of(question: Question[Value], reader: Reader, tape: Tape) -> Miss:
    """What is to be said of a question that is not on a tape."""
    nearest = tape.nearest(question)
    alike = nearest is not None and _are_alike(question, nearest)
    changed = tuple(_changed(question, reader, nearest, tape)) if nearest is not None and alike else None
    return Miss(tape.file, question.prompt.name, question.about, changed)


def told(misses: Sequence[Miss]) -> str:
    """All misses by name, and what changed of the first few."""
    if len(misses) == 1:
        return f"{misses[0].named}{_difference(misses[0])}"
    lines = [f"{len(misses)} replies are not recorded; {RECORD}:"]
    lines += [f"  {miss.named}" for miss in misses[:NAMED]]
    lines += [f"  … and {len(misses) - NAMED} more"] if len(misses) > NAMED else []
    changed = [miss for miss in misses if miss.changed]
    lines += [f"\n{miss.named}{_difference(miss)}" for miss in changed[:DIFFERENCES]]
    return "\n".join(lines)


def _difference(miss: Miss) -> str:
    if miss.changed is None:
        return f", nor to any like it; {RECORD}"
    shown = "\n".join(islice(miss.changed, SHOWN))
    more = f"\n… and {len(miss.changed) - SHOWN} lines more" if len(miss.changed) > SHOWN else ""
    return f"; {RECORD}. Changed since the nearest that is recorded:\n{shown}{more}"


def _are_alike(question: Question[Value], nearest: Exchange) -> bool:
    """Whether one was made of the other, as far as can be told: about the same, or with half of its lines in common."""
    lines = set(lines_of(question.prompt.user))
    return question.about == nearest.about or 2 * len(lines.intersection(nearest.user)) >= len(lines)


def _changed(question: Question[Value], reader: Reader, nearest: Exchange, tape: Tape) -> Iterator[str]:
    for name, now in settings_of(question, reader).items():
        before = getattr(nearest, name)
        if before != now:
            yield f"{name}: {before} → {now}"
    pairs = {
        "system": (lines_of(tape.system(nearest)), lines_of(question.prompt.system)),
        "user": (nearest.user, lines_of(question.prompt.user)),
    }
    for name, (before, now) in pairs.items():
        difference = unified_diff(before, now, f"recorded/{name}", f"asked/{name}", n=1)
        yield from (line.rstrip("\n") for line in difference)
