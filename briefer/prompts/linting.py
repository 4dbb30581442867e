"""What is wrong with prompt files, and what is doubtful. In: a folder. Out: findings, in the order of its files."""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from briefer.errors import PromptError
from briefer.prompts.library import PromptFile, Prompts, folder_files, read

LONG = 2_000
"""Tokens of a prompt's own words: with packs of 8,000 tokens of articles, more than a fifth would go to orders."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, as `file:line: what; remedy`. An error keeps the prompt from being used, a doubt does not."""

    text: str
    error: bool


def lint(folder: Traversable, *, shipped: Prompts | None, count: Callable[[str], int]) -> list[Finding]:
    """All findings about the prompt files of a folder.

    `shipped` are the prompts that they would replace, None where they are those themselves; `count` counts tokens.
    """
    try:
        files = folder_files(folder)
    except PromptError as error:
        return [Finding(str(error), error=True)]
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    for file in files:
        try:
            prompt = read(file)
        except PromptError as error:
            findings += [Finding(fault, error=True) for fault in str(error).split("\n")]
            continue
        if prompt.name in seen:
            taken = f"{prompt.file}:1: the name `{prompt.name}` is taken by {seen[prompt.name]}; remove one of them"
            findings.append(Finding(taken, error=True))
        seen.setdefault(prompt.name, prompt.file)
        old = shipped[prompt.name] if shipped is not None else None
        findings += [Finding(f"{prompt.file}:{doubt}", error=False) for doubt in _doubts(prompt, old, count)]
    return findings


def changes(old: PromptFile, new: PromptFile) -> str:
    """A unified diff from one prompt file to another; "" where they say the same."""
    rows = difflib.unified_diff(old.text.split("\n"), new.text.split("\n"), _label(old), _label(new), lineterm="")
    return "\n".join(rows)


def _label(prompt: PromptFile) -> str:
    return f"{prompt.file} (version {prompt.header.version}, {prompt.hash})"


def _doubts(prompt: PromptFile, shipped: PromptFile | None, count: Callable[[str], int]) -> Iterator[str]:
    if shipped is not None and prompt.hash != shipped.hash and prompt.header.version <= shipped.header.version:
        version = shipped.header.version
        yield f"1: the text differs from briefer's version {version}; raise `version` to {version + 1}"
    reply = prompt.header.stage.reply
    if not re.search(rf"\b({reply}|JSON)\b", _words(prompt)):
        yield f"1: neither part names the reply; say {reply} or JSON, for servers without schemas"
    for name in prompt.header.stage.given:
        if name not in prompt.header.needs and name not in prompt.header.stage.optional:
            yield f"1: `{name}` is given and not used; add it to `needs` and print it"
    for name, times in prompt.user.prints(prompt.header.needs).items():
        if times > 1 and name in prompt.header.stage.printed:
            yield f"1: `{name}` is printed {times} times, and paid for as often; print it once"
    if (tokens := count(_words(prompt))) > LONG:
        yield f"1: {tokens:,} tokens before any article, over {LONG:,}; each call pays them"
    yield from _about_lines(prompt)


def _about_lines(prompt: PromptFile) -> Iterator[str]:
    for number, row in enumerate(prompt.text.split("\n"), start=1):
        if row != row.rstrip():
            yield f"{number}: white space at the end of the line; remove it"
        if _UNSEEN.search(row):
            yield f"{number}: a character that cannot be seen; remove it"


def _words(prompt: PromptFile) -> str:
    return f"{prompt.system.source}\n{prompt.user.source}"
