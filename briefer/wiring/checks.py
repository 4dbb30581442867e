"""One check: what is held against which sources, by which settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from briefer import collect
from briefer.checking import Asked, Checked, Collection, Fault, asked_of, find_all, gather, read_claims
from briefer.errors import NothingToBrief
from briefer.pipeline import NAMED, Edition, Progress, unwatched
from briefer.settings import Settings
from briefer.types import Failure
from briefer.verify import THRESHOLD, Checker
from briefer.wiring.runs import field_names


@dataclass(frozen=True, slots=True)
class Check:
    """One check, wired: against what, by which settings. The edition's day is the one that all is written on."""

    sources: Sequence[str]
    settings: Settings
    edition: Edition
    threshold: float = THRESHOLD
    progress: Progress = unwatched

    def claims(self, data: bytes, name: str) -> Checked:
        """The findings of a claims file with this name.

        Raises UsageError, which names the line, for a file that cannot be read, and NothingToBrief without any article.
        """
        claimed = read_claims(data, name)
        collection = self._collection()
        return self._checked([asked_of(claim, collection.names) for claim in claimed], collection)

    def _collection(self) -> Collection:
        collected = collect.read(self.sources, fields=field_names(self.settings))
        found = gather(collected, self.sources, progress=self.progress)
        if not found.articles:
            raise NothingToBrief(_nothing(found.failures))
        return found

    def _checked(self, asked: Sequence[Asked], collection: Collection) -> Checked:
        written = self.edition.date or collection.latest(ZoneInfo(self.edition.timezone))
        checker = Checker(collection.articles, threshold=self.threshold)
        names = {article.id: article.name for article in collection.articles}
        findings = tuple(find_all(asked, checker, names, progress=self.progress))
        faults = tuple(Fault(each.line, each.statement.id, each.fault) for each in asked if each.fault)
        return Checked(findings, written, len(collection.articles), collection.failures, faults)


def _nothing(failures: Sequence[Failure]) -> str:
    if not failures:
        return "nothing to check against: no source was found; name a file or folder of articles with --sources"
    lines = [f"  {failure.name}: {failure.why}" for failure in failures[:NAMED]]
    if len(failures) > NAMED:
        lines.append(f"  … and {len(failures) - NAMED} more; `briefer sources` lists all")
    return "\n".join(["nothing to check against: no source could be read", *lines])
