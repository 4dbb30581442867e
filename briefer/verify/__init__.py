"""Holds a claim against the words of its evidence: Claim and Article in, the Claim with verdict and reason out.

Pure and deterministic. A check either finds a fault from the closed list of reasons or finds none; the first fault in
the order of `judge.CHECKS` is the reason. A claim whose evidence the reader cannot follow is unclear, not supported.
"""

from briefer.verify.verdict import verify

__all__ = ["verify"]
