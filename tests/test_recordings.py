"""What a careful reader answered about the samples, replayed: no server, no network, the same briefing every time.

The recordings are of the extraction alone: what judge and prose are asked depends on the verifier, and changes with it.
"""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from briefer.settings import Settings
from briefer.types import Briefing, Change, Status
from briefer.wiring import Run, edition_of
from briefer.wiring.models import Tapes

ROOT = Path(__file__).parent.parent
DAYS = ["2031-04-14", "2031-04-15", "2031-04-16"]
SETTINGS = Settings.model_validate({"model": {"name": "desk", "judge": "off", "prose": False}})


@cache
def briefed(day: str) -> Briefing:
    """The edition of a day by its recording."""
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        tapes = Tapes(replay=Path(f"evals/samples/{day}.jsonl"))
        return Run([f"samples/{day}"], SETTINGS, edition_of(day, timezone="UTC"), tapes=tapes).brief()
    finally:
        os.chdir(before)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_briefed_from_its_recording(day):
    briefing = briefed(day)
    assert not briefing.made_by.fell_back
    assert len(briefing.claims) > 100, "the rules reader finds about thirty"
    assert len(briefing.withheld) <= 0.08 * len(briefing.claims), "what a careful reader says is seldom withheld"


@pytest.mark.parametrize("day", DAYS)
def test_every_claim_stands_on_the_words_of_its_article(day):
    briefing = briefed(day)
    texts = {source.id for source in briefing.sources}
    for claim in (*briefing.claims, *briefing.withheld):
        assert claim.evidence
        assert claim.article in texts
        assert all(evidence.quote.strip() for evidence in claim.evidence)


def test_a_gain_that_was_lost_by_night_is_told_as_undone():
    events = briefed("2031-04-14").events
    taken_back = [
        event
        for event in events
        if event.change is Change.RECAPTURED and event.place and "Baz" in event.place.canonical
    ]
    undone = {event.id for event in events if event.status is Status.REVERSED}
    assert taken_back
    assert undone


def test_a_denial_stands_beside_what_it_denies():
    briefing = briefed("2031-04-14")
    assert any(event.status in (Status.DISPUTED, Status.DENIED) for event in briefing.events)
    assert any(event.contradictions for event in briefing.events)


def test_what_orders_the_machine_about_is_no_source():
    briefing = briefed("2031-04-15")
    quotes = " ".join(evidence.quote.lower() for claim in briefing.claims for evidence in claim.evidence)
    assert "ignore previous" not in quotes
    freed = [
        c
        for c in briefing.claims
        if c.place and c.place.canonical == "Tuz Ravan" and c.change in (Change.CAPTURED, Change.RECAPTURED)
    ]
    assert not [claim for claim in freed if claim.when.start and claim.when.start.year == 2031]


@pytest.mark.parametrize(("day", "language"), [("2031-04-15", "fr"), ("2031-04-16", "ar")])
def test_articles_of_other_languages_are_read_and_quoted_in_their_own(day, language):
    briefing = briefed(day)
    foreign = {source.id for source in briefing.sources if source.language == language}
    claims = [claim for claim in briefing.claims if claim.article in foreign]
    assert claims
    assert all(claim.text.isascii() or "ê" in claim.text for claim in claims), "told in English"


def test_a_replay_gives_the_same_bytes():
    day = DAYS[0]
    tapes = Tapes(replay=ROOT / f"evals/samples/{day}.jsonl")
    run = Run([str(ROOT / "samples" / day)], SETTINGS, edition_of(day, timezone="UTC"), tapes=tapes)
    one, other = (json.loads(run.brief().model_dump_json()) for _ in range(2))
    assert {**one, "made_by": None} == {**other, "made_by": None}
