"""Tables of plain words at the terminal."""

from collections.abc import Iterable
from io import StringIO
from typing import Literal

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from briefer.cli.output import colorful, columns
from briefer.evals.tabled import Table
from briefer.render.safe import line


def drawn(found: Iterable[Table]) -> str:
    """Tables for a terminal. Only plain Text, so that no word of a day's name can style or move anything."""
    console = Console(file=StringIO(), width=columns(), force_terminal=colorful(), highlight=False)
    for each in found:
        console.print(Text(line(each.title), style="bold"))
        table = Grid(box=None, pad_edge=False, padding=(0, 1, 0, 0))
        for number, (head, *cells) in enumerate(zip(each.columns, *each.rows, strict=True)):
            longest = max(len(word) for cell in (head, *cells) for word in cell.split())
            side: Literal["left", "right"] = "right" if number else "left"
            width = longest if number else None  # the first alone gives way
            table.add_column(Text(head, style="dim"), justify=side, overflow="fold", width=width)
        for row in each.rows:
            table.add_row(*(Text(line(cell)) for cell in row))
        console.print(table)
        console.print(Text(f"{each.below}\n" if each.below else ""))
    drawn = console.file
    return drawn.getvalue() if isinstance(drawn, StringIO) else ""
