"""The constructions that tell events: which roles a verb or a noun needs, and what it then tells.

In: data/events.tsv (verbs) and data/nominal_events.tsv (nouns). Out: `Construction`s by lemma.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from briefer.reading.verbs import rows
from briefer.types import Change, Kind

STRICT = ("HANDS", "CONTROL", "OFFENSIVE")
"""What fills the roles that no other needed role makes up for: without "control" nothing is "under control"."""

_HOLDS = ("HANDS", "CONTROL")


class Role(NamedTuple):
    """One slot of a construction and what must stand in it."""

    slot: str
    fills: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Construction:
    """One row of a data file: a verb (or noun) with its particle or light object, what it tells, and its roles."""

    kind: Kind
    change: Change | None
    particle: str
    light: str
    roles: tuple[Role, ...]

    @property
    def needs_noun(self) -> bool:
        """Whether a noun like "control" or "hands" must stand with the verb."""
        return any(role.fills in STRICT for role in self.roles)

    @property
    def needs_holder(self) -> bool:
        """Whether it tells in whose hands or under whose control a place is."""
        return any(role.fills in _HOLDS for role in self.roles)

    @property
    def takes_object(self) -> bool:
        """Whether one of its roles is the object's."""
        return any(role.slot == "o" for role in self.roles)


@cache
def constructions(name: str) -> dict[str, tuple[Construction, ...]]:
    """The rows of a data file by lemma, in the file's order."""
    found: dict[str, list[Construction]] = {}
    for row in rows(name):
        listed, kind, change, roles = (field.strip() for field in row)
        for entry in listed.split():
            lemma, _, light = entry.partition("+")
            lemma, _, particle = lemma.partition(">")
            construction = Construction(Kind(kind), Change(change) if change else None, particle, light, _roles(roles))
            found.setdefault(lemma, []).append(construction)
    # A construction with a particle or a light object is more of the sentence's own words: it is tried first.
    return {
        lemma: tuple(sorted(listed, key=lambda each: not (each.light or each.particle)))
        for lemma, listed in found.items()
    }


def _roles(text: str) -> tuple[Role, ...]:
    roles = []
    for pair in text.split():
        slot, _, fills = pair.partition("=")
        roles.append(Role({"out": "out of"}.get(slot, slot), fills.upper(), fills[0].isupper()))
    return tuple(roles)
