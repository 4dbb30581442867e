"""Memory: what one edition adds is there for the next, under ids that last."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from memory_factory import WAR, Edition, at, event, held, kept, on, reading
from store_places import KINDS, new_place

from briefer.errors import StoreError
from briefer.store import Store, open_store
from briefer.store.soundness import faults
from briefer.types import Actor, EditionChange, EditionKey, Event, Status


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(new_place(request.param, tmp_path)) as opened:
        yield opened


@pytest.fixture
def memory(store):
    return store.memory(WAR)


def test_an_edition_is_there_with_all_that_it_adds(store, memory):
    edition = Edition(16, events=[event("e1"), event("e2", place="Port Almer")], told=["e1"])
    remembered = edition.remembered(
        readings=(reading("a1", "rules", "c1"),),
        used=("a1",),
        ledger=(held("Danilo", "People's Front"),),
        withdrawn={"c9": "a1"},
    )
    memory.save(remembered)
    assert memory.edition(edition.key) == remembered.edition
    assert memory.latest("") == remembered.edition
    assert store.readings.of(["a1", "a2"], "rules") == {"a1": remembered.readings[0]}
    assert memory.events(["e1", "e2", "e3"]) == {"e1": event("e1"), "e2": event("e2", place="Port Almer")}
    assert memory.event_ids(["c-e1", "c-none"]) == {"c-e1": "e1"}
    told = memory.told("", on(16), ["e1", "e2"])
    assert {name: (one.event, one.date) for name, one in told.items()} == {"e1": (event("e1"), on(16))}
    assert memory.used("", on(16), ["a1", "a2"]) == {"a1"}
    assert memory.ledger_on(on(16)) == remembered.ledger
    assert memory.ledger(on(16)) == ()
    assert memory.withdrawn(["c9", "c1"]) == {"c9": "a1"}
    carried = memory.editions_with_claims(["c-e1", "c-none"])
    assert {claim: [record.key for record in records] for claim, records in carried.items()} == {"c-e1": [edition.key]}


def test_collections_know_nothing_of_each_other(store, memory):
    memory.save(Edition(16, events=[event("e1")]).remembered(ledger=(held("Danilo", "Army"),), withdrawn={"c9": "a1"}))
    other = store.memory("elsewhere")
    assert other.latest("") is None
    assert other.events(["e1"]) == other.event_ids(["c-e1"]) == other.withdrawn(["c9"]) == {}
    assert other.told("", on(20), ["e1"]) == other.editions_with_claims(["c-e1"]) == {}
    assert other.ledger_on(on(20)) == ()
    assert other.events_about(place="danilo") == []


def test_an_event_that_went_up_in_another_is_understood_everywhere(memory):
    memory.save(Edition(15, events=[event("old"), event("heir")], told=["old"]).remembered())
    merged = event("heir", "c-heir", "c-old", status=Status.CORROBORATED)
    memory.save(Edition(16, since=15, events=[merged], told=[], replaced={"old": "heir"}).remembered())
    assert memory.event_ids(["c-old", "c-heir"]) == {"c-old": "heir", "c-heir": "heir"}
    assert memory.events(["old"]) == {"old": merged}
    told = memory.told("", on(16), ["heir", "old"])
    assert told["heir"].event == replace(event("old"), id="heir")
    assert told["old"].event == event("old")
    assert [one.id for one in memory.events_about(place="danilo")] == ["heir"]


def test_an_heir_that_goes_up_in_a_third_takes_all_with_it(memory):
    memory.save(Edition(14, events=[event("e1"), event("e2"), event("e3")]).remembered())
    memory.save(Edition(15, events=[event("e2", "c-e1", "c-e2")], told=[], replaced={"e1": "e2"}).remembered())
    last = event("e3", "c-e1", "c-e2", "c-e3")
    memory.save(Edition(16, events=[last], told=[], replaced={"e2": "e3"}).remembered())
    assert memory.events(["e1", "e2", "e3"]) == {"e1": last, "e2": last, "e3": last}
    assert memory.told("", on(16), ["e1"])["e1"].date == on(14)


def test_an_event_that_is_there_again_is_itself_again(memory):
    memory.save(Edition(14, events=[event("e1"), event("e2")]).remembered())
    memory.save(Edition(15, events=[event("e2", "c-e1", "c-e2")], told=[], replaced={"e1": "e2"}).remembered())
    memory.save(Edition(16, events=[event("e1"), event("e2")], told=[]).remembered())
    assert memory.events(["e1", "e2"]) == {"e1": event("e1"), "e2": event("e2")}
    assert memory.event_ids(["c-e1"]) == {"c-e1": "e1"}


def test_an_event_left_without_claims_is_no_more(memory):
    memory.save(Edition(15, events=[event("e1"), event("e2")], told=[]).remembered())
    memory.save(Edition(16, events=[event("e3", "c-e1")], told=[]).remembered())
    assert memory.events(["e1", "e2"]) == {"e2": event("e2")}
    assert [one.id for one in memory.events_about(place="danilo")] == ["e2", "e3"]


def test_events_are_found_by_any_spelling_of_place_and_side(memory):
    shelled = event("e1", place="Deir ez-Zor", opponent="Ora Militia", opponents=("Ora Militia",))
    memory.save(Edition(16, events=[shelled, event("e2", place="")], told=[]).remembered())
    assert memory.events_about(place="deir al zor") == [shelled]
    assert memory.events_about(actor="ora militia") == [shelled]
    assert [one.id for one in memory.events_about(actor="peoples front")] == ["e1", "e2"]
    assert memory.events_about(place="deir al zor", actor="nobody") == []
    assert memory.events_about() == []
    assert memory.names("place") == {"deir al zor": 1}


def test_each_reader_is_told_by_its_own_editions(memory):
    first, then = event("e1"), event("e1", status=Status.CONFIRMED)
    memory.save(Edition(14, "morning", events=[first]).remembered(used=("a1",)))
    memory.save(Edition(15, "evening", events=[then]).remembered(used=("a2",)))
    assert memory.told("morning", on(16), ["e1"])["e1"].event == first
    assert memory.told("evening", on(16), ["e1"])["e1"].event == then
    assert memory.told("evening", on(14), ["e1"]) == {}
    assert memory.used("evening", on(16), ["a1", "a2"]) == {"a2"}
    assert [record.key.reader for record in memory.editions()] == ["morning", "evening"]
    assert [record.key.reader for record in memory.editions("evening")] == ["evening"]


def test_what_was_told_between_two_days_is_that_of_the_last_edition_of_each(memory):
    def telling(number: int, *whats: str, since: int | None = None, hour: int = 18) -> None:
        made = Edition(number, since=since).remembered()
        changes = (*(EditionChange(kind="new", what=what) for what in whats), EditionChange(kind="quiet", what="quiet"))
        briefing = made.edition.briefing.model_copy(update={"changes": changes})
        memory.save(replace(made, edition=replace(made.edition, briefing=briefing, made=at(number, hour))))

    telling(14, "before")
    telling(16, "late", since=14, hour=20)
    telling(16, "early", since=15, hour=19)
    telling(15, "one", "two")
    telling(17, "after")
    told = [(day, [one.what for one in changes]) for day, changes in memory.changes("", on(14), on(16))]
    assert told == [(on(15), ["one", "two"]), (on(16), ["late"])]
    assert memory.changes("morning", on(14), on(16)) == []


def test_the_latest_of_one_day_is_the_last_made(memory):
    early, late = Edition(16, since=14), Edition(16, since=15)
    memory.save(late.remembered())
    again = early.remembered()
    memory.save(replace(again, edition=replace(again.edition, made=at(16, 20))))
    found = memory.latest("")
    assert found is not None
    assert found.key == early.key
    assert memory.latest("", until=on(15)) is None
    assert memory.edition(EditionKey(WAR, "", on(16))) is None


def test_an_edition_made_again_takes_back_what_it_told(memory):
    memory.save(Edition(15, events=[event("e1"), event("e2")]).remembered(used=("a1", "a2")))
    memory.save(Edition(16, since=15, events=[event("e1")]).remembered(used=("a1",)))
    memory.save(Edition(15, events=[event("e2")]).remembered(used=("a2",)))
    assert {name: told.date for name, told in memory.told("", on(16), ["e1", "e2"]).items()} == {
        "e1": on(16),
        "e2": on(15),
    }
    assert memory.used("", on(15), ["a1", "a2"]) == {"a2"}
    assert len(memory.editions_with_claims(["c-e1"])["c-e1"]) == 1


def test_a_final_edition_is_never_overwritten_and_the_rest_can_be_amended(memory):
    edition = Edition(16, events=[event("e1")])
    memory.save(edition.remembered())
    memory.finalise(edition.key)
    changed = Edition(16, events=[event("e1", status=Status.DISPUTED)])
    with pytest.raises(StoreError, match="has gone out and is not made again"):
        memory.save(changed.remembered())
    assert memory.events(["e1"]) == {"e1": event("e1")}
    memory.amend(changed.remembered())
    assert memory.events(["e1"])["e1"].status is Status.DISPUTED
    assert memory.latest("").briefing.events == (event("e1"),)
    assert memory.told("", on(16), ["e1"])["e1"].event == event("e1")


def test_an_edition_that_was_never_made_cannot_be_final(memory):
    with pytest.raises(StoreError, match="the edition of war for morning of 2031-05-16 is not in the store"):
        memory.finalise(Edition(16, "morning").key)


def test_an_edition_that_tells_an_unknown_event_is_not_kept(memory):
    with pytest.raises(StoreError, match="e9"):
        memory.save(Edition(16, events=[event("e1")], told=["e9"]).remembered(ledger=(held("Danilo", "Army"),)))
    assert memory.latest("") is None
    assert memory.events(["e1"]) == {}
    assert memory.ledger_on(on(16)) == ()


def ledger_of(memory, number):
    return {row.place: row.holder for row in memory.ledger_on(on(number))}


def test_the_ledger_tells_who_held_what_on_each_day(memory):
    one, other = held("Danilo", "Front", 12), held("Port Almer", "Army", 13)
    memory.save(Edition(14).remembered(ledger=(one, other)))
    memory.save(Edition(15).remembered(ledger=(one, other)))
    memory.save(Edition(16).remembered(ledger=(held("Danilo", "Army", 16), other)))
    memory.save(Edition(17).remembered(ledger=(other,)))
    assert ledger_of(memory, 13) == {}
    assert ledger_of(memory, 15) == {"Danilo": "Front", "Port Almer": "Army"}
    assert ledger_of(memory, 16) == {"Danilo": "Army", "Port Almer": "Army"}
    assert ledger_of(memory, 30) == {"Port Almer": "Army"}
    assert memory.ledger(on(16)) == memory.ledger_on(on(15))
    history = [(day, row.holder, row.state) for day, row in memory.history("danilo")]
    assert history == [(on(14), "Front", "held"), (on(16), "Army", "held"), (on(17), "", "unknown")]


def test_a_day_made_again_changes_no_later_day(memory):
    memory.save(Edition(14).remembered(ledger=(held("Danilo", "Front"), held("Sorrel", "Army"))))
    memory.save(Edition(16).remembered(ledger=(held("Danilo", "Front"), held("Sorrel", "Army"))))
    memory.save(Edition(14).remembered(ledger=(held("Danilo", "Army"),)))
    assert ledger_of(memory, 14) == {"Danilo": "Army"}
    assert ledger_of(memory, 16) == {"Danilo": "Front", "Sorrel": "Army"}
    memory.save(Edition(15).remembered(ledger=(held("Danilo", "Nobody"),)))
    memory.save(Edition(14).remembered(ledger=(held("Danilo", "Front"), held("Sorrel", "Army"))))
    assert ledger_of(memory, 14) == ledger_of(memory, 16) == {"Danilo": "Front", "Sorrel": "Army"}
    assert ledger_of(memory, 15) == {"Danilo": "Nobody"}


def test_what_is_derived_can_be_forgotten_and_derived_again(store, memory):
    store.articles.put([kept("Danilo fell.", 15)])
    sent = Edition(15, events=[event("e1", number=15)])
    memory.save(sent.remembered(ledger=(held("Danilo", "Front"),), readings=(reading("a1"),), used=("a1",)))
    memory.finalise(sent.key)
    memory.save(Edition(16, events=[event("e2")]).remembered(ledger=(held("Danilo", "Army"),), withdrawn={"c1": "a1"}))
    memory.forget()
    assert memory.events(["e1", "e2"]) == memory.event_ids(["c-e1"]) == memory.withdrawn(["c1"]) == {}
    assert memory.ledger_on(on(30)) == ()
    assert [record.key.date for record in memory.editions()] == [on(15), on(16)]
    assert memory.told("", on(16), ["e1", "e2"]).keys() == {"e1"}
    assert memory.used("", on(16), ["a1"]) == {"a1"}
    assert len(store.articles.ids(WAR)) == len(store.readings.of(["a1"], "rules")) == 1
    again = Edition(16, events=[event("e3")])
    memory.save(again.remembered(ledger=(held("Danilo", "Ora Militia"),)))
    memory.amend(sent.remembered(ledger=(held("Danilo", "Front"),)))
    assert ledger_of(memory, 15) == {"Danilo": "Front"}
    assert ledger_of(memory, 16) == {"Danilo": "Ora Militia"}
    assert memory.edition(again.key).briefing.events == (event("e3"),)
    assert faults(store.database) == []


def test_what_is_older_can_be_left_when_the_rest_is_forgotten(memory):
    memory.save(Edition(12, events=[event("e1", number=12)]).remembered(ledger=(held("Danilo", "Front", 12),)))
    memory.save(Edition(16, events=[event("e2")]).remembered(ledger=(held("Danilo", "Army"),)))
    memory.forget(since=on(14))
    assert memory.events(["e1", "e2"]).keys() == {"e1"}
    assert memory.event_ids(["c-e1", "c-e2"]) == {"c-e1": "e1"}
    assert ledger_of(memory, 16) == {"Danilo": "Front"}
    assert memory.told("", on(16), ["e1", "e2"]).keys() == {"e1"}


def test_an_edition_of_hostile_words_comes_back_as_it_was(memory):
    words = "\x1b[31m' OR 1=1; -- \u202e\U0001f600 \x00 {%s} \\u0041"
    hostile: Event = event("e1", headline=words, actors=(words,), actor=words, place="\u0627\u0644\u0631\u0642\u0629")
    memory.save(Edition(16, events=[hostile]).remembered())
    assert memory.events(["e1"]) == {"e1": hostile}
    assert memory.latest("").briefing.events == (hostile,)
    assert Actor(words, words).name == words
