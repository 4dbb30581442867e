"""What the memory answers: editions, differences, places, actors, and what a claim stands on."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from memory_factory import WAR as OTHER
from memory_factory import Edition, event, held, on
from remembered import DAYS, FIRST, WAR, edition, kept, remembering, settings_in

from briefer.compose import only_fronts
from briefer.errors import NothingToBrief, UsageError
from briefer.render.page import Marks
from briefer.settings import HouseNames
from briefer.store import open_store
from briefer.types import EditionChange, Evidence, Holding, MadeBy, Party, Place, Reading, Reason, Remembered, Ruling
from briefer.wiring.history import History
from briefer.wiring.trails import Excerpt, excerpts


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the store of the three days; not to be written."""
    folder = tmp_path_factory.mktemp("made")
    with remembering(folder):
        pass
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """The same, to be written."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def history(made):
    with open_store(made / "briefer.db") as store:
        yield History(store, WAR)


@pytest.fixture
def invented(tmp_path):
    """An empty memory, for editions made by hand."""
    with open_store(tmp_path / "invented.db") as store:
        yield History(store, OTHER)


def claim_of(history, number, words):
    """The id of the claim of a day's edition that says these words."""
    claims = history.edition(FIRST + timedelta(days=number)).briefing.claims
    return next(claim.id for claim in claims if words in claim.text)


def test_an_edition_is_found_by_its_day_and_the_last_without(history):
    assert history.edition(DAYS[0]).briefing.date == DAYS[0]
    assert history.edition().briefing.date == DAYS[-1]


@pytest.mark.parametrize(
    ("reader", "day", "words"),
    [
        ("", date(2031, 5, 20), "has 3, from 2031-05-14 to 2031-05-16, the nearest 2031-05-16"),
        ("", date(2030, 1, 1), "the nearest 2031-05-14"),
        ("morning", None, "for the digest morning has no edition yet; `briefer digest send morning`"),
    ],
)
def test_a_day_without_an_edition_is_told_with_those_there_are(history, reader, day, words):
    with pytest.raises(NothingToBrief, match=words):
        replace(history, reader=reader).edition(day)


def test_between_two_days_stand_what_was_told_and_the_places_that_moved(history):
    found = history.between(DAYS[0], DAYS[2])
    assert {(day, change.kind, change.place) for day, change in found.told} >= {
        (DAYS[1], "changed", "Tarhin"),
        (DAYS[2], "new", "Port Almer"),
    }
    assert {one.place: (one.before.holder, one.after.holder) for one in found.moved} == {
        "Tarhin": ("People's Front", "government forces"),
        "Port Almer": ("government forces", "People's Front"),
    }


def test_between_does_not_care_which_day_comes_first(history):
    assert history.between(DAYS[2], DAYS[0]) == history.between(DAYS[0], DAYS[2])


def test_between_one_day_and_itself_is_a_mistake(history):
    with pytest.raises(UsageError, match="one day; give two"):
        history.between(DAYS[0], DAYS[0])


def test_between_names_the_day_that_has_no_edition(history):
    with pytest.raises(NothingToBrief, match="no edition of 2031-05-20"):
        history.between(DAYS[0], date(2031, 5, 20))


def test_of_what_was_told_twice_between_two_days_the_last_telling_counts(invented):
    memory = invented.store.memory(OTHER)
    for number, kind in ((14, "new"), (15, "changed"), (16, "quiet"), (17, "withdrawn")):
        remembered = Edition(number, events=[event("e1")]).remembered()
        briefing = remembered.edition.briefing.model_copy(
            update={"changes": (EditionChange(kind=kind, what=f"{kind}.", event="e1"),)}
        )
        memory.save(replace(remembered, edition=replace(remembered.edition, briefing=briefing)))
    assert [change.kind for _, change in invented.between(on(14), on(17)).told] == ["withdrawn"]
    assert [change.kind for _, change in invented.between(on(14), on(16)).told] == ["changed"]


def test_a_place_has_its_states_with_who_said_so_and_its_events_in_order(history):
    found = history.place("tarhin")
    assert found.name == "Tarhin"
    assert [(one.day, one.last.holder) for one in found.stood] == [
        (DAYS[0], "People's Front"),
        (DAYS[1], "government forces"),
    ]
    said = [found.cited[one.last.last_evidence].source.outlet for one in found.stood]
    assert said == ["Delta Post", "Veld State Radio"]
    captured = next(event for event in found.events if event.change == "captured")
    assert found.reversing[captured.reversed_by].change == "recaptured"


def test_a_state_that_is_only_said_again_is_one_state(invented):
    memory = invented.store.memory(OTHER)
    for number in (14, 15, 16):
        row = replace(held("Danilo", "People's Front", 14), last_evidence=f"c-{number}")
        memory.save(Edition(number, events=[event("e1")]).remembered(ledger=(row,)))
    (one,) = invented.place("Danilo").stood
    assert (one.day, one.first.last_evidence, one.last.last_evidence) == (on(14), "c-14", "c-16")


def test_a_place_that_left_the_ledger_is_nobodys(invented):
    memory = invented.store.memory(OTHER)
    memory.save(Edition(14, events=[event("e1")]).remembered(ledger=(held("Danilo", "People's Front"),)))
    memory.save(Edition(15, events=[event("e1")]).remembered(ledger=()))
    assert [one.last.holder for one in invented.place("Danilo").stood] == ["People's Front", ""]


@pytest.mark.parametrize("spelling", ["TARHIN", "Tarhinn", "Tarchin the Old"])
def test_a_place_is_found_under_its_other_spellings(history, spelling):
    named = replace(history, house=HouseNames(places={"Tarhin": ("Tarchin the Old",)}))
    found = named.place(spelling)
    assert found.name == "Tarhin"
    assert "Tarchin the Old" in found.spellings


def test_a_place_is_found_as_a_source_writes_it(invented):
    written = replace(event("e1"), place=Place("Danylow", "Danilo"))
    invented.store.memory(OTHER).save(Edition(14, events=[written, event("e2", place="Daniel")]).remembered())
    found = invented.place("danylow")
    assert (found.name, found.spellings) == ("Danilo", ("Danylow",))


def test_an_actor_is_found_by_its_other_names(invented):
    remembered = Edition(14, events=[event("e1")]).remembered()
    party = Party("People's Front", aliases=("People's Army Front",))
    briefing = remembered.edition.briefing.model_copy(update={"actors": (party,)})
    invented.store.memory(OTHER).save(replace(remembered, edition=replace(remembered.edition, briefing=briefing)))
    assert invented.actor("People's Army Front").name == "People's Front"


def test_an_unknown_name_is_told_with_those_that_are_near(history):
    with pytest.raises(UsageError, match="'Tarhim' is no place of the collection veld; near it are: tarhin"):
        history.place("Tarhim")
    with pytest.raises(UsageError, match="no actor of the collection"):
        history.actor("Qqqq")


def test_an_actor_has_the_gains_and_losses_that_its_editions_gave_it(history):
    gains, losses = {}, {}
    for day in DAYS:
        for party in history.edition(day).briefing.actors:
            gains.setdefault(party.name, set()).update(party.gains)
            losses.setdefault(party.name, set()).update(party.losses)
    for name in ("People's Front", "government forces"):
        found = history.actor(name)
        assert (found.gains, found.losses) == (gains[name], losses[name]), name
    assert history.actor("People's Front").gains


def test_why_shows_the_words_in_their_article(history):
    trail = history.why(claim_of(history, 0, "captured the town of Tarhin"))
    assert trail.excerpts == (
        Excerpt(
            "",
            "Fighters of the People's Front captured the town of Tarhin on Wednesday after two days of fighting, "
            "residents said.",
            "The army withdrew its armoured vehicles to the river.",
        ),
    )
    assert trail.source.outlet == "Delta Post"
    assert trail.article.seen.hour == 13
    assert trail.carried == DAYS[:2]
    assert trail.by_rules
    assert trail.event.reversed_by


def test_why_takes_a_claim_an_event_and_a_mark(history):
    briefing = history.edition(DAYS[0]).briefing
    event = briefing.events[0]
    mark = Marks.of(briefing)[event.id]
    ids = {what: [trail.claim.id for trail in history.behind(what, DAYS[0])] for what in (event.id, f"[{mark}]")}
    assert ids == {event.id: list(event.claims), f"[{mark}]": list(event.claims)}
    assert history.behind(event.claims[0])[0].claim.id == event.claims[0]


@pytest.mark.parametrize("what", ["99", "c000000000000", "e000000000000", "nonsense", "", "\x1b[2J"])
def test_why_says_what_it_does_not_know(history, what):
    with pytest.raises(UsageError, match=r"is no (mark|claim or event) of "):
        history.behind(what)


def test_why_answers_when_the_article_is_not_kept_any_more(history, folder):
    claim = claim_of(history, 0, "captured the town of Tarhin")
    with open_store(folder / "briefer.db") as store:
        with store.database.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM articles")
            connection.exec_driver_sql("DELETE FROM readings")
        trail = History(store, WAR).why(claim)
    assert trail.article is None
    assert trail.reading is None
    assert trail.by_rules
    assert trail.source.outlet == "Delta Post"
    assert [excerpt.before + excerpt.after for excerpt in trail.excerpts] == [""]
    assert "captured the town of Tarhin" in trail.excerpts[0].quote


def test_why_tells_that_the_outlet_took_it_back(history, folder):
    claim = claim_of(history, 0, "captured the town of Tarhin")
    notice = kept(2, "Delta Post", "Correction", "Correction: Delta Post said that Tarhin had fallen. It had not.")
    with open_store(folder / "briefer.db") as store:
        store.articles.put([notice])
        last = History(store, WAR).edition()
        memory = store.memory(WAR)
        memory.save(Remembered(last, withdrawn={claim: notice.article.id}))
        trail = History(store, WAR).why(claim)
    assert trail.taken_back == notice.article.id
    assert trail.notice.article.title == "Correction"


def test_why_finds_what_was_withheld(invented):
    memory = invented.store.memory(OTHER)
    remembered = Edition(16, events=[event("e1", "c111111111111")]).remembered()
    briefing = remembered.edition.briefing
    held_back = replace(
        briefing.claims[0], id="c0123456789ab", verdict=Ruling.UNSUPPORTED, reason=Reason.PLANNED_AS_DONE
    )
    briefing = briefing.model_copy(update={"withheld": (held_back,)})
    memory.save(replace(remembered, edition=replace(remembered.edition, briefing=briefing)))
    assert invented.why("c0123456789ab").claim.reason is Reason.PLANNED_AS_DONE
    assert invented.behind("c0123456789ab", on(16))[0].carried == ()


def test_why_tells_who_read_it_by_the_first_edition_that_had_it(invented):
    memory = invented.store.memory(OTHER)
    first = MadeBy(extractor="llm", model="qwen3", prompts={"extract": "1a2b3c"})
    for number, made_by in ((15, first), (16, MadeBy())):
        remembered = Edition(number, events=[event("e1", "c111111111111")]).remembered()
        briefing = remembered.edition.briefing.model_copy(update={"made_by": made_by})
        memory.save(replace(remembered, edition=replace(remembered.edition, briefing=briefing)))
    trail = invented.why("c111111111111")
    assert (trail.made_by.model, trail.by_rules) == ("qwen3", False)
    read = Reading("a1", "llm:1", (trail.claim,), "the model refused", fell_back=True)
    invented.store.readings.put([read])
    assert invented.why("c111111111111").by_rules


def test_why_answers_for_what_only_another_reader_got(folder):
    with open_store(folder / "briefer.db") as store:
        edition(settings_in(folder), store, 0, reader="morning")
        with store.database.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM editions WHERE reader = ''")
        claim = store.memory(WAR).latest("morning").briefing.claims[0].id
        trail = History(store, WAR).why(claim)
    assert trail.carried == ()
    assert [key.reader for key in trail.editions] == ["morning"]


def test_sentences_of_evidence_that_stand_together_are_one_excerpt(make_article):
    sentences = [f"Sentence number {number}." for number in range(6)]
    article = make_article(*sentences)
    spans = [article.sentences[number] for number in (1, 2, 5)]
    evidence = [
        Evidence(number, span.start, span.end, article.sentence(number))
        for number, span in zip((1, 2, 5), spans, strict=True)
    ]
    assert excerpts(evidence, article) == (
        Excerpt(sentences[0], f"{sentences[1]} {sentences[2]}", sentences[3]),
        Excerpt(sentences[4], sentences[5], ""),
    )
    other = make_article("Another text.", *sentences)
    assert excerpts(evidence, other)[0] == Excerpt("", f"{sentences[1]} {sentences[2]}", "")


def test_one_front_of_an_edition_is_whole_in_itself(history):
    part = only_fronts(history.edition(DAYS[0]).briefing, ["almer"])
    assert [front.name for front in part.fronts] == ["Port Almer"]
    ids = {event.id for event in part.events}
    assert {name for front in part.fronts for name in front.events} == ids
    assert {claim.id for claim in part.claims} == {claim for event in part.events for claim in event.claims}
    assert {claim.article for claim in part.claims} == {source.id for source in part.sources}
    assert {name for party in part.actors for name in (*party.gains, *party.losses)} <= ids
    assert {change.event for change in part.changes} <= ids
    assert [row.place for row in part.ledger] == ["Port Almer"]


def test_a_front_that_the_lead_leaves_out_begins_with_its_own_story(history):
    briefing = history.edition(DAYS[0]).briefing.model_copy(update={"lead": ()})
    part = only_fronts(briefing, ["tarhin"])
    assert part.lead == part.fronts[0].situation[:1]


def test_what_an_outlet_withdrew_is_told_with_every_front_that_it_may_be_of(history):
    briefing = history.edition(DAYS[0]).briefing
    gone = EditionChange(kind="withdrawn", what="Taken back.", event="e-gone", place="Nowhere")
    elsewhere = gone.model_copy(update={"place": "Tarhin"})
    part = only_fronts(briefing.model_copy(update={"changes": (gone, elsewhere)}), ["almer"])
    assert part.changes == (gone,)


def test_a_front_that_is_not_there_is_told_with_those_that_are(history):
    with pytest.raises(UsageError, match="'mars' is no front of this edition; it has: Tarhin, Port Almer"):
        only_fronts(history.edition(DAYS[0]).briefing, ["mars"])


def test_a_row_of_the_ledger_without_a_holder_is_a_row(invented):
    memory = invented.store.memory(OTHER)
    memory.save(Edition(14, events=[event("e1")]).remembered(ledger=(held("Danilo", "People's Front"),)))
    row = Holding("Danilo", "", "unknown", None, "")
    memory.save(Edition(15, events=[event("e1")]).remembered(ledger=(row,)))
    (moved,) = invented.between(on(14), on(15)).moved
    assert moved.after == row
