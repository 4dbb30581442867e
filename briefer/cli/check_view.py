"""What a check found, for a person: Checked in; each sentence with mark, score and the words of the sources out.

Only `Text` and grids of `Text` are made, never markup, and every word of a source is made harmless first.
"""

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from briefer.render.safe import line
from briefer.types import Finding, Passage, Ruling

if TYPE_CHECKING:
    from briefer.checking import Checked, Piece

WIDEST = 100  # longer lines lose the eye on its way back
NARROW = 50  # below, quotes are set in by less
SHOWN = 600
"""Characters of a sentence or quote that are shown; the JSON has all."""
MARKS = {
    Ruling.SUPPORTED: ("✓", "green"),
    Ruling.UNSUPPORTED: ("✗", "bold red"),
    Ruling.UNCLEAR: ("?", "yellow"),
}
PASSED = "–"


def render(checked: "Checked", *, width: int, color: bool, evidence: int) -> Iterator[str]:
    """The findings as text for a terminal of `width` columns, ending in a newline; in pieces, as they are made.

    `color` asks for ANSI styles; without it there is no escape code at all. `evidence` is how many quotes are shown
    for a sentence at most, and how many against it.
    """
    console = Console(
        file=StringIO(),
        width=min(width, WIDEST),
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
    )
    for part in _parts(checked, evidence, console.width):
        with console.capture() as captured:
            console.print(part, highlight=False, markup=False, emoji=False)
        yield "".join(f"{row.rstrip()}\n" for row in captured.get().removesuffix("\n").split("\n"))


def _parts(checked: "Checked", evidence: int, width: int) -> Iterator[RenderableType]:
    yield _head(checked)
    if checked.prose:
        yield from _prose(checked, evidence, width)
    else:
        for finding in checked:
            yield Text("")
            yield _finding(finding, line(finding.statement.id), evidence, width)
    yield Text("")
    yield Rule(style="dim", characters="─")
    yield _summary(checked)


def _head(checked: "Checked") -> RenderableType:
    against = f"{checked.articles:,} article{'' if checked.articles == 1 else 's'}"
    day = f" · written {checked.date:%Y-%m-%d}" if checked.date else ""
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", ratio=1)
    grid.add_row(Text(" CHECK ", style="bold reverse"), Text(f"against {against}{day}"))
    return grid


def _prose(checked: "Checked", evidence: int, width: int) -> Iterator[RenderableType]:
    name = ""
    for piece, finding in checked.parts():
        if piece.summary != name:
            name = piece.summary
            yield Group(Text(""), Text(line(name), style="bold cyan"))
        yield Text("")
        yield _finding(finding, "", evidence, width, piece.words) if finding else _passed(piece)


def _passed(piece: "Piece") -> RenderableType:
    """What asserts nothing: a heading as one, all else with the reason why it was not checked."""
    if piece.sort == "heading":
        return Text(_short(piece.words), style="bold")
    words = Text.assemble(_short(piece.words), f"  not checked: {piece.sort.value}", style="dim")
    return _beside(Text(PASSED, style="dim"), words)


def _finding(finding: Finding, id: str, evidence: int, width: int, words: str = "") -> RenderableType:
    sign, style = MARKS[finding.verdict]
    said = Text(_short(words or finding.statement.text) or "(no words)")
    if id:
        said = Text.assemble((id, "bold"), "  ", said)
    rows: list[RenderableType] = [said, _verdict(finding, style)]
    against = finding.against[:evidence]
    others = [passage for passage in finding.evidence if passage not in against]
    rows += _quotes("against", against, width) + _quotes(
        "nearest" if finding.against else "source", others[:evidence], width
    )
    return _beside(Text(sign, style=style), Group(*rows))


def _verdict(finding: Finding, style: str) -> Text:
    found = "contradicted" if finding.contradicted else finding.verdict.value
    text = Text.assemble((found, style), (f" {finding.score:.2f}", "dim"))
    if finding.reason is not None:
        text.append(f" · {finding.reason.value.replace('_', ' ')}")
    if finding.why:
        text.append(f" · {line(finding.why)}")
    return text.append(" · by the judge", style="dim") if finding.judged else text


def _quotes(label: str, passages: Sequence[Passage], width: int) -> list[RenderableType]:
    """Quotes beside their label, or below it where there is no room."""
    found: list[RenderableType] = []
    for passage in passages:
        quote = Text.assemble(f"“{_short(passage.quote)}”", (f" {line(passage.article)}", "dim"))
        if width < NARROW:
            found += [Text(label, style="dim"), quote]
        else:
            found.append(_beside(Text(label, style="dim"), quote, room=8))
    return found


def _beside(mark: Text, body: RenderableType, *, room: int = 2) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=room - 1, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(mark, body)
    return grid


def _summary(checked: "Checked") -> Text:
    counts = checked.counts()
    what = "sentence" if checked.prose else "claim"
    contradicted = f" ({counts['contradicted']} contradicted)" if counts["contradicted"] else ""
    parts = [
        f"{len(checked):,} {what}{'' if len(checked) == 1 else 's'} checked",
        f"{counts['supported']:,} supported",
        f"{counts['unsupported']:,} unsupported{contradicted}",
        f"{counts['unclear']:,} unclear",
    ]
    parts += [f"{counts['not_checked']:,} not checked"] if checked.prose else []
    return Text(" · ".join(parts), style="bold")


def _short(text: str) -> str:
    shown = line(text)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…"
