"""Checks of any sentence against any articles: `Checker` finds evidence and holds the sentence to it."""

from briefer.verify.statements.checker import THRESHOLD, Checker

__all__ = ["THRESHOLD", "Checker"]
