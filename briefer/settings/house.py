"""What the house knows better than briefer: its outlets, and its names for actors and places."""

from pydantic import Field

from briefer.settings.values import Names, Table


class Outlet(Table):
    """An outlet as the house sees it; this beats what briefer knows of it.

    `hosts` and `aliases` are the addresses and other names by which articles are known as its own. Outlets of one
    `publisher` count as one source. `side` is the actor or side whose voice it is. `note` is shown with the sources.
    """

    name: str = ""
    hosts: Names = ()
    aliases: Names = ()
    publisher: str = ""
    side: str = ""
    note: str = Field(default="", max_length=500)


class HouseNames(Table):
    """The house's names for actors and places, each with its other spellings; they beat the built-in ones."""

    actors: dict[str, Names] = Field(default_factory=dict)
    places: dict[str, Names] = Field(default_factory=dict)
