"""Prompt files: a header and a template each. In: a folder. Out: rendered prompts."""

from briefer.prompts.articles import Piece, numbered, one_line, ranges
from briefer.prompts.languages import language_name
from briefer.prompts.library import PromptFile, Prompts, load, read, shipped_folder
from briefer.prompts.linting import Finding, changes, lint
from briefer.prompts.stages import STAGES, Stage

__all__ = [
    "STAGES",
    "Finding",
    "Piece",
    "PromptFile",
    "Prompts",
    "Stage",
    "changes",
    "language_name",
    "lint",
    "load",
    "numbered",
    "one_line",
    "ranges",
    "read",
    "shipped_folder",
]
