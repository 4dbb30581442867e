"""Signs in whose voice it is told: a side's claim told bare, or in another's mouth. In: `Held`. Out: signs, 0 or 1."""

from functools import lru_cache

from briefer.reading.heads import is_a
from briefer.reading.lexicon import claimants, fold
from briefer.types import Claimant, Modality
from briefer.verify.statements.deeds import Deed
from briefer.verify.statements.held import SAYING, Held
from briefer.verify.statements.keys import PRONOUN
from briefer.verify.statements.lines import Line
from briefer.verify.statements.listed import listed
from briefer.verify.tokens import stem


def of_voices(held: Held) -> dict[str, float]:
    """Who is said to say it."""
    speaks = _voiced(held.claim) or not SAYING.isdisjoint(held.claim.keys)
    pairs = [
        (one, other)
        for one, other in held.matched
        if one.speaker and other.speaker and not (one.keys & other.keys) <= {PRONOUN}
    ]
    found = {
        "bare": any(_is_partys(told) and not speaks for _, told in held.matched),
        "bare_of_neutral": any(bool(told.speaker) and not _is_partys(told) and not speaks for _, told in held.matched),
        "bare_line": not speaks and any(_is_partys(deed) for deed in held.evidence.base.deeds),
        "partisan": not speaks and held.evidence.page.is_partisan and not _voiced(held.evidence.base),
        "counted_by": not speaks and _is_counted_by_somebody(held),
        "other_voice": any(_is_other_voice(one.speaker, other.speaker) for one, other in pairs),
    }
    return {name: float(value) for name, value in found.items()}


def _is_counted_by_somebody(held: Held) -> bool:
    """Whether the nearest line gives a number as somebody's count ("he put the losses at 40")."""
    base = held.evidence.base
    return bool(base.amounts) and any(deed.lemma in _COUNTING and deed.doers for deed in base.deeds)


_COUNTING = frozenset("put count give speak list tally estimate".split())


def is_told_by_a_side(of: Line) -> bool:
    """Whether all that a line tells is the word of one who is no monitor, witness or outlet."""
    told = [deed for deed in of.deeds if not deed.reports and not deed.noun]
    said = "according" in of.lower or any(deed.reports and deed.lemma in _SAYS for deed in of.deeds)
    denied = any(deed.modality is Modality.DENIED for deed in told)
    return said and not denied and bool(told) and all(deed.speaker and _is_partys(deed) for deed in told)


_SAYS = frozenset("say tell announce claim declare state add insist boast maintain assert".split())


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


_BYSTANDERS = listed("bystanders")


def _voiced(line: Line) -> bool:
    """Whether somebody speaks in a line."""
    if any(deed.speaker or deed.hearsay or deed.reports for deed in line.deeds):
        return True
    return "according" in line.lower or not line.lower.isdisjoint(_MARKS)


_MARKS = frozenset('"“”«»')


def _is_other_voice(mine: str, told: str) -> bool:
    if told.lower() in _PRONOUNS or mine.lower() in _PRONOUNS:
        return False
    one, other = ({stem(word) for word in speaker.split()} for speaker in (mine, told))
    return one.isdisjoint(other)


_PRONOUNS = frozenset("he she they it we i who".split())
