"""The entries of a mail, each with when, status, whose word it is, and how many independent sources carry it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefer.compose import days
from briefer.compose.desk import Desk
from briefer.compose.voices import asserting, names_of, said_by
from briefer.render.back import counted
from briefer.render.mail.bounding import short
from briefer.render.mail.sheet import Detail, Entry
from briefer.render.page import Dispute, FrontPage, Marks, Row, Told, title
from briefer.render.safe import line
from briefer.types import EditionChange, Event, Status

_OPEN, _CLOSE = "\u2068", "\u2069"  # isolates, by which `safe.line` keeps right-to-left words together
_BY = frozenset({Status.CLAIMED, Status.CORROBORATED, Status.CONFIRMED, Status.DENIED, Status.WITHDRAWN})
"""The statuses that somebody gives: "claimed by the army", but "disputed · told by the army"."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Makes the entries of one edition; `events` gives the id of the event behind each mark, `fronts` the
    fronts as headings.
    """

    desk: Desk
    marks: Marks
    events: Mapping[int, str]
    fronts: tuple[str, ...]

    @classmethod
    def of(cls, page: FrontPage) -> "Entries":
        """Make ready for an edition."""
        fronts = tuple(title(front.name) for front in page.briefing.fronts)
        return cls(page.desk, page.marks, {mark: name for name, mark in page.marks.items()}, fronts)

    def row(self, row: Row, weight: int, *, counts: bool = False) -> Entry:
        """One row of a list; whose word it is stands in the note where the row does not say it already.

        `counts` tells that it is a count ("killed: 29 people") and no deed.
        """
        event = self.desk.events.get(self.events[row.marks[0]])
        who = self._who(event) if event and not (counts and row.what.endswith(")")) else ""
        note = _joined((row.day, *_said(row.status, who), counted(row.sources, "source")))
        verb = f"{row.verb}:" if row.verb and (counts or row.verb == Status.REVERSED) else row.verb
        return Entry(row.what, verb, note, row.marks, weight=weight)

    def change(self, change: EditionChange, weight: int) -> Entry:
        """What is different from an earlier edition, which one told it otherwise, and how it stands now."""
        what = line(change.what)
        names = [name for name in self._changed(change) if name in self.desk.events]
        told = days.named(change.edition, edition=self.desk.date, short=True) if change.edition else ""
        earlier = f"told in the edition of {told}" if told and "edition of" not in what else ""
        note = _joined((*(self._standing(self.desk.events[names[0]]) if names else ()), earlier))
        return Entry(what.removesuffix("."), note=note, marks=tuple(self.marks[n] for n in names), weight=weight)

    def _changed(self, change: EditionChange) -> Iterable[str]:
        """The events of a change; what is undone is told by what undid it."""
        event = self.desk.events.get(change.event)
        if event is not None and event.reversed_by and change.kind == "changed":
            yield event.reversed_by
        yield change.event

    def told(self, told: Told, weight: int, *, row: bool = False) -> Entry:
        """A sentence, which says itself whose word it is; as a `row` it has no full stop before its marks."""
        text = self._parted(told.text)
        return Entry(text.removesuffix(".") if row and told.marks else text, marks=told.marks, weight=weight)

    def _parted(self, text: str) -> str:
        """A sentence that is headed by its front, such that two names from right to left do not change places."""
        for front in self.fronts:
            if front.endswith(_CLOSE) and text.startswith(f"{front.removesuffix(_CLOSE)}: "):
                return f"{front}: {_OPEN}{text.removeprefix(front.removesuffix(_CLOSE))[2:]}"
        return text

    def dispute(self, dispute: Dispute, front: str, weight: int) -> Entry:
        """Two accounts, one below the other."""
        accounts = (*_accounts("One side", dispute.one), *_accounts("The other", dispute.other))
        return Entry(dispute.about, note=front, marks=dispute.marks, details=accounts, weight=weight)

    def _standing(self, event: Event) -> Iterable[str]:
        yield line(days.brief(event.when, edition=self.desk.date, reported=event.reported))
        yield from _said(event.status.value, self._who(event))
        yield counted(event.independent_sources, "source")

    def _who(self, event: Event) -> str:
        claims = self.desk.claims_of(event) if event.status is Status.DENIED else asserting(event, self.desk)
        return short(line(names_of(said_by(claims, self.desk), self.desk)), 120)


def _said(status: str, who: str) -> Iterable[str]:
    if who and status in _BY:
        yield f"{status} by {who}"
        return
    yield status
    if who:
        yield f"told by {who}"


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _accounts(label: str, accounts: Iterable[str]) -> Iterable[Detail]:
    told = " / ".join(short(one, 300) for one in list(accounts)[:4])
    yield Detail(f"{label}: {told or 'nothing said'}")
