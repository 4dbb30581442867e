"""Leaves out of a mail what it has no room for: first quotes, then the least important entries, and says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from briefer.render import back
from briefer.render.back import Proof
from briefer.render.mail import behind
from briefer.render.mail.layout import Layout
from briefer.render.mail.sheet import Entry, Section, Sheet, marks_of

_FIRST_QUOTES = 20  # marks whose words are shown even where entries have to go


@dataclass(frozen=True, slots=True)
class Fitting:
    """A whole sheet, the words behind its marks, and its entries in the order in which they matter."""

    sheet: Sheet
    proofs: dict[int, Proof]
    ranked: tuple[Entry, ...]

    @classmethod
    def of(cls, sheet: Sheet, layout: Layout) -> "Fitting":
        """Make ready to fit the sheet of a layout."""
        return cls(sheet, {proof.mark: proof for proof in layout.proofs}, tuple(_ranked(sheet)))

    def fitted(self, fits: Callable[[Sheet], bool]) -> Sheet:
        """The sheet with as much as `fits` takes; it never leaves out the title, the notices and the lead."""
        entries, marks = len(self.ranked), len(marks_of(self.sheet))
        if fits(whole := self._with(entries, marks)):
            return whole
        if fits(self._with(entries, _FIRST_QUOTES)):
            return self._with(entries, _most(_FIRST_QUOTES, marks, lambda n: fits(self._with(entries, n))))
        if fits(self._with(0, _FIRST_QUOTES)):
            return self._with(_most(0, entries, lambda n: fits(self._with(n, _FIRST_QUOTES))), _FIRST_QUOTES)
        return self._with(0, 0)

    def _with(self, entries: int, quotes: int) -> Sheet:
        kept = _kept(self.sheet, {id(entry) for entry in self.ranked[:entries]})
        if entries < len(self.ranked):
            fronts = _fronts(self.sheet) - _fronts(kept)
            kept = replace(kept, notices=(*kept.notices, _said(len(self.ranked) - entries, fronts)))
        shown = [self.proofs[mark] for mark in marks_of(kept) if mark in self.proofs]
        words = behind.words(shown[:quotes], more=len(shown[quotes:]))
        return replace(kept, sections=(*kept.sections, words)) if words.lists else kept


def _ranked(sheet: Sheet) -> Iterator[Entry]:
    """The entries of the sections, what matters most first: of two lists that matter alike, turn by turn."""
    places = [
        (entry.weight, number, entry)
        for section in sheet.sections
        for rows in section.lists
        for number, entry in enumerate(rows.entries)
    ]
    yield from (entry for *_, entry in sorted(places, key=lambda place: place[:2]))


def _kept(sheet: Sheet, names: set[int]) -> Sheet:
    sections = (_section(section, names) for section in sheet.sections)
    return replace(sheet, sections=tuple(section for section in sections if section.lists))


def _section(section: Section, names: set[int]) -> Section:
    lists = []
    for rows in section.lists:
        kept = tuple(entry for entry in rows.entries if id(entry) in names)
        if kept:
            lists.append(replace(rows, entries=kept, more=rows.more + len(rows.entries) - len(kept)))
    return replace(section, lists=tuple(lists))


def _fronts(sheet: Sheet) -> int:
    return sum(section.part == "front" for section in sheet.sections)


def _said(entries: int, fronts: int) -> str:
    of_fronts = f", among them all of {back.counted(fronts, 'front')}" if fronts else ""
    count = back.counted(entries, "entry", "entries")
    gone = f"the {count} of least weight are left out{of_fronts}"
    return f"This day is too large for one mail: {gone}. The foot says where all is."


def _most(low: int, high: int, good: Callable[[int], bool]) -> int:
    """The greatest number that is good, where `low` is and every number below a good one is."""
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if good(middle) else (low, middle - 1)
    return low
