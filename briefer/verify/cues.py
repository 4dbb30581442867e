"""The words that tell an event of a kind: without one of them a sentence says nothing of that kind.

In: data/cues.tsv, and the verbs and nouns of reading's constructions. Out: for a claim, whether its evidence has them.
"""

from collections import defaultdict
from functools import cache
from importlib import resources

from briefer.reading import lexicon
from briefer.reading.constructions import STRICT, Construction, constructions
from briefer.types import REAL, CasualtyKind, Change, Claim, Kind, Modality, Reason
from briefer.verify.grounds import Grounds
from briefer.verify.tokens import every_form, parts

CODED = frozenset(
    (Kind.TERRITORY, Kind.CLASH, Kind.STRIKE, Kind.SHELLING, Kind.CASUALTIES, Kind.EQUIPMENT, Kind.PRISONERS)
)
"""The kinds whose sentence code makes from the fields."""


def untold(claim: Claim, grounds: Grounds) -> Reason | None:
    """A claim whose evidence has no word of such an event at all is made up, or says another change than it tells."""
    if not _any(claim.kind, grounds):
        return Reason.FABRICATED
    if claim.change is not None and not tells_change(claim.change, grounds):
        return Reason.EXAGGERATION if claim.change in _TAKEN else Reason.WRONG_DIRECTION
    if any(not _any(f"{Kind.CASUALTIES}:{count.kind}", grounds) for count in claim.casualties):
        return Reason.FABRICATED
    if not all(_told_of_kit(kit.type, grounds) for kit in claim.equipment):
        return Reason.FABRICATED
    return None


_TAKEN = (Change.CAPTURED, Change.RECAPTURED, Change.ENTERED, Change.HELD)


def tells_change(change: Change, grounds: Grounds) -> bool:
    """Whether a cited word may tell this change of control."""
    return _any(f"{Kind.TERRITORY}:{change}", grounds)


@cache
def verbs_of(change: Change) -> frozenset[str]:
    """Every form of the verbs and nouns that by themselves tell this change of control."""
    found: set[str] = set()
    for file in ("events.tsv", "nominal_events.tsv"):
        for lemma, rows in constructions(file).items():
            if any(row.change == change and not row.light for row in rows):
                found |= every_form(lemma)
    return frozenset(found)


def tells(change: Change, text: str) -> bool:
    """Whether a word of a text may tell this change of control."""
    return not _words(f"{Kind.TERRITORY}:{change}").isdisjoint(word.lower() for word in parts(text))


def no_such_mode(claim: Claim, grounds: Grounds) -> Reason | None:
    """What is told as planned, expected, tried or denied needs a word that says so."""
    if claim.modality in REAL or claim.modality is Modality.HISTORICAL:
        return None
    if any(said.told.modality is claim.modality for said in grounds.said):
        return None
    return None if _any(f"modality:{claim.modality}", grounds) else Reason.NEGATION


def fates(word: str) -> frozenset[CasualtyKind]:
    """What a lower-case word plainly says became of people, nothing for most words."""
    return frozenset(kind for kind in CasualtyKind if word in _words(f"count:{kind}"))


def negates(words: frozenset[str]) -> bool:
    """Whether lower-case words hold one that negates."""
    return not _words("negation").isdisjoint(words)


def reports(words: frozenset[str]) -> bool:
    """Whether lower-case words hold one of saying."""
    return not _words("saying").isdisjoint(words)


def of_claim(claim: Claim) -> frozenset[str]:
    """Every word that may tell the event of a claim, whichever its sentence uses."""
    found = _words(claim.kind)
    if claim.change is not None:
        found = _words(f"{Kind.TERRITORY}:{claim.change}")
    for count in claim.casualties:
        found |= _words(f"{Kind.CASUALTIES}:{count.kind}")
    for kit in claim.equipment:
        found |= _words(f"{Kind.EQUIPMENT}:{kit.state}") | every_form(kit.type.lower())
    return found


def _any(key: str, grounds: Grounds) -> bool:
    return not _words(key).isdisjoint(grounds.lower)


def _told_of_kit(kind: str, grounds: Grounds) -> bool:
    """Whether a weapon or vehicle of this type is named, under any of its names."""
    if any(kit.type == kind for said in grounds.said for kit in said.equipment):
        return True
    wanted = lexicon.equipment().get(lexicon.fold(kind))
    names = _names_of_type(wanted.type if wanted is not None else kind)
    return any(f" {name} " in grounds.flat for name in names or (lexicon.fold(kind),))


@cache
def _names_of_type(kind: str) -> tuple[str, ...]:
    return tuple(name.strip() for name, known in lexicon.equipment().items() if known.type == kind)


@cache
def _words(key: str) -> frozenset[str]:
    """Every form of every word under a key; a kind has those of all its changes, counts and states too."""
    found: set[str] = set()
    for listed, lemmas in _listed().items():
        if listed == key or (":" not in key and listed.startswith(f"{key}:")):
            found |= every_form(lemmas)
    for file in ("events.tsv", "nominal_events.tsv"):
        for lemma, rows in constructions(file).items():
            for row in rows:
                if key in (row.kind, f"{row.kind}:{row.change}"):
                    found |= _of_row(lemma, row)
    return frozenset(found)


def _of_row(lemma: str, row: Construction) -> frozenset[str]:
    """What of a construction tells its event: "take control" is told by control, "is in the hands" by hands."""
    if row.light:
        return every_form(row.light)
    nouns = [role.fills.lower() for role in row.roles if role.fills in STRICT]
    return every_form(" ".join(noun.removesuffix("s") for noun in nouns) if nouns else lemma)


@cache
def _listed() -> dict[str, str]:
    text = (resources.files(__package__) / "data" / "cues.tsv").read_text("utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, lemmas = line.partition("\t")
            found[key].append(lemmas)
    return {key: " ".join(lists) for key, lists in found.items()}
