"""Many sources at one time, those of one host one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

Thing = TypeVar("Thing")


def by_host(things: Iterable[Thing], address: Callable[[Thing], str]) -> list[list[Thing]]:
    """Things in groups of one host, in the order in which they come; what has no host is a group of its own."""
    groups: dict[str, list[Thing]] = {}
    for number, thing in enumerate(things):
        groups.setdefault(urlsplit(address(thing)).hostname or f"{number}", []).append(thing)
    return list(groups.values())


async def in_turn(groups: Sequence[Sequence[Thing]], work: Callable[[Thing], Awaitable[None]], *, workers: int) -> None:
    """Work at all things: so many groups at one time, in their order. Raises the first that `work` raises."""
    waiting = iter(groups)

    async def worker() -> None:
        for group in waiting:
            for thing in group:
                await work(thing)

    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(min(workers, len(groups))):
                tasks.create_task(worker())
    except BaseExceptionGroup as raised:
        raise raised.exceptions[0] from None
