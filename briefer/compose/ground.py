"""What a sentence of prose is held against: the events that it names, as deeds with who says each, and their names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefer.compose.desk import Desk, front_of
from briefer.compose.facts import Fact, of_claim
from briefer.compose.names import outlet, squeeze
from briefer.compose.phrases import pattern
from briefer.compose.voices import Voice, asserting, said_by
from briefer.reading import lexicon
from briefer.reading.lexicon import fold
from briefer.types import Actor, ActorKind, Attribution, Casualties, Claim, Event, Place, Reason, When

_GENERIC = {
    ActorKind.STATE_FORCES: (
        "army", "military", "troops", "soldiers", "government", "government forces", "government troops",
        "state forces", "armed forces", "regime forces",
    ),
    ActorKind.REBEL_GROUP: ("rebels", "rebel", "rebel forces", "rebel fighters", "insurgents"),
    ActorKind.POLITICAL_MILITIA: ("militia", "militiamen"),
    ActorKind.IDENTITY_MILITIA: ("militia", "militiamen"),
    ActorKind.CIVILIANS: ("civilians",),
}  # fmt: skip
"""What actors of a kind may be called, whatever their names."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence does not stand; `why` tells the writer what to mend."""

    reason: Reason
    why: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that an event, or who contradicts it, says; `voices` are those who say it."""

    fact: Fact
    event: Event
    voices: tuple[Voice, ...]
    opposed: bool = False


@dataclass(frozen=True)
class Ground:
    """Some events and all that may be said of them. `lone`: one source carries the front, which is said once only."""

    events: tuple[Event, ...]
    desk: Desk
    lone: bool = False

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the events, and those that contradict them."""
        found = {claim.id: claim for event in self.events for claim in self.desk.claims_of(event)}
        found |= {claim.id: claim for event in self.events for claim in self.desk.opposed(event)}
        return tuple(found.values())

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """What the events say, then what is said against them."""
        told, against = [], []
        for event in self.events:
            told.append(Deed(self._fact(event), event, tuple(said_by(asserting(event, self.desk), self.desk))))
            against += [
                Deed(of_claim(claim), event, tuple(said_by([claim], self.desk)), opposed=True)
                for claim in self.desk.opposed(event)
            ]
        return (*told, *against)

    def _fact(self, event: Event) -> Fact:
        """What an event states, with all who lose by it: whom its claims name, and whose gain it undid."""
        fact = self.desk.fact(event)
        losers = [actor.canonical for claim in asserting(event, self.desk) for actor in claim.opponents]
        losers += [name for undone in self.desk.undid.get(event.id, ()) for name in undone.actors]
        known = dict.fromkeys(name for name in (*fact.opponents, *losers) if name and name not in fact.actors)
        return replace(fact, opponents=tuple(known))

    @cached_property
    def cast(self) -> tuple[str, ...]:
        """The canonical names of all who act or suffer."""
        return tuple(dict.fromkeys(name for d in self.deeds for name in (*d.fact.actors, *d.fact.opponents) if name))

    @cached_property
    def spellings(self) -> dict[str, frozenset[str]]:
        """The folded names under which each of the cast, and each party that speaks, may stand."""
        parties = {voice.actor for voice in self.voices if voice.actor}
        return {name: self._spellings(name) for name in (*self.cast, *sorted(parties - {*self.cast}))}

    def _spellings(self, name: str) -> frozenset[str]:
        party = self.desk.parties.get(name)
        named = [actor.name for c in self.claims for actor in (*c.actors, *c.opponents) if actor.canonical == name]
        known = lexicon.actors().get(fold(name))
        found = {fold(squeeze(text)) for text in (name, *(party.aliases if party else ()), *named)}
        if known is not None:
            found |= {fold(alias) for alias in (known.canonical, *known.aliases)}
        kind = party.kind if party else ActorKind.UNKNOWN
        found |= {fold(text) for text in _GENERIC.get(kind, ())}
        return frozenset(text for text in found if len(text) > 1 and text not in _NOBODY)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Everybody who says any of it."""
        return tuple(dict.fromkeys(voice for deed in self.deeds for voice in deed.voices))

    @cached_property
    def counts(self) -> tuple[Casualties, ...]:
        """All counts of people."""
        own = [count for event in self.events for count in event.casualties]
        return tuple(dict.fromkeys([*own, *(count for claim in self.claims for count in claim.casualties)]))

    @cached_property
    def claimants(self) -> tuple[str, ...]:
        """The names of all who say or count something, outlets among them."""
        named = [voice.name for voice in self.voices]
        named += [outlet(count.claimant) for count in self.counts if count.claimant]
        named += [outlet(kit.claimant) for event in self.events for kit in event.equipment if kit.claimant]
        named += [name for event in self.events for name in self.desk.outlets_of(event)]
        named += [squeeze(claim.attribution.who) for claim in self.claims if claim.attribution.who]
        return tuple(dict.fromkeys(name for name in named if name))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of all that is said, as events and as claims have them."""
        own = [deed.fact.place for deed in self.deeds] + [claim.place for claim in self.claims]
        return tuple(dict.fromkeys(place for place in own if place is not None))

    @cached_property
    def times(self) -> tuple[When, ...]:
        """When all of it happened."""
        return tuple(dict.fromkeys(deed.fact.when for deed in self.deeds))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that may stand in a sentence, as written, the longest first."""
        found: list[str] = [*self.claimants, *(front_of(event) for event in self.events)]
        for place in self.places:
            found += [place.name, place.canonical, place.region, place.country, self.desk.names.place(place.canonical)]
        for name in self.spellings:
            party = self.desk.parties.get(name)
            found += [name, *(party.aliases if party else ()), party.side if party else ""]
        found += [actor.name for claim in self.claims for actor in (*claim.actors, *claim.opponents)]
        return tuple(sorted({squeeze(name) for name in found if squeeze(name)}, key=lambda n: (-len(n), n)))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of the events themselves: what was taken or hit, who was counted, and headlines that tell them."""
        found = [event.object for event in self.events] + [count.victims for count in self.counts]
        found += [kit.type for event in self.events for kit in event.equipment]
        found += [place.relation for place in self.places] + [when.as_written for when in self.times]
        found += [d.fact.headline for d in self.deeds if pattern(d.fact.kind, d.fact.change) is None]
        return tuple(text for text in found if text)

    def denoted(self, actor: Actor) -> frozenset[str]:
        """Those of the cast whom an actor of a sentence may be; empty where it is nobody of them."""
        keys = {fold(actor.name), fold(actor.canonical)} - {""}
        exact = {name for name, spellings in self.spellings.items() if spellings & keys}
        if exact:
            return frozenset(exact)
        return frozenset(
            name
            for name, spellings in self.spellings.items()
            if any(_within(spelling, key) or _ends(spelling, key) for spelling in spellings for key in keys)
        )

    def is_within_claimant(self, actor: Actor) -> bool:
        """Whether an actor of a sentence is words of a claimant's longer name: "three villagers, and a soldier"."""
        return any(
            re.search(rf"[\w,] {re.escape(fold(actor.name))}(?!\w)", fold(who))
            for who in self.claimants
            if fold(actor.name)
        )

    def spoken_spans(self, text: str) -> list[tuple[int, int]]:
        """Where the names of claimants of several words stand in a text, as half-open offsets."""
        names = [name for name in self.claimants if " " in name]
        return [
            m.span() for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        ]

    def is_nobody(self, actor: Actor) -> bool:
        """Whether an actor of a sentence is a mere word for armed people, which anybody's may be."""
        words = set(fold(actor.name).split()) - _SMALL
        return bool(words) and words <= _NOBODY

    def speaks(self, voice: Voice, said: Attribution) -> bool:
        """Whether the speaker of a sentence is this claimant."""
        who = Actor(said.who or said.canonical, said.canonical or said.who)
        if voice.actor and voice.actor in self.denoted(who):
            return True
        one, other = set(fold(voice.name).split()) - _SMALL, set(fold(said.who).split()) - _SMALL
        return bool(one) and bool(other) and (one <= other or other <= one)


_NOBODY = frozenset(
    "fighters forces force troops units men they it its their them both sides side who gunmen fighter soldiers "
    "parties".split()
)
_SMALL = frozenset("a an the of for from in by its his her their".split())


def _within(short: str, text: str) -> bool:
    return len(short) > 3 and f" {short} " in f" {text} "


def _ends(full: str, last: str) -> bool:
    """Whether a name is the last words of a longer one: "the Front"."""
    return len(last) > 3 and full.endswith(f" {last}")


def ground(events: Sequence[Event], desk: Desk, *, lone: bool = False) -> Ground:
    """The ground of some events."""
    return Ground(tuple(events), desk, lone)


def folded(names: Iterable[str]) -> list[str]:
    """The keys of some names, the longest first."""
    return sorted({fold(name) for name in names} - {""}, key=lambda key: (-len(key), key))
