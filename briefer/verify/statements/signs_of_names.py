"""Signs in words and names: what the evidence, its article, and the sources as a whole do not have.

In: `Held`. Out: signs by name, 0 to 1.
"""

from briefer.reading.names import fold
from briefer.reading.scene import NameSort
from briefer.verify.statements.held import ALIKE, Held
from briefer.verify.statements.lines import Name
from briefer.verify.statements.sources import rough_keys


def of_words(held: Held) -> dict[str, float]:
    """How far the words are held."""
    weights = [held.sources.weight(word.key) for word in held.telling]
    total = sum(weights) or 1.0
    carried = sum(weight * held.holds(word) for word, weight in zip(held.telling, weights, strict=True))
    known = held.evidence.page.keys | held.evidence.around
    nowhere = sum(
        weight
        for word, weight in zip(held.telling, weights, strict=True)
        if held.holds(word) < ALIKE and word.key not in known
    )
    return {
        "words_held": carried / total,
        "closeness": held.closeness,
        "copied": held.copied,
        "words_nowhere": nowhere / total,
    }


def of_names(held: Held) -> dict[str, float]:
    """Where each name stands, from the nearest line outward."""
    mine, evidence = held.claim.names, held.evidence
    in_base = [held.has(name, evidence.base.names, evidence.base.keys) for name in mine]
    in_lines = [held.has(name, evidence.names, evidence.keys) for name in mine]
    near = [held.has(name, evidence.names_around, evidence.around) for name in mine]
    many = max(1, len(mine))
    strange = [name for name, known in zip(mine, in_base, strict=True) if not known]
    return {
        "name_not_in_base": in_base.count(False) / many,
        "name_not_in_lines": in_lines.count(False) / many,
        "name_not_near": float(not all(near)),
        "name_not_on_page": float(not all(held.is_within(name, evidence.page.keys) for name in mine)),
        "of_place": float(any(held.sources.sorts.get(fold(name.text)) is NameSort.PLACE for name in strange)),
        "name_replaced": float(
            any(_is_replaced(name, held) for name, known in zip(mine, in_lines, strict=True) if not known)
        ),
        "name_nowhere": float(not all(held.is_within(name, held.sources.keys) for name in mine)),
    }


def _is_replaced(name: Name, held: Held) -> bool:
    """Whether a name that the lines lack is none that the article is about, and they have another of its sort instead."""
    evidence = held.evidence
    article = evidence.page.article
    about = rough_keys(f"{article.title} {article.outlet} {article.dateline}")
    if held.is_within(name, about) or held.has(name, evidence.names_around, evidence.around):
        return False
    if evidence.page.count(name.words[-1]) >= _OFTEN:
        return False
    sort = held.sources.sorts.get(fold(name.text))
    others = [other for other in evidence.base.names if not held.has(other, held.claim.names, held.claim.keys)]
    return any(sort is held.sources.sorts.get(fold(other.text)) for other in others)


_OFTEN = 4
"""Times that an article has a name that it is about, and that its sentences leave out."""
