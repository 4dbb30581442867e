"""A report as GitHub's Markdown, for the summary of a CI job: Result and Comparison in; text below a fixed size out.

No word of a case is markup, a link, a picture or HTML, and none calls a person or an issue by name.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from briefer.evals.reports import wording
from briefer.evals.reports.rows import KEY, CaseRow, Finding, MeasureRow, Rows, State, TrapRow, rows
from briefer.evals.results import Cite, Comparison, Measure, Result, ScoredClaim, Told
from briefer.render.markdown import escape
from briefer.render.safe import line

LARGEST = 900_000
"""Bytes; GitHub drops a job's summary above 1 MiB without a word."""
_RESERVE = 1_000  # for the verdict's note on what was cut
MOST_ROWS = 1_000  # of a table
_CALLS = re.compile(r"(?<=@)(?=[\w-])|(?<=#)(?=\d)|(?<=\bGH)(?=-\d)|(?<=:)(?=[\w+-]+\\?:)", re.IGNORECASE)
"""Where GitHub would make a name, a number or an emoji of a word, whatever the escapes."""
_APART = "\u2060"  # word joiner: not seen, and no part of a name
_SIGNS = {State.WORSE: "❌", State.ERROR: "⚠️", State.BETTER: "⬆️", State.SAME: "✅", State.ALONE: "·"}


def markdown(result: Result, comparison: Comparison | None) -> str:
    """The report, ending in a newline, at most `LARGEST` bytes of UTF-8; what did not fit is counted at its end."""
    found = rows(result, comparison)
    kept: list[str] = []
    size = cut = 0
    for block in _blocks(result, found):
        needed = len(block.encode()) + 2
        if size + needed > LARGEST - _RESERVE:
            cut += 1
            continue
        kept.append(block)
        size += needed
    if cut:
        kept.append(f"*{wording.counted(cut, 'part')} of this report did not fit; the result's JSON has all.*")
    return "\n\n".join(kept) + "\n"


def plain(text: str) -> str:
    """A text of a case, cut to a readable length, as Markdown shows it word for word."""
    return _CALLS.sub(_APART, escape(line(wording.short(text))))


def _blocks(result: Result, found: Rows) -> Iterator[str]:
    yield f"## {_SIGNS[found.state]} Eval {plain(result.label)}"
    yield f"**{plain(found.verdict[:1].upper() + found.verdict[1:])}**"
    yield _about(result, found)
    yield from _section("Worse", found.worse)
    yield from _section("Not decided", found.errors)
    yield from _section("Better", found.better)
    yield from ("### Measures", _measures(found.measures, compared=bool(found.against)))
    yield from ("### Cases", *_cases(found.cases))
    if found.traps:
        yield _folded("Traps", _traps(found.traps))
    known = "Claims that do not stand, as in the baseline" if found.against else "Claims that do not stand"
    yield from _folded_section(known, found.known)
    yield _folded("What the measures mean", _meanings(found.measures))


def _about(result: Result, found: Rows) -> str:
    cases = wording.counted(len({case.name for case in result.cases}), "case")
    parts = [cases, f"against {found.against}" * bool(found.against), wording.made(result.made), wording.spent(result)]
    return " · ".join(plain(each) for each in parts if each)


def _section(title: str, found: Sequence[Finding]) -> Iterator[str]:
    if found:
        yield f"### {title} ({len(found)})"
        yield from (_finding(each) for each in found)


def _folded_section(title: str, found: Sequence[Finding]) -> Iterator[str]:
    """A list that opens on a click; each finding is a part of its own, so that the first fit where not all do."""
    for at in range(0, len(found), 50):
        chosen = found[at : at + 50]
        which = "" if len(found) <= 50 else f", {at + 1} to {at + len(chosen)}"
        yield _folded(f"{title} ({len(found)}{which})", "\n".join(_finding(each) for each in chosen))


def _folded(title: str, body: str) -> str:
    return f"<details><summary>{html.escape(title)}</summary>\n\n{body}\n\n</details>"


def _finding(found: Finding) -> str:
    """A bullet, and below it what the finding rests on."""
    about = [f"**{plain(each)}**" for each in (found.notice.case, found.moved) if each.strip()]
    return "\n".join([f"- {': '.join([found.sort, *about])}", *(f"  - {row}" for row in _told(found))])


def _told(found: Finding) -> Iterator[str]:
    if found.claim is not None:
        yield from _of_claim(found.claim, found.told)
    elif found.told is not None:
        yield f"reference: {plain(found.told.id)}, {plain(found.told.text)}"
    if found.adds:
        yield plain(found.adds)


def _of_claim(claim: ScoredClaim, told: Told | None) -> Iterator[str]:
    yield f"claim: {plain(claim.text)}"
    yield from (f"cites: {_quoted(cite)}" for cite in claim.evidence)
    if claim.forbidden:
        yield f"must not be told: {plain(claim.forbidden)}"
    if told is not None:
        yield f"nearest: {plain(told.id)}, {plain(told.text)}"
    differing = [wording.difference(each) for each in claim.differences]
    yield from (f"differs in {plain(each)}" for each in differing if each)
    yield f"why: {plain(' · '.join(wording.grounds(claim)))}"


def _quoted(cite: Cite) -> str:
    return f"“{plain(cite.quote)}” ({plain(cite.article)})"


def _measures(measures: Iterable[MeasureRow], *, compared: bool) -> str:
    heads = ["measure", "now", "of", "95 % interval", *(["before", "change"] if compared else [])]
    return _table(heads, (_measure(row, compared=compared) for row in measures))


def _measure(row: MeasureRow, *, compared: bool) -> list[str]:
    name = wording.of(row.measure).name
    cells = [f"**{name}**" if row.measure is Measure.UNSUPPORTED else name, wording.percent(row.now.value)]
    cells += [wording.parts(row.now), wording.interval(row.now)]
    sign = f" {_SIGNS[row.state]}" if row.state is State.WORSE else ""
    return [*cells, wording.percent(row.before), f"{wording.points(row.difference)}{sign}"] if compared else cells


def _table(heads: Sequence[str], found: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(cells)} |" for cells in found)])


def _cases(cases: Sequence[CaseRow]) -> Iterator[str]:
    heads = ("case", "shown", "false", "must found", "precision", "won/lost", "")
    yield _table(heads, (_case(row) for row in cases[:MOST_ROWS]))
    if len(cases) > MOST_ROWS:
        yield f"*and {len(cases) - MOST_ROWS:,} more cases: the result's JSON has all*"


def _case(row: CaseRow) -> list[str]:
    name = f"{_SIGNS[row.sign]} {plain(row.name)}"
    if row.case.error:
        return [name, *[wording.UNKNOWN] * 5, row.state.value]
    precision = row.case.measures.get(Measure.PRECISION)
    must = f"{sum(told.found for told in row.must)}/{len(row.must)}"
    won = f"{row.wins}/{row.losses}" if row.state is not State.ALONE else wording.UNKNOWN
    shown = [str(row.shown), str(len(row.false)), must, wording.percent(precision.value if precision else None)]
    return [name, *shown, won, row.state.value]


def _traps(traps: Iterable[TrapRow]) -> str:
    found = []
    for row in traps:
        shares = {each.measure: each.now.value for each in row.measures}
        name = wording.trap(row.trap).name
        found.append([name, str(row.cases), *(wording.percent(shares.get(measure)) for measure in KEY)])
    return _table(("trap", "cases", *(wording.of(measure).name for measure in KEY)), found)


def _meanings(measures: Iterable[MeasureRow]) -> str:
    words = (wording.of(row.measure) for row in measures)
    return "\n".join(f"- **{each.name}**: {each.means}" for each in words)
