"""Settings in, wired objects out: the only package that names concrete classes.

Nothing is imported until it is asked for: who asks the memory needs no reader of articles.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefer.wiring.checks import Check, check
    from briefer.wiring.readers import model_named
    from briefer.wiring.runs import Run, brief, edition_of

__all__ = ["Check", "Run", "brief", "check", "edition_of", "model_named"]

_MODULES = {"Check": "checks", "check": "checks", "model_named": "readers"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'runs')}"), name)
