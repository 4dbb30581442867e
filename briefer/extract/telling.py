"""The sentence of a model's claim, made from its fields, so that what is shown is what was checked.

In: a Claim without text. Out: one plain English sentence; of kinds that have no fields of their own, the model's.
"""

from briefer.extract.wording import PAST, joined, voiced
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
    {Change.CAPTURED, Change.RECAPTURED, Change.ENTERED, Change.BESIEGED, Change.CONTESTED, Change.LOST}
)
_FIGHTS = {Kind.CLASH: ("fought", "fight"), Kind.STRIKE: ("struck", "strike"), Kind.SHELLING: ("shelled", "shell")}
_UNREAL = {
    Modality.ATTEMPTED: "tried to",
    Modality.PLANNED: "planned to",
    Modality.PREDICTED: "may",
    Modality.HYPOTHETICAL: "might",
}


def telling(claim: Claim, text: str) -> str:
    """One sentence with its speaker; `text` is the model's own, "" where the fields tell it all."""
    clause = text.rstrip(" .") or _CLAUSES.get(claim.kind, _fight)(claim)
    hearsay = claim.attribution.kind is Claimant.UNNAMED and not claim.attribution.who
    return voiced(clause, claim.attribution, denied=claim.modality is Modality.DENIED, hearsay=hearsay)


def _territory(claim: Claim) -> str:
    change = claim.change or Change.CONTESTED
    what = _what(claim, change)
    if not claim.actors and change in _PASSIVE and claim.modality not in _UNREAL:
        by = f" from {_them(claim)}" if claim.opponents and change is not Change.LOST else ""
        return f"{what} was {PAST[change]}{by}"
    return f"{_they(claim)} {_verb(claim, PAST[change], _PLAIN[change])} {what}{_whom(claim, change)}"


def _what(claim: Claim, change: Change) -> str:
    """What changes hands: the place, or the thing in it."""
    where = _where(claim)
    if change is Change.REPELLED:
        against = claim.object or (f"an attack by {_them(claim)}" if claim.opponents else "an attack")
        return f"{against} at {where}" if where else against
    if change is Change.ADVANCED:
        relation = claim.place.relation if claim.place is not None else ""
        return where if relation else f"in {where}"
    if not claim.object or not where or where.lower() in claim.object.lower():
        return claim.object or where
    return f"{claim.object} at {where}"


def _whom(claim: Claim, change: Change) -> str:
    """The other side, where the verb has room for it."""
    if not claim.opponents:
        return ""
    if change in (Change.CAPTURED, Change.RECAPTURED):
        return f" from {_them(claim)}"
    if change in (Change.LOST, Change.HANDED_OVER):
        return f" to {_them(claim)}"
    return f" against {_them(claim)}" if change in (Change.HELD, Change.CONTESTED, Change.ADVANCED) else ""


def _fight(claim: Claim) -> str:
    past, plain = _FIGHTS.get(claim.kind, ("fought", "fight"))
    where = _where(claim)
    if claim.kind is Kind.CLASH:
        at = _at(claim.object or where, where)
        if not claim.actors and claim.modality not in _UNREAL:
            return f"There was fighting{at}"
        against = f" {_them(claim)}" if claim.opponents else ""
        return f"{_they(claim)} {_verb(claim, past, plain)}{against}{at}"
    target = claim.object or _them(claim) or where or "a target"
    at = "" if target == where or not where or where in target else f" at {where}"
    if not claim.actors and claim.modality not in _UNREAL:
        return f"{target} was {'hit by an air strike' if claim.kind is Kind.STRIKE else past}{at}"
    return f"{_they(claim)} {_verb(claim, past, plain)} {target}{at}"


def _at(what: str, where: str) -> str:
    if not what:
        return ""
    return f" at {what}" if what == where or not where or where in what else f" at {what} at {where}"


def _casualties(claim: Claim) -> str:
    where = _where(claim)
    by = f" by {joined([actor.canonical for actor in claim.actors])}" if claim.actors else ""
    counts = joined([_count(count, claim.modality) for count in claim.casualties])
    return f"{counts}{f' at {where}' if where else ''}{by}"


def _count(count: Casualties, modality: Modality) -> str:
    """ "At least 9 soldiers were killed"; of what did not come to pass, without saying that it did."""
    be = "may be" if modality in _UNREAL else "was" if count.best == 1 else "were"
    people = count.victims or ("person" if count.best == 1 else "people")
    bounded = people if people.lower().startswith(count.as_written.lower()) else f"{count.as_written} {people}"
    return f"{bounded} {be} {count.kind.value}"


def _equipment(claim: Claim) -> str:
    where = _where(claim)
    by = f" by {joined([actor.canonical for actor in claim.actors])}" if claim.actors else ""
    of = f" of {_them(claim)}" if claim.opponents else ""
    kits = joined([_kit(kit, of) for kit in claim.equipment])
    return f"{kits}{f' at {where}' if where else ''}{by}"


def _kit(kit: Equipment, of: str) -> str:
    if kit.number is None:
        return f"equipment ({kit.type}){of} was {kit.state.value}"
    one = kit.number == 1
    return f"{kit.number} {kit.type}{'' if one else 's'}{of} {'was' if one else 'were'} {kit.state.value}"


def _prisoners(claim: Claim) -> str:
    where = _where(claim)
    at = f" at {where}" if where else ""
    by = f" by {joined([actor.canonical for actor in claim.actors])}" if claim.actors else ""
    if claim.object:
        return f"There {'may be' if claim.modality in _UNREAL else 'was'} {claim.object}{at}{by}"
    return f"{joined([_count(count, claim.modality) for count in claim.casualties])}{at}{by}"


_CLAUSES = {
    Kind.TERRITORY: _territory,
    Kind.CASUALTIES: _casualties,
    Kind.EQUIPMENT: _equipment,
    Kind.PRISONERS: _prisoners,
}


def _they(claim: Claim) -> str:
    return joined([actor.canonical for actor in claim.actors]) or "Unnamed forces"


def _them(claim: Claim) -> str:
    return joined([actor.canonical for actor in claim.opponents])


def _where(claim: Claim) -> str:
    place = claim.place
    if place is None:
        return ""
    return f"{place.relation} {place.name}".strip()


def _verb(claim: Claim, past: str, plain: str) -> str:
    """The verb as the modality has it: what was planned is not told as done."""
    helper = _UNREAL.get(claim.modality)
    return f"{helper} {plain}" if helper else past
