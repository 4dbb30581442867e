"""The report of an eval at the terminal: Result and Comparison in; tables, what got worse first, the verdict last.

Only `Text` and grids of `Text` are made, never markup, and every word of a case is made harmless first.
"""

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from briefer.cli.output import colorful, columns
from briefer.evals.reports import wording
from briefer.evals.reports.rows import KEY, CaseRow, Finding, MeasureRow, Rows, State, TrapRow, rows
from briefer.evals.results import Comparison, Found, Measure, Result, ScoredClaim, Told
from briefer.render.safe import line

WIDEST = 120  # longer lines lose the eye on its way back
WIDE = 100  # from here on there is room for the intervals and for all measures of a case
MOST = 20  # findings of one sort; all of them with details
_STYLES = {State.WORSE: "bold red", State.ERROR: "yellow", State.BETTER: "green", State.SAME: "", State.ALONE: ""}
_SIGNS = {State.WORSE: "✗", State.ERROR: "!", State.BETTER: "✓", State.SAME: "✓", State.ALONE: "·"}


def draw(
    result: Result,
    comparison: Comparison | None,
    *,
    details: bool,
    width: int | None = None,
    color: bool | None = None,
) -> str:
    """The report as text, ending in a newline, as wide as the terminal unless `width` says otherwise.

    `details` adds the claims that did not stand before either, the traps, and what each measure means.
    """
    color = colorful() if color is None else color
    console = Console(
        file=StringIO(),
        width=min(width or columns(), WIDEST),
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for part in _parts(result, rows(result, comparison), details, console.width):
            console.print(part, highlight=False, markup=False, emoji=False)
    return "".join(f"{row.rstrip()}\n" for row in captured.get().removesuffix("\n").split("\n"))


def _parts(result: Result, found: Rows, details: bool, width: int) -> Iterator[RenderableType]:
    yield _head(result, found)
    most = len(found.known) + len(found.worse) + len(found.better) if details else MOST
    yield from _section("Worse", "bold red", found.worse, most)
    yield from _section("Not decided", "yellow", found.errors, most)
    yield from _section("Better", "green", found.better, most)
    if details:
        yield from _section(_known_title(found), "bold", found.known, most)
        yield from _untold(found.cases)
    yield from (Text(""), Text("Measures", style="bold"), _measures(found.measures, compared=bool(found.against)))
    if details:
        yield _meanings(found.measures)
    yield from (Text(""), Text("Cases", style="bold"), _cases(found.cases, width))
    if details and found.traps:
        yield from (Text(""), Text("Traps", style="bold"), _traps(found.traps))
    yield from (Text(""), _verdict(found, details=details))


def _untold(cases: Iterable[CaseRow]) -> Iterator[RenderableType]:
    """What must be told and is not, by case."""
    missed = [(row.name, told) for row in cases for told in row.must if not told.found]
    if not missed:
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for name, told in missed:
        grid.add_row(Text(line(name), style="bold"), _words(told.text))
    yield from (Text(""), Text(f"Must be told, and are not ({len(missed)})", style="bold"))
    yield Padding(grid, (0, 0, 0, 2))


def _head(result: Result, found: Rows) -> RenderableType:
    against = f" · against {line(found.against)}" if found.against else ""
    cases = wording.counted(len({case.name for case in result.cases}), "case")
    made = " · ".join(line(each) for each in (wording.made(result.made), wording.spent(result)) if each)
    return Group(
        Text.assemble((" EVAL ", "bold reverse"), f"  {line(result.label)} · {cases}{against}"), Text(made, "dim")
    )


def _known_title(found: Rows) -> str:
    return "Do not stand, as before" if found.against else "Do not stand"


def _section(title: str, style: str, found: tuple[Finding, ...], most: int) -> Iterator[RenderableType]:
    if not found:
        return
    yield from (Text(""), Text(f"{title} ({len(found)})", style=style))
    yield from (_finding(each) for each in found[:most])
    if len(found) > most:
        yield Text(f"  and {len(found) - most} more: --details", style="dim")


def _finding(found: Finding) -> RenderableType:
    """The sort of thing and its case on one line; below, the claim with its words and what is nearest to it."""
    about = "  ".join(each for each in (line(found.notice.case), found.moved) if each)
    head = Text.assemble(found.sort, "  ", (about, "bold"))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=8)
    grid.add_column(overflow="fold")
    for label, text in _told(found):
        grid.add_row(Text(label, style="dim"), text)
    return Padding(Group(head, Padding(grid, (0, 0, 0, 2))), (0, 0, 0, 2))


def _told(found: Finding) -> Iterator[tuple[str, Text]]:
    """Labelled rows: what is claimed, what it cites, what is nearest to it, how they differ, and why it fell."""
    if found.claim is not None:
        yield from _of_claim(found.claim, found.told)
    elif found.told is not None:
        lost = found.notice.kind is Found.LOST_MUST
        yield "must be" if lost else "claim", _words(found.told.text)
        yield from (("source", _quote(cite.article, cite.quote)) for cite in found.told.evidence if lost)
    if found.adds:
        yield "why" if found.claim is None else "found", _words(found.adds)


def _of_claim(claim: ScoredClaim, told: Told | None) -> Iterator[tuple[str, Text]]:
    yield "claim", _words(claim.text)
    yield from (("cites", _quote(cite.article, cite.quote)) for cite in claim.evidence)
    if not claim.evidence:
        yield "cites", Text("nothing", style="dim")
    if claim.forbidden:
        yield "must not", Text(line(claim.forbidden))
    if told is not None:
        yield "nearest", Text.assemble((line(told.id), "bold"), f"  {line(wording.short(told.text))}")
    differing = [wording.difference(each) for each in claim.differences]
    yield from (("differs", Text(line(each))) for each in differing if each)
    yield "why", _words(" · ".join(wording.grounds(claim)))


def _words(text: str) -> Text:
    return Text(line(wording.short(text)) or "(no words)")


def _quote(article: str, quote: str) -> Text:
    return Text.assemble(f"“{line(wording.short(quote))}”", (f"  {line(article)}", "dim"))


def _measures(measures: Iterable[MeasureRow], *, compared: bool) -> RenderableType:
    heads: list[Column] = [("measure", "left"), ("now", "right"), ("of", "right"), ("95 % interval", "right")]
    table = _table([*heads, ("before", "right"), ("change", "right")] if compared else heads)
    for row in measures:
        now = wording.percent(row.now.value)
        cells = [Text(each) for each in (now, wording.parts(row.now), wording.interval(row.now))]
        if compared:
            cells += [Text(wording.percent(row.before)), Text(wording.points(row.difference), _STYLES[row.state])]
        name = Text(wording.of(row.measure).name, style="bold" if row.measure is Measure.UNSUPPORTED else "")
        table.add_row(name, *cells)
    return Padding(table, (0, 0, 0, 2))


def _meanings(measures: Iterable[MeasureRow]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column()
    for row in measures:
        words = wording.of(row.measure)
        grid.add_row(Text(words.name, style="dim"), Text(words.means, style="dim"))
    return Padding(Group(Text(""), grid), (0, 0, 0, 2))


Column = tuple[str, Literal["left", "right"]]


def _table(heads: Iterable[Column]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    for number, (head, side) in enumerate(heads):
        table.add_column(Text(head, style="dim"), justify=side, overflow="fold", no_wrap=number > 0)
    return table


def _cases(cases: Iterable[CaseRow], width: int) -> RenderableType:
    heads: list[Column] = [("case", "left"), ("shown", "right"), ("false", "right"), ("must found", "right")]
    if width >= WIDE:
        heads += [("precision", "right"), ("direction", "right")]
    table = _table([*heads, ("won/lost", "right"), ("", "left")])
    for row in cases:
        name = Text.assemble((f"{_SIGNS[row.sign]}\u00a0", _STYLES[row.state]), line(row.name))
        table.add_row(name, *(Text(cell) for cell in _counts(row, width)), Text(row.state.value, _STYLES[row.state]))
    return Padding(table, (0, 0, 0, 2))


def _counts(row: CaseRow, width: int) -> Iterator[str]:
    many = 5 if width >= WIDE else 3
    if row.case.error:
        yield from (wording.UNKNOWN for _ in range(many + 1))
        return
    found = sum(told.found for told in row.must)
    yield from (str(row.shown), str(len(row.false)), f"{found}/{len(row.must)}")
    for measure in (Measure.PRECISION, Measure.DIRECTION) if width >= WIDE else ():
        share = row.case.measures.get(measure)
        yield wording.percent(share.value if share else None)
    yield f"{row.wins}/{row.losses}" if row.state is not State.ALONE else wording.UNKNOWN


def _traps(traps: Iterable[TrapRow]) -> RenderableType:
    short = ("unsupported", "forbidden", "recall", "precision", "direction")
    table = _table([("trap", "left"), ("cases", "right"), *((head, "right") for head in short)])
    for row in traps:
        shares = {each.measure: each.now.value for each in row.measures}
        cells = (str(row.cases), *(wording.percent(shares.get(measure)) for measure in KEY))
        table.add_row(Text(wording.trap(row.trap).name), *(Text(cell) for cell in cells))
    return Padding(table, (0, 0, 0, 2))


def _verdict(found: Rows, *, details: bool) -> Text:
    if found.state is State.ALONE and found.known and not details:
        return Text(f"{line(found.verdict)} (--details lists them)", style="bold")
    style = "bold green" if found.state is State.SAME else _STYLES[found.state] or "bold"
    return Text(line(found.verdict), style=style)
