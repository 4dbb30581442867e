"""The house's names out of the settings: `[outlets]` and `[names]` in, a `House` out."""

from collections.abc import Mapping, Sequence

from briefer.reading.countries import country_code
from briefer.reading.house import House, HouseOutlet, key_of
from briefer.reading.lexicon import actors as known_actors
from briefer.reading.outlets import aligned, known, outlet_key, publisher
from briefer.settings import Outlet, Settings

NOBODY = "none"
"""The `side` of an outlet that is nobody's voice, whatever is known of it."""


def house(settings: Settings) -> House:
    """The names of the house, as the settings give them."""
    actors = _spellings(settings.names.actors)
    named = {name: outlet.name or name for name, outlet in settings.outlets.items()}
    found = {
        name: HouseOutlet(named[name], _publisher(named[name], outlet), _side(named[name], outlet, actors), outlet.note)
        for name, outlet in settings.outlets.items()
    }
    outlets = {
        outlet_key(written): found[name]
        for name, outlet in settings.outlets.items()
        for written in _written(named[name], outlet)
    }
    return House(outlets, actors, _spellings(settings.names.places))


def _spellings(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {key_of(written): name for name, aliases in names.items() for written in (name, *aliases)}


def _written(name: str, outlet: Outlet) -> list[str]:
    return [name, *outlet.hosts, *outlet.aliases]


def _publisher(name: str, outlet: Outlet) -> str:
    """The family: of the publisher that is named, else what is known of the outlet, else its own name."""
    if outlet.publisher:
        return publisher(outlet.publisher)
    return next((found.family for written in _written(name, outlet) if (found := known(written))), outlet_key(name))


def _side(name: str, outlet: Outlet, actors: Mapping[str, str]) -> str:
    """The ISO code of a country, or else the house's or the known name of an actor."""
    if outlet.side == NOBODY:
        return ""
    side = outlet.side or next((found for written in _written(name, outlet) if (found := aligned(written))), "")
    if len(side) == 2 and side.isupper():
        return side
    listed = known_actors().get(key_of(side))
    canonical = listed.canonical if listed else side
    return actors.get(key_of(side)) or actors.get(key_of(canonical)) or country_code(side) or canonical
