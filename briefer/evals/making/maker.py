"""Which edits make which lie, and which drafts are lies. True claims in, `Lie`s out, in the order of the reasons.

A draft is let go where it says nothing new, where the article itself says it, or where it is no sentence any more.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from briefer.evals.making import counts, deeds, degrees, mixing, names, voices
from briefer.evals.making.fields import FIELDS
from briefer.evals.making.lie import Draft, Draw, Lie
from briefer.evals.making.line import Line
from briefer.evals.making.page import Page, keys
from briefer.evals.making.told import following
from briefer.extract.telling import telling
from briefer.types import Article, Cited, Claim, Evidence, Kind, Reason, Ruling, Statement, identifier

Edit = Callable[[Line, Page, Draw], Iterator[Draft]]

EDITS: dict[Reason, tuple[Edit, ...]] = {
    Reason.WRONG_ACTOR: (names.sides_swapped, names.another_party, names.another_speaker),
    Reason.WRONG_DIRECTION: (deeds.turned,),
    Reason.WRONG_PLACE: (names.another_place, names.other_bearing, names.beside_as_within, names.wider_or_narrower),
    Reason.WRONG_NUMBER: (
        counts.other_value, counts.other_fate, counts.other_bound, counts.other_people, counts.other_unit,
    ),
    Reason.WRONG_DATE: (counts.other_day, counts.other_part_of_day, counts.other_year),
    Reason.PLANNED_AS_DONE: (deeds.done,),
    Reason.CLAIM_AS_FACT: (voices.as_fact,),
    Reason.DENIED_AS_FACT: (voices.denial_as_fact,),
    Reason.REVERSED_STALE: (degrees.still,),
    Reason.CONFLATION: (mixing.number_of_another, mixing.with_another),
    Reason.NEGATION: (deeds.denied, deeds.affirmed),
    Reason.BACKGROUND_AS_NEW: (degrees.as_new,),
    Reason.EXAGGERATION: (degrees.exaggerated,),
    Reason.FABRICATED: (mixing.detail_added, mixing.made_up),
    Reason.INJECTED: (mixing.ordered,),
}  # fmt: skip
"""The edits of a sentence, by the reason for which what they make is false."""
_OF_ARTICLE = frozenset(
    {
        Reason.WRONG_DIRECTION, Reason.EXAGGERATION, Reason.PLANNED_AS_DONE, Reason.CLAIM_AS_FACT,
        Reason.DENIED_AS_FACT, Reason.BACKGROUND_AS_NEW,
    }
)  # fmt: skip
"""Reasons that need words which a true claim may have paraphrased away: its article is edited in its place."""
_LEANS = re.compile(
    r"\A(?:\w*_\w*:|corrections?\b|clarification\b|an earlier version|[\"“”'‘(•–—-]"
    r"|(?:it|they|he|she|his|her|their|its|this|that|these|those|but|and|there|such)\b)",
    re.IGNORECASE,
)
"""How a sentence opens that does not stand by itself, or that takes back what was reported."""
TOLD = frozenset({Kind.AGREEMENT, Kind.MOVEMENT, Kind.POLITICAL, Kind.HUMANITARIAN, Kind.OUTLOOK})
"""Kinds whose sentence a model writes: it is edited as free text, and the fields follow it."""
_SHORTEST = 3
"""Words of a sentence whose speaker was dropped; a shorter one tells nothing."""
_BARE = (Reason.CLAIM_AS_FACT, Reason.DENIED_AS_FACT)
"""Reasons whose edits drop the speaker, with whom a sentence may have leant on the one before."""
_EACH = 2
"""Lies of one edit of one claim at most."""
_LONGEST = 600
"""Characters of a sentence that is edited; longer ones are lists."""


@lru_cache(maxsize=64)
def page_of(article: Article) -> Page:
    """The article as the maker sees it, gathered once."""
    return Page(article)


# ── free text ──


def of_statement(
    statement: Statement, article: Article, *, beside: Sequence[Article] = ()
) -> tuple[Lie[Statement], ...]:
    """The lies that come of a true English sentence about this article; what one `beside` it says is none either."""
    page, draw = page_of(article), Draw(statement.text)
    others = [page_of(each) for each in beside]
    found: list[Lie[Statement]] = []
    for reason, edits in EDITS.items():
        drafts = _drafts(edits, statement.text, page, draw, reason)
        if not drafts and reason in _OF_ARTICLE:
            drafts = _of_article(edits, statement, page, draw, reason)
        if not drafts and reason is Reason.INJECTED:
            found += _planted(statement, page, draw)
        found += [
            Lie(_stated(statement, draft, reason, article), reason, draft.edit, statement.id, article)
            for draft in drafts
        ]
    lies = (lie for lie in found if not any(page.says(lie.told.text, statement.text) for page in others))
    return tuple(_once(lies, statement.text))


def _drafts(edits: Iterable[Edit], text: str, page: Page, draw: Draw, reason: Reason) -> list[Draft]:
    if not text.strip() or len(text) > _LONGEST:
        return []
    line = Line(text)
    most = 1 if reason is Reason.FABRICATED else _EACH
    return [
        draft
        for edit in edits
        for draft in islice((each for each in edit(line, page, draw) if _is_lie(each, text, page, reason)), most)
    ]


def _is_lie(draft: Draft, truth: str, page: Page, reason: Reason) -> bool:
    if not draft.text or draft.text == truth or len(draft.text.split()) < 3:
        return False
    if reason is Reason.INJECTED:
        return True
    if reason in _BARE:
        return len(draft.text.split()) > _SHORTEST and not page.tells_bare(draft.text)
    return draft.sure or not page.says(draft.text, truth)


def _of_article(edits: Iterable[Edit], statement: Statement, page: Page, draw: Draw, reason: Reason) -> list[Draft]:
    """What the edits make of a cited sentence, or else one lie of another sentence that stands by itself."""
    cited = [each.sentence for each in statement.cited if each.article == page.article.id]
    others = [number for number in draw.order(range(len(page.article.sentences)), reason) if number not in cited]
    for number in (*cited, *others):
        text = page.article.sentence(number) if 0 <= number < len(page.article.sentences) else ""
        drafts = [] if _LEANS.match(text) and reason not in _BARE else _drafts(edits, text, page, draw, reason)
        alone = [replace(draft, sentence=number) for draft in drafts if not _LEANS.match(draft.text)]
        if alone:
            return alone[: _EACH if number in cited else 1]
    return []


def _planted(statement: Statement, page: Page, draw: Draw) -> Iterator[Lie[Statement]]:
    planted = mixing.planted(page, draw)
    if planted is not None:
        copy, made = planted
        articles = tuple(copy.id if each == page.article.id else each for each in statement.articles)
        draft = Draft(made, "an order was planted in the article", sentence=len(copy.sentences) - 1)
        told = _stated(replace(statement, articles=articles), draft, Reason.INJECTED, copy)
        yield Lie(told, Reason.INJECTED, draft.edit, statement.id, copy)


def _stated(statement: Statement, draft: Draft, reason: Reason, article: Article) -> Statement:
    """The lie as a statement; where it is told of one sentence, it cites that, if the true one cites any."""
    name = identifier(statement.id, reason, draft.text, prefix="l")
    own = draft.sentence is not None and bool(statement.cited)
    cited = (Cited(article.id, draft.sentence),) if own and draft.sentence is not None else statement.cited
    return replace(statement, id=name, text=draft.text, cited=cited)


def _once(lies: Iterable[Lie[Statement]], truth: str) -> Iterator[Lie[Statement]]:
    seen = {truth}
    for lie in lies:
        if lie.told.text not in seen:
            seen.add(lie.told.text)
            yield lie


# ── claims of a run ──


def of_claim(claim: Claim, article: Article) -> tuple[Lie[Claim], ...]:
    """The lies that come of a true claim of this article. They keep its evidence, and code tells them where it told it.

    Only orders to the machine have evidence of their own: the sentence that gives the order.
    """
    page, draw = page_of(article), Draw(claim.text)
    changed = _by_words(claim, page, draw) if claim.kind in TOLD else _by_fields(claim, page, draw)
    found = [Lie(_retold(lie, reason, edit), reason, edit, claim.id, article) for lie, reason, edit in changed]
    found += _injected(claim, page, draw)
    return tuple({lie.told.id: lie for lie in found if _differs(lie.told, claim)}.values())


Changed = tuple[Claim, Reason, str]


def _by_fields(claim: Claim, page: Page, draw: Draw) -> Iterator[Changed]:
    for reason, edits in FIELDS.items():
        for edit in edits:
            for changed, words in islice(edit(claim, page, draw), _EACH):
                yield replace(changed, text=telling(changed, "", "en")), reason, words


def _by_words(claim: Claim, page: Page, draw: Draw) -> Iterator[Changed]:
    for reason, edits in EDITS.items():
        if reason is not Reason.INJECTED:
            for draft in _drafts(edits, claim.text, page, draw, reason):
                yield following(claim, draft, reason), reason, draft.edit


def _retold(claim: Claim, reason: Reason, edit: str) -> Claim:
    name = identifier(claim.id, reason, edit, claim.text, prefix="l")
    return replace(claim, id=name, verdict=Ruling.UNCLEAR, reason=None)


def _differs(lie: Claim, claim: Claim) -> bool:
    return replace(lie, id=claim.id, verdict=claim.verdict, reason=claim.reason) != claim


def _injected(claim: Claim, page: Page, draw: Draw) -> Iterator[Lie[Claim]]:
    planted = mixing.planted(page, draw)
    if planted is not None and keys(planted[1]):
        copy, made = planted
        number = len(copy.sentences) - 1
        span = copy.sentences[number]
        evidence = (Evidence(number, span.start, span.end, copy.sentence(number)),)
        told = Claim(claim.id, copy.id, made, Kind.POLITICAL, evidence)
        edit = "an order was planted in the article"
        yield Lie(_retold(told, Reason.INJECTED, edit), Reason.INJECTED, edit, claim.id, copy)
