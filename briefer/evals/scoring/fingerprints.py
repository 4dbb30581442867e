"""Hashes of the code that decides: two runs of different scorers or verifiers are not to be compared.

A hash is of code and data as they are installed, lines of comment apart. It is of the text, not of what the interpreter
makes of it, which differs from one Python to the next.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

_SCORER = ("evals/scoring", "evals/cases/shape.py", "merge/keys.py")
_VERIFIER = ("verify", "reading")


@lru_cache(maxsize=1)
def scorer() -> str:
    """What scores: matching, standings, measures."""
    return _hash(_SCORER)


@lru_cache(maxsize=1)
def verifier() -> str:
    """What verifies, and the reader beneath it."""
    return _hash(_VERIFIER)


def _hash(parts: Iterable[str]) -> str:
    package = Path(str(resources.files("briefer")))
    found = sha256()
    for part in parts:
        root = package / part
        for path in [root] if root.is_file() else sorted(each for each in root.rglob("*") if _counts(each)):
            found.update(path.relative_to(package).as_posix().encode() + b"\0" + _content(path) + b"\0")
    return found.hexdigest()[:16]


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _content(path: Path) -> bytes:
    lines = (line.rstrip() for line in path.read_bytes().splitlines())
    code = path.suffix == ".py"
    return b"\n".join(line for line in lines if not code or (line and not line.lstrip().startswith(b"#")))
