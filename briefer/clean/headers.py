"""The lines of a text in; what its header lines ("Title: …", "Date: …") say, and the lines below them, out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefer.types import Cut

_MEANING = {
    "title": "title",
    "headline": "title",
    "subject": "title",
    "source": "outlet",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "newspaper": "outlet",
    "agency": "outlet",
    "site": "outlet",
    "website": "outlet",
    "from": "outlet",
    "date": "published",
    "published": "published",
    "published on": "published",
    "publication date": "published",
    "date published": "published",
    "posted": "published",
    "posted on": "published",
    "url": "url",
    "link": "url",
    "permalink": "url",
}
_OTHER = ("author", "authors", "byline", "by", "section", "category", "language", "lang", "keywords")
_FIELD = re.compile(
    rf"\W{{0,3}}(?P<key>{'|'.join(sorted((*_MEANING, *_OTHER), key=len, reverse=True))})\s?[*_]{{0,2}}"
    r"\s*[:：]\s*[*_]{0,2}\s*(?P<value>\S.{0,400})",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S{4,500}")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an article beside its text; "" where nothing is said, `published` in the words it is said in."""

    title: str = ""
    outlet: str = ""
    published: str = ""
    url: str = ""

    def over(self, other: "Said") -> "Said":
        """This, with what it leaves open filled from another."""
        return Said(
            self.title or other.title,
            self.outlet or other.outlet,
            self.published or other.published,
            self.url or other.url,
        )


def read_headers(lines: Sequence[str]) -> tuple[Said, list[str], list[Cut]]:
    """The header lines at the top, which end at the first line that is none; "Source: X" and "By: X" alike."""
    found: dict[str, str] = {}
    cuts: list[Cut] = []
    index = 0
    for index, line in enumerate([*lines, ""]):  # noqa: B007
        field = _FIELD.fullmatch(line)
        if field:
            meaning = _MEANING.get(field["key"].lower(), "")
            found.setdefault(meaning, field["value"].strip().rstrip("*_"))
        elif _URL.fullmatch(line):
            found.setdefault("url", line)
        elif line.strip("-=*_ ") or (line and not found):
            break
        if line:
            cuts.append(Cut(line, "header"))
    found.pop("", None)
    if not cuts:
        return Said(), list(lines), []
    return Said(**found), list(lines[index:]), cuts
