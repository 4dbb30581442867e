"""Events as sentences, each as its sources let it be told: barely, as somebody's word, or as disputed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefer.compose import days
from briefer.compose.counts import gear_clause, gear_source, opening, toll_clause, toll_source
from briefer.compose.desk import Desk
from briefer.compose.facts import Clause, Fact, clause, many_things, of_claim, thing
from briefer.compose.names import capital, listed, outlet, plural, squeeze
from briefer.compose.phrases import pattern
from briefer.compose.voices import asserting, attributed, denies, many, names_of, plain, said_by
from briefer.types import Claim, Claimant, Event, Kind, Modality, Sentence, Status, When

_COUNTED = frozenset({Kind.CASUALTIES, Kind.PRISONERS})
_TOLD_APART = frozenset({Modality.DENIED, Modality.HISTORICAL})
_BACKGROUND = re.compile(r"^background: ", re.IGNORECASE)
_TAKEN_BACK = frozenset({Status.DENIED, Status.WITHDRAWN})


@dataclass(slots=True)
class Teller:
    """Tells the events of one front one after the other, and remembers what the reader has just been told.

    `lone_source`: one source carries the whole front, which is said once. `front_dated`: some event has a date.
    `said` counts the sentences before the next one, so that they can vary.
    """

    desk: Desk
    lone_source: bool = False
    front_dated: bool = True
    said: int = 0
    _day: When = field(default=When(), init=False)
    _unknown_said: bool = field(default=False, init=False)

    def tell(self, events: Sequence[Event], before: Sequence[Event] = ()) -> Sentence:
        """One sentence for alike events, with what the last of them undid."""
        event = events[-1]
        if event.modality in _TOLD_APART or event.status in _TAKEN_BACK:
            return self._apart(event)
        bare = plain(event, self.desk) or (self.lone_source and self.said > 0)
        lead, day = self._when(event.when, bare=bare and event.status is not Status.DISPUTED)
        told = self._clause(events)
        if event.status is Status.DISPUTED:
            text = self._disputed(event, _ended(told, day, event.when), lead)
        else:
            text = self._voiced(event, _ended(told, day, event.when), lead)
        text += self._losses(event) + self._undone(event, before)
        self.said += 1
        others = self.desk.counterparts(event) if event.status is Status.DISPUTED else []
        ids = dict.fromkeys(e.id for e in (*reversed(events), *before, *others))
        return Sentence(text=f"{capital(_opened(squeeze(text))).rstrip('.')}.", events=tuple(ids))

    def _apart(self, event: Event) -> Sentence:
        """What is denied, taken back by its outlet, or background: never worded as news."""
        told, claims = clause(self.desk.fact(event), self.desk.names), self.desk.claims_of(event)
        day = days.phrase(event.when, edition=self.desk.date)
        what = f"{told.text} {day}".strip()
        if event.modality is Modality.HISTORICAL:
            text = f"background: {_BACKGROUND.sub('', what)}"
        elif event.status is Status.WITHDRAWN:
            text = f"{listed(self.desk.outlets_of(event)) or 'its outlet'} took back the report that {what}"
        else:
            denying = [claim for claim in claims if claim.modality is Modality.DENIED]
            voices = said_by(denying or claims, self.desk)
            text = f"{names_of(voices, self.desk)} {'deny' if many(voices) else 'denies'} that {what}"
            text = text if denying else f"denied: {what}"
        return Sentence(text=f"{capital(squeeze(text)).rstrip('.')}.", events=(event.id,))

    def _clause(self, events: Sequence[Event]) -> Clause:
        event, fact = events[-1], self.desk.fact(events[-1])
        if event.kind in _COUNTED and (counted := self._counted(event, fact)):
            return counted
        if event.kind is Kind.EQUIPMENT and event.equipment:
            where = f" {self.desk.names.spot(fact.place)}" if fact.place else ""
            known = {"", *self._spoken(event), *self.desk.outlets_of(event)}
            others = [item for item in event.equipment if outlet(item.claimant) not in known]
            return Clause("", gear_clause(event.equipment) + where + gear_source(others, self.desk.speaker))
        if len(events) > 1:
            things = list(dict.fromkeys(thing(self.desk.fact(e), self.desk.names) for e in events))
            fact = replace(fact, object=listed(things, limit=6, more="more places"), place=None)
        told = clause(fact, self.desk.names)
        if event.modality is Modality.ATTEMPTED and told.infinitive:
            return replace(told, past=f"tried to {told.infinitive}")
        return told

    def _counted(self, event: Event, fact: Fact) -> Clause | None:
        tolls = self.desk.tolls(event)
        if not tolls:
            return None
        by = f" by {self.desk.names.all_of(fact.actors)}" if fact.actors else ""
        where = f" {self.desk.names.spot(fact.place)}" if fact.place else ""
        several = any(len(toll.counts) > 1 for toll in tolls)
        return Clause("", toll_clause(tolls) + by + where, own_voice=several)

    def _spoken(self, event: Event) -> set[str]:
        claims = self.desk.claims_of(event)
        return {name for claim in claims for name in (claim.attribution.who, claim.attribution.canonical)}

    def _losses(self, event: Event) -> str:
        """The tolls and the equipment of an event that is not itself about them, each with who counts."""
        tolls, name = self.desk.tolls(event), self.desk.speaker
        if event.kind in _COUNTED:
            return toll_source(tolls, name) if any(len(toll.counts) > 1 for toll in tolls) else ""
        parts = []
        if tolls:
            whose = any(count.claimant for count in event.casualties) or event.independent_sources > 1
            parts.append(toll_clause(tolls) + (toll_source(tolls, name) if whose else ""))
        if event.equipment and event.kind is not Kind.EQUIPMENT:
            parts.append(gear_clause(event.equipment) + gear_source(event.equipment, name))
        return "".join(f"; {part}" for part in parts)

    def _voiced(self, event: Event, told: Clause, lead: str) -> str:
        claims = asserting(event, self.desk)
        voices = said_by(claims, self.desk)
        if plain(event, self.desk):
            return lead + told.text
        if all(voice.kind is Claimant.OUTLET for voice in voices):
            return self._one_source(told, voices_name=names_of(voices, self.desk), lead=lead, voices=len(voices))
        spoken = [voice for voice in voices if voice.kind is not Claimant.OUTLET]
        return attributed(told, spoken, self.desk, tail=self.said % 2 == 1)

    def _one_source(self, told: Clause, *, voices_name: str, lead: str, voices: int) -> str:
        if self.lone_source:
            if self.said or not voices_name:
                return lead + told.text
            only = (
                "the only source reports" if voices_name == "one source" else f"the only source, {voices_name}, reports"
            )
            return f"{only} that {lead + told.text}"
        if told.own_voice or not voices_name:
            return lead + told.text
        if self.said % 2 == 1:
            return f"{lead + told.text}, {voices_name} {'report' if voices > 1 else 'reports'}"
        return f"{voices_name} {'report' if voices > 1 else 'reports'} that {lead + told.text}"

    def _disputed(self, event: Event, told: Clause, lead: str) -> str:
        desk = self.desk
        against = desk.opposed(event)
        if not against and event.contradictions:
            return self._voiced(event, told, lead)  # only the counts differ, and they are told as a range
        mine = said_by(asserting(event, desk), desk)
        first = attributed(told, mine, desk, tail=False)
        denying = [claim for claim in against if claim.modality is Modality.DENIED]
        if denying:
            return f"{first}, {denies(said_by(denying, desk), desk)}"
        return f"{first}{self._otherwise(against, told)}" if against else f"{first}; this is disputed"

    def _otherwise(self, against: Sequence[Claim], told: Clause) -> str:
        other = clause(of_claim(against[0]), self.desk.names)
        voices = said_by(against, self.desk)
        if other.text == told.text or not other.text:
            return f"; {names_of(voices, self.desk)} {'give' if len(voices) > 1 else 'gives'} another account"
        return f"; {attributed(other, voices, self.desk, tail=False)}"

    def _undone(self, event: Event, before: Sequence[Event]) -> str:
        if event.reversed_by and event.reversed_by not in self.desk.events:
            return "; this has since been reversed"
        parts = [self._earlier(event, undone) for undone in before]
        return f"; {', and before that '.join(parts)}" if parts else ""

    def _earlier(self, event: Event, undone: Event) -> str:
        fact, names = self.desk.fact(undone), self.desk.names
        words, what = pattern(fact.kind, fact.change), thing(self.desk.fact(undone), names)
        day = days.phrase(undone.when, edition=self.desk.date, say_unknown=False)
        if not words or not what:
            return f"before that, {clause(fact, names).text} {day}".strip()
        again = _pronoun(what) if what == thing(self.desk.fact(event), names) else what
        if not fact.actors:
            return f"{'they' if again == 'them' else again} had been {words.verb[2]} {day}".strip()
        foes_told = set(fact.opponents) & set(self.desk.fact(event).actors)
        told = clause(replace(fact, object=again, place=None, opponents=() if foes_told else fact.opponents), names)
        return f"{told.subject} had {told.participle} {day}".strip() + self._whose(undone)

    def _whose(self, undone: Event) -> str:
        """Whose word an earlier event is, where it is nobody's but a claimant's."""
        voices = said_by(asserting(undone, self.desk), self.desk)
        if undone.independent_sources > 1 or not voices or any(voice.kind is Claimant.OUTLET for voice in voices):
            return ""
        if [voice.actor for voice in voices] == list(undone.actors):
            return f", by {'their' if plural(undone.actor) else 'its'} own account"
        return f", according to {names_of(voices, self.desk)}"

    def _when(self, when: When, *, bare: bool) -> tuple[str, str]:
        """How the sentence opens with its day, and how it ends with it; one of the two is empty.

        Only a bare statement opens with its day: "On Friday, X says …" would date the saying.
        """
        same = days.known(when) and when == self._day
        text = days.phrase(when, edition=self.desk.date, say_unknown=self.front_dated or not self._unknown_said)
        self._unknown_said = self._unknown_said or "(date unknown)" in text
        self._day = when
        if same:
            return ("the same day, ", "") if bare and self.said % 2 else ("", days.weekday(when))
        return (f"{text}, ", "") if bare and text and self.said % 3 == 2 else ("", text)


def _opened(text: str) -> str:
    """The text with a small number at its start as a word."""
    first, _, rest = text.partition(" ")
    return f"{opening(int(first))} {rest}" if first.isascii() and first.isdigit() and len(first) < 3 else text


def _pronoun(what: str) -> str:
    return "them" if many_things(what) else "it"


def _ended(told: Clause, day: str, when: When) -> Clause:
    """The clause with its day at its end; in brackets where the headline already has the source's word for it."""
    if not day:
        return told
    if when.as_written and when.as_written.lower() in told.past.lower():
        return replace(told, past=f"{told.past} ({day.removeprefix('on ')})") if days.known(when) else told
    return replace(told, past=f"{told.past} ({day})" if told.own_voice else f"{told.past} {day}")


def be(actors: Sequence[str]) -> str:
    """ "is" or "are", after these actors."""
    return "are" if len(actors) > 1 or any(plural(actor) for actor in actors) else "is"
