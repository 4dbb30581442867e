"""What merging makes of claims: the traps of the domain one by one, and that order means nothing."""

import random
import sys
from dataclasses import replace
from datetime import date

import pytest
from claim_factory import REBEL, STATE, Desk, actor, day, killed, party
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.merge import merge
from briefer.types import (
    ActorKind,
    Attribution,
    Casualties,
    CasualtyKind,
    Change,
    Claimant,
    DatePrecision,
    DayPart,
    Event,
    Extent,
    Kind,
    Merged,
    Modality,
    Place,
    Status,
    When,
)

REBELS = actor("rebels", kind=REBEL)
ARMY = actor("the army", "Velanian Army", STATE)
TERRITORY = Kind.TERRITORY
UNDATED = When()


def merged(desk: Desk) -> Merged:
    return merge(desk.claims, list(desk.articles.values()))


def only(desk: Desk) -> Event:
    events = merged(desk).events
    assert len(events) == 1, [event.headline for event in events]
    return events[0]


def taken(desk: Desk, article: str, who=REBELS, whom=ARMY, place="Brega", change=Change.CAPTURED, **more) -> str:
    return desk.claim(article, TERRITORY, change, by=who, on=whom, place=place, **more)


# One event


def test_two_outlets_on_one_capture_are_one_event_of_two_sources() -> None:
    desk = Desk()
    taken(desk, desk.article("a", "Herald"), when=day(4))
    taken(desk, desk.article("b", "Tribune"), when=day(4))
    event = only(desk)
    assert (event.independent_sources, event.status) == (2, Status.CORROBORATED)
    assert event.claims == ("c0001", "c0002")


def test_copies_of_one_wire_count_once() -> None:
    desk = Desk()
    for name, outlet in (("a", "Herald"), ("b", "Tribune"), ("c", "Reuters")):
        taken(desk, desk.article(name, outlet, wire="" if outlet == "Reuters" else "Reuters"), when=day(4))
    event = only(desk)
    assert (event.independent_sources, event.status) == (1, Status.CLAIMED)


def test_articles_of_unknown_outlets_count_one_each_but_one_for_a_wire() -> None:
    desk = Desk()
    for name, wire in (("a", ""), ("b", ""), ("c", "AFP"), ("d", "AFP")):
        taken(desk, desk.article(name, "", wire=wire), when=day(4))
    assert only(desk).independent_sources == 3


def test_an_undated_claim_joins_the_dated_event_of_the_days_before_its_report() -> None:
    desk = Desk()
    taken(desk, desk.article("a", "Herald", published=4), when=day(4))
    taken(desk, desk.article("b", "Tribune", published=5))
    assert only(desk).when.start == date(2011, 3, 4)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"when": day(2)}, {"when": day(4)}, id="different days"),
        pytest.param({"place": "Brega"}, {"place": "Tobruk"}, id="different places"),
        pytest.param({"who": REBELS}, {"who": ARMY, "whom": REBELS}, id="different sides"),
        pytest.param({}, {"modality": Modality.PLANNED}, id="planned is not done"),
        pytest.param({}, {"modality": Modality.PREDICTED}, id="predicted is not done"),
        pytest.param({}, {"modality": Modality.HYPOTHETICAL}, id="hypothetical is not done"),
        pytest.param({}, {"modality": Modality.ATTEMPTED}, id="attempted is not taken"),
        pytest.param({}, {"modality": Modality.HISTORICAL}, id="background is not new"),
        pytest.param({}, {"change": Change.ADVANCED}, id="advanced is not taken"),
        pytest.param({}, {"change": Change.ENTERED}, id="entered is not taken"),
        pytest.param({}, {"place": Place("Brega", "Brega", "5 km north of", 2)}, id="north of is not at"),
        pytest.param({}, {"extent": Extent.OUTSKIRTS}, id="outskirts are not all"),
        pytest.param({"object": "the airport"}, {"object": "three villages"}, id="different things"),
        pytest.param({}, {"object": "the airport"}, id="a part is not the whole"),
    ],
)
def test_what_is_not_one_event(first: dict[str, object], second: dict[str, object]) -> None:
    desk = Desk()
    for name, more in (("a", first), ("b", second)):
        taken(desk, desk.article(name, name), **{"when": day(4), **more})
    assert len(merged(desk).events) == 2


def test_a_loss_told_by_the_loser_is_the_gain_told_by_the_winner_and_confirms_it() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4), attribution=party("rebels"))
    taken(desk, "b", who=ARMY, whom=REBELS, change=Change.WITHDREW, when=day(4), attribution=party("Velanian Army"))
    event = only(desk)
    assert (event.change, event.actor, event.opponent) == (Change.CAPTURED, "rebels", "Velanian Army")
    assert event.status is Status.CONFIRMED


def test_recaptured_is_kept_apart_from_a_sides_word_for_it() -> None:
    desk = Desk()
    for number in range(3):
        taken(desk, desk.article(f"a{number}", f"Outlet {number}"), when=day(4))
    taken(desk, "b", change=Change.RECAPTURED, when=day(4), attribution=party("rebels"))
    assert only(desk).change is Change.CAPTURED


def test_a_failed_assault_is_one_event_with_its_defence_and_nobodys_gain() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4), modality=Modality.ATTEMPTED)
    taken(desk, "b", who=ARMY, whom=REBELS, change=Change.REPELLED, when=day(4))
    event = only(desk)
    assert (event.change, event.actor) == (Change.REPELLED, "Velanian Army")
    assert all(not known.gains and not known.losses for known in merged(desk).parties)


# Tolls


def test_a_toll_revised_upward_is_one_event_with_a_range() -> None:
    desk = Desk()
    for name, published, number in (("a", 4, 10), ("b", 5, 14), ("c", 6, 17)):
        desk.article(name, name.upper(), published=published)
        desk.claim(name, Kind.STRIKE, by=ARMY, place="Brega", when=day(4), casualties=(killed(number),))
    event = only(desk)
    assert [count.best for count in event.casualties] == [10, 14, 17]
    assert [count.claimant for count in event.casualties] == ["A", "B", "C"]
    assert event.contradictions == ()
    assert "10 to 17 civilians killed" in event.headline


def test_different_numbers_of_two_claimants_stand_side_by_side() -> None:
    desk = Desk()
    low = desk.claim("a", Kind.CASUALTIES, place="Brega", when=day(4), casualties=(killed(3, claimant="the ministry"),))
    high = desk.claim("b", Kind.CASUALTIES, place="Brega", when=day(4), casualties=(killed(20, claimant="doctors"),))
    (found,) = only(desk).contradictions
    assert (found.about, found.one, found.other) == ("numbers", (low,), (high,))
    assert found.text == "the ministry says 3 civilians killed; doctors say 20 civilians killed"


def test_a_number_within_anothers_range_contradicts_nothing() -> None:
    desk = Desk()
    for name, count in (("a", killed(10, low=True)), ("b", killed(14))):
        desk.claim(name, Kind.CASUALTIES, place="Brega", when=day(4), casualties=(count,))
    assert only(desk).contradictions == ()


def test_killed_and_wounded_fighters_and_civilians_stay_apart() -> None:
    desk = Desk()
    wounded = Casualties(CasualtyKind.WOUNDED, 30, 30, 30, "civilians")
    counts = (killed(5), wounded, killed(2, "soldiers"))
    desk.claim("a", Kind.CASUALTIES, place="Brega", when=day(4), casualties=counts)
    event = only(desk)
    assert [(count.kind, count.victims, count.best) for count in event.casualties] == [
        ("killed", "civilians", 5),
        ("killed", "soldiers", 2),
        ("wounded", "civilians", 30),
    ]
    assert event.contradictions == ()
    assert "35" not in event.headline


def test_a_running_total_is_not_the_days_toll() -> None:
    desk = Desk()
    desk.claim("a", Kind.CASUALTIES, place="Brega", when=day(4), casualties=(killed(5),))
    since = When(date(2011, 2, 15), date(2011, 3, 4), DatePrecision.MONTH)
    desk.claim("b", Kind.CASUALTIES, place="Brega", when=since, casualties=(killed(230),))
    assert sorted(event.casualties[0].best or 0 for event in merged(desk).events) == [5, 230]


def test_a_toll_belongs_to_the_only_attack_of_that_place_and_day() -> None:
    desk = Desk()
    desk.claim("a", Kind.STRIKE, by=ARMY, place="Brega", when=day(4), object="the market")
    desk.claim("b", Kind.CASUALTIES, place="Brega", when=day(4), casualties=(killed(5),))
    event = only(desk)
    assert (event.kind, len(event.casualties)) == (Kind.STRIKE, 1)


def test_tolls_of_no_place_are_no_range_and_join_only_the_attack_of_their_sentence() -> None:
    desk = Desk()
    desk.claim("a", Kind.STRIKE, by=ARMY, on=REBELS, when=day(4))
    desk.claim("a", Kind.CASUALTIES, by=ARMY, on=REBELS, when=day(4), casualties=(killed(150, "people"),))
    desk.claim("a", Kind.CASUALTIES, by=ARMY, on=REBELS, when=day(4), casualties=(killed(2612, "people"),))
    assert sorted(len(event.casualties) for event in merged(desk).events) == [0, 1, 1]
    strike = replace(desk.claims[0], evidence=desk.claims[1].evidence)
    told = merge([strike, *desk.claims[1:]], list(desk.articles.values())).events
    assert sorted((event.kind, len(event.casualties)) for event in told) == [(Kind.CASUALTIES, 1), (Kind.STRIKE, 1)]


def test_tolls_of_two_reports_without_a_day_are_two() -> None:
    desk = Desk()
    for name, published, number in (("a", 4, 150), ("b", 5, 2612)):
        desk.article(name, name, published=published)
        desk.claim(name, Kind.CASUALTIES, place="Brega", casualties=(killed(number),))
    assert len(merged(desk).events) == 2


# Status


def test_one_official_in_two_outlets_is_one_claimant() -> None:
    desk = Desk()
    for name, who, kind in (("a", "a UN official", Claimant.MONITOR), ("b", "the U.N. official", Claimant.OFFICIAL)):
        taken(desk, desk.article(name, name), when=day(4), attribution=Attribution(kind, who))
        taken(desk, name, when=day(4))
    assert only(desk).status is Status.CLAIMED


def test_a_partys_word_stays_a_claim_however_many_repeat_it() -> None:
    desk = Desk()
    for name in ("a", "b", "c"):
        taken(desk, desk.article(name, f"Outlet {name}"), when=day(4), attribution=party("rebels"))
    event = only(desk)
    assert (event.independent_sources, event.status) == (3, Status.CLAIMED)
    assert event.headline == "Rebels say they captured Brega from Velanian Army; not independently confirmed"
    assert merged(desk).ledger[0].state == "claimed"


def test_footage_and_another_outlet_confirm() -> None:
    desk = Desk()
    taken(desk, desk.article("a", "Herald"), when=day(4), attribution=Attribution(Claimant.FOOTAGE, "video"))
    assert only(desk).status is Status.CLAIMED
    taken(desk, desk.article("b", "Tribune"), when=day(4))
    assert only(desk).status is Status.CONFIRMED


def test_one_monitor_quoted_twice_is_one_word() -> None:
    desk = Desk()
    for name in ("a", "b"):
        taken(desk, desk.article(name, name), when=day(4), attribution=Attribution(Claimant.MONITOR, "the Observatory"))
    event = only(desk)
    assert event.status is Status.CLAIMED
    assert event.headline.endswith(", the Observatory says")


def test_a_denial_disputes_the_event_and_names_both() -> None:
    desk = Desk()
    yes = taken(desk, "a", when=day(4), attribution=party("rebels"))
    no = taken(desk, "b", when=day(4), modality=Modality.DENIED, attribution=party("Velanian Army"))
    event = only(desk)
    assert event.status is Status.DISPUTED
    assert (event.contradictions[0].about, event.contradictions[0].one) == ("denial", (yes,))
    assert event.contradictions[0].other == (no,)
    assert "rebels say" in event.contradictions[0].text
    assert event.headline == "Rebels say they captured Brega from Velanian Army; Velanian Army denies it"
    assert merged(desk).ledger[0].state == "disputed"


@pytest.mark.parametrize("change", [Change.LOST, Change.WITHDREW])
def test_a_holder_who_denies_the_loss_disputes_the_capture(change: Change) -> None:
    desk = Desk()
    taken(desk, "a", whom=(), change=Change.RECAPTURED, when=day(4))
    taken(desk, "b", who=ARMY, whom=(), change=change, modality=Modality.DENIED, attribution=party("Velanian Army"))
    event = only(desk)
    assert (event.status, event.contradictions[0].about) == (Status.DISPUTED, "denial")


def test_a_denied_entry_disputes_the_capture_and_not_the_deniers_own() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4))
    taken(desk, "b", change=Change.ENTERED, modality=Modality.DENIED, attribution=party("Velanian Army"))
    assert only(desk).status is Status.DISPUTED
    desk = Desk()
    taken(desk, "a", who=ARMY, whom=(), when=day(4))
    taken(desk, "b", who=ARMY, whom=(), change=Change.LOST, modality=Modality.DENIED)
    assert [event.status for event in merged(desk).events] == [Status.CLAIMED, Status.DENIED]


def test_a_denial_about_another_part_of_the_place_is_no_answer() -> None:
    desk = Desk()
    north, south = (Place("Brega", "Brega", f"{side} bank of") for side in ("northern", "southern"))
    taken(desk, "a", place=north, when=day(4))
    taken(desk, "b", place=south, when=day(4), modality=Modality.DENIED, attribution=party("Velanian Army"))
    assert sorted(event.status for event in merged(desk).events) == [Status.CLAIMED, Status.DENIED]


def test_one_article_with_both_parties_words_on_a_place_tells_a_dispute() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4), attribution=party("rebels"))
    taken(desk, "a", who=ARMY, whom=(), change=Change.HELD, when=day(4), attribution=party("Velanian Army"))
    assert {event.status for event in merged(desk).events} == {Status.DISPUTED}


def test_what_is_only_denied_is_denied_and_moves_nothing() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4), modality=Modality.DENIED, attribution=party("Velanian Army"))
    result = merged(desk)
    assert result.events[0].status is Status.DENIED
    assert result.events[0].headline.startswith("Velanian Army denies that rebels captured Brega")
    assert result.ledger == ()
    assert all(not known.gains for known in result.parties)


def test_two_accounts_of_who_took_a_place_dispute_each_other() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4))
    taken(desk, "b", who=ARMY, whom=REBELS, when=day(4))
    result = merged(desk)
    assert {event.status for event in result.events} == {Status.DISPUTED}
    assert result.events[0].contradictions == result.events[1].contradictions
    assert "a says that" in result.events[0].contradictions[0].text
    assert result.ledger[0].state == "disputed"


# Reversals and the ledger


def test_gained_on_monday_lost_on_thursday_is_one_history_its_end_first() -> None:
    desk = Desk()
    taken(desk, desk.article("a", "Herald", 8), when=day(7))
    last = taken(desk, desk.article("b", "Herald", 11), who=ARMY, whom=REBELS, when=day(10), change=Change.RECAPTURED)
    result = merged(desk)
    gain, undone = result.events
    assert (gain.status, gain.reversed_by) == (Status.REVERSED, undone.id)
    (row,) = result.ledger
    assert (row.holder, row.state, row.since) == ("Velanian Army", "held", date(2011, 3, 10))
    assert row.last_evidence == last
    rebels = next(known for known in result.parties if known.name == "rebels")
    assert (rebels.gains, rebels.losses) == ((gain.id,), (undone.id,))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(day(4, part=DayPart.MORNING), day(4, part=DayPart.EVENING), id="parts of a day"),
        pytest.param(When(as_written="Friday"), When(as_written="Saturday"), id="days of the week, undated"),
        pytest.param(When(as_written="Sunday"), When(as_written="Monday"), id="over the end of a week"),
        pytest.param(UNDATED, UNDATED, id="the order of the telling"),
        pytest.param(UNDATED, When(as_written="later on Friday"), id="then a day"),
    ],
)
def test_order_within_one_article(first: When, second: When) -> None:
    desk = Desk()
    desk.article("a", "Herald", published=None)
    taken(desk, "a", when=first)
    taken(desk, "a", who=ARMY, whom=REBELS, when=second)
    result = merged(desk)
    assert result.ledger[0].holder == "Velanian Army"
    assert [event.status for event in result.events] == [Status.REVERSED, Status.CLAIMED]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(When(as_written="Saturday"), When(as_written="Friday"), id="the later day is told first"),
        pytest.param(UNDATED, When(as_written="initially"), id="initially"),
        pytest.param(UNDATED, When(as_written="earlier this week"), id="earlier this week"),
        pytest.param(day(4, part=DayPart.EVENING), day(4, part=DayPart.MORNING), id="evening before morning"),
    ],
)
def test_news_told_before_what_it_undid(first: When, second: When) -> None:
    desk = Desk()
    desk.article("a", "Herald", published=None)
    taken(desk, "a", who=ARMY, whom=REBELS, change=Change.RECAPTURED, when=first)
    taken(desk, "a", when=second)
    assert merged(desk).ledger[0].holder == "Velanian Army"


def test_taken_lost_and_taken_again_on_one_day() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4, part=DayPart.MORNING))
    taken(desk, "a", who=ARMY, whom=REBELS, change=Change.RECAPTURED, when=day(4, part=DayPart.AFTERNOON))
    taken(desk, "a", change=Change.RECAPTURED, when=day(4, part=DayPart.EVENING))
    result = merged(desk)
    assert [event.reversed_by for event in result.events] == [result.events[1].id, result.events[2].id, ""]
    assert result.ledger[0].holder == "rebels"


def test_a_partys_word_alone_does_not_reverse() -> None:
    desk = Desk()
    taken(desk, desk.article("a", "Herald", 8), when=day(7))
    taken(desk, "b", who=ARMY, whom=REBELS, when=day(10), attribution=party("Velanian Army"))
    result = merged(desk)
    assert result.events[0].status is Status.CLAIMED
    assert result.events[0].reversed_by == result.events[1].id
    assert result.ledger[0].state == "claimed"


def test_a_retaken_part_undoes_the_gain_of_it_told_under_another_place() -> None:
    desk = Desk()
    desk.article("a", "", published=None)
    taken(desk, "a", place="Old Quarter", object="a number of building blocks", when=When(as_written="Initially"))
    near = Place("Water Works", "Water Works", "near", 2)
    taken(desk, "a", who=ARMY, whom=(), change=Change.RECAPTURED, place=near, object="three building blocks")
    gain, undone = sorted(merged(desk).events, key=lambda event: event.actor == "Velanian Army")
    assert (gain.status, gain.reversed_by) == (Status.REVERSED, undone.id)
    assert undone.headline == "Velanian Army recaptures three building blocks near the Water Works"


def test_a_siege_and_a_piece_do_not_change_the_holder() -> None:
    desk = Desk()
    taken(desk, desk.article("a", published=2), when=day(2))
    taken(desk, desk.article("b", published=4), who=ARMY, whom=REBELS, when=day(4), extent=Extent.PART)
    (row,) = merged(desk).ledger
    assert (row.holder, row.state, row.since) == ("rebels", "contested", date(2011, 3, 2))
    taken(desk, desk.article("c", published=6), who=ARMY, whom=REBELS, when=day(6), change=Change.BESIEGED)
    (row,) = merged(desk).ledger
    assert (row.holder, row.state) == ("rebels", "besieged")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"modality": Modality.PLANNED}, id="planned"),
        pytest.param({"modality": Modality.ATTEMPTED}, id="attempted"),
        pytest.param({"modality": Modality.HISTORICAL}, id="background"),
        pytest.param({"change": Change.ADVANCED}, id="advanced toward"),
        pytest.param({"place": Place("Brega", "Brega", "south of", 2)}, id="south of"),
        pytest.param({"place": Place("Velania", "Velania", "", 6)}, id="a whole country"),
        pytest.param({"place": ""}, id="no place"),
        pytest.param({"change": Change.BESIEGED}, id="besieged"),
        pytest.param({"change": Change.CONTESTED}, id="contested"),
        pytest.param({"change": Change.ENTERED}, id="entered"),
        pytest.param({"extent": Extent.PART}, id="a part"),
        pytest.param({"object": "the northern quarter"}, id="a described part"),
        pytest.param({"when": day(4, month=1)}, id="long before its report"),
    ],
)
def test_what_is_no_row_of_the_ledger(more: dict[str, object]) -> None:
    desk = Desk()
    taken(desk, "a", **{"when": day(4), **more})
    assert merged(desk).ledger == ()


def test_a_withdrawal_of_the_attackers_leaves_the_holder() -> None:
    desk = Desk()
    taken(desk, desk.article("a", published=2), when=day(2))
    taken(desk, desk.article("b", published=4), who=ARMY, whom=(), when=day(4), change=Change.WITHDREW)
    (row,) = merged(desk).ledger
    assert (row.holder, row.state, row.since) == ("rebels", "held", date(2011, 3, 2))


def test_a_handover_is_a_gain_of_whom_it_is_handed_to_and_makes_no_enemies() -> None:
    desk = Desk()
    ally = actor("Coast Guard", kind=STATE)
    taken(desk, "a", who=ARMY, whom=ally, change=Change.HANDED_OVER, when=day(4))
    result = merged(desk)
    assert {known.name: (len(known.gains), len(known.losses)) for known in result.parties} == {
        "Velanian Army": (0, 1),
        "Coast Guard": (1, 0),
    }
    assert result.ledger[0].holder == "Coast Guard"


# Fronts and ids


def test_fronts_come_from_the_region_then_the_text_then_the_place_and_never_from_a_neighbour() -> None:
    desk = Desk()
    linked = Place("Brega", "Brega", lat=30.4, lon=19.6, region="Al Wahat", country="Libya")
    taken(desk, "a", place=linked, when=day(4))
    taken(desk, "a", place="Point 40", when=day(4))
    taken(desk, "b", place="Kerun", when=day(4), front="Northern front")
    taken(desk, "c", place="Nowhere", when=day(4))
    for name in ("Brega hospital", "Kerun oil field", "the northern area"):
        desk.claim("c", Kind.STRIKE, by=ARMY, place=name, when=day(4))
    for name in ("Velania", "eastern Libya"):
        desk.claim("a", Kind.STRIKE, by=ARMY, place=Place(name, name, "", 6 if name == "Velania" else 1), when=day(4))
    fronts = {event.place.canonical: event.front for event in merged(desk).events if event.place}
    assert fronts == {
        "Brega": "Al Wahat",
        "Point 40": "Point 40",
        "Kerun": "Northern front",
        "Nowhere": "Nowhere",
        "Brega hospital": "Al Wahat",
        "Kerun oil field": "Northern front",
        "northern area": "",
        "Velania": "",
        "eastern Libya": "",
    }


def test_two_spellings_of_one_sound_are_one_front() -> None:
    desk = Desk()
    for name, front in (("a", "Khorzan"), ("b", "Khourzan"), ("c", "Khorzan")):
        taken(desk, name, place=f"Village of {name.upper()}", when=day(4), front=front)
    assert {event.front for event in merged(desk).events} == {"Khorzan"}


def test_an_event_keeps_its_id_when_more_articles_tell_it() -> None:
    desk = Desk()
    taken(desk, desk.article("a", "Herald"), when=day(4))
    before = only(desk).id
    taken(desk, desk.article("b", "Tribune", published=7), when=day(4))
    taken(desk, "c", when=day(6), place="Tobruk")
    assert before in {event.id for event in merged(desk).events}


def test_ids_are_distinct_where_all_the_rest_is_the_same() -> None:
    desk = Desk()
    for thing in ("", "the airport", "three villages"):
        taken(desk, "a", when=day(4), object=thing)
    assert len({event.id for event in merged(desk).events}) == 3


def test_nothing_gives_nothing() -> None:
    assert merge([], []) == Merged((), (), (), ())


def test_a_claim_of_an_article_that_is_not_there_still_counts() -> None:
    desk = Desk()
    taken(desk, "a", when=day(4))
    assert merge(desk.claims, []).events[0].independent_sources == 1


# Order


ACTORS = (
    REBELS,
    ARMY,
    actor("Dawn Front", kind=REBEL),
    actor("Front of the Dawn", kind=REBEL),
    actor("VA", kind=STATE),
    actor("villagers", kind=ActorKind.CIVILIANS),
)
PLACES = (
    None,
    Place("Brega", "Brega"),
    Place("Breqa", "Breqa"),
    Place("Tobruk", "Tobruk", "near", 2),
    Place("Tobruk", "Tobruk", "eastern", 2),
    Place("Tobruk", "Tobruk", "", 6),
    Place("Tobruk province", "Tobruk province", "the outskirts of", 4),
    Place("Tobruk", "Tobruk", lat=32.0, lon=24.0, region="Butnan", country="Libya"),
)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    desk = Desk()
    for name in "abcd":
        published = draw(st.sampled_from([None, 3, 4, 5]))
        desk.article(name, draw(st.sampled_from(["", "Herald", "Tribune"])), published)
    for _ in range(draw(st.integers(0, 12))):
        who, whom = draw(st.sampled_from(ACTORS)), draw(st.sampled_from(ACTORS))
        kind = draw(st.sampled_from(list(Kind)))
        when = draw(st.sampled_from([UNDATED, day(3), day(4, part=DayPart.MORNING), When(as_written="Friday")]))
        desk.claim(
            draw(st.sampled_from("abcd")),
            kind,
            draw(st.sampled_from(list(Change))) if kind is TERRITORY else None,
            by=draw(st.sampled_from([(), (who,), (who, ARMY)])),
            on=draw(st.sampled_from([(), (whom,)])),
            place=draw(st.sampled_from(PLACES)) or "",
            when=when,
            modality=draw(st.sampled_from(list(Modality))),
            attribution=draw(st.sampled_from([Attribution(), party("rebels"), party("Velanian Army")])),
            casualties=draw(st.sampled_from([(), (killed(3),), (killed(9, low=True),)])),
            object=draw(st.sampled_from(["", "the airport", "two hills"])),
            extent=draw(st.sampled_from(list(Extent))),
        )
    return desk


@settings(max_examples=80, deadline=None)
@given(desks(), st.integers())
def test_order_means_nothing(desk: Desk, seed: int) -> None:
    articles = list(desk.articles.values())
    claims = list(desk.claims)
    random.Random(seed).shuffle(articles)
    random.Random(seed + 1).shuffle(claims)
    assert merge(claims, articles) == merged(desk)


@settings(max_examples=60, deadline=None)
@given(desks())
def test_every_claim_is_in_one_event_and_every_line_is_whole(desk: Desk) -> None:
    result = merged(desk)
    told = [claim for event in result.events for claim in event.claims]
    assert sorted(told) == sorted(claim.id for claim in desk.claims)
    assert len({event.id for event in result.events}) == len(result.events)
    for event in result.events:
        lines = [event.headline, *(contradiction.text for contradiction in event.contradictions)]
        for line in lines:
            assert line
            assert line == " ".join(line.split())
            assert not any(token in line for token in ("None", "{", "}", " ,", " ;", "  "))


@settings(max_examples=30, deadline=None)
@given(desks())
def test_a_claim_told_twice_over_changes_nothing(desk: Desk) -> None:
    assert merge([*desk.claims, *desk.claims], list(desk.articles.values())) == merged(desk)


def test_cost_grows_with_the_claims_and_not_with_their_square() -> None:
    def steps(number: int) -> int:
        desk = _many(number)
        count = 0

        def counted(_frame: object, event: str, _arg: object) -> None:
            nonlocal count
            count += event == "call"

        sys.setprofile(counted)
        try:
            merge(desk.claims, list(desk.articles.values()))
        finally:
            sys.setprofile(None)
        return count

    steps(50)
    assert steps(800) < 2.6 * steps(400)


def _many(number: int) -> Desk:
    rng = random.Random(number)
    desk = Desk()
    for index in range(number):
        name = desk.article(f"a{index}", f"Outlet {index % 7}", published=1 + index % 25)
        who, whom = rng.sample([REBELS, ARMY], 2)
        taken(desk, name, who=who, whom=whom, place=f"Village {_letters(rng)}", when=day(1 + index % 25))
    return desk


def _letters(rng: random.Random) -> str:
    return "".join(rng.choice("badorimuneka") for _ in range(6)).title()
