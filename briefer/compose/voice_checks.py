"""Whether a sentence of prose says whose word an event is, that it is disputed, denied or undone, and tells it at all.

In: the sentence, its `Ground`, and what its assertions tell of which event (`deed_checks`). Out: a `Fault` or None.
"""

import re
from collections.abc import Sequence

from briefer.compose.deed_checks import Told
from briefer.compose.desk import OUTLOOK
from briefer.compose.ground import Fault, Ground
from briefer.compose.names import listed as enumerated
from briefer.compose.phrases import pattern
from briefer.compose.voices import Voice, asserting, many, plain, said_by
from briefer.compose.wording import (
    WORD,
    deed_words,
    inflected,
    is_mutual,
    is_one_source,
    listed,
    standing_words,
    stem,
    words_of,
)
from briefer.reading.lexicon import fold
from briefer.types import REAL, Change, Claimant, Event, Kind, Modality, Reason, Status

_BREAK = re.compile(r";|,? but |,? while |,? whereas |,? although ")
_BY_ACCOUNT = re.compile(r"\b(?:by|in|on) (?:its|their|his|her) own (?:account|count|word|words)\b")
_SAID_TO = re.compile(r"\b(?:is|are|was|were|been) (?:said|reported|claimed|alleged)\b", re.IGNORECASE)
_MONTH = re.compile(r"(?<=\w )May\b")
_AHEAD = re.compile(r"\b(?:due|set|expected|scheduled|ready|hope[sd]?|hoping|about) to\b", re.IGNORECASE)
_FAILED = re.compile(
    r"\bturned (?:back|away)\b|\b(?:did|could) not (?:get|reach|enter|pass)\b|\b(?:failed|fails|unable) to\b",
    re.IGNORECASE,
)
_REACH = 5  # words between a claimant and the verb of saying


def unsaid(text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    """What the sentence leaves out of an event that it names: whose word it is, who disputes it, that it was undone."""
    for event in ground.events:
        for check in (_untold, _overtold, _undertold, _understated, _unattributed, _undisputed, _undenied, _unreversed):
            if (fault := check(event, text, told, ground)) is not None:
                return fault
    return None


# ── is it told at all ──


def _untold(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    if any(each.deed.event.id == event.id for each in told):
        return None
    words = words_of([text])
    if _anchored(event, text, ground) and words & deed_words(event):
        return None
    if event.place is None and words & deed_words(event):
        return None
    by_text = event.place is None or pattern(event.kind, event.change) is None
    if by_text and {stem(w) for w in words} & {stem(w) for w in words_of([event.headline, event.object])}:
        return None
    return Fault(Reason.CONFLATION, "it names an event that it does not tell; name only the events that it tells")


def _anchored(event: Event, text: str, ground: Ground) -> bool:
    """Whether a text names the place of an event, or something else that is its own."""
    folded = _flat(text)
    if event.place is not None:
        place = event.place
        names = {place.name, place.canonical, ground.desk.names.place(place.canonical)}
        if any(f" {fold(name)} " in folded or f" {fold(name)}s " in folded for name in names if name):
            return True
        if event.kind is Kind.TERRITORY:
            return False
    numbers = [*event.casualties, *event.equipment]
    return bool(numbers) or bool(words_of([event.object]) & words_of([text]))


def _overtold(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    """What has not come to pass, where the reader read nothing of it, must have a word that says so."""
    if event.modality not in OUTLOOK | {Modality.ATTEMPTED} or any(each.deed.event.id == event.id for each in told):
        return None
    if words_of([_MONTH.sub("", text)]) & (standing_words(event.modality) | listed("ahead")):
        return None
    if (_FAILED if event.modality is Modality.ATTEMPTED else _AHEAD).search(text):
        return None
    return Fault(Reason.PLANNED_AS_DONE, f"the event is only {event.modality.value}; do not tell it as done")


def _undertold(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    """What has come to pass, told alone, is not "set to" do so."""
    ahead = _AHEAD.search(text)
    if ahead is None or any(other.modality not in REAL for other in ground.events):
        return None
    if any(_AHEAD.search(words) for words in ground.texts):
        return None
    return Fault(Reason.NEGATION, f"the event came to pass; “{ahead[0]}” tells it as to come")


# ── whose word it is ──


def _understated(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    """An event of several sources must not be told as that of one."""
    if event.independent_sources > 1 and is_one_source(text):
        return Fault(Reason.CLAIM_AS_FACT, f"{event.independent_sources} sources tell it, not one")
    return None


def _unattributed(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    """An event that rests on one word alone must be told as that word."""
    if plain(event, ground.desk) or event.modality is Modality.DENIED or event.status is Status.DENIED:
        return None
    voices = said_by(asserting(event, ground.desk), ground.desk)
    undone = any(other.id == event.reversed_by for other in ground.events)  # what was undone is told in passing
    known = ground.lone or undone or event.modality in OUTLOOK  # nor is what is only expected told as a fact
    if not voices or (known and all(voice.kind is Claimant.OUTLET for voice in voices)):
        return None
    mine = [each for each in told if each.deed.event.id == event.id and not each.deed.opposed]
    if any(each.said.told.attribution.who or each.said.told.attribution.kind is not Claimant.OUTLET for each in mine):
        return None
    lent = [e.said.told.attribution for e in told if e not in mine and e.said.told.attribution.who]
    piece = _piece_of(event, text, ground)
    for voice in voices:
        if mine and any(ground.speaks(voice, spoken) for spoken in lent) and "according to" not in piece.lower():
            continue
        if _says(voice, piece if voice.kind is not Claimant.OUTLET else text, ground):
            return None
    nameless = all(voice.kind in (Claimant.OUTLET, Claimant.UNNAMED) for voice in voices)
    if _by_its_counters(event, piece) or (nameless and is_one_source(piece)):
        return None
    hearsay = words_of([piece]) & listed("hearsay") or _SAID_TO.search(piece)
    if event.status is not Status.DISPUTED and hearsay and not lent:
        return None
    if all(voice.kind is Claimant.UNNAMED for voice in voices):
        return Fault(Reason.CLAIM_AS_FACT, "it rests on a source without a name; tell it as reported")
    return Fault(Reason.CLAIM_AS_FACT, f"it is the word of {enumerated([v.name for v in voices])} alone; say so")


def _by_its_counters(event: Event, piece: str) -> bool:
    """Whether those lost are told as the count of whoever gives it, all that an event of people lost may rest on."""
    counters = {fold(count.claimant).removeprefix("the ") for count in event.casualties} - {""}
    return event.kind is Kind.CASUALTIES and any(_cued(name, _flat(piece)) for name in counters)


def _piece_of(event: Event, text: str, ground: Ground) -> str:
    """The part of the sentence that tells an event, as far as its place shows it; the whole where nothing does."""
    pieces = _BREAK.split(text)
    if counted := [piece for piece in pieces if _has_its_count(event, piece, ground)]:
        return " ; ".join(counted)
    if pattern(event.kind, event.change) is None and event.headline:
        return max(pieces, key=lambda piece: len(_stems(piece) & _stems(event.headline)))
    own = [piece for piece in pieces if event.place is not None and _anchored(event, piece, ground)]
    return " ; ".join(own) if own and len(pieces) > 1 else text


def _has_its_count(event: Event, piece: str, ground: Ground) -> bool:
    """Whether a part of a sentence has a count of an event beside which another tells of the same place ("there")."""
    others = [other.place.canonical for other in ground.events if other is not event and other.place]
    if event.place is None or event.place.canonical not in others:
        return False
    numerals = {str(n) for count in event.casualties for n in (count.low, count.best, count.high) if n is not None}
    numerals |= {str(kit.number) for kit in event.equipment}
    return not numerals.isdisjoint(re.findall(r"\d+", piece))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of([text])}


def _says(voice: Voice, text: str, ground: Ground) -> bool:
    """Whether the words of a text give something as the word of a claimant."""
    folded = _flat(text)
    if _BY_ACCOUNT.search(text) and voice.actor:
        return True
    names = {fold(voice.name), *ground.spellings.get(voice.actor, ())} - {""}
    if voice.kind is not Claimant.PARTY and len(fold(voice.name).split()) > 1:
        names.add(fold(voice.name).removeprefix("the ").split()[-1])
    return any(_cued(name, folded) for name in names)


def _flat(text: str) -> str:
    """The folded words of a text without its marks, with a blank at either end."""
    return f" {fold(re.sub(r'[.,;:!?()“”—–]', ' ', text))} "


def _cued(name: str, folded: str) -> bool:
    """Whether a verb of saying stands shortly behind a name, or words that make it a source shortly before."""
    verbs = inflected("says")
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
        after, before = folded[match.end() :].split()[:_REACH], folded[: match.start()].split()[-_REACH:]
        if verbs & set(after) or ("by" in before[-2:] and verbs & set(before)):
            return True
        if {"according", "account", "accounts", "count", "counts", "said", "reported", "claimed"} & set(before):
            return True
        if {"account", "claim", "claims", "word", "count", "statement", "report", "reports"} & set(after[:3]):
            return True
    return False


# ── disputed, denied, taken back, undone ──


def _undisputed(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    against = ground.desk.opposed(event)
    if event.status is not Status.DISPUTED or not against:
        return None
    words = words_of([text])
    voices = said_by(against, ground.desk)
    if any(_says(voice, text, ground) for voice in voices) or any(each.deed.opposed for each in told):
        return None
    if words & listed("dispute"):
        return None
    return Fault(
        Reason.DENIED_AS_FACT,
        f"{enumerated([v.name for v in voices])} {'say' if many(voices) else 'says'} otherwise; tell both sides",
    )


def _undenied(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    words = words_of([text])
    if event.status is Status.WITHDRAWN and not words & listed("taken_back"):
        return Fault(Reason.DENIED_AS_FACT, "its outlet took this report back; say so")
    if event.status is Status.DENIED or event.modality is Modality.DENIED:
        if not words & listed("denial"):
            return Fault(Reason.DENIED_AS_FACT, "this is denied; say who denies it")
        voices = said_by(ground.desk.claims_of(event), ground.desk)
        if not any(_says(voice, text, ground) for voice in voices):
            return Fault(Reason.CLAIM_AS_FACT, f"it is {enumerated([v.name for v in voices])} who denies it; say so")
    return None


def _unreversed(event: Event, text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    if not event.reversed_by:
        return None
    undoing = [other for other in ground.events if other.id == event.reversed_by]
    if not undoing:
        if words_of([text]) & listed("reversal"):
            return None
        return Fault(Reason.REVERSED_STALE, "this has since been reversed; say so, or name the event that reversed it")
    ends = [each for each in told if each.deed.event.id == event.reversed_by]
    undone = [each for each in told if each.deed.event.id == event.id]
    only_its_own = deed_words(undoing[0]) - deed_words(event)
    if undone and not ends and not words_of([text]) & only_its_own:
        return Fault(Reason.REVERSED_STALE, "it does not tell how this was reversed; tell the end")
    return None


# ── where the reader is silent ──


def swapped(text: str, told: Sequence[Told], ground: Ground) -> Fault | None:
    """Who acts, by the order of the words, in an event that the reader read nothing of."""
    for event in ground.events:
        if any(each.deed.event.id == event.id for each in told) or not (event.actors and event.opponents):
            continue
        if event.kind is Kind.CLASH or is_mutual(event) or event.change in (Change.CONTESTED, Change.LOST):
            continue
        agent = _agent(event, text, ground)
        if agent and not agent & set(event.actors) and agent & set(event.opponents):
            return Fault(Reason.WRONG_DIRECTION, "it has who acts and who suffers the wrong way round")
    return None


def _agent(event: Event, text: str, ground: Ground) -> set[str]:
    """The cast right before an active deed or behind its "by"."""
    folded = fold(text)
    deeds = deed_words(event) - listed("hearsay")
    found = [(m.start(), m.end()) for m in WORD.finditer(folded) if m[0] in deeds and m[0].endswith(("ed", "s", "e"))]
    mentions = sorted(
        (match.start(), match.end(), name)
        for name, keys in ground.spellings.items()
        for key in keys
        for match in re.finditer(rf"(?<!\w){re.escape(key)}(?!\w)", folded)
    )
    for start, end in found:
        if re.search(r"(?:,|\band)\s*$", folded[:start]):
            continue  # "struck militants near the height and killed five": who acts stands before the first verb
        if passive := re.match(r"\s+by (?:the )?", folded[end:]):
            return {name for at, _, name in mentions if at == end + passive.end()}
        behind = [(stop, name) for _, stop, name in mentions if stop < start]
        if behind:
            last = max(stop for stop, _ in behind)
            return {name for stop, name in behind if stop == last}
    return set()
