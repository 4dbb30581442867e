"""Merging: the claims of many articles become events, parties and a ledger."""

from briefer.merge.merging import merge

__all__ = ["merge"]
