"""The subject of an edition's mail: one line that names the day's lead, and never cuts off whose word it is."""

import re

from briefer.compose import days
from briefer.compose.desk import Desk
from briefer.compose.entries import whole
from briefer.compose.story import sentence_of
from briefer.compose.voices import plain
from briefer.render.safe import line
from briefer.types import Briefing, DatePrecision, EditionChange, Event, Sentence

LONGEST = 90  # what most inboxes show of a subject on a wide screen
_LONGEST_TITLE = 40
_DANGLING = re.compile(r"(?: (?:the|an?|of|to|in|at|on|near|from|by|with|and|or))+$")
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
_TAKEN_BACK = {"corrected": ("Correction", "corrections"), "withdrawn": ("Withdrawn", "reports withdrawn")}


def has_news(briefing: Briefing) -> bool:
    """Whether an edition has anything to tell that its reader was not told: a change other than a front gone quiet.

    Without an earlier edition all that was read is new to the reader.
    """
    if any(change.kind != "quiet" for change in briefing.changes):
        return True
    return briefing.since is None and bool(briefing.lead)


def subject(briefing: Briefing, desk: Desk, *, title: str) -> str:
    """ "Title: the lead, Wed 16 Apr", at most LONGEST characters, harmless and on one line."""
    head = f"{cut(title, _LONGEST_TITLE)}: "
    tail = f", {days.named(briefing.date, edition=briefing.date, short=True)}"
    return line(f"{head}{_news(briefing, desk, room=LONGEST - len(head) - len(tail))}{tail}")


def cut(text: str, most: int) -> str:
    """The text on one line, cut at a word with "…" where it is longer than `most`."""
    shown = line(text).translate(_ISOLATES)
    if len(shown) <= most:
        return shown
    room = shown[: most - 1]
    at_word = room if shown[most - 1] == " " else room.rpartition(" ")[0]
    kept = _DANGLING.sub("", at_word) if len(at_word) > most // 2 else room
    return f"{kept.rstrip(' ,;:–-')}…"


def _news(briefing: Briefing, desk: Desk, *, room: int) -> str:
    for kind, (word, words) in _TAKEN_BACK.items():
        found = [change for change in briefing.changes if change.kind == kind]
        if found:
            return _correction(found, word if len(found) == 1 else f"{len(found)} {words}", room)
    if not has_news(briefing):
        return "no new reporting"
    if briefing.lead:
        return _lead(briefing.lead[0], desk, room)
    first = next(change for change in briefing.changes if change.kind != "quiet")
    return _lead(Sentence(text=first.what, events=(first.event,)), desk, room)


def _correction(found: list[EditionChange], word: str, room: int) -> str:
    return f"{word}: {cut(found[0].what.rstrip('.'), room - len(word) - 2)}"


def _lead(lead: Sentence, desk: Desk, room: int) -> str:
    """The lead where it fits; else its first event with less of its time, or in fewer words beside its status."""
    events = [desk.events[name] for name in lead.events if name in desk.events]
    told = [(lead.text, ""), *((sentence_of(event, desk, dated=False).text, _day(event, desk)) for event in events[:1])]
    for text, day in told:
        shown = f"{line(text).translate(_ISOLATES).rstrip('.')}{_bracketed(day)}"
        if len(shown) <= room:
            return shown
    return _standing(events[0], desk, room) if events else cut(lead.text, room)


def _standing(event: Event, desk: Desk, room: int) -> str:
    end = _bracketed("" if plain(event, desk) else event.status.value, _day(event, desk))
    return f"{cut(whole(event, desk).what.rstrip('.'), room - len(end))}{end}"


def _day(event: Event, desk: Desk) -> str:
    """The day of an event, where it is known and the date at the end of the subject would be taken for it."""
    if not days.known(event.when) or desk.happened(event):
        return ""
    week = event.when.precision is DatePrecision.WEEK and event.when.end in (None, event.when.start)
    return f"{'week of ' * week}{days.brief(event.when, edition=desk.date)}"


def _bracketed(*parts: str) -> str:
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""
