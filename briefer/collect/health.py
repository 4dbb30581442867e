"""How collecting went, source by source: what `briefer collect` shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from briefer.types import Failure


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source of a collection after a run; `source` is its address or path.

    `fetched` are the articles that were asked for, `new` those that the collection did not have, `unchanged` the
    entries or files that were known, `left_out` what does not belong to the collection (reason -> how many), `failures`
    what could not be had. `failing_since` is given where the source itself fails, with `why`; `quiet_since` where it
    has had nothing new for too long; `changed` says how it looks now apart from how it used to; `moved` where it went
    for good. Times are aware.
    """

    collection: str
    source: str
    kind: Literal["feed", "page", "path"]
    fetched: int = 0
    new: int = 0
    unchanged: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    failing_since: datetime | None = None
    why: str = ""
    quiet_since: datetime | None = None
    changed: str = ""
    moved: str = ""

    @property
    def healthy(self) -> bool:
        """Whether there is nothing that somebody should look at."""
        return not (self.failing_since or self.quiet_since or self.changed or self.failures)
