"""Memory: what one edition adds is there for the next, under ids that last."""

from dataclasses import replace

import pytest
from memory_factory import WAR, Edition, event, held, on, reading

from briefer.errors import StoreError
from briefer.store import open_store
from briefer.types import Status


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "briefer.db") as opened:
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
    assert [(name, told.event.id, told.date) for name, told in memory.told("", on(16), ["e1", "e2"]).items()] == [
        ("e1", "e1", on(16))
    ]
    assert memory.used("", on(16), ["a1", "a2"]) == {"a1"}
    assert memory.ledger_on(on(16)) == remembered.ledger
    assert memory.ledger(on(16)) == ()
    assert memory.withdrawn(["c9", "c1"]) == {"c9": "a1"}
    assert list(memory.editions_with_claims(["c-e1", "c-none"])) == ["c-e1"]


def test_an_event_that_went_up_in_another_is_understood_everywhere(memory):
    first = Edition(15, events=[event("old"), event("heir")], told=["old"])
    memory.save(first.remembered())
    merged = event("heir", "c-heir", "c-old", status=Status.CORROBORATED)
    memory.save(Edition(16, since=15, events=[merged], told=[], replaced={"old": "heir"}).remembered())
    assert memory.event_ids(["c-old", "c-heir"]) == {"c-old": "heir", "c-heir": "heir"}
    assert memory.events(["old"]) == {"old": merged}
    told = memory.told("", on(16), ["heir", "old"])
    assert told["heir"].event == replace(event("old"), id="heir")
    assert told["old"].event == event("old")
    assert [one.id for one in memory.events_about(place="danilo")] == ["heir"]


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
