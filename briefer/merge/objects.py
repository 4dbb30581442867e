"""What precisely a claim is about ("three building blocks"), and claims split by it.

In: facts of one block. Out: lists of facts about one thing.
"""

from briefer.merge import keys
from briefer.merge.timing import Facts, blocks

COMPARED = 64  # things of one block that another is compared with


def by_object(facts: Facts) -> list[Facts]:
    """Split by what precisely is meant ("three building blocks"): phrases whose words lie within another's join."""
    found = blocks(facts, lambda fact: keys.content(fact.claim.object))
    kept: list[tuple[frozenset[str], Facts]] = []
    for words, block in sorted(found.items(), key=lambda item: (len(words_of(item[0])), sorted(words_of(item[0])))):
        inside = [theirs for theirs, _ in kept[:COMPARED] if theirs and theirs <= words_of(words)]
        home = next((members for theirs, members in kept if inside and theirs == inside[0]), None)
        if home is None:
            kept.append((words_of(words), list(block)))
        else:
            home.extend(block)
    return [members for _, members in kept]


def words_of(key: object) -> frozenset[str]:
    """A key that is a set of words, as one."""
    return key if isinstance(key, frozenset) else frozenset()
