"""Sentences that a model proposes: taken from its reply, checked, and those that failed mended by its second reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from briefer.compose.briefs import Offer, clean
from briefer.compose.desk import Desk
from briefer.compose.ground import Fault
from briefer.compose.names import capital, squeeze
from briefer.compose.read_back import fault, foreign_fault
from briefer.types import Event, Reason

Section: TypeAlias = Literal["situation", "outlook", "lead"]
Said: TypeAlias = tuple[str, Sequence[int]]

MOST: dict[Section, int] = {"situation": 9, "outlook": 5, "lead": 3}
"""Sentences that are taken; a prompt asks for fewer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence of a reply. `cited` is how its events are named in the prompt; `fault` None lets it stand."""

    text: str
    events: tuple[Event, ...]
    cited: str
    fault: Fault | None = None

    @property
    def quoted(self) -> str:
        """The words on one line, cut and without signs, as a prompt may repeat them."""
        return f"“{clean(self.text)}”"


def accepted(
    said: Sequence[Said], section: Section, offer: Offer, desk: Desk, *, lone: bool, english: bool
) -> list[Draft]:
    """The sentences of one section, checked; `lone` lets all but the first leave out the only source."""
    drafts: list[Draft] = []
    for text, numbers in said[: MOST[section]]:
        draft = _draft(text, numbers, offer)
        if any(draft.text == other.text for other in drafts):
            continue
        found = draft.fault or _fault(draft, desk, lone=lone and bool(drafts), english=english)
        drafts.append(Draft(draft.text, draft.events, draft.cited, found))
    return drafts


def _draft(text: str, numbers: Sequence[int], offer: Offer) -> Draft:
    known = [event for number in dict.fromkeys(numbers) if (event := offer.event(number)) is not None]
    cited = ", ".join(f"E{number}" for number in list(dict.fromkeys(numbers))[:9]) or "no event"
    unknown = [number for number in numbers if offer.event(number) is None]
    found = Fault(Reason.FABRICATED, f"there is no E{unknown[0]}") if unknown else None
    return Draft(_ended(text) if text.isprintable() else text, tuple(known), cited, found)


def _ended(text: str) -> str:
    text = capital(squeeze(text))
    return text if text.endswith((".", "”", '"')) else f"{text.rstrip(' ,;:!…')}."


def _fault(draft: Draft, desk: Desk, *, lone: bool, english: bool) -> Fault | None:
    if english:
        return fault(draft.text, draft.events, desk, lone=lone)
    return foreign_fault(draft.text, draft.events, desk)


def mended(drafts: Sequence[Draft], again: Sequence[Draft]) -> list[Draft]:
    """The drafts with each that failed replaced by the first of the second reply that stands on its events."""
    spare = [draft for draft in again if draft.fault is None]
    result = []
    for draft in drafts:
        ids = {event.id for event in draft.events}
        fits = [other for other in spare if {event.id for event in other.events} <= ids] if draft.fault else []
        result.append(fits[0] if fits else draft)
        spare = [other for other in spare if not fits or other is not fits[0]]
    return result
