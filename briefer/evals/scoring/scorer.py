"""Scores one pass over one case: `Briefed` in, `CaseResult` with its measures out."""

from collections.abc import Iterator, Mapping, Sequence

from briefer.evals.cases import Case
from briefer.evals.results import FALSE, CaseResult, Cite, Measure, ScoredSentence, Share, Standing, Told
from briefer.evals.running import Briefed
from briefer.evals.scoring.comparing import Outcome
from briefer.evals.scoring.events import Paired, Pairing
from briefer.evals.scoring.names import UNKNOWN
from briefer.evals.scoring.prose import prose
from briefer.evals.scoring.standing import Bench, Held, Written
from briefer.types import Article, Briefing, Claim, Ruling

NO_CLAIMS = "the briefing makes no claim; a case without news says `nothing_new: true` in case.yaml"
WRITER = "compose"
"""The prompt that a model writes prose by."""


def score(briefed: Briefed) -> CaseResult:
    """What a pass over a case gave. A case that was not briefed, or in which nothing is claimed, is an error."""
    return Scorer(briefed.case).score(briefed)


class Scorer:
    """Scores passes over one case; what it found of a claim or sentence before, it does not look for again."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._held: dict[tuple[Claim, bool, Claim | None], Held] = {}
        self._prose: dict[tuple[object, ...], tuple[ScoredSentence, ...]] = {}
        self._benches: dict[str, tuple[Bench, Pairing]] = {}

    def score(self, briefed: Briefed) -> CaseResult:
        """What the pass gave."""
        briefing = briefed.briefing
        if briefing is None or briefed.error:
            return _failed(briefed, briefed.error or "it was not briefed")
        if not briefing.claims and not briefing.withheld and not briefed.case.head.nothing_new:
            return _failed(briefed, NO_CLAIMS)
        if briefed.has_judge and (unjudged := _unjudged(briefed, briefing)):
            return _failed(briefed, f"the judge gave no verdict on {unjudged}")
        bench, pairing = self._bench(briefed, briefing)
        shown = [self._hold(bench, claim, briefed, shown=True) for claim in briefing.claims]
        withheld = [self._hold(bench, claim, briefed, shown=False) for claim in briefing.withheld]
        held = [*shown, *withheld]
        paired = pairing.pair(briefing, {each.scored.id: each.said.cites for each in held})
        return _result(briefed, bench, held, paired, self._sentences(briefing, bench))

    def _bench(self, briefed: Briefed, briefing: Briefing) -> tuple[Bench, Pairing]:
        """One bench for the case as it is; another where articles were put to it."""
        articles = {article.id: article for article in briefed.case.articles.values()}
        key = f"{briefing.made_by.language} {' '.join(articles)}"
        if key not in self._benches:
            bench = Bench(briefed.case, articles, briefing.made_by.language)
            self._benches[key] = bench, Pairing(bench)
        return self._benches[key]

    def _hold(self, bench: Bench, claim: Claim, briefed: Briefed, *, shown: bool) -> Held:
        key = (claim, shown, briefed.judged.get(claim.id))
        if key not in self._held:
            self._held[key] = bench.hold(claim, shown=shown, judged=key[2])
        return self._held[key]

    def _sentences(self, briefing: Briefing, bench: Bench) -> tuple[ScoredSentence, ...]:
        """The prose, if it is the reader's own: templates beside a model's claims would be scored with the rules'."""
        if briefing.made_by.extractor == "llm" and WRITER not in briefing.made_by.prompts:
            return ()
        key = (briefing.lead, *((front.name, front.situation, front.outlook) for front in briefing.fronts))
        if key not in self._prose:
            self._prose[key] = prose(briefing, bench.articles)
        return self._prose[key]


def _unjudged(briefed: Briefed, briefing: Briefing) -> str:
    """The claims that a judge was asked about and said nothing of, in words; "" for none."""
    found = [claim for claim in (*briefing.claims, *briefing.withheld) if claim.id not in briefed.judged]
    return f"{len(found)} claims, the first of them {found[0].id}" if found else ""


def _failed(briefed: Briefed, why: str) -> CaseResult:
    return _head(briefed).model_copy(update={"error": why, "briefing": briefed.briefing})


def _head(briefed: Briefed) -> CaseResult:
    case = briefed.case
    return CaseResult(
        name=case.name,
        repeat=briefed.repeat,
        hash=case.hash,
        title=case.head.title,
        tries=case.head.tries,
        nothing_new=case.head.nothing_new,
    )


def _result(
    briefed: Briefed, bench: Bench, held: Sequence[Held], paired: Paired, sentences: tuple[ScoredSentence, ...]
) -> CaseResult:
    briefing = briefed.briefing
    assert briefing is not None
    missed = dict.fromkeys(each.claim.event for each in bench.written if each.must)
    result = _head(briefed).model_copy(
        update={
            "claims": tuple(each.scored for each in held),
            "events": paired.events,
            "reference": _told(bench, held),
            "missed_events": tuple(key for key in missed if key not in paired.matched),
            "prose": sentences,
            "tokens_in": briefing.made_by.tokens.in_,
            "tokens_out": briefing.made_by.tokens.out,
            "cost": briefing.made_by.cost,
            "briefing": briefing,
        }
    )
    return result.model_copy(update={"measures": dict(_measures(result, held, paired, bench, briefing))})


NEEDED = ("change", "place", "actor", "people", "speaker")
"""What makes a reference claim that claim, as far as it has it."""


def _told(bench: Bench, held: Sequence[Held]) -> tuple[Told, ...]:
    """Each reference claim and the shown claims that tell it: one of them, or several together.

    A briefing may tell a deed in one claim and its toll in another. One claim may tell several of the reference, where
    it says what these have in common.
    """
    by: dict[str, list[tuple[str, Mapping[str, Outcome]]]] = {}
    for each in held:
        if each.scored.shown and each.scored.standing is Standing.CARRIED:
            for written, compared in each.carrying:
                by.setdefault(written.claim.id, []).append((each.scored.id, compared.outcomes))
    return tuple(_one_told(written, _telling(by.get(written.claim.id, [])), bench.case) for written in bench.written)


def _telling(carrying: Sequence[tuple[str, Mapping[str, Outcome]]]) -> tuple[str, ...]:
    """All that tell it or a part of it, if they tell all of it between them; else none."""
    return tuple(id for id, _ in carrying) if tells([outcomes for _, outcomes in carrying]) else ()


def tells(outcomes: Sequence[Mapping[str, Outcome]]) -> bool:
    """Whether between them nothing that makes it that claim is left out."""
    return bool(outcomes) and all(any(each.get(name) is not Outcome.LESS for each in outcomes) for name in NEEDED)


def _one_told(written: Written, by: tuple[str, ...], case: Case) -> Told:
    claim = written.claim
    return Told(
        id=claim.id,
        text=claim.text,
        event=claim.event,
        must=written.must,
        found=bool(by),
        by=by,
        evidence=tuple(_cite(each.article, each.quote, case.articles[each.article]) for each in claim.evidence),
    )


def _cite(name: str, quote: str, article: Article) -> Cite:
    start = article.text.find(quote)
    return Cite(article=name, start=start, end=start + len(quote), quote=quote)


Counted = tuple[Measure, Share]


def _measures(
    result: CaseResult, held: Sequence[Held], paired: Paired, bench: Bench, briefing: Briefing
) -> Iterator[Counted]:
    yield from _of_claims(result)
    yield from _of_reference(result, bench, briefing)
    yield from _of_pairs(result, paired, bench, briefing)
    turned = [each.direction for each in paired.events if each.direction is not None]
    yield Measure.DIRECTION, _share(turned)
    yield Measure.STATUS, _share(bool(each.status_right) for each in paired.events if each.reference)
    yield from _of_fields([each for each in held if each.scored.shown])
    yield Measure.PROSE, _share(each.supported for each in result.prose)


def _of_pairs(result: CaseResult, paired: Paired, bench: Bench, briefing: Briefing) -> Iterator[Counted]:
    """How many of the events told the reference has, and how many of its events are told as one.

    An event of which every claim is carried is part of one of the reference's, told as if it were another.
    """
    events = {written.claim.id: written.claim.event for written in bench.written}
    carried = {each.id: events[each.reference] for each in result.claims if each.standing is Standing.CARRIED}
    alone = {each.id for each in paired.events if not each.reference}
    parts = [[carried.get(id, "") for id in event.claims] for event in briefing.events if event.id in alone]
    known = [keys for keys in parts if keys and all(keys)]
    whole = sum(each.reference != "" for each in paired.events) + len(known)
    yield Measure.PRECISION, Share(part=whole, whole=len(paired.events))
    told = sorted(paired.matched | {key for keys in known for key in keys})
    split = {key for keys in known for key in keys}
    yield Measure.WHOLE, _share(key not in split for key in told)


def _of_claims(result: CaseResult) -> Iterator[Counted]:
    shown = [each.standing for each in result.claims if each.shown]
    withheld = [each.standing for each in result.claims if not each.shown]
    yield Measure.UNSUPPORTED, _share(each in FALSE for each in shown)
    yield Measure.CONTRADICTED, _share(each is Standing.CONTRADICTED for each in shown)
    yield Measure.NOT_FOUND, _share(each is Standing.NOT_FOUND for each in shown)
    verdicts = [each.verdict for each in result.claims if each.shown]
    judged = [each.judged for each in result.claims if each.shown and each.judged is not None]
    yield Measure.BY_VERIFIER, _share(each is Ruling.UNSUPPORTED for each in verdicts)
    yield Measure.BY_JUDGE, _share(each is Ruling.UNSUPPORTED for each in judged)
    yield Measure.MADE_UP, _share(each in FALSE for each in (*shown, *withheld))
    yield Measure.UNVOUCHED, _share(each.vouched is None for each in result.claims if each.shown)
    yield Measure.UNLISTED, _share(each is Standing.UNLISTED for each in shown)
    yield Measure.WITHHELD, Share(part=len(withheld), whole=len(shown) + len(withheld))
    yield Measure.LOST, _share(each is Standing.CARRIED for each in withheld)
    right = [each.cited_right for each in result.claims if each.shown and each.cited_right is not None]
    yield Measure.CITATION, _share(right)


def _of_reference(result: CaseResult, bench: Bench, briefing: Briefing) -> Iterator[Counted]:
    told = {each.forbidden for each in result.claims if each.shown and each.forbidden}
    yield Measure.FORBIDDEN, Share(part=len(told), whole=len(bench.forbidden))
    must = [each for each in result.reference if each.must]
    yield Measure.RECALL, _share(each.found for each in must)
    events = dict.fromkeys(each.event for each in must)
    yield Measure.EVENT_RECALL, _share(key not in result.missed_events for key in events)
    fronts = {bench.case.sheet.events[key].front for key in events} - {""}
    had = [bench.names.fronts(front.name) for front in briefing.fronts]
    yield (
        Measure.FRONTS,
        _share(any(_is_front(bench.names.fronts(name), other) for other in had) for name in sorted(fronts)),
    )
    actors = sorted({name for each in bench.written if each.must for name in (*each.claim.actor, *each.claim.opponent)})
    known = frozenset().union(*(bench.names.actors(party.name, *party.aliases) for party in briefing.actors))
    yield Measure.ACTORS, _share(bool(bench.names.actors(name) & known) for name in actors)


def _is_front(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names are of one front: the same, or the words of one are all in the other."""
    pairs = ((set(a.split()), set(b.removeprefix(UNKNOWN).split())) for a in one for b in other)
    return any(a <= b or b <= a for a, b in pairs)


def _of_fields(held: Sequence[Held]) -> Iterator[Counted]:
    """What the claims near to a reference claim say of who says it and how many."""
    near = [each.nearest.outcomes for each in held if each.nearest is not None]
    right = (Outcome.SAME, Outcome.NEAR)
    yield Measure.ATTRIBUTION, _share(each["speaker"] in right for each in near)
    yield (
        Measure.NUMBERS,
        _share(each["people"] in right for each in near if each.get("people", Outcome.LESS) is not Outcome.LESS),
    )


def _share(each: Iterator[bool] | Sequence[bool]) -> Share:
    values = list(each)
    return Share(part=sum(values), whole=len(values))
