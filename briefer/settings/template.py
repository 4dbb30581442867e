"""The settings file to begin with: every key once, commented out with its default, and a small part that works."""

from importlib.resources import files


def template() -> str:
    """The text of a new briefer.toml."""
    return (files(__package__) / "data" / "briefer.toml").read_text("utf-8")
