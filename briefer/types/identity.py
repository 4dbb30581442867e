"""Ids made from content."""

import hashlib


def identifier(*parts: str, prefix: str) -> str:
    """A short stable id from content: the same parts give the same id on every machine and day."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}{digest[:12]}"
