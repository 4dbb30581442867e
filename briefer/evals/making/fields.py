"""Edits of the fields of a claim; its sentence is made of them afterwards, so that the two cannot differ.

In: a true Claim of a coded kind and its `Page`. Out: false ones, each with the edit in words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from briefer.evals.making.degrees import stale, undone
from briefer.evals.making.lie import Draw
from briefer.evals.making.names import BEARINGS
from briefer.evals.making.page import Page, Party
from briefer.reading.article import read
from briefer.reading.assertions import Assertion, assertion
from briefer.reading.names import fold, initials
from briefer.types import (
    REAL,
    Actor,
    Attribution,
    Casualties,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    DayPart,
    EquipmentState,
    Extent,
    Kind,
    Modality,
    Place,
    Reason,
    When,
)

FieldEdit = Callable[[Claim, Page, Draw], Iterator[tuple[Claim, str]]]
Changed = Iterator[tuple[Claim, str]]

_TURNED = {
    Change.CAPTURED: (Change.LOST, Change.WITHDREW), Change.RECAPTURED: (Change.LOST, Change.CAPTURED),
    Change.ADVANCED: (Change.WITHDREW,), Change.ENTERED: (Change.WITHDREW,), Change.INFILTRATED: (Change.WITHDREW,),
    Change.REPELLED: (Change.LOST,), Change.WITHDREW: (Change.CAPTURED, Change.ADVANCED),
    Change.LOST: (Change.CAPTURED, Change.RECAPTURED), Change.HANDED_OVER: (Change.CAPTURED,),
    Change.HELD: (Change.LOST,), Change.BESIEGED: (Change.WITHDREW,), Change.CONTESTED: (Change.LOST,),
}  # fmt: skip
_FARTHER = {
    Change.ADVANCED: Change.CAPTURED, Change.ENTERED: Change.CAPTURED, Change.INFILTRATED: Change.CAPTURED,
    Change.BESIEGED: Change.CAPTURED, Change.CONTESTED: Change.CAPTURED,
}  # fmt: skip
_PARTS = {
    DayPart.MORNING: DayPart.EVENING, DayPart.EVENING: DayPart.MORNING, DayPart.AFTERNOON: DayPart.NIGHT,
    DayPart.NIGHT: DayPart.AFTERNOON,
}  # fmt: skip
_OUTSIDE = re.compile(r"outskirts|edge|approach|suburb|(?:km|miles|kilometres) ")
_TO_COME = (Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL)


# ── who ──


def sides_swapped(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Who did it has it done to them; of a clash both sides are alike."""
    if claim.actors and claim.opponents and claim.kind is not Kind.CLASH:
        yield replace(claim, actors=claim.opponents, opponents=claim.actors), "sides swapped"


def another_actor(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Another actor of the article in the place of one."""
    mine = [_party(actor) for actor in (*claim.actors, *claim.opponents)]
    for other in draw.order(page.parties, "actor"):
        if other.person or not mine or page.says_near(other.words, claim.text):
            continue
        if all(page.are_others(replace(each, person=False), other) for each in mine):
            actor = Actor(other.words, other.actor.canonical, other.actor.kind)
            if claim.actors:
                yield replace(claim, actors=(actor, *claim.actors[1:])), f"{claim.actors[0].name} → {other.words}"
            else:
                yield replace(claim, opponents=(actor,)), f"{claim.opponents[0].name} → {other.words}"


def _party(actor: Actor) -> Party:
    side = (
        "state"
        if actor.kind == "state_forces"
        else "rebel"
        if actor.kind in ("rebel_group", "political_militia")
        else ""
    )
    bare = actor.name.removeprefix("the ").removeprefix("The ")
    return Party(actor.name, fold(actor.canonical), side, bare[:1].isupper(), False, False, actor)


def another_speaker(claim: Claim, page: Page, draw: Draw) -> Changed:
    """The words of one in another's mouth."""
    who = claim.attribution.who
    mine = _party(Actor(who, claim.attribution.canonical or who))
    for other in draw.order(page.parties, "speaker"):
        if who and page.are_others(mine, replace(other, person=False)) and not page.says_near(other.words, claim.text):
            spoken = Attribution(Claimant.PARTY, other.words, other.actor.canonical)
            yield replace(claim, attribution=spoken), f"{who} → {other.words} said"


# ── what ──


def turned(claim: Claim, page: Page, draw: Draw) -> Changed:
    """The change of control turned round; whom it was told against stays the other side."""
    for other in _TURNED.get(claim.change, ()) if claim.change is not None else ():
        if claim.place is None or not page.tells_change(other, claim.place.name):
            yield replace(claim, change=other, extent=Extent.UNSPECIFIED), f"{claim.change} → {other}"


def exaggerated(claim: Claim, page: Page, draw: Draw) -> Changed:
    """More of the place, farther, destroyed for damaged, hundreds for dozens."""
    if claim.extent in (Extent.PART, Extent.OUTSKIRTS, Extent.MOST):
        yield replace(claim, extent=Extent.FULL), f"{claim.extent} → full"
    if claim.change in _FARTHER and claim.place is not None:
        place = replace(claim.place, relation="")
        farther = _FARTHER[claim.change]
        yield replace(claim, change=farther, place=place), f"{claim.change} → {farther}"
    if claim.place is not None and _OUTSIDE.search(claim.place.relation) and claim.kind is Kind.TERRITORY:
        place = replace(claim.place, relation="", precision=1)
        yield replace(claim, place=place), f"{claim.place.relation!r} dropped"
    if any(kit.state is EquipmentState.DAMAGED for kit in claim.equipment):
        kits = tuple(replace(kit, state=EquipmentState.DESTROYED) for kit in claim.equipment)
        yield replace(claim, equipment=kits), "damaged → destroyed"
    for number, count in enumerate(claim.casualties):
        if "dozens" in count.as_written.lower():
            more = replace(count, low=200, as_written=count.as_written.lower().replace("dozens", "hundreds"))
            yield _with_count(claim, number, more), "dozens → hundreds"


# ── where ──


def another_place(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Another spot of the article."""
    place = claim.place
    for other in draw.order(page.places, "place") if place is not None else ():
        if place is None or other in place.name or place.name in other or place.name[0].islower():
            continue  # "the village" may be the other one
        if page.are_in_a_row(place.name, other) or page.tells_change(claim.change, other):
            continue
        if not page.says_near(other, claim.text.replace(place.canonical, "").replace(place.name, "")):
            yield replace(claim, place=Place(other, other, place.relation, place.precision)), f"{place.name} → {other}"


def other_bearing(claim: Claim, page: Page, draw: Draw) -> Changed:
    """North for south."""
    if claim.place is None:
        return
    words = claim.place.relation.split()
    if any(word in BEARINGS for word in words):
        relation = " ".join(BEARINGS.get(word, word) for word in words)
        yield replace(claim, place=replace(claim.place, relation=relation)), f"{claim.place.relation} → {relation}"


def beside(claim: Claim, page: Page, draw: Draw) -> Changed:
    """A spot beside the place that the article does not tell of."""
    if claim.place is not None and not claim.place.relation and claim.kind is Kind.TERRITORY:
        relation = draw.order(("south of", "north of", "east of", "west of"), "beside")[0]
        if relation.split()[0] not in page.article.text.lower():
            yield replace(claim, place=replace(claim.place, relation=relation, precision=2)), f"{relation} added"


# ── how many ──


def other_value(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Another number of people or of equipment."""
    for number, count in enumerate(claim.casualties):
        value = count.best or count.low or count.high
        for other in _others(value, page, draw):
            low, best, high = (other if each is not None else None for each in (count.low, count.best, count.high))
            lie = replace(count, low=low, best=best, high=high, as_written=str(other))
            yield _with_count(claim, number, lie), f"{count.as_written} → {other}"
    for number, kit in enumerate(claim.equipment):
        for other in _others(kit.number, page, draw):
            kits = list(claim.equipment)
            kits[number] = replace(kit, number=other)
            yield replace(claim, equipment=tuple(kits)), f"{kit.number} → {other}"


def _others(value: int | None, page: Page, draw: Draw) -> list[int]:
    if value is None:
        return []
    steps = (2, 3, 5, 7) if value < 10 else (value // 2, value, -value // 3, 10)
    return [value + step for step in draw.order(steps, "value") if value + step > 1 and value + step not in page.values]


def other_fate(claim: Claim, page: Page, draw: Draw) -> Changed:
    """The killed told as wounded, and the other way."""
    fates = {CasualtyKind.KILLED: CasualtyKind.WOUNDED, CasualtyKind.WOUNDED: CasualtyKind.KILLED}
    for number, count in enumerate(claim.casualties):
        if count.kind in fates:
            other = fates[count.kind]
            yield _with_count(claim, number, replace(count, kind=other)), f"{count.kind} → {other}"


def other_bound(claim: Claim, page: Page, draw: Draw) -> Changed:
    """A number told as the least that it can be, and the least as the most."""
    for number, count in enumerate(claim.casualties):
        if count.best is not None and count.low == count.high == count.best and count.as_written:
            least = replace(count, best=None, high=None, as_written=f"at least {count.as_written}")
            yield _with_count(claim, number, least), "told as the least"
        elif count.low is not None and count.best is None and count.high is None:
            most = replace(count, low=None, high=count.low, as_written=f"at most {count.low}")
            yield _with_count(claim, number, most), "at least → at most"


def other_people(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Civilians for soldiers, and fighters for civilians."""
    for number, count in enumerate(claim.casualties):
        other = "fighters" if count.civilian or "civilian" in count.victims else "civilians"
        if count.victims and other not in page.article.text:
            lie = replace(count, victims=other, civilian=other == "civilians")
            yield _with_count(claim, number, lie), f"{count.victims} → {other}"


def _with_count(claim: Claim, number: int, count: Casualties) -> Claim:
    counts = list(claim.casualties)
    counts[number] = count
    return replace(claim, casualties=tuple(counts))


# ── when ──


def other_day(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Some days earlier, or a year; the words of the time go, for they would say the true day."""
    start = claim.when.start
    for step in draw.order((2, 3, 9, 365), "day") if start is not None else ():
        if start is not None and start > date.min + timedelta(days=step):
            other = start - timedelta(days=step)
            yield replace(claim, when=replace(claim.when, start=other, end=other, as_written="")), f"{start} → {other}"


def other_words(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Another part of the day in the words of the time."""
    other = _PARTS.get(claim.when.part)
    written = claim.when.as_written
    if other is not None and re.search(rf"\b{claim.when.part.value}\b", written.lower()):
        words = re.sub(rf"\b{claim.when.part.value}\b", other.value, written.lower())
        yield replace(claim, when=replace(claim.when, part=other, as_written=words)), f"{written} → {words}"


# ── how sure, since when ──


def done(claim: Claim, page: Page, draw: Draw) -> Changed:
    """A plan or forecast told as done."""
    if claim.modality in _TO_COME:
        yield replace(claim, modality=Modality.OCCURRED), f"{claim.modality} → occurred"


def as_fact(claim: Claim, page: Page, draw: Draw) -> Changed:
    """The words of a speaker told bare."""
    who = claim.attribution.who
    own = fold(who) in fold(page.article.outlet) or initials(page.article.outlet) == who
    if claim.attribution.kind is not Claimant.OUTLET and claim.modality is not Modality.DENIED and not own:
        counts = tuple(replace(count, claimant="") for count in claim.casualties)
        yield replace(claim, attribution=Attribution(), casualties=counts), f"{claim.attribution.who!r} dropped"


def denial_as_fact(claim: Claim, page: Page, draw: Draw) -> Changed:
    """What is denied told as done."""
    if claim.modality is Modality.DENIED:
        yield replace(claim, modality=Modality.OCCURRED, attribution=Attribution()), "denied → occurred"


def negated(claim: Claim, page: Page, draw: Draw) -> Changed:
    """What happened told as denied; what was tried in vain told as done."""
    if claim.modality is Modality.ATTEMPTED and claim.kind is Kind.TERRITORY:
        yield replace(claim, modality=Modality.OCCURRED), "attempted → occurred"
    groups = [party for party in page.parties if not party.person and party.side]
    if claim.modality in REAL and groups:
        who = draw.order(groups, "denial")[0]
        spoken = Attribution(Claimant.PARTY, who.words, who.actor.canonical)
        yield replace(claim, modality=Modality.DENIED, attribution=spoken), f"denied by {who.words}"


def as_new(claim: Claim, page: Page, draw: Draw) -> Changed:
    """History told as news, without its date or on the day of writing."""
    if claim.modality is not Modality.HISTORICAL:
        return
    yield replace(claim, modality=Modality.OCCURRED, when=When()), "its past date dropped"
    if (written := page.scene.written) is not None:
        yield replace(claim, modality=Modality.OCCURRED, when=When(written, written)), f"told of {written}"


def still(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Who took the place and lost it again holds it."""
    cited = {evidence.sentence for evidence in claim.evidence}
    over = {taken.sentence for taken, _ in stale(page)} | {number for number, _, _ in undone(page)}
    if not cited.isdisjoint(over) and claim.change in (Change.CAPTURED, Change.RECAPTURED, Change.ENTERED):
        yield replace(claim, change=Change.HELD, when=When()), f"{claim.change} and lost again → held"


# ── what is of another event, or of none ──


def of_another(claim: Claim, page: Page, draw: Draw) -> Changed:
    """The number, the place or the other side of what another sentence tells."""
    cited = {evidence.sentence for evidence in claim.evidence}
    for said in _elsewhere(page, cited):
        for count in said.casualties if claim.casualties else ():
            lie = replace(count, kind=claim.casualties[0].kind)
            if not _is_counted(claim.casualties, lie):
                yield _with_count(claim, 0, lie), f"number of sentence {said.told.sentence}"
        if claim.place is not None and said.place and fold(said.place) not in fold(claim.text):
            same = claim.change is said.told.frame.change and claim.change is not None
            if same or page.says_near(said.place, claim.text) or said.place not in page.places:
                continue  # they may have taken that place too
            yield (
                replace(claim, place=Place(said.place, said.place, said.relation)),
                f"place of sentence {said.told.sentence}",
            )


def _elsewhere(page: Page, cited: set[int]) -> Iterator[Assertion]:
    for told in read(page.article)[1]:
        if told.sentence not in cited and not any(_shares(page, told.sentence, number) for number in cited):
            yield assertion(told)


def _shares(page: Page, one: int, other: int) -> bool:
    """Whether two sentences are nearly one, as those of a title and its story are."""
    mine, theirs = page.keys[one], page.keys[other]
    return len(mine & theirs) > min(len(mine), len(theirs)) // 2


def _is_counted(counts: tuple[Casualties, ...], count: Casualties) -> bool:
    return any((each.low, each.best, each.high) == (count.low, count.best, count.high) for each in counts)


def detail_added(claim: Claim, page: Page, draw: Draw) -> Changed:
    """A toll that the article does not have."""
    count = next(each for each in range(11 + draw.number(60, "toll"), 10_000) if each not in page.values)
    toll = Casualties(CasualtyKind.KILLED, count, count, count, "people", as_written=str(count))
    bare = replace(claim, kind=Kind.CASUALTIES, change=None, extent=Extent.UNSPECIFIED, object="", equipment=())
    if claim.place is not None:
        yield replace(bare, casualties=(toll,), actors=(), opponents=()), f"a toll of {count} added"


def made_up(claim: Claim, page: Page, draw: Draw) -> Changed:
    """Another happening at the same place."""
    if claim.place is None or claim.kind in (Kind.STRIKE, Kind.SHELLING):
        return
    other = draw.order((Kind.STRIKE, Kind.SHELLING), "event")[0]
    if not any(assertion(told).kind in (Kind.STRIKE, Kind.SHELLING, Kind.CLASH) for told in read(page.article)[1]):
        bare = replace(claim, kind=other, change=None, extent=Extent.UNSPECIFIED, casualties=(), equipment=())
        yield replace(bare, object="", opponents=()), f"{claim.kind} → {other}"


FIELDS: dict[Reason, tuple[FieldEdit, ...]] = {
    Reason.WRONG_ACTOR: (sides_swapped, another_actor, another_speaker),
    Reason.WRONG_DIRECTION: (turned,),
    Reason.WRONG_PLACE: (another_place, other_bearing, beside),
    Reason.WRONG_NUMBER: (other_value, other_fate, other_bound, other_people),
    Reason.WRONG_DATE: (other_day, other_words),
    Reason.PLANNED_AS_DONE: (done,),
    Reason.CLAIM_AS_FACT: (as_fact,),
    Reason.DENIED_AS_FACT: (denial_as_fact,),
    Reason.REVERSED_STALE: (still,),
    Reason.CONFLATION: (of_another,),
    Reason.NEGATION: (negated,),
    Reason.BACKGROUND_AS_NEW: (as_new,),
    Reason.EXAGGERATION: (exaggerated,),
    Reason.FABRICATED: (detail_added, made_up),
}
"""The edits of fields, by the reason for which what they make is false; an injected claim is wholly made."""
