"""Whose words a sentence is that stands in quotation marks: they go on over sentences, and so does their speaker.

In: an Article and the names of its `Scene`. Out: the numbers of the quoted sentences, and the speaker named before one.
"""

import re

from briefer.reading.entities import Entities
from briefer.reading.parsing import parse_sentence
from briefer.reading.phrases import agents
from briefer.reading.scene import Scene
from briefer.reading.speakers import attribute
from briefer.reading.things import Memory
from briefer.types import Article, Attribution

_OPENING = '"“«'
_MARKS = re.compile('["“”«»]')
_CLOSING = ('."', ".”", '!"')
_SPOKE = re.compile(r"\b(?:said|says|told|added|according)\b")
_SAYS = re.compile(r"(?:said|says|told|added|according|he|she|they)\b")
_BACK = 3  # sentences; a quotation whose speaker is named further back is nobody's


def quoted(article: Article) -> frozenset[int]:
    """The sentences that open inside a quotation or with one: they are somebody's words, whoever is named for them."""
    text = article.text
    marks = [(match.start(), _opens(text, match.start())) for match in _MARKS.finditer(text)]
    found: set[int] = set()
    opened, at, last = False, 0, 0
    for number, span in enumerate(article.sentences):
        while at < len(marks) and marks[at][0] < span.start:
            opened, at = marks[at][1], at + 1
        # A new paragraph ends a quotation whose own end is missing; one that is closed further on goes through.
        if opened and "\n\n" in text[last : span.start]:
            opened = at < len(marks) and not marks[at][1]
        sentence = text[span.start : span.end]
        tail = sentence.endswith(_CLOSING) and sentence.count('"') % 2 == 1
        if opened or sentence[0] in _OPENING or tail:
            found.add(number)
        last = span.end
    return frozenset(found)


def _opens(text: str, at: int) -> bool:
    """Whether a mark opens a quotation: a word stands right behind a straight one and none right before it."""
    if text[at] != '"':
        return text[at] in _OPENING
    before, behind = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    # In scraped text the space may have slipped before the mark that closes: `the airbase, "said a resident`.
    slipped = _SAYS.match(text, at + 1) is not None
    return bool(behind.strip()) and not before.strip(" \n(") and not slipped


def speaker_before(article: Article, number: int, names: Scene) -> Attribution | None:
    """The last speaker that the few sentences before name."""
    for earlier in range(number - 1, max(-1, number - 1 - _BACK), -1):
        span = article.sentences[earlier]
        sentence = article.text[span.start : span.end]
        if _SPOKE.search(sentence) and (speaker := _speaker_of(sentence, span.start, names)) is not None:
            return speaker
    return None


def _speaker_of(sentence: str, offset: int, names: Scene) -> Attribution | None:
    clauses, _ = parse_sentence(sentence, offset=offset)
    entities = Entities(clauses, names, Memory())
    for verb in reversed(clauses.verbs):
        speaker = agents(verb)[:1] if verb.reports else ()
        if speaker and clauses.tags[speaker[0].head] != "U":
            return attribute(speaker[0], clauses, entities)
    return None
