"""The published result of an eval: what each case gave, held against its reference, as `eval run --json` prints it.

A result says nothing of clocks, machines or folders: the same cases, recordings and code print the same bytes.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from briefer.evals.cases.traps import Trap
from briefer.types import Briefing, Reason, Ruling, Status

SCHEMA = "briefer.evals.result/1"


class _Published(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)  # nothing is worse than no number


class Measure(StrEnum):
    """What is measured: each a share of a count of things, summed over cases."""

    UNSUPPORTED = "unsupported"  # of the claims shown to the reader: what does not stand (the headline)
    CONTRADICTED = "contradicted"  # of the claims shown: what a source or the reference says otherwise
    NOT_FOUND = "not_found"  # of the claims shown: what no source says
    BY_VERIFIER = "by_verifier"  # of the claims shown: what the verifier finds unsupported, whatever the reference says
    BY_JUDGE = "by_judge"  # of the claims shown that a judge was asked about: what it finds unsupported
    FORBIDDEN = "forbidden"  # of the claims that must not be told: those that are
    MADE_UP = "made_up"  # of all claims that the reader made, withheld ones too: what does not stand
    UNVOUCHED = "unvouched"  # of the claims shown: what neither reference, verifier nor judge vouches for
    UNLISTED = "unlisted"  # of the claims shown: what stands, as far as can be told, and the reference does not have
    RECALL = "recall"  # of the claims that must be told: those that are
    EVENT_RECALL = "event_recall"  # of the events of those claims: those that are told
    PRECISION = "precision"  # of the events told: those that the reference has, or has a part of
    WHOLE = "whole"  # of the reference's events that are told: those told as one, and not in parts
    DIRECTION = "direction"  # of the matched events with sides: gainer and loser the right way round
    STATUS = "status"  # of the matched events: those with a right status
    ATTRIBUTION = "attribution"  # of the claims that a reference claim is near to: the right speaker
    NUMBERS = "numbers"  # of the counts that such claims give: the right number, bound and fate
    CITATION = "citation"  # of the claims shown that the reference has: those that cite words that carry them
    FRONTS = "fronts"  # of the fronts of the reference: those that the briefing has
    ACTORS = "actors"  # of the actors of claims that must be told: those that the briefing has
    PROSE = "prose"  # of the sentences of prose: those that the verifier finds supported by what they rest on
    WITHHELD = "withheld"  # of all claims that the reader made: those withheld
    LOST = "lost"  # of the claims withheld: those that the reference has


BETTER_LOW = frozenset(
    {
        Measure.UNSUPPORTED, Measure.CONTRADICTED, Measure.NOT_FOUND, Measure.BY_VERIFIER, Measure.BY_JUDGE,
        Measure.FORBIDDEN, Measure.MADE_UP, Measure.UNVOUCHED, Measure.UNLISTED, Measure.WITHHELD, Measure.LOST,
    }
)  # fmt: skip
"""The measures of which less is better; of all others more is."""


class Share(_Published):
    """`part` of `whole`, with where 95 % of bootstrap resamples of whole cases lie; None where it is not known."""

    part: float = 0
    whole: float = 0
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.part / self.whole if self.whole else None


class Standing(StrEnum):
    """What a claim of a briefing is, held against the sources and the reference."""

    CARRIED = "carried"  # a reference claim carries it
    UNLISTED = "unlisted"  # the verifier has nothing against it, and the reference does not have it
    CONTRADICTED = "contradicted"  # the words it cites, or the reference's reading of them, say otherwise
    NOT_FOUND = "not_found"  # no words of a source carry it
    FORBIDDEN = "forbidden"  # the case says that it must not be told


FALSE = frozenset({Standing.CONTRADICTED, Standing.NOT_FOUND, Standing.FORBIDDEN})
"""What does not stand."""


class Voucher(StrEnum):
    """Who vouches for a claim: that all it says stands in the words it cites. Finding nothing against it is less."""

    REFERENCE = "reference"  # a reference claim of the same words says the same in every field
    VERIFIER = "verifier"  # the verifier finds it supported, not merely unclear
    JUDGE = "judge"  # a judge finds it supported


class Cite(_Published):
    """Words of a source: `quote` is `text[start:end]` of the article with this name."""

    article: str
    start: int
    end: int
    quote: str


class Difference(_Published):
    """A field in which a claim or event and the reference nearest to it were compared.

    `outcome`: same, near (another word for nearly the same), less (said by the reference alone), more (by the briefing
    alone), other (they differ).
    """

    field: str
    said: str
    reference: str
    outcome: Literal["same", "near", "less", "more", "other"]


class ScoredClaim(_Published):
    """One claim of a briefing. `id` is its identity within the case: a hash of what it says and cites.

    `shown` tells whether it reached the reader. `verdict` and `reason` are the verifier's, asked anew; `judged` and
    `judged_reason` a judge's, None where none was asked. `reference` is the reference claim that carries it, or else
    is nearest to it (then `differences` tell how they differ), "" where none is near. `forbidden` is the must_not that
    it tells. `vouched` is who vouches for it, None where nobody does. `cited_right` tells whether the words it cites
    carry it; None where the reference cannot tell. `why` says in words what the standing rests on.
    """

    id: str
    text: str
    shown: bool
    standing: Standing
    verdict: Ruling
    reason: Reason | None = None
    judged: Ruling | None = None
    judged_reason: Reason | None = None
    reference: str = ""
    forbidden: str = ""
    vouched: Voucher | None = None
    cited_right: bool | None = None
    why: str = ""
    evidence: tuple[Cite, ...] = ()
    differences: tuple[Difference, ...] = ()


class ScoredEvent(_Published):
    """One event of a briefing and the event of the reference that it was matched to ("" where none was).

    `likeness` is from 0 to 1; `direction` and `status_right` are None where there is nothing to compare.
    """

    id: str
    headline: str
    status: Status
    reference: str = ""
    likeness: float = 0
    differences: tuple[Difference, ...] = ()
    direction: bool | None = None
    status_right: bool | None = None


class Told(_Published):
    """A reference claim, whether it must be told and is, and the claims of the briefing that tell it or part of it."""

    id: str
    text: str
    event: str
    must: bool
    found: bool
    by: tuple[str, ...] = ()
    evidence: tuple[Cite, ...] = ()


class ScoredSentence(_Published):
    """A sentence of prose, where it stands in the briefing, and the verifier's belief in it."""

    text: str
    where: str
    supported: bool
    score: float
    why: str = ""


class CaseResult(_Published):
    """What one case gave. `error` is what kept it from being scored, "" where nothing did; then all else is empty."""

    name: str
    repeat: int = 0
    hash: str
    title: str = ""
    tries: tuple[Trap, ...] = ()
    nothing_new: bool = False
    error: str = ""
    claims: tuple[ScoredClaim, ...] = ()
    events: tuple[ScoredEvent, ...] = ()
    reference: tuple[Told, ...] = ()
    missed_events: tuple[str, ...] = ()
    prose: tuple[ScoredSentence, ...] = ()
    measures: dict[Measure, Share] = Field(default_factory=dict)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0
    briefing: Briefing | None = None


class Made(_Published):
    """What made the briefings that were scored. `judge` names who judged, "" where nobody was asked."""

    extractor: Literal["rules", "llm"] = "rules"
    model: str = ""
    by: str = ""
    prompts: dict[str, str] = Field(default_factory=dict)
    language: str = "en"
    prose: bool = False
    judge: str = ""
    repeats: int = 1


class Result(_Published):
    """A whole run over cases. `label` is under what a baseline keeps it; `scorer` and `verifier` are hashes of code."""

    schema_: Literal["briefer.evals.result/1"] = Field(default="briefer.evals.result/1", alias="schema")
    label: Annotated[str, Field(pattern=r"^[\w.-]{1,60}$")]
    made: Made
    scorer: str
    verifier: str
    cases: tuple[CaseResult, ...]
    measures: dict[Measure, Share]
    by_trap: dict[Trap, dict[Measure, Share]] = Field(default_factory=dict)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0
    currency: str = ""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, serialize_by_alias=True)


class Found(StrEnum):
    """What a gate found."""

    NEW_FALSE = "new_false"  # a claim that does not stand, and the baseline does not have as such
    NEW_UNVOUCHED = "new_unvouched"  # a claim shown that is new, and nobody vouches for
    NEW_FORBIDDEN = "new_forbidden"  # a must_not told anew
    LOST_MUST = "lost_must"  # a claim that must be told, was, and is no more
    MEASURE = "measure"  # a measure fell by more than the least effect, and a paired test says so
    MISSING_CASE = "missing_case"  # a case of the baseline is gone
    ERROR = "error"  # a case that could not be scored
    INCOMPARABLE = "incomparable"  # cases, scorer or verifier changed since the baseline
    BETTER = "better"  # a measure rose likewise, or a claim that did not stand is gone


FAILING = frozenset(
    {
        Found.NEW_FALSE, Found.NEW_UNVOUCHED, Found.NEW_FORBIDDEN, Found.LOST_MUST, Found.MEASURE,
        Found.MISSING_CASE,
    }
)  # fmt: skip
"""What fails a gate; errors and incomparable runs end it otherwise."""


class Notice(_Published):
    """One thing that a gate or a comparison found; `case` and `claim` are "" where it is of the whole."""

    kind: Found
    what: str
    case: str = ""
    claim: str = ""
    measure: Measure | None = None
    before: float | None = None
    now: float | None = None
    p: float | None = None


class Comparison(_Published):
    """A result held against a baseline or another result: what differs, what fails first; wins and losses by case.

    `measures` are the values of what it is held against. `gated` tells whether something hangs on it.
    """

    against: str
    gated: bool = True
    measures: dict[Measure, float] = Field(default_factory=dict)
    found: tuple[Notice, ...] = ()
    wins: dict[str, int] = Field(default_factory=dict)
    losses: dict[str, int] = Field(default_factory=dict)

    @property
    def fails(self) -> bool:
        """Whether something got worse that fails a gate."""
        return any(each.kind in FAILING for each in self.found)

    @property
    def undecided(self) -> bool:
        """Whether something kept the gate from deciding."""
        return any(each.kind in (Found.ERROR, Found.INCOMPARABLE) for each in self.found)
