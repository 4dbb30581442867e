"""One run: what to read, by which settings, for which edition; and `brief`, the same from Python."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from datetime import date as Date
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from briefer import collect, pipeline
from briefer.errors import NotYet, UsageError
from briefer.pipeline import Edition, Progress, Readers, Survey, unwatched
from briefer.settings import Settings, known_timezone
from briefer.types import Briefing, Failure, Gap, Raw
from briefer.wiring.house import house
from briefer.wiring.readers import languages, model_named, readers

if TYPE_CHECKING:
    from briefer.models.batch import Collected, Submitted
    from briefer.models.batch import Progress as BatchProgress
    from briefer.models.budget import Estimate
    from briefer.models.stopping import Stop
    from briefer.wiring.models import Tapes

Paths: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"


@dataclass(frozen=True, slots=True)
class Run:
    """One run, wired: what to read, by which settings, for which edition."""

    paths: Sequence[str]
    settings: Settings
    edition: Edition
    stdin: BinaryIO | None = None
    progress: Progress = unwatched
    stop: "Stop | None" = None
    tapes: "Tapes | None" = None

    def brief(self) -> Briefing:
        """The briefing.

        Raises NothingToBrief where no article can be read, ModelRejected where a model takes no question at all, and
        Stopped where `stop` was set before all was read.
        """
        with readers(self.settings, stop=self.stop, tapes=self.tapes) as found:
            return self._run(found)

    def _run(self, found: Readers) -> Briefing:
        named = house(self.settings)
        return pipeline.run(self._collected(), readers=found, edition=self.edition, progress=self.progress, house=named)

    def estimate(self) -> "Estimate":
        """What reading by the model would cost, beyond what is kept from before; nothing is asked."""
        self._hold_to_model("--estimate")
        from briefer.wiring.asked import estimated

        return estimated(self.settings, self.survey().articles)

    def submit(self) -> "Submitted":
        """Hand the reading in by the Batch API. Raises UsageError for a server that has none."""
        self._hold_to_model("--batch")
        from briefer.wiring.batches import submit

        return submit(self.settings, self.survey().articles, stop=self.stop)

    def resume(self) -> Briefing:
        """Collect what was handed in, and brief. Raises NotYet where it is not answered yet; then `brief` as above."""
        self._hold_to_model("--resume")
        from briefer.wiring.batches import collect

        collected, costs = collect(self.settings, stop=self.stop)
        told = [*map(_how_far, collected.open), *_left_over(collected)]
        if collected.open:
            raise NotYet("\n".join(told))
        with readers(self.settings, stop=self.stop, before=costs) as found:
            briefing = self._run(found)
        gaps = tuple(Gap(what="Of a batch, asked again in the ordinary way", about=why) for why in told)
        return briefing.model_copy(update={"gaps": (*gaps, *briefing.gaps)})

    def survey(self) -> Survey:
        """What the briefing would be made of, and the fate of everything else."""
        return pipeline.survey(
            self._collected(),
            edition=self.edition,
            languages=languages(self.settings),
            progress=self.progress,
            house=house(self.settings),
        )

    def _hold_to_model(self, what: str) -> None:
        if not model_named(self.settings):
            raise UsageError(f"{what} is about a model; name one with --model")

    def _collected(self) -> Iterator[Raw | Failure]:
        return collect.read(self.paths, fields=field_names(self.settings), stdin=self.stdin)


def _left_over(collected: "Collected") -> list[str]:
    """What a batch did not answer, and a few reasons why."""
    missing = {"failed": collected.failed, "expired": collected.expired}
    lines = [f"{count:,} {'question' if count == 1 else 'questions'} {how}" for how, count in missing.items() if count]
    return [*lines, *collected.why]


def _how_far(batch: "BatchProgress") -> str:
    done = f"{batch.answered:,} of {batch.questions:,} questions answered"
    return f"batch {batch.id} is not done yet ({batch.status}, {done}); run again with --resume later"


def brief(
    paths: Paths,
    *,
    date: Date | str | None = None,
    timezone: str | None = None,
    settings: Settings | None = None,
    now: datetime | None = None,
) -> Briefing:
    """Brief files, folders and globs of articles.

    `date` is the day of the edition (a date, or "2031-04-16"; by default the latest that the articles are of),
    `timezone` an IANA name (by default the settings'), `now` an aware datetime (by default the clock's). Without
    `settings` the defaults count; neither a settings file nor the environment is read. Raises UsageError for an
    argument that cannot be taken and NothingToBrief where no article can be read.
    """
    settings = settings or Settings()
    edition = edition_of(date, timezone=settings.timezone if timezone is None else timezone, now=now)
    return Run(listed(paths), settings, edition).brief()


def edition_of(date: Date | str | None, *, timezone: str, now: datetime | None = None) -> Edition:
    """The edition that is asked for in a user's words. Raises UsageError for words that name none."""
    try:
        known_timezone(timezone)
    except ValueError as error:
        raise UsageError(f"timezone {error}") from error
    now = now or datetime.now(UTC)
    if now.tzinfo is None:
        raise UsageError(f"now is {now.isoformat()}, without a timezone; give an aware datetime")
    return Edition(date=_date(date), timezone=timezone, now=now)


def _date(date: Date | str | None) -> Date | None:
    if isinstance(date, datetime):
        return date.date()
    if not isinstance(date, str):
        return date
    try:
        return datetime.strptime(date, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"date {date!r} is no day of the calendar; write it as 2031-04-16") from error


def listed(paths: Paths) -> Sequence[str]:
    """One path or many, as texts."""
    if isinstance(paths, str | os.PathLike):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths]


def field_names(settings: Settings) -> collect.FieldNames:
    """The settings' names first, the usual ones after them."""
    usual = collect.FieldNames()
    named = {name.name: getattr(settings.fields, name.name) for name in fields(usual)}
    return collect.FieldNames(**{name: (*own, *getattr(usual, name)) for name, own in named.items()})
