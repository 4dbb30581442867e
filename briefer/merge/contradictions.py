"""Accounts that cannot both hold, put side by side in one neutral line that names who says what.

In: drafts, and the pairs of them that history found opposed. Out: `Contradiction`s by draft, about a holder, a number
or whether a thing happened. Nothing here says who is right.
"""

from collections.abc import Sequence

from briefer.merge import numbers
from briefer.merge.drafts import Draft
from briefer.merge.english import joined, plain
from briefer.merge.facts import Fact
from briefer.merge.headline import deed, number_words, said
from briefer.types import Contradiction

HOLDER, NUMBERS, DENIAL = "holder", "numbers", "denial"


def within(draft: Draft) -> list[Contradiction]:
    """The denials of an event and the counts in it that do not meet."""
    found = []
    if draft.group.facts and draft.group.denials:
        found.append(_denial(draft))
    for low, high in numbers.conflicts(draft.counts):
        found.append(Contradiction(NUMBERS, (low.claim,), (high.claim,), plain(f"{_count(low)}; {_count(high)}")))
    return found


def _denial(draft: Draft) -> Contradiction:
    facts, denials = draft.group.facts, draft.group.denials
    text = f"{said(_voices(facts))} that {deed(draft.event)}; {_voices_deny(denials)}"
    return Contradiction(DENIAL, _ids(facts), _ids(denials), plain(text))


def between(one: Draft, other: Draft) -> Contradiction:
    """Two accounts of who has a place."""
    first = f"{said(_voices(one.facts))} that {deed(one.event)}"
    second = f"{said(_voices(other.facts))} that {deed(other.event)}"
    return Contradiction(HOLDER, _ids(one.facts), _ids(other.facts), plain(f"{first}; {second}"))


def _count(count: numbers.Count) -> str:
    people = count.people
    whom = f" {people.victims}" if people.victims else ""
    return f"{said([people.claimant])} {number_words(people)}{whom} {people.kind}"


def _voices(facts: Sequence[Fact]) -> list[str]:
    return sorted({fact.said_by for fact in facts})


def _voices_deny(facts: Sequence[Fact]) -> str:
    voices = _voices(facts)
    return f"{joined(voices)} {'denies' if len(voices) == 1 and said(voices).endswith(' says') else 'deny'} it"


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(fact.claim.id for fact in sorted(facts, key=lambda fact: fact.told.order))
