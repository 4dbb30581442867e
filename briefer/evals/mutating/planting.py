"""Faults planted into the briefing of a case: one `Briefed` and its score in, faulty copies of it out.

Everything is drawn by a hash of the seed and of what is drawn, so that a seed always plants the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from briefer.evals.making import Lie, of_claim
from briefer.evals.making.lie import Draw
from briefer.evals.results import CaseResult, Standing
from briefer.evals.running import Briefed
from briefer.merge import merge
from briefer.types import Article, Attribution, Briefing, Claim, Event, Evidence, Modality, Ruling, identifier

DROPPED, EMPTIED, SWAPPED = "dropped_must", "emptied", "swapped_citations"
EACH = 3
"""Faults of a sort that are planted in a case for a seed."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault: its sort (the reason of a lie, or what else was done), what was done in words, and the faulty pass.

    `changes` tells whether anything was there to be done it to.
    """

    sort: str
    what: str
    briefed: Briefed
    changes: bool = True


def faults(briefed: Briefed, scored: CaseResult, seed: int) -> Iterator[Planted]:
    """The faults that a seed plants in a case, each alone."""
    briefing = briefed.briefing
    if briefing is None or scored.error:
        return
    draw = Draw(f"{seed}")
    true = _true(briefing, scored)
    articles = {article.id: article for article in briefed.case.articles.values()}
    yield from _lies(briefed, briefing, true, articles, draw)
    yield from _swapped(briefed, briefing, true, draw)
    yield from _dropped(briefed, briefing, scored, draw)
    if not briefed.case.head.nothing_new:
        yield Planted(EMPTIED, "nothing is left", _with(briefed, _emptied(briefing)))


def _true(briefing: Briefing, scored: CaseResult) -> list[Claim]:
    """The claims shown that the reference carries and that cite the words which carry them."""
    right = {each.id for each in scored.claims if each.shown and each.standing is Standing.CARRIED and each.cited_right}
    return [claim for claim in briefing.claims if claim.id in right]


# ── lies ──


def _lies(
    briefed: Briefed, briefing: Briefing, true: Sequence[Claim], articles: Mapping[str, Article], draw: Draw
) -> Iterator[Planted]:
    by_reason: dict[str, dict[str, Lie[Claim]]] = defaultdict(dict)
    for claim in true:
        for lie in of_claim(claim, articles[claim.article]):
            by_reason[lie.reason.value].setdefault(lie.told.id, lie)
    for reason, lies in sorted(by_reason.items()):
        for id in draw.order(lies, reason)[:EACH]:
            yield _lied(briefed, briefing, lies[id])


def _lied(briefed: Briefed, briefing: Briefing, lie: Lie[Claim]) -> Planted:
    """The briefing with the lie among the claims that are shown, in an event of its own."""
    told = replace(lie.told, verdict=Ruling.SUPPORTED, reason=None)
    case = briefed.case
    if lie.article.id not in {article.id for article in case.articles.values()}:
        copy = replace(lie.article, name=f"{lie.article.name} with an order planted")
        case = replace(case, collected=(*case.collected, copy))
    events = tuple(replace(each, claims=(told.id,)) for each in merge([told], [lie.article]).events)
    lied = briefing.model_copy(update={"claims": (*briefing.claims, told), "events": (*briefing.events, *events)})
    return Planted(lie.reason.value, f"{lie.edit}: {told.text}", _with(replace(briefed, case=case), lied))


# ── citations ──


def _swapped(briefed: Briefed, briefing: Briefing, true: Sequence[Claim], draw: Draw) -> Iterator[Planted]:
    """Two claims that cite the words of each other."""
    pairs = {f"{one.id} {other.id}": (one, other) for one, other in combinations(true, 2) if _apart(one, other)}
    for key in draw.order(pairs, SWAPPED)[:EACH]:
        one, other = pairs[key]
        changed = {one.id: _citing(one, other), other.id: _citing(other, one)}
        what = f"citations exchanged: {one.text} / {other.text}"
        yield Planted(SWAPPED, what, _with(briefed, _replaced(briefing, changed)))


def _apart(one: Claim, other: Claim) -> bool:
    mine = {(one.article, each.sentence) for each in one.evidence}
    return not mine & {(other.article, each.sentence) for each in other.evidence}


def _citing(claim: Claim, other: Claim) -> Claim:
    name = identifier(claim.id, other.id, prefix="c")
    return replace(claim, id=name, article=other.article, evidence=other.evidence)


# ── what is left out ──


def _dropped(briefed: Briefed, briefing: Briefing, scored: CaseResult, draw: Draw) -> Iterator[Planted]:
    """Without all claims that tell one which must be told."""
    found = {told.id: told for told in scored.reference if told.must and told.found}
    for id in draw.order(found, DROPPED)[:EACH]:
        yield Planted(DROPPED, f"left out: {found[id].text}", _with(briefed, _without(briefing, set(found[id].by))))


def _without(briefing: Briefing, gone: set[str]) -> Briefing:
    events = (replace(each, claims=tuple(id for id in each.claims if id not in gone)) for each in briefing.events)
    return briefing.model_copy(
        update={
            "claims": tuple(claim for claim in briefing.claims if claim.id not in gone),
            "events": tuple(event for event in events if event.claims),
        }
    )


def _emptied(briefing: Briefing) -> Briefing:
    empty = dict.fromkeys(("lead", "fronts", "events", "actors", "ledger", "claims", "withheld"), ())
    return briefing.model_copy(update=empty)


# ── what a careless prompt would give ──


def careless(briefed: Briefed) -> Iterator[Planted]:
    """The pass as prompts without one of their rules would have given it: all its claims at once."""
    briefing = briefed.briefing
    if briefing is None:
        return
    for sort, change in CARELESS.items():
        changed = {claim.id: _renamed(change(claim, briefed), claim, sort) for claim in briefing.claims}
        changed = {id: claim for id, claim in changed.items() if claim.id != id}
        faulty = _with(briefed, _replaced(briefing, changed))
        yield Planted(sort, f"{len(changed)} claims changed", faulty, changes=bool(changed))


def _bare(claim: Claim, briefed: Briefed) -> Claim:
    return replace(claim, attribution=Attribution())


def _done(claim: Claim, briefed: Briefed) -> Claim:
    return replace(claim, modality=Modality.OCCURRED)


def _first_sentence(claim: Claim, briefed: Briefed) -> Claim:
    """Cites the opening of the article, whatever it tells."""
    article = next((each for each in briefed.case.articles.values() if each.id == claim.article), None)
    if article is None or not article.sentences:
        return claim
    span = article.sentences[0]
    return replace(claim, evidence=(Evidence(0, span.start, span.end, article.sentence(0)),))


def _rounded(claim: Claim, briefed: Briefed) -> Claim:
    counts = tuple(
        replace(each, low=_ten(each.low), best=_ten(each.best), high=_ten(each.high)) for each in claim.casualties
    )
    return replace(claim, casualties=counts)


def _ten(number: int | None) -> int | None:
    return None if number is None else max(10, round(number / 10) * 10)


def _turned(claim: Claim, briefed: Briefed) -> Claim:
    return replace(claim, actors=claim.opponents, opponents=claim.actors) if claim.opponents else claim


CARELESS = {
    "careless_speakers": _bare, "careless_plans": _done, "careless_citations": _first_sentence,
    "careless_numbers": _rounded, "careless_sides": _turned,
}  # fmt: skip
"""What each rule of a prompt keeps from happening, by the sort of fault."""


def _renamed(changed: Claim, claim: Claim, sort: str) -> Claim:
    return claim if changed == claim else replace(changed, id=identifier(claim.id, sort, prefix="c"))


def _replaced(briefing: Briefing, changed: Mapping[str, Claim]) -> Briefing:
    ids = {id: claim.id for id, claim in changed.items()}
    return briefing.model_copy(
        update={
            "claims": tuple(changed.get(claim.id, claim) for claim in briefing.claims),
            "events": tuple(_naming(event, ids) for event in briefing.events),
        }
    )


def _naming(event: Event, ids: Mapping[str, str]) -> Event:
    return replace(event, claims=tuple(ids.get(id, id) for id in event.claims))


def _with(briefed: Briefed, briefing: Briefing) -> Briefed:
    """The faulty pass, which no judge has seen: that it was not asked would give each planted claim away."""
    return replace(briefed, briefing=briefing, has_judge=False)
