"""The entries of a mail, each with when, status, whose word it is, and how many independent sources carry it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefer.compose import days
from briefer.compose.desk import Desk
from briefer.compose.voices import asserting, names_of, said_by
from briefer.render.back import counted
from briefer.render.mail.sheet import Detail, Entry
from briefer.render.mail.subject import cut
from briefer.render.page import Dispute, FrontPage, Marks, Row, Told
from briefer.render.safe import line
from briefer.types import EditionChange, Event, Status

LONGEST = 500
"""Characters of any one text in a mail; longer ones are cut at a word. The whole edition has all."""
_BY = frozenset({Status.CLAIMED, Status.CORROBORATED, Status.CONFIRMED, Status.DENIED, Status.WITHDRAWN})
"""The statuses that somebody gives: "claimed by the army", but "disputed, the army"."""


def short(text: str, most: int = LONGEST) -> str:
    """The text, cut where no mail has room for it."""
    return text if len(text) <= most else line(cut(text, most))


@dataclass(frozen=True, slots=True)
class Entries:
    """Makes the entries of one edition; `events` gives the id of the event behind each mark."""

    desk: Desk
    marks: Marks
    events: Mapping[int, str]

    @classmethod
    def of(cls, page: FrontPage) -> "Entries":
        """Make ready for an edition."""
        return cls(page.desk, page.marks, {mark: name for name, mark in page.marks.items()})

    def row(self, row: Row, weight: int) -> Entry:
        """One row of a list; whose word it is stands in the note where the row does not say it already."""
        event = self.desk.events.get(self.events[row.marks[0]])
        who = self._who(event) if event else ""
        told = f"{row.status}" + (f"{_joint(row.status)}{who}" if who and f"({who})" not in row.what else "")
        note = _joined((row.day, told, counted(row.sources, "source")))
        return Entry(short(row.what), short(row.verb), note, row.marks, weight=weight)

    def change(self, change: EditionChange, weight: int) -> Entry:
        """What is different from an earlier edition, and which one told it otherwise."""
        event = self.desk.events.get(change.event)
        earlier = f"told on {days.named(change.edition, edition=self.desk.date, short=True)}" if change.edition else ""
        marks = (self.marks[change.event],) if event else ()
        note = _joined((earlier, *(self._standing(event) if event else ())))
        return Entry(short(line(change.what)), note=note, marks=marks, weight=weight)

    def told(self, told: Told, weight: int) -> Entry:
        """A sentence, which says itself whose word it is."""
        return Entry(short(told.text), marks=told.marks, weight=weight)

    def dispute(self, dispute: Dispute, front: str, weight: int) -> Entry:
        """Two accounts, one below the other."""
        accounts = (*_accounts("One side", dispute.one), *_accounts("The other", dispute.other))
        return Entry(short(dispute.about), note=front, marks=dispute.marks, details=accounts, weight=weight)

    def _standing(self, event: Event) -> Iterable[str]:
        status, who = event.status.value, self._who(event)
        yield line(days.brief(event.when, edition=self.desk.date, reported=event.reported))
        yield f"{status}{_joint(status)}{who}" if who else status
        yield counted(event.independent_sources, "source")

    def _who(self, event: Event) -> str:
        claims = self.desk.claims_of(event) if event.status is Status.DENIED else asserting(event, self.desk)
        return short(line(names_of(said_by(claims, self.desk), self.desk)), 120)


def _joint(status: str) -> str:
    return " by " if status in _BY else ", "


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _accounts(label: str, accounts: Iterable[str]) -> Iterable[Detail]:
    told = " / ".join(short(one, 300) for one in list(accounts)[:4])
    yield Detail(f"{label}: {told or 'nothing said'}")
