"""The model's extractor: articles asked about in packs, claims out of replies, the rules reader where there is none.

In: clean articles. Out: one Extraction an article, as the answers come. Each article's share of a reply is kept under
the key of its own prompt, so that it is found again however articles are packed. What cannot be answered together is
asked apart: truncated and too long questions in halves, refused and invalid ones an article at a time.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from briefer.errors import Cause, Stopped
from briefer.extract.packing import Chunker, Share, halves, packs, question, shares
from briefer.extract.reply import ArticleSaid, Extracted
from briefer.extract.resolving import ENGLISH, claims_of
from briefer.prompts import Prompts, language_name
from briefer.protocols import Asker, Extractor
from briefer.types import Answer, Article, Claim, Extraction, Prompt, Question, Unanswered

PASSED_OVER = "the model's reply is about no article that it was given"
_DIVIDED = frozenset({Cause.TRUNCATED, Cause.TOO_LONG})
_APART = frozenset({Cause.REFUSED, Cause.INVALID, Cause.REJECTED})


@dataclass(frozen=True, slots=True)
class Manner:
    """How articles are asked about: the tokens of text that a pack holds, and the language of the claims (ISO 639).

    `date` is for prompts of the user's own that print it; with the shipped one no reply depends on the day it is asked.
    """

    pack_tokens: int = 8400
    language: str = "en"
    date: str = ""


@dataclass(slots=True)
class _Progress:
    """What is known of one article so far."""

    article: Article
    open: int = 0
    said: list[tuple[Share, ArticleSaid]] = field(default_factory=list)
    missed: list[Share] = field(default_factory=list)
    why: str = ""


class AskedExtractor:
    """Satisfies `protocols.Extractor` by asking a model."""

    def __init__(
        self, asker: Asker, prompts: Prompts, *, chunker: Chunker, fallback: Extractor, manner: Manner = Manner()
    ) -> None:
        """`chunker` divides an article into chunks that fit a pack; `fallback` reads what the model does not."""
        self._asker = asker
        self._chunker = chunker
        self._fallback = fallback
        self._manner = manner
        self._writer = partial(_write, prompts, manner)

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """The claims of each article, as the answers come; those that are kept from before come first.

        Raises ModelRejected where the model takes no question, Stopped where the run was asked to stop: what was
        answered until then is kept.
        """
        yield from _Run(self._asker, self._writer, self._fallback, self._manner).extract(articles, self._chunker)

    def questions(self, articles: Iterable[Article]) -> Iterator[Question[Extracted]]:
        """The questions that `extract` would ask at first, without those that are answered already."""
        run = _Run(self._asker, self._writer, self._fallback, self._manner)
        for pack in run.packs(articles, self._chunker):
            yield question(pack, writer=self._writer)


def _write(prompts: Prompts, manner: Manner, articles: str) -> Prompt:
    return prompts.render("extract", articles=articles, language=language_name(manner.language), date=manner.date)


class _Run:
    """One extraction: what is asked, what is open, what is done."""

    def __init__(self, asker: Asker, writer: "partial[Prompt]", fallback: Extractor, manner: Manner) -> None:
        self._asker = asker
        self._writer = writer
        self._fallback = fallback
        self._manner = manner
        self._asked: dict[str, list[Share]] = {}
        self._again: list[list[Share]] = []
        self._progress: dict[str, _Progress] = {}
        # Filled while questions are taken, which an asker may do from another thread.
        self._done: deque[_Progress] = deque()
        self._stopped = False

    def extract(self, articles: Sequence[Article], chunker: Chunker) -> Iterator[Extraction]:
        """One Extraction an article."""
        finished = 0
        waiting: Iterable[list[Share]] = self.packs(articles, chunker)
        while True:
            for answer in self._asker.ask(self._questions(waiting)):
                self._take(answer)
                for extraction in self._finished():
                    finished += 1
                    yield extraction
            for extraction in self._finished():
                finished += 1
                yield extraction
            if self._stopped:
                raise Stopped(
                    f"stopped: {finished} of {len(articles)} articles are read; what was answered is kept, "
                    "run again to go on"
                )
            if not self._again:
                return
            waiting, self._again = self._again, []

    def packs(self, articles: Iterable[Article], chunker: Chunker) -> Iterator[list[Share]]:
        """What is to be asked, packed. Articles that are answered already are done on the way."""
        return packs(self._unanswered(articles, chunker), tokens=self._manner.pack_tokens)

    def _unanswered(self, articles: Iterable[Article], chunker: Chunker) -> Iterator[Share]:
        for article in articles:
            parts = shares(article, chunker=chunker, writer=self._writer)
            known = self._progress[article.id] = _Progress(article, open=len(parts))
            # All that is kept is taken before the first share is asked: from then on answers may come at any time.
            lacking = [part for part in parts if not self._recall(known, part)]
            if not parts:
                self._done.append(known)
            yield from lacking

    def _recall(self, known: _Progress, share: Share) -> bool:
        kept = self._asker.recall(share.question())
        if kept is not None:
            self._add(known, share, kept)
        return kept is not None

    def _questions(self, waiting: Iterable[list[Share]]) -> Iterator[Question[Extracted]]:
        for pack in waiting:
            if self._stopped:
                return
            asked = question(pack, writer=self._writer)
            self._asked[asked.prompt.user] = pack
            yield asked

    # ── what becomes of an answer ──

    def _take(self, answer: Answer[Extracted]) -> None:
        pack = self._asked.pop(answer.question.prompt.user)
        if isinstance(answer.result, Unanswered):
            self._unanswered_pack(pack, answer.result)
            return
        for share, part in zip(pack, answer.question.parts or (None,), strict=True):
            value = answer.result.value.part(part) if part is not None else answer.result.value
            if any(part is not None or said.n == 1 for said in value.articles):
                self._add(self._progress[share.article.id], share, value)
            elif part is not None:
                self._again.append([share])  # the model passed over this article
            else:
                self._miss(share, PASSED_OVER)

    def _add(self, known: _Progress, share: Share, value: Extracted) -> None:
        known.said += [(share, said) for said in value.articles]
        self._close(known)

    def _unanswered_pack(self, pack: list[Share], result: Unanswered) -> None:
        if result.cause is Cause.STOPPED:
            self._stopped = True
            return
        parts = self._divided(pack) if result.cause in _DIVIDED else _apart(pack) if result.cause in _APART else []
        if parts:
            self._again += parts
            return
        for share in pack:
            self._miss(share, result.why)

    def _miss(self, share: Share, why: str) -> None:
        known = self._progress[share.article.id]
        known.missed.append(share)
        known.why = known.why or why
        self._close(known)

    def _divided(self, pack: list[Share]) -> list[list[Share]]:
        """A pack in halves, or the halves of its only share by sentences."""
        if len(pack) > 1:
            middle = len(pack) // 2
            return [pack[:middle], pack[middle:]]
        parts = halves(pack[0], writer=self._writer)
        self._progress[pack[0].article.id].open += max(0, len(parts) - 1)
        return [[part] for part in parts]

    def _close(self, known: _Progress) -> None:
        known.open -= 1
        if not known.open:
            self._done.append(known)

    # ── what becomes of an article ──

    def _finished(self) -> Iterator[Extraction]:
        while self._done:
            known = self._done.popleft()
            del self._progress[known.article.id]
            yield self._extraction(known)

    def _extraction(self, known: _Progress) -> Extraction:
        said = sorted(known.said, key=lambda each: each[0].piece.first)
        claims = {claim.id: claim for claim in claims_of(known.article, said, language=self._manner.language)}
        if not known.missed:
            return Extraction(known.article.id, tuple(claims.values()))
        if known.article.language not in ENGLISH:
            why = f"{known.why}; its language ({known.article.language}) is not read without a model"
            return Extraction(known.article.id, tuple(claims.values()), why, fell_back=True)
        missed = [claim for claim in self._by_rules(known.article) if _of_missed(claim, known.missed)]
        both = claims | {claim.id: claim for claim in missed}
        return Extraction(known.article.id, tuple(both.values()), known.why, fell_back=True)

    def _by_rules(self, article: Article) -> Iterator[Claim]:
        for extraction in self._fallback.extract([article]):
            yield from extraction.claims


def _apart(pack: list[Share]) -> list[list[Share]]:
    return [[share] for share in pack] if len(pack) > 1 else []


def _of_missed(claim: Claim, missed: Iterable[Share]) -> bool:
    """Whether a claim rests on sentences that the model did not read."""
    return any(
        share.piece.first <= evidence.sentence < share.piece.last for share in missed for evidence in claim.evidence
    )
