"""Readers of articles: Article in, its claims out. One reads by rules; a model's reader stands beside it."""

from briefer.extract.rules import RulesExtractor

__all__ = ["RulesExtractor"]
