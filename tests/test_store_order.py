"""In whatever order days are made and made again, each day is remembered as it was made last."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from memory_factory import WAR, Edition, event, held, on

from briefer.store import open_store
from briefer.store.soundness import faults
from briefer.types import Status

DAYS = range(1, 7)
days = st.sampled_from(DAYS)
holdings = st.dictionaries(st.sampled_from(["Danilo", "Sorrel"]), st.sampled_from(["Army", "Front"]))
tellings = st.dictionaries(st.sampled_from(["e1", "e2", "e3"]), st.sampled_from([Status.CLAIMED, Status.DISPUTED]))


@settings(max_examples=40)
@given(st.lists(st.tuples(days, holdings, tellings), max_size=12))
def test_each_day_is_remembered_as_it_was_made_last(saves):
    made = {}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "briefer.db") as store:
        memory = store.memory(WAR)
        for number, rows, told in saves:
            events = [event(name, status=status) for name, status in sorted(told.items())]
            ledger = tuple(held(place, who, number) for place, who in sorted(rows.items()))
            memory.save(Edition(number, events=events).remembered(ledger=ledger, used=tuple(told)))
            made[number] = (ledger, {one.id: one for one in events})
        for day in DAYS:
            until = [number for number in sorted(made) if number <= day]
            assert memory.ledger_on(on(day)) == (made[until[-1]][0] if until else ())
            expected = {name: (one, on(number)) for number in until for name, one in made[number][1].items()}
            found = memory.told("", on(day), ["e1", "e2", "e3"])
            assert {name: (one.event, one.date) for name, one in found.items()} == expected
            assert memory.used("", on(day), ["e1", "e2", "e3"]) == expected.keys()
        assert faults(store.database) == []
