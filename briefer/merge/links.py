"""Sets that grow by joining: plain ones with forbidden pairs, and ones that also keep two opposite sides."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """Disjoint sets of things; two things that were set apart never come into one set."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}
        self._apart: dict[T, set[T]] = {}
        self._marks: dict[T, set[str]] = {}

    def add(self, thing: T, marks: Iterable[str] = ()) -> None:
        """Let the thing stand alone until it is joined; `marks` are what no two sets that join weakly may share."""
        self._parent.setdefault(thing, thing)
        self._marks.setdefault(self.root(thing), set()).update(marks)

    def root(self, thing: T) -> T:
        """The thing that stands for the whole set."""
        parent = self._parent
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    def set_apart(self, one: T, other: T) -> None:
        """Forbid that the two ever come together; call it before any joining."""
        if one != other:
            self._apart.setdefault(self.root(one), set()).add(self.root(other))
            self._apart.setdefault(self.root(other), set()).add(self.root(one))

    def join(self, one: T, other: T, *, weak: bool = False) -> bool:
        """Make two sets one unless they were set apart (or, when `weak`, share a mark); say whether they are one."""
        small, large = self.root(one), self.root(other)
        if small == large:
            return True
        if len(self._marks[small]) > len(self._marks[large]):
            small, large = large, small
        if large in self._apart.get(small, ()) or (weak and not self._marks[small].isdisjoint(self._marks[large])):
            return False
        self._parent[small] = large
        self._marks[large] |= self._marks.pop(small)
        self._inherit(small, large)
        return True

    def _inherit(self, small: T, large: T) -> None:
        for enemy in self._apart.pop(small, set()):
            self._apart[enemy].discard(small)
            self._apart[enemy].add(large)
            self._apart.setdefault(large, set()).add(enemy)

    def sets(self) -> dict[T, list[T]]:
        """Every set by its root, members in the order in which they were added."""
        found: dict[T, list[T]] = {}
        for thing in self._parent:
            found.setdefault(self.root(thing), []).append(thing)
        return found


class Opposites:
    """Disjoint sets whose members stand on one of two opposite sides (union-find with parity)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._flip: dict[str, int] = {}

    def find(self, name: str) -> tuple[str, int]:
        """The root of the name's set and the side of the root (0) or the other (1) that it stands on."""
        self._parent.setdefault(name, name)
        self._flip.setdefault(name, 0)
        path, side = [], 0
        while self._parent[name] != name:
            path.append(name)
            name = self._parent[name]
        for step in reversed(path):
            side ^= self._flip[step]
            self._parent[step], self._flip[step] = name, side
        return name, side

    def relate(self, one: str, other: str, *, opposed: bool) -> bool:
        """Put the two on opposite sides (or the same) unless what is known says otherwise; say whether it holds."""
        (first, a), (second, b) = self.find(one), self.find(other)
        if first == second:
            return (a != b) == opposed
        low, high = sorted((first, second))
        self._parent[high], self._flip[high] = low, a ^ b ^ int(opposed)
        return True

    def names(self) -> list[str]:
        """Every name that was ever related or asked for."""
        return sorted(self._parent)
