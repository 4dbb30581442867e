"""How actors, claimants and places are written inside a sentence: article, number, preposition.

Whether a name takes "the" is first a vote of the quotes that it stands in; only where they are silent does the
lexicon of heads ("Army", "Factory") decide.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefer.compose import phrases
from briefer.types import Claim, Place

_DETERMINED = re.compile(
    r"^(?:the|an?|some|several|many|most|all|both|two|three|four|five|six|\d|its|their|his|her)\b", re.I
)
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
    """How each name is written in the sources: votes for "the", and for "in" or "at" before a place."""

    articles: dict[str, int] = field(default_factory=dict)
    prepositions: dict[str, int] = field(default_factory=dict)

    @classmethod
    def heard(cls, claims: Iterable[Claim]) -> "Names":
        """Listen to the quotes of the claims: does "the" stand before each name, "in" or "at" before each place?"""
        articles: Counter[str] = Counter()
        prepositions: Counter[str] = Counter()
        for claim in claims:
            quotes = [squeeze(evidence.quote) for evidence in claim.evidence]
            for actor in (*claim.actors, *claim.opponents):
                if actor.name.lower().removeprefix("the ") == actor.canonical.lower():
                    _vote(articles, actor.canonical, quotes, "the", "")
            if claim.place and claim.place.name.lower().removeprefix("the ") == claim.place.canonical.lower():
                _vote(articles, claim.place.canonical, quotes, "the", "")
                _vote(prepositions, claim.place.canonical, quotes, "at", "in")
        return cls(dict(articles), dict(prepositions))

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
        name, relation = self.the(place.canonical or place.name), squeeze(place.relation)
        if not relation or relation in {"in", "at"}:
            return f"{self._preposition(place)} {name}"
        if relation.endswith("ern"):
            return f"in {relation} {name.removeprefix('the ')}"
        if relation.startswith("the "):
            return f"in {relation} {name}"
        return f"{relation} {name}"

    def area(self, place: Place) -> str:
        """The place as a thing that is taken or held: "Bashkoy", "ground 5 km north of Homs"."""
        name, relation = self.the(place.canonical or place.name), squeeze(place.relation)
        if not relation or relation in {"in", "at"}:
            return name
        if relation.endswith("ern"):
            return f"{relation} {name.removeprefix('the ')}"
        return f"{relation} {name}" if relation.startswith("the ") else f"ground {relation} {name}"

    def _preposition(self, place: Place) -> str:
        name = squeeze(place.canonical or place.name).lower()
        vote = self.prepositions.get(name, 0)
        if vote:
            return "at" if vote > 0 else "in"
        return "at" if name.rsplit(" ", 1)[-1] in phrases.words("at") else "in"


def _vote(votes: Counter[str], name: str, quotes: Sequence[str], yes: str, no: str) -> None:
    name = squeeze(name)
    for quote in quotes:
        at = quote.lower().find(name.lower())
        if at < 0:
            continue
        before = quote[:at].lower().removesuffix("the ").split() if yes != "the" else quote[:at].lower().split()
        word = before[-1] if before else ""
        if word == yes:
            votes[name.lower()] += 1
        elif not no or word == no:
            votes[name.lower()] -= 1
