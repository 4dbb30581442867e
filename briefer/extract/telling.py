"""The sentence of a model's claim, made from its fields, so that what is shown is what was checked.

In: a Claim without text. Out: one plain English sentence; of kinds that have no fields of their own, the model's.
"""

import re
from functools import cache

from briefer.extract.wording import PAST, joined, voiced
from briefer.reading import lexicon
from briefer.types import Casualties, Change, Claim, Claimant, Equipment, Kind, Modality

_PLAIN = {
    Change.CAPTURED: "capture",
    Change.RECAPTURED: "recapture",
    Change.ADVANCED: "advance",
    Change.ENTERED: "enter",
    Change.INFILTRATED: "infiltrate",
    Change.REPELLED: "repel",
    Change.WITHDREW: "withdraw from",
    Change.LOST: "lose",
    Change.CONTESTED: "contest",
    Change.BESIEGED: "besiege",
    Change.HANDED_OVER: "hand over",
    Change.HELD: "hold",
}
_PASSIVE = frozenset(
    {
        Change.CAPTURED,
        Change.RECAPTURED,
        Change.ENTERED,
        Change.BESIEGED,
        Change.CONTESTED,
        Change.LOST,
        Change.REPELLED,
    }
)
_FIRES = {Kind.STRIKE: ("struck", "strike", "hit by a strike"), Kind.SHELLING: ("shelled", "shell", "shelled")}
_UNREAL = {
    Modality.ATTEMPTED: "tried to",
    Modality.PLANNED: "planned to",
    Modality.PREDICTED: "may",
    Modality.HYPOTHETICAL: "might",
}
_ASSAULT = re.compile(r"\b(?:attacks?|assaults?|advances?|offensives?|raids?|infiltration|attempts?|push|incursion)\b")
_MANY = re.compile(r"(?:dozens|scores|hundreds|thousands|tens|millions)\Z", re.IGNORECASE)
_MUNITIONS = re.compile(
    r"\b(?:shells?|rockets?|rounds?|missiles?|bombs?|sorties|strikes?|raids?)(?: (?:in|on|at|near|of)\b|$)",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:an?|the|some|several|\d+|two|three|[A-Z]\w*|\w+s) ")
_BESIDE = re.compile(
    r"(?:about |some |around )?(?:\d[\d.,]* ?\w+ |\w+ (?:km|miles|kilomet\w+) )?(?:(?:to )?the )?"
    r"(?:(?:north|south)?-?(?:east|west)|north|south|near|outside|toward|towards|around|beyond|along|off|in|at|on)\b",
    re.IGNORECASE,
)


def telling(claim: Claim, text: str, language: str) -> str:
    """One sentence with its speaker; `text` is the model's own in that language, "" where the fields tell it all."""
    if text and language not in ("", "en"):
        return f"{text.rstrip(' .')}{f' ({claim.attribution.who})' if claim.attribution.who else ''}."
    clause = text.rstrip(" .") or _CLAUSES[claim.kind](claim)
    hearsay = claim.attribution.kind is Claimant.UNNAMED and not claim.attribution.who
    return voiced(clause, claim.attribution, denied=claim.modality is Modality.DENIED, hearsay=hearsay)


# ── who holds what ──


def _territory(claim: Claim) -> str:
    change = claim.change or Change.CONTESTED
    what = _what(claim, change)
    if not claim.actors and change in _PASSIVE and claim.modality not in _UNREAL:
        by = f" from {_them(claim)}" if claim.opponents and change in (Change.CAPTURED, Change.RECAPTURED) else ""
        return f"{what} was {PAST[change]}{by}"
    return f"{_they(claim)} {_verb(claim, PAST[change], _PLAIN[change])} {what}{_whom(claim, change)}"


def _what(claim: Claim, change: Change) -> str:
    """What changes hands: the place, or the thing in it."""
    if change is Change.REPELLED:
        return _attack(claim)
    if change is Change.ADVANCED:
        return (_spot(claim, at="in") or f" on {claim.object or 'their enemy'}").strip()
    where = _where(claim)
    if not claim.object or not where or where.lower() in claim.object.lower():
        return claim.object or where
    return f"{claim.object}{_spot(claim)}"


def _attack(claim: Claim) -> str:
    """What was repelled: an attack by somebody, on something, somewhere."""
    by = f" by {_them(claim)}" if claim.opponents else ""
    spot = "" if _where(claim) in claim.object and claim.object else _spot(claim)
    if _ASSAULT.search(claim.object):
        return f"{claim.object}{by}{spot}"
    return f"an attack{by}{f' on {claim.object}' if claim.object else ''}{spot}"


def _whom(claim: Claim, change: Change) -> str:
    """The other side, where the verb has room for it."""
    if not claim.opponents:
        return ""
    if change in (Change.CAPTURED, Change.RECAPTURED):
        return f" from {_them(claim)}"
    if change in (Change.LOST, Change.HANDED_OVER):
        return f" to {_them(claim)}"
    return f" against {_them(claim)}" if change in (Change.HELD, Change.CONTESTED, Change.ADVANCED) else ""


# ── fighting ──


def _clash(claim: Claim) -> str:
    things = f" at {claim.object}" if claim.object else ""
    spot = "" if _where(claim) in claim.object and claim.object else _spot(claim)
    if claim.modality in _UNREAL and claim.actors:
        target = _them(claim) or claim.object
        whom = f"{target}{spot}" if target else _where(claim) or "their enemy"
        return f"{_they(claim)} {_UNREAL[claim.modality]} attack {whom}"
    if not claim.actors or claim.modality in _UNREAL:
        between = f" with {_them(claim)}" if claim.opponents else ""
        return f"There {_be(claim)} fighting{between}{things}{spot}"
    return f"{_they(claim)} fought{f' {_them(claim)}' if claim.opponents else ''}{things}{spot}"


def _fire(claim: Claim) -> str:
    """A strike or shelling: what was hit, or else whom, or else where."""
    past, plain, passive = _FIRES[claim.kind]
    where = _where(claim)
    target = claim.object or _them(claim) or where or "a target"
    spot = "" if where in target else _spot(claim)
    if _MUNITIONS.search(claim.object):
        return f"{f'{_they(claim)} fired' if claim.actors else f'There {_be(claim)}'} {claim.object}{_spot(claim)}"
    if not claim.actors:
        be = "may be" if claim.modality in _UNREAL else "were" if target == _them(claim) else "was"
        return f"{target} {be} {passive}{spot}"
    return f"{_they(claim)} {_verb(claim, past, plain)} {target}{spot}"


# ── counts ──


def _casualties(claim: Claim) -> str:
    counts = joined([_count(count, claim.modality) for count in claim.casualties])
    return f"{counts}{_spot(claim)}{_by(claim)}"


def _count(count: Casualties, modality: Modality) -> str:
    """ "At least 9 soldiers were killed"; of what did not come to pass, without saying that it did."""
    be = "may be" if modality in _UNREAL else "was" if count.best == 1 else "were"
    people = count.victims or ("person" if count.best == 1 else "people")
    of = "of " if _MANY.search(count.as_written) else ""
    return f"{count.as_written} {of}{people} {be} {count.kind.value}"


def _equipment(claim: Claim) -> str:
    of = f" of {_them(claim)}" if claim.opponents else ""
    kits = joined([_kit(kit, of, claim.modality) for kit in claim.equipment])
    return f"{kits}{_spot(claim)}{_by(claim)}"


def _kit(kit: Equipment, of: str, modality: Modality) -> str:
    be = "may be" if modality in _UNREAL else "was" if kit.number in (None, 1) else "were"
    if kit.number is None and kit.type not in _types():
        return f"{kit.type}{of} {be} {kit.state.value}"
    if kit.number is None:
        return f"equipment ({kit.type}){of} {be} {kit.state.value}"
    kind = "artillery piece" if kit.type == "artillery" else kit.type
    several = "" if kit.number == 1 or kind.endswith(("s", "ammunition", "air defence")) else "s"
    return f"{kit.number} {kind}{several}{of} {be} {kit.state.value}"


@cache
def _types() -> frozenset[str]:
    return frozenset(known.type for known in lexicon.equipment().values())


def _prisoners(claim: Claim) -> str:
    if not claim.object:
        return _casualties(claim)
    article = "" if _DETERMINED.match(claim.object) else "an " if claim.object[0] in "aeiou" else "a "
    return f"There {_be(claim)} {article}{claim.object}{_spot(claim)}{_by(claim)}"


def _other(claim: Claim) -> str:
    """What has no words of its own: the kind, by whom and where."""
    return f"There {_be(claim)} news ({claim.kind.value}){_spot(claim)}{_by(claim)}"


_CLAUSES = dict.fromkeys(Kind, _other) | {
    Kind.TERRITORY: _territory,
    Kind.CLASH: _clash,
    Kind.STRIKE: _fire,
    Kind.SHELLING: _fire,
    Kind.CASUALTIES: _casualties,
    Kind.EQUIPMENT: _equipment,
    Kind.PRISONERS: _prisoners,
}


# ── the parts of a sentence ──


def _they(claim: Claim) -> str:
    return joined([actor.canonical for actor in claim.actors]) or "Unnamed forces"


def _them(claim: Claim) -> str:
    return joined([actor.canonical for actor in claim.opponents])


def _by(claim: Claim) -> str:
    return f" by {_they(claim)}" if claim.actors else ""


def _be(claim: Claim) -> str:
    return "may be" if claim.modality in _UNREAL else "was"


def _where(claim: Claim) -> str:
    if claim.place is None:
        return ""
    relation = claim.place.relation
    part = relation.endswith(" of") and not _BESIDE.match(relation) and not relation.startswith(("the ", "a ", "an "))
    return f"{'the ' if part else ''}{relation} {claim.place.canonical}".strip()


def _spot(claim: Claim, at: str = "at") -> str:
    """ " at Old Karsk", " 5 km south of Old Karsk"; "" without a place."""
    where = _where(claim)
    if not where or claim.place is None:
        return ""
    return f" {where}" if _BESIDE.match(claim.place.relation) else f" {at} {where}"


def _verb(claim: Claim, past: str, plain: str) -> str:
    """The verb as the modality has it: what was planned is not told as done."""
    helper = _UNREAL.get(claim.modality)
    return f"{helper} {plain}" if helper else past
