"""Settings in, wired objects out: the only package that names concrete classes."""

from briefer.wiring.checks import Check, check
from briefer.wiring.readers import model_named
from briefer.wiring.runs import Run, brief, edition_of

__all__ = ["Check", "Run", "brief", "check", "edition_of", "model_named"]
