"""Signs in words and names: what the evidence, its article, and the sources as a whole do not have.

In: `Held`. Out: signs by name, 0 to 1.
"""

from briefer.reading.names import fold
from briefer.reading.scene import NameSort
from briefer.verify.statements.held import Held


def of_words(held: Held) -> dict[str, float]:
    """How far the words are held."""
    weights = [held.sources.weight(word.key) for word in held.telling]
    total = sum(weights) or 1.0
    carried = sum(weight * held.holds(word) for word, weight in zip(held.telling, weights, strict=True))
    return {
        "words_held": carried / total,
        "closeness": held.closeness,
        "copied": held.copied,
    }


def of_names(held: Held) -> dict[str, float]:
    """Where each name stands, from the nearest line outward."""
    mine, evidence = held.claim.names, held.evidence
    in_base = [held.has(name, evidence.base.names, evidence.base.keys) for name in mine]
    many = max(1, len(mine))
    strange = [name for name, known in zip(mine, in_base, strict=True) if not known]
    return {
        "name_not_in_base": in_base.count(False) / many,
        "name_not_on_page": float(not all(held.is_within(name, evidence.page.keys) for name in mine)),
        "of_place": float(any(held.sources.sorts.get(fold(name.text)) is NameSort.PLACE for name in strange)),
        "name_nowhere": float(not all(held.is_within(name, held.sources.keys) for name in mine)),
    }
