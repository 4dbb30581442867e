"""Prompt files: a header and a template each. In: a folder. Out: rendered prompts."""

from briefer.prompts.articles import Piece, numbered, one_line, ranges
from briefer.prompts.languages import language_name
from briefer.prompts.library import PromptFile, Prompts, load, read
from briefer.prompts.stages import STAGES, Stage

__all__ = [
    "STAGES",
    "Piece",
    "PromptFile",
    "Prompts",
    "Stage",
    "language_name",
    "load",
    "numbered",
    "one_line",
    "ranges",
    "read",
]
