"""Whether a case can be scored fairly: a `Case` in; what in its claims.yaml speaks against itself out.

What must not be told must be false: no claim of the reference may carry it, and the sources should not either. Two
claims that say the same would be found by each other's words.
"""

from collections.abc import Iterator

from briefer.evals.cases import Case
from briefer.evals.faults import Fault, at
from briefer.evals.scoring.comparing import Outcome, compare
from briefer.evals.scoring.standing import Bench, says_all
from briefer.types import Ruling, Statement
from briefer.verify import Checker

SURE = 0.95
"""The verifier's belief in a must_not from which its author should look at it again; it is wrong about some below."""


def unsound(case: Case) -> list[Fault]:
    """The faults and doubts, in the order of the file."""
    bench = Bench(case, {article.id: article for article in case.articles.values()})
    return [*_carried(case, bench), *_believed(case), *_twice(case, bench)]


def _carried(case: Case, bench: Bench) -> Iterator[Fault]:
    for claim, said in bench.forbidden:
        for written in bench.written:
            if says_all(compare(said, written.said)):
                what = f"{claim.id}: must not be told, and {written.claim.id} says the same; tell them apart by a field"
                yield at(case.folder / "claims.yaml", 0, what)


def _believed(case: Case) -> Iterator[Fault]:
    checker = Checker(list(case.articles.values()))
    for claim in case.sheet.must_not:
        found = checker.find(Statement(claim.id, claim.text))
        if found.verdict is Ruling.SUPPORTED and found.score >= SURE:
            what = f"{claim.id}: must not be told, and the verifier believes it ({found.score:.2f})"
            yield at(case.folder / "claims.yaml", 0, what, doubt=True)


def _twice(case: Case, bench: Bench) -> Iterator[Fault]:
    for number, one in enumerate(bench.written):
        for other in bench.written[number + 1 :]:
            compared = compare(one.said, other.said)
            same = all(outcome is Outcome.SAME for outcome in compared.outcomes.values())
            if same and one.said.cites == other.said.cites and one.claim.event == other.claim.event:
                what = f"{other.claim.id}: says the same as {one.claim.id}, of the same words"
                yield at(case.folder / "claims.yaml", 0, what, doubt=True)
