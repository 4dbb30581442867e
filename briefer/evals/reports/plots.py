"""Figures as inline SVG, drawn in classes of the page's style: measures over runs, and a share with its interval."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from briefer.evals.reports import wording
from briefer.evals.reports.marked import harmless
from briefer.evals.reports.rows import MeasureRow
from briefer.evals.results import BETTER_LOW, Measure

WIDTH, HEIGHT = 240.0, 96.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 8.0, 10.0, 16.0
MOST_RUNS = 60
"""Runs in one plot, the newest; more would touch each other."""
BAR = 100.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run by its name and its measures."""

    name: str
    values: Mapping[Measure, float]


@dataclass(frozen=True, slots=True)
class _Scale:
    """The lowest and highest share of a plot and how many runs it has."""

    low: float
    high: float
    runs: int

    def x(self, number: int) -> float:
        wide = WIDTH - LEFT - RIGHT
        return LEFT + (wide * number / (self.runs - 1) if self.runs > 1 else wide / 2)

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - self.low) / (self.high - self.low))


def plotted(runs: Sequence[Run]) -> list[Measure]:
    """The measures that at least two of the runs have."""
    return [measure for measure in Measure if sum(measure in run.values for run in runs) > 1]


def plot(measure: Measure, runs: Sequence[Run]) -> Markup:
    """One measure over the newest runs, oldest first. A run without it leaves a gap in the line."""
    runs = runs[-MOST_RUNS:]
    scale = _scale(measure, [run.values[measure] for run in runs if measure in run.values], len(runs))
    lines = Markup("").join(_line(scale, points) for points in _unbroken(measure, runs))
    dots = Markup("").join(
        Markup('<circle class="dot{}" cx="{:.1f}" cy="{:.1f}" r="3"><title>{}: {}</title></circle>').format(
            " now" if number == len(runs) - 1 else "",
            scale.x(number),
            scale.y(run.values[measure]),
            harmless(wording.short(run.name, 60)),
            wording.percent(run.values[measure]),
        )
        for number, run in enumerate(runs)
        if measure in run.values
    )
    return Markup('<svg class="plot" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}{}{}</svg>').format(
        WIDTH, HEIGHT, _told(measure, runs), _axes(scale), lines, dots
    )


def _told(measure: Measure, runs: Sequence[Run]) -> str:
    values = [wording.percent(run.values.get(measure)) for run in runs]
    return f"{wording.of(measure).name} over {wording.counted(len(runs), 'run')}: {', '.join(values)}"


def _scale(measure: Measure, values: Sequence[float], runs: int) -> _Scale:
    """A scale that holds the end at which the measure is best, in steps of a twentieth or a tenth."""
    if measure in BETTER_LOW:
        return _Scale(0.0, min(1.0, max(0.05, math.ceil(max(values) * 20) / 20)), runs)
    return _Scale(max(0.0, min(0.9, math.floor(min(values) * 10) / 10)), 1.0, runs)


def _axes(scale: _Scale) -> Markup:
    rows = Markup("").join(
        Markup('<line class="axis" x1="{0:.0f}" x2="{1:.0f}" y1="{2:.1f}" y2="{2:.1f}"/>').format(
            LEFT, WIDTH - RIGHT, scale.y(value)
        )
        + Markup('<text class="tick" x="{:.0f}" y="{:.1f}">{:.0f} %</text>').format(
            LEFT - 4, scale.y(value) + 3, 100 * value
        )
        for value in (scale.low, scale.high)
    )
    return rows


def _unbroken(measure: Measure, runs: Sequence[Run]) -> Iterator[list[tuple[int, float]]]:
    points: list[tuple[int, float]] = []
    for number, run in enumerate(runs):
        if measure in run.values:
            points.append((number, run.values[measure]))
        elif points:
            yield points
            points = []
    if points:
        yield points


def _line(scale: _Scale, points: Sequence[tuple[int, float]]) -> Markup:
    path = " ".join(f"{scale.x(number):.1f},{scale.y(value):.1f}" for number, value in points)
    return Markup('<polyline class="run" points="{}"/>').format(path)


def bar(row: MeasureRow) -> Markup:
    """A share from 0 to 1 as a dot with its interval, and a tick where it was before; hidden from screen readers."""
    value = row.now.value
    if value is None:
        return Markup("")
    marks = [Markup('<line class="axis" x1="0" x2="100" y1="5" y2="5"/>')]
    if row.now.low is not None and row.now.high is not None:
        spread = Markup('<line class="spread" x1="{:.1f}" x2="{:.1f}" y1="5" y2="5"/>')
        marks.append(spread.format(BAR * row.now.low, BAR * row.now.high))
    if row.before is not None:
        marks.append(Markup('<line class="before" x1="{0:.1f}" x2="{0:.1f}" y1="0" y2="10"/>').format(BAR * row.before))
    marks.append(Markup('<circle class="dot now" cx="{:.1f}" cy="5" r="3"/>').format(BAR * value))
    return Markup('<svg class="bar" viewBox="-4 0 108 10" aria-hidden="true">{}</svg>').format(Markup("").join(marks))
