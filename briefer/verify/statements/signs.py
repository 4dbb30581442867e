"""What speaks for and against a statement in its evidence, each as a number from 0 to 1.

In: `Held`. Out: signs by name. A sign says one thing that a careful reader would look at (a number that no line has, a
deed told as planned); what they weigh together is `belief`'s matter.
"""

from collections.abc import Callable

from briefer.verify.statements.held import Held
from briefer.verify.statements.signs_of_copies import of_copies
from briefer.verify.statements.signs_of_deeds import of_deeds
from briefer.verify.statements.signs_of_names import of_names, of_words
from briefer.verify.statements.signs_of_numbers import of_days, of_numbers
from briefer.verify.statements.signs_of_pairs import of_pairs, of_seams
from briefer.verify.statements.signs_of_standing import of_scope, of_worth
from briefer.verify.statements.signs_of_voices import of_voices
from briefer.verify.statements.signs_of_war import of_war

SIGNS: tuple[Callable[[Held], dict[str, float]], ...] = (
    of_words, of_names, of_numbers, of_days, of_deeds, of_voices, of_scope, of_copies, of_worth,
    of_war, of_pairs, of_seams,
)  # fmt: skip


def signs(held: Held) -> dict[str, float]:
    """All signs by name."""
    found: dict[str, float] = {}
    for part in SIGNS:
        found |= part(held)
    return found
