"""Signs in what is told to have been done: by whom to whom, whether at all, and in whose voice.

In: `Held`. Out: signs by name, 0 to 1.
"""

from collections.abc import Iterable

from briefer.types import REAL, Modality
from briefer.verify.statements.deeds import Deed
from briefer.verify.statements.held import Held
from briefer.verify.statements.keys import PRONOUN, Keys
from briefer.verify.statements.meanings import are_opposed
from briefer.verify.tokens import stem

_UNREAL = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL})
_ABOUT = 2
"""Keys that two deeds share at least to be about one thing under two verbs."""


def of_deeds(held: Held) -> dict[str, float]:
    """How the deeds of the statement differ from the same deeds of the evidence."""
    matched = held.matched
    unmatched = [deed for deed in held.deeds if all(deed is not mine for mine, _ in matched)]
    about = [(deed, other) for deed in unmatched if (other := _about(deed, held)) is not None]
    same = [(mine, told) for mine, told in matched if stem(mine.lemma) == stem(told.lemma)]
    return {
        "deed_lacking": len(unmatched) / max(1, len(held.deeds)),
        "deed_opposed": _any(
            are_opposed(mine.lemma, told.lemma) and share(mine.keys, told.keys)
            for mine in unmatched
            for told in held.evidence.base.deeds
        ),
        "denied": _any(_is_denied(mine, told) for mine, told in (*matched, *about)),
        "swapped": _any(_is_swapped(mine, told) for mine, told in same),
        "crossed": _any(_is_crossed(mine, told, held) for mine, told in same),
        "not_differs": _any(mine.negated is not told.negated for mine, told in same),
        "unreal": _any(_is_less_real(mine, told) for mine, told in same),
        "attempted": _any(_is_only_tried(mine, told) for mine, told in same),
        "doer_other": _any(_is_other(mine.doers, told.doers, held) for mine, told in same),
    }


def _is_only_tried(mine: Deed, told: Deed) -> bool:
    return told.modality is Modality.ATTEMPTED and mine.modality in REAL and not mine.negated


def _any(found: Iterable[bool]) -> float:
    return float(any(found))


def _about(deed: Deed, held: Held) -> Deed | None:
    """The deed of the evidence that shares most with one told by another verb."""
    others = [each for each in held.evidence.deeds if not each.reports]
    best = max(others, key=lambda each: len(deed.keys & each.keys), default=None)
    return best if best is not None and len(deed.keys & best.keys - {PRONOUN}) >= _ABOUT else None


def _is_less_real(mine: Deed, told: Deed) -> bool:
    return told.modality in _UNREAL and mine.modality not in _UNREAL


def _is_denied(mine: Deed, told: Deed) -> bool:
    return told.modality is Modality.DENIED and mine.modality is not Modality.DENIED


def _is_swapped(mine: Deed, told: Deed) -> bool:
    crossed = share(mine.doers, told.sufferers) and not share(mine.doers, told.doers)
    back = share(mine.sufferers, told.doers) and not share(mine.sufferers, told.sufferers)
    return (crossed and (back or not mine.sufferers)) or (back and not mine.doers)


def _is_crossed(mine: Deed, told: Deed, held: Held) -> bool:
    """Whether somebody else does it there, and who does it here does another deed of the same sentence."""
    if not mine.doers or not told.doers or PRONOUN in told.doers or share(mine.doers, told.doers):
        return False
    if held.are_one(_names(mine.doers), _names(told.doers)):
        return False
    line = next(line for line in held.evidence.lines if told in line.deeds)
    others = [each for each in line.deeds if each is not told and not each.reports]
    return any(share(mine.doers, each.doers) for each in others)


def share(one: Keys, other: Keys) -> bool:
    """Whether two sets of keys have more in common than a pronoun."""
    return not (one & other) <= {PRONOUN}


def _names(keys: Keys) -> set[str]:
    return {key for key in keys if key.startswith("=")}


def _is_other(mine: Keys, told: Keys, held: Held) -> bool:
    """Whether both name somebody, and not the same."""
    one, other = _names(mine), _names(told)
    if not one or not other or PRONOUN in told or not one.isdisjoint(other):
        return False
    return not held.are_one(one, other)
