"""An article in; why it is not about a conflict ("sport"), or "" where it is or may be, out."""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from briefer.clean.tables import sections
from briefer.types import Article

SAMPLE = 12_000  # characters of text that are looked at
NOTHING = "nothing about a conflict"
WAR = 0.010  # strong words of war among all words: an article at war has them about once in thirty words
DISTINCT = 4  # different strong words of war keep an article whatever else it speaks of
TOPIC = 0.03  # words of a topic among all words that make it the article's own
SHORT = 40  # words; of a text that is shorter nothing is said unless a topic is plain

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_READ = frozenset({"en", "ru", "uk", "ar", "fa", "ur", "fr", "de", "es", "pt", "tr"})


def off_topic(article: Article) -> str:
    """The subject of an article that is not about a conflict, in words for the reader; "" for one to be read.

    Sport, markets and the like borrow the words of war ("attack", "defeat", "strike"), so those count for little and
    words that only war uses for much. Where the two are close the article is kept, and so is one in a language whose
    words are not listed.
    """
    words = [word.lower() for word in _WORD.findall(f"{article.title}\n{article.text[:SAMPLE]}")]
    if not words or article.language not in _READ:
        return ""
    strong, weak, topics = _counted(words)
    leading, share, variety = _leading(topics, len(words))
    war = sum(strong.values()) / len(words)
    # Sport in the words of war: twice as many words of its own, and of twice as many sorts.
    if leading and share >= TOPIC and share > 2 * war and variety >= 2 * len(strong):
        return leading
    if len(strong) >= DISTINCT and war >= WAR:
        return ""
    if leading and share >= TOPIC and variety >= 4 and share > 2.5 * war:
        return leading
    if strong or len(weak) >= 2 or article.language != "en":
        return ""  # other languages inflect: that no listed word is found in one tells little
    return NOTHING if len(words) >= SHORT or leading else ""


def _counted(words: list[str]) -> tuple[Counter[str], Counter[str], dict[str, Counter[str]]]:
    known = _vocabulary()
    topics: dict[str, Counter[str]] = {}
    opens = _first_of_pairs()
    pairs = (f"{one} {two}" for one, two in pairwise(words) if one in opens)
    for term, count in Counter([*words, *pairs]).items():
        for topic in known.get(term, ()):
            topics.setdefault(topic, Counter())[term] += count
    return topics.pop("conflict strong", Counter()), topics.pop("conflict", Counter()), topics


def _leading(topics: dict[str, Counter[str]], length: int) -> tuple[str, float, int]:
    """The topic with the most words, its share of all words, and how many different words it has."""
    if not topics:
        return "", 0.0, 0
    name = min(topics, key=lambda topic: (-sum(topics[topic].values()), topic))
    return name, sum(topics[name].values()) / length, len(topics[name])


@lru_cache(maxsize=1)
def _first_of_pairs() -> frozenset[str]:
    return frozenset(term.partition(" ")[0] for term in _vocabulary() if " " in term)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for topic, rows in sections("topics.txt").items():
        for quoted, single in re.findall(r'"([^"]+)"|(\S+)', " ".join(rows)):
            names = found.setdefault(quoted or single, [])
            if topic not in names:
                names.append(topic)
    return {term: tuple(names) for term, names in found.items()}
