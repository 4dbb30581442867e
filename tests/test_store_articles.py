"""Articles and readings in the store: nothing twice, nothing lost, in the order of time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from memory_factory import WAR, article, at, kept, reading
from store_places import KINDS, new_place

from briefer.store import open_store
from briefer.types import KeptArticle


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    with open_store(new_place(request.param, tmp_path)) as opened:
        yield opened


def test_an_article_is_new_once_and_keeps_when_it_was_first_seen(store):
    first = kept("Danilo fell.")
    assert store.articles.put([first, first]) == {first.article.id}
    assert store.articles.put([replace(first, seen=at(18))]) == frozenset()
    assert store.articles.get([first.article.id, "none"]) == {first.article.id: first}


def test_an_article_may_be_in_several_collections(store):
    one, other = kept("Danilo fell."), kept("Danilo fell.", collection="peace", url="https://other.example/1")
    store.articles.put([one])
    assert store.articles.put([one, other]) == {other.article.id}
    assert store.articles.get([one.article.id], WAR) == {one.article.id: one}
    assert store.articles.get([one.article.id], "peace") == {one.article.id: other}
    assert store.articles.get([one.article.id]) == {one.article.id: other}
    assert store.articles.collections() == ("peace", WAR)
    assert store.articles.known(WAR, [one.article.id, "none"]) == {one.article.id}


def test_a_window_has_what_was_published_in_it_and_the_undated_seen_in_it(store):
    late, early = kept("Late.", 17), kept("Early.", 15)
    undated, outside = kept("Undated.", 16, dated=False), kept("Outside.", 19)
    store.articles.put([late, outside, undated, early])
    assert store.articles.window(WAR, at(15, 12), at(17, 12)) == [early, undated, late]
    assert store.articles.window(WAR, at(15, 13), at(17, 11)) == [undated]
    assert store.articles.window("peace", at(15), at(17)) == []
    assert store.articles.ids(WAR) == tuple(one.article.id for one in (early, undated, late, outside))
    assert store.articles.span(WAR) == (at(15, 12), at(19, 12))
    assert store.articles.span("peace") is None
    assert store.articles.last_seen(WAR) == {early.source: at(19, 13)}


def test_articles_are_found_by_their_address(store):
    one, two = (
        kept("One.", 15, url="https://herald.example/1"),
        kept("One, mended.", 16, url="https://herald.example/1"),
    )
    store.articles.put([two, one, kept("No address.")])
    found = store.articles.of_address(WAR, ["https://herald.example/1", "https://herald.example/2", ""])
    assert found == {"https://herald.example/1": [one, two]}


@pytest.mark.parametrize("year", [1, 9999])
def test_a_time_at_the_ends_of_time_is_kept(store, year):
    odd = kept("Old.")
    zone = datetime.fromisoformat("2031-01-01T00:00:00+14:00").tzinfo
    published = datetime(year, 1, 1, tzinfo=zone) if year == 1 else datetime(year, 12, 31, 23, tzinfo=UTC)
    odd = replace(odd, article=replace(odd.article, published=published))
    assert store.articles.put([odd])
    assert store.articles.get([odd.article.id])[odd.article.id].article.published == published


def test_names_that_are_no_unicode_are_kept_with_a_sign_in_their_place(store):
    made = article("Danilo \x00 fell.", at(16))
    odd = KeptArticle(WAR, "drop/a\udcff\x00.txt", at(16), replace(made, name="drop/a\udcff.txt", url="x\x00"))
    store.articles.put([odd])
    found = store.articles.get([made.id])[made.id]
    assert found.source == "drop/a\ufffd\ufffd.txt"
    assert found.article.name == "drop/a\ufffd.txt"
    assert found.article.published == at(16)
    assert len(found.article.text) == len(made.text)
    assert store.articles.of_address(WAR, ["x\x00"]).keys() == {"x\x00"}


def test_many_articles_are_asked_for_at_once(store):
    many = [kept(f"Article {number}.") for number in range(1200)]
    assert len(store.articles.put(many)) == 1200
    assert len(store.articles.get([one.article.id for one in many])) == 1200


def test_a_readers_own_reading_goes_before_the_latest_of_another(store):
    rules, model, other = (reading("a1", name, f"c-{name}") for name in ("rules", "model", "other"))
    store.readings.put([model])
    store.readings.put([other])
    store.readings.put([rules, reading("a2", "rules")])
    assert store.readings.of(["a1", "a3"], "model") == {"a1": model}
    assert store.readings.of(["a1"], "nobody") == {"a1": rules}
    again = reading("a1", "model", "c-again")
    store.readings.put([again])
    assert store.readings.of(["a1"], "model") == store.readings.of(["a1"], "nobody") == {"a1": again}
