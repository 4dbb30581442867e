"""Tables of plain words, and such tables as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the heads of columns, the rows, and a line below."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: str = ""


def as_markdown(found: Iterable[Table]) -> str:
    """Tables as Markdown, each under its title in bold."""
    return "\n".join("\n".join(_markdown(table)) for table in found)


def _markdown(table: Table) -> Iterator[str]:
    yield from (f"**{table.title}**", "", _row(table.columns))
    yield "|---|" + "--:|" * (len(table.columns) - 1)
    yield from map(_row, table.rows)
    yield ""
    if table.below:
        yield from (table.below, "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
