"""`briefer check` and `briefer.check`: claims and prose in, the published findings out, whatever the files hold."""

import io
import json
import os
import sys

import pytest
from stub_server import Stub

import briefer
from briefer.cli import main

CAPTURE = (
    "Fighters of the Dawn Brigade captured the town of Marisal on Monday after two days of fighting, residents said. "
    "The army withdrew its armoured vehicles to the river. At least 14 people were killed in the shelling.\n"
)
MARKET = "The market of Old Sarra reopened on Saturday after three weeks. Traders sold flour and lamp oil again.\n"
TRUE = "The Dawn Brigade captured Marisal on Monday, residents said."
FALSE = "The army captured Marisal on Monday, residents said."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A current folder with two articles and a feed, and a user without settings, keys or a store."""
    for name in [name for name in os.environ if name.startswith(("BRIEFER_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    articles = tmp_path / "articles"
    articles.joinpath("east").mkdir(parents=True)
    row = {"title": "Marisal falls", "published": "2031-04-14T09:00:00Z", "outlet": "Nine World", "text": CAPTURE}
    articles.joinpath("one.json").write_text(json.dumps(row))
    articles.joinpath("east", "market.txt").write_text(MARKET)
    rows = [
        {"text": f"The mill of {town} burned down on Friday. Nobody was hurt there."} for town in ("Karsk", "Ordel")
    ]
    articles.joinpath("feed.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


@pytest.fixture
def cli(capsys):
    """Runs `briefer check`; gives its exit code, stdout and stderr."""

    def call(*arguments):
        with pytest.raises(SystemExit) as exited:
            main(["check", *(str(argument) for argument in arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return exited.value.code or 0, printed.out, printed.err

    return call


@pytest.fixture
def checked(cli, folder):
    """Checks claims, given as rows or raw lines: exit code, the findings, stderr."""

    def call(*claims, sources="articles", options=()):
        lines = [claim if isinstance(claim, str) else json.dumps(claim) for claim in claims]
        folder.joinpath("claims.jsonl").write_text("\n".join(lines))
        code, out, err = cli("--sources", sources, "--claims", "claims.jsonl", "--json", *options)
        return code, [json.loads(line) for line in out.splitlines()], err

    return call


# ── claims ──


def test_a_claim_gets_the_published_fields(checked):
    code, [found], err = checked({"id": "c1", "text": TRUE})
    assert (code, err) == (0, "")
    published = ["id", "verdict", "reason", "score", "evidence"]
    assert list(found) == [*published, "contradicted", "against", "why", "judged"]
    assert (found["id"], found["verdict"], found["reason"]) == ("c1", "supported", None)
    quote = found["evidence"][0]
    assert quote["article"] == "one.json"
    assert quote["quote"].startswith("Fighters of the Dawn Brigade captured")
    assert quote["end"] - quote["start"] == len(quote["quote"])
    assert 0.5 <= found["score"] <= 1


def test_findings_stand_in_the_order_of_the_file(checked):
    ids = [f"c{number}" for number in (3, 1, 2, 11)]
    _, found, _ = checked(*({"id": id, "text": text} for id, text in zip(ids, [TRUE, FALSE, "", TRUE], strict=True)))
    assert [each["id"] for each in found] == ids


def test_the_same_check_gives_the_same_bytes(cli, folder):
    claims = [{"id": str(number), "text": text} for number, text in enumerate([TRUE, FALSE, MARKET, "Nothing of it."])]
    folder.joinpath("c.jsonl").write_text("\n".join(map(json.dumps, claims)))
    runs = {cli("-s", "articles", "--claims", "c.jsonl", "--json")[1] for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("articles/east/market.txt", "east/market.txt"),
        ("./articles/east/market.txt", "east/market.txt"),
        ("east/market.txt", "east/market.txt"),
        ("east\\market.txt", "east/market.txt"),
        ("market.txt", "east/market.txt"),
        ("market", "east/market.txt"),
        ("one", "one.json"),
        ("feed.jsonl#2", "feed.jsonl#2"),
        ("articles/feed.jsonl#2", "feed.jsonl#2"),
    ],
)
def test_a_source_answers_to_every_name_that_a_user_knows_it_by(checked, name, shown):
    _, [found], err = checked({"id": "c", "text": "The mill, the market and the town of Marisal.", "articles": [name]})
    assert err == ""
    assert {quote["article"] for quote in found["evidence"]} == {shown}


def test_an_articles_id_is_a_name_too_and_a_feed_stands_for_its_rows(checked):
    _, [found], _ = checked({"id": "c", "text": "The mill of Karsk burned down.", "articles": ["feed.jsonl"]})
    assert found["evidence"][0]["article"] == "feed.jsonl#1"
    ids = [source.id for source in briefer.brief("articles", date="2031-04-14").sources if source.name.endswith("#2")]
    _, [found], _ = checked({"id": "c", "text": "The mill of Ordel burned down.", "articles": ids})
    assert found["evidence"][0]["article"] == "feed.jsonl#2"


def test_a_claim_is_held_against_the_articles_that_it_names_alone(checked):
    _, found, _ = checked(
        {"id": "its own", "text": TRUE, "articles": ["one.json"]},
        {"id": "another", "text": TRUE, "articles": ["market.txt"]},
        {"id": "both", "text": TRUE, "articles": ["market.txt", "one.json"]},
        {"id": "any", "text": TRUE, "articles": []},
    )
    assert [each["verdict"] == "supported" for each in found] == [True, False, True, True]


def test_an_unknown_article_leaves_its_claim_unclear_and_the_others_checked(checked):
    code, found, err = checked(
        {"id": "a", "text": TRUE, "articles": ["markt.txt"]}, {"id": "b", "text": TRUE}, options=["--strict"]
    )
    assert (code, [each["verdict"] for each in found]) == (0, ["unclear", "supported"])
    assert 'no source is called "markt.txt"' in found[0]["why"]
    assert "claims.jsonl:1: a:" in err
    assert "nearest: east/market.txt" in err


def test_a_name_that_stands_for_two_is_not_guessed_at(checked, folder):
    folder.joinpath("articles", "market.md").write_text("The market of New Sarra stayed closed on Sunday.")
    _, [found], err = checked({"id": "a", "text": MARKET, "articles": ["market"]})
    assert found["verdict"] == "unclear"
    assert '"market" stands for more than one source: east/market.txt, market.md' in err


def test_an_unreadable_source_is_named_and_so_is_the_claim_that_needs_it(checked, folder):
    folder.joinpath("articles", "broken.json").write_text('{"text": ')
    code, [first, second], err = checked(
        {"id": "a", "text": TRUE, "articles": ["broken.json"]}, {"id": "b", "text": TRUE}
    )
    assert (code, first["verdict"], second["verdict"]) == (0, "unclear", "supported")
    assert "broken.json could not be read: broken JSON" in first["why"]
    assert "not read: broken.json" in err


def test_copies_of_a_text_keep_their_names(checked, folder):
    folder.joinpath("articles", "zcopy.txt").write_text(MARKET)
    claim = "The market of Old Sarra reopened on Saturday."
    _, found, err = checked(
        *({"id": name, "text": claim, "articles": [name]} for name in ("zcopy.txt", "market.txt")),
        {"id": "all", "text": claim},
    )
    assert err == ""
    assert [each["evidence"][0]["article"] for each in found] == ["zcopy.txt", "east/market.txt", "east/market.txt"]


def test_sources_called_the_same_in_two_folders_are_shown_by_their_paths(cli, folder):
    for name in ("left", "right"):
        folder.joinpath(name).mkdir()
        folder.joinpath(name, "a.txt").write_text(f"The bridge of {name.title()}ham fell on Friday. It was old.")
    folder.joinpath("c.jsonl").write_text('{"id": "1", "text": "The bridge of Leftham fell.", "articles": ["left/a"]}')
    _, out, err = cli("-s", "left", "-s", "right", "--claims", "c.jsonl", "--json")
    assert err == ""
    assert {quote["article"] for quote in json.loads(out)["evidence"]} == {"left/a.txt"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "x", "text": ', "broken JSON"),
        ('["x"]', "not an object"),
        ('{"text": "x"}', '"id" is missing'),
        ('{"id": 7, "text": "x"}', '"id" is 7, not a text'),
        ('{"id": "x"}', '"text" is missing'),
        ('{"id": "x", "text": null}', '"text" is null, not a text'),
        ('{"id": "x", "text": "x", "articles": "one"}', '"articles" is "one", not a list'),
        ('{"id": "x", "text": "x", "articles": [1]}', '"articles" is [1], not a list'),
        ('{"id": "first", "text": "x"}', 'the id "first" is that of line 1 already'),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_line_is_an_error_that_names_file_and_line(checked, line, told):
    code, found, err = checked({"id": "first", "text": TRUE}, "", line)
    assert (code, found) == (2, [])
    assert "claims.jsonl:3: " in err
    assert told in err


def test_what_others_keep_in_a_line_is_ignored_and_bytes_need_not_be_tidy(cli, folder):
    row = json.dumps({"id": "c\u2028\ud800", "text": f"{TRUE}\u0000\ud800", "label": "supported", "articles": None})
    folder.joinpath("c.jsonl").write_bytes(b"\xef\xbb\xbf\r\n" + row.encode() + b"\r\n\n")
    code, out, _ = cli("-s", "articles", "--claims", "c.jsonl", "--json")
    found = json.loads(out)
    assert (code, found["id"], found["verdict"]) == (0, "c\u2028\ud800", "supported")
    folder.joinpath("c.jsonl").write_bytes(b'{"id": "a", "text": "\xff"}')
    code, _, err = cli("-s", "articles", "--claims", "c.jsonl", "--json")
    assert (code, "c.jsonl:1: not UTF-8" in err) == (2, True)


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "…"])
def test_an_empty_claim_is_unclear_and_says_so(checked, text):
    code, [found], _ = checked({"id": "c", "text": text}, options=["--strict"])
    assert (code, found["verdict"]) == (0, "unclear")
    assert "empty" in found["why"]


def test_a_claim_in_another_language_is_unclear_and_says_why(checked):
    code, found, _ = checked(
        {"id": "es", "text": "Los combatientes tomaron la ciudad el lunes tras dos días de combates."},
        {"id": "ar", "text": "سيطر مقاتلو لواء الفجر على بلدة ماريسال يوم الاثنين بعد يومين من القتال."},
    )
    assert code == 0
    for each in found:
        assert each["verdict"] == "unclear"
        assert "English" in each["why"]


def test_a_claim_of_ten_thousand_characters_is_answered(checked):
    long = (TRUE + " ") * 170
    _, found, _ = checked(
        {"id": "sentences", "text": long}, {"id": "word", "text": "a" * 10_000}, {"id": "words", "text": "army " * 2000}
    )
    assert len(long) > 10_000
    assert [each["id"] for each in found] == ["sentences", "word", "words"]


def test_no_claims_are_no_findings(checked):
    code, found, err = checked("")
    assert (code, found) == (0, [])
    assert "nothing was checked" in err


def test_without_sources_the_work_cannot_be_done(checked, folder):
    folder.joinpath("empty").mkdir()
    for sources in ("empty", "nowhere"):
        code, found, err = checked({"id": "c", "text": TRUE}, sources=sources)
        assert (code, found) == (4, [])
        assert "nothing to check against" in err
        assert sources in err


def test_strict_is_a_gate_for_scripts(checked):
    assert checked({"id": "a", "text": TRUE}, options=["--strict"])[0] == 0
    code, [found], err = checked({"id": "a", "text": FALSE}, options=["--strict", "--quiet"])
    assert (code, found["verdict"]) == (1, "unsupported")
    assert "1 of 1 unsupported" in err
    assert checked({"id": "a", "text": FALSE})[0] == 0


def test_a_threshold_moves_the_verdict_and_not_the_score(checked):
    _, [usual], _ = checked({"id": "a", "text": TRUE})
    _, [never], _ = checked({"id": "a", "text": TRUE}, options=["--threshold", "1"])
    _, [always], _ = checked({"id": "a", "text": FALSE}, options=["--threshold", "0"])
    assert never["verdict"] != "supported"
    assert never["score"] == usual["score"]
    assert always["verdict"] == "supported"
    for wrong in ("1.5", "-0.1", "nan"):
        assert checked({"id": "a", "text": TRUE}, options=["--threshold", wrong])[0] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sources", "articles"], "name what to check"),
        (["draft.md", "--claims", "c.jsonl", "--sources", "articles"], "name what to check"),
        (["draft.md"], "--sources"),
        (["c.jsonl", "--sources", "articles"], "--claims"),
        (["-", "-", "--sources", "articles"], "only once"),
        (["absent.md", "--sources", "articles"], "absent.md"),
        (["articles", "--sources", "articles"], "articles"),
        (["draft.md", "--sources", "articles", "--judge"], "--model"),
        (["draft.md", "--sources", "articles", "--model", "small"], "--judge"),
        (["draft.md", "--sources", "articles", "--date", "Monday"], "date"),
        (["draft.md", "--sources", "articles", "--json", "--format", "text"], "exclude each other"),
        (["picture.md", "--sources", "articles"], "an image"),
    ],
)
def test_wrong_usage_says_how_to_mend_it(cli, folder, arguments, told):
    folder.joinpath("draft.md").write_text(TRUE)
    folder.joinpath("c.jsonl").write_text("")
    folder.joinpath("picture.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, out, err = cli(*arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_fifty_thousand_sentences_are_searched(checked, folder):
    sentences = [f"Mill {number} ground {number % 90 + 2} sacks." for number in range(50_000)]
    sentences[33_333] = TRUE
    paragraphs = (" ".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5))
    folder.joinpath("long").mkdir()
    folder.joinpath("long", "mills.txt").write_text("\n\n".join(paragraphs))
    code, [found], _ = checked({"id": "c", "text": TRUE}, sources="long")
    assert (code, found["verdict"]) == (0, "supported")
    assert found["evidence"][0]["quote"] == TRUE


def test_the_day_it_was_written_decides_what_a_weekday_means(checked):
    _, [same], _ = checked({"id": "c", "text": TRUE})
    _, [later], _ = checked({"id": "c", "text": TRUE}, options=["--date", "2031-04-30"])
    assert same["score"] > later["score"]


# ── prose ──

DRAFT = f"""# Marisal falls

{TRUE} {FALSE}

- Traders sold flour again [3].
- a fragment
"""


def test_prose_is_checked_sentence_by_sentence_with_offsets(cli, folder):
    folder.joinpath("draft.md").write_text(DRAFT)
    code, out, _ = cli("draft.md", "--sources", "articles", "--json")
    found = json.loads(out)
    assert (code, found["schema"], found["date"], found["articles"]) == (0, "briefer.check/1", "2031-04-14", 4)
    verdicts = ["not_checked", "supported", "unsupported", "supported", "not_checked"]
    assert [each["verdict"] for each in found["sentences"]] == verdicts
    assert [each["text"] for each in found["sentences"]][1:4] == [TRUE, FALSE, "Traders sold flour again."]
    assert all(DRAFT[each["start"] : each["end"]].startswith(each["text"][:20]) for each in found["sentences"])
    assert {each["summary"] for each in found["sentences"]} == {"draft.md"}
    counts = {"supported": 2, "unsupported": 1, "unclear": 0, "not_checked": 2}
    assert found["counts"] == {**counts, "contradicted": found["sentences"][2]["contradicted"]}


def test_an_empty_summary_has_no_sentences(cli, folder):
    folder.joinpath("draft.md").write_text("")
    code, out, err = cli("draft.md", "--sources", "articles", "--json")
    assert (code, json.loads(out)["sentences"]) == (0, [])
    assert "nothing was checked" in err


def test_several_summaries_and_standard_input(cli, folder, monkeypatch):
    folder.joinpath("draft.html").write_text(f"<html><body><h1>Marisal falls</h1><p>{FALSE}</p></body></html>")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TRUE.encode())))
    code, out, _ = cli("-", "draft.html", "--sources", "articles", "--format", "jsonl", "--strict")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [(row["summary"], row["verdict"]) for row in rows] == [
        ("-", "supported"),
        ("draft.html", "not_checked"),
        ("draft.html", "unsupported"),
    ]


def test_claims_come_as_one_object_where_that_is_asked_for(cli, folder, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"id": "c", "text": TRUE}).encode())))
    _, out, _ = cli("--claims", "-", "--sources", "articles", "--format", "json")
    found = json.loads(out)
    assert [each["id"] for each in found["claims"]] == ["c"]
    assert found["counts"]["supported"] == 1


def test_json_and_view_carry_no_raw_escape_of_a_source(cli, folder):
    hostile = "The army of \x1b[31mred\x1b[0m \u202ednalroM held the fort of Tarn on Friday [bold]today[/bold]."
    folder.joinpath("articles", "\x1b[2Jfort.txt").write_text(f"{hostile}\n\nNothing else was reported there.")
    folder.joinpath("draft.md").write_text("The army held the fort of Tarn \x1b[5mon Friday [bold]today[/bold].")
    for arguments in ([], ["--json"]):
        code, out, err = cli("draft.md", "--sources", "articles", *arguments)
        assert code == 0
        assert "fort of Tarn" in out
        assert not {"\x1b", "\u202e"} & set(out + err)
    assert "[bold]" in cli("draft.md", "--sources", "articles")[1]


# ── the judge ──


def ruling(request):
    """A judge who finds every statement supported by the capture of Marisal."""
    quote = "captured the town of Marisal on Monday"
    return json.dumps({"statements": [{"n": 1, "q": quote, "v": "supported"}]})


def test_a_judge_decides_what_stays_in_doubt_and_its_costs_are_told(cli, folder):
    claims = [{"id": "a", "text": FALSE, "articles": ["one"]}, {"id": "b", "text": FALSE, "articles": ["none such"]}]
    folder.joinpath("c.jsonl").write_text("\n".join(map(json.dumps, claims)))
    with Stub(answer=ruling) as stub:
        judge = ["--judge", "--model", "small", "--base-url", stub.url]
        code, out, err = cli("-s", "articles", "--claims", "c.jsonl", "--json", *judge)
        asked = len(stub.bodies)
    first, second = map(json.loads, out.splitlines())
    assert (code, asked > 0) == (0, True)
    assert (first["verdict"], first["judged"]) == ("supported", True)
    assert (second["verdict"], second["judged"]) == ("unclear", False)
    assert "model: small" in err


def test_a_judged_check_is_recorded_and_replayed_without_a_server(cli, folder):
    folder.joinpath("draft.md").write_text(FALSE)
    with Stub(answer=ruling) as stub:
        judge = ["draft.md", "-s", "articles", "--json", "--judge", "--model", "small", "--base-url", stub.url]
        _, recorded, _ = cli(*judge, "--record", "tape.json")
    code, replayed, _ = cli(*judge, "--replay", "tape.json")
    first, again = json.loads(recorded), json.loads(replayed)
    assert (code, first["made_by"]["model"], first["sentences"][0]["judged"]) == (0, "small", True)
    assert {**first, "made_by": None} == {**again, "made_by": None}


def test_a_judge_that_does_not_answer_leaves_the_findings_as_they_are(cli, folder):
    folder.joinpath("draft.md").write_text(FALSE)
    with Stub(answer=lambda request: "no JSON") as stub:
        code, out, _ = cli(
            "draft.md", "-s", "articles", "--json", "--judge", "--model", "small", "--base-url", stub.url
        )
    [found] = json.loads(out)["sentences"]
    _, alone, _ = cli("draft.md", "-s", "articles", "--json")
    assert (code, [found]) == (0, json.loads(alone)["sentences"])


# ── Python ──


def test_from_python_prose_and_statements_are_checked():
    found = briefer.check(f"{TRUE} {FALSE}", "articles", date="2031-04-14")
    assert [finding.verdict.value for finding in found] == ["supported", "unsupported"]
    assert (len(found), found[0].statement.text, found.articles) == (2, TRUE, 4)
    assert [(piece.words, finding is not None) for piece, finding in found.parts()] == [(TRUE, True), (FALSE, True)]
    named = briefer.Statement("mine", TRUE, articles=("market.txt",))
    found = briefer.check([TRUE, named], ["articles"])
    assert [finding.statement.id for finding in found] == ["1", "mine"]
    assert [finding.verdict.value == "supported" for finding in found] == [True, False]
    assert isinstance(found[0], briefer.Finding)
    assert isinstance(found[0].evidence[0], briefer.Passage)


def test_from_python_errors_are_brieferors_own():
    with pytest.raises(briefer.NothingToBrief, match="nothing to check against"):
        briefer.check(TRUE, "nowhere")
    with pytest.raises(briefer.UsageError, match="threshold"):
        briefer.check(TRUE, "articles", threshold=2)
    with pytest.raises(briefer.UsageError, match="--sources"):
        briefer.check(TRUE, [])
