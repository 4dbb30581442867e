"""The names of languages, for prompts. In: a code ("fr", "pt-BR"). Out: its English name ("French")."""

from functools import cache
from importlib import resources


def language_name(code: str) -> str:
    """The English name of a language; a code that is not listed stands for itself."""
    known = _names().get(code.split("-", 1)[0].lower())
    return f"{known} ({code})" if known and "-" in code else known or code


@cache
def _names() -> dict[str, str]:
    text = resources.files("briefer.prompts").joinpath("data/languages.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
