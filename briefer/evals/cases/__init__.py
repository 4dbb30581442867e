"""Cases: a day of articles with the briefing that a person wrote of it, and what that one asserts, claim by claim."""

from briefer.evals.cases.loading import Case, case_folders, lint, load, load_all
from briefer.evals.cases.shape import Fields, Forbidden, Happening, Head, Reference, Sheet
from briefer.evals.cases.traps import Trap

__all__ = [
    "Case",
    "Fields",
    "Forbidden",
    "Happening",
    "Head",
    "Reference",
    "Sheet",
    "Trap",
    "case_folders",
    "lint",
    "load",
    "load_all",
]
