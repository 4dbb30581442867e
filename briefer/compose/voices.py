"""Who says it: the claimants of an event, and the sentence that tells it as theirs and not as ours."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefer.compose.desk import Desk
from briefer.compose.facts import Clause
from briefer.compose.names import listed, plural, squeeze
from briefer.types import Attribution, Claim, Claimant, Event, Modality, Status

OWN_WORD = frozenset({Status.CORROBORATED, Status.CONFIRMED})
"""The statuses that let a sentence state a thing barely."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One claimant. `actor` is the party it speaks for, "" for all others."""

    name: str
    kind: Claimant
    actor: str = ""


_BEHIND_HEAD = re.compile(r"(?:,|\s(?:of|from|in|at|on|near|who|that|with|to|for|by|close)\b|(?<=s)\s[a-z]+ed\b).*")
"""What follows the word that is said to be one or many: "truck drivers stranded at the pass" say."""


_NOBODY_IN_PARTICULAR = re.compile(r"the (?:[a-z-]+ )?(?:source|statement|general|spokes\w+|officer|official|report)")
"""Whom only the article itself tells apart: "the source" of which report?"""


def said_by(claims: Iterable[Claim], desk: Desk) -> list[Voice]:
    """The claimants of some claims, sorted; an outlet that speaks for itself is named, or is "one source"."""
    voices: dict[str, Voice] = {}
    for claim in claims:
        voice = _voice(claim, desk)
        voices.setdefault(voice.name.lower(), voice)
    return sorted(voices.values(), key=lambda voice: (voice.kind is not Claimant.OUTLET, voice.name))


def _voice(claim: Claim, desk: Desk) -> Voice:
    word = claim.attribution
    who, canonical = squeeze(word.who), squeeze(word.canonical)
    if word.kind is Claimant.OUTLET:
        return Voice(squeeze(desk.outlets.get(claim.article, "")) or "one source", word.kind)
    if word.kind is Claimant.PARTY:
        return Voice(spokesman(word) or "a party to the fighting", word.kind, canonical)
    name = who or canonical or _NAMELESS[word.kind]
    outlet = squeeze(desk.outlets.get(claim.article, ""))
    if outlet and _NOBODY_IN_PARTICULAR.fullmatch(name):
        name = f"{name} quoted by {outlet}"
    return Voice(name, word.kind, canonical)


def spokesman(word: Attribution) -> str:
    """The party that speaks: its canonical name, or as written where that is only the code of a country ("LY")."""
    who, canonical = squeeze(word.who), squeeze(word.canonical)
    code = len(canonical) == 2 and canonical.isupper()
    return who or canonical if code else canonical or who


_NAMELESS = {
    Claimant.OFFICIAL: "an official",
    Claimant.MONITOR: "a monitoring group",
    Claimant.FOOTAGE: "footage",
    Claimant.WITNESS: "a witness",
    Claimant.UNNAMED: "an unnamed source",
}


def asserting(event: Event, desk: Desk) -> list[Claim]:
    """The claims that state the event, without those that deny or contradict it."""
    against = {claim.id for claim in desk.opposed(event)}
    claims = desk.claims_of(event)
    return [c for c in claims if c.id not in against and c.modality is not Modality.DENIED] or claims


def plain(event: Event, desk: Desk) -> bool:
    """Whether a sentence may state the event barely: more than one carries it."""
    return event.status in OWN_WORD or (event.independent_sources > 1 and _outlet_speaks(event, desk))


def _outlet_speaks(event: Event, desk: Desk) -> bool:
    return any(claim.attribution.kind is Claimant.OUTLET for claim in asserting(event, desk))


def names_of(voices: Sequence[Voice], desk: Desk) -> str:
    """Several claimants as one subject."""
    return listed([desk.names.the(v.name) if v.kind is not Claimant.OUTLET else v.name for v in voices])


def many(voices: Sequence[Voice]) -> bool:
    """Whether the verb after these claimants is plural."""
    if len(voices) != 1:
        return len(voices) > 1
    # Of "two members of its staff" the members say it.
    return voices[0].kind is not Claimant.OUTLET and plural(_BEHIND_HEAD.sub("", voices[0].name))


def says(voices: Sequence[Voice], desk: Desk) -> str:
    """ "Reuters reports that", "the army says", "footage shows that"."""
    subject, several = names_of(voices, desk), many(voices)
    if all(voice.kind is Claimant.OUTLET for voice in voices):
        return f"{subject} {'report' if several else 'reports'} that"
    if all(voice.kind is Claimant.FOOTAGE for voice in voices):
        return f"according to {subject}"
    return f"{subject} {'say' if several else 'says'}"


def denies(voices: Sequence[Voice], desk: Desk) -> str:
    """ "which the rebels deny"."""
    return f"which {names_of(voices, desk)} {'deny' if many(voices) else 'denies'}"


def attributed(clause: Clause, voices: Sequence[Voice], desk: Desk, *, tail: bool) -> str:
    """The clause as the word of its claimants. `tail` puts them last, so that sentences do not all begin alike."""
    if clause.own_voice or not voices:
        return clause.text
    own = len(voices) == 1 and bool(voices[0].actor) and desk.names.the(voices[0].actor) == clause.subject
    if own and tail:
        return f"{clause.text}, by {'their' if plural(voices[0].actor) else 'its'} own account"
    if tail:
        return f"{clause.text}, according to {names_of(voices, desk)}"
    if own:
        return f"{says(voices, desk)} {'they' if plural(voices[0].actor) else 'it'} {clause.past}"
    if voices[0].kind is Claimant.FOOTAGE:
        return f"{says(voices, desk)}, {clause.text}"
    return f"{says(voices, desk)} {clause.text}"
