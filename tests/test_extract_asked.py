"""The model's extractor: what is asked, what becomes of the answers, and what a bad one cannot do."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_scoring import article_of

from briefer.chunk import O200k, chunk
from briefer.errors import Cause, ModelRejected, Stopped
from briefer.extract.asked import AskedExtractor, Manner
from briefer.extract.packing import Share, packs, shares
from briefer.extract.reply import ArticleSaid, ClaimSaid, Extracted
from briefer.extract.rules import RulesExtractor, claims_of
from briefer.prompts import load
from briefer.types import (
    Answer,
    Article,
    Claim,
    Extraction,
    Kind,
    Part,
    Prompt,
    Question,
    Reply,
    Unanswered,
)

Json = dict[str, Any]
Words = Callable[[str], list[Json]]
TAKEN = "Rebels captured the town of {} on Tuesday."
PLACES = ("Tal Hamra", "Orlovka", "Deir Qasab", "Ras Lamoud", "Berat", "Old Karsk")


def news(place: str, *more: str) -> Article:
    return article_of(" ".join([TAKEN.format(place), *more]))


NEWS = [news(place) for place in PLACES]


def taken(sentence: int = 1, place: str = "", **more: object) -> Json:
    said: Json = {"s": [sentence], "k": "territory", "c": "captured", "a": ["Rebels"], "w": "Tuesday"}
    return said | ({"p": place} if place else {}) | more


def entries(prompt: str) -> list[tuple[int, list[tuple[int, str]]]]:
    """The articles of a prompt as a reader sees them: the number of each, and its sentences with theirs."""
    found: list[tuple[int, list[tuple[int, str]]]] = []
    for line in prompt.split("\n")[1:-1]:
        head, _, rest = line.partition(" ")
        if head == "Article":
            found.append((int(rest.split(" ", 1)[0]), []))
        else:
            found[-1][1].append((int(head), rest))
    return found


def reading(prompt: str) -> Json:
    """What a good reader answers: each "captured the town of X" is a claim."""
    articles = []
    for number, sentences in entries(prompt):
        claims = []
        for at, words in sentences:
            if "captured the town of " in words:
                claims.append(taken(at, words.split("captured the town of ")[1].split(" on ")[0].rstrip(".")))
        articles.append({"n": number, "claims": claims})
    return {"articles": articles}


Reader = Callable[[Question[Extracted]], Json | Cause]


def good(question: Question[Extracted]) -> Json | Cause:
    return reading(question.prompt.user)


@dataclass
class Desk:
    """An Asker whose answers a test writes; what is answered is kept, a share of it under each part's own prompt."""

    reader: Reader = good
    kept: dict[Prompt, str] = field(default_factory=dict)
    asked: list[Question[Extracted]] = field(default_factory=list)

    def recall(self, question: Question[Extracted]) -> Extracted | None:
        text = self.kept.get(question.prompt)
        return _valid(text) if text is not None else None

    def ask(self, questions: Iterable[Question[Extracted]]) -> Iterator[Answer[Extracted]]:
        for each in questions:
            self.asked.append(each)
            said = self.reader(each)
            if isinstance(said, Cause):
                yield Answer(each, Unanswered(said, f"the model: {said.value}"))
                continue
            value = Extracted.model_validate_json(json.dumps(said))
            self.kept[each.prompt] = value.model_dump_json()
            self.kept.update({part.prompt: value.part(part).model_dump_json() for part in each.parts})
            yield Answer(each, Reply(value))


def _valid(text: str) -> Extracted | None:
    try:
        return Extracted.model_validate_json(text)
    except ValueError:
        return None


PROMPTS = load()
TOKENS = O200k()


def extractor(desk: Desk, *, pack_tokens: int = 8000, language: str = "en") -> AskedExtractor:
    return AskedExtractor(
        desk,
        PROMPTS,
        chunker=partial(chunk, tokenizer=TOKENS, max_tokens=pack_tokens),
        fallback=RulesExtractor(),
        manner=Manner(pack_tokens=pack_tokens, language=language),
    )


def extractions(desk: Desk, articles: list[Article], **more: Any) -> dict[str, Extraction]:
    found = list(extractor(desk, **more).extract(articles))
    assert len({each.article for each in found}) == len(found) == len(articles)
    return {each.article: each for each in found}


def claims(said: Json | list[Json], article: Article, **more: Any) -> tuple[Claim, ...]:
    """What becomes of one article when the model says this of it."""
    whole = said if isinstance(said, dict) else {"articles": [{"n": 1, "claims": said}]}
    return extractions(Desk(lambda _: whole), [article], **more)[article.id].claims


def places(extraction: Extraction) -> list[str]:
    return [claim.place.name for claim in extraction.claims if claim.place is not None]


# ── what is asked ──


def test_many_articles_share_a_call_and_each_gets_its_own_claims() -> None:
    desk = Desk()
    found = extractions(desk, NEWS)
    assert len(desk.asked) == 1
    assert [places(found[article.id]) for article in NEWS] == [[place] for place in PLACES]


def test_a_second_run_asks_nothing_however_the_articles_are_packed() -> None:
    desk = Desk()
    first = extractions(desk, NEWS)
    desk.asked.clear()
    assert extractions(desk, NEWS[::-1], pack_tokens=30) == first
    assert desk.asked == []


def test_new_articles_at_the_front_cost_only_their_own_call() -> None:
    desk = Desk()
    extractions(desk, NEWS[1:])
    desk.asked.clear()
    extractions(desk, NEWS)
    (only,) = desk.asked
    assert "Tal Hamra" in only.prompt.user
    assert "Orlovka" not in only.prompt.user


def test_an_estimate_counts_the_questions_that_a_run_would_ask() -> None:
    desk = Desk()
    estimated = list(extractor(desk, pack_tokens=30).questions(NEWS))
    extractions(desk, NEWS, pack_tokens=30)
    assert estimated == desk.asked
    assert list(extractor(desk).questions(NEWS)) == []


def test_packs_keep_the_order_and_the_budget() -> None:
    for pack in _packs(NEWS, tokens=30):
        assert len(pack) == 1 or sum(share.tokens for share in pack) <= 30
    assert [share.article for pack in _packs(NEWS, tokens=30) for share in pack] == NEWS


def test_a_long_article_is_asked_in_shares_and_read_whole() -> None:
    article = news("Tal Hamra", *["Nobody expected it at all."] * 40, TAKEN.format("Orlovka"))
    desk = Desk()
    found = extractions(desk, [article], pack_tokens=100)
    assert len(desk.asked) > 1
    assert places(found[article.id]) == ["Tal Hamra", "Orlovka"]


def test_an_article_without_sentences_is_done_without_a_call(make_article: Callable[..., Article]) -> None:
    empty, desk = make_article(), Desk()
    assert extractions(desk, [empty])[empty.id].claims == ()
    assert desk.asked == []


def test_the_first_call_is_on_its_way_before_the_last_article_is_looked_at() -> None:
    seen: list[str] = []

    def looked_at(article: Article) -> Iterator[Any]:
        seen.append(article.id)
        return iter(chunk(article, tokenizer=TOKENS, max_tokens=100))

    desk = Desk()
    asking = AskedExtractor(
        desk, PROMPTS, chunker=lambda a: list(looked_at(a)), fallback=RulesExtractor(), manner=Manner(pack_tokens=20)
    )
    next(asking.extract(NEWS))
    assert len(seen) < len(NEWS)


# ── a part of a shared reply ──


def _writer(articles: str) -> Prompt:
    return PROMPTS.render("extract", articles=articles, language="English", date="")


def _shares(articles: Iterable[Article]) -> list[Share]:
    whole = partial(chunk, tokenizer=TOKENS, max_tokens=8000)
    return [share for article in articles for share in shares(article, chunker=whole, writer=_writer)]


def _packs(articles: list[Article], *, tokens: int) -> list[list[Share]]:
    return list(packs(_shares(articles), tokens=tokens))


COUNTS = st.lists(st.integers(1, 5), min_size=1, max_size=5)


@given(COUNTS, st.data())
def test_the_share_of_a_packed_reply_is_the_reply_to_the_article_alone(sizes: list[int], data: st.DataObject) -> None:
    alone = [
        Extracted(
            articles=(
                ArticleSaid(
                    n=1,
                    claims=tuple(
                        ClaimSaid(
                            s=tuple(data.draw(st.lists(st.integers(1, size), min_size=1, max_size=3))), k=Kind.CLASH
                        )
                        for _ in range(data.draw(st.integers(0, 3)))
                    ),
                ),
            )
        )
        for size in sizes
    ]
    packed, parts = _pack(alone, sizes)
    assert [packed.part(part) for part in parts] == alone


def _pack(alone: list[Extracted], sizes: list[int]) -> tuple[Extracted, list[Part]]:
    """Replies to articles alone, as one reply that numbers articles and sentences on."""
    said, parts, first = [], [], 1
    for number, (reply, size) in enumerate(zip(alone, sizes, strict=True), start=1):
        moved = [
            claim.model_copy(update={"s": tuple(at + first - 1 for at in claim.s)})
            for claim in reply.articles[0].claims
        ]
        said.append(ArticleSaid(n=number, claims=tuple(moved)))
        parts.append(Part(Prompt("extract", "", "", ""), number, first, first + size))
        first += size
    return Extracted(articles=tuple(said)), parts


def test_a_claim_that_cites_another_article_is_lost_and_its_neighbours_stay() -> None:
    def mixed(question: Question[Extracted]) -> Json:
        said = reading(question.prompt.user)
        said["articles"][0]["claims"].append(taken(2, "Orlovka"))
        return said

    found = extractions(Desk(mixed), NEWS[:2])
    assert [places(found[article.id]) for article in NEWS[:2]] == [["Tal Hamra"], ["Orlovka"]]


@pytest.mark.parametrize("sentences", [[0], [-1], [2], [99999], [1, 2], [10**30], []])
def test_a_claim_that_cites_what_is_not_there_is_lost_and_its_neighbours_stay(sentences: list[int]) -> None:
    wrong = taken(1, "Tal Hamra", w="") | {"s": sentences}
    found = claims([wrong, taken(1, "Tal Hamra")], NEWS[0])
    assert [claim.when.as_written for claim in found] == ["Tuesday"]


def test_an_article_that_the_model_passed_over_is_asked_again_alone_and_not_kept_as_read() -> None:
    def forgetful(question: Question[Extracted]) -> Json:
        said = reading(question.prompt.user)
        return {"articles": said["articles"][:1]}

    desk = Desk(forgetful)
    found = extractions(desk, NEWS[:3])
    assert [places(found[article.id]) for article in NEWS[:3]] == [[place] for place in PLACES[:3]]
    assert len(desk.asked) == 3
    assert not any(each.fell_back for each in found.values())


# ── questions without an answer ──


def test_a_truncated_reply_is_asked_again_in_halves() -> None:
    desk = Desk(lambda question: Cause.TRUNCATED if len(question.parts) > 2 else good(question))
    found = extractions(desk, NEWS[:4])
    assert [len(each.parts) for each in desk.asked] == [4, 2, 2]
    assert [places(found[article.id]) for article in NEWS[:4]] == [[place] for place in PLACES[:4]]


def test_one_article_too_long_for_the_model_is_asked_in_halves_by_its_sentences() -> None:
    article = news("Tal Hamra", *["Nobody expected it."] * 6, TAKEN.format("Orlovka"))
    desk = Desk(lambda question: Cause.TOO_LONG if len(entries(question.prompt.user)[0][1]) > 3 else good(question))
    found = extractions(desk, [article])[article.id]
    assert places(found) == ["Tal Hamra", "Orlovka"]
    assert not found.fell_back


@pytest.mark.parametrize("cause", [Cause.TRUNCATED, Cause.TOO_LONG])
def test_dividing_ends_and_the_rules_reader_takes_the_article(cause: Cause) -> None:
    article = news("Tal Hamra", "Nobody expected it.", "It rained.")
    desk = Desk(lambda _: cause)
    found = extractions(desk, [article, NEWS[1]])
    assert len(desk.asked) < 12
    assert all(each.fell_back for each in found.values())
    assert found[article.id].claims == tuple(claims_of(article))


@pytest.mark.parametrize("cause", [Cause.REFUSED, Cause.INVALID, Cause.REJECTED])
def test_one_poisonous_article_takes_no_neighbour_with_it(cause: Cause) -> None:
    desk = Desk(lambda question: cause if "Orlovka" in question.prompt.user else good(question))
    found = extractions(desk, NEWS)
    fallen = [article.id for article in NEWS if found[article.id].fell_back]
    assert fallen == [NEWS[1].id]
    assert found[NEWS[1].id].note == f"the model: {cause.value}"
    assert found[NEWS[1].id].claims == tuple(claims_of(NEWS[1]))
    assert places(found[NEWS[0].id]) == ["Tal Hamra"]
    assert len(desk.asked) == 1 + len(NEWS)


@pytest.mark.parametrize("cause", [Cause.UNAVAILABLE, Cause.BUDGET])
def test_where_the_model_is_gone_or_too_dear_the_rules_reader_takes_all_at_once(cause: Cause) -> None:
    desk = Desk(lambda _: cause)
    found = extractions(desk, NEWS)
    assert len(desk.asked) == 1
    assert all(each.fell_back and each.note and each.claims for each in found.values())


def test_what_the_model_read_of_a_long_article_stays_where_the_rest_falls_back() -> None:
    article = news("Tal Hamra", *["Nobody expected it at all."] * 40, TAKEN.format("Orlovka"))
    desk = Desk(lambda question: Cause.BUDGET if "Orlovka" in question.prompt.user else good(question))
    found = extractions(desk, [article], pack_tokens=100)[article.id]
    assert places(found) == ["Tal Hamra", "Orlovka"]
    assert found.fell_back


def test_an_article_in_another_language_that_the_model_did_not_take_is_not_read_as_english() -> None:
    article = replace(article_of("Les rebelles ont pris Orlovka mardi."), language="fr")
    found = extractions(Desk(lambda _: Cause.REFUSED), [article])[article.id]
    assert found.claims == ()
    assert "(fr)" in found.note


def test_a_stopped_run_says_how_far_it_came_and_goes_on_where_it_was() -> None:
    desk = Desk(lambda question: good(question) if len(desk.asked) < 3 else Cause.STOPPED)
    done: list[str] = []
    with pytest.raises(Stopped, match=r"2 of 6 articles .* run again"):
        done.extend(each.article for each in extractor(desk, pack_tokens=20).extract(NEWS))
    desk.reader, asked = good, len(desk.asked)
    assert len(done) == 2
    extractions(desk, NEWS, pack_tokens=20)
    assert len(desk.asked) - asked == len(NEWS) - 2


def test_a_key_that_is_not_taken_ends_the_run() -> None:
    class Locked(Desk):
        def ask(self, questions: Iterable[Question[Extracted]]) -> Iterator[Answer[Extracted]]:
            raise ModelRejected("the server does not take the key; set OPENAI_API_KEY")

    with pytest.raises(ModelRejected, match="OPENAI_API_KEY"):
        list(extractor(Locked()).extract(NEWS))
