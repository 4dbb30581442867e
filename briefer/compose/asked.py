"""Prose by a model: the situation and outlook of each front, and the lead, asked for, checked, and mended by templates.

In: the desk, and the fronts and the lead as the templates tell them. Out: the same with the model's sentences wherever
they stand. A sentence that does not is asked for once more, with the reason, and then told by the template of its
events. All questions of a round are asked at once; each depends on its own events alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from briefer.compose import days
from briefer.compose.briefs import Offer, clean, of_front, of_lead
from briefer.compose.desk import Desk
from briefer.compose.drafts import Draft, Section, accepted, mended
from briefer.compose.lead import candidates
from briefer.compose.replaced import replaced
from briefer.compose.word_checks import LONGEST
from briefer.errors import Cause, Stopped
from briefer.prompts import Prompts, language_name
from briefer.protocols import Asker
from briefer.types import Front, Gap, Prompt, Question, Sentence, Unanswered

NAME = "compose"
FEWEST = 2
"""Events of a front worth a call: one alone reads no better than its template."""
LEADING = 8
"""Events that the lead is chosen from: three sentences, and room to choose."""


_LONGEST_LINE = 2 * LONGEST  # characters that are kept of a sentence: enough to see that it is too long
_MOST_NUMBERS = 40
_NUMBER = re.compile(r"\s*E?([0-9]{1,4})\s*", re.IGNORECASE)


def _cut(value: object) -> object:
    return value[:_LONGEST_LINE] if isinstance(value, str) else value


def _numbered(value: object) -> object:
    """The numbers of a list, "E2" among them, as models write it; what is no number is 0, which no event has."""
    members = value[:_MOST_NUMBERS] if isinstance(value, list) else [value]
    return [_number(member) for member in members]


def _number(member: object) -> int:
    match = _NUMBER.fullmatch(member) if isinstance(member, str) else None
    return int(match[1]) if match else member if type(member) is int else 0


class Line(BaseModel):
    """One sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    t: Annotated[str, BeforeValidator(_cut)] = Field(description="one sentence")
    e: Annotated[list[int], BeforeValidator(_numbered)] = Field(description="the events that it tells: 2 for E2")


class Composed(BaseModel):
    """The prose of one front, or the lead."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    situation: list[Line] = Field(default=[], description="what happened")
    outlook: list[Line] = Field(default=[], description="what is planned, expected or possible")
    lead: list[Line] = Field(default=[], description="what matters most of the day; empty where a front is asked for")


@dataclass(frozen=True, slots=True)
class Prose:
    """Who writes: the asker, its prompts, and the language of the briefing (ISO 639-1)."""

    asker: Asker
    prompts: Prompts
    language: str = "en"

    @property
    def english(self) -> bool:
        """Whether what is written can be read back."""
        return self.language.split("-", 1)[0].lower() in ("", "en")


@dataclass(frozen=True, slots=True)
class Written:
    """The prose of an edition, and what a reader must know of how it was made."""

    fronts: tuple[Front, ...]
    lead: tuple[Sentence, ...]
    notes: tuple[Gap, ...] = ()


@dataclass(slots=True)
class _Piece:
    """One question and what came of it. `front` is None for the lead."""

    front: Front | None
    offer: Offer
    lone: bool
    drafts: dict[Section, list[Draft]] = field(default_factory=dict)
    why: str = ""

    @property
    def name(self) -> str:
        return self.front.name if self.front else "the lead"

    @property
    def sections(self) -> tuple[Section, ...]:
        return ("situation", "outlook") if self.front else ("lead",)

    @property
    def faulty(self) -> list[Draft]:
        return [draft for section in self.sections for draft in self.drafts.get(section, []) if draft.fault]


def write(fronts: Sequence[Front], lead: Sequence[Sentence], desk: Desk, prose: Prose) -> Written:
    """The prose by a model, with that of the templates (`fronts`, `lead`) wherever it does not stand.

    Raises Stopped where the run was asked to stop, and what the asker raises where it takes no question at all.
    """
    pieces = _pieces(fronts, desk, prose)
    _first_round(pieces, desk, prose)
    _second_round([piece for piece in pieces if piece.faulty], desk, prose)
    by_name = {piece.name: piece for piece in pieces if piece.front is not None}
    leading = next((piece for piece in pieces if piece.front is None), None)
    return Written(
        fronts=tuple(_front(front, by_name.get(front.name), desk) for front in fronts),
        lead=_sentences(leading, "lead", desk) if leading and not leading.why else tuple(lead),
        notes=_notes(pieces, prose),
    )


def _pieces(fronts: Sequence[Front], desk: Desk, prose: Prose) -> list[_Piece]:
    fewest = FEWEST if prose.english else 1
    made = []
    for front in fronts:
        lone = front.independent_sources == 1
        offer = of_front([desk.events[name] for name in front.events], desk, lone=lone)
        if len(offer.numbers) >= fewest:
            made.append(_Piece(front, offer, lone))
    leading = of_lead(candidates(desk, most=LEADING), desk)
    return [*made, _Piece(None, leading, desk.lone())] if len(leading.numbers) >= fewest else made


# ── asking ──


def _first_round(pieces: Sequence[_Piece], desk: Desk, prose: Prose) -> None:
    for piece, said in _asked([(piece, "") for piece in pieces], desk, prose):
        if isinstance(said, Unanswered):
            piece.why = said.why
            continue
        for section in piece.sections:
            lines = [(line.t, line.e) for line in getattr(said, section)]
            piece.drafts[section] = accepted(lines, section, piece.offer, desk, lone=piece.lone, english=prose.english)
        if not any(piece.drafts.values()):
            piece.why = "the reply has no sentence"


def _second_round(pieces: Sequence[_Piece], desk: Desk, prose: Prose) -> None:
    for piece, said in _asked([(piece, _complaints(piece)) for piece in pieces], desk, prose):
        if isinstance(said, Unanswered):
            continue
        for section in piece.sections:
            lines = [(line.t, line.e) for line in getattr(said, section)]
            again = accepted(lines, section, piece.offer, desk, lone=piece.lone, english=prose.english)
            piece.drafts[section] = mended(piece.drafts[section], again)


def _asked(
    pieces: Sequence[tuple[_Piece, str]], desk: Desk, prose: Prose
) -> Iterable[tuple[_Piece, Composed | Unanswered]]:
    """The replies in the order of the pieces, whenever they come."""
    if not pieces:
        return []
    questions = [_question(piece, complaints, desk, prose) for piece, complaints in pieces]
    said: dict[Prompt, Composed | Unanswered] = {}
    for answer in prose.asker.ask(questions):
        if isinstance(answer.result, Unanswered):
            if answer.result.cause is Cause.STOPPED:
                raise Stopped("stopped while the prose was written; what was paid for is kept: run it again to go on")
            said[answer.question.prompt] = answer.result
        else:
            said[answer.question.prompt] = answer.result.value
    return [(piece, said[question.prompt]) for (piece, _), question in zip(pieces, questions, strict=True)]


def _question(piece: _Piece, complaints: str, desk: Desk, prose: Prose) -> Question[Composed]:
    prompt = prose.prompts.render(
        NAME,
        events=piece.offer.lines,
        front=clean(piece.name) if piece.front else "",
        date=f"{days.named(desk.date, edition=desk.date)} {desk.date.year}",
        language=language_name(prose.language),
        complaints=complaints,
    )
    return Question(prompt, Composed, about=f"the prose of {piece.name}" if piece.front else piece.name)


def _complaints(piece: _Piece) -> str:
    return "\n".join(
        f"{section}: {draft.quoted} ({draft.cited}): {draft.fault.why}"
        for section in piece.sections
        for draft in piece.drafts[section]
        if draft.fault
    )


# ── what is printed ──


def _front(front: Front, piece: _Piece | None, desk: Desk) -> Front:
    if piece is None or piece.why:
        return front
    told = {"situation": _sentences(piece, "situation", desk), "outlook": _sentences(piece, "outlook", desk)}
    return front.model_copy(update=told)


def _sentences(piece: _Piece, section: Section, desk: Desk) -> tuple[Sentence, ...]:
    events = [desk.events[name] for name in piece.front.events] if piece.front else list(piece.offer.numbers.values())
    return replaced(piece.drafts[section], section, events, desk, lone=piece.lone)


def _notes(pieces: Sequence[_Piece], prose: Prose) -> tuple[Gap, ...]:
    notes = []
    silent = [piece for piece in pieces if piece.why]
    what = "Told by templates, for the model did not write it"
    if len(silent) > 1 and len(silent) == len(pieces):
        notes.append(Gap(what=what, about=f"all of the prose ({silent[0].why})"))
    else:
        notes += [Gap(what=what, about=f"{piece.name} ({piece.why})") for piece in silent]
    what = "Sentences of the model that its events do not carry, told by templates"
    notes += [Gap(what=what, about=f"{piece.name} ({len(piece.faulty)})") for piece in pieces if piece.faulty]
    if pieces and len(silent) < len(pieces) and not prose.english:
        what = "Prose held to the events by its names and numbers alone"
        notes.append(Gap(what=what, about=f"it is in {language_name(prose.language)}"))
    return tuple(notes)
