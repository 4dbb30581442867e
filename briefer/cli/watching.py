"""Progress bars on stderr, for a person at a terminal and for nobody else."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefer.pipeline import Progress

REFRESH = 0.1
"""Seconds between two drawings of the bars."""


@contextmanager
def watching(*, quiet: bool) -> Iterator["Progress"]:
    """A Progress that draws one bar a stage on stderr, or nothing where nobody would see it."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield _unwatched
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # Without a thread that refreshes: a process that has several cannot be forked safely.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bars:
        tasks: dict[str, TaskID] = {}
        drawn = float("-inf")

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal drawn
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            due = time.monotonic() - drawn >= REFRESH
            bars.update(tasks[stage], completed=done, total=total or None, refresh=due)
            drawn = time.monotonic() if due else drawn

        yield progress


def _unwatched(stage: str, done: int, total: int) -> None:
    pass
