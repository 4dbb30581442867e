"""Lays a Briefing out as a mail: corrections first, then what changed, then front by front; a Sheet comes out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefer.compose.names import listed
from briefer.render import back
from briefer.render.back import Proof
from briefer.render.mail import behind
from briefer.render.mail.bounding import bounded, short
from briefer.render.mail.entries import Entries
from briefer.render.mail.sheet import Entry, Listing, Section, Sheet, Tone
from briefer.render.mail.subject import cut, has_news, subject
from briefer.render.page import FrontPage, FrontView, Rows, SideView, title
from briefer.render.safe import line, web_address
from briefer.types import Briefing, Fate

_KEPT, _TAKEN_BACK, _CHANGED, _SITUATION, _SIDES, _DISPUTED, _AHEAD = range(7)
_WEIGHTS = {"Tolls": _SIDES, "Strikes": 5, "Fighting": 5, "Holding": 5, "Denied": 6, "Equipment": 7, "Also": 7}
"""How soon an entry of a list is left out where there is no room for all: the greater the sooner."""
_BACKGROUND = 8
_MOST_LEAD = 6  # sentences
_COUNTS = frozenset({"Tolls", "Equipment"})
_CORRECTIONS = {"corrected": "Corrected", "withdrawn": "Withdrawn by their outlets"}
_CHANGES = {"changed": "Changed", "contradicted": "Contradicted"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a mail says beside its edition.

    `title` heads it, `notices` stand at its top, `whole` says where the whole edition is ("" for the usual command),
    `unsubscribe` is an address for that, "" for none.
    """

    title: str
    notices: tuple[str, ...] = ()
    whole: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Lays out one edition; `proofs` are what each of its marks stands on."""

    briefing: Briefing
    page: FrontPage
    entries: Entries
    proofs: tuple[Proof, ...]

    @classmethod
    def of(cls, briefing: Briefing) -> "Layout":
        """Make ready to lay out an edition."""
        page = FrontPage.of(briefing)
        return cls(briefing, page, Entries.of(page), tuple(behind.proofs(briefing, page)))

    def sheet(self, frame: Frame) -> Sheet:
        """The mail with all that a page of the edition shows, but for the words of the sources."""
        head = back.head(self.briefing)
        lead = tuple(self._lead())
        name = line(frame.title)
        sheet = Sheet(
            title=name,
            subject=subject(self.briefing, self.page.desk, title=frame.title),
            preview=cut(lead[1].text if len(lead) > 1 else head.read, 140),
            head=(f"{head.day} · {head.cutoff}", head.read),
            notices=(*map(line, frame.notices), *_fallback(self.briefing, said=bool(frame.notices))),
            lead=lead,
            sections=tuple(section for section in self._sections() if section.lists),
            foot=(f"Made by: {back.made(self.briefing)}",),
            language=self.briefing.made_by.language,
            links=behind.links(self.proofs),
            whole=web_address(frame.whole) or line(frame.whole) or _command(self.briefing),
            unsubscribe=web_address(frame.unsubscribe) or line(frame.unsubscribe),
        )
        return bounded(sheet)

    def _lead(self) -> Iterator[Entry]:
        news = has_news(self.briefing)
        if not news or not (self.briefing.lead or self.briefing.since):
            yield Entry(back.without_lead(self.briefing))
            return
        for sentence in self.briefing.lead[:_MOST_LEAD]:
            yield self.entries.told(self.page.marks.told(sentence), _KEPT)

    def _sections(self) -> Iterator[Section]:
        fronts, quiet = self.page.fronts(hush=not has_news(self.briefing))
        against = back.compared(self.briefing)
        corrections = tuple(self._changes(_CORRECTIONS, _TAKEN_BACK))
        yield Section("Corrections to earlier editions", corrections, part="corrections")
        yield Section("What changed", (*self._changes(_CHANGES, _CHANGED), *self._new()), against, part="changes")
        for front in fronts:
            yield self._front(front)
        hushed = tuple(self.entries.told(told, _AHEAD, row=True) for told in quiet)
        yield Section("No new reporting", _some(Listing(hushed, what="front")))
        yield behind.control(self.briefing, self.page, weight=_DISPUTED)
        disputes = (self.entries.dispute(one, front.name, _DISPUTED) for front in fronts for one in front.disputes)
        yield Section("Disputed", _some(Listing(tuple(disputes), what="dispute")))
        yield Section("Outlook", tuple(self._outlook(fronts)))
        yield behind.gaps(self.briefing, weight=_AHEAD)
        yield behind.sources(self.briefing, weight=_BACKGROUND)

    def _changes(self, kinds: dict[str, str], weight: int) -> Iterator[Listing]:
        for kind, label in kinds.items():
            found = [change for change in self.briefing.changes if change.kind == kind]
            entries = tuple(self.entries.change(change, weight) for change in found)
            yield from _some(Listing(entries, label))

    def _new(self) -> Iterator[Listing]:
        """How much is new, front by front; what it is stands with the fronts."""
        new = {change.event for change in self.briefing.changes if change.kind == "new"}
        counts = [(front.name, sum(name in new for name in front.events)) for front in self.briefing.fronts]
        found = [f"{title(name)} ({count})" for name, count in counts if count]
        if new and found:
            text = f"{back.counted(len(new), 'event')}, below by front: {listed(found, limit=12, more='fronts')}."
            yield Listing((Entry(text, weight=_CHANGED),), "New", form="prose")

    def _front(self, front: FrontView) -> Section:
        situation = tuple(self.entries.told(told, _SITUATION) for told in front.situation)
        lists = (
            *_some(Listing(situation, "Situation", form="prose", what="sentence")),
            *(rows for side in front.sides for rows in self._side(side)),
            *(self._rows(rows, _WEIGHTS.get(rows.label, _BACKGROUND)) for rows in front.lists),
        )
        unshown = (
            (Listing((Entry(_unshown(front.unshown), weight=_SIDES),), form="prose"),) if front.unshown > 0 else ()
        )
        aside = back.counted(front.sources, "independent source")
        return Section(front.name, (*lists, *unshown), aside=aside, part="front")

    def _side(self, side: SideView) -> Iterator[Listing]:
        tones: Sequence[tuple[Tone, str, Rows]] = (("up", "gains", side.gains), ("down", "losses", side.losses))
        for tone, word, rows in tones:
            if rows.rows:
                yield self._rows(rows, _SIDES, label=f"{side.title}: {word}", aside=side.actors, tone=tone)

    def _rows(self, rows: Rows, weight: int, *, label: str = "", aside: str = "", tone: Tone = "") -> Listing:
        entries = tuple(self.entries.row(row, weight, counts=rows.label in _COUNTS) for row in rows.rows)
        return Listing(entries, label or rows.label, aside, tone, more=rows.more)

    def _outlook(self, fronts: Sequence[FrontView]) -> Iterator[Listing]:
        for front in fronts:
            entries = tuple(self.entries.told(told, _AHEAD) for told in front.outlook)
            yield from _some(Listing(entries, front.name, form="prose", more=front.more_outlook))


def _some(rows: Listing) -> tuple[Listing, ...]:
    return (rows,) if rows.entries else ()


def _unshown(count: int) -> str:
    return f"And {back.counted(count, 'more event')} of this front."


def _fallback(briefing: Briefing, *, said: bool) -> Iterable[str]:
    """That the model did not read, where it should have. `said` tells that a notice has said so of all articles."""
    fell = len(briefing.made_by.fell_back)
    read = sum(source.fate is Fate.USED and not source.known for source in briefing.sources)
    model = short(line(briefing.made_by.model), 80) or "asked for"
    if 0 < fell < read:
        articles = back.counted(read, "article")
        yield f"The model {model} did not read {fell:,} of {articles}: the rules reader did, and finds less."
    elif fell and not said:
        yield f"The model {model} gave no answer: the rules reader made this edition, and finds less than a model."


def _command(briefing: Briefing) -> str:
    """What shows the whole edition at a terminal."""
    if not briefing.collection:
        return "briefer run with --format json"
    whose = f"--digest {briefing.reader}" if briefing.reader else f"--collection {briefing.collection}"
    return line(f"briefer show {briefing.date.isoformat()} {whose}")
