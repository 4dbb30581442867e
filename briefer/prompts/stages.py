"""What each stage gives its prompt and expects back: the contract that a prompt file is held to."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage that asks a model.

    `given` are the variables that its code fills, each a text. Those of `printed` must stand in the user part: they
    are what the question is about, and their words are a source's or a model's, which have no place among the orders.
    Those of `optional` a prompt may well do without.
    """

    name: str
    reply: str
    given: tuple[str, ...]
    printed: tuple[str, ...]
    optional: tuple[str, ...] = ()


STAGES: Mapping[str, Stage] = {
    stage.name: stage
    for stage in (
        # A reply to a prompt without the day is good for every later edition too.
        Stage(
            "extract", "Extracted", given=("articles", "date", "language"), printed=("articles",), optional=("date",)
        ),
        Stage("judge", "Judged", given=("claims", "language"), printed=("claims",)),
        Stage("check", "Checked", given=("statements",), printed=("statements",)),
        Stage(
            "compose",
            "Composed",
            given=("events", "front", "date", "language", "complaints"),
            printed=("events", "complaints"),
        ),
    )
}
