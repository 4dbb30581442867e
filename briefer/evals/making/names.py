"""Edits of the names of a sentence: other actors, speakers and places, sides and bearings exchanged."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from briefer.evals.making.lie import Draft, Draw
from briefer.evals.making.line import Line, agreeing, sentence
from briefer.evals.making.page import Page, Party
from briefer.reading.phrases import Noun
from briefer.reading.scene import NAME

_MUTUAL = frozenset(
    "clash fight meet battle exchange swap sign negotiate talk agree trade share marry play draw".split()
)
_OPPOSED = {
    "north": "south", "east": "west", "northern": "southern", "eastern": "western", "north-east": "south-west",
    "north-west": "south-east", "northeast": "southwest", "northwest": "southeast", "northeastern": "southwestern",
    "northwestern": "southeastern", "north-eastern": "south-western", "north-western": "south-eastern",
}  # fmt: skip
BEARINGS = _OPPOSED | {other: one for one, other in _OPPOSED.items()}
_BEARING = re.compile(rf"\b(?:{'|'.join(sorted(BEARINGS, key=len, reverse=True))})\b", re.IGNORECASE)
_NO_BEARING = re.compile(r"(?:\b(?:has|have|had|was|were|be|been|who|they|he|she|it) |\b[A-Z]\w+ )\Z")
_BESIDE = re.compile(r"\b(?:at|in|to)? ?(?P<relation>north|south|east|west)(?:east|west)? of (?=[A-Z])")
_CITY = re.compile(r"\bthe (?:city|town|village|port) of (?P<name>" + NAME.pattern + ")")
_PROVINCE = re.compile(r"\b(?!The |An? )(?P<name>[A-Z][\w'’-]+) (?:province|region|district|county)\b")


class Mention(NamedTuple):
    """A party of the article where a sentence names it, by characters."""

    start: int
    end: int
    party: Party


def _mentions(line: Line, page: Page) -> list[Mention]:
    """The parties of the article that the sentence names, the longest name first where two begin alike."""
    found: list[Mention] = []
    for party in sorted(page.parties, key=lambda each: (-len(each.words), each.words)):
        first = party.words[0]
        pattern = rf"(?<![\w-])[{first.lower()}{first.upper()}]{re.escape(party.words[1:])}(?![\w-]| [A-Z])"
        for match in re.finditer(pattern, line.text):
            if not any(each.start < match.end() and match.start() < each.end for each in found):
                found.append(Mention(*match.span(), party))
    return sorted(found, key=lambda each: each.start)


def sides_swapped(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Who did it has it done to them."""
    if any(verb.lemma in _MUTUAL for verb in line.clauses.verbs):
        return
    for one, other in combinations(_mentions(line, page), 2):
        between = line.text[one.end : other.start].strip(" ,")
        apart = page.are_others(one.party, other.party) or _are_opposed(line, one, other)
        if apart and between not in _IN_A_ROW:
            yield Draft(_exchanged(line, one, other), f"{one.party.words} ↔ {other.party.words}")


def _are_opposed(line: Line, one: Mention, other: Mention) -> bool:
    """Whether one is the subject of a verb and the other what it is done to, from or by: nobody is both."""
    if one.party.person or other.party.person or _share(one.party, other.party):
        return False
    for verb in line.clauses.verbs:
        against = [
            *verb.objects,
            *(noun for phrase in verb.phrases if phrase.word in _AGAINST for noun in phrase.group),
        ]
        if any(_is_at(line, noun, one) for noun in verb.subject) and any(_is_at(line, noun, other) for noun in against):
            return True
    return False


_AGAINST = ("from", "by", "against", "to")


def _is_at(line: Line, noun: Noun, mention: Mention) -> bool:
    return line.start(noun.first) <= mention.start < line.end(noun.last - 1)


_IN_A_ROW = ("and", "or", "", "and the", "between", "or the", "(", "and by", "and its ally")


def _exchanged(line: Line, one: Mention, other: Mention) -> str:
    text, mine, theirs = line.text, one.party, other.party
    text = f"{text[: other.start]}{mine.words}{text[other.end :]}"
    text = agreeing(text, other.start + len(mine.words), plural=mine.plural)
    text = f"{text[: one.start]}{theirs.words}{text[one.end :]}"
    return sentence(agreeing(text, one.start + len(theirs.words), plural=theirs.plural))


def another_party(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Another of the article's actors or persons in the place of one."""
    there = _mentions(line, page)
    for mention in draw.order(there, "party"):
        party = mention.party
        for other in draw.order(page.parties, party.words):
            strange = page.are_others(other, party) and not any(_share(other, each.party) for each in there)
            if strange and other.plural is party.plural and not page.says_near(other.words, line.text):
                text = line.swap([(mention.start, mention.end, other.words)])
                yield Draft(text, f"{party.words} → {other.words}", party.words, other.words)


def _share(one: Party, other: Party) -> bool:
    """Whether two may be one: they share a name or a side."""
    words = set(one.words.lower().split()) & set(other.words.lower().split())
    return bool(words - {"the", "of", "and"}) or (bool(one.side) and one.side == other.side)


def another_speaker(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """The words of one in another's mouth."""
    there = _mentions(line, page)
    for mention in there:
        party = mention.party
        if not (_SAYS.match(line.text[mention.end :]) or _BY.search(line.text[: mention.start])):
            continue
        for other in draw.order(page.parties, f"speaker{party.words}"):
            if all(page.are_others(other, each.party) for each in there) and other.plural is party.plural:
                text = line.swap([(mention.start, mention.end, other.words)])
                yield Draft(text, f"{party.words} → {other.words} said", party.words, other.words)


_SAYS = re.compile(
    r",? (?:said|says|told|announced|reported|claimed|denied|maintained|insisted|warned|added|confirmed)\b"
)
_BY = re.compile(r"\b(?:according to|said|told by|in the words of) \Z")


# ── places ──


def another_place(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """Another spot of the article in the place of one."""
    wide = r"(?<!province of )(?<!district of )(?<!region of )(?<!republic of )"
    there = [name for name in page.places if re.search(rf"{wide}\b{re.escape(name)}\b", line.text)]
    for name in draw.order(there, "place"):
        for other in draw.order(page.places, name):
            if (
                other in line.text
                or other in name
                or name in other
                or page.says_near(other, line.text.replace(name, ""))
            ):
                continue
            if page.are_in_a_row(name, other):
                continue
            text = re.sub(rf"\b{re.escape(name)}\b", other, line.text)
            yield Draft(sentence(text), f"{name} → {other}", name, other)


def other_bearing(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """North for south and the like."""
    for found in _BEARING.finditer(line.text):
        if found[0][0].isupper() or _NO_BEARING.search(line.text[: found.start()]):
            continue
        other = BEARINGS[found[0].lower()]
        yield Draft(line.swap([(*found.span(), other)]), f"{found[0]} → {other}")


def beside_as_within(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """ "South of X" told as "in southern X"."""
    for found in _BESIDE.finditer(line.text):
        other = f" in {found['relation']}ern "
        yield Draft(line.swap([(*found.span(), other)]), f"{found['relation']} of → {found['relation']}ern")


def wider_or_narrower(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """A city told as its province, and a province as a city."""
    for found in _CITY.finditer(line.text):
        yield Draft(line.swap([(*found.span(), f"{found['name']} province")]), "city → province")
    for found in _PROVINCE.finditer(line.text):
        yield Draft(line.swap([(*found.span(), f"the city of {found['name']}")]), "province → city")
