"""Check: sources and statements in, a Finding for every statement out, in the order in which they were given.

    collect → clean → statements (of a claims file, of prose, as they are) → verify

No clock, disk or network here. Every article counts as evidence, whatever it is about and whoever copied it.
"""

from briefer.checking.checked import Checked
from briefer.checking.claims import read_claims
from briefer.checking.collection import Collection, gather
from briefer.checking.findings import Asked, Fault, as_called, asked_of, find_all
from briefer.checking.names import Names, Unnamed
from briefer.checking.prose import Piece, Sort, Summary, pieces, read_summary

__all__ = [
    "Asked",
    "Checked",
    "Collection",
    "Fault",
    "Names",
    "Piece",
    "Sort",
    "Summary",
    "Unnamed",
    "as_called",
    "asked_of",
    "find_all",
    "gather",
    "pieces",
    "read_claims",
    "read_summary",
]
