"""The verdict on one claim: its evidence must be exact, its words in it, and its frame the one that the evidence tells."""

from collections.abc import Callable
from dataclasses import replace

from briefer.reading.article import read
from briefer.types import Article, Claim, Reason, Ruling
from briefer.verify.frames import wrong_attribution, wrong_frame, wrong_modality
from briefer.verify.grounds import Grounds
from briefer.verify.words import fabricated, injected, wrong_actor, wrong_date, wrong_number, wrong_place

CHECKS: tuple[Callable[[Claim, Grounds], Reason | None], ...] = (
    injected, fabricated, wrong_number, wrong_place, wrong_actor, wrong_frame, wrong_modality, wrong_attribution, wrong_date,
)  # fmt: skip


def verify(claim: Claim, article: Article) -> Claim:
    """The claim with its verdict. Evidence that is not the article's own words makes it unsupported at once."""
    if not claim.evidence or not all(_exact(claim, number, article) for number in range(len(claim.evidence))):
        return replace(claim, verdict=Ruling.UNSUPPORTED, reason=Reason.FABRICATED)
    scene, told = read(article)
    cited = {evidence.sentence for evidence in claim.evidence}
    grounds = Grounds(article, scene, tuple(each for each in told if each.sentence in cited), tuple(sorted(cited)))
    for check in CHECKS:
        if (reason := check(claim, grounds)) is not None:
            return replace(claim, verdict=Ruling.UNSUPPORTED, reason=reason)
    return replace(claim, verdict=Ruling.SUPPORTED if grounds.told else Ruling.UNCLEAR, reason=None)


def _exact(claim: Claim, number: int, article: Article) -> bool:
    evidence = claim.evidence[number]
    if not 0 <= evidence.sentence < len(article.sentences):
        return False
    span = article.sentences[evidence.sentence]
    within = span.start <= evidence.start < evidence.end <= span.end
    return within and article.text[evidence.start : evidence.end] == evidence.quote
