"""robots.txt (RFC 9309): its text in; what it lets a robot of our name fetch, and how often, out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST = 512_000  # bytes that are read of a robots.txt; RFC 9309 asks for 500 KiB at least
MOST_RULES = 2_000
LONGEST_DELAY = 30.0  # seconds; a Crawl-delay of more would keep a morning's run from its end

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_SURE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host lets us do: rules as (allow, pattern), and the seconds it wants between two requests.

    `reach` says why nothing may be fetched where the file could not be had, "" where it could.
    """

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0
    reach: str = ""

    def allow(self, url: str) -> bool:
        """Whether an address may be fetched: the longest rule that matches decides, and of two alike the kinder."""
        if self.reach:
            return False
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        matching = [(len(pattern), allow) for allow, pattern in self.rules if _matches(pattern, path)]
        return max(matching)[1] if matching else True


EVERYTHING = Rules()


def token(user_agent: str) -> str:
    """The name by which a robots.txt knows a robot: the first word of its User-Agent."""
    found = _TOKEN.match(user_agent.strip())
    return found[0].lower() if found else "briefer"


def parse(text: str, robot: str) -> Rules:
    """The rules of a file that are meant for a robot by its name; else those for all ("*")."""
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    agents: list[str] = []
    named = begun = False
    for key, value in _lines(text):
        if key == "user-agent":
            agents = [*agents, value.lower()] if not begun else [value.lower()]
            begun = False
            named = named or _is(robot, value)
            continue
        begun = True
        if any(_is(robot, agent) for agent in agents):
            own.append((key, value))
        elif "*" in agents:
            others.append((key, value))
    return _rules(own if named else others)


def _lines(text: str) -> Sequence[tuple[str, str]]:
    known = {"user-agent", "allow", "disallow", "crawl-delay"}
    found = (_LINE.match(line) for line in text.removeprefix("\ufeff").splitlines())
    return [(match[1].lower(), match[2].strip()) for match in found if match and match[1].lower() in known]


def _is(robot: str, agent: str) -> bool:
    found = _TOKEN.match(agent.strip())
    return bool(found and found[0].lower() == robot)


def _rules(lines: Sequence[tuple[str, str]]) -> Rules:
    rules = [(key == "allow", _normal(value)) for key, value in lines if key != "crawl-delay" and value]
    delays = [_seconds(value) for key, value in lines if key == "crawl-delay"]
    return Rules(tuple(rules[:MOST_RULES]), min(max(delays, default=0.0), LONGEST_DELAY))


def _seconds(value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        return 0.0
    return found if found > 0 else 0.0  # not a number compares false


def _normal(path: str) -> str:
    """A path with its percent signs as every other: none before a letter that needs none, octets in capitals."""

    def octet(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _SURE else match[0].upper()

    told = "".join(
        character if character.isascii() else "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
        for character in path
    )
    return re.sub(r"%([0-9A-Fa-f]{2})", octet, told)


def _matches(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; in it "*" is anything and "$" the end.

    Piece by piece from the left, which never takes long, whatever the pattern.
    """
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in pieces[:-1] if ends else pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not ends:
        return True
    return len(path) - at >= len(pieces[-1]) and path.endswith(pieces[-1]) if pieces else at == len(path)
