"""The judge: claims that the reader could not follow, many to one call, with their evidence and what stands beside it.

In: claims with the verifier's verdicts, and their articles. Out: the same claims in the same order, some withheld. The
claims of one article are asked together, small articles together in a call; each article's share of a reply is kept
under the key of its own prompt, so that what one article is asked does not depend on the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from briefer.prompts import Piece, Prompts, language_name, numbered, one_line, ranges
from briefer.protocols import Asker, Tokenizer
from briefer.types import (
    Article,
    Claim,
    DatePrecision,
    Extent,
    Modality,
    Prompt,
    Question,
    Ruling,
    When,
)
from briefer.verify.judged import Judged, Ruled, opinion, settled
from briefer.verify.packs import answers, parts_of

_MOST = 40
"""Claims of one call: a judgement takes up to 60 tokens, and a reply has 4,096."""
_BESIDE = 1
"""Sentences shown on either side of the evidence."""
_LONGEST = 400
"""Characters of a claim that are shown."""


class Mode(StrEnum):
    """Which claims are judged: none, those that the verifier left unclear, or supported ones too."""

    OFF = "off"
    UNCLEAR = "unclear"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Manner:
    """How claims are judged: which ones, the tokens of a call, and the language of the claims (ISO 639)."""

    mode: Mode = Mode.UNCLEAR
    budget: int = 6000
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Group:
    """Claims of one article that are asked together, by their places in the run; `alone` asks for them alone."""

    article: Article
    claims: tuple[Claim, ...]
    places: tuple[int, ...]
    alone: Prompt
    tokens: int

    @property
    def many(self) -> int:
        """How many claims they are."""
        return len(self.claims)


def judge(
    claims: Sequence[Claim],
    articles: Iterable[Article],
    *,
    asker: Asker,
    prompts: Prompts,
    tokenizer: Tokenizer,
    manner: Manner = Manner(),
) -> list[Claim]:
    """The claims in their order, those withheld that the judge does not support (see `judged.settled`).

    Raises ModelRejected where the model takes no question at all, Stopped where the run was asked to stop.
    """
    ended = list(claims)
    for heard in _heard(claims, articles, asker, _Bench(prompts, tokenizer, manner)):
        ended[heard.place] = settled(claims[heard.place], heard.ruled, heard.shown)
    return ended


def opinions(
    claims: Sequence[Claim],
    articles: Iterable[Article],
    *,
    asker: Asker,
    prompts: Prompts,
    tokenizer: Tokenizer,
    language: str = "en",
) -> list[Claim | None]:
    """What a judge says of each claim, as if nobody had looked at it before; None of those that it gave no verdict on.

    Raises as `judge` does.
    """
    unseen = [replace(claim, verdict=Ruling.UNCLEAR, reason=None) for claim in claims]
    said: list[Claim | None] = [None] * len(claims)
    for heard in _heard(unseen, articles, asker, _Bench(prompts, tokenizer, Manner(Mode.ALL, language=language))):
        said[heard.place] = opinion(claims[heard.place], heard.ruled, heard.shown)
    return said


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was said of the claim at this place of the run, None for nothing, and the sentences that were shown."""

    place: int
    ruled: Ruled | None
    shown: Sequence[str]


def _heard(claims: Sequence[Claim], articles: Iterable[Article], asker: Asker, bench: "_Bench") -> Iterator[_Heard]:
    """What was said of the claims of each article that was answered."""
    groups = list(bench.groups(claims, {article.id: article for article in articles}))
    for group, answered in answers(groups, bench, asker):
        by_number = {ruled.n: ruled for ruled in reversed(answered.claims)}
        for number, (place, claim) in enumerate(zip(group.places, group.claims, strict=True), start=1):
            shown = [group.article.sentence(each) for each in _window(claim, group.article)]
            yield _Heard(place, by_number.get(number), shown)


def _alone(group: _Group) -> Question[Judged]:
    return Question(group.alone, Judged, group.article.name)


@dataclass(frozen=True, slots=True)
class _Bench:
    """Makes the questions of one run."""

    prompts: Prompts
    tokenizer: Tokenizer
    manner: Manner

    def groups(self, claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[_Group]:
        """What is asked, by article in the order of the claims."""
        asked: dict[str, list[int]] = defaultdict(list)
        for place, claim in enumerate(claims):
            if self._is_asked(claim) and claim.article in articles and claim.evidence:
                asked[claim.article].append(place)
        for article, places in asked.items():
            for some in self._divided(places):
                yield self._group(articles[article], some, tuple(claims[place] for place in some))

    def fits(self, pack: Sequence[_Group]) -> bool:
        """Whether groups fit a call together."""
        tokens = sum(each.tokens for each in pack)
        return tokens <= self.manner.budget and sum(each.many for each in pack) <= _MOST

    def question(self, pack: Sequence[_Group]) -> Question[Judged]:
        """What asks for a whole pack; a pack of one is asked as if alone."""
        if len(pack) == 1:
            return _alone(pack[0])
        about = f"{pack[0].article.name} and {len(pack) - 1} more"
        return Question(self._rendered(_text(pack)), Judged, about, parts_of(pack))

    def _is_asked(self, claim: Claim) -> bool:
        wanted = {
            Mode.OFF: (),
            Mode.UNCLEAR: (Ruling.UNCLEAR,),
            Mode.ALL: (Ruling.UNCLEAR, Ruling.SUPPORTED),
        }[self.manner.mode]
        return claim.verdict in wanted

    def _divided(self, places: Sequence[int]) -> Iterator[tuple[int, ...]]:
        for start in range(0, len(places), _MOST):
            yield tuple(places[start : start + _MOST])

    def _group(self, article: Article, places: tuple[int, ...], claims: tuple[Claim, ...]) -> _Group:
        bare = _Group(article, claims, places, Prompt("judge", "", "", ""), 0)
        text = _text([bare])
        return _Group(article, claims, places, self._rendered(text), self.tokenizer.count(text))

    def _rendered(self, text: str) -> Prompt:
        return self.prompts.render("judge", claims=text, language=language_name(self.manner.language))


# ── the text of a call ──


def _text(pack: Sequence[_Group]) -> str:
    """The shown sentences of each article, numbered between markers, and behind them the claims on each.

    Only code begins a line, and no text can hold a pointed bracket: neither a sentence nor a claim opens or closes
    anything here.
    """
    pieces = [piece for group in pack for piece in _pieces(group)]
    numbers = {
        (id(group), sentence): shown
        for (group, piece), run in zip(
            [(group, piece) for group in pack for piece in _pieces(group)], ranges(pieces), strict=True
        )
        for sentence, shown in zip(range(piece.first, piece.last), run, strict=True)
    }
    claims = [(group, claim) for group in pack for claim in group.claims]
    lines = [
        _line(number, claim, [numbers[id(group), each.sentence] for each in claim.evidence])
        for number, (group, claim) in enumerate(claims, start=1)
    ]
    return "\n".join([numbered(pieces), "", "<<<CLAIMS", *lines, "CLAIMS>>>"])


def _pieces(group: _Group) -> list[Piece]:
    """The evidence of a group's claims with what stands beside it, in as few pieces as cost the least."""
    pieces: list[Piece] = []
    for number in sorted({number for claim in group.claims for number in _window(claim, group.article)}):
        # A head line costs as much as the sentence that parts two windows.
        if pieces and number - pieces[-1].last < 2:
            pieces[-1] = Piece(group.article, pieces[-1].first, number + 1)
        else:
            pieces.append(Piece(group.article, number, number + 1))
    return pieces


def _window(claim: Claim, article: Article) -> list[int]:
    """The numbers of the sentences that a claim rests on, and of those beside them."""
    last = len(article.sentences)
    cited = (each.sentence for each in claim.evidence)
    return sorted({near for at in cited for near in range(max(0, at - _BESIDE), min(last, at + _BESIDE + 1))})


def _line(number: int, claim: Claim, sentences: Sequence[int]) -> str:
    fields = [
        f"Claim {number}",
        f"on {', '.join(str(each) for each in sorted(set(sentences)))}",
        f"{claim.kind}{f': {claim.change}' if claim.change is not None else ''}",
        claim.modality if claim.modality is not Modality.OCCURRED else "",
        f"extent {claim.extent}" if claim.extent is not Extent.UNSPECIFIED else "",
        _time(claim.when),
        _names(claim),
        _shown(claim.text),
    ]
    return " | ".join(field for field in fields if field)


def _time(when: When) -> str:
    """The day where it is one; what begins or ends with a month or a year in the words that were read."""
    if when.precision is DatePrecision.DAY and when.start == when.end and when.start is not None:
        return f"day {when.start}"
    return f"time: {_shown(when.as_written)}" if when.as_written else ""


def _names(claim: Claim) -> str:
    """What the words of the sentences were taken to mean, where they are not the names themselves."""
    named = [(actor.name, actor.canonical) for actor in (*claim.actors, *claim.opponents)]
    named += [(claim.place.name, claim.place.canonical)] if claim.place is not None else []
    taken = [f"{_shown(name)} = {_shown(meant)}" for name, meant in named if name != meant]
    return f"names: {'; '.join(taken)}" if taken else ""


def _shown(text: str) -> str:
    """Words of a claim on one line, the bar that parts the fields left to code."""
    return one_line(text[:_LONGEST]).replace("|", "/")
