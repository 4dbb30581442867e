"""What is known of outlets: who publishes them, and whose side's voice they are.

In: an outlet's name or domain as an article gives it ("Reuters", "www.aljazeera.com"). Out: its publisher family, so
that two titles of one house count as one source, and the country or actor that it speaks for.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast, get_args

from briefer.reading.lexicon import fold, parts, rows

OutletKind = Literal["wire", "broadcaster", "daily", "web", "state_agency", "party", "monitor"]
OUTLET_KINDS = frozenset(get_args(OutletKind))


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An outlet. `family` is its publisher; `aligned` the ISO code or canonical actor whose voice it is, or ""."""

    name: str
    aliases: tuple[str, ...]
    family: str
    aligned: str
    kind: OutletKind


@cache
def outlets() -> Mapping[str, KnownOutlet]:
    """Folded names, aliases and domains -> the outlet."""
    found = {}
    for name, aliases, family, side, kind in rows("outlets.tsv"):
        outlet = KnownOutlet(name, parts(aliases), family, side, cast(OutletKind, kind))
        found.update({outlet_key(known_as): outlet for known_as in (name, *outlet.aliases)})
    return MappingProxyType(found)


def known(outlet: str) -> KnownOutlet | None:
    """What is known of an outlet, by its name, alias, domain or address; None when nothing is."""
    found = next((found for key in outlet_keys(outlet) if (found := outlets().get(key))), None)
    if found or "." in outlet:  # another domain is another outlet, whatever its first part
        return found
    return _run_together().get(_squeezed(outlet))


def publisher(outlet: str) -> str:
    """The publisher family of an outlet; the folded name (of a page, the domain) itself when it is not known."""
    found = known(outlet)
    return found.family if found else outlet_key(outlet)


def aligned(outlet: str) -> str:
    """The ISO code or canonical actor whose own or controlled voice an outlet is, "" for nobody's."""
    found = known(outlet)
    return found.aligned if found else ""


@cache
def _run_together() -> Mapping[str, KnownOutlet]:
    """Names written as one word, as files and feeds have them ("dailysabah"); none that two outlets could mean."""
    found: dict[str, set[KnownOutlet]] = {}
    for known_as, outlet in outlets().items():
        found.setdefault(_squeezed(known_as), set()).add(outlet)
    return MappingProxyType({key: each.pop() for key, each in found.items() if len(each) == 1 and len(key) > 3})


def _squeezed(outlet: str) -> str:
    """A name without blanks and Arabic article; of a domain, its first part."""
    key = fold(outlet.partition(".")[0]).replace(" ", "")
    return key.removeprefix("al") if len(key) > 6 else key


_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\d?\.|m\.|amp\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#].*)?\Z", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*(?:\((?:blog|online|english|arabic|en|web)\)|[-–|:,]?\s*(?:online|english|website|live))\Z", re.IGNORECASE
)


def outlet_key(outlet: str) -> str:
    """The key of an outlet: of a page or host its domain, of a name its folded words."""
    domain = _DOMAIN.match(outlet.strip())
    return domain[1].lower() if domain else fold(outlet)


def outlet_keys(outlet: str) -> Iterator[str]:
    """The keys to try: the name or domain, the parents of the domain, the name without "Online" and such."""
    key = outlet_key(outlet)
    yield key
    if " " not in key:
        while key.count(".") > 1:
            key = key.partition(".")[2]
            yield key
    if (shorter := _TAIL.sub("", outlet.strip())) != outlet.strip():
        yield outlet_key(shorter)
