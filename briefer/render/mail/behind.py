"""What stands behind the fronts in a mail: control, gaps, sources, what was withheld, and the words of the sources."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefer.render import back
from briefer.render.back import ControlRow, Proof, Quote
from briefer.render.mail.bounding import address, short
from briefer.render.mail.sheet import Detail, Entry, Listing, Section
from briefer.render.page import FrontPage
from briefer.render.safe import line
from briefer.types import Briefing

_MOST_OUTLETS = 40
_MOST_QUOTES = 4  # of one mark
_QUOTE = 320  # characters: most sentences of reports, whole


def control(briefing: Briefing, page: FrontPage, *, weight: int) -> Section:
    """Who holds what: the places that changed or are fought over, and the count of the others."""
    rows, rest = back.control(briefing, page.desk, page.marks)
    cut = len(rows) == back.MOST_HOLDINGS
    entries = tuple(_held(row, weight) for row in rows)
    lists = [Listing(entries, more=rest * cut, what="place")] if entries else []
    if rest and not cut:
        same = f"{back.counted(rest, 'other place' if entries else 'place')}: neither changed nor contested."
        lists.append(Listing((Entry(same, weight=weight),), form="prose"))
    return Section("Who holds what", tuple(lists))


def _held(row: ControlRow, weight: int) -> Entry:
    said_by = row.evidence.removesuffix(f"[{row.marks[0]}]").strip() if row.marks else row.evidence
    since = row.since if row.since.startswith("told ") else f"since {row.since}"
    since = "since when is not known" if row.since == "date unknown" else since
    told = f" · last said by {said_by}" if row.marks else ""
    return Entry(
        short(row.holder), short(f"{row.place}:"), short(f"{row.state} · {since}{told}"), row.marks, weight=weight
    )


def gaps(briefing: Briefing, *, weight: int) -> Section:
    """What no source says."""
    entries = tuple(_gaps(briefing, weight))
    return Section("Gaps", (Listing(entries),) if entries else ())


def _gaps(briefing: Briefing, weight: int) -> Iterator[Entry]:
    for gap in back.gaps(briefing):
        about = "; ".join(gap.about) + (f" and {gap.more:,} more" if gap.more else "")
        text = f"{gap.what}: {about}" if about else gap.what
        yield Entry(text, weight=weight)


def sources(briefing: Briefing, *, weight: int) -> Section:
    """The outlets that the edition stands on, what was left out and why, and what was withheld."""
    outlets = back.used(briefing)
    used = " · ".join(outlets[:_MOST_OUTLETS]) or "none"
    more = f" and {len(outlets) - _MOST_OUTLETS:,} more outlets" if len(outlets) > _MOST_OUTLETS else ""
    lists = [Listing((Entry(used + more),), "Used", form="prose")]
    left_out = tuple(_left_out(briefing, weight))
    if left_out:
        lists.append(Listing(left_out, "Left out"))
    lists.append(Listing((Entry(_withheld(briefing)),), "Withheld", form="prose"))
    return Section("Sources", tuple(lists), small=True)


def _left_out(briefing: Briefing, weight: int) -> Iterator[Entry]:
    for fate, things, more in back.left_out(briefing):
        text = f"{fate}: {'; '.join(things)}" + (f" and {more:,} more" if more else "")
        yield Entry(text, weight=weight)


def _withheld(briefing: Briefing) -> str:
    if not briefing.withheld:
        return "No claim."
    reasons = Counter(claim.reason.value if claim.reason else "unclear" for claim in briefing.withheld)
    told = ", ".join(f"{reason.replace('_', ' ')} ({count:,})" for reason, count in sorted(reasons.items()))
    return f"{back.counted(len(briefing.withheld), 'claim')} that the words of their source do not carry: {told}."


def words(proofs: Sequence[Proof], *, more: int) -> Section:
    """The quotes under their marks, marks of the same words together; `more` marks have none here."""
    marks: dict[tuple[Quote, ...], list[int]] = {}
    for proof in sorted(proofs, key=lambda proof: proof.mark):
        marks.setdefault(proof.quotes, []).append(proof.mark)
    entries = tuple(Entry("", marks=tuple(of), details=tuple(_quotes(quotes))) for quotes, of in marks.items())
    aside = f"for {back.counted(more, 'more mark')} see the whole edition" if more else ""
    lists = (Listing(entries, form="words"),) if entries else ()
    return Section("In the words of the sources", lists, aside=aside, small=True)


def _quotes(quotes: Sequence[Quote]) -> Iterator[Detail]:
    for quote in quotes[:_MOST_QUOTES]:
        where = [short(quote.outlet, 80) or "outlet unknown", short(quote.title, 120), quote.day]
        yield Detail(
            short(quote.words, _QUOTE), ", ".join(part for part in where if part), address(quote.url), own=True
        )
    if len(quotes) > _MOST_QUOTES:
        yield Detail(f"and {back.counted(len(quotes) - _MOST_QUOTES, 'more quote')}")


def proofs(briefing: Briefing, page: FrontPage) -> list[Proof]:
    """What each mark stands on, the words of new articles before those that an earlier edition knew."""
    known = {line(source.name) for source in briefing.sources if source.known}
    return [
        replace(proof, quotes=tuple(sorted(proof.quotes, key=lambda quote: quote.article in known)))
        for proof in back.proofs(briefing, page.desk, page.marks)
    ]


def links(found: Sequence[Proof]) -> dict[int, str]:
    """The address of the first source of each mark that has one."""
    urls = {proof.mark: next((quote.url for quote in proof.quotes if quote.url), "") for proof in found}
    return {mark: url for mark, url in urls.items() if url}
