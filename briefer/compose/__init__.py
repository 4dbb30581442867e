"""Merged events become the Briefing: fronts, prose, outlook, changes, gaps. It says nothing that no event carries."""

from briefer.compose.asked import Prose
from briefer.compose.earlier import Earlier
from briefer.compose.edition import compose
from briefer.compose.part import only_fronts

__all__ = ["Earlier", "Prose", "compose", "only_fronts"]
