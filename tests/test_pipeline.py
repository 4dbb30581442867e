"""The pipeline: what becomes of each collected thing, which day an edition is of, and what it refuses."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefer import pipeline
from briefer.errors import NothingToBrief
from briefer.extract import RulesExtractor
from briefer.pipeline import Edition, Readers
from briefer.types import Claim, Evidence, Extraction, Failure, Fate, Kind, Raw, Reason

NOW = datetime(2031, 4, 20, 12, 0, tzinfo=UTC)

CAPTURE = (
    "Fighters of the Dawn Brigade captured the town of Marisal on Monday after two days of fighting, residents said. "
    "The army withdrew its armoured vehicles to the river, where shelling went on through the evening."
)
STRIKE = (
    "An air strike hit a market in the village of Odrin on Monday morning, killing seven civilians, a doctor said. "
    "The defence ministry said that its aircraft had not flown over the district that day."
)
MATCH = (
    "Rovers beat United 3-1 in the cup final on Monday, with two goals by their striker in the second half. "
    "The coach praised the midfield and said the league title was still within reach of the club this season."
)
ARABIC = (
    "سيطر مقاتلو المعارضة على بلدة مارسال صباح يوم الاثنين بعد يومين من القتال العنيف مع الجيش. "
    "وقال سكان إن القوات الحكومية انسحبت باتجاه النهر بينما استمر القصف حتى المساء."
)


class Silent:
    """An extractor that finds nothing, and may leave a note."""

    def __init__(self, note=""):
        self.note = note

    def extract(self, articles):
        for article in articles:
            yield Extraction(article.id, (), self.note)


class Liar:
    """An extractor whose every claim quotes words that no article holds."""

    def extract(self, articles):
        for article in articles:
            evidence = Evidence(sentence=0, start=0, end=9, quote="Made up. ")
            yield Extraction(
                article.id, (Claim(f"c-{article.id}", article.id, "Made up.", Kind.TERRITORY, evidence=(evidence,)),)
            )


def raw(name, text, published="2031-04-14T09:00:00Z", **fields):
    return Raw(name=name, text=text, published=published, **fields)


def edition(day=None, timezone="UTC", now=NOW):
    return Edition(date=day, timezone=timezone, now=now)


def fates(collected, asked=None):
    found = pipeline.survey(collected, edition=asked or edition())
    return {source.name: source.fate for source in found.sources}


def test_each_thing_has_its_fate_and_is_named_once():
    collected = [
        raw("b.txt", STRIKE),
        raw("a.txt", CAPTURE),
        raw("copy.txt", CAPTURE, published="2031-04-14T11:00:00Z"),
        raw("sport.txt", MATCH),
        raw("arabic.txt", ARABIC),
        raw("late.txt", STRIKE.replace("Odrin", "Belcha").replace("seven", "nine"), published="2031-04-15T09:00:00Z"),
        Failure("broken.bin", "it is no text"),
    ]
    found = pipeline.survey(collected, edition=edition(date(2031, 4, 14)))
    assert [(source.name, source.fate) for source in found.sources] == [
        ("a.txt", Fate.USED),
        ("arabic.txt", Fate.UNREADABLE),
        ("b.txt", Fate.USED),
        ("broken.bin", Fate.UNREADABLE),
        ("copy.txt", Fate.DUPLICATE_OF),
        ("late.txt", Fate.AFTER_CUTOFF),
        ("sport.txt", Fate.OFF_TOPIC),
    ]
    assert all(source.why for source in found.sources if source.fate is not Fate.USED)
    assert len({source.id for source in found.sources}) == len(collected)
    assert [article.name for article in found.articles] == ["a.txt", "b.txt"]


def test_a_copy_refers_to_the_source_it_repeats():
    found = pipeline.survey(
        [raw("a.txt", CAPTURE, published="2031-04-14T11:00:00Z"), raw("b.txt", CAPTURE)], edition=edition()
    )
    copy, original = found.sources
    assert (copy.fate, copy.duplicate_of) == (Fate.DUPLICATE_OF, original.id)
    assert original.fate is Fate.USED


def test_things_that_are_alike_in_everything_are_still_one_source_each():
    same = [raw("-", CAPTURE), raw("-", CAPTURE), raw("-", CAPTURE), Failure("x", "gone"), Failure("x", "gone")]
    found = pipeline.survey(same, edition=edition())
    assert len(found.sources) == len({source.id for source in found.sources}) == 5
    assert len(found.articles) == 1


def test_a_language_that_is_not_read_is_named_and_left_to_a_model():
    briefing = pipeline.run([raw("a", ARABIC), raw("b", CAPTURE)], readers=Readers(Silent()), edition=edition())
    assert (briefing.sources[0].fate, briefing.sources[0].language) == (Fate.UNREADABLE, "ar")
    assert "(ar)" in briefing.sources[0].why
    assert any("model" in gap.what and gap.about == "a (ar)" for gap in briefing.gaps)


def test_names_are_sorted_as_a_reader_counts():
    names = [f"day.jsonl#{number}" for number in (10, 9, 2, 1)]
    found = pipeline.survey([Failure(name, "empty") for name in names], edition=edition())
    assert [source.name for source in found.sources] == list(reversed(names))


DAYS = {
    "the latest day of the articles": (["2031-04-13T09:00Z", "2031-04-14T09:00Z"], "UTC", NOW, date(2031, 4, 14)),
    "in the edition's timezone": (["2031-04-14T22:30Z"], "Asia/Tokyo", NOW, date(2031, 4, 15)),
    "west of it": (["2031-04-14T02:30Z"], "America/New_York", NOW, date(2031, 4, 13)),
    "a misdated article moves nothing": (["2031-04-14T09:00Z", "2039-01-01T00:00Z"], "UTC", NOW, date(2031, 4, 14)),
    "articles ahead of the clock": (["2031-04-14T09:00Z"], "UTC", datetime(2026, 1, 1, tzinfo=UTC), date(2031, 4, 14)),
    "today where no article has a date": ([""], "UTC", NOW, date(2031, 4, 20)),
    "today over there": ([""], "Asia/Tokyo", datetime(2031, 4, 20, 16, tzinfo=UTC), date(2031, 4, 21)),
}


@pytest.mark.parametrize(("published", "timezone", "now", "day"), DAYS.values(), ids=DAYS.keys())
def test_the_day_of_an_edition(published, timezone, now, day):
    collected = [raw(f"{number}.txt", f"{CAPTURE} {number}", each) for number, each in enumerate(published)]
    assert pipeline.survey(collected, edition=edition(None, timezone, now)).date == day


def test_the_cut_off_is_the_end_of_the_day_there():
    found = pipeline.survey([raw("a", CAPTURE)], edition=edition(date(2031, 4, 14), "Asia/Damascus"))
    assert found.cutoff.isoformat() == "2031-04-14T23:59:59+03:00"


def test_the_cut_off_of_today_is_now():
    found = pipeline.survey([raw("a", CAPTURE, "2031-04-20T11:00:00Z")], edition=edition())
    assert found.cutoff == NOW
    later = raw("b", STRIKE, "2031-04-20T12:30:00Z")
    assert fates([raw("a", CAPTURE, "2031-04-20T11:00:00Z"), later])["b"] is Fate.AFTER_CUTOFF


def test_an_article_of_the_last_second_of_the_day_is_in_it():
    assert fates([raw("a", CAPTURE, "2031-04-14T23:59:59Z")], edition(date(2031, 4, 14))) == {"a": Fate.USED}


def test_an_undated_article_is_never_after_the_cut_off():
    assert fates([raw("a", CAPTURE, "")], edition(date(2031, 4, 14))) == {"a": Fate.USED}


def test_claims_without_their_words_are_withheld():
    briefing = pipeline.run([raw("a", CAPTURE), raw("b", STRIKE)], readers=Readers(Liar()), edition=edition())
    assert briefing.events == ()
    assert briefing.claims == ()
    assert [claim.reason for claim in briefing.withheld] == [Reason.FABRICATED, Reason.FABRICATED]


def test_an_extractors_note_stands_with_its_source():
    briefing = pipeline.run([raw("a", CAPTURE)], readers=Readers(Silent("read by the rules")), edition=edition())
    assert briefing.sources[0].why == "read by the rules"


def test_the_order_of_collection_has_no_meaning():
    collected = [
        raw(f"{n}.txt", text) for n, text in enumerate([CAPTURE, STRIKE, MATCH, ARABIC, CAPTURE, STRIKE + " x."])
    ]
    collected.append(Failure("z.bin", "it is no text"))
    first = pipeline.run(collected, readers=Readers(RulesExtractor()), edition=edition())
    for seed in range(5):
        shuffled = random.Random(seed).sample(collected, len(collected))
        assert pipeline.run(shuffled, readers=Readers(RulesExtractor()), edition=edition()) == first


def test_the_briefing_tells_what_it_is_of():
    briefing = pipeline.run(
        [raw("a", CAPTURE)], readers=Readers(RulesExtractor()), edition=edition(None, "Asia/Damascus")
    )
    assert (briefing.date, briefing.timezone) == (date(2031, 4, 14), "Asia/Damascus")
    assert (briefing.made_by.extractor, briefing.made_by.model, briefing.made_by.cost) == ("rules", "", 0)
    assert briefing.cutoff.isoformat() == "2031-04-14T23:59:59+03:00"


def test_off_topic_reporting_alone_is_an_edition_without_news():
    briefing = pipeline.run([raw("sport.txt", MATCH)], readers=Readers(RulesExtractor()), edition=edition())
    assert briefing.events == ()
    assert briefing.sources[0].fate is Fate.OFF_TOPIC


@pytest.mark.parametrize(
    ("collected", "words"),
    [
        ([], ["nothing was collected"]),
        ([Failure("a.bin", "it is no text")], ["a.bin", "it is no text"]),
        ([raw("a.txt", ARABIC)], ["a.txt", "(ar)", "model"]),
        ([raw("a.txt", CAPTURE, "2031-04-16T09:00:00Z")], ["after the cut-off"]),
        ([Failure(f"{n}.bin", "it is no text") for n in range(9)], ["and 4 more", "briefer sources"]),
    ],
)
def test_nothing_to_brief_says_why(collected, words):
    with pytest.raises(NothingToBrief) as raised:
        pipeline.run(collected, readers=Readers(Silent()), edition=edition(date(2031, 4, 14)))
    for word in words:
        assert word in str(raised.value)


def test_a_bug_in_an_extractor_is_not_hidden():
    class Broken:
        def extract(self, articles):
            raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        pipeline.run([raw("a", CAPTURE)], readers=Readers(Broken()), edition=edition())


def test_progress_is_told_stage_by_stage():
    told = []
    pipeline.run(
        [raw("a", CAPTURE), raw("b", STRIKE)],
        readers=Readers(Silent()),
        edition=edition(),
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )
    assert told == [("collecting", 1, 0), ("collecting", 2, 0), ("reading", 1, 2), ("reading", 2, 2)]


def test_an_article_of_which_nothing_stands_is_read_by_the_rules():
    readers = Readers(Liar(), fallback=RulesExtractor())
    briefing = pipeline.run([raw("a", CAPTURE)], readers=readers, edition=edition())
    assert [claim.verdict for claim in briefing.claims] == ["supported"]
    assert briefing.withheld
    assert briefing.made_by.fell_back == (briefing.sources[0].id,)
    assert "nothing that the model said" in briefing.sources[0].why


def test_what_was_cut_can_be_shown():
    text = CAPTURE + "\n\nLeave a Reply\nYour email address will not be published."
    found = pipeline.survey([raw("a", text), replace(raw("b", STRIKE))], edition=edition())
    first = found.sources[0]
    assert first.lines_cut == len(found.cuts[first.id]) > 0
    assert "Leave a Reply" in "\n".join(cut.text for cut in found.cuts[first.id])
