"""The start of a text in; the dateline that opens it out: where it was filed, on which day, by which agency."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from briefer.clean.published import dated
from briefer.clean.tables import entries, lines, sections

REACH = 1500  # characters; a signed dateline further down opens another story

NAME = r"[^\W\d_a-z][\w.'’-]*"
COUNTRY = rf"(?:,\s?{NAME}(?:\s{NAME}){{0,3}})"
_CAPS = r"[A-Z][A-Z.'’/-]+"
_PLACE = rf"(?P<place>{NAME}(?: {NAME}){{0,3}}{COUNTRY}?)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = (
    r"(?P<day>(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s)?"
    rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s(?:19|20)\d\d)?)"
)
_DASH = r"\s*\.?\s?(?:--+|[–—-])\s*"
_OPENS = r"(?=[^\W\d_a-z]|[\"“‘«('\d])"
_SIGNED, _SLASHED, _UNBRACKETED, _AGENCY_DAY, _DATED, _CAPITALS, _HYPHENED, _NAMED = range(8)
_FORMS = (
    # BENGHAZI, Libya (Reuters) -     KYIV, March 4 (AP) —     (CNN) --
    rf"{_PLACE.replace(' ', '[ /]', 1)}?[,.]?\s*{_DAY}?\s*\((?P<wire>[A-Z][^()\n]{{1,40}})\)(?P<dash>{_DASH}|:\s+|\s+)",
    # MOSCOW, March 20. /TASS/.
    rf"{_PLACE},?\s*{_DAY}?[.,]?\s*/(?P<wire>[A-Z][^/\n]{{1,30}})/\.?(?P<dash>\s*[–—-]*\s+)",
    # Damascus, SANA -      NNA -
    rf"(?:{_PLACE},\s*)?(?P<wire>WIRES)(?P<dash>\s?[–—-]\s?|:\s)",
    # TASS, March 20.
    rf"(?P<place>)(?P<wire>WIRES),\s{_DAY}(?P<dash>[.:]\s+|{_DASH})",
    # Kyiv, 4 March 2022 –
    rf"{_PLACE},?\s{_DAY}(?P<wire>)(?P<dash>{_DASH}|:\s+)",
    # BEIRUT —      GOMA, DR Congo:
    rf"(?P<place>{_CAPS}(?: {_CAPS}){{0,3}}{COUNTRY}?)(?P<wire>)(?P<dash>\s+(?:--+|[–—-])\s+|:\s+)",
    # Beirut-
    rf"(?P<place>{NAME})(?P<wire>)(?P<dash>[–—-]\s)",
    # Kyiv, Ukraine –
    rf"(?P<place>{NAME}(?: {NAME}){{0,2}}{COUNTRY}?)(?P<wire>)(?P<dash>\s+(?:--+|[–—-])\s+)",
)
# Before a run-in dateline stands other text: only a first word that cannot end it is taken into the name of the place.
_FIRST_WORDS = (
    "New|Little|San|Los|Tel|Abu|Ras|Beni|Deir|Khan|Port|Saint|St\\.|Capitol|United|Al|El|Sri|Addis|Cape|Mexico|Buenos|Rio|Kuala|"
    "Phnom|South|North|East|West"
)
_RUN_IN = (
    rf"(?<![ap]m )\b(?P<place>(?:{_CAPS}(?:[ /]{_CAPS}){{0,3}}|(?:(?:{_FIRST_WORDS})\s)?{NAME}){COUNTRY}?)?(?<!\.)"
    rf",? ?{_DAY}? ?\((?P<wire>WIRES)\){_DASH}"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at characters `start` to `end` of a text; "" and None where it does not say a thing."""

    start: int
    end: int
    place: str = ""
    wire: str = ""
    day: datetime | None = None


def dateline(text: str) -> Dateline | None:
    """The dateline that a text begins with."""
    for number, form in enumerate(_forms()):
        match = form.match(text)
        if match and _holds(match, number, text):
            return _read(match)
    return None


def run_in_dateline(text: str) -> Dateline | None:
    """The first signed dateline near the head of a text, that other things stand before."""
    if not _signature().search(text, 0, REACH):  # a quick look, as most texts have none
        return None
    match = _run_in_form().search(text, 0, REACH)
    if not match or match.end() >= len(text):
        return None
    found = _read(match)
    # "... talks of Gadhafi (CNN) --": the last word before a signature is a place only where something says so
    sure = "," in found.place or found.place.isupper() or found.place in _alone()
    return found if sure else replace(found, place="")


def credited(text: str) -> str:
    """The agency of a credit ("AFP", "The Associated Press"), or ""."""
    return _wires().get(text.strip().strip("()[].-–— ").casefold(), "")


def _read(match: re.Match[str]) -> Dateline:
    groups = match.groupdict()
    found = dated(groups.get("day") or "")
    wire = credited(groups["wire"]) or groups["wire"].strip()
    place = (groups["place"] or "").strip(" ,.")
    if place.casefold() in _nowhere():
        place = ""  # "PROVINCES, (SANA) -" was filed from no place
    return Dateline(match.start(), match.end(), place, wire, found[0] if found else None)


def _holds(match: re.Match[str], number: int, text: str) -> bool:
    place, dash = match["place"] or "", match["dash"].strip()
    if match.end() >= len(text):
        return False
    if number == _SIGNED:
        return _is_signature(match, place, dash, text[match.end() : match.end() + 200])
    if number == _UNBRACKETED:
        return bool(dash) and bool(credited(match["wire"]))
    if number == _NAMED and "," not in place and place not in _alone():
        return False
    if number >= _CAPITALS:
        return _is_filing_place(place, text[match.end() : match.end() + 200])
    return True


def _is_signature(match: re.Match[str], place: str, dash: str, following: str) -> bool:
    """Brackets after a name sign a dateline where an agency is in them, or a day or a dash tells that they do."""
    if credited(match["wire"]):
        return bool(dash or not place or place.split(",")[0].isupper())
    return bool(dash and place) and (place[:2].isupper() or bool(match["day"]) or _is_filing_place(place, following))


def _is_filing_place(place: str, following: str) -> bool:
    """A bare name before a dash is a dateline unless it is the subject of the sentence ("NATO - which ... - said")."""
    words = re.split(r"[ ,/]+", place)
    if any(word.strip(".") in _acronyms() for word in words[:1]) or len(place) < 4:
        return False
    return not re.search(r" [–—-] ", following.split(". ")[0])


@lru_cache(maxsize=1)
def _wires() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines("wires.txt"):
        name, _, signatures = line.partition(": ")
        found.update({signature.strip().casefold(): name for signature in signatures.split(",")})
    return found


@lru_cache(maxsize=1)
def _signatures() -> str:
    names = {name.strip() for line in lines("wires.txt") for name in line.partition(": ")[2].split(",")}
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form.replace("WIRES", _signatures()) + _OPENS) for form in _FORMS)


@lru_cache(maxsize=1)
def _signature() -> re.Pattern[str]:
    return re.compile(rf"\((?:{_signatures()})\)\s*[–—-]")


@lru_cache(maxsize=1)
def _run_in_form() -> re.Pattern[str]:
    return re.compile(_RUN_IN.replace("WIRES", _signatures()))


@lru_cache(maxsize=1)
def _alone() -> frozenset[str]:
    return frozenset(line for line in lines("cities.txt"))


@lru_cache(maxsize=1)
def _nowhere() -> frozenset[str]:
    return frozenset(word for line in sections("pages.txt")["generic places"] for word in line.split())


@lru_cache(maxsize=1)
def _acronyms() -> frozenset[str]:
    return frozenset(word for line in entries("acronyms.txt") for word in line)
