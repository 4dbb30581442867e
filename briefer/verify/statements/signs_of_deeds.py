"""Signs in what is told to have been done: by whom to whom, whether at all, and in whose voice.

In: `Held`. Out: signs by name, 0 to 1.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from briefer.reading.heads import is_a
from briefer.reading.lexicon import claimants, fold
from briefer.reading.scene import NameSort
from briefer.types import REAL, Claimant, Modality
from briefer.verify.statements.deeds import Deed
from briefer.verify.statements.held import SAYING, Held
from briefer.verify.statements.keys import PRONOUN, Keys
from briefer.verify.statements.lines import Line, Name
from briefer.verify.statements.meanings import are_opposed
from briefer.verify.statements.names import is_title
from briefer.verify.tokens import stem

_UNREAL = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL})
_ABOUT = 2
"""Keys that two deeds share at least to be about one thing under two verbs."""


def of_deeds(held: Held) -> dict[str, float]:
    """How the deeds of the statement differ from the same deeds of the evidence.

    Under "alike_…" stands what differs from a deed told by another verb of that meaning, which may be another deed.
    """
    matched = held.matched
    unmatched = [deed for deed in held.deeds if all(deed is not mine for mine, _ in matched)]
    about = [(deed, other) for deed in unmatched if (other := _about(deed, held)) is not None]
    same = [(mine, told) for mine, told in matched if stem(mine.lemma) == stem(told.lemma)]
    alike = [pair for pair in matched if pair not in same]
    return {
        "deed_lacking": len(unmatched) / max(1, len(held.deeds)),
        "deed_opposed": _any(
            are_opposed(mine.lemma, told.lemma) and _share(mine.keys, told.keys)
            for mine in unmatched
            for told in held.evidence.base.deeds
        ),
        "not_about": _any(mine.negated is not told.negated for mine, told in about),
        "unreal_about": _any(_is_less_real(mine, told) for mine, told in about),
        "denied": _any(_is_denied(mine, told) for mine, told in (*matched, *about)),
        **_between(same, held),
        **{f"alike_{name}": value for name, value in _between(alike, held).items()},
    }


def _between(pairs: Sequence[tuple[Deed, Deed]], held: Held) -> dict[str, float]:
    """How each deed differs from the one that it is."""
    return {
        "swapped": _any(_is_swapped(mine, told) for mine, told in pairs),
        "crossed": _any(_is_crossed(mine, told, held) for mine, told in pairs),
        "not_differs": _any(mine.negated is not told.negated for mine, told in pairs),
        "unreal": _any(_is_less_real(mine, told) for mine, told in pairs),
        "real": _any(_is_less_real(told, mine) for mine, told in pairs),
        "attempted": _any(_is_only_tried(mine, told) for mine, told in pairs),
        "doer_other": _any(_is_other(mine.doers, told.doers, held) for mine, told in pairs),
        "sufferer_other": _any(_is_other(mine.sufferers, told.sufferers, held) for mine, told in pairs),
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
    crossed = _share(mine.doers, told.sufferers) and not _share(mine.doers, told.doers)
    back = _share(mine.sufferers, told.doers) and not _share(mine.sufferers, told.sufferers)
    return (crossed and (back or not mine.sufferers)) or (back and not mine.doers)


def _is_crossed(mine: Deed, told: Deed, held: Held) -> bool:
    """Whether somebody else does it there, and who does it here does another deed of the same sentence."""
    if not mine.doers or not told.doers or PRONOUN in told.doers or _share(mine.doers, told.doers):
        return False
    if held.are_one(_names(mine.doers), _names(told.doers)):
        return False
    line = next(line for line in held.evidence.lines if told in line.deeds)
    others = [each for each in line.deeds if each is not told and not each.reports]
    return any(_share(mine.doers, each.doers) for each in others)


def _share(one: Keys, other: Keys) -> bool:
    return not (one & other) <= {PRONOUN}


def _names(keys: Keys) -> set[str]:
    return {key for key in keys if key.startswith("=")}


def _is_other(mine: Keys, told: Keys, held: Held) -> bool:
    """Whether both name somebody, and not the same."""
    one, other = _names(mine), _names(told)
    if not one or not other or PRONOUN in told or not one.isdisjoint(other):
        return False
    return not held.are_one(one, other)


def of_voices(held: Held) -> dict[str, float]:
    """Who is said to say it."""
    mine, told = _voiced(held.claim), _voiced(held.evidence.base)
    speaks = bool(mine) or not SAYING.isdisjoint(held.claim.keys)
    pairs = [
        (one, other) for one, other in held.matched if one.speaker and other.speaker and _share(one.keys, other.keys)
    ]
    return {
        "bare": _any(_is_partys(told) and not speaks for _, told in held.matched),
        "bare_of_neutral": _any(bool(told.speaker) and not _is_partys(told) and not speaks for _, told in held.matched),
        "bare_line": float(not speaks and any(_is_partys(deed) for deed in held.evidence.base.deeds)),
        "partisan": float(
            not speaks and held.evidence.page.is_partisan and not any(_voiced(line) for line in held.evidence.lines[:1])
        ),
        "counted_by": float(not speaks and _is_counted_by_somebody(held)),
        "bare_quote": float(told and not speaks),
        "other_voice": _any(_is_other_voice(one.speaker, other.speaker) for one, other in pairs),
        "another_person": float(_is_another_person(held)),
        "voice_added": float(
            mine and not any(_voiced(line) for line in (*held.evidence.lines, *held.evidence.context))
        ),
    }


def _is_counted_by_somebody(held: Held) -> bool:
    """Whether the nearest line gives a number as somebody's count ("he put the losses at 40")."""
    base = held.evidence.base
    return bool(base.amounts) and any(deed.lemma in _COUNTING and deed.doers for deed in base.deeds)


_COUNTING = frozenset("put count give speak list tally estimate".split())


def _is_partys(deed: Deed) -> bool:
    """Whether somebody says it who is no monitor, witness or outlet, as far as the words for him tell."""
    if not deed.speaker:
        return deed.hearsay
    if deed.speaker.lower() in ("we", "i"):
        return False  # the outlet itself
    return _kind(deed.speaker) not in _NEUTRAL


_NEUTRAL = (Claimant.MONITOR, Claimant.WITNESS, Claimant.OUTLET, Claimant.FOOTAGE)


@lru_cache(maxsize=4096)
def _kind(speaker: str) -> Claimant | None:
    """The kind of the longest known claimant among the words for a speaker."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in speaker.lower().split()]
    words = fold(" ".join(words)).split()
    for size in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            known = claimants().get(" ".join(words[start : start + size]))
            if known is not None:
                return known.kind
    return Claimant.WITNESS if any(is_a(word, "civil") or word in _BYSTANDERS for word in words) else None


_BYSTANDERS = frozenset(
    """hospital clinic doctor surgeon nurse medic paramedic monitor monitors observatory mission observer observers witness
    resident residents villager villagers reporter reporters correspondent correspondents court judge police coroner
    parish priest bishop teacher mayor university institute study survey poll audit engineer""".split()
)


def _voiced(line: Line) -> bool:
    """Whether somebody speaks in a line."""
    if any(deed.speaker or deed.hearsay or deed.reports for deed in line.deeds):
        return True
    return "according" in line.lower or not line.lower.isdisjoint(_MARKS)


_MARKS = frozenset('"“”«»')


def _is_another_person(held: Held) -> bool:
    """Whether "he" of the nearest line is somebody else than the person whom the statement names."""
    base = held.evidence.base
    if base.clauses.tokens.lower[:1] not in (("he",), ("she",)):
        return False
    mine = [name for name in held.claim.names if _is_person(name, held)]
    meant = next(
        (name for line in held.evidence.before for name in reversed(line.names) if _is_person(name, held)), None
    )
    return meant is not None and bool(mine) and not any(held.names.are_one(meant.words, name.words) for name in mine)


def _is_person(name: Name, held: Held) -> bool:
    return held.sources.sorts.get(fold(name.text)) is NameSort.PERSON or any(is_title(word) for word in name.words[:-1])


def _is_other_voice(mine: str, told: str) -> bool:
    if told.lower() in _PRONOUNS or mine.lower() in _PRONOUNS:
        return False
    one, other = ({stem(word) for word in speaker.split()} for speaker in (mine, told))
    return one.isdisjoint(other)


_PRONOUNS = frozenset("he she they it we i who".split())
