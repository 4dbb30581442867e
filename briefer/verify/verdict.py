"""The verdict on one claim: its evidence must be exact, its words must be in it, and it must assert the same thing.

A claim that no assertion of its evidence carries, though nothing in it is found wrong and all that it names is there,
is unclear: it is the reader that could not follow, and a judge may.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from briefer.reading.article import read
from briefer.reading.assertions import assertion
from briefer.types import Article, Claim, Reason, Ruling
from briefer.verify import figures, foreign, naming, wording
from briefer.verify.frames import DOUBTS, FAULTS, Doubt, Fault, is_carried, nearest_fault
from briefer.verify.grounds import Grounds

Check = Callable[[Claim, Grounds], Reason | None]

CHECKS: tuple[Check, ...] = (
    wording.injected, wording.empty, figures.wrong_number, figures.wrong_fate, naming.wrong_place, naming.wrong_actor,
    naming.wrong_speaker, naming.told_bare, figures.wrong_date, wording.invented_name, wording.turned_to_no,
    nearest_fault, wording.no_such_mode, wording.untold, wording.unsaid, wording.unsaid_field, wording.untold_actor,
)  # fmt: skip
"""What is held against evidence in the reader's language; the first that finds a fault gives the reason."""

FOREIGN: tuple[Check, ...] = (
    wording.injected, wording.empty, foreign.wrong_number, foreign.wrong_name, foreign.wrong_date, foreign.unsaid,
)  # fmt: skip
"""What is held against evidence in any other language."""


@dataclass(frozen=True, slots=True)
class Checks:
    """All that a claim is held against. Fewer are for measuring what each of them finds."""

    known: tuple[Check, ...] = CHECKS
    foreign: tuple[Check, ...] = FOREIGN
    faults: tuple[Fault, ...] = FAULTS
    doubts: tuple[Doubt, ...] = DOUBTS

    def reason(self, claim: Claim, grounds: Grounds) -> Reason | None:
        """What the first check that finds a fault says is wrong, None where none does."""
        for check in self.known if grounds.english else self.foreign:
            found = nearest_fault(claim, grounds, self.faults) if check is nearest_fault else check(claim, grounds)
            if found is not None:
                return found
        return None


ALL = Checks()


def verify(claim: Claim, article: Article, *, language: str = "en", checks: Checks = ALL) -> Claim:
    """The claim with its verdict; `language` (ISO 639) is the one in which a model wrote sentences of its own.

    Evidence that is not the article's own words makes a claim unsupported at once.
    """
    if not claim.evidence or not all(_exact(claim, number, article) for number in range(len(claim.evidence))):
        return replace(claim, verdict=Ruling.UNSUPPORTED, reason=Reason.FABRICATED)
    grounds = _grounds(article, tuple(sorted({evidence.sentence for evidence in claim.evidence})), language)
    if (reason := checks.reason(claim, grounds)) is not None:
        return replace(claim, verdict=Ruling.UNSUPPORTED, reason=reason)
    carried = grounds.english and is_carried(claim, grounds, checks.faults, checks.doubts)
    carried = carried and wording.is_whole(claim, grounds)
    return replace(claim, verdict=Ruling.SUPPORTED if carried else Ruling.UNCLEAR, reason=None)


@lru_cache(maxsize=64)  # several claims often rest on the same sentences, one after the other
def _grounds(article: Article, cited: tuple[int, ...], language: str) -> Grounds:
    scene, told = read(article)
    said = tuple(assertion(each) for each in told if each.sentence in cited)
    return Grounds(article, scene, said, cited, language)


def _exact(claim: Claim, number: int, article: Article) -> bool:
    evidence = claim.evidence[number]
    if not 0 <= evidence.sentence < len(article.sentences):
        return False
    span = article.sentences[evidence.sentence]
    within = span.start <= evidence.start < evidence.end <= span.end
    return within and article.text[evidence.start : evidence.end] == evidence.quote
