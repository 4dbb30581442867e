"""Frames of nouns: events that a sentence names ("the army's capture of Brega", "clashes between X and Y").

In: a `Noun` of parsed `Clauses` with the phrases that hang on it. Out: a `Frame` by data/nominal_events.tsv, or None
where the noun does not bring with it what makes it an event.
"""

from dataclasses import dataclass, replace

from briefer.reading.constructions import Construction, Role, constructions
from briefer.reading.entities import Entities
from briefer.reading.frame import Frame, Where
from briefer.reading.heads import singular
from briefer.reading.phrases import Clauses, Noun, Phrase, Verb, patients
from briefer.reading.slots import is_place
from briefer.reading.things import Entity, Sort
from briefer.reading.whereabouts import Whereabouts
from briefer.types import Actor, Kind

_REACH = 12  # tokens behind the noun; a phrase further off hangs on something else
_VERBAL = frozenset("vdzpg")
_MAKES = frozenset("sign reach conclude broker declare announce agree accept strike secure".split())
_UNMADE = frozenset("proposed possible planned potential draft future any no".split())
_FROM_THE_AIR = ("airstrike", "air-strike", "bombing")
_FROM_AFAR = frozenset("air aerial drone missile rocket precision".split())
_STOPPING = frozenset("halt stop repel repulse block thwart foil prevent avert check end resist".split())


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who and where, as far as the phrases of a noun have told."""

    actors: tuple[Actor, ...] = ()
    opponents: tuple[Actor, ...] = ()
    where: Where | None = None


class Nominal:
    """Finds the frames that the nouns of one sentence tell."""

    def __init__(self, clauses: Clauses, entities: Entities, whereabouts: Whereabouts) -> None:
        self.clauses = clauses
        self.entities = entities
        self.whereabouts = whereabouts

    def frame(self, noun: Noun) -> Frame | None:
        """The frame of an event told as a noun."""
        if self.clauses.tags[noun.head] != "N":
            return None
        lemma = singular(self.clauses.tokens.lower[noun.head])
        for construction in constructions("nominal_events.tsv").get(lemma, ()):
            if (frame := self._by(construction, noun, lemma)) is not None:
                return frame
        return None

    def _by(self, construction: Construction, noun: Noun, lemma: str) -> Frame | None:
        kind = construction.kind
        sides = self._sides(construction, noun)
        teller = self._teller(noun)
        if teller is not None and teller.lemma in _STOPPING and noun in patients(teller):
            return None  # "strikes halted the advance": what was stopped is told by the verb that stops it
        if kind is Kind.TERRITORY and teller is not None and teller.form == "B":
            return None  # "it was the first rebel advance in two years" sums up and tells nothing new
        if construction.kind is Kind.AGREEMENT and not self._is_made(noun, teller):
            return None
        if not _enough(kind, sides, surely_strike=self._is_from_afar(noun, lemma)):
            return None
        return Frame(
            kind=kind,
            change=construction.change,
            verb=None,
            lemma=lemma,
            first=noun.first,
            last=noun.last,
            actors=sides.actors,
            opponents=sides.opponents,
            where=sides.where,
            told_by=teller,
            object=f"collapse of the {lemma}" if teller is not None and teller.lemma == "collapse" else "",
        )

    def is_same_deed(self, frame: Frame, other: Frame) -> bool:
        """Whether a verb's frame has told what its own object names: "carried out air strikes", "signed a truce"."""
        verb = frame.told_by
        if verb is None or other.verb is not verb or other.kind is not frame.kind:
            return False
        behind = [noun for phrase in verb.phrases if phrase.first <= verb.last + 1 for noun in phrase.group]
        return any(noun.first == frame.first for noun in (*patients(verb), *behind))

    def _is_made(self, noun: Noun, teller: Verb | None) -> bool:
        """Whether an agreement was made; a truce that is urged, discussed or over is none."""
        lower = self.clauses.tokens.lower
        if teller is None or not _UNMADE.isdisjoint(lower[noun.first : noun.head]):
            return False
        if noun in teller.subject or noun in teller.objects:
            behind = lower[teller.last : teller.last + 3]
            begins = teller.lemma in ("take", "come", "go", "enter") and ("effect" in behind or "force" in behind)
            return begins or teller.lemma in (*_MAKES, "collapse")
        agreed = teller.lemma == "agree"
        return agreed and any(noun in phrase.group and phrase.word in ("on", "to") for phrase in teller.phrases)

    def _sides(self, construction: Construction, noun: Noun) -> _Sides:
        sides = _Sides(self.entities.modifier(noun))
        for role in construction.roles:
            for phrase in self.clauses.hanging.get(noun.head, ()):
                if phrase.word == role.slot and self._belongs(phrase, noun):
                    sides = self._with(sides, role, phrase, construction)
        return sides

    def _belongs(self, phrase: Phrase, noun: Noun) -> bool:
        """Whether a phrase is the noun's: in "terrorists backed by X" what stands behind the verb form is not."""
        taken = phrase.word in ("by", "of") and not _VERBAL.isdisjoint(self.clauses.tags[noun.last : phrase.first])
        return phrase.first <= noun.last + _REACH and not taken

    def _with(self, sides: _Sides, role: Role, phrase: Phrase, construction: Construction) -> _Sides:
        """What was told so far with what the phrase of one role adds."""
        entities = self.entities.all(phrase.group)
        is_actor = entities[0].sort is Sort.ACTOR
        if role.fills == "AZ" and len(entities) > 1 and all(each.sort is Sort.ACTOR for each in entities):
            return replace(sides, actors=entities[0].actors, opponents=_actors(entities[1:]))
        if role.fills == "L" and sides.where is None:
            fit = is_place(entities[0], role.slot, construction)
            names = construction.kind is Kind.TERRITORY
            return replace(sides, where=self.whereabouts.in_phrase(phrase, names=names) if fit else None)
        if role.fills == "A" and is_actor and not sides.actors:
            return replace(sides, actors=_actors(entities))
        if role.fills == "Z" and is_actor:
            return replace(sides, opponents=_actors(entities))
        return sides

    def _is_from_afar(self, noun: Noun, lemma: str) -> bool:
        """Whether the words are of an attack from the air or by missile; a bare "strike" may be a walk-out."""
        before = self.clauses.tokens.lower[noun.first : noun.head]
        return lemma in _FROM_THE_AIR or not _FROM_AFAR.isdisjoint(before)

    def _teller(self, noun: Noun) -> Verb | None:
        """The verb that has the noun as its subject or object or in one of its phrases."""
        for verb in self.clauses.verbs:
            if noun in verb.subject or noun in verb.objects or any(noun in phrase.group for phrase in verb.phrases):
                return verb
        return None


def _actors(entities: list[Entity]) -> tuple[Actor, ...]:
    return tuple(actor for entity in entities for actor in entity.actors)


def _enough(kind: Kind, sides: _Sides, *, surely_strike: bool) -> bool:
    """What a noun must bring with it to be an event."""
    placed, acted = sides.where is not None, bool(sides.actors)
    match kind:
        case Kind.TERRITORY:
            return acted and placed
        case Kind.STRIKE:
            return placed and (acted or surely_strike)
        case Kind.SHELLING:
            return placed
        case Kind.AGREEMENT:
            return placed or acted
        case _:
            return placed and (acted or bool(sides.opponents))
