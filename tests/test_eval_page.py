"""The page of an eval: whole in one file, readable without its script, and no word of a case more than a word."""

import base64
import hashlib
import re
from itertools import pairwise

import lxml.html
import pytest
from eval_result_factory import (
    CASES,
    CLAIMS,
    COMPARISON,
    HELD,
    HISTORY,
    HOLDING,
    RESULT,
    TOLD,
    WIRE,
    YARD,
    article,
    case,
    cite,
)
from hypothesis import given
from hypothesis import strategies as st

from briefer.evals.reports import marked, page, plots
from briefer.evals.reports.marked import Mark, Piece, harmless, paper
from briefer.evals.reports.plots import Run
from briefer.evals.results import Cite, Comparison, Found, Measure, Notice

ANY = st.text(st.characters(codec=None), max_size=60)
TAGS = set(
    "html head meta title style body a header p h1 h2 h3 h4 h5 h6 nav ul ol li main section div table thead tbody tr "
    "th td caption span strong em code details summary dl dt dd figure figcaption svg line circle polyline text "
    "blockquote mark footer script br pre".split()
)
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]")


@pytest.fixture(scope="module")
def whole():
    return page(RESULT, COMPARISON, CASES, HISTORY)


@pytest.fixture(scope="module")
def tree(whole):
    return lxml.html.document_fromstring(whole)


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def named(tree, text, tag):
    return next(each for each in tree.iter(tag) if text in words(each))


class TestAlone:
    def test_it_asks_for_nothing(self, tree):
        assert not [each for each in tree.iter() if each.get("src") or each.tag in ("link", "img", "iframe", "object")]
        assert all(each.get("href").startswith("#") for each in tree.iter() if each.get("href"))
        assert not re.search(r"url\(|@import|@font-face", tree.find(".//style").text)

    def test_its_policy_forbids_all_but_its_own_style_and_script(self, tree):
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        for tag in ("style", "script"):
            (only,) = tree.iter(tag)
            digest = base64.b64encode(hashlib.sha256(only.text.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy

    def test_the_policy_comes_before_anything_that_it_rules(self, whole):
        assert whole.index("Content-Security-Policy") < whole.index("<title>") < whole.index("<style>")

    def test_no_style_or_action_stands_in_an_attribute(self, tree):
        assert not [name for each in tree.iter() for name in each.attrib if name == "style" or name.startswith("on")]


class TestHostile:
    def test_only_its_own_elements_are_there(self, tree):
        assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= TAGS
        assert len(list(tree.iter("script"))) == 1

    def test_invisible_characters_are_shown_or_gone(self, whole):
        assert not INVISIBLE.search(whole)
        assert "␛[31mred" in whole

    @given(ANY)
    def test_any_text_stays_text(self, text):
        claim = CLAIMS[1].model_copy(update={"text": text, "why": text, "forbidden": text})
        result = YARD.model_copy(update={"claims": (claim,), "title": text, "name": f"x{text}", "error": text})
        run = RESULT.model_copy(update={"cases": (result,)})
        found = (Notice(kind=Found.NEW_FALSE, what=text, case=result.name, claim=claim.id),)
        cases = (case(result, (article("wire.txt", text, text, text),), text),)
        shown = page(run, Comparison(against=text, found=found), cases, ((text, {Measure.RECALL: 0.5}),))
        tree = lxml.html.document_fromstring(shown)
        assert not INVISIBLE.search(shown)
        assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= TAGS

    def test_markdown_of_a_reference_has_no_force(self):
        shown = paper("# a\n[x](javascript:y) ![i](u) <b>z</b> <https://a.example>\n\n[r]: https://b.example", below=4)
        assert shown.startswith("<h5>a</h5>")
        assert not re.search(r"<(?!/?(?:h5|p)\b)|href|src", shown)

    def test_a_list_within_a_list_keeps_its_place(self):
        assert paper("- a\n  - b", below=4).count("<ul>") == 2


class TestReading:
    def test_headings_skip_no_level(self, tree):
        levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_every_link_leads_somewhere_and_every_anchor_is_one(self, tree):
        ids = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        assert {each.get("href")[1:] for each in tree.iter("a")} <= set(ids)

    def test_tables_say_what_heads_what(self, tree):
        assert all(each.get("scope") in ("row", "col") for each in tree.iter("th"))
        assert tree.get("lang") == "en"

    def test_the_verdict_stands_first(self, tree):
        assert words(tree.xpath("//p[contains(@class, 'verdict')]")[0]).startswith("The gate fails: 1 new claim that")

    def test_a_false_claim_is_told_with_all_that_speaks_against_it(self, tree):
        claim = named(tree, "Nineteen soldiers were killed.", "details")
        assert claim.get("open") is not None
        text = words(claim)
        assert "contradicted new" in text
        assert "verifier: unsupported, wrong number" in text
        assert "judge: unsupported, wrong number" in text
        assert "the source says at least nine" in text
        assert "“At least nine soldiers were killed and 21 wounded" in text
        assert "Nearest in the reference yard-dead : At least nine soldiers were killed, a doctor said." in text
        assert "casualties 19 killed at least 9 killed differs speaker – a doctor left out" in text

    def test_a_quote_leads_to_its_words_in_the_article(self, tree):
        claim = named(tree, "Nineteen soldiers were killed.", "details")
        target = claim.xpath(".//blockquote//a/@href")[0][1:]
        mark = tree.get_element_by_id(target)
        assert mark.text_content() == CLAIMS[1].evidence[0].quote
        assert mark.get("class") == "false reference"
        assert mark.getnext().get("href") == f"#{claim.get('id')}"

    def test_words_that_do_not_stand_in_an_article_are_not_linked(self, tree):
        quote = named(tree, "gone.txt", "blockquote")
        assert "not on this page, or these words do not stand there" in words(quote)
        assert not list(quote.iter("a"))

    def test_an_article_loses_no_word(self, tree):
        shown = tree.get_element_by_id("k1-a2").find(".//div[@class='words']")
        for note in shown.xpath(".//a"):
            note.text = ""
        assert shown.text_content() == harmless(WIRE)

    def test_what_was_missed_and_what_must_not_be_told(self, tree):
        text = words(tree.get_element_by_id("k1"))
        assert "missed must The rebels denied that they had lost the yard." in text
        assert "told The army crossed the Ister." in text
        assert "crossing missed" in text
        assert "toll, likeness 0.41 wrong status" in text
        assert "not supported 0.12 It is winning." in text

    def test_a_case_that_could_not_be_scored(self, tree):
        assert "Could not be scored: recordings.jsonl:3: is no JSON" in words(tree.get_element_by_id("k3"))

    def test_without_cases_baseline_or_past_runs(self):
        text = words(lxml.html.document_fromstring(page(HELD, None, (), ())))
        assert "Nothing to compare with; 4 claims shown that do not stand." in text
        assert "Past runs" not in text
        assert "Articles" not in text

    def test_the_whole_body_of_a_case(self, tree, snapshot):
        assert lxml.html.tostring(tree.get_element_by_id("k1"), encoding="unicode") == snapshot

    def test_passes_over_one_case_share_its_articles(self):
        again = YARD.model_copy(update={"repeat": 1})
        shown = page(RESULT.model_copy(update={"cases": (YARD, again)}), HOLDING, CASES, ())
        tree = lxml.html.document_fromstring(shown)
        assert len(tree.find_class("article")) == 2
        second = [each for each in tree.iter("a") if each.get("class", "").startswith("note") and each.text == "2.1"]
        assert second
        assert all(each.get("href") == "#k2-c1" for each in second)

    def test_many_findings_open_on_a_click(self):
        claims = tuple(CLAIMS[1].model_copy(update={"id": f"c{number}"}) for number in range(30))
        found = tuple(Notice(kind=Found.NEW_FALSE, what="", case=YARD.name, claim=each.id) for each in claims)
        run = RESULT.model_copy(update={"cases": (YARD.model_copy(update={"claims": claims}),)})
        assert "<summary>and 18 more</summary>" in page(run, Comparison(against="b", found=found), (), ())


def test_the_order_of_keys_in_a_result_changes_nothing(whole):
    turned = {"measures": dict(reversed(RESULT.measures.items())), "by_trap": dict(reversed(RESULT.by_trap.items()))}
    cases = [each.model_copy(update={"measures": dict(reversed(each.measures.items()))}) for each in RESULT.cases]
    other = RESULT.model_copy(update={**turned, "cases": tuple(cases)})
    history = tuple((name, dict(reversed(values.items()))) for name, values in HISTORY)
    assert page(other, COMPARISON, reversed(CASES), history) == whole


def test_fifteen_cases_of_five_articles_stay_small():
    """A large case has 60 claims and articles of 5,000 characters."""
    text = (WIRE + "\n\n") * 16
    results, cases = [], []
    for number in range(15):
        claims = tuple(CLAIMS[place % 6].model_copy(update={"id": f"c{place}"}) for place in range(60))
        told = tuple(TOLD[place % 4].model_copy(update={"id": f"r{place}"}) for place in range(40))
        result = YARD.model_copy(update={"name": f"case-{number}", "claims": claims, "reference": told})
        results.append(result)
        cases.append(
            case(result, tuple(article(name, text) for name in ("wire.txt", "b.txt", "c.txt", "d.txt", "e.txt")))
        )
    shown = page(RESULT.model_copy(update={"cases": tuple(results)}), HOLDING, cases, HISTORY)
    assert len(shown.encode()) < 3_000_000


class TestMarks:
    def pieces(self, text, *spans):
        marks = [
            Mark(Cite(article="a", start=start, end=end, quote=text[start:end]), str(number), f"c{number}", "false")
            for number, (start, end) in enumerate(spans)
        ]
        return list(marked.pieces(text, marks))

    def test_passages_that_overlap_are_shown_as_what_each_has(self):
        shown = self.pieces("abcdefgh", (1, 5), (3, 7))
        assert [(each.text, [mark.by for mark in each.marks], [mark.by for mark in each.ends]) for each in shown] == [
            ("a", [], []),
            ("bc", ["0"], []),
            ("de", ["0", "1"], ["0"]),
            ("fg", ["1"], ["1"]),
            ("h", [], []),
        ]

    @given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6))
    def test_no_character_is_lost_and_every_passage_is_whole(self, text, spans):
        shown = self.pieces(text, *spans)
        assert "".join(each.text for each in shown) == text
        for number, (start, end) in enumerate(spans):
            over = [each.text for each in shown if any(mark.by == str(number) for mark in each.marks)]
            assert "".join(over) == (text[start:end] if 0 <= start < end else "")

    def test_a_quote_that_is_not_there_marks_nothing(self):
        wrong = cite("wire.txt", "the army said").model_copy(update={"start": 3, "end": 16})
        assert list(marked.pieces(WIRE, [Mark(wrong, "1", "c1", "false")])) == [Piece(0, WIRE)]


class TestPlots:
    RUNS = tuple(Run(name, values) for name, values in HISTORY)

    def test_a_run_without_the_measure_leaves_a_gap(self):
        assert plots.plot(Measure.UNSUPPORTED, self.RUNS).count("<polyline") == 1
        assert plots.plot(Measure.PRECISION, self.RUNS).count("<polyline") == 2

    def test_what_was_measured_once_is_not_plotted(self):
        assert plots.plotted(self.RUNS[:1]) == []
        assert plots.plotted(self.RUNS) == [Measure.UNSUPPORTED, Measure.RECALL, Measure.PRECISION]

    def test_it_can_be_heard(self):
        told = plots.plot(Measure.RECALL, self.RUNS)
        assert 'role="img" aria-label="Recall of must over 3 runs: 50.0 %, 55.0 %, 75.0 %"' in told

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=80))
    def test_every_point_is_within_the_plot(self, values):
        for measure in (Measure.UNSUPPORTED, Measure.RECALL):
            drawn = plots.plot(measure, [Run("r", {measure: value}) for value in values])
            for x, y in re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)"', drawn):
                assert 0 <= float(x) <= plots.WIDTH
                assert 0 <= float(y) <= plots.HEIGHT


@pytest.mark.parametrize("scheme", [0, 1])
def test_words_can_be_told_from_what_is_behind_them(tree, scheme):
    """At least 4.5 to 1 (WCAG AA), in the light scheme and in the dark one."""
    blocks = re.findall(r":root \{(.*?)\}", tree.find(".//style").text, re.DOTALL)
    colors = dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[scheme]))
    behind = ["page", "panel"]
    pairs = [(ink, back) for ink in ("ink", "muted", "link", "bad", "good", "unsure") for back in behind]
    pairs += [(each, f"{each}-soft") for each in ("bad", "good", "unsure")] + [("ink", "plain-soft")]
    pairs += [("ink", name) for name in colors if name.startswith("mark-") or name.endswith("-soft")]
    pairs += [("muted", "plain-soft")]
    poor = {pair: round(contrast(colors[pair[0]], colors[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
