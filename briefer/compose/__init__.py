"""Merged events become the Briefing: fronts, prose, outlook, changes, gaps. It says nothing that no event carries.

Nothing is imported until it is asked for: what renders a Briefing needs the words of `compose`, and not its making.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefer.compose.asked import Prose
    from briefer.compose.earlier import Earlier
    from briefer.compose.edition import compose
    from briefer.compose.part import only_fronts

__all__ = ["Earlier", "Prose", "compose", "only_fronts"]

_MODULES = {"Earlier": "earlier", "Prose": "asked", "compose": "edition", "only_fronts": "part"}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
