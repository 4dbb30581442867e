"""What is new, changed, contradicted or quiet, as far as one run can tell without an earlier edition."""

from collections.abc import Sequence

from briefer.compose import days
from briefer.compose.desk import Desk, order, real
from briefer.compose.outlook import ahead, said_ahead
from briefer.compose.story import sentence_of
from briefer.types import EditionChange, Event, Front, Modality, Status


def changes(desk: Desk, *, fronts: Sequence[Front]) -> tuple[EditionChange, ...]:
    """The changes in the order of the fronts: contradicted, changed, new; then the quiet fronts."""
    told = [change for front in fronts for change in _of_front(front, desk)]
    told.sort(key=lambda change: _ORDER[change.kind])
    return (*told, *(_quiet(front, desk) for front in fronts if front.quiet))


_ORDER = {"contradicted": 0, "changed": 1, "new": 2}


def _of_front(front: Front, desk: Desk) -> list[EditionChange]:
    events = sorted((desk.events[name] for name in front.events), key=lambda event: order(event, desk), reverse=True)
    return [change for event in events if (change := _of_event(event, desk)) is not None]


def _of_event(event: Event, desk: Desk) -> EditionChange | None:
    undoing = desk.events.get(event.reversed_by)
    place = event.place.canonical if event.place else ""
    if undoing is not None and desk.fresh(undoing) and real(undoing):
        return EditionChange(kind="changed", what=sentence_of(undoing, desk).text, event=event.id, place=place)
    if event.reported != desk.date or event.modality is Modality.HISTORICAL or desk.told_elsewhere(event):
        return None
    if event.status in {Status.DISPUTED, Status.DENIED}:
        return EditionChange(kind="contradicted", what=sentence_of(event, desk).text, event=event.id, place=place)
    if desk.undid.get(event.id):
        return None  # told under "changed", with what it undid
    text = said_ahead(event, desk) if ahead(event) else sentence_of(event, desk).text
    return EditionChange(kind="new", what=text, event=event.id, place=place)


def _quiet(front: Front, desk: Desk) -> EditionChange:
    last = max((day for name in front.events if (day := desk.events[name].reported)), default=None)
    since = f" since {days.named(last, edition=desk.date)}" if last else ""
    return EditionChange(kind="quiet", what=f"{front.name}: no new reporting{since}.", place=front.name)
