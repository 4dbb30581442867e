"""A Briefing as Markdown (CommonMark with GitHub's tables), in which no word of a source is markup."""

import re
from collections.abc import Iterable, Sequence

from briefer.render import back
from briefer.render.page import Dispute, FrontPage, FrontView, Row, Rows, SideView, Told
from briefer.types import Briefing

# ASCII punctuation that can begin, end or be part of markup; ":" only where it makes a link or an emoji of a word.
_MARKUP = re.compile(
    r"([\\`*_{}\[\]<>#|~!$&@]|(?<=http):|(?<=https):|(?<=ftp):|(?<=mailto):|(?<=xmpp):|:(?=\w+:))", re.I
)
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_FIRST = re.compile(r"^(\d{1,9})([.)])|^([-+=])")


def render(briefing: Briefing, *, evidence: bool = False) -> str:
    """The edition as Markdown, ending in a newline. `evidence` adds the quotes behind every mark, with their links."""
    page = FrontPage.of(briefing)
    fronts, quiet = page.fronts()
    changes = list(_changes(briefing, page))
    first, later = (changes, []) if briefing.since is not None else ([], changes)
    blocks = [
        *_head(briefing),
        *(_told(page.marks.told(sentence)) for sentence in briefing.lead),
        *first,
        *(block for front in fronts for block in _front(front)),
        *_bullets("No new reporting", [_told(told) for told in quiet]),
        *later,
        *_control(briefing, page),
        *_gaps(briefing),
        *_sources(briefing),
        *(_evidence(briefing, page) if evidence else []),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """A text as Markdown shows it word for word: entities, links, emphasis, HTML and tables all lose their force."""
    return _FIRST.sub(_not_first, _WWW.sub(r"\1\\.", _MARKUP.sub(r"\\\1", text)))


def _not_first(found: re.Match[str]) -> str:
    """A bullet, a list number or an underline at the start of a text, as text."""
    return f"\\{found[3]}" if found[3] else f"{found[1]}\\{found[2]}"


def _head(briefing: Briefing) -> list[str]:
    head = back.head(briefing)
    lead = [] if briefing.lead else [escape(back.without_lead(briefing))]
    return [f"# Briefing, {escape(head.day)}", f"{escape(head.cutoff)} · {escape(head.read)}", *lead]


def _marks(marks: Sequence[int]) -> str:
    return "".join(f"\\[{mark}\\]" for mark in marks)


def _told(told: Told) -> str:
    if not told.marks:
        return escape(told.text)
    end = "." if told.text.endswith(".") else ""
    return f"{escape(told.text.removesuffix('.'))} {_marks(told.marks)}{end}"


def _bullets(title: str, items: Iterable[str]) -> list[str]:
    listed = "\n".join(f"- {item}" for item in items)
    return [f"## {escape(title)}", listed] if listed else []


def _front(front: FrontView) -> Iterable[str]:
    yield f"## {escape(front.name)}"
    yield f"*{back.counted(front.sources, 'independent source')}*"
    yield " ".join(_told(told) for told in front.situation)
    for side in front.sides:
        yield from _side(side)
    for rows in front.lists:
        yield f"**{rows.label}**"
        yield _rows(rows)
    if front.disputes:
        yield "**Disputed**"
        yield "\n".join(_dispute(dispute) for dispute in front.disputes)
    if front.outlook:
        yield "**Outlook**"
        more = [f"- {_more(front.more_outlook)}"] if front.more_outlook else []
        yield "\n".join([*(f"- {_told(told)}" for told in front.outlook), *more])
    if front.unshown > 0:
        yield _more(front.unshown)


def _side(side: SideView) -> Iterable[str]:
    actors = f" ({escape(side.actors)})" if side.actors else ""
    for sign, word, rows in (("▲", "gains", side.gains), ("▼", "losses", side.losses)):
        if rows.rows:
            yield f"{sign} **{escape(side.title)}: {word}**{actors}"
            yield _rows(rows)


def _rows(rows: Rows) -> str:
    lines = [_row(row) for row in rows.rows]
    return "\n".join([*lines, f"- {_more(rows.more)}"] if rows.more else lines)


def _row(row: Row) -> str:
    verb = f"**{escape(row.verb)}** " if row.verb else ""
    standing = f"{row.status}, {back.counted(row.sources, 'source')}"
    return f"- {verb}{escape(row.what)} ({escape(row.day)}; {standing}) {_marks(row.marks)}"


def _more(number: int) -> str:
    return f"and {number} more: `--format json`"


def _dispute(dispute: Dispute) -> str:
    sides = [escape(" / ".join(side)) or "nothing said" for side in (dispute.one, dispute.other)]
    return f"- {escape(dispute.about)} {_marks(dispute.marks)}\n  - {sides[0]}\n  - {sides[1]}"


def _changes(briefing: Briefing, page: FrontPage) -> Iterable[str]:
    lists = back.changes(briefing, page.marks)
    if lists:
        yield "## Changes"
        compared = back.compared(briefing)
        yield f"*{compared[:1].upper()}{compared[1:]}.*"
    for kind in lists:
        yield f"**{kind.title}**"
        more = [f"- {_more(kind.more)}"] if kind.more else []
        yield "\n".join([*(f"- {_told(told)}" for told in kind.items), *more])


def _control(briefing: Briefing, page: FrontPage) -> Iterable[str]:
    rows, more = back.control(briefing, page.desk, page.marks)
    if rows:
        yield "## Control"
        lines = ["| Place | Holder | State | Since | Last said by |", "| --- | --- | --- | --- | --- |"]
        for row in rows:
            cells = (row.place, row.holder, row.state, row.since, row.evidence)
            lines.append(f"| {' | '.join(escape(cell) for cell in cells)} |")
        yield "\n".join(lines)
    if more:
        yield _more(more)


def _gaps(briefing: Briefing) -> list[str]:
    items = []
    for gap in back.gaps(briefing):
        about = escape("; ".join(gap.about)) + (f" and {gap.more} more: `--format json`" if gap.more else "")
        items.append(f"{escape(gap.what)}{f': {about}' if about else ''}")
    return _bullets("Gaps", items)


def _sources(briefing: Briefing) -> list[str]:
    items = [f"Used: {escape(' · '.join(back.used(briefing))) or 'none'}"]
    for fate, things, more in back.left_out(briefing):
        rest = f" and {more} more: `--format json`" if more else ""
        items.append(f"Left out, {escape(fate)}: {escape('; '.join(things))}{rest}")
    if cut := back.debris(briefing):
        items.append(f"Cut: {back.counted(cut, 'line')} of page debris")
    items.append(f"Made by: {escape(back.made(briefing))}")
    return _bullets("Sources", items)


def _evidence(briefing: Briefing, page: FrontPage) -> Iterable[str]:
    yield "## Evidence"
    for proof in back.proofs(briefing, page.desk, page.marks):
        yield f"{_marks((proof.mark,))} **{escape(proof.headline) or 'No headline'}** ({proof.standing})"
        yield "\n>\n".join(f"> “{escape(quote.words)}” — {_credit(quote)}" for quote in proof.quotes)


def _credit(quote: back.Quote) -> str:
    title = escape(quote.title)
    named = f"[{title or 'article'}](<{quote.url}>)" if quote.url else title
    where = escape(f"{quote.article}, sentence {quote.sentence}")
    return ", ".join(part for part in (escape(quote.outlet) or "outlet unknown", named, quote.day, where) if part)
