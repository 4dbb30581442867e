"""One Raw in; one clean Article out, or a Failure that says why there is none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from briefer.clean.characters import one_line, tidy
from briefer.clean.dateline import credited
from briefer.clean.debris import cut_debris, run_in
from briefer.clean.head import Head, read_head
from briefer.clean.headers import Said, read_headers
from briefer.clean.language import language
from briefer.clean.masthead import host_of_file, label_of, outlet_named, owners, part_site
from briefer.clean.page import read_page, reader_fault
from briefer.clean.paragraphs import paragraphs
from briefer.clean.published import moment
from briefer.clean.top import read_foot, read_top
from briefer.reading import sentences
from briefer.reading.outlets import known
from briefer.types import Article, Cut, Failure, Media, Raw, identifier

MOST = 8_000_000  # characters of text, as collected things are held to
APART = timedelta(days=2)  # a text's own stamp that differs more from the container's word is the better witness

_HOST = re.compile(r"\A(?:www\d?|m|mobile|amp|en|english|edition|rss|feeds)\.", re.IGNORECASE)
_NAMED = re.compile(r"[^\w/-]+(?:and |with )?|\b(?:by|with|sources?)\b", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|•»·]|[-–—]{1,2}|::)\s+")


def clean(raw: Raw) -> Article | Failure:
    """The article in a collected thing: its text without page debris, and who published it when, where that is said.

    The text is NFC, paragraphs parted by a blank line, without control characters but "\\n". Every piece that was
    cut is in `cut`, with its rule. `published` is what the container says unless the text's own stamp says another day.
    """
    if raw.media is Media.HTML and (fault := reader_fault()):
        return Failure(raw.name, f"the reader of pages does not load ({fault}); `briefer doctor` says how to mend it")
    text, page = read_page(raw.text) if raw.media is Media.HTML else (raw.text, Said())
    if len(text) > MOST:
        return Failure(raw.name, f"it is too long for an article ({len(text) / 1e6:.1f} million characters)")
    above, lines, cuts = read_headers(tidy(text).split("\n"))
    said = _tidied(Said(raw.title, raw.outlet, raw.published, raw.url).over(above).over(page))
    hosts = [host for host in (_host(said.url), host_of_file(raw.name)) if host]
    top = read_top(lines, said.title, [said.outlet, *map(label_of, hosts), *owners(lines)])
    below, posted, foot = read_foot(top.lines)
    kept, debris = cut_debris(below)
    said = replace(said, url=said.url or _only_link(debris), title=said.title or top.title)
    stamped = top.stamped or posted
    head = read_head("\n\n".join(paragraphs(kept)), said.title, stamped=stamped, headed=top.read)
    head = _without_tail(head)
    cuts = [*cuts, *top.cuts, *debris, *foot, *head.cuts]
    if not any(character.isalnum() for character in head.text):
        return Failure(raw.name, _why_nothing(raw, cuts))
    title, site = (head.title, "") if said.outlet else part_site(head.title)
    head = replace(head, title=title)
    mastheads = top.mastheads or ((site,) if site else ())
    said = replace(said, outlet=said.outlet or _named(said, mastheads, hosts, head, cuts))
    text, signed = _without_slogan(head.text, said.outlet)
    return _article(raw.name, said, replace(head, text=text), (*cuts, *signed))


def _named(said: Said, mastheads: Sequence[str], hosts: Sequence[str], head: Head, cuts: Sequence[Cut]) -> str:
    """The outlet: known by its address, or as its page names itself; else the host of the address or of the file."""
    address = _host(said.url)
    if address and (found := known(address)):
        return found.name
    seen = "\n".join([*(cut.text for cut in cuts), head.text])
    name = outlet_named(mastheads, owners(cut.text for cut in cuts), hosts, head.wire, seen)
    found = known(name) if name else None
    return found.name if found else name or next(iter(hosts), "")


def _article(name: str, said: Said, head: Head, cuts: tuple[Cut, ...]) -> Article:
    wire = head.wire or _credit_in(cuts)
    return Article(
        id=identifier(head.text, prefix="a"),
        name=name,
        text=head.text,
        sentences=sentences.split(head.text),
        title=one_line(head.title),
        url=said.url,
        outlet=said.outlet or wire,
        published=_published(said.published, head.stamped),
        dateline=head.dateline,
        wire=wire,
        language=language(head.text),
        cut=cuts,
    )


def _tidied(said: Said) -> Said:
    said = Said(one_line(said.title), one_line(said.outlet), one_line(said.published), one_line(said.url))
    return replace(said, title=_without_site(said))


def _without_site(said: Said) -> str:
    """A title without the name of its site ("Clashes in Homs | The Daily")."""
    parts = _SITE.split(said.title)
    if len(parts) < 2:
        return said.title
    known = {_letters(said.outlet), _letters(_host(said.url).rpartition(".")[0])} - {""}
    for part in (parts[-1], parts[0]):
        letters = _letters(part)
        if letters and any(letters in name or name in letters for name in known):
            mark = said.title.index(part) if part is parts[0] else said.title.rindex(part)
            return said.title[len(part) :].lstrip(" |•»·-–—:") if mark == 0 else said.title[:mark].rstrip(" |•»·-–—:")
    return said.title


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _only_link(cuts: list[Cut]) -> str:
    """The address that stands on a line of the text, where there is one such line."""
    links = [cut.text for cut in cuts if cut.rule == "link" and cut.text.startswith("http")]
    return links[0] if len(links) == 1 else ""


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    shorter = _HOST.sub("", host)
    return shorter if "." in shorter else host


def _published(container: str, stamped: datetime | None) -> datetime | None:
    """The container's word has the better time of day; the text's own stamp the better day, where they are apart."""
    said = moment(container) if container else None
    if said and stamped and abs(said - stamped) > APART:
        return stamped
    return said or stamped


def _without_tail(head: Head) -> Head:
    for _ in range(6):
        length = run_in(head.text, "after the text")
        if not 0 < length < len(head.text):
            break
        piece, text = head.text[-length:].strip(), head.text[:-length].rstrip()
        head = replace(head, text=text, cuts=(*head.cuts, Cut(piece, "after the text")))
    return head


def _without_slogan(text: str, outlet: str) -> tuple[str, list[Cut]]:
    """The text without a last line in which the outlet only praises itself ("The Herald - read by those who know")."""
    above, parted, last = text.rpartition("\n\n")
    if not parted or not outlet or len(last) > 120 or last[-1:] in '.!?"”':
        return text, []
    mark = re.match(r"(?:the )?\s*([^|·–—]{3,60}?)\s*(?:[|·–—]|--?)\s+\S", last, re.IGNORECASE)
    if not mark or _letters(mark[1]) != _letters(re.sub(r"\A[Tt]he ", "", outlet)):
        return text, []
    return above, [Cut(last, "slogan")]


def _credit_in(cuts: tuple[Cut, ...]) -> str:
    """The agency that a cut credit names ("(AFP)", "- REUTERS", "Source: TASS"), or ""."""
    for cut in cuts:
        if cut.rule in ("agency credit", "after the text", "byline"):
            found = next((wire for name in (cut.text, *_NAMED.split(cut.text)) if (wire := credited(name))), "")
            if found:
                return found
    return ""


def _why_nothing(raw: Raw, cuts: list[Cut]) -> str:
    if raw.media is Media.HTML and not cuts:
        return "no article was found in the page"
    return "nothing but page debris was found in it" if cuts else "it has no text"
