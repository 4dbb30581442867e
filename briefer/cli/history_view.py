"""What the memory answered, for a person: histories in, text for a terminal out.

Days are written as 2031-05-14, as the commands take them. Only `Text` and grids of `Text` are made, never markup, and
every word of a source is made harmless first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from datetime import datetime
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from briefer.render.safe import line
from briefer.types import DatePrecision, EditionChange, Event, Holding

if TYPE_CHECKING:
    from briefer.types import KeptArticle
    from briefer.wiring.history import ActorHistory, Between, Cited, History, PlaceHistory, Stood, Trail

WIDEST = 140
MOST_EVENTS = 60
"""Events and states of a history that are shown, the latest; the JSON has all."""
MOST_TOLD = 400
"""Changes of a kind that are shown, the latest; the JSON has all. To lay out those of a year takes seven seconds."""
SHOWN = 600
"""Characters of a sentence that are shown; the JSON has all."""
_GUTTER = 11
_KINDS = {
    "corrected": "Corrections to earlier editions",
    "withdrawn": "Withdrawn by their outlets",
    "contradicted": "Contradicted",
    "changed": "Changed",
    "new": "New",
}
_STATUS = {
    "claimed": "yellow",
    "corroborated": "green",
    "confirmed": "bold green",
    "disputed": "bold yellow",
    "denied": "red",
    "reversed": "dim",
    "withdrawn": "dim",
}


def shown(parts: Iterable[RenderableType], *, width: int, color: bool) -> Iterator[str]:
    """Parts as text for a terminal of `width` columns, ending in a newline; in pieces, as they are made.

    `color` asks for ANSI styles; without it there is no escape code at all.
    """
    console = Console(
        file=StringIO(),
        width=min(width, WIDEST),
        color_system="standard" if color else None,
        force_terminal=color,
        legacy_windows=False,
    )
    for part in parts:
        with console.capture() as captured:
            console.print(part, highlight=False, markup=False, emoji=False)
        yield "".join(f"{row.rstrip()}\n" for row in captured.get().removesuffix("\n").split("\n"))


def difference(found: "Between", history: "History") -> Iterator[RenderableType]:
    """What was told between two editions by kind, and the places that stand otherwise."""
    yield _head("DIFF", f"{found.before} → {found.after}", history.collection, history.reader)
    for kind, title in _KINDS.items():
        told = [(day, change) for day, change in found.told if change.kind == kind]
        if told:
            yield from _heading(title, len(told))
            yield from _earlier(len(told), MOST_TOLD)
            yield _grid([(_day(day), Text(_short(_what(change)))) for day, change in reversed(told[:MOST_TOLD])])
    if found.moved:
        yield from _heading("Control", len(found.moved))
        rows = [(line(one.place), _stands(one.before), _stands(one.after), _since(one.after)) for one in found.moved]
        yield _table(("Place", "Was", "Is", "Since"), rows)
    if not found.told and not found.moved:
        yield Text("\nNothing new was told between these editions, and no place stands otherwise.")


def place(found: "PlaceHistory", history: "History") -> Iterator[RenderableType]:
    """A place: its spellings, its states with who said so, and its events."""
    yield _head("PLACE", found.name, history.collection, history.reader, found.spellings)
    stood = found.stood
    if stood:
        yield from _heading("Control", len(stood))
        yield from _earlier(len(stood))
        rows = [_state(one, found.cited) for one in stood[-MOST_EVENTS:]]
        yield _table(("Edition", "Holder", "State", "Since", "Said by"), rows)
    yield from _events(found.events, {}, found.reversing)


def actor(found: "ActorHistory", history: "History") -> Iterator[RenderableType]:
    """An actor: its spellings, what it gained and lost, and its other events."""
    yield _head("ACTOR", found.name, history.collection, history.reader, found.spellings)
    signs = {event.id: ("▲", "green") for event in found.events if event.id in found.gains}
    signs |= {event.id: ("▼", "red") for event in found.events if event.id in found.losses}
    gains, losses = ([e for e in found.events if e.id in names] for names in (found.gains, found.losses))
    for title, events in (("Gains", gains), ("Losses", losses)):
        if events:
            yield from _events(events, signs, found.reversing, title)
    other = [event for event in found.events if event.id not in signs]
    if other:
        yield from _events(other, signs, found.reversing, "Other events")


def why(trails: "Sequence[Trail]") -> Iterator[RenderableType]:
    """What stands behind each claim."""
    for number, trail in enumerate(trails):
        if number:
            yield Text("")
        key = trail.edition.key
        yield _head("CLAIM", trail.claim.id, key.collection, key.reader)
        yield Padding(Text(_short(trail.claim.text), style="bold"), (0, 0, 1, 2))
        yield _labelled(_trail(trail))


def _head(label: str, what: str, collection: str, reader: str, spellings: Sequence[str] = ()) -> RenderableType:
    of = line(collection) + (f", digest {line(reader)}" if reader else "")
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right")
    grid.add_row(Text(f" {label} ", style="bold reverse"), Text(line(what), style="bold"), Text(of, style="dim"))
    if spellings:
        names = ", ".join(line(name) for name in spellings)
        grid.add_row(Text(""), Text(f"also written {names}", style="dim"), Text(""))
    return grid


def _heading(title: str, count: int) -> Iterator[RenderableType]:
    yield Text("")
    yield Rule(style="dim", characters="─")
    yield Text.assemble((f" {title.upper()}", "bold cyan"), (f" ({count:,})", "dim"))


def _earlier(count: int, most: int = MOST_EVENTS) -> Iterator[RenderableType]:
    if count > most:
        yield Padding(Text(f"{count - most:,} earlier ones: --json", style="dim"), (0, 0, 0, 2))


def _grid(rows: Sequence[Sequence[Text]]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for _ in rows[0][:-1]:
        grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return Padding(grid, (0, 0, 0, 2))


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim", pad_edge=False)
    for number, title in enumerate(titles):
        table.add_column(title, no_wrap=number == 0 and title == "Edition", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return Padding(table, (0, 0, 0, 2))


def _day(day: Date) -> Text:
    return Text(day.isoformat(), style="dim")


def _what(change: EditionChange) -> str:
    return f"{change.what} ({change.event})" if change.event else change.what


def _stands(holding: Holding | None) -> str:
    return f"{_holder(holding)}, {holding.state}" if holding else "not told"


def _holder(holding: Holding) -> str:
    return line(holding.holder) or "nobody named"


def _since(holding: Holding | None) -> str:
    if holding is None:
        return ""
    if holding.since is not None:
        return holding.since.isoformat()
    return f"told {holding.told}" if holding.told else "date unknown"


def _state(stood: "Stood", cited: "Mapping[str, Cited]") -> Sequence[str]:
    first, last = stood.first.last_evidence, stood.last.last_evidence
    said = _said(cited.get(first)) if first == last else f"{_said(cited.get(first))}; last {_said(cited.get(last))}"
    return stood.day.isoformat(), _holder(stood.last), stood.last.state, _since(stood.last), said


def _said(cited: "Cited | None") -> str:
    if cited is None:
        return "in no edition"
    outlet = line(cited.source.outlet) if cited.source else ""
    return f"{outlet or 'one source'} ({cited.claim.id})"


def _events(
    events: Sequence[Event], signs: Mapping[str, tuple[str, str]], reversing: Mapping[str, Event], title: str = "Events"
) -> Iterator[RenderableType]:
    yield from _heading(title, len(events))
    yield from _earlier(len(events))
    if events:
        shown = events[-MOST_EVENTS:]
        yield _grid([_event(e, signs.get(e.id, ("·", "dim")), reversing.get(e.reversed_by)) for e in shown])


def _event(event: Event, sign: tuple[str, str], by: Event | None) -> Sequence[Text]:
    told = Text(_short(event.headline))
    if event.reversed_by:
        undone = f"{_when(by)}, {_short(by.headline)} ({by.id})" if by else event.reversed_by
        told.append(f"\nreversed by: {undone}", style="dim")
    status = "reversed" if event.reversed_by else event.status.value
    standing = Text.assemble((status, _STATUS[status]), f" {event.independent_sources}")
    return Text(_when(event), style="dim"), Text(*sign), standing, Text(line(event.id), style="dim"), told


def _when(event: Event) -> str:
    """When it happened; where no day is known, when it was told."""
    when = event.when
    if when.start is None or when.precision is DatePrecision.UNKNOWN:
        return f"told {event.reported}" if event.reported else "undated"
    if when.precision is DatePrecision.MONTH:
        return f"{when.start:%Y-%m}"
    if when.end is not None and when.end != when.start:
        return f"{when.start} to {when.end}"
    return f"week of {when.start}" if when.precision is DatePrecision.WEEK else when.start.isoformat()


def _labelled(rows: Iterable[tuple[str, Text]]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_GUTTER - 1, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        grid.add_row(Text(label, style="dim"), text)
    return Padding(grid, (0, 0, 0, 2))


def _trail(trail: "Trail") -> Iterator[tuple[str, Text]]:
    claim = trail.claim
    for excerpt in trail.excerpts:
        if excerpt.before:
            yield "before", Text(_short(excerpt.before), style="dim")
        yield "WORDS", Text(f"“{_short(excerpt.quote)}”", style="bold")
        if excerpt.after:
            yield "after", Text(_short(excerpt.after), style="dim")
    who = line(claim.attribution.who)
    yield "said by", Text(f"{who} ({claim.attribution.kind.value})" if who else "the outlet itself")
    yield from _source(trail)
    reason = f", {claim.reason.value.replace('_', ' ')}" if claim.reason else ""
    yield "verdict", Text(f"{claim.verdict.value}{reason}")
    yield "read by", Text(_read_by(trail))
    if trail.event is not None:
        event = trail.event
        counted = f"{event.independent_sources} independent source{'' if event.independent_sources == 1 else 's'}"
        yield "event now", Text(f"{event.id}: {_short(event.headline)} · {event.status.value}, {counted}")
        if event.reversed_by:
            yield "", Text(f"reversed by {event.reversed_by}", style="dim")
    elif trail.editions:
        yield "event now", Text("none: it does not stand any more")
    yield "editions", Text(_editions(trail))
    yield "taken back", Text(_taken_back(trail))


def _source(trail: "Trail") -> Iterator[tuple[str, Text]]:
    kept, source = trail.article, trail.source
    if kept is not None:
        about = kept.article
        yield "source", Text(_joined([about.outlet or "outlet unknown", about.title, about.url]))
        collected = f"collected {_moment(kept.seen)} from {_short(kept.source)}"
        yield "published", Text(f"{_moment(about.published)} · {collected}")
    elif source is not None:
        yield "source", Text(_joined([source.outlet or "outlet unknown", source.title, source.url]))
        yield "published", Text(f"{_moment(source.published)} · the article is not kept any more")
    else:
        yield "source", Text(f"{line(trail.claim.article)}, which is not kept any more")


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(_short(part) for part in parts if part)


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} {at.tzname() or ''}".strip() if at else "date unknown"


def _read_by(trail: "Trail") -> str:
    reading, made_by = trail.reading, trail.made_by
    if trail.by_rules:
        instead = (reading is not None and reading.fell_back) or trail.claim.article in made_by.fell_back
        why = f": {line(reading.note)}" if reading is not None and reading.note else ""
        return f"the rules reader, as the model did not{why}" if instead else "the rules reader"
    prompts = ", ".join(f"{line(name)} {line(made_by.prompts[name])}" for name in sorted(made_by.prompts))
    return f"the model {line(made_by.model)}" + (f" · prompts: {prompts}" if prompts else "")


def _editions(trail: "Trail") -> str:
    if not trail.editions:
        return f"withheld from the edition of {trail.edition.key.date}"
    days: dict[str, list[str]] = {}
    for key in trail.editions:
        named = days.setdefault(f"digest {line(key.reader)}" if key.reader else "terminal", [])
        named.extend([key.date.isoformat()] if key.date.isoformat() not in named else [])
    return "; ".join(f"{reader}: {', '.join(found)}" for reader, found in sorted(days.items()))


def _taken_back(trail: "Trail") -> str:
    if not trail.taken_back:
        return "no"
    return f"yes, in {_notice(trail.notice)}" if trail.notice else f"yes, in the article {trail.taken_back}"


def _notice(kept: "KeptArticle") -> str:
    about = kept.article
    return f"{_joined([about.outlet, about.title, about.url])} ({_moment(about.published)})"


def _short(text: str) -> str:
    words = line(text)
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
