"""A report on labelled claims as tables: Report in; `Table`s of plain words out."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from briefer.evals.measures import Interval, Tally
from briefer.evals.report import CHECKER, SMALL_LOSS, Line, ReasonLine, Report, Result
from briefer.evals.tabled import Table

MEANING = {
    "given": "against the articles that the claim names",
    "open": "against the whole day, the evidence searched for",
    "cited": "with the sentences that the claim is said to rest on",
}


def tables(report: Report) -> Iterator[Table]:
    """The tables of a report: one a setting, then reasons, wordings and days, then each setting's curve."""
    yield from (_main(report, result) for result in report.results)
    yield _reasons(report.results)
    yield _hows(report.results)
    yield _days(report.results)
    yield from (_curve(result) for result in report.results)


def _main(report: Report, result: Result) -> Table:
    heads = (
        "threshold",
        "balanced accuracy",
        "lies caught",
        "true lost",
        "AUC",
        "AUC, alike",
        f"caught at ≤ {SMALL_LOSS:.2f} lost",
        "copies lost",
    )
    rows = tuple((line.name, *_figures(line)) for line in result.lines)
    many = f"{report.part}, {len(result.claims)} claims of {len(report.days)} days"
    return Table(f"{many}; {result.setting}: {MEANING[result.setting]}", ("judged by", *heads), rows, _verdicts(result))


def _figures(judge: Line) -> Iterator[str]:
    yield f"{judge.threshold:.2f}"
    yield _with_interval(judge.balanced_accuracy, judge.interval)
    yield _with_interval(judge.caught, judge.caught_interval)
    yield _with_interval(judge.lost, judge.lost_interval)
    yield _share(judge.auc)
    yield _share(judge.auc_alike)
    yield _share(judge.caught_at_small_loss)
    yield _share(judge.copies_lost)


def _verdicts(result: Result) -> str:
    held = result.decided
    said = (
        f"{result.unclear:.0%} unclear; of the rest {_share(held.caught_share)} of lies caught and "
        f"{_share(held.lost_share)} of true claims lost, by verdict. "
        f"The reason is fair for {_share(result.reason_fair)} of caught lies."
    )
    if not result.cut:
        return said
    rules = Counter(rule for cut in result.cut.values() for rule in cut)
    named = ", ".join(f"{rule} {many}" for rule, many in sorted(rules.items()))
    return f"{said} Quotations that cleaning cut ({len(result.cut)} claims), by rule: {named}."


def _reasons(results: Sequence[Result]) -> Table:
    """Each reason's share caught and, of these, with a fair reason, a pair of columns a setting."""
    heads = [head for result in results for head in (f"{result.setting}: caught", "reason fair")]
    rows = [
        (lines[0].reason, str(lines[0].lies), *(cell for each in lines for cell in _caught(each)))
        for lines in zip(*(result.reasons for result in results), strict=True)
    ]
    return Table(f"Lies by reason ({CHECKER})", ("reason", "lies", *heads), tuple(rows))


def _caught(lies: ReasonLine) -> tuple[str, str]:
    return _share(lies.caught / lies.lies), _share(lies.fair / lies.caught if lies.caught else math.nan)


def _hows(results: Sequence[Result]) -> Table:
    heads = [f"{result.setting}: lost" for result in results]
    rows = [
        (lines[0].how, str(lines[0].true), *(_share(each.lost / each.true) for each in lines))
        for lines in zip(*(result.hows for result in results), strict=True)
    ]
    return Table(f"True claims by how they are worded ({CHECKER})", ("how", "claims", *heads), tuple(rows))


def _days(results: Sequence[Result]) -> Table:
    heads = [head for result in results for head in (f"{result.setting}: accuracy", "caught", "lost")]
    rows = [
        (name, *(cell for result in results for cell in _shares(result.days[name])))
        for name in (results[0].days if results else ())
    ]
    return Table(f"By day, balanced accuracy first ({CHECKER})", ("day", *heads), tuple(rows))


def _shares(day: Tally) -> tuple[str, str, str]:
    return _share(day.balanced_accuracy), _share(day.caught_share), _share(day.lost_share)


def _curve(result: Result) -> Table:
    rows = [
        (
            f"{point.threshold:.2f}",
            _share(point.tally.caught_share),
            _share(point.tally.lost_share),
            _share(point.tally.balanced_accuracy),
        )
        for point in result.curve
    ]
    columns = ("threshold", "lies caught", "true lost", "balanced accuracy")
    return Table(f"Thresholds, {result.setting} ({CHECKER})", columns, tuple(rows))


def _with_interval(value: float, interval: Interval) -> str:
    if math.isnan(interval.low):
        return _share(value)
    return f"{_share(value)} ({_share(interval.low)}–{_share(interval.high)})"


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"
