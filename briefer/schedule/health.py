"""How the loop is: a value that it writes at each look at the clock, and what a checker makes of it later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from briefer.schedule.deciding import Outcome


@dataclass(frozen=True, slots=True)
class LastRun:
    """What became of a job when it ran last."""

    ended: AwareDatetime
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """The loop at a moment: the job that it runs ("": none), the next due time, how jobs went, what is wrong."""

    at: AwareDatetime
    holder: str
    running: str = ""
    next: AwareDatetime | None = None
    last: Mapping[str, LastRun] = field(default_factory=dict)
    fault: str = ""
    schema: Literal["briefer.health/1"] = "briefer.health/1"


_HEALTH = TypeAdapter(Health)


def written(health: Health) -> str:
    """As JSON, with a newline at its end."""
    return _HEALTH.dump_json(health, indent=2).decode() + "\n"


def read(file: Path) -> Health | None:
    """What was written into a file, or None where nothing was that can be read."""
    try:
        return _HEALTH.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def ailing(health: Health | None, now: datetime, max_age: timedelta) -> str:
    """Why the loop is not well, in words; "" where it is. A job that failed is no illness of the loop."""
    if health is None:
        return "no loop has written of itself there"
    if abs(now - health.at) > max_age:  # a clock that was set back would make it well for ever
        return f"the loop was last awake at {health.at.isoformat(timespec='seconds')}"
    return ""
