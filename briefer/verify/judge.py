"""The verdict on one claim: its evidence must be exact, its words must be in it, and it must assert the same thing.

A claim that no assertion of its evidence carries, though nothing in it is found wrong, is unclear: it is the reader
that could not follow, and a judge may.
"""

from collections.abc import Callable
from dataclasses import replace

from briefer.reading.article import read
from briefer.reading.assertions import assertion
from briefer.types import Article, Claim, Reason, Ruling
from briefer.verify.frames import carries, nearest_fault
from briefer.verify.grounds import Grounds
from briefer.verify.words import fabricated, injected, wrong_actor, wrong_date, wrong_number, wrong_place

CHECKS: tuple[Callable[[Claim, Grounds], Reason | None], ...] = (
    injected, fabricated, wrong_number, wrong_place, wrong_actor, wrong_date, nearest_fault,
)  # fmt: skip


def verify(claim: Claim, article: Article) -> Claim:
    """The claim with its verdict. Evidence that is not the article's own words makes it unsupported at once."""
    if not claim.evidence or not all(_exact(claim, number, article) for number in range(len(claim.evidence))):
        return replace(claim, verdict=Ruling.UNSUPPORTED, reason=Reason.FABRICATED)
    scene, told = read(article)
    cited = {evidence.sentence for evidence in claim.evidence}
    said = tuple(assertion(each) for each in told if each.sentence in cited)
    grounds = Grounds(article, scene, said, tuple(sorted(cited)))
    for check in CHECKS:
        if (reason := check(claim, grounds)) is not None:
            return replace(claim, verdict=Ruling.UNSUPPORTED, reason=reason)
    carried = any(carries(claim, each) for each in said)
    return replace(claim, verdict=Ruling.SUPPORTED if carried else Ruling.UNCLEAR, reason=None)


def _exact(claim: Claim, number: int, article: Article) -> bool:
    evidence = claim.evidence[number]
    if not 0 <= evidence.sentence < len(article.sentences):
        return False
    span = article.sentences[evidence.sentence]
    within = span.start <= evidence.start < evidence.end <= span.end
    return within and article.text[evidence.start : evidence.end] == evidence.quote
