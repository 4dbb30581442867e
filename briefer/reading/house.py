"""What the house calls outlets, actors and places, above what is known of them.

In: articles and claims as they were read. Out: the same under the names of the house. A spelling is looked up by
`key_of`, an outlet as `outlets.known` does; without a `House` everything stays as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from briefer.reading.lexicon import fold
from briefer.reading.outlets import aligned, outlet_keys, publisher
from briefer.types import Actor, Article, Claim


@dataclass(frozen=True, slots=True)
class HouseOutlet:
    """An outlet of the house: its name, its publisher's family as `outlets.publisher` gives one, whose voice it is.

    `side` is an ISO code or an actor, "" for nobody's. `note` is for the reader.
    """

    name: str
    publisher: str
    side: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """The names of the house: `outlets` by `outlet_key`, `actors` and `places` by `key_of`, each spelling its name."""

    outlets: Mapping[str, HouseOutlet] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def outlet(self, written: str) -> HouseOutlet | None:
        """The outlet that a name, host or address stands for, None where the house has none."""
        if not self.outlets or not written:
            return None
        return next((found for key in outlet_keys(written) if (found := self.outlets.get(key))), None)

    def publisher(self, written: str) -> str:
        """The publisher family of an outlet, as the house has it or else as it is known."""
        found = self.outlet(written)
        return found.publisher if found else publisher(written)

    def aligned(self, written: str) -> str:
        """The ISO code or actor whose voice an outlet is, as the house has it or else as it is known; "" for nobody."""
        found = self.outlet(written)
        return found.side if found else self.actor(aligned(written))

    def actor(self, name: str) -> str:
        """The house's name for an actor, the name itself where it has none."""
        return self.actors.get(key_of(name), name) if self.actors and name else name

    def place(self, name: str) -> str:
        """The house's name for a place, the name itself where it has none."""
        return self.places.get(key_of(name), name) if self.places and name else name


NO_HOUSE = House()
"""A house without names of its own."""


def key_of(name: str) -> str:
    """The key of an actor's or place's spelling: folded, without "the"."""
    return fold(name)


def named_by_house(article: Article, house: House) -> Article:
    """The article under the house's name for its outlet, known by the name that it gives or the host it comes from."""
    found = house.outlet(article.outlet) or house.outlet(article.url)
    return replace(article, outlet=found.name) if found and found.name != article.outlet else article


def under_house_names(claim: Claim, house: House) -> Claim:
    """The claim with the house's canonical names; what the article writes stays. Apply it after verifying.

    The words of the article tell first who is meant, then the name that they were resolved to.
    """
    if not house.actors and not house.places:
        return claim
    said, place = claim.attribution, claim.place
    return replace(
        claim,
        actors=_actors(claim.actors, house),
        opponents=_actors(claim.opponents, house),
        attribution=replace(said, canonical=_meant(said.who, said.canonical, house)) if said.canonical else said,
        place=replace(place, canonical=_placed(place.name, place.canonical, house)) if place else None,
    )


def _actors(actors: Iterable[Actor], house: House) -> tuple[Actor, ...]:
    named = [replace(actor, canonical=_meant(actor.name, actor.canonical, house)) for actor in actors]
    return tuple({actor.canonical: actor for actor in reversed(named)}.values())[::-1]


def _meant(written: str, canonical: str, house: House) -> str:
    return house.actors.get(key_of(written)) or house.actor(canonical)


def _placed(written: str, canonical: str, house: House) -> str:
    return house.places.get(key_of(written)) or house.place(canonical)
