"""Words as systemd, cron and YAML take them: any path in, the same path after their reading out."""

import shlex
from collections.abc import Sequence

from briefer.errors import UsageError

UNSAFE_PROGRAM = frozenset("\"'\\")
"""systemd starts no program with one of these in its path, however it is quoted."""


def one_line(word: str) -> str:
    """The word itself. Raises UsageError where it holds a control character, which no unit and no crontab can."""
    if any(ord(character) < 32 or ord(character) == 127 for character in word):
        raise UsageError(f"{word[:80]!r} has a control character, which schedulers cannot take; use another path")
    return word


def systemd_command(words: Sequence[str]) -> str:
    """A command for ExecStart=, of systemd.service(5). Variables are read in its arguments alone."""
    if set(words[0]) & UNSAFE_PROGRAM:
        words = ["/bin/sh", "-c", 'exec "$0" "$@"', *words]
    program, *arguments = words
    return " ".join([systemd_word(program), *(systemd_word(word.replace("$", "$$")) for word in arguments)])


def systemd_path(path: str) -> str:
    """A path where systemd takes one unquoted. Raises UsageError for one that its reading would change."""
    if path != path.strip() or path.endswith("\\"):
        raise UsageError(f"{path[:80]!r} begins or ends in what systemd cuts off; use another path")
    return one_line(path).replace("%", "%%")


def systemd_word(word: str) -> str:
    """One word in quotes, for a unit file."""
    escaped = one_line(word).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def shell(words: Sequence[str]) -> str:
    """A command for sh."""
    return shlex.join(map(one_line, words))


def cron_command(command: str) -> str:
    """A command of sh for a crontab, where % would end it. Raises UsageError for a backslash: crons differ in it."""
    if "\\" in command:
        raise UsageError(f"{command[:80]!r} has a backslash, which crontabs cannot take; use another path")
    return command.replace("%", "\\%")


def yaml(word: str) -> str:
    """A string for YAML, in double quotes on one line."""
    from yaml import safe_dump

    return str(safe_dump(word, default_style='"', width=float("inf"), allow_unicode=True)).rstrip("\n")


def github(word: str) -> str:
    """A word for a workflow. Raises UsageError for what its server would read as an expression."""
    if "${{" in word:
        raise UsageError(f"{word[:80]!r} holds ${{{{, which GitHub reads as an expression; use another path")
    return one_line(word)
