"""A claim beside what merging knows of it: who published it, when, whose word it is, where it stands in its article.

In: claims and articles. Out: `Told` records in one order that does not depend on the order of what came in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefer.reading.house import NO_HOUSE, House
from briefer.reading.names import fold, initials
from briefer.types import Article, Attribution, Change, Claim, Claimant, DayPart, Kind

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_EARLY = re.compile(
    r"\b(?:initially|at first|earlier (?:this|in the|that|on)|earlier$|originally|last week|previously)\b",
    re.IGNORECASE,
)
_EARLIER, _UNNAMED, _LATEST = -100, -50, 50  # days of an article that no weekday names; weekdays unroll from 0 to 6
_PARTS = {DayPart.NONE: 0, DayPart.MORNING: 1, DayPart.AFTERNOON: 2, DayPart.EVENING: 3, DayPart.NIGHT: 4}


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with its circumstances.

    `source` is the publisher or wire that it counts for; `speaker` the party that the article lets speak; `aligned`
    the country or actor whose voice the outlet is when it speaks itself; `said_by` the name to show for either.
    `moment` orders the claims of one article in time: early, day of the week unrolled, part of day, place in the text.
    """

    claim: Claim
    source: str
    speaker: str
    aligned: str
    said_by: str
    reported: date | None
    minute: float
    moment: tuple[int, int, int, int] = (0, 0, 0, 0)
    dated_in_text: bool = False

    @property
    def order(self) -> tuple[float, str, int, str]:
        """The place of the claim in the one order of all claims."""
        return (self.minute, self.claim.article, position(self.claim), self.claim.id)


def position(claim: Claim) -> int:
    """Where in its article the evidence of a claim begins."""
    return min((evidence.start for evidence in claim.evidence), default=0)


def weekday(words: str) -> int | None:
    """The day of the week that a phrase names, Monday 0, or None."""
    match = _DAY.search(words)
    if match is None:
        return None
    start = match[1].lower()[:3]
    return next(number for number, day in enumerate(DAYS) if day.startswith(start))


def early(words: str) -> bool:
    """Whether the phrase puts a thing before what the article is about ("initially")."""
    return _EARLY.search(words) is not None


def part_rank(part: DayPart) -> int:
    """The order of the parts of a day; 0 where none is named."""
    return _PARTS[part]


def tell(claims: Sequence[Claim], articles: Sequence[Article], house: House = NO_HOUSE) -> list[Told]:
    """Every claim once, with its circumstances, ordered by report, article and place in the article.

    Who publishes an outlet, and whose voice it is, is as `house` has it, or else as it is known.
    """
    known = {article.id: article for article in articles}
    single: dict[str, Claim] = {}
    for claim in claims:
        kept = single.get(claim.id)
        if kept is None or (kept != claim and repr(claim) < repr(kept)):
            single[claim.id] = claim
    told = [_told(claim, known.get(claim.article), house) for claim in single.values()]
    told.sort(key=lambda item: item.order)
    return _with_moments(told)


def _told(claim: Claim, article: Article | None, house: House) -> Told:
    outlet = article.outlet if article else ""
    source = _source(article, claim.article, house)
    published = article.published if article else None
    said = claim.attribution
    if outlet and not said.canonical and (_itself(said.who, outlet) or fold(said.who) in _NOBODY):
        said = Attribution()
    own = said.kind is Claimant.OUTLET and not said.canonical
    return Told(
        claim=replace(claim, attribution=said),
        source=source,
        speaker=said.canonical,
        aligned=house.aligned(outlet) if own and outlet else "",
        said_by=said.who or said.canonical or outlet,
        reported=published.date() if published else None,
        minute=published.timestamp() if published else 0.0,
    )


_NOBODY = frozenset({"they", "he", "she", "it", "one", "some"})
"""Who nobody is: the outlet tells it, and does not say by whom."""


def _itself(who: str, outlet: str) -> bool:
    """Whether an outlet speaks of itself: "OWM said" in a report of the Ondrava War Monitor."""
    words = who.removeprefix("the ").removeprefix("The ")
    return bool(words) and (fold(words) == fold(outlet) or (words.isupper() and words == initials(outlet)))


def _source(article: Article | None, name: str, house: House) -> str:
    if article is not None and article.wire:
        return house.publisher(article.wire) or fold(article.wire)
    if article is not None and article.outlet:
        return house.publisher(article.outlet) or fold(article.outlet)
    return f"article:{name}"


def _with_moments(told: Sequence[Told]) -> list[Told]:
    """Unroll the days of the week along each article, so that "Friday … Saturday … Monday" has an order undated."""
    by_article: dict[str, list[Told]] = {}
    for item in told:
        by_article.setdefault(item.claim.article, []).append(item)
    moments: Mapping[str, tuple[int, int, int, int]] = {
        item.claim.id: moment for items in by_article.values() for item, moment in _unrolled(items)
    }
    return [
        replace(item, moment=moments[item.claim.id], dated_in_text=weekday(item.claim.when.as_written) is not None)
        for item in told
    ]


def _unrolled(items: Sequence[Told]) -> list[tuple[Told, tuple[int, int, int, int]]]:
    found = []
    day: int | None = None
    part = 0
    places: set[str] = set()
    for item in items:
        when = item.claim.when
        named = weekday(when.as_written)
        if named is not None:
            step = 0 if day is None else (named - day + 3) % 7 - 3
            part = 0 if step else part
            day = named if day is None else day + step
        part = part_rank(when.part) or part
        before = -1 if early(when.as_written) else 0
        shown = _EARLIER if before else day if day is not None else _UNNAMED
        if named is None and not before and _opens_with_recapture(item.claim, places):
            shown = _LATEST
        found.append((item, (before, shown, part, position(item.claim))))
    return found


def _opens_with_recapture(claim: Claim, places: set[str]) -> bool:
    """Whether an article tells first that a place was retaken: what it tells of the place after that came before."""
    if claim.place is None or claim.kind is not Kind.TERRITORY:
        return False
    name = fold(claim.place.canonical)
    first = name not in places
    places.add(name)
    return first and claim.change is Change.RECAPTURED
