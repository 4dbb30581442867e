"""A model server as it is reached: its address, key and ways, and how it is named without its secrets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from briefer.errors import UsageError

KEY_SHAPE = re.compile(r"\b(sk|pk|gsk|xai|Bearer)[-_ ][A-Za-z0-9_*.\-]{6,}")
"""Keys as the large servers shape them: a message may echo half of one, with stars."""

SHORTEST_SECRET = 4
"""Shorter values are words of the message as likely as secrets."""

LONGEST_FOREIGN = 10_000
"""Characters of a server's own words that are looked at."""

LONGEST_SAID = 200
"""Characters of a server's own words in a message of ours."""


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """An OpenAI-compatible server and the model asked of it. No text that is made of it shows a key or a password.

    `timeout` bounds a whole call, `connect_timeout` the connection alone (seconds); `connections` is the number kept
    open, so at least the concurrency. `key_name` is where the key comes from, for the remedy in a message. `ca_file`
    (PEM) is trusted beside the usual authorities. An empty `proxy` leaves it to HTTPS_PROXY, HTTP_PROXY, NO_PROXY.
    `headers` and `query` go with every call; `extra` is merged into its body (`{"reasoning_effort": "low"}`).
    """

    base_url: str
    model: str
    key: str = ""
    key_name: str = "OPENAI_API_KEY"
    timeout: float = 180.0
    connect_timeout: float = 10.0
    connections: int = 32
    proxy: str = ""
    ca_file: str = ""
    organization: str = ""
    project: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.model:
            raise UsageError("no model is named; see --model")
        if (bad := _fault_of_url(self.base_url)) or (self.proxy and (bad := _fault_of_url(self.proxy))):
            raise UsageError(
                f"the address {_bare(bad)!r} is not one of http:// or https://; see base_url and proxy in the settings"
            )

    def __repr__(self) -> str:
        return f"Server({self.model!r} at {self.address})"

    @property
    def address(self) -> str:
        """The base URL without user, password, query and fragment: fit to be shown, and a key of what is kept."""
        return _bare(self.base_url)

    @property
    def login(self) -> tuple[str, str] | None:
        """User and password of the base URL, where it has them."""
        parts = urlsplit(self.base_url)
        return (unquote(parts.username or ""), unquote(parts.password or "")) if parts.username else None

    def scrubbed(self, foreign: str, longest: int = LONGEST_SAID) -> str:
        """Words of a server, fit to be shown: one line, no control characters, bounded, without our secrets."""
        text = foreign[:LONGEST_FOREIGN]
        for secret in self._secrets():
            text = text.replace(secret, "…")
        text = KEY_SHAPE.sub(r"\1-…", text)
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return text if len(text) <= longest else text[: longest - 1] + "…"

    def _secrets(self) -> list[str]:
        passwords = [urlsplit(url).password or "" for url in (self.base_url, self.proxy) if url]
        told = [self.key, *self.headers.values(), *self.query.values(), *passwords, *map(unquote, passwords)]
        return sorted((secret for secret in told if len(secret) >= SHORTEST_SECRET), key=len, reverse=True)


def _fault_of_url(url: str) -> str:
    """The URL, if it cannot be one of a server."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    return "" if good else url or " "


def _bare(url: str) -> str:
    """The URL without what may be secret in it; what is no URL is cut at the last @."""
    after = url.rpartition("@")[2]
    scheme, slashes, _ = url.partition("://")
    bare = f"{scheme}://{after}" if slashes and "@" in url else after
    return re.split(r"[?#]", bare)[0].rstrip("/")
