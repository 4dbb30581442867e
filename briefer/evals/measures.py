"""Figures of a yes-or-no judgement with a score: `Scored` claims in; shares, curve, AUC and intervals out. Pure.

A claim passes at and above a threshold. Balanced accuracy is the mean of the shares of true claims that pass and of
lies that do not: 0.5 for whoever guesses or always says the same, whatever the halves.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

STEPS = tuple(step / 20 for step in range(21))
"""The thresholds of a curve."""
DRAWS = 2000
"""Resamples behind an interval; its ends then move by less than 0.005 from seed to seed."""
SEED = 20
NO_NUMBER = float("nan")


@dataclass(frozen=True, slots=True)
class Scored:
    """One claim: the day it is of, whether it is true, and the belief in it from 0 to 1."""

    day: str
    true: bool
    score: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of its words a claim shares with its best sentence: as ROUGE-L, and as a share of its content words."""

    longest: float
    shared: float


ALIKE = Likeness(0.03, 0.05)
"""How far the word overlap of a true claim and a lie may be apart where only like ones are compared; at this width
either overlap by itself is at 0.45 to 0.55 on the build part, and 660 pairs or more are left."""


@dataclass(frozen=True, slots=True)
class Tally:
    """True claims and lies: how many there are, how many of the true are lost and of the lies caught."""

    true: int = 0
    lost: int = 0
    lies: int = 0
    caught: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.true + other.true, self.lost + other.lost, self.lies + other.lies, self.caught + other.caught)

    @property
    def lost_share(self) -> float:
        """The share of true claims that are lost; not a number where there are none."""
        return self.lost / self.true if self.true else NO_NUMBER

    @property
    def caught_share(self) -> float:
        """The share of lies that are caught; not a number where there are none."""
        return self.caught / self.lies if self.lies else NO_NUMBER

    @property
    def balanced_accuracy(self) -> float:
        """The mean of the shares of true claims kept and of lies caught."""
        return (1 - self.lost_share + self.caught_share) / 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Where 95 % of the resamples lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold of a curve and what comes of it."""

    threshold: float
    tally: Tally


def tally(scored: Iterable[Scored], threshold: float) -> Tally:
    """What a threshold makes of claims."""
    true = lost = lies = caught = 0
    for each in scored:
        stopped = each.score < threshold
        if each.true:
            true, lost = true + 1, lost + stopped
        else:
            lies, caught = lies + 1, caught + stopped
    return Tally(true, lost, lies, caught)


def by_day(scored: Iterable[Scored], threshold: float) -> dict[str, Tally]:
    """The same, a day at a time."""
    days: dict[str, list[Scored]] = defaultdict(list)
    for each in scored:
        days[each.day].append(each)
    return {day: tally(claims, threshold) for day, claims in sorted(days.items())}


def interval(scored: Sequence[Scored], threshold: float, measure: Callable[[Tally], float]) -> Interval:
    """The 95 % interval of a measure: a bootstrap that draws whole days, since claims of one day go together.

    Not a number with fewer than two days. Alike for alike claims in any order.
    """
    days = list(by_day(scored, threshold).values())
    if len(days) < 2:
        return Interval(NO_NUMBER, NO_NUMBER)
    draw = random.Random(SEED)
    found = sorted(measure(sum(draw.choices(days, k=len(days)), Tally())) for _ in range(DRAWS))
    return Interval(found[round(0.025 * DRAWS)], found[round(0.975 * DRAWS) - 1])


def curve(scored: Sequence[Scored], thresholds: Iterable[float] = STEPS) -> tuple[Point, ...]:
    """What each threshold makes of claims."""
    return tuple(Point(threshold, tally(scored, threshold)) for threshold in thresholds)


def sweep(scored: Iterable[Scored]) -> Iterator[Point]:
    """Every threshold that makes a difference, from the lowest score to one above all."""
    levels: dict[float, Tally] = defaultdict(Tally)
    for each in scored:
        levels[each.score] += Tally(true=int(each.true), lies=int(not each.true))
    whole, below = sum(levels.values(), Tally()), Tally()
    for score in sorted(levels):
        yield Point(score, Tally(whole.true, below.true, whole.lies, below.lies))
        below += levels[score]
    yield Point(max(levels, default=0.0) + 1e-9, Tally(whole.true, below.true, whole.lies, below.lies))


def best_threshold(scored: Sequence[Scored]) -> float:
    """The threshold of the best balanced accuracy, the lowest of those alike."""
    return max(sweep(scored), key=lambda point: (point.tally.balanced_accuracy, -point.threshold)).threshold


def caught_at(scored: Sequence[Scored], lost: float) -> float:
    """The greatest share of lies that any threshold catches while it loses no more of the true claims than this."""
    return max(
        (point.tally.caught_share for point in sweep(scored) if point.tally.lost_share <= lost), default=NO_NUMBER
    )


def auc(scored: Iterable[Scored]) -> float:
    """The chance that a true claim scores above a lie, a tie counting half; not a number where one sort is missing."""
    points = [point.tally for point in sweep(scored)]
    whole = points[-1]
    if not whole.true or not whole.lies:
        return NO_NUMBER
    wins = sum((above.lost - at.lost) * (at.caught + above.caught) / 2 for at, above in pairwise(points))
    return wins / (whole.true * whole.lies)


def auc_alike(scored: Sequence[Scored], likeness: Sequence[Likeness]) -> float:
    """The same chance over only those pairs of a true claim and a lie that share as many words with their source.

    A score that only follows shared words, up or down, is near 0.5. Not a number where no pair is alike.
    """
    rows = np.array([(each.score, like.longest, like.shared) for each, like in zip(scored, likeness, strict=True)])
    true = np.array([each.true for each in scored], dtype=bool)
    wins = pairs = 0.0
    for score, longest, shared in rows[true]:
        near = (np.abs(rows[~true, 1] - longest) <= ALIKE.longest) & (np.abs(rows[~true, 2] - shared) <= ALIKE.shared)
        scores = rows[~true, 0][near]
        pairs += scores.size
        wins += float((score > scores).sum() + (score == scores).sum() / 2)
    return wins / pairs if pairs else NO_NUMBER
