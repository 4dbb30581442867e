"""The lines that a statement is held against, with what stands before them: lines in, `Evidence` out."""

from dataclasses import dataclass
from functools import cached_property

from briefer.verify.statements.deeds import Deed
from briefer.verify.statements.keys import Keys
from briefer.verify.statements.lines import Amount, Line, Name
from briefer.verify.statements.meanings import stance
from briefer.verify.statements.sources import Page, Place


@dataclass(frozen=True)
class Evidence:
    """The lines that a statement is held against: the nearest one first, with those that add to it."""

    page: Page
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    context: tuple[Line, ...]
    """The few lines before them, in which their pronouns' names stand."""

    @property
    def before(self) -> tuple[Line, ...]:
        """The few lines right before the nearest one, the nearest first, and the title."""
        return tuple(self.page.before(self.places[0].number))

    @property
    def base(self) -> Line:
        """The nearest line."""
        return self.lines[0]

    @cached_property
    def keys(self) -> Keys:
        """The keys of its lines."""
        return frozenset().union(*(line.keys for line in self.lines))

    @cached_property
    def around(self) -> Keys:
        """The keys of what stands before its lines."""
        return frozenset().union(self.keys, *(line.keys for line in self.context))

    @cached_property
    def meanings(self) -> frozenset[str]:
        """What its words may mean."""
        return frozenset().union(*(line.meanings for line in self.lines))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names of its lines."""
        return tuple(name for line in self.lines for name in line.names)

    @cached_property
    def names_around(self) -> tuple[Name, ...]:
        """Those of its lines and of what stands before them."""
        return (*self.names, *(name for line in self.context for name in line.names))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The numbers of its lines."""
        return tuple(amount for line in self.lines for amount in line.amounts)

    @cached_property
    def stances(self) -> frozenset[str]:
        """The sides that its plain nouns stand for."""
        return frozenset(found for line in self.lines for word in line.words if (found := stance(word.text.lower())))

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """The deeds of its lines."""
        return tuple(deed for line in self.lines for deed in line.deeds)

    @cached_property
    def lower(self) -> frozenset[str]:
        """The tokens of its lines in lower case."""
        return frozenset().union(*(line.lower for line in self.lines))
