"""Where the evals are that come with briefer."""

from importlib import resources
from pathlib import Path


def shipped() -> Path:
    """The folder evals/: in the package as it is installed, beside it in a checkout."""
    package = Path(str(resources.files("briefer")))
    inside = package / "_evals"
    return inside if inside.is_dir() else package.parent / "evals"
