"""The scores of several readers side by side, as Markdown for a README: results and a baseline in, text out."""

from collections.abc import Iterator, Sequence

from briefer.evals.gate import Baseline
from briefer.evals.reports import wording
from briefer.evals.results import Measure, Result, Share
from briefer.evals.tabled import Table, as_markdown

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def markdown(results: Sequence[Result], baseline: Baseline) -> str:
    """The tables of measures, of cases, and of what the gate catches."""
    return as_markdown(_tables(results, baseline))


def placed(text: str, tables: str) -> str | None:
    """A Markdown text with the tables between its marks, None where it has none."""
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables}\n{END}{after}" if begun and ended else None


def _tables(results: Sequence[Result], baseline: Baseline) -> Iterator[Table]:
    cases = len({case.name for result in results for case in result.cases})
    heads = ("measure", *(_reader(result) for result in results))
    rows = ((wording.of(measure).name, *(_value(result, measure) for result in results)) for measure in Measure)
    yield Table(f"{cases} cases; in brackets where 95 % of resamples of cases lie", heads, tuple(rows))
    yield Table(
        "By case: claims shown, of them false; of the claims that must be told, those told",
        ("case", *heads[1:]),
        tuple(_cases(results)),
    )
    pinned = [baseline.mutate[result.label] for result in results if result.label in baseline.mutate]
    if pinned:
        sorts = sorted({sort for each in pinned for sort in each.shares})
        caught = ((sort, *(_share(each.shares.get(sort)) for each in pinned)) for sort in sorts)
        yield Table("Planted faults that fail the gate", ("fault", *(each.label for each in pinned)), tuple(caught))


def _reader(result: Result) -> str:
    return result.label if result.made.extractor == "rules" else f"{result.label} ({result.made.by or 'a model'})"


def _value(result: Result, measure: Measure) -> str:
    share = result.measures.get(measure, Share())
    if share.value is None:
        return "–"
    interval = f" ({share.low:.2f}–{share.high:.2f})" if share.low is not None and share.high is not None else ""
    return f"{share.value:.3f}{interval}, {share.part:.0f} of {share.whole:.0f}"


def _cases(results: Sequence[Result]) -> Iterator[tuple[str, ...]]:
    names = dict.fromkeys(case.name for result in results for case in result.cases)
    for name in names:
        yield (name, *(_case(result, name) for result in results))


def _case(result: Result, name: str) -> str:
    found = next((case for case in result.cases if case.name == name), None)
    if found is None or found.error:
        return "–"
    false, must = found.measures[Measure.UNSUPPORTED], found.measures[Measure.RECALL]
    return f"{false.whole:.0f}, {false.part:.0f} false; {must.part:.0f} of {must.whole:.0f}"


def _share(share: Share | None) -> str:
    return "–" if share is None else f"{share.part:.0f} of {share.whole:.0f}"
