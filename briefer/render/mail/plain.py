"""A Sheet as plain text of at most 72 columns: what a reader without HTML gets, and it says no less."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from briefer.render.mail.sheet import Detail, Entry, Listing, Section, Sheet, entries_of, few, marks_of, more, tight

WIDTH = 72  # quoted in an answer it still fits in 80
_RULE = "-" * 32  # a longer one breaks on a phone
_STEP = " " * 6


def text(sheet: Sheet) -> str:
    """The mail's text, ending in a newline. Only web addresses may be wider than WIDTH."""
    rows = [
        *wrapped(sheet.title.upper()),
        *(row for one in sheet.head for row in wrapped(one)),
        *(row for one in sheet.notices for row in ("", *wrapped(f"! {one}", hang=2))),
        *(row for section in sheet.sections if section.part == "corrections" for row in _section(section)),
        *(["", _RULE] if any(section.part == "corrections" for section in sheet.sections) else []),
        *(row for one in sheet.lead for row in ("", *wrapped(_marked(one)))),
        *(row for section in sheet.sections if section.part != "corrections" for row in _section(section)),
        *_addresses(sheet),
        "",
        _RULE,
        *(row for one in sheet.foot for row in wrapped(one)),
    ]
    rows += wrapped(f"The whole edition: {sheet.whole}")
    rows += wrapped(f"Unsubscribe: {sheet.unsubscribe}") if sheet.unsubscribe else []
    return "\n".join(rows) + "\n"


def wrapped(text: str, *, indent: int = 0, hang: int = 0) -> list[str]:
    """The text in rows of at most WIDTH cells, broken at spaces; rows after the first stand `hang` further in.

    A no-break space becomes a space at which nothing was broken.
    """
    rows: list[str] = []
    row = " " * indent
    for word in text.split(" "):
        if row.strip() and cell_len(row) + 1 + cell_len(word) > WIDTH:
            rows.append(row)
            row = " " * (indent + hang)
        row += f" {word}" if row.strip() else word
    return [row.replace("\u00a0", " ") for row in (*rows, row)]


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield _RULE
    aside = f" ({section.aside})" if section.aside else ""
    yield from wrapped(f"{section.title.upper()}{aside}")
    for rows in section.lists:
        yield ""
        yield from _prose(rows) if rows.form == "prose" else _rows(rows)


def _prose(rows: Listing) -> Iterator[str]:
    label = f"{rows.label}: " if rows.label else ""
    told = " ".join(_marked(entry) for entry in rows.entries)
    yield from wrapped(f"{label}{told}" + (f" ({more(rows)})" if rows.more else ""))


def _rows(rows: Listing) -> Iterator[str]:
    sign = {"up": "▲ ", "down": "▼ "}.get(rows.tone, "")
    aside = f" ({rows.aside})" if rows.aside else ""
    if rows.label:
        yield from wrapped(f"{sign}{rows.label}{aside}", hang=2)
    for entry in rows.entries:
        yield from _words(entry) if rows.form == "words" else _entry(entry)
    if rows.more:
        yield from wrapped(f"- {more(rows)}", indent=2, hang=2)


def _words(entry: Entry) -> Iterator[str]:
    """The quotes under their marks, the first beside them where there is room."""
    marks = _marks(entry.marks)
    rows = [row for detail in entry.details for row in _detail(detail)]
    if len(marks) < len(_STEP) and rows:
        yield f"{marks:<{len(_STEP)}}{rows.pop(0).removeprefix(_STEP)}"
    else:
        yield from wrapped(marks.replace("][", "] ["))
    yield from rows


def _addresses(sheet: Sheet) -> Iterator[str]:
    """Where the marks lead whose words are not shown; in HTML they are links."""
    quoted = {mark for entry in entries_of(sheet, form="words") for mark in entry.marks}
    marks: dict[str, list[int]] = {}
    for mark in marks_of(sheet):
        if mark not in quoted and mark in sheet.links:
            marks.setdefault(sheet.links[mark], []).append(mark)
    if marks:
        yield from ("", _RULE, "WHERE THE OTHER MARKS LEAD", "")
    for address, of in marks.items():
        yield from (*wrapped(" ".join(f"[{mark}]" for mark in of)), f"{_STEP}{address}")


def _entry(entry: Entry) -> Iterator[str]:
    verb = f"{entry.verb} " if entry.verb else ""
    note = f"\u00a0– {tight(entry.note)}" if entry.note else ""
    shown = f"{verb}{entry.text}{note}" + (f"\u00a0{_marks(entry.marks)}" if entry.marks else "")
    yield from wrapped(f"- {shown.strip()}", indent=2, hang=2)
    for detail in entry.details:
        yield from _detail(detail)


def _detail(detail: Detail) -> Iterator[str]:
    quoted = f"“{detail.text}”" if detail.own else detail.text
    yield from wrapped(f"{quoted} {detail.aside}".strip(), indent=len(_STEP))
    if detail.url:
        yield f"{_STEP}{detail.url}"


def _marked(entry: Entry) -> str:
    if not entry.marks:
        return entry.text
    end = "." if entry.text.endswith(".") else ""
    return f"{entry.text.removesuffix('.')}\u00a0{_marks(entry.marks)}{end}"


def _marks(marks: Sequence[int]) -> str:
    shown, rest = few(marks)
    return "".join(f"[{mark}]" for mark in shown) + rest
