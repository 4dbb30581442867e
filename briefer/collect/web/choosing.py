"""What was found of an article in; the better of its forms, cleaned, with its outlet, out."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from briefer.clean import clean
from briefer.collect.web.feeds import READER_FAULTS, bare
from briefer.collect.web.visiting import Found
from briefer.types import Article, Failure, Media, Raw

LONGER = 1.2
"""So many times as long must a feed's own text be to be taken for the page's: a page that shows its beginning only."""
_PARTS = re.compile(r"\s+(?:[|•»·:>]|[-–—]{1,2}|::)\s+|:\s+")
_GENERAL = frozenset(
    "rss feed news latest home all index blog articles stories headlines rssfeed newsfeed latestnews topstories"
    " untitled allarticles frontpage".split()
)


def chosen(found: Found) -> Article | Failure:
    """The article of a page, or of a feed's own text where that says more."""
    page = _cleaned(found.page) if found.page else None
    article = page if isinstance(page, Article) else None
    if found.own and (article is None or _length(found.own) > LONGER * len(article.text)):
        own = _cleaned(found.own)
        if isinstance(own, Article) and (article is None or len(own.text) > LONGER * len(article.text)):
            article = own
    if article is not None:
        return _named(article, found.outlet)
    return page if isinstance(page, Failure) else Failure(_name(found), "no article was found in it")


def _cleaned(raw: Raw) -> Article | Failure:
    try:
        return clean(raw)
    except READER_FAULTS as error:
        return Failure(raw.name, f"it cannot be read ({type(error).__name__})")


def _named(article: Article, said: str) -> Article:
    """With the outlet that its feed names, where the page is known by no more than its host."""
    host = (urlsplit(article.url).hostname or "").removeprefix("www.")
    if not said or (article.outlet and not host.endswith(article.outlet.lower())):
        return article
    outlet = _own_name(said, host)
    return replace(article, outlet=outlet) if outlet else article


def _own_name(title: str, host: str) -> str:
    """The name of an outlet in the title of its feed ("The Daily Ruin - World"), "" where it cannot be told."""
    parts = [part.strip() for part in _PARTS.split(title) if part.strip()]
    labels = {label for label in host.split(".") if len(label) > 3}
    for part in parts:
        letters = _letters(part.lower().removeprefix("the "))
        if len(letters) > 3 and any(letters in label or label in letters for label in map(_letters, labels)):
            return part
    return parts[0] if len(parts) == 1 and len(title) <= 60 and _letters(title) not in _GENERAL else ""


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _length(raw: Raw) -> int:
    return len(bare(raw.text)) if raw.media is Media.HTML else len(raw.text)


def _name(found: Found) -> str:
    raw = found.page or found.own
    return raw.name if raw else ""
