"""Header lines of a mail: names, titles and addresses in, lines out that no text can break out of.

Whatever a title holds, a header is one field of printable ASCII, folded at 76 characters where it holds words.
"""

import unicodedata
from dataclasses import dataclass
from email.header import Header

from briefer.errors import SettingsError

LONGEST_WORDS = 200
"""Characters of a subject or name; what is longer is cut, as every client would."""

_ADDRESS_BREAKERS = frozenset(' ,;<>()[]"\\:@')


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address in ASCII, and the name shown with it."""

    at: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.at.rpartition("@")[2]


def address(text: str, name: str = "") -> Address:
    """An address, its domain in ASCII and small letters. Raises SettingsError for what is none or goes beyond ASCII."""
    local, _, domain = text.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    unsafe = set(local + host) & _ADDRESS_BREAKERS or local.startswith("-") or not (local + host).isprintable()
    if not local or not host or unsafe or len(text) > 254:
        raise SettingsError(f"{text[:80]!r} is no mail address; write it as desk@example.org")
    if not local.isascii():
        raise SettingsError(f"{text[:80]!r}: letters beyond ASCII before the @ cannot be mailed; use another address")
    return Address(f"{local}@{host}", name)


def words(text: str, most: int = LONGEST_WORDS) -> str:
    """The text as one line without anything that controls or cannot be seen, cut to `most` characters."""
    shown = " ".join("".join(_shown(character) for character in text[: most * 8]).split())
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"


def field(name: str, value: str) -> bytes:
    """A header of an ASCII value that must not be folded: an address, an id, a URL. Raises ValueError for any other."""
    if not value.isascii() or not value.isprintable():
        raise ValueError(f"the header {name} cannot hold {value[:60]!r}")
    return f"{name}: {value}\r\n".encode("ascii")


def said(name: str, text: str) -> bytes:
    """A header of words, as they are where they are plain, else as RFC 2047 writes them."""
    return f"{name}: {_encoded(words(text), name)}\r\n".encode("ascii")


def mailbox(name: str, whom: Address) -> bytes:
    """A header of one address with its name."""
    return field(name, whom.at) if not whom.name else _after_name(name, whom.name, whom.at)


def listed(name: str, title: str, id: str) -> bytes:
    """A List-Id: an id, and the title shown with it."""
    return field(name, f"<{id}>") if not title else _after_name(name, title, id)


def _after_name(header: str, name: str, value: str) -> bytes:
    shown = words(name, 100)
    plain = _plain(shown) and not set(shown) & set('"\\')
    phrase = f'"{shown}"' if plain else _encoded(shown, header, always=True)
    field(header, value)  # it holds no line break, or this raises
    return f"{header}: {phrase}\r\n <{value}>\r\n".encode("ascii")


def _encoded(text: str, header: str, *, always: bool = False) -> str:
    charset = "us-ascii" if _plain(text) and not always else "utf-8"
    return Header(text, charset, maxlinelen=76, header_name=header).encode(linesep="\r\n")


def _plain(text: str) -> bool:
    """Whether a text means what it says: one that looks encoded ("=?…") would be shown as something else."""
    return text.isascii() and "=?" not in text


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    if category == "Cf":
        return ""
    return "\ufffd" if category in {"Cs", "Co", "Cn"} else character
