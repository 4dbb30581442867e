"""The lead: one to three sentences on what matters most, each resting on its events."""

from collections.abc import Sequence

from briefer.compose import days
from briefer.compose.counts import killed
from briefer.compose.desk import NO_FRONT, TURNS, Desk, front_of, order, real
from briefer.compose.story import prose, sentence_of, tellable
from briefer.types import Event, Kind, Modality, Sentence, Status

MOST_SENTENCES = 3


def lead(desk: Desk) -> tuple[Sentence, ...]:
    """What changed hands on the day of the edition, then the largest toll, then the best carried dispute."""
    told = _told(desk)
    if not told:
        return ()
    if fresh := _fresh(told, desk):
        return _sentences(_chosen(fresh, desk), desk)
    return (_nothing_new(told, desk), *_sentences(_chosen(told, desk)[: MOST_SENTENCES - 1], desk))


def candidates(desk: Desk, *, most: int) -> list[Event]:
    """The events of the day that may lead, at most so many, what matters most first; none where the day has none."""
    fresh = _fresh(_told(desk), desk)
    chosen = _chosen(fresh, desk)
    ranked = sorted(fresh, key=lambda event: (_rank(event, desk), order(event, desk)), reverse=True)
    return [*chosen, *(event for event in ranked if event not in chosen and not _told_with(event, chosen))][:most]


def _told(desk: Desk) -> list[Event]:
    return [
        event
        for event in desk.events.values()
        if prose(event) and tellable(event, desk) and not desk.told_elsewhere(event)
    ]


def _fresh(told: Sequence[Event], desk: Desk) -> list[Event]:
    fresh = [event for event in told if desk.fresh(event)]
    return [event for event in fresh if _weighty(event)] or fresh


_SETTLED = frozenset({Kind.AGREEMENT, Kind.POLITICAL})
_STRUCK = frozenset({Kind.STRIKE, Kind.SHELLING})


def _weighty(event: Event) -> bool:
    """Whether an event may lead: someone did it somewhere, or it is of a kind that needs no place."""
    if not (event.actors or event.casualties):
        return False
    return event.place is not None or _placeless(event)


def _placeless(event: Event) -> bool:
    """Agreements and resignations that came to pass, and strikes by somebody named."""
    settled = event.kind in _SETTLED and event.modality is Modality.OCCURRED
    return settled or (event.kind in _STRUCK and real(event) and bool(event.actors))


def _sentences(events: Sequence[Event], desk: Desk) -> tuple[Sentence, ...]:
    lone = desk.lone()
    return tuple(placed(event, sentence_of(event, desk, lone_source=lone, said=n)) for n, event in enumerate(events))


def _chosen(events: Sequence[Event], desk: Desk) -> list[Event]:
    """At most three events, of different fronts as far as there are any, in order of what matters."""
    ranked = sorted(events, key=lambda event: (_rank(event, desk), order(event, desk)), reverse=True)
    chosen: list[Event] = []
    for distinct in (True, False):
        for event in ranked:
            if len(chosen) == MOST_SENTENCES:
                break
            new_front = front_of(event) not in {front_of(other) for other in chosen}
            if event not in chosen and not _told_with(event, chosen) and (new_front or not distinct):
                chosen.append(event)
    return sorted(chosen, key=ranked.index)


def _told_with(event: Event, chosen: Sequence[Event]) -> bool:
    return any(event.reversed_by == other.id for other in chosen)


_MOST_BY_ARTICLES = 4  # what many articles tell weighs as much as ground that changed hands, and no more


def _rank(event: Event, desk: Desk) -> tuple[int, bool, int, int, int, int]:
    turned = event.change in TURNS and real(event) and not event.reversed_by
    attempt = event.modality is Modality.ATTEMPTED or event.kind in {Kind.POLITICAL, Kind.HUMANITARIAN}
    dead = killed(event)
    rank = (
        5
        if turned and desk.undid.get(event.id)
        else 4
        if turned
        else 3
        if dead
        else 2
        if event.status is Status.DISPUTED
        else 0
        if attempt
        else 1
    )
    articles = len({claim.article for claim in desk.claims_of(event)})
    if _placeless(event):
        rank = max(rank, min(articles, _MOST_BY_ARTICLES))
    voices = len(event.claims)
    toll = dead if rank == 3 else 0
    return (rank, desk.happened(event), articles, event.independent_sources, voices, toll)


def placed(event: Event, sentence: Sentence) -> Sentence:
    """The sentence of an event, headed by its front where the sentence does not name it."""
    front = front_of(event)
    if front == NO_FRONT or front.split(" > ")[0].lower() in sentence.text.lower():
        return sentence
    return Sentence(text=f"{front}: {sentence.text}", events=sentence.events)


def _nothing_new(told: Sequence[Event], desk: Desk) -> Sentence:
    day = days.named(desk.date, edition=desk.date)
    dated = [event for event in told if days.known(event.when)]
    if not dated:
        latest = max(told, key=lambda event: order(event, desk))
        return Sentence(text=f"No event can be dated to {day}: the reports give no dates.", events=(latest.id,))
    latest = max(dated, key=lambda event: order(event, desk))
    last = days.phrase(latest.when, edition=desk.date)
    return Sentence(text=f"No event is dated to {day}; the latest dated event is {last}.", events=(latest.id,))
