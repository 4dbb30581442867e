"""How actors, claimants and places are written inside a sentence: article, number, preposition.

Whether a name takes "the" is first a vote of the quotes that it stands in; only where they are silent does the
lexicon of heads ("Army", "Factory") decide.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefer.compose import phrases
from briefer.reading.word_classes import closed
from briefer.types import Claim, Place

_DETERMINED = re.compile(
    r"^(?:the|an?|some|several|many|most|all|both|two|three|four|five|six|\d|its|their|his|her)\b", re.I
)
_WITHIN = frozenset({"in", "at", "inside", "within", "of"})
_AWAY = re.compile(
    r"\b(?:(?:north|south|east|west)\w*|inland|ahead|short|outside|upstream|downstream|clear|front) of$", re.I
)
_SURFACE = re.compile(r"\b(?:outskirts|edges?|banks?|sides?|shores?|slopes?|front)\b", re.I)
"""Parts of a place that things are "on"."""
_INTO = re.compile(r"^(?:(?:in|at|on) )?(?:the )?", re.I)
_NO_PART = frozenset("north south east west northeast northwest southeast southwest ahead away inland".split())
_VOWELS = re.compile(r"[AEIOU]")


def squeeze(text: str) -> str:
    """The text on one line, its white space single."""
    return " ".join(text.split())


def listed(items: Sequence[str], *, limit: int = 4, more: str = "more") -> str:
    """ "A", "A and B", "A, B and C", "A, B, C and 5 more"."""
    if len(items) > limit:
        return f"{', '.join(items[: limit - 1])} and {len(items) - limit + 1} {more}"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capital(text: str) -> str:
    """The text with its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def outlet(name: str) -> str:
    """An outlet as a sentence writes it; names that come in small letters get capitals: "CNN", "Reuters"."""
    name = squeeze(name)
    if not (name.isalpha() and name.islower()):
        return name
    return name.upper() if len(name) <= 3 or not _VOWELS.search(name.upper()) else name.capitalize()


def plural(name: str) -> bool:
    """Whether English treats the name as many: "rebels say", "Hamas says"."""
    whole = squeeze(name).removeprefix("the ")
    last = whole.rsplit(" ", 1)[-1]
    if {whole.lower(), last.lower()} & phrases.words("singular"):
        return False
    if {whole.lower(), last.lower()} & phrases.words("plural"):
        return True
    if last.isupper() or not last.endswith("s"):
        return False
    small_stem = last[:1].islower() and last.endswith(("as", "is", "us"))
    return small_stem or not last.endswith(("ss", "us", "is", "as"))


def _default_article(name: str) -> bool:
    last = name.rsplit(" ", 1)[-1]
    if last.isupper() and last.isalpha() and " " not in name:
        return not _VOWELS.search(last)
    if name[:1].islower() and name == name.lower():
        return not plural(name)
    return last.lower() in phrases.words("the")


@dataclass(frozen=True, slots=True)
class Names:
    """How each name is written in the sources: votes for "the", for "in" or "at" before a place, for its spelling.

    `written` gives each canonical place name as most sources write it: "Brega" for "Al Burayqah".
    """

    articles: dict[str, int] = field(default_factory=dict)
    prepositions: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    @classmethod
    def heard(cls, claims: Iterable[Claim]) -> "Names":
        """Listen to the quotes of the claims: does "the" stand before each name, "in" or "at" before each place?"""
        articles: Counter[str] = Counter()
        prepositions: Counter[str] = Counter()
        spellings: dict[str, Counter[str]] = {}
        for claim in claims:
            quotes = [squeeze(evidence.quote).lower() for evidence in claim.evidence]
            for actor in (*claim.actors, *claim.opponents):
                if _bare(actor.name).lower() == actor.canonical.lower():
                    _hear_article(articles, actor.canonical.lower(), quotes)
            if claim.place:
                name = _bare(claim.place.name)
                _hear_article(articles, name.lower(), quotes)
                _hear_preposition(prepositions, name.lower(), quotes)
                if name[:1].isupper():
                    spellings.setdefault(squeeze(claim.place.canonical), Counter())[name] += 1
        written = {key: min(names, key=lambda name: (-names[name], name)) for key, names in spellings.items()}
        shared = {name for name, count in Counter([*written.values()]).items() if count > 1}
        distinct = {key: name for key, name in written.items() if name not in shared}
        return cls(dict(articles), dict(prepositions), distinct)

    def place(self, canonical: str) -> str:
        """A place as most sources write it; its canonical name where two places are written alike."""
        name = squeeze(canonical)
        return self.written.get(name, name)

    def the(self, name: str) -> str:
        """The name as it stands in a sentence, with its article where it takes one."""
        name = squeeze(name)
        if not name or _DETERMINED.match(name):
            return name
        vote = self.articles.get(name.lower(), 0)
        takes = vote > 0 if vote else _default_article(name)
        return f"the {name}" if takes else name

    def all_of(self, names: Sequence[str], *, limit: int = 4) -> str:
        """Several names as one subject: "the army, Liwaa Al-Quds and 2 others"."""
        return listed([self.the(name) for name in names], limit=limit, more="others")

    def spot(self, place: Place) -> str:
        """The place with its preposition: "in Bashkoy", "near the Sponge Factory", "5 km north of Homs"."""
        name, relation = self.the(self.place(place.canonical or place.name)), squeeze(place.relation)
        if not relation or relation in _WITHIN:
            return f"{self._preposition(place)} {name}"
        if part := _part(relation, name):
            return f"{'on' if _SURFACE.search(relation) else 'in'} {part}"
        return _beside(relation, name)

    def area(self, place: Place) -> str:
        """The place as a thing that is taken or held: "Bashkoy", "ground 5 km north of Homs"."""
        name, relation = self.the(self.place(place.canonical or place.name)), squeeze(place.relation)
        if not relation or relation in _WITHIN:
            return name
        return _part(relation, name) or f"ground {_beside(relation, name)}"

    def _preposition(self, place: Place) -> str:
        name = self.place(place.canonical or place.name).lower()
        vote = self.prepositions.get(name, 0)
        if vote:
            return "at" if vote > 0 else "in"
        return "at" if name.rsplit(" ", 1)[-1] in phrases.words("at") else "in"


def _part(relation: str, name: str) -> str:
    """A relation that names a part: "southern Homs", "the outskirts of Homs"; "" for one that leads away from it."""
    if relation.endswith("ern"):
        return f"{relation} {name.removeprefix('the ')}"
    if relation.startswith("the ") and relation.endswith((" of", " the")):
        return f"{relation} {name}"
    within = _INTO.sub("", relation)
    if _ends_in_noun(relation) and not any(
        closed().get(word) == "P" or word in _NO_PART for word in within.lower().split()
    ):
        return f"the {within} of {name}"
    return f"the {relation} {name}" if relation.endswith(" of") and not _AWAY.search(relation) else ""


def _beside(relation: str, name: str) -> str:
    """A relation and the name: "5 km north of Homs", "near the depot at Homs"."""
    return f"{relation} at {name}" if _ends_in_noun(relation) else f"{relation} {name}"


def _ends_in_noun(relation: str) -> bool:
    """Whether a relation ends as "northern bank" or "near the depot" do, and "north of" does not."""
    *before, last = relation.lower().split()
    return bool(before) and last.isalpha() and last not in closed() and last not in _NO_PART


def _bare(name: str) -> str:
    name = squeeze(name)
    return name[4:] if name[:4].lower() == "the " else name


def _before(name: str, quotes: Sequence[str]) -> Iterable[list[str]]:
    """The words before the first mention of a name, in each quote that has it."""
    for quote in quotes:
        at = quote.find(name) if name else -1
        if at >= 0:
            yield quote[max(0, at - 40) : at].split()


def _hear_article(votes: Counter[str], name: str, quotes: Sequence[str]) -> None:
    for words in _before(name, quotes):
        votes[name] += 1 if words[-1:] == ["the"] else -1


def _hear_preposition(votes: Counter[str], name: str, quotes: Sequence[str]) -> None:
    for words in _before(name, quotes):
        last = [word for word in words if word != "the"][-1:]
        votes[name] += (last == ["at"]) - (last == ["in"])
