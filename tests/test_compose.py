"""The edition: what leads, how events are told, and that nothing is said which no event carries."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from briefing_factory import EDITION, Run, day, killed, nothing, one_source, place, two_fronts, wounded
from hypothesis import given, settings
from hypothesis import strategies as st

from briefer.compose import compose
from briefer.types import (
    Attribution,
    Briefing,
    Change,
    Claimant,
    DatePrecision,
    Extent,
    Kind,
    MadeBy,
    Merged,
    Modality,
    Party,
    Place,
    Status,
    When,
)

PUBLISHED = datetime(2031, 5, 16, 6, 0, tzinfo=UTC)


def texts(briefing: Briefing) -> str:
    told = [s.text for s in briefing.lead]
    for front in briefing.fronts:
        told += [s.text for s in (*front.situation, *front.outlook)]
    return "\n".join(told)


def situation(run: Run) -> list[str]:
    return [sentence.text for front in run.briefing().fronts for sentence in front.situation]


def two_outlets() -> tuple[Run, str, str]:
    run = Run()
    return run, run.article("one", "Meridian Wire", PUBLISHED), run.article("two", "Delta Post", PUBLISHED)


GROUND = Kind.TERRITORY
ARMY, REBELS = "Veld Army", "rebels"

TOLD = {
    "captured": (
        {"change": Change.CAPTURED, "actors": (ARMY,), "opponents": (REBELS,), "place": place("Danilo")},
        "The Veld Army captured Danilo from rebels on Thursday 15 May.",
    ),
    "most of a place": (
        {"change": Change.CAPTURED, "actors": (ARMY,), "place": place("Danilo"), "extent": Extent.MOST},
        "The Veld Army captured most of Danilo on Thursday 15 May.",
    ),
    "near is not in": (
        {"change": Change.CAPTURED, "actors": (ARMY,), "place": place("Danilo", relation="5 km north of")},
        "The Veld Army captured ground 5 km north of Danilo on Thursday 15 May.",
    ),
    "toward is not to": (
        {"change": Change.ADVANCED, "actors": (REBELS,), "place": place("Danilo", relation="toward")},
        "Rebels advanced toward Danilo on Thursday 15 May.",
    ),
    "nobody named": (
        {"change": Change.CAPTURED, "place": place("Danilo")},
        "Danilo was captured on Thursday 15 May.",
    ),
    "withdrew": (
        {"change": Change.WITHDREW, "actors": (REBELS,), "place": place("Danilo")},
        "Rebels withdrew from Danilo on Thursday 15 May.",
    ),
    "lost": (
        {"change": Change.LOST, "actors": (REBELS,), "opponents": (ARMY,), "place": place("Danilo")},
        "Rebels lost Danilo to the Veld Army on Thursday 15 May.",
    ),
    "repelled": (
        {"change": Change.REPELLED, "actors": (ARMY,), "opponents": (REBELS,), "place": place("Danilo Bridge")},
        "The Veld Army repelled an attack by rebels at the Danilo Bridge on Thursday 15 May.",
    ),
    "tried": (
        {"change": Change.ENTERED, "actors": (REBELS,), "place": place("Danilo"), "modality": Modality.ATTEMPTED},
        "Rebels tried to enter Danilo on Thursday 15 May.",
    ),
    "a thing at a place": (
        {"change": Change.RECAPTURED, "actors": (ARMY,), "place": place("Glue Factory"), "object": "two warehouses"},
        "The Veld Army recaptured two warehouses at the Glue Factory on Thursday 15 May.",
    ),
}


@pytest.mark.parametrize(("fields", "expected"), TOLD.values(), ids=TOLD.keys())
def test_a_corroborated_change_of_ground_is_told_barely_and_in_plain_words(fields: dict, expected: str) -> None:
    run, one, two = two_outlets()
    claims = [run.claim(a, f"Words {a}.", GROUND, when=day(15), **fields) for a in (one, two)]
    run.event(claims, status=Status.CORROBORATED)
    assert situation(run) == [expected]


ATTRIBUTED = {
    "a party of its own gain": (
        Attribution(Claimant.PARTY, "the army", ARMY),
        "The Veld Army says it captured Danilo on Thursday 15 May.",
    ),
    "a party of another": (
        Attribution(Claimant.PARTY, "rebels", REBELS),
        "Rebels say the Veld Army captured Danilo on Thursday 15 May.",
    ),
    "a monitor": (
        Attribution(Claimant.MONITOR, "the Ora Observatory"),
        "The Ora Observatory says the Veld Army captured Danilo on Thursday 15 May.",
    ),
    "an outlet alone": (
        Attribution(),
        "Meridian Wire reports that the Veld Army captured Danilo on Thursday 15 May.",
    ),
    "nobody with a name": (
        Attribution(Claimant.UNNAMED),
        "An unnamed source says the Veld Army captured Danilo on Thursday 15 May.",
    ),
}


@pytest.mark.parametrize(("word", "expected"), ATTRIBUTED.values(), ids=ATTRIBUTED.keys())
def test_what_one_source_says_is_told_as_its_word(word: Attribution, expected: str) -> None:
    run, one, two = two_outlets()
    fields = {"change": Change.CAPTURED, "actors": (ARMY,), "place": place("Danilo"), "when": day(15)}
    run.told(one, "It took Danilo.", GROUND, attribution=word, **fields)
    run.told(two, "Calm in Sorrel.", Kind.POLITICAL, event={"modality": Modality.HISTORICAL})
    assert situation(run) == [expected]


DAYS = {
    "a day": (day(16), "on Friday 16 May"),
    "another year": (When(date(2030, 5, 16), date(2030, 5, 16), DatePrecision.DAY), "on Thursday 16 May 2030"),
    "several days": (When(date(2031, 5, 12), date(2031, 5, 14), DatePrecision.WEEK), "between 12 and 14 May"),
    "over a month's end": (When(date(2031, 4, 30), date(2031, 5, 2), DatePrecision.WEEK), "between 30 April and 2 May"),
    "a month": (When(date(2031, 4, 1), date(2031, 4, 30), DatePrecision.MONTH), "in April"),
    "as written": (When(as_written="Friday morning"), "on Friday morning (date unknown)"),
    "as written with its own preposition": (When(as_written="Earlier this week"), "earlier this week (date unknown)"),
}


@pytest.mark.parametrize(("when", "expected"), DAYS.values(), ids=DAYS.keys())
def test_days_are_told_as_known_or_as_written(when: When, expected: str) -> None:
    run, one, two = two_outlets()
    fields = {"change": Change.CAPTURED, "actors": (ARMY,), "place": place("Danilo"), "when": when}
    run.event([run.claim(a, f"Words {a}.", GROUND, **fields) for a in (one, two)], status=Status.CORROBORATED)
    assert situation(run) == [f"The Veld Army captured Danilo {expected}."]


def test_a_gain_that_was_undone_is_one_history_with_its_end_first() -> None:
    told = next(text for text in situation(two_fronts()) if "Danilo" in text and "captured" in text)
    assert told == (
        "The Veld Armed Forces recaptured Danilo from the People's Front on Thursday 15 May; "
        "the People's Front had captured it on Monday 12 May."
    )


def test_differing_tolls_are_a_range_with_who_counts() -> None:
    told = next(text for text in situation(two_fronts()) if "Bridge" in text)
    assert "between 5 and 9 civilians were killed" in told
    assert "the Ora hospital (5 killed, 12 wounded) and Veld State Radio (9 killed)" in told


def test_a_dispute_is_told_once_with_both_sides() -> None:
    told = [text for text in situation(two_fronts()) if "Port Almer" in text]
    assert told == [
        "The Veld Armed Forces say they captured Port Almer from the People's Front on Friday 16 May; "
        "the People's Front says it held Port Almer."
    ]


def test_a_plan_is_outlook_and_never_situation() -> None:
    briefing = one_source().briefing()
    front = briefing.fronts[0]
    assert not [s for s in (*front.situation, *briefing.lead) if "Rashunyeh" in s.text]
    assert [s.text for s in front.outlook] == [
        "The Army of Tessaly is said to need to recapture the west of Rashunyeh."
    ]


def test_no_date_is_made_up_for_an_undated_article() -> None:
    briefing = one_source().briefing()
    assert briefing.lead[0].text == "No event can be dated to Friday 16 May: the reports give no dates."
    assert "May" not in "".join(s.text for s in briefing.fronts[0].situation)
    assert any(gap.about == "karwan.txt" and "No date" in gap.what for gap in briefing.gaps)
    assert not briefing.fronts[0].quiet  # nothing tells that the reports are old


def test_one_source_is_said_to_be_the_only_one() -> None:
    first, *others = situation(one_source())
    assert first.startswith("The only source, Karwan Post, reports that ")
    assert not [text for text in others if "reports" in text]


def test_changes_within_the_run() -> None:
    kinds = {}
    for change in two_fronts().briefing().changes:
        kinds.setdefault(change.kind, []).append(change.what)
    assert kinds["quiet"] == ["Saffron Hills: no new reporting since Tuesday 13 May."]
    assert len(kinds["contradicted"]) == 2
    assert [what for what in kinds["changed"] if "Danilo" in what]
    assert not [what for what in kinds["new"] if "Port Almer" in what]


def test_gaps_name_what_is_missing() -> None:
    gaps = {(gap.what, gap.about) for gap in two_fronts().briefing().gaps}
    assert ("Only one independent source", "Saffron Hills (Meridian Wire)") in gaps
    assert ("Fighting, and no casualties reported", "Coast") in gaps
    assert ("Claims withheld because their evidence does not carry them", "planned as done (1)") in gaps
    assert ("Not read: no reader for its language (uk)", "visti.txt") in gaps


def test_places_of_close_spelling_are_named_as_two() -> None:
    run, one, _ = two_outlets()
    for name in ("Al-Rashideen", "Al-Rashidiyah", "Danilo"):
        run.told(one, f"Fighting in {name}.", Kind.CLASH, actors=(ARMY,), opponents=(REBELS,), place=place(name))
    about = [gap.about for gap in run.briefing().gaps if "spelling" in gap.what]
    assert about == ["Al-Rashideen and Al-Rashidiyah"]


def test_only_one_sides_word_is_a_gap() -> None:
    run, one, two = two_outlets()
    word = Attribution(Claimant.PARTY, "the army", ARMY)
    run.parties = [Party(ARMY, side="Government side")]
    for article in (one, two):
        run.told(article, f"It took Danilo {article}.", GROUND, change=Change.CAPTURED, actors=(ARMY,),
                 place=place("Danilo"), attribution=word)  # fmt: skip
    assert [gap.about for gap in run.briefing().gaps if "one side" in gap.what] == ["Front not named (Government side)"]


def test_fronts_stand_in_order_of_their_weight() -> None:
    assert [front.name for front in two_fronts().briefing().fronts] == ["Ora river", "Coast", "Saffron Hills"]


def test_events_of_a_front_are_latest_first() -> None:
    briefing = two_fronts().briefing()
    events = {event.id: event for event in briefing.events}
    dates = [events[name].when.end for name in briefing.fronts[0].events]
    assert dates == sorted(dates, reverse=True)


def test_an_edition_without_events_says_so() -> None:
    briefing = nothing().briefing()
    assert (briefing.lead, briefing.fronts, briefing.events) == ((), (), ())
    assert [gap.about for gap in briefing.gaps] == ["dull.txt"]


def test_an_old_edition_says_what_is_latest() -> None:
    assert two_fronts().briefing(date(2031, 5, 20)).lead[0].text == (
        "No event is dated to Tuesday 20 May; the latest dated event is on Friday 16 May."
    )


def test_a_toll_of_one_is_one_person() -> None:
    run, one, _ = two_outlets()
    run.told(one, "A man died.", Kind.CASUALTIES, place=place("Danilo"), casualties=(killed(1), wounded(12)))
    run.told(one, "Other.", Kind.POLITICAL, event={"modality": Modality.HISTORICAL})
    assert "one person was killed and 12 people were wounded in Danilo" in situation(run)[0]


def test_a_denial_is_never_told_as_an_event() -> None:
    assert "Sorrel" not in texts(two_fronts().briefing())


EVERY = [one_source, two_fronts, nothing]


@pytest.mark.parametrize("make", EVERY, ids=lambda make: make.__name__)
def test_every_sentence_names_events_that_are_in_the_briefing(make) -> None:
    briefing = make().briefing()
    known = {event.id for event in briefing.events}
    sentences = [*briefing.lead, *(s for f in briefing.fronts for s in (*f.situation, *f.outlook))]
    assert all(sentence.events and set(sentence.events) <= known for sentence in sentences)


@pytest.mark.parametrize("make", EVERY, ids=lambda make: make.__name__)
@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(make, random) -> None:
    run = make()
    merged, articles, sources = run.merged(), run.read(), run.sources()
    mixed = [list(part) for part in (merged.claims, merged.events, merged.parties, merged.ledger, articles, sources)]
    for part in mixed:
        random.shuffle(part)
    again = compose(
        Merged(*(tuple(part) for part in mixed[:4])), articles=mixed[4], sources=mixed[5], withheld=run.withheld,
        date=EDITION, timezone="Europe/London", cutoff=run.briefing().cutoff, made_by=MadeBy(), notes=run.notes,
    )  # fmt: skip
    assert again == run.briefing()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(Kind), st.sampled_from(Change), st.sampled_from(Modality), st.sampled_from(Status),
    st.booleans(), st.booleans(), st.text(max_size=12), st.text(max_size=12),
)  # fmt: skip
def test_no_combination_of_fields_breaks_an_edition(
    kind: Kind, change: Change, modality: Modality, status: Status, acted: bool, placed: bool, thing: str, name: str
) -> None:
    run, one, _ = two_outlets()
    claim = run.claim(
        one,
        "Some words.",
        kind,
        change=change if kind is Kind.TERRITORY else None,
        modality=modality,
        object=thing,
        actors=(name or "x",) if acted else (),
        place=place(name or "x") if placed else None,
        when=When(as_written=thing),
        casualties=(killed(None, as_written=thing),),
    )
    run.event([claim], status=status, reversed_by="gone" if status is Status.REVERSED else "")
    briefing = run.briefing()
    sentences = [*briefing.lead, *(s for f in briefing.fronts for s in (*f.situation, *f.outlook))]
    assert all(
        s.text.endswith((".", "…"))
        and "{" not in s.text.replace(" ".join(thing.split()), "").replace(" ".join(name.split()), "")
        for s in sentences
    )


def test_a_reversal_by_an_unknown_event_is_still_said() -> None:
    run, one, two = two_outlets()
    fields = {"change": Change.CAPTURED, "actors": (REBELS,), "place": place("Danilo"), "when": day(15)}
    event = run.event([run.claim(a, f"Words {a}.", GROUND, **fields) for a in (one, two)])
    run.events = [replace(event, status=Status.REVERSED, reversed_by="e000")]
    assert situation(run) == ["Rebels captured Danilo on Thursday 15 May; this has since been reversed."]


FIGHTS = {
    "an attack keeps its direction": (
        "Rebels attacked the army in Danilo.",
        "Rebels attacked the Veld Army in Danilo.",
    ),
    "a clash has none": ("Rebels clashed with the army in Danilo.", "Rebels fought the Veld Army in Danilo."),
    "both words": ("An attack led to clashes in Danilo.", "Rebels fought the Veld Army in Danilo."),
}


@pytest.mark.parametrize(("quote", "expected"), FIGHTS.values(), ids=FIGHTS.keys())
def test_an_attack_and_a_fight_are_told_apart_by_the_words_of_the_source(quote: str, expected: str) -> None:
    run, one, _ = two_outlets()
    run.told(one, quote, Kind.CLASH, actors=(REBELS,), opponents=(ARMY,), place=place("Danilo"),
             event={"status": Status.CORROBORATED})  # fmt: skip
    assert situation(run) == [expected]


COMING = {
    "a plan": ("The army plans to take Danilo.", "The Veld Army is said to plan to capture Danilo."),
    "a need": ("The army must take Danilo.", "The Veld Army is said to need to capture Danilo."),
    "neither word": ("Danilo is next for the army.", "The Veld Army is said to plan or need to capture Danilo."),
}


@pytest.mark.parametrize(("quote", "expected"), COMING.values(), ids=COMING.keys())
def test_a_plan_is_told_from_a_need_by_the_words_of_the_source(quote: str, expected: str) -> None:
    run, one, _ = two_outlets()
    run.told(
        one, quote, GROUND, change=Change.CAPTURED, actors=(ARMY,), place=place("Danilo"), modality=Modality.PLANNED
    )
    assert [s.text for s in run.briefing().fronts[0].outlook] == [expected]


def test_a_place_is_written_as_its_sources_write_it() -> None:
    run, one, two = two_outlets()
    brega = Place("Brega", "Al Burayqah")
    claims = [
        run.claim(a, f"It took Brega {a}.", GROUND, change=Change.CAPTURED, actors=(ARMY,), place=brega)
        for a in (one, two)
    ]
    run.event(claims, status=Status.CORROBORATED)
    assert situation(run) == ["The Veld Army captured Brega."]


def test_two_places_that_are_written_alike_keep_their_canonical_names() -> None:
    run, one, _ = two_outlets()
    for canonical in ("Sorrel North", "Sorrel South"):
        run.told(one, f"It took Sorrel, {canonical}.", GROUND, change=Change.CAPTURED, actors=(ARMY,),
                 place=Place("Sorrel", canonical), event={"status": Status.CORROBORATED})  # fmt: skip
    assert {"Sorrel North", "Sorrel South"} <= set(re.findall(r"Sorrel \w+", " ".join(situation(run))))


def test_a_number_among_the_victims_is_not_told_twice() -> None:
    run, one, _ = two_outlets()
    hurt = killed(None, low=20, victims="At least 20 people", civilian=True)
    run.told(one, "At least 20 died.", Kind.CASUALTIES, place=place("Danilo"), casualties=(hurt,),
             event={"status": Status.CORROBORATED})  # fmt: skip
    assert situation(run) == ["At least 20 civilians were killed in Danilo."]


def test_an_outlet_in_small_letters_gets_its_capitals() -> None:
    run = Run()
    for name in ("reuters", "cnn", "Al-Masdar"):
        run.told(run.article(name, name, PUBLISHED), f"Fighting in {name}.", Kind.CLASH, actors=(ARMY,),
                 opponents=(REBELS,), place=place(f"Town {name}"))  # fmt: skip
    told = texts(run.briefing())
    assert "CNN" in told
    assert "Reuters" in told
    assert "cnn" not in told.replace("Town cnn", "")


def test_like_things_of_one_day_are_told_in_one_sentence() -> None:
    run, one, two = two_outlets()
    for name in ("Danilo", "Sorrel", "Tamsin"):
        fields = {"change": Change.CAPTURED, "actors": (ARMY,), "place": place(name), "when": day(15)}
        run.event([run.claim(a, f"{name} {a}.", GROUND, **fields) for a in (one, two)], status=Status.CORROBORATED)
    (told,) = situation(run)
    assert re.fullmatch(r"The Veld Army captured (\w+), (\w+) and (\w+) on Thursday 15 May\.", told)


def test_only_the_history_of_a_front_is_background_and_no_news() -> None:
    run, one, _ = two_outlets()
    run.told(one, "Rebels took Danilo in 2029.", GROUND, change=Change.CAPTURED, actors=(REBELS,),
             place=place("Danilo"), modality=Modality.HISTORICAL)  # fmt: skip
    briefing = run.briefing()
    assert briefing.lead == ()
    assert briefing.fronts[0].situation == ()
    assert [change for change in briefing.changes if change.kind == "new"] == []


def test_what_was_undone_stays_the_word_of_who_claimed_it() -> None:
    run, one, two = two_outlets()
    word = Attribution(Claimant.PARTY, "rebels", REBELS)
    taken = run.told(one, "Rebels said they took Danilo.", GROUND, change=Change.CAPTURED, actors=(REBELS,),
                     place=place("Danilo"), when=day(14), attribution=word)  # fmt: skip
    fields = {"change": Change.RECAPTURED, "actors": (ARMY,), "place": place("Danilo"), "when": day(15)}
    back = run.event(
        [run.claim(a, f"Army back {a}.", GROUND, **fields) for a in (one, two)], status=Status.CORROBORATED
    )
    run.reverse(taken, back)
    assert situation(run) == [
        "The Veld Army recaptured Danilo on Thursday 15 May; "
        "rebels had captured it on Wednesday 14 May, by their own account."
    ]


def test_a_resignation_told_by_many_leads_though_it_has_no_place() -> None:
    run, a, b = two_outlets()
    third = run.article("three", "Veld Radio", PUBLISHED)
    left = [run.claim(x, "The minister resigned.", Kind.POLITICAL) for x in (a, b, third)]
    run.event(left, headline="The minister resigned", actors=("the minister",), reported=EDITION)
    fought = run.claim(a, "They fought.", Kind.CLASH, place=place("Danilo"))
    run.event([fought], actors=(ARMY,), place=place("Danilo"), reported=EDITION)
    assert "minister resigned" in run.briefing().lead[0].text


def test_a_front_that_an_article_of_the_day_names_is_not_quiet() -> None:
    for text, hushed in (("Mbarou was calm.", False), ("All was calm.", True)):
        run = Run()
        old = run.article("old", "Delta Post", PUBLISHED.replace(day=13))
        claim = run.claim(old, "They fought.", Kind.CLASH, place=place("Mbarou"))
        run.event([claim], front="West", place=place("Mbarou"), actors=(ARMY,), reported=date(2031, 5, 13))
        run.articles[run.article("new", "Delta Post", PUBLISHED)].append(text)
        assert [front.quiet for front in run.briefing().fronts] == [hushed]
