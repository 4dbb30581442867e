"""How far a run is, for whoever watches."""

from typing import Protocol


class Progress(Protocol):
    """Told how far a run is."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` things of a stage are done; a total of 0 is "not known yet"."""
        ...


def unwatched(stage: str, done: int, total: int) -> None:
    """A Progress for nobody."""
