"""Holds any sentence against any articles: Statement in, Finding out. Pure and deterministic; asks no model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from briefer.reading import sentences
from briefer.reading.lexicon import words as known_words
from briefer.reading.word_classes import closed
from briefer.types import Article, Cited, Finding, Passage, Reason, Ruling, Statement
from briefer.verify.statements.belief import Belief, believe
from briefer.verify.statements.choosing import Choosing
from briefer.verify.statements.evidence import Evidence
from briefer.verify.statements.held import Held
from briefer.verify.statements.lines import Line, line
from briefer.verify.statements.listed import listed
from briefer.verify.statements.names import Names
from briefer.verify.statements.signs import signs
from briefer.verify.statements.sources import Place, Sources
from briefer.verify.statements.wordings import against as worded_against
from briefer.verify.statements.wordings import supported as worded_for
from briefer.verify.tokens import words

THRESHOLD = 0.5
"""The belief at and above which a statement counts as supported."""
UNSURE = 0.2
"""How far below the threshold a statement is unclear where nothing is told otherwise."""
_LONGEST = 700
"""Characters of a sentence that is read in one; longer ones are read in parts, for no source has one so long."""
_MOST = 400
"""Sentences of one statement that are read; what is longer is a document and not a claim."""
_KNOWN = 0.5
"""The share of English words below which a statement without any small English word is in another language."""
_FEW = 4


class Checker:
    """The articles that statements are held against, read once and searched for each.

    `day` is the one that statements are told on: what their weekdays are resolved from, and what articles without a
    date are taken to be of. By default it is that of the latest article.
    """

    def __init__(self, articles: Sequence[Article], *, threshold: float = THRESHOLD, day: date | None = None) -> None:
        dated = [article.published.date() for article in articles if article.published is not None]
        self._day = day or max(dated, default=None)
        self._sources = Sources(articles, self._day)
        self._names = Names(self._sources)
        self._choosing = Choosing(self._sources, self._names)
        self._threshold = threshold

    def find(self, statement: Statement) -> Finding:
        """What the articles say to a statement. One of several sentences is carried as far as its weakest."""
        if why := self._unread(statement):
            return Finding(statement, Ruling.UNCLEAR, None, 0.0, why=why)
        parts = [line(text, self._day) for text in _parts(statement.text)]
        weighed = [self._weigh(part, statement) for part in parts if part.words]
        found = [each for each in weighed if each is not None]
        if not found or len(found) < len(weighed):
            why = "no sentence of the sources speaks of it" if not found else "no source speaks of a part of it"
            passages = tuple(dict.fromkeys(passage for each in found for passage in self._passages(each.evidence)))
            return Finding(statement, Ruling.UNSUPPORTED, Reason.FABRICATED, 0.0, passages, why=why)
        weakest = min(found, key=lambda each: each.belief.score)
        return self._ruled(statement, weakest, found)

    def signs(self, statement: Statement) -> list[dict[str, float]]:
        """The signs of each sentence of a statement beside the evidence that is nearest to it, to weigh them anew."""
        found = []
        for text in _parts(statement.text):
            claim = line(text, self._day)
            if (nearest := self._evidence(claim, statement)) is not None:
                found.append(signs(Held(claim, nearest, self._sources, self._names)))
        return found

    def _unread(self, statement: Statement) -> str:
        """Why a statement cannot be held against anything, "" where it can."""
        if not words(statement.text):
            return "the claim is empty"
        if not self._sources.pages:
            return "there are no sources"
        if _is_foreign(statement.text):
            return "the claim is not in English, which is what briefer reads without a model"
        return ""

    def _weigh(self, claim: Line, statement: Statement) -> "_Weighed | None":
        nearest = self._evidence(claim, statement)
        return self._one(claim, nearest) if nearest is not None else None

    def _evidence(self, claim: Line, statement: Statement) -> Evidence | None:
        within = frozenset(self._sources.by_id[each] for each in statement.articles if each in self._sources.by_id)
        cited = [Place(self._sources.by_id[each.article], each.sentence) for each in statement.cited if self._has(each)]
        before = line(statement.before, self._day).keys if statement.before else frozenset()
        return self._choosing.evidence(claim, within or None, cited, before)

    def _has(self, cited: Cited) -> bool:
        at = self._sources.by_id.get(cited.article)
        return at is not None and 0 <= cited.sentence < len(self._sources.pages[at].article.sentences)

    def _one(self, claim: Line, evidence: Evidence) -> "_Weighed":
        found = signs(Held(claim, evidence, self._sources, self._names))
        return _Weighed(evidence, believe(found))

    def _ruled(self, statement: Statement, weakest: "_Weighed", found: Sequence["_Weighed"]) -> Finding:
        belief = weakest.belief
        passages = tuple(dict.fromkeys(passage for each in found for passage in self._passages(each.evidence)))
        if belief.score >= self._threshold:
            return Finding(statement, Ruling.SUPPORTED, None, belief.score, passages, why=worded_for(belief.score))
        unclear = belief.score >= self._threshold - UNSURE and not belief.contradicted and not belief.untold
        ruling = Ruling.UNCLEAR if unclear else Ruling.UNSUPPORTED
        against = tuple(self._passages(weakest.evidence))[:1] if belief.contradicted and not unclear else ()
        reason = None if unclear else belief.reason or Reason.FABRICATED
        why = worded_against(belief.sign)
        return Finding(statement, ruling, reason, belief.score, passages, against, why)

    def _passages(self, evidence: Evidence) -> Iterator[Passage]:
        for place in evidence.places:
            article = self._sources.pages[place.page].article
            span = article.sentences[place.number]
            yield Passage(article.name, span.start, span.end, article.text[span.start : span.end])


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One sentence of a statement, weighed against one choice of evidence."""

    evidence: Evidence
    belief: Belief


def _parts(text: str) -> Iterator[str]:
    """The sentences of a statement, overlong ones cut at a blank."""
    spans = sentences.split(text)[:_MOST]
    for span in spans:
        rest = text[span.start : span.end]
        while len(rest) > _LONGEST:
            cut = rest.rfind(" ", 0, _LONGEST)
            cut = cut if cut > 0 else _LONGEST
            yield rest[:cut]
            rest = rest[cut:].strip()
        if rest:
            yield rest


def _is_foreign(text: str) -> bool:
    """Whether a text is in no English: in another script, or with the small words of another language."""
    letters = [letter for letter in text if letter.isalpha()]
    if 2 * sum(letter < "\u0250" for letter in letters) < len(letters):
        return True
    plain = [word.lower() for word in words(text) if word[0].islower()]
    english, foreign = (sum(word in known for word in plain) for known in (_ENGLISH, _FOREIGN))
    if foreign > english:
        return True
    known = sum(word in closed() or word in known_words() for word in plain)
    return len(plain) >= _FEW and not english and known < _KNOWN * len(plain)


_ENGLISH = listed("english")
_FOREIGN = listed("foreign")
"""Small words of ten languages that English has not, or hardly has in lower case."""
