"""The sentence of a claim, from the words of its clause; attribution is said, never dropped."""

import re

from briefer.reading.article import Told
from briefer.reading.phrases import Link, Verb
from briefer.reading.verbs import past
from briefer.types import Attribution, Change, Claimant, Kind, Modality

_ASIDE = re.compile(r"[;\"“”«»–—]| - ")
_LONGEST = 45  # tokens; a clause longer than this was read across a boundary that the marks do not show
_GO_AWAY = ("flee", "leave", "escape")
PAST = {
    Change.CAPTURED: "captured",
    Change.RECAPTURED: "recaptured",
    Change.ADVANCED: "advanced",
    Change.ENTERED: "entered",
    Change.INFILTRATED: "infiltrated",
    Change.REPELLED: "repelled",
    Change.WITHDREW: "withdrew from",
    Change.LOST: "lost",
    Change.CONTESTED: "contested",
    Change.BESIEGED: "besieged",
    Change.HANDED_OVER: "handed over",
    Change.HELD: "held",
}
_NOUNS = {
    Kind.CLASH: "fighting", Kind.STRIKE: "an air strike", Kind.SHELLING: "shelling", Kind.AGREEMENT: "an agreement",
}  # fmt: skip


def wording(told: Told) -> str:
    """One plain sentence: the clause's own words where they stand together, else its roles in order."""
    text = _slice(told) or _roles(told)
    return voiced(text, told.attribution, denied=told.modality is Modality.DENIED, hearsay=told.standing.hearsay)


def voiced(text: str, attribution: Attribution, *, denied: bool = False, hearsay: bool = False) -> str:
    """A clause as a sentence that tells whose words it gives."""
    who = attribution.who
    if attribution.kind is not Claimant.OUTLET and who:
        told = "showed" if attribution.kind is Claimant.FOOTAGE else "said"
        comma = "," if ", " in who else ""  # "Marten Eske, the envoy, said"
        text = f"{text}, {who}{comma} {told}" if not denied else _denial(text, who)
    elif hearsay:
        text = f"{text}, by unnamed reports"
    return f"{text[0].upper()}{text[1:]}."


def _denial(text: str, who: str) -> str:
    """ "NATO denied that the alliance carried out any strikes": "any" can be told of no other side."""
    return f"{who} denied that {text}" if " any " in f" {text} " else f"{text}, which {who} denied"


def _slice(told: Told) -> str:
    verb = told.frame.verb
    if verb is None:
        return ""
    top = _top(verb)
    if top.link not in (Link.MAIN, Link.COMPLEMENT, Link.ADVERBIAL) or not top.subject:
        return ""
    first, last = top.subject[0].first, _end(verb, told)
    if told.clauses.tags[top.subject[0].head] in "UW" or first > verb.first or last - first > _LONGEST:
        return ""
    words = told.clauses.between(first, last)
    return "" if _ASIDE.search(words) else words


def _top(verb: Verb) -> Verb:
    """The finite verb that an infinitive hangs on ("have managed to regain")."""
    while verb.link is Link.INFINITIVE and verb.governor is not None and verb.governor.subject == verb.subject:
        verb = verb.governor
    return verb


def _end(verb: Verb, told: Told) -> int:
    ends = [verb.last] + [noun.last for noun in verb.objects]
    for phrase in verb.phrases[:4]:
        if phrase.word == "according to":
            break
        if phrase.first > verb.head:
            ends.append(phrase.group[-1].last)
    last = max(ends)
    tags = told.clauses.tags
    while last < len(tags) and tags[last] in "T":
        last += 1
    return last


def _roles(told: Told) -> str:
    frame = told.frame
    actors = joined([actor.canonical for actor in frame.actors])
    place = f"{frame.where.spot.relation} {frame.where.spot.name}".strip() if frame.where else ""
    if frame.change is Change.REPELLED:
        against = joined([actor.canonical for actor in frame.opponents]) or frame.object or "an attack"
        return f"{actors} repelled {against}" + (f" at {place}" if place else "")
    if frame.change is Change.ADVANCED and frame.where is not None:
        return f"{actors} advanced {frame.where.preposition or 'to'} {place}"
    if frame.change is not None:
        what = frame.object or place
        text = f"{actors or 'Unnamed forces'} {PAST[frame.change]} {what}"
        return f"{text} at {place}" if place and place.lower() not in text.lower() else text
    if frame.kind is Kind.AGREEMENT and frame.object.startswith("collapse of "):
        return f"{frame.object.removeprefix('collapse of ')} collapsed" + (f" at {place}" if place else "")
    if frame.verb is None:
        said = (
            f"{_NOUNS.get(frame.kind, frame.lemma)} involving {actors}"
            if actors
            else _NOUNS.get(frame.kind, frame.lemma)
        )
        against = f" and {joined([a.canonical for a in frame.opponents])}" if frame.opponents else ""
        return f"There was {said}{against}" + (f" at {place}" if place else "")
    return _verb_roles(told, actors, place)


def _goes_away(told: Told) -> bool:
    """Whether the people flee, which nobody does to them: "people who fled Brega" were not fled."""
    people, verb = told.frame.people, told.frame.verb
    if people is None or verb is None or verb.passive or told.frame.lemma not in _GO_AWAY:
        return False
    return people.noun in verb.subject


def _verb_roles(told: Told, actors: str, place: str) -> str:
    frame = told.frame
    people = frame.people.text if frame.people else frame.object or joined([a.canonical for a in frame.opponents])
    verb = (
        past(frame.lemma)
        if frame.verb is not None and frame.verb.form in "gv"
        else told.clauses.between(frame.first, frame.last)
    )
    losers = joined([actor.canonical for actor in frame.opponents])
    if frame.lemma == "lose" and losers and frame.verb is not None and not frame.verb.passive:
        return f"{losers} lost {people}" + (f" at {place}" if place else "")
    if _goes_away(told):
        return f"{people} {past(frame.lemma)} {'from ' if frame.lemma == 'escape' else ''}{place}".strip()
    if frame.verb is not None and (frame.verb.passive or not actors):
        counted = frame.people or next(iter(frame.equipment), None)
        number = counted.number if counted else None
        helper = (
            ""
            if frame.verb.auxiliaries or frame.lemma in ("die", "perish", "drown")
            else "was "
            if number is not None and number.best == 1
            else "were "
        )
        by, at = f" by {actors}" if actors else "", f" at {place}" if place else ""
        return f"{people} {helper}{verb}{by}{at}" if people else f"{place or 'A place'} {helper}{verb}{by}"
    return " ".join(part for part in (actors, verb, people, f"at {place}" if place else "") if part)


def joined(names: list[str]) -> str:
    """Names in a row: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
