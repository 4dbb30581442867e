"""The prose of one section as it is printed: the sentences that stand, and templates for all else that must be told."""

from collections.abc import Iterable, Sequence

from briefer.compose import days
from briefer.compose.desk import Desk, order
from briefer.compose.drafts import Draft, Section
from briefer.compose.lead import placed
from briefer.compose.outlook import ahead, expected, said_ahead
from briefer.compose.sentences import Teller
from briefer.compose.story import best, sentence_of, stories, weight
from briefer.types import Event, Sentence

_WEIGHTY = 2  # of `story.weight`: ground that changed hands, tolls, disputes


def replaced(
    drafts: Sequence[Draft], section: Section, events: Sequence[Event], desk: Desk, *, lone: bool
) -> tuple[Sentence, ...]:
    """The drafts that stand, templates in the place of those that do not, and what no draft tells and must be told.

    `events` are all of the front's, or those offered for the lead. What another sentence tells is not told again.
    """
    told = {event.id for draft in drafts if draft.fault is None for event in draft.events}
    teller = Teller(desk, lone_source=lone, front_dated=any(days.known(event.when) for event in events))
    made: list[Sentence] = []
    for draft in drafts:
        if draft.fault is None:
            made.append(_as_it_stands(draft, section))
            teller.said += 1
        else:
            made += _by_template(_open(draft.events, told), section, desk, teller)
            told |= {event.id for event in draft.events}
    return (*made, *_by_template(_open(_wanted(section, events, desk), told), section, desk, teller))


def _as_it_stands(draft: Draft, section: Section) -> Sentence:
    sentence = Sentence(text=draft.text, events=tuple(event.id for event in draft.events))
    return placed(draft.events[0], sentence) if section == "lead" else sentence


def _open(events: Iterable[Event], told: set[str]) -> list[Event]:
    return [event for event in events if event.id not in told]


def _by_template(events: Sequence[Event], section: Section, desk: Desk, teller: Teller) -> list[Sentence]:
    if section == "lead":
        ends = [event for event in events if not any(event.reversed_by == other.id for other in events)]
        return [placed(event, sentence_of(event, desk, lone_source=desk.lone())) for event in ends]
    if section == "outlook":
        coming = sorted((event for event in events if ahead(event)), key=lambda event: order(event, desk))
        return [Sentence(text=said_ahead(event, desk), events=(event.id,)) for event in coming]
    return [teller.tell(story.events, story.before) for story in stories(events, desk)]


def _wanted(section: Section, events: Sequence[Event], desk: Desk) -> list[Event]:
    """What must be told: all that is to come; the day's changes of hands, tolls and disputes; of leads nothing."""
    if section == "outlook":
        return expected(events, desk)
    if section == "lead":
        return []
    weighed = [(story, weight(story, desk)) for story in best(events, desk)]
    return [event for story, (fresh, rank, *_) in weighed if fresh and rank >= _WEIGHTY for event in story.events]
