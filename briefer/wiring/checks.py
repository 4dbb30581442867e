"""One check: what is held against which sources, by which settings; and `check`, the same from Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefer import collect
from briefer.checking import (
    Asked,
    Checked,
    Collection,
    Fault,
    Summary,
    as_called,
    asked_of,
    find_all,
    gather,
    pieces,
    read_claims,
    read_summary,
)
from briefer.errors import NothingToBrief, UsageError
from briefer.pipeline import NAMED, Edition, Progress, unwatched
from briefer.settings import Settings
from briefer.types import Article, Failure, Finding, MadeBy, Statement
from briefer.verify import THRESHOLD, Checker
from briefer.wiring.readers import model_named
from briefer.wiring.runs import Paths, edition_of, field_names, listed

if TYPE_CHECKING:
    from briefer.models.stopping import Stop
    from briefer.wiring.models import Tapes


@dataclass(frozen=True, slots=True)
class Check:
    """One check, wired: against what, by which settings. The edition's day is the one that all is written on.

    `threshold` is the belief, 0 to 1, from which a statement is supported; `judge` asks the settings' model about those
    that stay in doubt.
    """

    sources: Sequence[str]
    settings: Settings
    edition: Edition
    threshold: float = THRESHOLD
    judge: bool = False
    progress: Progress = unwatched
    stop: "Stop | None" = None
    tapes: "Tapes | None" = None

    def claims(self, data: bytes, name: str) -> Checked:
        """The findings of a claims file with this name.

        Raises UsageError, which names the line, for a file that cannot be read, and NothingToBrief without any article.
        """
        claimed = read_claims(data, name)
        collection = self._collection()
        return self._checked(
            [asked_of(each.statement, collection.names, line=each.line) for each in claimed], collection
        )

    def summaries(self, summaries: Iterable[Summary]) -> Checked:
        """The findings of summaries in prose, one behind the other. Raises NothingToBrief without any article."""
        found = [piece for summary in summaries for piece in pieces(summary)]
        asked = [
            Asked(Statement(str(number), piece.words, before=piece.before))
            for number, piece in enumerate(found, start=1)
            if piece.checked
        ]
        checked = self._checked(asked, self._collection())
        return replace(checked, prose=True, pieces=tuple(found))

    def statements(self, statements: Iterable[Statement]) -> Checked:
        """The findings of statements, whose `articles` are names of sources. Raises NothingToBrief without any."""
        collection = self._collection()
        return self._checked([asked_of(statement, collection.names) for statement in statements], collection)

    def _collection(self) -> Collection:
        self._hold_to_sense()
        collected = collect.read(self.sources, fields=field_names(self.settings))
        found = gather(collected, self.sources, progress=self.progress)
        if not found.articles:
            raise NothingToBrief(_nothing(found.failures))
        return found

    def _hold_to_sense(self) -> None:
        if not self.sources:
            raise UsageError("name the articles to check against with --sources: files, folders or globs")
        if not 0 <= self.threshold <= 1:
            raise UsageError(f"threshold {self.threshold} is no belief; give a number from 0 to 1")
        if self.judge and not model_named(self.settings):
            raise UsageError("--judge asks a model; name one with --model")

    def _checked(self, asked: Sequence[Asked], collection: Collection) -> Checked:
        written = self.edition.date or collection.latest(_zone(self.edition.timezone))
        checker = Checker(collection.articles, threshold=self.threshold, day=written)
        findings = list(find_all(asked, checker, progress=self.progress))
        made_by = MadeBy(extractor="rules")
        if self.judge:
            self.progress("judging", 0, 0)
            sound = [at for at, each in enumerate(asked) if not each.fault]
            ruled, made_by = judged([findings[at] for at in sound], collection.articles, self)
            for at, finding in zip(sound, ruled, strict=True):
                findings[at] = finding
        names = {article.id: article.name for article in collection.articles}
        return Checked(
            findings=tuple(as_called(finding, each, names) for finding, each in zip(findings, asked, strict=True)),
            date=written,
            articles=len(collection.articles),
            unread=collection.failures,
            faults=tuple(Fault(each.line, each.statement.id, each.fault) for each in asked if each.fault),
            made_by=made_by,
        )


def judged(findings: Sequence[Finding], articles: Sequence[Article], job: Check) -> tuple[list[Finding], MadeBy]:
    """The findings with those decided that a model was asked about, and what that cost."""
    from briefer.wiring.judges import ruled  # what asks a model takes half a second to import

    return ruled(findings, articles, job.settings, stop=job.stop, tapes=job.tapes)


def check(
    text: str | Iterable[str | Statement],
    sources: Paths,
    *,
    date: Date | str | None = None,
    timezone: str | None = None,
    threshold: float = THRESHOLD,
    judge: bool = False,
    settings: Settings | None = None,
) -> Checked:
    """Hold a summary, or statements, against the words of files, folders and globs of articles.

    A str is a summary in prose: Markdown, plain text or HTML; its sentences are checked, in order. Of an iterable each
    member is one statement; the `articles` of a `Statement` are names of sources, none stands for all. What is given
    back can be walked over like a list of `Finding`s. `date` is the day that the text was written, for its weekdays
    (by default the articles' latest), `threshold` the belief, 0 to 1, from which a statement is supported. `judge` asks
    the model of the settings about those that stay in doubt. Without `settings` the defaults count.

    Raises UsageError for an argument that cannot be taken and NothingToBrief where no article can be read.
    """
    settings = settings or Settings()
    edition = edition_of(date, timezone=settings.timezone if timezone is None else timezone)
    job = Check(listed(sources), settings, edition, threshold, judge)
    if isinstance(text, str):
        return job.summaries([read_summary(text.encode("utf-8", "replace"), "")])
    return job.statements(_numbered(text))


def _zone(timezone: str) -> ZoneInfo | None:
    """The timezone that days are of: in UTC, the default, an article's day is the one that it gives itself."""
    return None if timezone == "UTC" else ZoneInfo(timezone)


def _numbered(texts: Iterable[str | Statement]) -> Iterable[Statement]:
    for number, each in enumerate(texts, start=1):
        yield Statement(str(number), each) if isinstance(each, str) else each


def _nothing(failures: Sequence[Failure]) -> str:
    if not failures:
        return "nothing to check against: no article was found; name a file or folder of articles with --sources"
    lines = [f"  {failure.name}: {failure.why}" for failure in failures[:NAMED]]
    if len(failures) > NAMED:
        lines.append(f"  … and {len(failures) - NAMED} more; `briefer sources` lists all")
    return "\n".join(["nothing to check against: no article could be read", *lines])
