"""Counts of people and of equipment, every number kept with who counts: "between 5 and 9 soldiers killed"."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefer.compose.names import listed, outlet, plural, squeeze
from briefer.types import Casualties, CasualtyKind, Claim, Equipment, EquipmentState, Event

_ORDER = {kind: number for number, kind in enumerate(CasualtyKind)}


@dataclass(frozen=True, slots=True)
class Toll:
    """What several claimants count of one thing. `counts` pairs each number as said with those who say it."""

    kind: CasualtyKind
    victims: str
    low: int | None
    high: int | None
    counts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def number(self) -> str:
        """The range of all counts: "5", "at least 5", "between 5 and 9"."""
        if len(self.counts) == 1:
            return self.counts[0][0]
        if self.low is None or self.high is None or self.low == self.high:
            return " or ".join(said for said, _ in self.counts)
        return f"between {self.low:,} and {self.high:,}"

    @property
    def people(self) -> str:
        """Who is counted, in the number that the count asks for: "soldiers", "one soldier"."""
        if not self.one:
            return self.victims
        if self.victims == "people":
            return "person"
        single = self.victims.endswith("s") and not self.victims.endswith(("ss", "forces", "is", "us"))
        return self.victims[:-1] if single and " of " not in self.victims else self.victims

    @property
    def one(self) -> bool:
        """Whether exactly one person is counted."""
        return self.low == self.high == 1


def said(count: Casualties) -> str:
    """One count in the words of its bounds: "5", "at least 5", "up to 9", "5 to 9", or as written."""
    low, best, high = count.low, count.best, count.high
    if best is not None and low in (None, best) and high in (None, best):
        return f"{best:,}"
    if low is not None and high is not None and low != high:
        return f"{low:,} to {high:,}"
    if low is not None and high is None:
        written = squeeze(count.as_written).lower()
        if not _VAGUE.match(written):
            return f"at least {low:,}"
        return f"{written} of" if written.endswith(("dozens", "scores", "hundreds", "thousands")) else written
    if high is not None and low is None:
        return f"up to {high:,}"
    if low is not None:
        return f"{low:,}"
    written = squeeze(count.as_written)
    return f"“{written}”" if written else "an unstated number of"


_VAGUE = re.compile(r"(?:more than|over|dozens|scores|hundreds|thousands|tens of|several|a few)\b")
_AMOUNT = re.compile(
    r"^(?:(?:at least|about|some|more than|nearly|around|up to|as many as|over|another|the|an?)\s+)*"
    r"(?:[\d,]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|scores of|hundreds of)\s+",
    re.IGNORECASE,
)


def _victims(count: Casualties) -> str:
    """Who is counted, without the number that the source put before them."""
    named = _AMOUNT.sub("", squeeze(count.victims))
    if named.lower() in {"", "people", "person", "persons", "others", "dead", "wounded", "injured"}:
        return "civilians" if count.civilian else "people"
    return named


def _bounds(count: Casualties) -> list[int]:
    return [value for value in (count.low, count.best, count.high) if value is not None]


def tolls(event: Event, *, claims: Mapping[str, Claim], outlets: Mapping[str, str]) -> list[Toll]:
    """The counts of people in an event, one Toll for each kind of loss and of victim, killed first."""
    groups: dict[tuple[CasualtyKind, str], list[Casualties]] = {}
    for count in event.casualties:
        groups.setdefault((count.kind, _victims(count)), []).append(count)
    speakers = _speakers(event, claims=claims, outlets=outlets)
    made = [_toll(kind, victims, counts, speakers) for (kind, victims), counts in groups.items()]
    return sorted(made, key=lambda toll: (_ORDER[toll.kind], toll.victims))


def _toll(
    kind: CasualtyKind, victims: str, counts: Sequence[Casualties], speakers: Mapping[Casualties, tuple[str, ...]]
) -> Toll:
    who: dict[str, set[str]] = {}
    numbers: list[int] = []
    order: dict[str, int] = {}
    for count in counts:
        numbers.extend(_bounds(count))
        text = said(count)
        order.setdefault(text, min(_bounds(count), default=0))
        named = (outlet(count.claimant),) if count.claimant else speakers.get(count, ())
        who.setdefault(text, set()).update(named)
    pairs = tuple((text, tuple(sorted(who[text]))) for text in sorted(who, key=lambda text: (order[text], text)))
    return Toll(kind, victims, min(numbers, default=None), max(numbers, default=None), pairs)


def _speakers(
    event: Event, *, claims: Mapping[str, Claim], outlets: Mapping[str, str]
) -> dict[Casualties, tuple[str, ...]]:
    """The outlets behind each count that names no claimant."""
    found: dict[Casualties, set[str]] = {}
    for claim in (claims[name] for name in event.claims if name in claims):
        for count in claim.casualties:
            if speaker := outlets.get(claim.article, ""):
                found.setdefault(count, set()).add(squeeze(speaker))
    return {count: tuple(sorted(names)) for count, names in found.items()}


def toll_clause(items: Sequence[Toll]) -> str:
    """The tolls as a clause: "between 5 and 9 soldiers were killed and three civilians were wounded"."""
    parts = []
    for toll in items:
        be = "was" if toll.one else "were"
        state = "taken prisoner" if toll.kind is CasualtyKind.CAPTURED else toll.kind.value
        if toll.kind is CasualtyKind.MISSING:
            be, state = ("is" if toll.one else "are"), "missing"
        parts.append(f"{spelled(toll.number)} {toll.people} {be} {state}")
    return listed(parts, limit=6)


def toll_source(items: Sequence[Toll], name: Callable[[str], str]) -> str:
    """Who counts, as the end of a sentence: ", by the count of Reuters"; "" where nobody is named.

    `name` writes a claimant as it stands in a sentence. Who counts one thing only is told with what it counts.
    """
    everyone = {who for toll in items for _, speakers in toll.counts for who in speakers}
    if not everyone:
        return ""
    if len(everyone) == 1:
        return f", by the count of {name(everyone.pop())}"
    parts: dict[str, list[str]] = {}
    for toll in items:
        for number, speakers in toll.counts:
            for who in speakers:
                parts.setdefault(who, []).append(number if len(items) == 1 else f"{number} {toll.kind.value}")
    told = [f"{name(who)} ({', '.join(numbers)})" for who, numbers in parts.items()]
    return f", by the counts of {listed(told)}"


_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")


def opening(number: int) -> str:
    """A count from 0 to 99 as it opens a sentence."""
    tens, ones = divmod(number, 10)
    if tens < 2:
        return (*_SMALL, *_TEENS)[number]
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


def spelled(number: str) -> str:
    """A count as prose writes it: whole numbers under ten as words."""
    return _SMALL[int(number)] if len(number) == 1 and number.isdigit() else number


def killed(event: Event) -> int:
    """The largest count of people killed that any claimant gives; 0 where none does."""
    return max((n for c in event.casualties if c.kind is CasualtyKind.KILLED for n in _bounds(c)), default=0)


@dataclass(frozen=True, slots=True)
class Gear:
    """What became of equipment of one type: `number` as prose has it, "" where unsaid."""

    number: str
    type: str
    state: EquipmentState
    claimants: tuple[str, ...]


def gear(items: Iterable[Equipment]) -> list[Gear]:
    """The equipment of an event, one Gear for each type and state, counts that differ as a range with who counts."""
    groups: dict[tuple[str, EquipmentState], list[Equipment]] = {}
    for item in items:
        groups.setdefault((squeeze(item.type), item.state), []).append(item)
    return [_gear(kind, state, groups[kind, state]) for kind, state in sorted(groups)]


def _gear(kind: str, state: EquipmentState, items: Sequence[Equipment]) -> Gear:
    numbers = sorted({item.number for item in items if item.number is not None})
    named = [item for item in items if item.claimant]
    if len(numbers) > 1:
        who = {f"{outlet(item.claimant)} ({item.number})" for item in named if item.number is not None}
        return Gear(f"between {numbers[0]:,} and {numbers[-1]:,}", kind, state, tuple(sorted(who)))
    who = {outlet(item.claimant) for item in named}
    return Gear(f"{numbers[0]:,}" if numbers else "", kind, state, tuple(sorted(who)))


_UNCOUNTED = ("aircraft", "artillery", "ammunition", "defence", "arms", "equipment", "armour")


def several(kind: str) -> str:
    """A type of equipment in the plural: "3 tanks", "2 aircraft"."""
    return kind if kind.endswith(_UNCOUNTED) or kind.endswith("s") else f"{kind}s"


def gear_clause(items: Iterable[Equipment]) -> str:
    """Equipment as a clause: "three tanks were destroyed and one howitzer was captured"."""
    parts = []
    for one in gear(items):
        many = one.number not in {"", "1"} or (not one.number and plural(one.type))
        number = spelled(one.number)
        kit = "artillery piece" if one.type == "artillery" and one.number else one.type
        parts.append(f"{number} {several(kit) if many else kit} {'were' if many else 'was'} {one.state.value}".strip())
    return listed(parts, limit=5)


def gear_source(items: Iterable[Equipment], name: Callable[[str], str]) -> str:
    """Who counts the equipment, as the end of a sentence; "" where nobody is named."""
    who = sorted({claimant for one in gear(items) for claimant in one.claimants})
    return f", by the count of {listed([name(w) for w in who], limit=3)}" if who else ""
