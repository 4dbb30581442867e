"""Edits of what is said to have happened: turned round, negated, told as done where it is only meant to be."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from briefer.evals.making.forms import inflect, participle
from briefer.evals.making.lie import Draft, Draw
from briefer.evals.making.line import Line
from briefer.evals.making.page import Page
from briefer.evals.making.tables import Turn, turns
from briefer.reading.heads import is_a
from briefer.reading.phrases import Link, Verb, patients
from briefer.reading.verbs import is_participle, past

_NEAR = 60
"""Characters behind a verb within which "from" is its own."""


def turned(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """The opposite happening."""
    if _NO.search(line.text):
        return  # "lost no street": what is turned may be true
    for verb in _main_verbs(line):
        for turn in turns().get(verb.lemma, ()):
            last = _past_prepositions(line, verb, turn)
            bare = not turn.over and not verb.objects and not verb.passive
            if (
                _is_figure_of_speech(line, verb)
                or last is None
                or (verb.passive and turn.preposition)
                or (bare and not _stands_alone(line, verb))
            ):
                continue
            yield Draft(_turned(line, verb, turn, last), f"{verb.lemma} → {turn.opposite}")


_NO = re.compile(r"\b(?:no|nothing|not|neither|nobody|none|never)\b", re.IGNORECASE)


def _main_verbs(line: Line) -> list[Verb]:
    """The verbs of main clauses and of what is said, that can be turned or negated without breaking the sentence."""
    verbs = [verb for verb in line.clauses.verbs if verb.link in (Link.MAIN, Link.COMPLEMENT)]
    return [
        verb
        for verb, behind in zip_longest(verbs, verbs[1:])
        if not verb.negated and not verb.reports and not _may_describe(line, verb, behind) and not _is_under(line, verb)
    ]


def _is_under(line: Line, verb: Verb) -> bool:
    """Whether a comparison or condition opens shortly before the verb."""
    before = line.clauses.tokens.lower[max(0, verb.first - 6) : verb.first]
    return not {"than", "if", "whether", "unless"}.isdisjoint(before) or (
        not verb.subject and not _OPENERS.isdisjoint(before)
    )


_OPENERS = frozenset("as who which that".split())


def _may_describe(line: Line, verb: Verb, behind: Verb | None) -> bool:
    """Whether a past form may be a participle, as the next verb is the sentence's: "cases linked to it had risen"."""
    if behind is None or verb.auxiliaries or past(verb.lemma) != participle(verb.lemma):
        return False
    between = line.clauses.tokens.lower[verb.head + 1 : behind.first]
    return _JOINING.isdisjoint(between)


_JOINING = frozenset("and but or while after before because when as since so that then though although until".split())


def _stands_alone(line: Line, verb: Verb) -> bool:
    """Whether the verb needs no object and none of its particles follows ("fell back", "fell to")."""
    behind = line.clauses.tokens.lower[verb.head + 1 : verb.head + 2]
    return verb.lemma in _ALONE and _PARTICLES.isdisjoint(behind)


_PARTICLES = frozenset("back to under into behind out off over apart on down up through with short".split())


def _is_figure_of_speech(line: Line, verb: Verb) -> bool:
    """ "Took part", "lost their lives", "won back": what is no place is not turned with the verbs of control."""
    behind = line.clauses.tokens.lower[verb.head + 1 : verb.head + 2]
    if behind == ("back",) or verb.lemma not in _OF_CONTROL:
        return behind == ("back",)
    things = [line.clauses.tokens.lower[noun.head] for noun in patients(verb)]
    named = any(line.clauses.tags[noun.head] == "E" for noun in patients(verb))
    return not named and not any(is_a(thing, group) for thing in things for group in ("place", "strong_place"))


_OF_CONTROL = frozenset("take lose hold gain regain enter retain".split())
_ALONE = frozenset(
    "rise fall increase decrease grow shrink climb drop open close begin start end resume improve worsen".split()
)


def _past_prepositions(line: Line, verb: Verb, turn: Turn) -> int | None:
    """The token behind the verb and the preposition that the table wants, None where another stands there."""
    if not turn.over:
        return verb.head + 1
    lower = line.clauses.tokens.lower
    if verb.lemma == "fall" and any(tag in "Q" for tag in line.clauses.tags[verb.head + 2 : verb.head + 3]):
        return None  # "fell to 3.7 tonnes"
    for over in turn.over:
        words = over.split()
        if list(lower[verb.head + 1 : verb.head + 1 + len(words)]) == words:
            return verb.head + 1 + len(words)
    return None


def _turned(line: Line, verb: Verb, turn: Turn, last: int) -> str:
    base, _, particle = turn.opposite.partition(" ")
    tag = line.clauses.tags[verb.head]
    tag = "d" if tag == "p" and not verb.auxiliaries and verb.finite else tag  # "three fell outside"
    words = f"{inflect(base, tag)} {particle} {turn.preposition}".strip()
    changes = [(line.start(verb.head), line.end(last - 1), words)]
    before, after = turn.later
    behind = line.end(last - 1)
    later = (
        re.compile(rf"\b{before}\b(?= (?:the |an? )?[\w])").search(line.text, behind, behind + _NEAR)
        if before
        else None
    )
    if later is not None and not verb.passive:
        changes.append((*later.span(), after))
    return line.swap(changes)


# ── yes and no ──


def denied(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """A no where there was none."""
    for verb in _main_verbs(line):
        words = line.clauses.tokens.words
        if verb.auxiliaries and verb.auxiliaries[0] not in ("being", "been", "having"):
            yield Draft(line.put(verb.first, verb.first + 1, f"{words[verb.first]} not"), f"{verb.lemma}: not")
        elif words[verb.head] in ("was", "were", "is", "are"):
            yield Draft(line.put(verb.head, verb.head + 1, f"{words[verb.head]} not"), "be: not")
        elif _is_plain_past(line, verb):
            helper = draw.order(("did not", "failed to"), verb.lemma)[0]
            yield Draft(line.put(verb.head, verb.head + 1, f"{helper} {verb.lemma}"), f"{verb.lemma}: {helper}")


def _is_plain_past(line: Line, verb: Verb) -> bool:
    """Whether it is a past tense and surely no participle ("occupied by")."""
    tokens = line.clauses.tokens
    word = tokens.lower[verb.head]
    behind = tokens.lower[verb.head + 1 : verb.head + 2]
    return (
        line.clauses.tags[verb.head] == "d"
        and verb.lemma not in ("be", "have", word)
        and (behind != ("by",) or not is_participle(word))
    )


_DID_NOT = re.compile(r"\b(?:did not|didn['’]t|never|failed to|refused to|declined to) (?P<verb>[a-z]+)\b")
_NOT = re.compile(r"(?<=was|ere|has|had|can|uld|ill|ave|are| is) not (?!only|yet)(?=\w)")
_NONE = re.compile(
    r"\b[Nn]o (?=[a-z]+s?\b (?:was|were|has|have|had|is|are)\b)|\b[Nn]one of the\b|\b[Nn]either\b|\bwithout\b"
)
_YES = {"no": "some", "none of the": "all of the", "neither": "each", "without": "with"}


def affirmed(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """No no where there was one."""
    for found in _DID_NOT.finditer(line.text):
        verb = found["verb"] if not found[0].startswith("never") else None
        words = past(verb) if verb is not None else found["verb"]
        yield Draft(line.swap([(*found.span(), words)]), f"{found[0]} → {words}")
    for found in _NOT.finditer(line.text):
        yield Draft(line.swap([(*found.span(), " ")]), "not dropped")
    for found in _NONE.finditer(line.text):
        words = _YES[found[0].strip().lower()] + (" " if found[0].endswith(" ") else "")
        yield Draft(line.swap([(*found.span(), words)]), f"{found[0].strip()} → {words.strip()}")


# ── plans ──

_INTENDS = (
    r"(?:(?:is|are|was|were) )?(?:(?:planning|plans|planned|preparing|prepares|intends|intend|intending|hopes|hoping|"
    r"hope|due|expected|set|ready|scheduled|poised|likely|about|wants|want|promised|promises|threatened|threatens|"
    r"vowed|vows|pledged|tried|trying|attempted|aims|needs|need) to|will|would|may|might|is to|are to)"
)
_PLAN = re.compile(
    rf"\b{_INTENDS} (?:(?P<be>be) (?P<done>[a-z]*(?:ed|en|wn|one|ld|nt|pt|ut|ght|ade))"
    r"|(?P<have>have) [a-z]+|(?P<verb>[a-z]+))\b"
)


_CONDITION = re.compile(r"\b(?:if|whether|unless|provided)\b")


def done(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """What is planned, expected or tried told as done."""
    for found in _PLAN.finditer(line.text):
        if _CONDITION.search(line.text) or '"' in line.text or "“" in line.text:
            return
        if (
            found["have"]
            or line.text[: found.start()].endswith(" not ")
            or (found["verb"] or "") in ("not", "never", "be", "have", "need")
        ):
            continue
        if found["be"]:
            words = f"{'were' if _many(line, found.start()) else 'was'} {found['done']}"
        else:
            words = past(found["verb"])
        if found["be"] or _is_verb(line, found.end("verb")):
            yield Draft(line.swap([(*found.span(), words)]), f"{found[0]} → {words}")


def _is_verb(line: Line, end: int) -> bool:
    """Whether the word that ends here is read as a verb's base form."""
    tokens = line.clauses.tokens
    tags = line.clauses.tags
    return any(tokens.ends[verb.head] == end and tags[verb.head] == "v" for verb in line.clauses.verbs)


def _many(line: Line, before: int) -> bool:
    nouns = [noun for noun in line.clauses.nouns if line.end(noun.last - 1) <= before]
    return bool(nouns) and line.is_plural(nouns[-1])
