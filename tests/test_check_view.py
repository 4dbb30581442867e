"""What a person sees of a check: every sentence with its mark and the words of the sources, harmless at any width."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.checking import Checked, Summary, pieces
from briefer.cli.check_view import SHOWN, render
from briefer.types import Finding, Passage, Reason, Ruling, Statement

FOR = Passage("east/one.txt", 0, 40, "Fighters of the Dawn Brigade captured Marisal on Monday, residents said.")
MORE = Passage("two.txt", 0, 40, "By the evening nobody was left on the bridge.")
OTHER = Passage("three.txt", 0, 40, "The army did not enter the town.")


def finding(text, verdict, *, reason=None, score=0.5, id="c1", evidence=(FOR, MORE), against=(), why="", judged=False):
    return Finding(Statement(id, text), verdict, reason, score, evidence, against, why, judged)


FINDINGS = (
    finding("The brigade took Marisal.", Ruling.SUPPORTED, score=0.93, why="the sources say it"),
    finding(
        "The army entered the town.",
        Ruling.UNSUPPORTED,
        reason=Reason.NEGATION,
        score=0.04,
        against=(OTHER,),
        why="the source says that it did not",
    ),
    finding("A bishop spoke.", Ruling.UNSUPPORTED, reason=Reason.FABRICATED, evidence=(), why="nobody says it"),
    finding("Le pont est tombé.", Ruling.UNCLEAR, score=0.0, evidence=(), why="not in English", judged=True),
)  # fmt: skip


def claims(*findings):
    return Checked(findings or FINDINGS, date(2031, 4, 14), 3)


def shown(checked, *, width=80, color=False, evidence=1):
    return "".join(render(checked, width=width, color=color, evidence=evidence))


def words(text):
    return " ".join(text.split())


def test_each_claim_has_its_mark_reason_score_and_words():
    text = words(shown(claims()))
    assert "✓ c1 The brigade took Marisal. supported 0.93 · the sources say it source “Fighters of the Dawn" in text
    assert "said.” east/one.txt" in text
    assert "✗ c1 The army entered the town. contradicted 0.04 · negation · the source says that it did not" in text
    assert "against “The army did not enter the town.” three.txt nearest “Fighters of the Dawn" in text
    assert "✗ c1 A bishop spoke. unsupported 0.50 · fabricated · nobody says it" in text
    assert "? c1 Le pont est tombé. unclear 0.00 · not in English · by the judge" in text


def test_the_last_line_counts():
    last = shown(claims()).splitlines()[-1]
    assert last == "4 claims checked · 1 supported · 2 unsupported (1 contradicted) · 1 unclear"
    assert "1 claim checked · 1 supported" in shown(claims(FINDINGS[0]))
    assert "0 claims checked" in shown(Checked((), None, 1))


@pytest.mark.parametrize(("evidence", "quotes"), [(0, 0), (1, 3), (2, 5), (9, 5)])
def test_as_many_quotes_are_shown_as_are_asked_for(evidence, quotes):
    assert shown(claims(), evidence=evidence).count("“") == quotes


def test_prose_stands_in_order_with_what_was_not_checked():
    found = pieces(Summary("draft.md", "# Marisal falls\n\nThe brigade took Marisal.\n\n- Grain silos"))
    text = words(shown(Checked(FINDINGS[:1], None, 3, prose=True, pieces=tuple(found))))
    assert "draft.md Marisal falls ✓ The brigade took Marisal. supported" in text
    assert "– Grain silos not checked: fragment" in text
    assert "1 sentence checked · 1 supported · 0 unsupported · 0 unclear · 2 not checked" in text
    assert "against 3 articles" in text


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(width):
    text = shown(claims(), width=width, evidence=9)
    assert max(map(len, text.splitlines())) <= min(width, 100)
    assert all(row == row.rstrip() for row in text.splitlines())
    assert "FightersoftheDawnBrigadecapturedMarisal" in re.sub(r"\s", "", text)
    assert text.endswith("\n")


def test_colour_is_for_terminals_alone():
    assert "\x1b" not in shown(claims())
    assert "\x1b[" in shown(claims(), color=True)
    assert words(re.sub(r"\x1b\[[0-9;]*m", "", shown(claims(), color=True))) == words(shown(claims()))


def test_long_sentences_and_quotes_are_cut_short():
    long = Passage("one.txt", 0, 9, "bridge " * 5000)
    text = shown(claims(finding("army " * 5000, Ruling.SUPPORTED, evidence=(long,))))
    assert text.count("…") == 2
    assert len(text) < 4 * SHOWN


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_word_of_a_source_styles_or_moves_anything(words, name):
    hostile = Passage(name, 0, 1, f"[bold]{words}\x1b[2J\u202e[/bold]")
    checked = claims(finding(words, Ruling.UNSUPPORTED, id=name, why=words, evidence=(hostile,), against=(hostile,)))
    text = shown(checked)
    assert "[bold]" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\ud800-\udfff]", text)
