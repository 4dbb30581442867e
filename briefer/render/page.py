"""A Briefing laid out for a reader, before any markup: what stands where, how much of it, and the marks [n].

Terminal and Markdown show the same Page, so that they cannot disagree. All texts in it are harmless (see `safe`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefer.compose import days, entries
from briefer.compose.counts import Toll, gear
from briefer.compose.desk import COUNTS, NO_FRONT, Desk, real
from briefer.compose.entries import Entry
from briefer.compose.names import capital
from briefer.compose.outlook import ahead
from briefer.render.safe import line
from briefer.types import Briefing, Change, Contradiction, Event, Front, Kind, Modality, Sentence, Status

MOST_ROWS = 6  # of one list of one front
FULL_FRONTS = 8  # the heaviest are shown whole; the others by the end of their story
BRIEF_SENTENCES = 3
_GROUND = frozenset({Kind.TERRITORY, Kind.CLASH})
_PEOPLE = frozenset({Kind.CASUALTIES, Kind.PRISONERS})
_BORNE = frozenset({Status.CORROBORATED, Status.CONFIRMED})
_STRIKES = frozenset({Kind.STRIKE, Kind.SHELLING})


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a list with how well it is carried. `status` is "" where it would repeat a row above."""

    verb: str
    what: str
    day: str
    status: str
    sources: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list under its label; `more` counts what is not shown."""

    label: str
    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and the marks of its events."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """What one side gained and lost on a front. `actors` are named where the title does not say them."""

    title: str
    actors: str
    gains: Rows
    losses: Rows


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two accounts side by side, each a list of "who: text"."""

    about: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """One front as shown. `unshown` counts the events of a front that is shown in brief."""

    name: str
    sources: int
    situation: tuple[Told, ...]
    sides: tuple[SideView, ...] = ()
    lists: tuple[Rows, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    outlook: tuple[Told, ...] = ()
    more_outlook: int = 0
    unshown: int = 0


class Marks(dict[str, int]):
    """The number of each event, in the order in which a reader meets it: lead, then front by front."""

    @classmethod
    def of(cls, briefing: Briefing) -> "Marks":
        """Number the events of a briefing; every event gets a number, shown or not."""
        marks = cls()
        for sentence in briefing.lead:
            marks.add(sentence.events)
        for front in briefing.fronts:
            for sentence in (*front.situation, *front.outlook):
                marks.add(sentence.events)
            marks.add(front.events)
        marks.add(event.id for event in briefing.events)
        return marks

    def add(self, names: Iterable[str]) -> None:
        """Number events that have no number yet."""
        for name in names:
            self.setdefault(name, len(self) + 1)

    def told(self, sentence: Sentence) -> Told:
        """A sentence with its marks."""
        return Told(line(sentence.text), tuple(sorted(self[name] for name in sentence.events if name in self)))


def desk_of(briefing: Briefing) -> Desk:
    """The records of a briefing by id."""
    return Desk.of(
        date=briefing.date,
        events=briefing.events,
        claims=briefing.claims,
        parties=briefing.actors,
        outlets={source.id: source.outlet for source in briefing.sources},
    )


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Lays out the fronts of one briefing."""

    briefing: Briefing
    desk: Desk
    marks: Marks

    @classmethod
    def of(cls, briefing: Briefing) -> "FrontPage":
        """Make ready to lay out a briefing."""
        return cls(briefing, desk_of(briefing), Marks.of(briefing))

    def fronts(self, *, hush: bool = False) -> tuple[list[FrontView], list[Told]]:
        """The fronts to show, and a line for each quiet one. Where all are quiet, all are shown, unless `hush`."""
        fronts = self.briefing.fronts
        loud = [front for front in fronts if not front.quiet] or ([] if hush else list(fronts))
        hushed = [front for front in fronts if front not in loud]
        gains, losses = self._whose()
        views = [
            self._whole(front, gains, losses) if number < FULL_FRONTS or front.name == NO_FRONT else self._brief(front)
            for number, front in enumerate(loud)
        ]
        told = [front for front in hushed if front.events]
        quiet = [self._quiet(front, latest=number < FULL_FRONTS) for number, front in enumerate(told)]
        return views, [*quiet, *self._silent([front for front in hushed if not front.events])]

    def _whose(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        gains: dict[str, list[str]] = {}
        losses: dict[str, list[str]] = {}
        for party in self.briefing.actors:
            for index, names in ((gains, party.gains), (losses, party.losses)):
                for name in names:
                    index.setdefault(name, []).append(party.name)
        return gains, losses

    def _silent(self, fronts: Sequence[Front]) -> list[Told]:
        """The fronts of which only earlier editions tell, in as few lines as days on which they were last told of."""
        last = {change.place: change.what for change in self.briefing.changes if change.kind == "quiet"}
        days: dict[str, list[str]] = {}
        for front in fronts:
            said = last.get(front.name, "").removeprefix(f"{front.name}: ") or "no new reporting."
            days.setdefault(said, []).append(title(front.name))
        return [Told(line(f"{', '.join(names)}: {said}"), ()) for said, names in days.items()]

    def _quiet(self, front: Front, *, latest: bool) -> Told:
        """Since when a front is quiet, with how its story stood then where `latest` asks for it."""
        events = [self.desk.events[name] for name in front.events if name in self.desk.events]
        last = max((event.reported for event in events if event.reported), default=None)
        since = f" since {days.named(last, edition=self.briefing.date)}" if last else ""
        count = f"{len(events)} earlier event{'s' * (len(events) != 1)}"
        text = f"{title(front.name)}: no new reporting{since} ({count})."
        if latest and front.situation:
            return Told(line(f"{text} {front.situation[-1].text}"), self.marks.told(front.situation[-1]).marks)
        return Told(line(text), tuple(sorted(self.marks[event.id] for event in events[:3])))

    def _brief(self, front: Front) -> FrontView:
        situation = tuple(self.marks.told(sentence) for sentence in front.situation[-BRIEF_SENTENCES:])
        shown = {name for sentence in front.situation[-BRIEF_SENTENCES:] for name in sentence.events}
        events = [self.desk.events[name] for name in front.events if name in self.desk.events]
        untold = [e for e in events if e.id not in shown and e.modality is not Modality.HISTORICAL and real(e)]
        tolls = self._tolls(untold)
        shown |= {event.id for event in untold if self.desk.tolls(event)}
        unshown = len(set(front.events) - shown)
        lists = (tolls,) if tolls.rows else ()
        return FrontView(title(front.name), front.independent_sources, situation, lists=lists, unshown=unshown)

    def _tolls(self, events: Sequence[Event]) -> Rows:
        """Every count of people: casualties and prisoners are never folded away."""
        rows = [self._toll(t, e) for e in events for t in self.desk.tolls(e)]
        return _rows("Tolls", rows, most=None)

    def _toll(self, toll: Toll, event: Event) -> Row:
        """A count with how well itself is carried: that a fight is borne out bears out nobody's number."""
        row = self._row(entries.toll(toll, event, self.desk), event)
        speakers = {speaker for _, said in toll.counts for speaker in said}
        if len(speakers) != 1 or event.status not in _BORNE:
            return row
        return replace(row, status=Status.CLAIMED.value, sources=1)

    def _whole(self, front: Front, gains: dict[str, list[str]], losses: dict[str, list[str]]) -> FrontView:
        events = [self.desk.events[name] for name in front.events if name in self.desk.events]
        current = [event for event in events if event.modality is not Modality.HISTORICAL]
        sided = [e for e in current if (e.id in gains or e.id in losses) and (real(e) or e.reversed_by)]
        told = {event.id for event in sided}
        rest = [event for event in current if event.id not in told and not ahead(event)]
        return FrontView(
            name=title(front.name),
            sources=front.independent_sources,
            situation=tuple(self.marks.told(sentence) for sentence in front.situation),
            sides=self._sides(sided, gains, losses),
            lists=tuple(rows for rows in self._lists(rest, current, events) if rows.rows),
            disputes=self._disputes(current),
            outlook=tuple(self.marks.told(sentence) for sentence in front.outlook),
            more_outlook=max(0, sum(ahead(event) for event in current) - len(front.outlook)),
        )

    def _sides(
        self, events: Sequence[Event], gains: dict[str, list[str]], losses: dict[str, list[str]]
    ) -> tuple[SideView, ...]:
        gained: dict[str, list[Event]] = {}
        lost: dict[str, list[Event]] = {}
        members: dict[str, set[str]] = {}
        for event in events:
            for index, whose in ((gained, gains), (lost, losses)):
                for actor in whose.get(event.id, ()):
                    side = self.desk.side(actor)
                    members.setdefault(side, set()).add(actor)
                    if event not in (listed := index.setdefault(side, [])):
                        listed.append(event)
        sides = [self._side(side, members[side], gained.get(side, []), lost.get(side, [])) for side in members]
        return tuple(sorted(sides, key=lambda s: (-len(s.gains.rows) - s.gains.more, s.title)))

    def _side(self, side: str, members: set[str], gained: Sequence[Event], lost: Sequence[Event]) -> SideView:
        up = [
            self._row(entries.gained(e, self.desk, acted=self._acted(e, side)), e) for e in gained if not e.reversed_by
        ]
        undone = {e.reversed_by for e in gained if e.reversed_by}
        down = [self._undone(e) for e in gained if e.reversed_by]
        still = [e for e in lost if not e.reversed_by and e.id not in undone]
        down += [self._row(entries.lost(e, self.desk, acted=self._acted(e, side)), e) for e in still]
        told = {member for member in members if len(members) == 1 and member.lower() in side.lower()}
        actors = ", ".join(sorted(members - told))
        return SideView(capital(line(side)), line(actors), _rows("", up), _rows("", down))

    def _acted(self, event: Event, side: str) -> bool:
        return any(self.desk.side(actor) == side for actor in (event.actors or (event.actor,)))

    def _row(self, entry: Entry, event: Event) -> Row:
        return Row(
            line(entry.verb), line(entry.what), line(entry.day), event.status.value, event.independent_sources,
            (self.marks[event.id],),
        )  # fmt: skip

    def _undone(self, event: Event) -> Row:
        row = self._row(entries.undone(event, self.desk), event)
        by = (self.marks[event.reversed_by],) if event.reversed_by in self.marks else ()
        return Row(row.verb, row.what, row.day, "reversed", row.sources, (*row.marks, *by))

    def _lists(self, rest: Sequence[Event], current: Sequence[Event], events: Sequence[Event]) -> Iterable[Rows]:
        back = [e for e in rest if e.modality is Modality.DENIED or e.status in {Status.DENIED, Status.WITHDRAWN}]
        left = [event for event in rest if event not in back]
        fought = [e for e in left if e.kind in _GROUND]
        struck = [e for e in left if e.kind in _STRIKES]
        counted = [e for e in left if (e.casualties or e.equipment) and real(e)]  # stand among the tolls
        shown = _GROUND | _STRIKES | {Kind.CASUALTIES, Kind.EQUIPMENT}
        other = [e for e in left if e.kind not in shown and e not in counted]
        yield _rows("Fighting", [self._own(e) for e in fought if e.change is not Change.HELD])
        yield _rows("Holding", [self._own(e) for e in fought if e.change is Change.HELD])
        yield _rows("Strikes", [self._own(e) for e in struck])
        standing = [e for e in current if real(e)]
        yield self._tolls(standing)
        yield _rows(
            "Equipment", [self._row(entries.gear(g, e, self.desk), e) for e in standing for g in gear(e.equipment)]
        )
        yield self._with_people("Also", other)
        yield self._with_people("Denied", back)
        yield self._with_people("Background", [e for e in events if e.modality is Modality.HISTORICAL])

    def _with_people(self, label: str, events: Sequence[Event]) -> Rows:
        """A list that is cut short, but for what it tells of casualties and prisoners."""
        shown = [e for n, e in enumerate(events) if n < MOST_ROWS or e.casualties or e.kind in _PEOPLE]
        return Rows(label, tuple(self._own(e) for e in shown), len(events) - len(shown))

    def _own(self, event: Event) -> Row:
        return self._row(entries.whole(event, self.desk), event)

    def _disputes(self, events: Iterable[Event]) -> tuple[Dispute, ...]:
        found: dict[object, tuple[Event, Contradiction, set[int]]] = {}
        for event in events:
            for item in event.contradictions:
                if item.about == COUNTS:
                    continue  # the tolls have them, as a range with who counts
                key = frozenset((*item.one, "", *item.other))
                found.setdefault(key, (event, item, set()))[2].add(self.marks[event.id])
        return tuple(
            Dispute(
                self._about(event, item), self._accounts(item.one), self._accounts(item.other), tuple(sorted(marks))
            )
            for event, item, marks in found.values()
        )

    def _dispute(self, event: Event, item: Contradiction, marks: set[int]) -> Dispute:
        one, other = self._accounts(item.one), self._accounts(item.other)
        return Dispute(self._about(event, item), one, other, tuple(sorted(marks)))

    def _about(self, event: Event, item: Contradiction) -> str:
        names = self.desk.names
        place = f" {names.spot(event.place)}" if event.place else ""
        match item.about:
            case "holder":
                return line(
                    f"Who holds {self.desk.names.the(names.place(event.place.canonical))}"
                    if event.place
                    else "Who holds it"
                )
            case "denial":
                return line(f"Whether it happened{place}")
        return capital(line(item.about or item.text))

    def _accounts(self, names: Iterable[str]) -> tuple[str, ...]:
        claims = [self.desk.claims[name] for name in names if name in self.desk.claims]
        told = []
        for claim in claims:
            outlet = self.desk.outlets.get(claim.article, "")
            who = claim.attribution.who or claim.attribution.canonical
            source = f"{who} (in {outlet})" if who and outlet else who or outlet or "one source"
            told.append(line(f"{source}: {claim.text}"))
        return tuple(dict.fromkeys(told))


def title(front: str) -> str:
    """The name of a front as a heading."""
    return line(front.replace(" > ", " · "))


def _rows(label: str, rows: Sequence[Row], *, most: int | None = MOST_ROWS) -> Rows:
    return Rows(label, tuple(rows[:most]), len(rows[most:]) if most is not None else 0)
