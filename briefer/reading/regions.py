"""Which part of the war a sentence is about, as the article itself says it, for places that no gazetteer knows.

In: an Article and its Scene. Out: `Regions`, which gives the front of a place in a sentence: the heading it stands
under, the larger place that the article puts it in ("X, a village in Y"; "X, 6 km west of Y"), or the province that its
sentence names. Where the article was filed from says nothing: correspondents file from capitals.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from briefer.reading import countries as world
from briefer.reading.lexicon import words
from briefer.reading.names import fold
from briefer.reading.scene import NAME, NameSort, Scene
from briefer.types import Article

_KIND = (
    r"(?:town|city|village|district|suburb|hamlet|neighbou?rhood|outpost|hill|port|area|settlement|quarter|base"
    r"|airport)"
)
_WIDE = r"(?:province|governorate|region|oblast|county|state|district|countryside)"
_SIDE = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
_WITHIN = (
    re.compile(
        rf"(?P<part>{NAME.pattern}),? (?:an?|the) (?:[\w-]+ ){{0,4}}{_KIND}(?: [\w-]+){{0,3}} "
        rf"(?:in|of|near|outside) (?:the )?(?:[\w-]+ ){{0,3}}(?P<whole>{NAME.pattern})"
    ),
    re.compile(
        rf"(?P<part>{NAME.pattern}),? (?:about |some |around )?[\w.]+ (?:km|kilomet\w+|miles?)(?: \([^)]*\))? "
        rf"{_SIDE} of (?:the )?(?:[\w-]+ ){{0,3}}(?P<whole>{NAME.pattern})"
    ),
    re.compile(rf"(?P<part>{NAME.pattern}),? (?:in|on) (?:the )?(?:[\w-]+ ){{0,3}}(?P<whole>{NAME.pattern}) {_WIDE}\b"),
    re.compile(rf"(?P<part>{NAME.pattern}),? {_SIDE} of (?:the )?(?:[\w-]+ ){{0,2}}(?P<whole>{NAME.pattern})"),
)
_NAMED_WIDE = re.compile(
    rf"\b(?:{_WIDE} of (?P<one>{NAME.pattern})|(?P<two>{NAME.pattern}) (?:{_WIDE}|front)\b"
    rf"|{_WIDE} of the (?P<three>{NAME.pattern}))"
)
_HEADING = re.compile(r"(?P<name>[A-Z][A-Z'’-]{2,}(?: [A-Z][A-Z'’-]+){0,2})(?: front)?(?: ?\([^)]*\))?:?")


@dataclass(frozen=True, slots=True)
class Regions:
    """The fronts of one article: by sentence under a heading, by place, and by the province a sentence names."""

    headings: Mapping[int, str]
    within: Mapping[str, str]
    wholes: frozenset[str]
    named: Mapping[int, str]
    only: str = ""

    def front(self, place: str, sentence: int) -> str:
        """The front of a place that a sentence tells of, "" where the article does not let it be known."""
        if sentence in self.headings:
            return self.headings[sentence]
        key, seen = fold(place), set[str]()
        while key in self.within and key not in seen:
            seen.add(key)
            place = self.within[key]
            key = fold(place)
        if seen or key in self.wholes:
            return place
        # An article that speaks of one province only is about that province.
        return self.named.get(sentence, "") or (self.only if place else "")


def regions(article: Article, scene: Scene) -> Regions:
    """Read the article's own geography."""
    within = _within(article.text, scene)
    named = {
        number: name for number in range(len(article.sentences)) if (name := _wide(article.sentence(number), scene))
    }
    wholes = {*within.values(), *named.values()}
    provinces = set(named.values())
    only = next(iter(provinces)) if len(provinces) == 1 else ""
    return Regions(_headings(article, scene), within, frozenset(fold(name) for name in wholes), named, only)


def _within(text: str, scene: Scene) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for pattern in _WITHIN:
        for match in pattern.finditer(text):
            part, whole = proper(match["part"]), proper(match["whole"])
            if part and whole and _is_place(part, scene) and _is_place(whole, scene) and fold(part) != fold(whole):
                votes.setdefault(fold(part), Counter())[whole] += 1
    return {part: min(counted, key=lambda name: (-counted[name], name)) for part, counted in votes.items()}


def proper(name: str) -> str:
    """A name without the words that open its sentence ("In Menzir" -> "Menzir"); "" for one too wide for a front."""
    parts = name.split()
    while parts and parts[0].lower() in _OPENERS:
        parts.pop(0)
    bare = " ".join(parts).removesuffix("'s").removesuffix("’s")
    # A country is the theatre of the whole war, and "the Libyan east" names no front.
    return "" if world.country(bare) is not None or world.demonym(bare) else bare


_OPENERS = frozenset("in on at from near after before since the a an of to for with by as but and when while".split())


def _is_place(name: str, scene: Scene) -> bool:
    return scene.sorts.get(fold(name)) in (NameSort.PLACE, None)


_TITLED = re.compile(rf"({NAME.pattern}) (?:Province|Governorate|Region|Oblast|County|State)\b")


def _wide(sentence: str, scene: Scene) -> str:
    titled = _TITLED.search(sentence)
    if titled is not None and (name := proper(titled[1])):
        return name
    for match in _NAMED_WIDE.finditer(sentence):
        name = proper(match["one"] or match["two"] or match["three"])
        if name and _is_place(name, scene):
            return name
    return ""


def _headings(article: Article, scene: Scene) -> dict[int, str]:
    """Lines in capitals that name a place ("KHORZAN (north-west)") stand over what follows until the next."""
    found: dict[int, str] = {}
    current = ""
    for number in range(len(article.sentences)):
        match = _HEADING.fullmatch(article.sentence(number).strip())
        if match is not None:
            name = match["name"].title()
            current = name if _is_place(name, scene) and name.lower() not in words() else ""
        elif current:
            found[number] = current
    return found
