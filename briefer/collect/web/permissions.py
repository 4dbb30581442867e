"""Whether an address may be fetched, by its host's robots.txt: each is read once a day, and kept on a shelf."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from briefer.collect.web.robots import Rules
from briefer.protocols import Shelf

FRESH = timedelta(hours=24)
"""How long rules are kept; RFC 9309 (2.4) asks for no longer."""


@dataclass(frozen=True, slots=True)
class _KeptRules:
    """Rules as they were read `at` a time."""

    at: datetime
    rules: Rules


class Permissions:
    """The rules of each host by its origin ("https://example.org"); `read` fetches those that are not kept.

    A file that could not be had is asked for again in the next run.
    """

    def __init__(self, read: Callable[[str], Awaitable[Rules]], shelf: Shelf, now: datetime) -> None:
        self._read, self._shelf, self._now = read, shelf, now
        self._found: dict[str, asyncio.Task[Rules]] = {}

    async def of(self, url: str) -> Rules:
        """The rules for an address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._found.get(origin)
        if task is None:
            task = self._found[origin] = asyncio.create_task(self._rules(origin))
        return await asyncio.shield(task)

    async def _rules(self, origin: str) -> Rules:
        key = f"robots {origin}"
        kept = _loaded(await asyncio.to_thread(self._shelf.get, key))
        if kept is not None and timedelta(0) <= self._now - kept.at < FRESH:
            return kept.rules
        rules = await self._read(origin)
        if not rules.reach:
            await asyncio.to_thread(self._shelf.put, key, _adapter().dump_json(_KeptRules(self._now, rules)).decode())
        return rules


@cache
def _adapter() -> TypeAdapter[_KeptRules]:
    return TypeAdapter(_KeptRules)


def _loaded(text: str | None) -> _KeptRules | None:
    try:
        return _adapter().validate_json(text) if text is not None else None
    except ValidationError:
        return None
