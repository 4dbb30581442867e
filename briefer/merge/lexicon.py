"""The word lists of merging, each read once from its data file beside this module."""

from functools import cache
from importlib.resources import files


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def forces(group: str) -> frozenset[str]:
    """The words of one class of forces.tsv: fighters, army, generic, state, kept."""
    return frozenset(row[0] for row in _rows("forces.tsv") if row[1] == group)


@cache
def organisations() -> dict[str, str]:
    """Words in names of armed groups, in any of their transliterations -> the one English word for them."""
    return {row[0]: row[1] for row in _rows("organisations.tsv")}


@cache
def sorts_of_group() -> frozenset[str]:
    """The English words that only name a sort of group ("front", "brigade") and that short forms leave out."""
    return frozenset(row[1] for row in _rows("organisations.tsv") if row[2] == "1")


@cache
def little() -> frozenset[str]:
    """Words of a phrase that do not say which thing is meant: articles, numbers, "territory"."""
    return frozenset(row[0] for row in _rows("little.txt"))


@cache
def demonyms() -> dict[str, str]:
    """Adjectives of countries, lower case -> the country's ISO 3166 code."""
    return {row[0]: row[1] for row in _rows("demonyms.tsv")}


@cache
def adjectives() -> dict[str, str]:
    """ISO 3166 codes of countries -> the adjective to show."""
    return {code: word.title() for word, code in reversed(demonyms().items())}


@cache
def place_words() -> dict[str, str]:
    """Words for a sort of place -> "local" or "province"; they may be left out of its name."""
    return {row[0]: row[1] for row in _rows("places.tsv") if row[1] in ("local", "province")}


@cache
def site_words() -> frozenset[str]:
    """Last words of sites that are named after their town ("Misrata hospital", "Ras Lanuf oil field")."""
    return frozenset(row[0] for row in _rows("places.tsv") if row[1] == "site")


@cache
def words_with_article() -> frozenset[str]:
    """Last words of names of places that English puts "the" before ("the Sponge Factory")."""
    return frozenset(row[0] for row in _rows("places.tsv") if "the" in row[2:])


@cache
def relations(group: str) -> frozenset[str]:
    """Words of relations to a place: "direction" ("north of" is beside it) or "part" ("eastern" is in it)."""
    return frozenset(row[0] for row in _rows("relations.tsv") if row[1] == group)


@cache
def phrases() -> dict[str, tuple[str, str, str]]:
    """What happened -> its verb, what follows it with an object and a place, and its passive."""
    return {row[0]: (row[1], row[2], row[3]) for row in _rows("phrases.tsv")}


@cache
def plural_words() -> frozenset[str]:
    """Nouns without a final s that take a plural verb."""
    return frozenset(row[0] for row in _rows("number.tsv") if row[1] == "plural")


@cache
def singular_words() -> frozenset[str]:
    """Nouns with a final s that take a singular verb."""
    return frozenset(row[0] for row in _rows("number.tsv") if row[1] == "singular")


@cache
def irregular() -> dict[str, tuple[str, str, str]]:
    """Base verbs -> third person singular, past and participle, where they are not made by rule."""
    return {row[0]: (row[1], row[2], row[3]) for row in _rows("verbs.tsv")}
