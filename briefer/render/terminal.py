"""A Briefing for the terminal, with Rich: good at 80 columns and at 200, plain where there is no colour.

Only `Text` and tables of `Text` are made, never markup, so that no word of a source can style or move anything.
"""

import re
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from briefer.render import back
from briefer.render.page import Dispute, FrontPage, FrontView, Row, Rows, SideView, Told
from briefer.types import Briefing

WIDEST_PROSE = 100  # longer lines lose the eye on its way back
WIDEST = 168
SIDE_BY_SIDE = 140  # from here on gains and losses fit beside each other
GUTTER = 11
_BLANK_LINES = re.compile(r"\n{3,}")

_STATUS = {
    "claimed": "yellow",
    "corroborated": "green",
    "confirmed": "bold green",
    "disputed": "bold yellow",
    "denied": "red",
    "reversed": "dim",
    "withdrawn": "dim",
}


def render(
    briefing: Briefing,
    *,
    width: int | None = None,
    color: bool = False,
    evidence: bool = False,
    console: Console | None = None,
) -> str:
    """The edition as text for a terminal of `width` columns (the terminal's own where None), ending in a newline.

    `color` asks for ANSI styles, which NO_COLOR still strips of colour; without it there is no escape code at all.
    `evidence` adds the quotes behind every mark. A `console`, where given, decides width and colour instead.
    """
    console = console or _console(width, color)
    with console.capture() as captured:
        for part in _edition(briefing, min(console.width, WIDEST), evidence=evidence):
            console.print(part, width=min(console.width, WIDEST), highlight=False, markup=False, emoji=False)
    lines = "\n".join(text.rstrip() for text in captured.get().split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"


def _console(width: int | None, color: bool) -> Console:
    if not color:
        return Console(file=StringIO(), width=width, color_system=None, force_terminal=False, legacy_windows=False)
    return Console(file=StringIO(), width=width, color_system="standard", force_terminal=True, legacy_windows=False)


def _edition(briefing: Briefing, width: int, *, evidence: bool) -> Iterable[RenderableType]:
    page = FrontPage.of(briefing)
    fronts, quiet = page.fronts()
    yield from _head(briefing)
    yield Text("")
    if briefing.lead:
        yield from _lead([page.marks.told(sentence) for sentence in briefing.lead], width)
    else:
        yield _prose(Text(back.without_lead(briefing)), 1, width)
    if briefing.since is not None:
        yield from _changes(briefing, page, width)
    yield Text("")
    if fronts:
        yield _prose(Text(_LEGEND, style="dim"), 1, width)
    for front in fronts:
        yield from _heading(front.name, right=back.counted(front.sources, "independent source"))
        yield from _body(front, width)
    if quiet:
        yield from _heading("No new reporting")
        yield from (_bullet(_marked(told), 2, width) for told in quiet)
    half = width // 2 - 1 if width >= SIDE_BY_SIDE else width
    changes = _changes(briefing, page, half) if briefing.since is None else ()
    left = [*changes, *_gaps(briefing, half)]
    yield _columns(left, [*_control(briefing, page), *_sources(briefing, evidence=evidence)], width)
    if evidence:
        yield from _evidence(briefing, page, width)


def _columns(left: Sequence[RenderableType], right: Sequence[RenderableType], width: int) -> RenderableType:
    """Two groups beside each other where the terminal is wide enough, else one below the other."""
    if width < SIDE_BY_SIDE or not left or not right:
        return Group(*left, *right)
    beside = Table.grid(expand=True, padding=(0, 2))
    beside.add_column(ratio=1)
    beside.add_column(ratio=1)
    beside.add_row(Group(*left), Group(*right))
    return beside


_LEGEND = "Each entry ends in: when, status, number of independent sources, [mark]."


def _head(briefing: Briefing) -> Iterable[RenderableType]:
    head = back.head(briefing)
    grid = Table.grid(expand=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right")
    grid.add_row(Text.assemble((" BRIEFING ", "bold reverse"), "  ", (head.day, "bold")), Text(head.cutoff))
    grid.add_row(Text(""), Text(head.read, style="dim"))
    yield grid


def _heading(title: str, *, right: str = "") -> Iterable[RenderableType]:
    yield Text("")
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True)
    head.add_row(Text(title.upper(), style="bold cyan"), Text(right, style="dim"))
    yield Rule(style="dim", characters="─")
    yield Padding(head, (0, 0, 0, 1))


def _prose(text: RenderableType, indent: int, width: int) -> RenderableType:
    return Padding(text, (0, max(0, width - WIDEST_PROSE - indent), 0, indent))


def _marked(told: Told) -> Text:
    text = Text(told.text.removesuffix(".") if told.marks else told.text)
    if told.marks:
        text.append("\u00a0").append(_marks(told.marks)).append("." if told.text.endswith(".") else "")
    return text


def _marks(marks: Sequence[int], most: int = 6) -> Text:
    shown = "".join(f"[{mark}]" for mark in marks[:most]) + (f"+{len(marks) - most}" if len(marks) > most else "")
    return Text(shown, style="blue")


def _lead(told: Sequence[Told], width: int) -> Iterable[RenderableType]:
    for number, sentence in enumerate(told):
        text = _marked(sentence)
        text.stylize("bold" if number == 0 else "", 0, len(sentence.text) - 1)
        yield _prose(text, 1, width)


def _body(front: FrontView, width: int) -> Iterable[RenderableType]:
    situation = [_labelled("Situation", [_joined(front.situation)])] if front.situation else []
    after = list(_after(front))
    if width >= SIDE_BY_SIDE:
        yield _columns([*situation, *after], list(_lists(front)), width)
    else:
        yield Group(*situation, *_lists(front), *after)


def _after(front: FrontView) -> Iterable[RenderableType]:
    """What follows the lists: who disputes what, what is still to come, how much is not shown."""
    if front.disputes:
        yield _label("Disputed", "bold yellow")
        yield from (_dispute(dispute) for dispute in front.disputes)
        yield Text("")
    if front.outlook:
        more = [_more(front.more_outlook, "")] if front.more_outlook else []
        yield _labelled("Outlook", [*(_marked(told) for told in front.outlook), *more])
    if front.unshown > 0:
        yield Padding(_more(front.unshown, "event"), (0, 0, 0, 2))


def _lists(front: FrontView) -> Iterable[RenderableType]:
    for side in front.sides:
        yield from _half("▲", "green", "gains", side, side.gains)
        yield from _half("▼", "red", "losses", side, side.losses)
    for rows in front.lists:
        yield _label(rows.label, "bold")
        yield Padding(_table(rows), (0, 0, 1, 4))


def _label(label: str, style: str) -> RenderableType:
    return Padding(Text(label, style=style), (0, 0, 0, 2))


def _joined(told: Sequence[Told]) -> Text:
    return Text(" ").join(_marked(sentence) for sentence in told)


def _bullet(text: Text, indent: int, width: int) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(Text("·"), text)
    return _prose(grid, indent, width)


def _labelled(label: str, texts: Sequence[Text], *, below: int = 1) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=GUTTER - 1)
    grid.add_column(max_width=WIDEST_PROSE)
    for number, text in enumerate(texts):
        grid.add_row(Text(label if number == 0 else "", style="bold"), text)
    return Padding(grid, (0, 0, below, 2))


def _half(sign: str, style: str, word: str, side: SideView, rows: Rows) -> Iterable[RenderableType]:
    if not rows.rows:
        return
    head = Text.assemble((f"{sign} {side.title}:", f"bold {style}"), (f" {word}", style))
    if side.actors:
        head.append(f"  ({side.actors})", style="dim")
    yield Padding(Group(head, Padding(_table(rows), (0, 0, 1, 2))), (0, 0, 0, 2))


def _table(rows: Rows) -> RenderableType:
    grid = Table.grid(expand=True, padding=(0, 1))
    verbs = any(row.verb for row in rows.rows)
    if verbs:
        grid.add_column(width=max(10, *(len(row.verb) for row in rows.rows)), no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_column(min_width=10, max_width=14)
    grid.add_column(no_wrap=True, min_width=14)
    grid.add_column(no_wrap=True, min_width=4, justify="right")
    for row in rows.rows:
        cells = [*([Text(row.verb, style="bold")] if verbs else []), Text(row.what), Text(row.day, style="dim")]
        grid.add_row(*cells, _standing(row), _marks(row.marks))
    return Group(grid, _more(rows.more, "")) if rows.more else grid


def _standing(row: Row) -> Text:
    return Text.assemble((row.status, _STATUS.get(row.status, "")), " ", str(row.sources))


def _more(number: int, what: str) -> Text:
    return Text(
        f"and {number} more{f' {what}' * bool(what)}{'s' * (bool(what) and number != 1)}: --format json", style="dim"
    )


def _dispute(dispute: Dispute) -> RenderableType:
    grid = Table.grid(expand=True, padding=(0, 2))
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(Text("\n".join(dispute.one)), Text("\n".join(dispute.other)))
    title = Text(dispute.about).append("\u00a0").append(_marks(dispute.marks))
    return Padding(Group(title, Padding(grid, (0, 0, 0, 2))), (0, 0, 0, 4))


def _changes(briefing: Briefing, page: FrontPage, width: int) -> Iterable[RenderableType]:
    lists = back.changes(briefing, page.marks)
    if not lists:
        return
    yield from _heading("Changes", right=back.compared(briefing))
    for kind in lists:
        yield Padding(Text(kind.title, style="bold"), (0, 0, 0, 2))
        for told in kind.items:
            yield _bullet(_marked(told), 4, width)
        if kind.more:
            yield Padding(_more(kind.more, ""), (0, 0, 0, 4))


def _control(briefing: Briefing, page: FrontPage) -> Iterable[RenderableType]:
    rows, more = back.control(briefing, page.desk, page.marks)
    if not rows:
        return
    yield from _heading("Control")
    grid = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim", pad_edge=False)
    for title in ("Place", "Holder", "State", "Since", "Last said by"):
        grid.add_column(title)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in (row.place, row.holder, row.state, row.since, row.evidence)))
    yield Padding(grid, (0, 0, 0, 2))
    if more:
        yield Padding(_more(more, "place"), (0, 0, 0, 2))


def _gaps(briefing: Briefing, width: int) -> Iterable[RenderableType]:
    lists = back.gaps(briefing)
    if not lists:
        return
    yield from _heading("Gaps")
    for gap in lists:
        about = "; ".join(gap.about) + (f" and {gap.more} more: --format json" if gap.more else "")
        yield _bullet(Text(f"{gap.what}{f': {about}' if about else '.'}"), 2, width)


def _sources(briefing: Briefing, *, evidence: bool) -> Iterable[RenderableType]:
    yield from _heading("Sources")
    left_out = [
        f"{fate}: {'; '.join(things)}" + (f" and {more} more: --format json" if more else "")
        for fate, things, more in back.left_out(briefing)
    ]
    cut = back.debris(briefing)
    rows = [
        ("Used", [" · ".join(back.used(briefing)) or "none"]),
        ("Left out", left_out),
        ("Cut", [f"{back.counted(cut, 'line')} of page debris"] if cut else []),
        ("Made by", [back.made(briefing)]),
        ("Proof", ["--evidence quotes the words behind every mark"] if briefing.events and not evidence else []),
    ]
    for label, texts in rows:
        yield _labelled(label, [Text(text) for text in texts], below=0)


def _evidence(briefing: Briefing, page: FrontPage, width: int) -> Iterable[RenderableType]:
    yield from _heading("Evidence")
    for proof in back.proofs(briefing, page.desk, page.marks):
        head = Text.assemble(
            (f"[{proof.mark}] ", "bold blue"), (proof.headline, "bold"), (f" · {proof.standing}", "dim")
        )
        yield _prose(head, 1, width)
        for quote in proof.quotes:
            yield _prose(Text(f"“{quote.words}”"), 5, width)
            told = [
                quote.outlet or "outlet unknown",
                quote.title,
                quote.day,
                f"{quote.article}, sentence {quote.sentence}",
            ]
            yield _prose(Text(" · ".join(part for part in told if part), style="dim"), 5, width)
