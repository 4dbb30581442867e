"""The claims of a run made into events, parties and a ledger.

In: verified claims and their articles, in any order. Out: `Merged`. The way: names, places and sides of the whole run;
claims under those names; claims about one thing grouped; what each group says; what undid what; what cannot both hold;
status; headline; then parties and ledger from the events. Pure, order-free, and near-linear in the number of claims.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from briefer.merge import actors as actor_names
from briefer.merge import contradictions, facts, headline, history, places, sides
from briefer.merge.drafts import Draft, draft
from briefer.merge.fronts import fronts
from briefer.merge.grouping import group
from briefer.merge.ledger import ledger
from briefer.merge.parties import parties
from briefer.merge.sides import Sides
from briefer.merge.status import one_partys_word, partys_own, status
from briefer.merge.told import tell, weekday
from briefer.reading.house import NO_HOUSE, House
from briefer.reading.names import fold
from briefer.types import REAL, Article, Claim, Claimant, Contradiction, Event, Merged, Standing, identifier


def merge(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    *,
    standing: Standing | None = None,
    house: House = NO_HOUSE,
) -> Merged:
    """Merge the claims of a run. Claims of articles that are not given count as undated and unpublished.

    `standing` is the ledger as it was before the first of them; it goes on from there. `house` has outlets and names
    that beat those which are known.
    """
    told = tell(claims, articles, house)
    remembered = standing.names if standing else ()
    actors = actor_names.resolve(told, remembered, house)
    spots = places.resolve(told, remembered, house)
    sided = sides.resolve(told, actors)
    resolved = facts.resolve(told, actors, spots, sided)
    drafts = sorted((draft(found) for found in group(resolved)), key=_order)
    drafts = _identified(drafts, fronts(drafts, resolved))
    events = _events(drafts, sided)
    return Merged(
        claims=tuple(fact.claim for fact in resolved),
        events=tuple(events),
        parties=parties(drafts, events, resolved, actors, sided),
        ledger=ledger(drafts, events, sided, standing),
    )


def _order(item: Draft) -> tuple[object, ...]:
    """Events told as done first, then by time; within that whatever makes the order the same for any input."""
    event = item.event
    return (not item.real, item.moment, event.kind, event.change or "", event.actor, event.object, event.claims)


def _identified(drafts: Sequence[Draft], named: Sequence[str]) -> list[Draft]:
    """Give each draft its front and its id: what it is, where, who and when, so that more articles leave it the same.

    Events that agree in all of that are told apart by their object and modality, and at last by their number.
    """
    taken: Counter[str] = Counter()
    found = []
    for item, front in zip(drafts, named, strict=True):
        event = replace(item.event, front=front, id=_free(item, taken))
        found.append(replace(item, event=event))
    return found


def _free(item: Draft, taken: Counter[str]) -> str:
    event = item.event
    place = f"{event.place.relation} {event.place.canonical}" if event.place else ""
    written = weekday(event.when.as_written)
    day = str(item.day or ("" if written is None else written))
    parts = (event.kind, event.change or "", fold(place), fold(event.actor), day)
    more = (*parts, event.modality, fold(event.object), fold(event.opponent), event.extent)
    numbered = ((*more, str(number)) for number in itertools.count(taken["\x1f".join(more)] + 2))
    made = ""
    for key in itertools.chain((parts, more), numbered):
        made = identifier(*key, prefix="e")
        if made not in taken:
            break
    taken.update((made, "\x1f".join(more)))
    return made


def _events(drafts: Sequence[Draft], standing: Sides) -> list[Event]:
    undone = history.reversals(drafts, standing)
    against: dict[int, list[Contradiction]] = defaultdict(list)
    for number, item in enumerate(drafts):
        against[number] += contradictions.within(item)
    for one, other in history.opposing_accounts(drafts, standing):
        both = contradictions.between(drafts[one], drafts[other])
        against[one].append(both)
        against[other].append(both)
    return [
        _event(item, against[number], drafts[undone[number]] if number in undone else None, standing)
        for number, item in enumerate(drafts)
    ]


def _event(item: Draft, against: Sequence[Contradiction], undone_by: Draft | None, standing: Sides) -> Event:
    stands = undone_by is not None and not partys_own(undone_by, standing)
    event = replace(
        item.event,
        contradictions=tuple(against),
        reversed_by=undone_by.event.id if undone_by else "",
        status=status(item, against, stands, standing),
    )
    return replace(event, headline=_headline(item, event))


def _headline(item: Draft, event: Event) -> str:
    deniers = sorted({fact.said_by for fact in item.group.denials})
    texts = [fact.claim.text for fact in item.facts if fact.claim.text and fact.claim.modality is event.modality]
    return headline.line(event, party=one_partys_word(item), words=_sole_words(item), deniers=deniers, claims=texts)


def _sole_words(item: Draft) -> list[str]:
    """On whose word alone an event rests, where no independent outlet tells it in its own voice."""
    own = {Claimant.OUTLET, Claimant.FOOTAGE}
    if item.event.modality not in REAL:
        return []
    if any(fact.claim.attribution.kind in own and not fact.party for fact in item.facts):
        return []
    said = sorted({fact.said_by for fact in item.facts})
    return said if len(said) <= 2 else []
