"""Names of a case: what a briefing calls an actor, a place or a front in; the reference's own name for it out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from typing import TypeAlias

from briefer.evals.cases import Fields, Sheet
from briefer.merge import keys
from briefer.reading.names import SAME, fold, same_spelling

UNKNOWN = "~"
"""What a key begins with that is none of the reference's names: whom or what it means is the sources' to say."""
PROVINCE = "province"
"""What the key of a province ends in: it is another place than the town of that name."""

_LITTLE = frozenset({"the", "a", "of", "an", "s", "at", "al", "el"})  # "an" and "at" are read as the article "al"

Key: TypeAlias = Callable[[str], str]


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    text = (resources.files("briefer.evals.scoring") / "data" / "titles.txt").read_text(encoding="utf-8")
    rows = (row for row in text.splitlines() if not row.startswith("#"))
    return frozenset(keys.singular(word) for row in rows for word in row.split())


def telling(who: str) -> frozenset[str]:
    """The words of a speaker's name that tell it from others."""
    return frozenset(keys.singular(word) for word in keys.words(who)) - _titles() - _LITTLE


class Names:
    """The names of one case. A name that no alias has stands for itself, as unknown."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def actors(self, *forms: str) -> frozenset[str]:
        """The keys under which an actor may be meant, by all its forms."""
        return frozenset().union(*(self._found(self._actors, form, keys.actor) for form in forms if form))

    def sides(self, text: str) -> frozenset[str]:
        """The keys of the actors whose names stand in a text: of "a Guard spokesman", the Guard."""
        told = f" {' '.join(keys.words(text))} "
        return frozenset(key for form, key in self._actors.items() if f" {form} " in told)

    def places(self, *forms: str) -> frozenset[str]:
        """The keys under which a place may be meant, by all its forms."""
        return frozenset().union(*(self._found(self._places, form, _place) for form in forms if form))

    def fronts(self, name: str) -> frozenset[str]:
        """The keys of a front."""
        return self._found(self._fronts, name, _place) if name else frozenset()

    @cached_property
    def _actors(self) -> Mapping[str, str]:
        sheet = self._sheet
        used = (name for claim in _claims(sheet) for name in (*claim.actor, *claim.opponent))
        return _index(sheet.names.actors, used, keys.actor)

    @cached_property
    def _places(self) -> Mapping[str, str]:
        used = (claim.place for claim in _claims(self._sheet) if claim.place)
        return _index(self._sheet.names.places, used, _place)

    @cached_property
    def _fronts(self) -> Mapping[str, str]:
        used = (happening.front for happening in self._sheet.events.values() if happening.front)
        return _index(self._sheet.names.fronts, used, _place)

    def _found(self, index: Mapping[str, str], form: str, key: Key) -> frozenset[str]:
        for each in (_plain(form), key(form)):
            if each in index:
                return frozenset({index[each]})
        spelt = max(((same_spelling(_plain(form), other), other) for other in index), default=(0.0, ""))
        return frozenset({index[spelt[1]] if spelt[0] >= SAME else UNKNOWN + key(form)})


def _claims(sheet: Sheet) -> Sequence[Fields]:
    return (*sheet.must, *sheet.may, *sheet.must_not)


def _index(aliases: Mapping[str, Sequence[str]], used: Iterable[str], key: Key) -> dict[str, str]:
    """Every form, plain and as a key, to the reference's own name, plain; what two share stands for neither's key."""
    found: dict[str, str] = {}
    for name in dict.fromkeys((*aliases, *used)):
        found.setdefault(_plain(name), _plain(name))
    for name, others in aliases.items():
        for other in others:
            found.setdefault(_plain(other), _plain(name))
    for name in dict.fromkeys((*aliases, *used)):
        for form in (name, *aliases.get(name, ())):
            found.setdefault(key(form), found[_plain(form)])
    return found


def _plain(name: str) -> str:
    return fold(name).removeprefix("the ")


def _place(name: str) -> str:
    key, level = keys.place(name)
    return f"{key} {PROVINCE}" if level == PROVINCE else key
