"""The places of a sentence of prose: what lies near one is not told as in it; names of somebody or of a front are none.

In: the sentence and its `Ground`. Out: a `Fault` or None.
"""

import re

from briefer.compose.desk import front_of
from briefer.compose.ground import Deed, Fault, Ground, folded
from briefer.reading.lexicon import fold
from briefer.types import Place, Reason

_WITHIN = re.compile(r"\b(in|at|on|inside|into|entered|of)\s+(?:the\s+)?$", re.IGNORECASE)


def spots(text: str, ground: Ground) -> Fault | None:
    """What lies near a place is not told as in it."""
    beside = folded(p.canonical for p in ground.places if p.relation.split()[:1] not in ([], ["in"], ["at"]))
    within = folded(p.canonical for p in ground.places if p.relation.split()[:1] in ([], ["in"], ["at"]))
    for name in beside:
        for place in ground.places:
            if fold(place.canonical) != name or name in within:
                continue
            for written in {place.name, place.canonical}:
                for match in re.finditer(rf"\b{re.escape(written)}\b", text, re.IGNORECASE):
                    before = text[: match.start()]
                    if _WITHIN.search(before) and not _related(before, place.relation):
                        return Fault(Reason.WRONG_PLACE, f"it was {place.relation} {written}, not there itself")
    return None


_PLACING = re.compile(r"\s(?:at|of|in)$")


def _related(before: str, relation: str) -> bool:
    lower = before.rstrip().lower().removesuffix(" the")
    if lower.endswith(relation.lower()) or _PLACING.sub("", lower).endswith(relation.lower()):
        return True  # "5 km north of Brega", "the northern bank at Brega"
    bearing = set(relation.lower().split()[:-1])
    return relation.endswith(" of") and not bearing.isdisjoint(before.lower().split()[-6:])


def relation_told(place: Place, text: str) -> bool:
    """Whether the relation of a place stands before its name somewhere: "the northern bank at Brega"."""
    names = "|".join(re.escape(name) for name in {place.name, place.canonical})
    behind = [text[: match.start()] for match in re.finditer(rf"\b(?:{names})\b", text, re.IGNORECASE)]
    return bool(place.relation) and any(_related(before, place.relation) for before in behind)


def is_front(name: str, deed: Deed) -> bool:
    """Whether a folded name is that of the event's front: "on the Khorzan front"."""
    return name.removesuffix(" front") == fold(front_of(deed.event)).removesuffix(" front")


def only_in_names(place: str, text: str, ground: Ground) -> bool:
    """Whether a text has a place (folded) only within the names of those who act: "the group in Tavel"."""
    rest = fold(text)
    for name in folded(key for keys in ground.spellings.values() for key in keys if fold(key) != place):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    return not re.search(rf"(?<!\w){re.escape(place)}(?!\w)", rest)
