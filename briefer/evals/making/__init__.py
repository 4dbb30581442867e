"""The maker of lies: a true claim and its article in, false ones out, each by one typed edit and with its reason.

Deterministic: what is drawn is drawn by a hash of the claim's text. `of_statement` edits English sentences, `of_claim`
the fields of a run's claims, whose sentence is then made from the fields again. A lie is false as far as can be known:
what an edit puts in is not stated by the article together with the rest of the claim.
"""

from briefer.evals.making.lie import Lie
from briefer.evals.making.maker import of_claim, of_statement

__all__ = ["Lie", "of_claim", "of_statement"]
