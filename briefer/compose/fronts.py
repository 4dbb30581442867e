"""The fronts of an edition, heaviest first, each with its prose, its events (latest first) and its outlook."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from briefer.compose.desk import NO_FRONT, Desk, front_of, order
from briefer.compose.outlook import outlook
from briefer.compose.story import situation
from briefer.types import Article, Event, Front


def fronts(desk: Desk, *, articles: Mapping[str, Article], remembered: Iterable[str] = ()) -> tuple[Front, ...]:
    """Every front with its events: those with most of the day's events first, then by sources, then by name.

    A front that is only `remembered` from earlier days has none and is quiet.
    """
    groups: dict[str, list[Event]] = {}
    for event in desk.events.values():
        groups.setdefault(front_of(event), []).append(event)
    made = [_front(name, events, desk, articles) for name, events in groups.items()]
    made += [Front(name=name, quiet=True) for name in remembered if name not in groups and name != NO_FRONT]
    today = Counter({name: sum(desk.fresh(event) for event in events) for name, events in groups.items()})
    return tuple(
        sorted(
            made, key=lambda front: (front.name == NO_FRONT, -today[front.name], -front.independent_sources, front.name)
        )
    )


def _front(name: str, events: Sequence[Event], desk: Desk, articles: Mapping[str, Article]) -> Front:
    latest_first = sorted(events, key=lambda event: order(event, desk), reverse=True)
    sources = independent(events, desk, articles=articles)
    return Front(
        name=name,
        situation=situation(events, desk, sources=sources),
        events=tuple(event.id for event in latest_first),
        outlook=outlook(events, desk),
        independent_sources=sources,
        quiet=quiet(events, desk, articles=articles),
    )


def independent(events: Iterable[Event], desk: Desk, *, articles: Mapping[str, Article]) -> int:
    """How many independent sources carry some events: articles of one wire, or of one outlet, count once."""
    counted = list(events)
    origins = {
        _origin(articles[claim.article])
        for event in counted
        for claim in desk.claims_of(event)
        if claim.article in articles
    }
    return max(len(origins), max((event.independent_sources for event in counted), default=0))


def _origin(article: Article) -> str:
    return (article.wire or article.outlet).strip().lower() or f"unnamed {article.id}"


def quiet(events: Iterable[Event], desk: Desk, *, articles: Mapping[str, Article]) -> bool:
    """Whether all reporting of a front is older than the edition, or told by an earlier one.

    Without an earlier edition reports without a date leave that open: not quiet.

    Nor is a front quiet that an article of the day tells of or names a place of, though nothing new was read from it.
    """
    known = list(events)
    if desk.news is not None:
        return not any(desk.fresh(event) for event in known)
    if any(event.reported is None or event.reported >= desk.date or desk.happened(event) for event in known):
        return False
    today = [article for article in articles.values() if article.published and article.published.date() == desk.date]
    ids = {article.id for article in today}
    if any(claim.article in ids for event in known for claim in desk.claims_of(event)):
        return False
    names = {name for event in known for name in _places(event, desk)}
    spoken = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b") if names else None
    return spoken is None or not any(spoken.search(article.text) for article in today)


def _places(event: Event, desk: Desk) -> set[str]:
    """The names of the place of an event, as its sources write them."""
    places = [event.place, *(claim.place for claim in desk.claims_of(event))]
    return {name for place in places if place for name in (place.name, place.canonical) if name}
