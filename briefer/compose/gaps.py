"""What a reader would want to know and no source says. Gaps of one kind share their words, so that they list well."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import JaroWinkler

from briefer.compose.desk import Desk, real
from briefer.compose.names import listed, squeeze
from briefer.compose.voices import spokesman
from briefer.types import Article, CasualtyKind, Claim, Claimant, Event, Fate, Front, Gap, Kind, Merged, SourceRecord

_FIGHTING = frozenset({Kind.CLASH, Kind.STRIKE, Kind.SHELLING})
ALIKE = 0.85  # Rashideen/Rashidiyah 0.853, Zlitan/Zintan 0.90; Bashkoy/Bashiqa 0.83, Donetsk/Donbas 0.82 are far apart
_SHORTEST = 5  # shorter names are alike by chance


def gaps(
    merged: Merged,
    desk: Desk,
    *,
    fronts: Sequence[Front],
    articles: Sequence[Article],
    sources: Sequence[SourceRecord],
    withheld: Sequence[Claim],
) -> tuple[Gap, ...]:
    """Every gap that the records of the edition show, the fronts' first."""
    by_front = [[desk.events[name] for name in front.events] for front in fronts]
    return (
        *(gap for front in fronts if (gap := _lone(front, desk))),
        *(gap for front, events in zip(fronts, by_front, strict=True) if (gap := _one_sided(front, events, desk))),
        *(gap for front, events in zip(fronts, by_front, strict=True) if (gap := _no_tolls(front, events))),
        *(Gap(what="Who holds it is not known", about=h.place) for h in merged.ledger if h.state == "unknown"),
        *_undated(articles),
        *_alike(desk.events.values()),
        *_unread(desk, articles, sources),
        *_withheld(withheld),
    )


def _lone(front: Front, desk: Desk) -> Gap | None:
    if front.independent_sources != 1:
        return None
    outlets = sorted({outlet for name in front.events for outlet in desk.outlets_of(desk.events[name])})
    by = f" ({listed(outlets, limit=3)})" if outlets else ""
    return Gap(what="Only one independent source", about=f"{front.name}{by}")


def _one_sided(front: Front, events: Sequence[Event], desk: Desk) -> Gap | None:
    words = [claim.attribution for event in events for claim in desk.claims_of(event)]
    if not words or any(word.kind is not Claimant.PARTY for word in words):
        return None
    sides = {desk.side(spokesman(word)) for word in words}
    if len(sides) != 1:
        return None
    return Gap(what="All that is reported is the word of one side", about=f"{front.name} ({sides.pop()})")


def _no_tolls(front: Front, events: Sequence[Event]) -> Gap | None:
    fought = [event for event in events if real(event)]
    violent = any(event.kind in _FIGHTING or event.kind is Kind.TERRITORY for event in fought)
    hurt = {CasualtyKind.KILLED, CasualtyKind.WOUNDED}
    counted = any(count.kind in hurt for event in fought for count in event.casualties)
    return Gap(what="Fighting, and no casualties reported", about=front.name) if violent and not counted else None


def _undated(articles: Sequence[Article]) -> list[Gap]:
    names = sorted(article.name for article in articles if article.published is None)
    what = "No date in the article: days of the week are as written, their dates unknown"
    return [Gap(what=what, about=name) for name in names]


def _alike(events: Iterable[Event]) -> list[Gap]:
    """Places of close spelling that the run keeps apart; compared within blocks of one beginning only."""
    blocks: dict[str, set[tuple[str, str]]] = {}
    for event in events:
        if event.place and len(bare := _bare(event.place.canonical)) >= _SHORTEST:
            blocks.setdefault(bare[:3], set()).add((bare, squeeze(event.place.canonical)))
    pairs = [(one[1], two[1]) for block in blocks.values() for one, two in _close(sorted(block))]
    what = "Close in spelling and kept as two names: no source says that they are one place"
    return [Gap(what=what, about=f"{one} and {two}") for one, two in sorted(pairs)]


def _bare(place: str) -> str:
    words = [word for word in squeeze(place).lower().replace("-", " ").split() if word not in {"al", "el", "the"}]
    return " ".join(words)


def _close(block: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    return [
        (one, two)
        for number, one in enumerate(block)
        for two in block[number + 1 :]
        if not _contains(one[0], two[0]) and JaroWinkler.similarity(one[0], two[0], score_cutoff=ALIKE)
    ]


def _contains(one: str, two: str) -> bool:
    """Whether one name is the other with a word more: "Aleppo", "Aleppo province"; or they share their first word."""
    first, second = one.split(), two.split()
    return first[0] == second[0]


def _unread(desk: Desk, articles: Sequence[Article], sources: Sequence[SourceRecord]) -> list[Gap]:
    spoken = {claim.article for claim in desk.claims.values()}
    used: Mapping[str, str] = {source.id: source.name for source in sources if source.fate is Fate.USED}
    silent = sorted(article.name for article in articles if article.id in used and article.id not in spoken)
    return [Gap(what="Read, and nothing in it that could be stated as a claim", about=name) for name in silent]


def _withheld(claims: Sequence[Claim]) -> list[Gap]:
    reasons = Counter(claim.reason.value.replace("_", " ") if claim.reason else "unclear" for claim in claims)
    what = "Claims withheld because their evidence does not carry them"
    return [Gap(what=what, about=f"{reason} ({count})") for reason, count in sorted(reasons.items())]
