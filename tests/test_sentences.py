"""A claim cites sentences: a wrong boundary would quote half a sentence, or two as one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.reading import sentences


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences.split(text)]


WHOLE = {
    "rank": "Gen. Omar Sayed and Lt. Col. Ali Bani met Maj.-Gen. Idris Deby on the road.",
    "rank on the next line": "The order came from Gen.\nOmar Sayed himself.",
    "acronym in a name": "The U.S. Army and the U.N. Security Council were told.",
    "clock": "The shelling began at 6 a.m. Monday and ended at 9 p.m. GMT.",
    "clock, lower case": "It began at 6 a.m. in the north.",
    "number": "They hold quarter No. 4 and checkpoint No. 12 near St. George church.",
    "month": "The revolt began on Feb. 17 in the east.",
    "decimal": "Some 2.5 million people left within 1.5 days.",
    "initials": "J. K. Marsh and George W. Dunn met D.J. Cole there.",
    "quote that goes on": '"They are gone!" he said.',
    "question that goes on": '"Who rules the town?" Idris Omar asked.',
    "ellipsis that goes on": "They came ... and they left.",
    "address": "See www.Example.Com or example.com or v2.1 for more.",
    "list number": "1. The army took the bridge.",
    "wrapped line": "The army took the bridge over the river and the\nTown Hall of the old city.",
    "company": "Oil firm Marno Oil Corp. Chairman Ali Said left.",
    "no stop": "Army takes the bridge",
}

PARTS = {
    "plain": ["The army left.", "It came back."],
    "acronym at the end": ["They left for the U.S.", "The army stayed."],
    "clock at the end": ["It began at 6 p.m.", "Rebels fled."],
    "month at the end": ["It began in Feb.", "The army stayed."],
    "letter at the end": ["They hold Block C.", "The army denied it."],
    "year at the end": ["It fell in 2011.", "The army came back."],
    "number at the start": ["It fell.", "20 people died."],
    "quote closes": ['He said: "It is over."', "The army left."],
    "curly quote closes": ["“It is over.”", "The army left."],
    "bracket closes": ["It fell (they deny it.)", "The army left."],
    "bracket opens": ["It fell.", "(They deny it.)"],
    "two marks": ["What?!", "They left."],
    "dots": ["They waited…", "Then they left..."],
    "article in a name": ["The raid ended.", "al-Shabaab said it won."],
    "etc.": ["They took guns, shells etc.", "Nobody was hurt."],
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_one_sentence_stays_whole(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS.keys())
def test_sentences_are_told_apart(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The raid ended.The army left.", ["The raid ended.", "The army left."]),
        ('He said "it ended."The army left.', ['He said "it ended."', "The army left."]),
        ('The raid ended."We won," he said.', ["The raid ended.", '"We won," he said.']),
        ("It fell in 2011.The army left.", ["It fell in 2011.", "The army left."]),
        ("战斗结束。军队离开。", ["战斗结束。", "军队离开。"]),
    ],
)
def test_sentences_that_a_scraper_ran_together_are_told_apart(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Army takes bridge\n\nthe army took it.", ["Army takes bridge", "the army took it."]),
        ("It fell.\nthey left.", ["It fell.", "they left."]),
        ("It fell\nwhen they left.", ["It fell\nwhen they left."]),
        ("They took:\n- the bridge\n- the hill\n", ["They took:", "- the bridge", "- the hill"]),
        ("They took:\n1. The bridge\n2. The hill", ["They took:", "1. The bridge", "2. The hill"]),
        ("Share • Print • Mail", ["Share", "• Print", "• Mail"]),
        (
            "Army takes bridge\nThe army took the bridge over the river on Monday, three people there said.",
            ["Army takes bridge", "The army took the bridge over the river on Monday, three people there said."],
        ),
        ("It fell.\r\n\r\nThey left.", ["It fell.", "They left."]),
    ],
)
def test_lines_end_sentences_only_where_they_should(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_blank_text_has_no_sentences() -> None:
    assert split(" \n\t\n ") == []


@given(st.text(alphabet=st.sampled_from("aB.!?…\"')( \n•-1。Gen,"), max_size=200))
def test_sentences_hold_every_character_that_is_not_blank_in_order(text: str) -> None:
    spans = sentences.split(text)
    assert all(span.start < span.end for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)
    assert "".join("".join(split(text)).split()) == "".join(text.split())
