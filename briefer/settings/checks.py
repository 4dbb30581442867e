"""What must agree between settings: all of them in, the faults out, each with its key and words for the user."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefer.settings.digests import Digest, Mail

if TYPE_CHECKING:
    from briefer.settings.house import HouseNames, Outlet
    from briefer.settings.whole import Settings


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value of a key, and the remedy."""

    key: tuple[str, ...]
    words: str


def faults(settings: "Settings") -> list[Fault]:
    """What does not agree in settings whose values are each right by themselves, in the order of the keys."""
    return [
        *_outlets(settings.outlets),
        *_names(settings.names),
        *(fault for name, digest in settings.digests.items() for fault in _digest(name, digest, settings)),
        *_mail(settings.mail),
    ]


def _digest(name: str, digest: Digest, settings: "Settings") -> Iterator[Fault]:
    key = ("digests", name)
    if digest.collection not in settings.collections:
        known = ", ".join(sorted(settings.collections)) or f"none yet; begin one with [collections.{digest.collection}]"
        yield Fault((*key, "collection"), f"there is no collection {digest.collection!r}; there are: {known}")
    if digest.schedule and not digest.recipients:
        yield Fault((*key, "recipients"), 'a digest with a schedule needs them, such as ["desk@example.org"]')
    if digest.one_click and not digest.unsubscribe.startswith("https://"):
        yield Fault((*key, "one_click"), "it needs an https address in unsubscribe, which takes the posts of RFC 8058")


def _mail(mail: Mail) -> Iterator[Fault]:
    if mail.transport == "none":
        return
    if mail.transport == "smtp" and not mail.host:
        yield Fault(("mail", "host"), 'transport = "smtp" needs the name of a mail server, such as "smtp.example.org"')
    if mail.transport == "folder" and not mail.folder:
        yield Fault(("mail", "folder"), 'transport = "folder" needs a folder for the mails, such as "outbox"')
    if not mail.sender:
        yield Fault(("mail", "sender"), f'transport = "{mail.transport}" needs it, such as "briefer@example.org"')


def _outlets(outlets: Mapping[str, "Outlet"]) -> Iterator[Fault]:
    if not outlets:
        return
    from briefer.reading.outlets import outlet_key

    taken: dict[str, str] = {}
    for name, outlet in outlets.items():
        known_as = [("name", outlet.name or name)]
        known_as += [("hosts", host) for host in outlet.hosts] + [("aliases", alias) for alias in outlet.aliases]
        for field, written in known_as:
            other = taken.setdefault(outlet_key(written), name)
            if other != name:
                words = f"{written!r} is also an outlet of [outlets.{other}]; leave it with one of them"
                yield Fault(("outlets", name, field), words)
            elif not outlet_key(written):
                yield Fault(("outlets", name, field), f"{written!r} holds no letters by which to know an outlet")


def _names(names: "HouseNames") -> Iterator[Fault]:
    yield from _twice("actors", names.actors)
    yield from _twice("places", names.places)


def _twice(what: str, names: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Spellings that stand for two names: nobody could tell which of the two is meant."""
    if not names:
        return
    from briefer.reading.house import key_of

    taken: dict[str, str] = {}
    for name, aliases in names.items():
        for written in (name, *aliases):
            other = taken.setdefault(key_of(written), name)
            if other != name:
                words = f"{written!r} also stands for {other!r}; a spelling has one name: leave it with one of them"
                yield Fault(("names", what, name), words)
            elif not key_of(written):
                yield Fault(("names", what, name), f"{written!r} holds no letters; take it out")
