"""The measure on labelled claims: what it tells of a perfect checker, of a guessing one, and of faulty days."""

import json
import math
import shutil
from pathlib import Path

import pytest

from briefer.cli import main
from briefer.errors import UsageError
from briefer.evals import labelled, measures, tabled, tables
from briefer.evals.lies import Setting, judge, questions
from briefer.evals.measures import Scored
from briefer.evals.report import CHECKER, Plan, is_wrong, measure
from briefer.types import Finding, Reason, Ruling

ROOT = Path(__file__).parent.parent
HEAD = 'title = "A bridge"\ndate = "2033-05-04"\ntimezone = "+02:00"\nwar = "Army of Palen against the Oru Front"\n'
TOLD = "The army of Palen took the bridge at Lorrin on Tuesday, a witness in the town said by telephone."
TOLL = "Nine soldiers and four fighters of the Oru Front were wounded in two hours of fighting for the bridge."
COMMENT = "SHARE THIS ARTICLE"
ARTICLE = f"Title: Bridge at Lorrin taken\nOutlet: Palen Wire\nPublished: 2033-05-04T08:00:00+02:00\n\n{TOLD} {TOLL}\n"
OTHER = (
    "Title: Bread dearer in Lorrin\nOutlet: The Lorrin Courier\nPublished: 2033-05-04T09:00:00+02:00\n\n"
    "Bread cost twice as much in Lorrin on Tuesday as it had a week before, traders at the market told this paper.\n"
)
TRUE = {"label": "supported", "reason": None, "how": ["passive"], "article": "wire.txt"}
LIE = {"label": "unsupported", "how": "another", "article": "wire.txt"}
CLAIMS = [
    {"id": "c1", "text": "On Tuesday the crossing at Lorrin fell to the troops of Palen.", "evidence": [TOLD], **TRUE},
    {
        "id": "c2",
        "text": "The Oru Front took the bridge at Lorrin on Tuesday.",
        "evidence": [TOLD],
        **LIE,
        "reason": "wrong_actor",
        "also": ["wrong_direction"],
    },
    {"id": "c3", "text": "Thirteen combatants were hurt at the bridge of Lorrin.", "evidence": [TOLL], **TRUE},
    {
        "id": "c4",
        "text": "Nine soldiers were killed in the fighting for the bridge.",
        "evidence": [TOLL],
        **LIE,
        "reason": "wrong_number",
    },
]


def write_day(folder, claims=CLAIMS, head=HEAD, **articles):
    (folder / "articles").mkdir(parents=True)
    (folder / "day.toml").write_text(head)
    for name, text in {"wire": ARTICLE, "courier": OTHER, **articles}.items():
        (folder / "articles" / f"{name}.txt").write_text(text)
    (folder / "claims.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    return folder


@pytest.fixture
def days(tmp_path):
    return labelled.load_all(write_day(tmp_path / "days" / "one").parent) + labelled.load_all(
        write_day(tmp_path / "days" / "two")
    )


class Perfect:
    """Knows every label; of each lie the reason that would do too, where there is one."""

    def __init__(self, articles):
        self.asked = []

    def find(self, statement):
        self.asked.append(statement)
        claim = next((each for each in CLAIMS if each["text"] == statement.text), CLAIMS[0])
        if claim["reason"] is None:
            return Finding(statement, Ruling.SUPPORTED, None, 0.9)
        reason = Reason([claim["reason"], *claim.get("also", [])][-1])
        return Finding(statement, Ruling.UNSUPPORTED, reason, 0.1)


class Constant:
    """Says the same of everything."""

    def __init__(self, score):
        self.score = score

    def find(self, statement):
        return Finding(statement, Ruling.UNCLEAR, None, self.score)


def plan(days, *settings, threshold=0.5):
    return Plan("mine", days, days, settings or (Setting.GIVEN,), threshold)


def test_a_perfect_checker_has_all(days):
    report, judged = measure(plan(days), Perfect)
    line = report.results[0].lines[0]
    assert (line.name, line.balanced_accuracy, line.caught, line.lost, line.auc) == (CHECKER, 1.0, 1.0, 0.0, 1.0)
    assert (line.caught_at_small_loss, line.copies_lost, report.results[0].reason_fair) == (1.0, 0.0, 1.0)
    assert [(each.reason, each.lies, each.caught) for each in report.results[0].reasons] == [
        ("wrong_actor", 2, 2),
        ("wrong_number", 2, 2),
    ]
    assert not any(is_wrong(each, 0.5) for each in judged)


@pytest.mark.parametrize("score", [0.0, 0.5, 1.0])
def test_a_checker_that_always_says_the_same_is_at_chance(days, score):
    result = measure(plan(days), lambda _: Constant(score))[0].results[0]
    assert (result.lines[0].balanced_accuracy, result.lines[0].auc) == (0.5, 0.5)
    assert result.unclear == 1.0
    assert math.isnan(result.decided.balanced_accuracy)


def test_the_reason_found_must_be_a_fair_one(days):
    class Blunt(Perfect):
        def find(self, statement):
            found = super().find(statement)
            return Finding(statement, found.verdict, found.reason and Reason.WRONG_DIRECTION, found.score)

    result = measure(plan(days), Blunt)[0].results[0]
    assert {each.reason: each.fair for each in result.reasons} == {"wrong_actor": 2, "wrong_number": 0}
    assert result.reason_fair == 0.5


def test_what_a_claim_is_held_against(days):
    day = days[0]
    wire = day.articles["wire.txt"]
    asked = {setting: next(iter(questions(day, setting))).statement for setting in Setting}
    assert (asked[Setting.GIVEN].articles, asked[Setting.GIVEN].cited) == ((wire.id,), ())
    assert (asked[Setting.OPEN].articles, asked[Setting.OPEN].cited) == ((), ())
    assert [wire.sentence(each.sentence) for each in asked[Setting.CITED].cited] == [TOLD]


def test_a_caller_gets_label_reason_statement_and_finding(days):
    second = list(judge(days, Setting.OPEN, Perfect))[1]
    assert (second.label, second.reason, second.question.key) == (Ruling.UNSUPPORTED, Reason.WRONG_ACTOR, "one/c2")
    assert second.finding.statement is second.statement


def test_evidence_that_cleaning_cuts_is_told(tmp_path):
    lie = {"id": "c5", "text": "All are asked to share.", "evidence": [COMMENT], **LIE, "reason": "injected"}
    true = {"id": "c6", "text": "Lorrin's bridge was taken.", "evidence": ["Bridge at Lorrin taken"], **TRUE}
    folder = write_day(tmp_path / "one", [lie, true], wire=f"{ARTICLE}\n{COMMENT}\n")
    day = labelled.load(folder)
    first, second = questions(day, Setting.CITED)
    assert first.statement.cited == second.statement.cited == ()
    assert second.cut == ("title",)
    assert len(first.cut) == 1
    report = measure(plan([day], Setting.CITED), Perfect)[0]
    assert set(report.results[0].cut) == {"one/c5", "one/c6"}
    assert "title 1" in tabled.as_markdown(tables.tables(report))


def test_intervals_are_the_same_each_time_and_hold_the_value():
    scored = [Scored(f"day {n % 5}", n % 2 == 0, (n * 7 % 11) / 10) for n in range(60)]
    found = measures.interval(scored, 0.5, lambda tally: tally.balanced_accuracy)
    assert found == measures.interval(scored[::-1], 0.5, lambda tally: tally.balanced_accuracy)
    assert found.low < measures.tally(scored, 0.5).balanced_accuracy < found.high


def test_one_day_alone_has_no_interval():
    scored = [Scored("one", True, 1.0), Scored("one", False, 0.0)]
    assert math.isnan(measures.interval(scored, 0.5, lambda tally: tally.lost_share).low)


def test_a_higher_threshold_catches_no_fewer_and_loses_no_fewer():
    scored = [Scored("one", n % 3 == 0, (n * 5 % 13) / 12) for n in range(50)]
    points = [point.tally for point in measures.curve(scored)]
    assert [point.caught for point in points] == sorted(point.caught for point in points)
    assert [point.lost for point in points] == sorted(point.lost for point in points)


def test_the_area_is_the_chance_that_truth_scores_higher():
    scored = [Scored("one", *each) for each in ((True, 0.9), (True, 0.4), (True, 0.2), (False, 0.4), (False, 0.1))]
    assert measures.auc(scored) == pytest.approx((1 + 1 + 0.5 + 1 + 0 + 1) / 6)


def test_who_only_counts_words_backwards_is_found_out(days):
    """Lies keep the words of their source: a checker that mistrusts every copied word looks good without reading."""
    overlap = [0.1, 0.2, 0.3, 0.4, 0.3, 0.4, 0.5, 0.6]
    likeness = [measures.Likeness(each, each) for each in overlap]
    backwards = [Scored("one", n < 4, 1 - each) for n, each in enumerate(overlap)]
    assert measures.auc(backwards) > 0.8
    assert measures.auc_alike(backwards, likeness) == 0.5
    assert math.isnan(measures.auc_alike(backwards[:2] + backwards[6:], likeness[:2] + likeness[6:]))

    class Backwards(Perfect):
        def find(self, statement):
            copied = any(statement.text in article.text for article in (*days[0].articles.values(),))
            return Finding(statement, Ruling.UNCLEAR, None, 0.0) if copied else super().find(statement)

    line = measure(plan(days), Backwards)[0].results[0].lines[0]
    assert (line.balanced_accuracy, line.copies_lost) == (1.0, 1.0)


def test_the_best_threshold_is_found_and_few_true_claims_are_lost_at_it():
    scored = [Scored("one", n >= 10, n / 20) for n in range(20)]
    assert measures.best_threshold(scored) == 0.5
    assert measures.caught_at(scored, 0.05) == 1.0


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"id": "c2"}, 1, "taken by an earlier"),
        ({"reason": "wrong_taste"}, 2, "reason"),
        ({"also": ["wrong_taste"]}, 2, "also"),
        ({"reason": None}, 2, "exactly one"),
        ({"evidence": [TOLL[:-5] + "town."]}, 2, "evidence 1 is not in wire.txt word for word"),
        ({"evidence": []}, 2, "evidence"),
        ({"article": "../../secret.txt"}, 2, "there is no articles/'../../secret.txt'"),
        ({"colour": "red"}, 2, "colour"),
        ({"label": "maybe"}, 2, "label"),
    ],
)
def test_a_faulty_claim_is_named_by_file_and_line(tmp_path, change, line, said):
    claims = [dict(claim) for claim in CLAIMS]
    claims[0 if line == 1 else 1] |= change
    folder = write_day(tmp_path / "one", claims)
    with pytest.raises(UsageError, match=r"claims\.jsonl:2: ") as error:
        labelled.load(folder)
    assert said in str(error.value)
    assert TOLL[:30] not in str(error.value)  # no word of a text that nobody is to see
    assert said in str(labelled.lint(folder)[0])


@pytest.mark.parametrize(
    ("head", "said"), [("title = 3", "title"), ("title", "no TOML"), (HEAD + 'map = "x"', "map"), ("", "date")]
)
def test_a_faulty_head_is_named(tmp_path, head, said):
    folder = write_day(tmp_path / "one", head=head or 'title = "x"')
    assert any("day.toml" in fault.where and said in str(fault) for fault in labelled.lint(folder))


def test_lint_wants_as_many_lies_as_true_claims(tmp_path):
    folder = write_day(tmp_path / "one", CLAIMS[:3])
    assert [fault.what for fault in labelled.lint(folder)] == [
        "2 true claims and 1 lies; a day holds as many of either"
    ]
    assert len(labelled.load(folder).claims) == 3  # a set of one's own may be lopsided


def test_a_file_of_no_json_and_one_of_no_utf8_are_named(tmp_path):
    folder = write_day(tmp_path / "one")
    (folder / "claims.jsonl").write_text('{"id": "c1"\n')
    (folder / "articles" / "wire.txt").write_bytes(b"\xff\xfe\x00")
    said = "\n".join(map(str, labelled.lint(folder)))
    assert "claims.jsonl:1: " in said
    assert "wire.txt: it is not UTF-8" in said


def test_a_file_without_an_article_is_named(tmp_path):
    folder = write_day(tmp_path / "one", courier="Share\n")
    with pytest.raises(UsageError, match=r"courier\.txt: no article"):
        labelled.load(folder)


@pytest.mark.parametrize("part", ["build", "measured"])
def test_the_shipped_days_have_no_fault(part, capsys):
    main_ends_with(0, "eval", "lies", "--part", part, "--lint")
    assert capsys.readouterr().out == ""


def main_ends_with(code, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert (ended.value.code or 0) == code


def test_the_command_measures_days_of_ones_own(tmp_path, capsys):
    folder = str(write_day(tmp_path / "days" / "one").parent)
    write_day(tmp_path / "days" / "two")
    main_ends_with(0, "eval", "lies", "--days", folder, "--setting", "given", "--json", "--quiet")
    first = capsys.readouterr().out
    found = json.loads(first)
    assert (found["schema"], found["days"]) == ("briefer.evals.lies/1", ["one", "two"])
    assert [each["id"] for each in found["results"][0]["claims"]][:2] == ["one/c1", "one/c2"]
    assert {line["name"] for line in found["results"][0]["lines"]} >= {CHECKER, "ROUGE-L", "names and numbers"}
    main_ends_with(0, "eval", "lies", "--days", folder, "--setting", "given", "--json", "--quiet")
    assert capsys.readouterr().out == first
    main_ends_with(0, "eval", "lies", "--days", folder, "--markdown", "--quiet")
    assert capsys.readouterr().out.startswith("**")
    main_ends_with(0, "eval", "lies", "--days", folder, "--show", "all", "--quiet")
    assert CLAIMS[3]["text"] in capsys.readouterr().out


def test_a_claim_is_no_terminal_escape(tmp_path, capsys):
    claims = [{**CLAIMS[0], "text": "The bridge \u001b[31mfell[bold]."}, *CLAIMS[1:]]
    folder = write_day(tmp_path / "one", claims)
    main_ends_with(0, "eval", "lies", "--days", str(folder), "--show", "all", "--quiet")
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[bold]" in out


def test_lint_of_the_command_exits_with_1(tmp_path, capsys):
    folder = write_day(tmp_path / "one", CLAIMS[:1])
    main_ends_with(1, "eval", "lies", "--days", str(folder), "--lint")
    assert "1 true claims and 0 lies" in capsys.readouterr().out


def test_measured_claims_are_not_shown_unless_asked_for(capsys):
    main_ends_with(2, "eval", "lies", "--part", "measured", "--show", "wrong")
    assert "--show-measured" in capsys.readouterr().err
    inside = next((ROOT / "evals" / "lies" / "measured").iterdir())
    main_ends_with(2, "eval", "lies", "--days", str(inside), "--show", "all")


def test_a_folder_without_days_is_wrong_usage(tmp_path, capsys):
    main_ends_with(2, "eval", "lies", "--days", str(tmp_path))
    assert "day.toml" in capsys.readouterr().err
    shutil.rmtree(write_day(tmp_path / "one") / "articles")
    main_ends_with(2, "eval", "lies", "--days", str(tmp_path))
    assert "no article" in capsys.readouterr().err
