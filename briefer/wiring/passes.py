"""One case run: a case, its tape and who is asked in; what was made of each pass over it out.

What is replayed asks nobody, and imports nothing that could.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from briefer import pipeline
from briefer.chunk import O200k
from briefer.errors import RecordingMissing, Stopped, WorkError
from briefer.evals.cases import Case
from briefer.evals.plan import Folder
from briefer.evals.running import Briefed
from briefer.extract import RulesExtractor
from briefer.models.leftovers import Sort, Spare, spares
from briefer.models.missing import Miss
from briefer.models.recording import Taped
from briefer.models.tape import Reader, Tape
from briefer.pipeline import Edition, Readers
from briefer.prompts import Prompts
from briefer.protocols import Asker
from briefer.settings import Prices, Settings
from briefer.types import Article, Briefing, Claim, MadeBy, Reason, Ruling, StageCost, Usage
from briefer.verify.asked import opinions
from briefer.wiring.asked import made_by, readers_by

T = TypeVar("T")

NAMED = 5
"""Claims that an error names."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all cases of a run share. Without the live askers, what is on tape is all that is answered.

    `settings` are those that decide on the briefings; `records` tells whether tapes are saved.
    """

    folder: Folder
    settings: Settings
    prompts: Prompts
    records: bool = False
    reading: Asker | None = None
    judging: Asker | None = None


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """One case, done: what was made of its passes, and what came of its tape."""

    results: tuple[T, ...]
    failed: bool
    misses: tuple[Miss, ...] = ()
    asked: frozenset[Sort] = frozenset()
    spare: tuple[Spare, ...] = ()


def done(case: Case, desk: Desk, then: Callable[[Briefed], T]) -> Done[T]:
    """All passes over a case. What was answered live is on disk when this ends, however it ends."""
    tape = Tape(desk.folder.tape(case.name)) if desk.folder.asks else None
    passes = [_Pass(case, repeat, tape, desk) for repeat in range(desk.folder.run.repeats)]
    try:
        briefed = [found for each in passes if (found := each.brief()) is not None]
    finally:
        if tape is not None and desk.records:
            tape.save()
    return Done(
        tuple(map(then, briefed)),
        failed=any(each.error for each in briefed),
        misses=tuple(miss for each in passes for miss in each.misses),
        asked=frozenset(sort for each in passes for sort in each.asked),
        spare=spares(tape) if tape is not None else (),
    )


class _Pass:
    """One pass over a case."""

    def __init__(self, case: Case, repeat: int, tape: Tape | None, desk: Desk) -> None:
        run, judge = desk.folder.run, desk.folder.judge
        self._case, self._repeat, self._desk = case, repeat, desk
        self._judged: dict[str, Claim] = {}
        self._unjudged: list[Claim] = []
        self._reader = self._judge = None
        if tape is not None and run.by_model:
            self._reader = Taped(tape, Reader(run.model, run.by, repeat), live=desk.reading)
        if tape is not None and judge.model:
            self._judge = Taped(tape, Reader(judge.model, judge.by, repeat), live=desk.judging)

    @property
    def misses(self) -> Iterator[Miss]:
        """The questions that had no recorded reply."""
        return (miss for each in self._taped for miss in each.misses)

    @property
    def asked(self) -> Iterator[Sort]:
        """What was asked."""
        return (sort for each in self._taped for sort in each.asked)

    @property
    def _taped(self) -> Iterator[Taped]:
        return (each for each in (self._reader, self._judge) if each is not None)

    def brief(self) -> Briefed | None:
        """What came of it; None where replies are missing."""
        found = Briefed(self._case, self._repeat, has_judge=self._judge is not None)
        try:
            briefing = self._run()
        except RecordingMissing:
            return None
        except Stopped:
            raise
        except WorkError as error:
            return replace(found, error=str(error))
        return replace(found, briefing=briefing, judged=self._judged, error=self._fault())

    def _run(self) -> Briefing:
        return pipeline.run(self._case.collected, readers=self._readers(), edition=_edition(self._case))

    def _fault(self) -> str:
        if self._reader is not None and (why := self._reader.outages):
            return f"the model did not answer: {why[0]}; record it again"
        if self._judge is not None and (why := self._judge.outages):
            return f"the judge did not answer: {why[0]}; record it again"
        if self._unjudged:
            texts = "; ".join(claim.text for claim in self._unjudged[:NAMED])
            return f"the judge gave no verdict on {len(self._unjudged)} claims: {texts}"
        return ""

    def _readers(self) -> Readers:
        settings, prompts = self._desk.settings, self._desk.prompts
        readers = Readers(RulesExtractor())
        if self._reader is not None:
            readers = readers_by(self._reader, settings, prompts, self._account)
        if self._judge is None:
            return readers
        return replace(readers, judge=partial(self._hear, judge=self._judge, own=readers.judge))

    def _hear(
        self,
        claims: Sequence[Claim],
        articles: Sequence[Article],
        *,
        judge: Asker,
        own: Callable[[Sequence[Claim], Sequence[Article]], Sequence[Claim]] | None,
    ) -> Sequence[Claim]:
        """What the run's own judge makes of the claims, once the judge was heard, who has no say in it."""
        prompts, language = self._desk.prompts, self._desk.folder.run.language
        said = opinions(claims, articles, asker=judge, prompts=prompts, tokenizer=O200k(), language=language)
        for claim, opinion in zip(claims, said, strict=True):
            if opinion is not None:
                self._judged[claim.id] = opinion
            elif claim.evidence:
                self._unjudged.append(claim)
            else:  # nothing could be shown to the judge, for it rests on nothing
                self._judged[claim.id] = replace(claim, verdict=Ruling.UNSUPPORTED, reason=Reason.FABRICATED)
        return own(claims, articles) if own is not None else claims

    def _account(self) -> MadeBy:
        """What made the briefing. Replies cost what they cost when they were recorded, by the folder's prices."""
        usage: Mapping[str, Usage] = self._reader.usage if self._reader is not None else {}
        priced = self._desk.folder.run.prices
        costs = [StageCost(stage, used, money=_money(used, priced)) for stage, used in sorted(usage.items())]
        return made_by(self._desk.settings, costs, self._desk.prompts)


def _edition(case: Case) -> Edition:
    """The edition of the case's day, made as that day ends."""
    zone = ZoneInfo(case.head.timezone)
    return Edition(case.head.date, case.head.timezone, now=datetime.combine(case.head.date, time(23, 59, 59), zone))


def _money(usage: Usage, prices: Prices | None) -> float:
    if prices is None:
        return 0.0
    from briefer.models.budget import Prices as Priced  # what paces calls is of no use to a replay

    return Priced(prices.input, prices.output, prices.cached, prices.currency).of(usage)
