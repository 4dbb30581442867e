"""Day after day: what a reader is told as news, what keeps its identity, and how the ledger goes on."""

from dataclasses import replace
from datetime import date

import pytest

from briefer.types import Change, Extent, Kind, Modality, Status
from tests.claim_factory import REBEL, STATE, actor, day, killed, party
from tests.days import Days, changes

ARMY = actor("the army", "Army", STATE)
REBELS = actor("Dawn Brigade", kind=REBEL)


@pytest.fixture
def days():
    """Three outlets that report on the 5th: Brega captured by the rebels."""
    days = Days()
    days.desk.article("herald-5", "Herald", 5)
    days.desk.claim("herald-5", change=Change.CAPTURED, by=REBELS, on=ARMY, place="Brega", when=day(5), front="East")
    return days


def test_what_was_told_is_not_told_again(days):
    assert [change.kind for change in changes(days.edition(5))] == ["new"]
    days.desk.article("herald-6", "Herald", 6)
    days.desk.claim("herald-6", change=Change.CAPTURED, by=REBELS, on=ARMY, place="Brega", when=day(5), front="East")
    briefing = days.edition(6)
    assert changes(briefing) == []
    assert briefing.events == ()
    assert [front.quiet for front in briefing.fronts] == [True]


def test_a_late_article_amends_the_event_that_it_is_about(days):
    days.edition(5)
    (before,) = days.last.events
    days.desk.article("tribune-6", "Tribune", 6)
    days.desk.claim("tribune-6", change=Change.RECAPTURED, by=REBELS, on=ARMY, place="Brega", when=day(5), front="East")
    days.edition(6)
    (after,) = days.last.events
    assert after.id == before.id
    assert len(after.claims) == 2


def test_a_claim_that_others_bear_out_is_told_as_changed():
    days = Days()
    days.desk.article("radio-5", "Radio", 5)
    days.desk.claim(
        "radio-5", change=Change.CAPTURED, by=REBELS, place="Brega", when=day(5), attribution=party("Dawn Brigade")
    )
    days.edition(5)
    for outlet in ("Herald", "Tribune"):
        days.desk.article(f"{outlet}-6", outlet, 6)
        days.desk.claim(f"{outlet}-6", change=Change.CAPTURED, by=REBELS, place="Brega", when=day(5))
    (change,) = changes(days.edition(6))
    assert change.kind == "changed"
    assert change.edition == date(2011, 3, 5)
    assert "claimed" in change.what
    assert "corroborated" in change.what


def test_a_toll_that_rises_is_one_event_and_its_rise_is_told():
    days = Days()
    for number, dead in ((5, 12), (6, 17), (7, 19)):
        days.desk.article(f"herald-{number}", "Herald", number)
        toll = (killed(dead),)
        days.desk.claim(f"herald-{number}", Kind.STRIKE, by=ARMY, place="Brega", when=day(5), casualties=toll)
        told = changes(days.edition(number))
        assert [change.kind for change in told] == ["new" if number == 5 else "changed"]
    assert len(days.last.events) == 1
    assert "had" in told[0].what
    assert "17" in told[0].what


def test_what_undoes_a_told_event_is_a_change_and_names_it(days):
    days.edition(5)
    days.desk.article("herald-7", "Herald", 7)
    days.desk.claim("herald-7", change=Change.RECAPTURED, by=ARMY, on=REBELS, place="Brega", when=day(7), front="East")
    briefing = days.edition(7)
    assert [change.kind for change in changes(briefing)] == ["changed"]
    assert {event.status for event in briefing.events} == {Status.REVERSED, Status.CLAIMED}
    assert "had captured" in changes(briefing)[0].what


def test_what_opposes_a_told_event_is_told_as_contradicted(days):
    days.edition(5)
    days.desk.article("radio-6", "Radio", 6)
    days.desk.claim(
        "radio-6", change=Change.HELD, by=ARMY, place="Brega", when=day(5), attribution=party("Army"), front="East"
    )
    assert "contradicted" in [change.kind for change in changes(days.edition(6))]


def test_a_claim_that_was_taken_back_is_withdrawn_with_its_edition(days):
    days.edition(5)
    days.withdrawn = {days.desk.claims[0].id: "herald-6"}
    days.desk.article("herald-6", "Herald", 6)
    days.desk.claim("herald-6", Kind.SHELLING, by=ARMY, place="Ajdabiya", when=day(6), front="East")
    briefing = days.edition(6)
    (gone,) = changes(briefing, "withdrawn")
    assert gone.edition == date(2011, 3, 5)
    assert "Herald took back" in gone.what
    assert briefing.changes[0] == gone
    assert [row for row in briefing.ledger if row.place == "Brega"] == []
    assert changes(days.edition(7)) == []


def test_a_toll_that_was_taken_back_is_a_correction():
    days = Days()
    for outlet, dead in (("Herald", 41), ("Tribune", 14)):
        days.desk.article(f"{outlet}-5", outlet, 5)
        days.desk.claim(f"{outlet}-5", Kind.STRIKE, by=ARMY, place="Brega", when=day(5), casualties=(killed(dead),))
    days.edition(5)
    days.withdrawn = {days.desk.claims[0].id: "Herald-6"}
    days.desk.article("Herald-6", "Herald", 6)
    (change,) = changes(days.edition(6))
    assert change.kind == "corrected"
    assert change.edition == date(2011, 3, 5)


def test_the_ledger_goes_on_when_the_report_is_no_longer_remembered(days):
    days.edition(5)
    days.desk.article("herald-25", "Herald", 25)
    days.desk.claim("herald-25", Kind.SHELLING, by=ARMY, place="Misrata", when=day(25), front="West")
    briefing = days.edition(25)
    assert [(row.place, row.holder, row.since) for row in briefing.ledger] == [
        ("Brega", "Dawn Brigade", date(2011, 3, 5))
    ]


def test_old_news_does_not_move_the_ledger(days):
    days.desk.article("herald-6", "Herald", 6)
    days.desk.claim("herald-6", change=Change.RECAPTURED, by=ARMY, on=REBELS, place="Brega", when=day(6), front="East")
    days.edition(6)
    days.desk.article("herald-22", "Herald", 22)
    days.desk.claim("herald-22", change=Change.CAPTURED, by=REBELS, on=ARMY, place="Brega", when=day(5), front="East")
    briefing = days.edition(22)
    assert [(row.holder, row.since) for row in briefing.ledger] == [("Army", date(2011, 3, 6))]


def test_a_place_keeps_the_name_under_which_it_was_told(days):
    days.desk.claims[0] = replace(
        days.desk.claims[0], place=replace(days.desk.claims[0].place, name="Zawiya", canonical="Zawiya")
    )
    days.edition(5)
    for number in (6, 7):
        days.desk.article(f"herald-{number}", "Herald", number)
        days.desk.claim(f"herald-{number}", Kind.SHELLING, by=ARMY, place="Zawiyah", when=day(number), front="East")
    briefing = days.edition(7)
    assert {event.place.canonical for event in briefing.events} == {"Zawiya"}
    assert [row.place for row in briefing.ledger] == ["Zawiya"]


def test_a_front_is_quiet_since_its_last_report(days):
    days.edition(5)
    days.desk.article("herald-8", "Herald", 8)
    days.desk.claim("herald-8", Kind.SHELLING, by=ARMY, place="Misrata", when=day(8), front="West")
    quiet = changes(days.edition(8), "quiet")
    assert [(change.place, change.what) for change in quiet] == [
        ("East", "East: no new reporting since Saturday 5 March.")
    ]


def test_a_digest_of_one_front_tells_of_no_other(days):
    days.desk.claim("herald-5", Kind.SHELLING, by=ARMY, place="Misrata", when=day(5), front="West")
    briefing = days.edition(5, fronts=("west",))
    assert [front.name for front in briefing.fronts] == ["West"]
    assert {change.place for change in briefing.changes} == {"Misrata"}


def test_a_day_without_articles_is_an_edition_that_says_so(days):
    days.edition(5)
    briefing = days.edition(6)
    assert changes(briefing) == []
    assert briefing.since == date(2011, 3, 5)
    assert briefing.lead == ()
    assert briefing.sources == ()


def test_a_first_edition_has_the_last_day_as_news_and_the_second_does_not_make_up_for_it(days):
    first = days.edition(9)
    assert first.events == ()
    days.desk.article("herald-10", "Herald", 10)
    days.desk.claim("herald-10", Kind.SHELLING, by=ARMY, place="Misrata", when=day(10), front="West")
    assert [change.place for change in changes(days.edition(10))] == ["Misrata"]


def test_the_same_days_give_the_same_editions(days):
    one, other = Days(desk=days.desk), Days(desk=days.desk)
    assert [one.edition(n).model_dump_json() for n in (5, 6)] == [other.edition(n).model_dump_json() for n in (5, 6)]


def test_an_event_that_two_known_ones_became_keeps_one_id_and_says_which_it_replaces():
    days = Days()
    days.desk.article("herald-5", "Herald", 5)
    days.desk.claim("herald-5", change=Change.CAPTURED, place="Brega", by=actor("Front"), when=day(5), id="a1")
    days.edition(5)
    days.events["a2"] = "eold"
    days.desk.article("tribune-6", "Tribune", 6)
    days.desk.claim("tribune-6", change=Change.CAPTURED, place="Brega", by=actor("Front"), when=day(5), id="a2")
    days.edition(6)
    (event,) = days.last.events
    kept, gone = event.id, ({"eold", days.events["a1"]} - {event.id})
    assert dict(days.last.replaced) == dict.fromkeys(gone, kept)


def test_who_holds_is_disputed_as_long_as_both_sides_say_that_they_do():
    days = Days()
    days.desk.article("radio-5", "Radio", 5)
    days.desk.claim(
        "radio-5",
        change=Change.CAPTURED,
        by=REBELS,
        on=ARMY,
        place="Torvic",
        when=day(5),
        attribution=party("Dawn Brigade"),
    )
    assert [row.state for row in days.edition(5).ledger] == ["claimed"]
    days.desk.article("state-6", "State", 6)
    days.desk.claim(
        "state-6", change=Change.HELD, by=ARMY, on=REBELS, place="Torvic", when=day(6), attribution=party("Army")
    )
    assert [row.state for row in days.edition(6).ledger] == ["disputed"]
    days.desk.article("herald-8", "Herald", 8)
    days.desk.claim("herald-8", change=Change.HELD, by=REBELS, place="Torvic", when=day(8))
    assert [(row.holder, row.state) for row in days.edition(8).ledger] == [("Dawn Brigade", "held")]


def test_plans_are_no_taking(days):
    days.edition(5)
    days.desk.article("herald-6", "Herald", 6)
    days.desk.claim(
        "herald-6",
        change=Change.CAPTURED,
        by=ARMY,
        place="Brega",
        when=day(7),
        modality=Modality.PLANNED,
        extent=Extent.FULL,
    )
    assert [row.holder for row in days.edition(6).ledger] == ["Dawn Brigade"]
