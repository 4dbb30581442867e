"""Holds what the rules reader takes from a sentence against what a careful analyst would: right, miss or wrong.

A miss says nothing or less; a wrong says something that the sentence does not. `python tests/reader_scoring.py` prints
what fails today, a star before what the case file does not know of; with `mark` it writes what fails into the file.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from briefer.extract.rules import claims_of
from briefer.reading.sentences import split
from briefer.types import REAL, Actor, Article, Casualties, CasualtyKind, Change, Claim, Claimant, Kind, identifier

CASES = Path(__file__).with_name("reader_cases.toml")
PUBLISHED = datetime(2027, 5, 20, 12, tzinfo=UTC)
RIGHT, MISS, WRONG = "right", "miss", "wrong"
Want = dict[str, object]


@dataclass(frozen=True)
class Case:
    """One judged sentence, with what comes before it."""

    name: str
    text: str
    before: str = ""
    none: bool = False
    want: tuple[Want, ...] = ()
    known: str = ""
    known_extra: bool = False


@dataclass(frozen=True)
class Found:
    """How one wanted assertion fared, and each field that failed: its name, the outcome, what the reader said."""

    outcome: str
    failed: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        return "; ".join(f"{field} {outcome}: {said or 'nothing'}" for field, outcome, said in self.failed)


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Every case of the file, in its order."""
    rows = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return tuple(Case(**{**row, "want": tuple(row.get("want", ()))}) for row in rows)


def article_of(text: str) -> Article:
    """An article of the day of every case."""
    return Article(
        id=identifier(text, prefix="a"), name="case.txt", text=text, sentences=split(text), published=PUBLISHED
    )


@lru_cache(maxsize=512)
def claims(case: Case) -> tuple[Claim, ...]:
    """What the reader takes from the judged sentence."""
    return _claims(case.before, case.text)


@lru_cache(maxsize=512)
def _claims(before: str, text: str) -> tuple[Claim, ...]:
    first = len(before)
    whole = f"{before} {text}".strip()
    return tuple(claim for claim in claims_of(article_of(whole)) if claim.evidence[-1].start >= first)


def compare(case: Case, want: Want) -> Found:
    """How the reader did on one wanted assertion of a case; the claim that fits best is judged."""
    said = _claims(case.before, case.text)
    fitting = [claim for claim in said if claim.kind in _options(want["kind"])]
    if not fitting:
        return Found(MISS, (("kind", MISS, ", ".join(claim.kind for claim in said)),))
    judged = [_judge(claim, want, said) for claim in fitting]
    return min(judged, key=lambda found: ((WRONG, MISS, RIGHT)[::-1].index(found.outcome), len(found.failed)))


def extra(case: Case) -> list[Claim]:
    """Changes of territory that the reader tells as having come to pass and no analyst would."""
    real = [claim for claim in _claims(case.before, case.text) if claim.kind is Kind.TERRITORY]
    real = [claim for claim in real if claim.modality in REAL]
    if case.none:
        return real
    wanted = [want for want in case.want if "territory" in _options(want["kind"])]
    real = [claim for claim in real if claim.change is not Change.HELD]
    return [claim for claim in real if not any(_about(claim, want) for want in wanted)]


def _about(claim: Claim, want: Want) -> bool:
    return _change(claim, want) != WRONG and _place(claim, want) != WRONG


def _judge(claim: Claim, want: Want, said: Iterable[Claim]) -> Found:
    failed = [(field, outcome, text) for field, outcome, text in _fields(claim, want, tuple(said)) if outcome != RIGHT]
    outcomes = {outcome for _, outcome, _ in failed}
    return Found(WRONG if WRONG in outcomes else MISS if outcomes else RIGHT, tuple(failed))


def _fields(claim: Claim, want: Want, said: tuple[Claim, ...]) -> Iterator[tuple[str, str, str]]:
    yield "change", _change(claim, want), str(claim.change or "")
    yield "place", _place(claim, want), claim.place.name if claim.place else ""
    yield "relation", _relation(claim, want), claim.place.relation if claim.place else ""
    either = {"captured", "lost"} <= set(_options(want.get("change", "")))
    actors = claim.actors + (claim.opponents if either else ())
    yield "actors", _people(actors, want.get("actors")), _names(claim.actors)
    yield "opponents", _people(claim.opponents, want.get("opponents")), _names(claim.opponents)
    modality = _options(want.get("modality", "occurred"))
    yield "modality", RIGHT if claim.modality in modality else WRONG, claim.modality
    yield "extent", _one_of(claim.extent, want.get("extent"), "unspecified"), claim.extent
    yield "says", _says(claim, want.get("says")), f"{claim.attribution.kind}:{claim.attribution.who}"
    day = str(claim.when.start) if claim.when.start else ""
    yield "date", _one_of(day, want.get("date"), ""), day
    counts = [count for each in said for count in each.casualties]
    for text in _texts(want.get("count")):
        yield "count", _count(counts, text), "; ".join(f"{c.kind} {c.low}/{c.best}/{c.high}" for c in counts)
    kit = [piece for each in said for piece in each.equipment]
    for text in _texts(want.get("gear")):
        number, state, kind = text.split(" ", 2)
        fits = [p for p in kit if p.state == state and any(k in p.type.lower() for k in kind.split("|"))]
        outcome = MISS if not fits else RIGHT if any(number in ("?", str(p.number)) for p in fits) else WRONG
        yield "gear", outcome, "; ".join(f"{p.number} {p.state} {p.type}" for p in kit)


def _options(value: object) -> list[str]:
    return str(value).split("|") if value else []


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(actor.canonical for actor in actors)


def _holds(text: str, options: Iterable[str]) -> bool:
    return any(option.casefold() in text.casefold() for option in options)


def _one_of(said: str, want: object, silent: str) -> str:
    if not want or said in _options(want):
        return RIGHT
    return MISS if said == silent else WRONG


def _change(claim: Claim, want: Want) -> str:
    if claim.kind is not Kind.TERRITORY:
        return RIGHT
    return _one_of(str(claim.change or ""), want.get("change"), "")


def _place(claim: Claim, want: Want) -> str:
    if "place" not in want:
        return RIGHT
    if claim.place is None:
        return MISS
    return RIGHT if _holds(f"{claim.place.name} / {claim.place.canonical}", _options(want["place"])) else WRONG


def _relation(claim: Claim, want: Want) -> str:
    if "relation" not in want or (claim.place and _holds(claim.place.relation, _options(want["relation"]))):
        return RIGHT
    return WRONG


def _people(actors: tuple[Actor, ...], want: object) -> str:
    wanted = _texts(want)
    text = " / ".join(f"{actor.name} / {actor.canonical}" for actor in actors)
    found = [_holds(text, _options(each)) for each in wanted]
    if all(found):
        return RIGHT
    return WRONG if actors and not any(found) else MISS


def _says(claim: Claim, want: object) -> str:
    if not want:
        return RIGHT
    kinds, _, who = str(want).partition(":")
    said = claim.attribution
    if kinds and said.kind not in _options(kinds):
        return WRONG if said.kind is not Claimant.OUTLET or claim.modality in REAL else MISS
    return RIGHT if not who or _holds(f"{said.who} / {said.canonical}", _options(who)) else WRONG


def _count(counts: list[Casualties], text: str) -> str:
    kind, number, *side = text.split()
    same = [count for count in counts if count.kind is CasualtyKind(kind)]
    if not same:
        return MISS
    fits = [count for count in same if _number(count, number)]
    if not fits:
        return WRONG
    return RIGHT if not side or any(c.civilian is not (side[0] != "civilian") for c in fits) else WRONG


def _number(count: Casualties, text: str) -> bool:
    if text == "?":
        return True
    if text.startswith(">="):
        return count.low in (int(text[2:]), int(text[2:]) + 1)  # "more than 100" may be bounded by 101
    if text.startswith("<="):
        return count.high == int(text[2:])
    if ".." in text:
        low, high = map(int, text.split(".."))
        return (count.low, count.high) == (low, high)
    return count.best == int(text)


def mark() -> None:
    """Set `known` and `known_extra` of every case to what fails today."""
    by_name = {case.name: case for case in cases()}
    lines: list[str] = []
    case, number = next(iter(by_name.values())), 0
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if named := re.fullmatch(r'name = "(.*)"', line):
            case, number = by_name[named[1]], 0
        if line.startswith("known_extra"):
            continue
        if "{ kind =" in line:
            outcome = compare(case, case.want[number]).outcome
            line = re.sub(r', known = "\w+" \}', " }", line)
            line = line if outcome == RIGHT else line.replace(" }", f', known = "{outcome}" }}')
            number += 1
        lines.append(line)
        if line.startswith("text = ") and extra(case):
            lines.append("known_extra = true")
    CASES.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the shares by kind, then each failure."""
    shares: dict[str, Counter[str]] = {}
    lines = []
    for case in cases():
        for number, want in enumerate(case.want):
            found = compare(case, want)
            shares.setdefault(_options(want["kind"])[0], Counter())[found.outcome] += 1
            known = str(want.get("known", ""))
            if found.outcome != RIGHT or known:
                mark = "  " if found.outcome == known else "* "
                lines.append(f"{mark}{found.outcome:5} {case.name} [{number}] {case.text}\n          {found}")
        over = extra(case)
        if case.none and not case.want:
            shares.setdefault("none", Counter())[WRONG if over else RIGHT] += 1
        if over or case.known_extra:
            told = "; ".join(f"{c.change} {_names(c.actors)} -> {c.place.name if c.place else ''}" for c in over)
            mark = "  " if bool(over) == case.known_extra else "* "
            lines.append(f"{mark}extra {case.name} {case.text}\n          {told}")
    print(*lines, sep="\n")
    total: Counter[str] = Counter()
    for kind, counter in sorted(shares.items()):
        total.update(counter)
        print(f"{kind:13} " + "  ".join(f"{outcome} {counter[outcome]:3}" for outcome in (RIGHT, MISS, WRONG)))
    print(f"{'all':13} " + "  ".join(f"{outcome} {total[outcome]:3}" for outcome in (RIGHT, MISS, WRONG)))


if __name__ == "__main__":
    mark() if sys.argv[1:] == ["mark"] else main()
