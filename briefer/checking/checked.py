"""What a check gives: the findings in the order of what was asked, and what they rest on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import overload

from briefer.checking.findings import Fault
from briefer.checking.prose import Piece
from briefer.types import Failure, Finding, MadeBy, Ruling


@dataclass(frozen=True, slots=True)
class Checked(Sequence[Finding]):
    """The findings of a check, to be walked over or taken by number.

    `date` is the day that what was checked counts as written on, None where nothing says one. `articles` is the number
    of articles it was held against, `unread` the sources that could not be read. `prose` tells that summaries were
    checked; `pieces` are all that they consist of, in order. `faults` are the claims that could not be checked, and
    why. `made_by` tells the model and its costs, where one was asked.
    """

    findings: tuple[Finding, ...]
    date: Date | None
    articles: int
    unread: tuple[Failure, ...] = ()
    prose: bool = False
    pieces: tuple[Piece, ...] = ()
    faults: tuple[Fault, ...] = ()
    made_by: MadeBy = MadeBy(extractor="rules")

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Finding]: ...
    def __getitem__(self, at: int | slice) -> Finding | Sequence[Finding]:
        return self.findings[at]

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def parts(self) -> Iterator[tuple[Piece, Finding | None]]:
        """The pieces of prose in order, each with its finding, None where it was not checked."""
        findings = iter(self.findings)
        for piece in self.pieces:
            yield piece, next(findings) if piece.checked else None

    def counts(self) -> dict[str, int]:
        """How many findings there are of each verdict, how many are contradicted, how many pieces were not checked."""
        verdicts = Counter(finding.verdict for finding in self.findings)
        return {
            **{ruling.value: verdicts[ruling] for ruling in Ruling},
            "contradicted": sum(finding.contradicted for finding in self.findings),
            "not_checked": sum(not piece.checked for piece in self.pieces),
        }
