"""Clean: one collected thing in; its article without page debris out. And which articles repeat or miss the subject."""

from briefer.clean.article import clean

__all__ = ["clean"]
