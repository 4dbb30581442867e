"""A case is checked before it is scored: what is wrong with it is named by file and line, and nothing of it is run."""

from datetime import date
from pathlib import Path

import pytest
from scored_case import ARTICLES, CLAIMS, HEAD, write_case

from briefer.errors import OutputError, UsageError
from briefer.evals.cases import Trap, case_folders, lint, load
from briefer.evals.cases.skeleton import make

SOLE = 'quote: "The United Council called on both sides to agree to a ceasefire."'


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which words stand for the first time."""
    return next(number for number, row in enumerate(text.splitlines(), start=1) if words in row)


def changed(old: str, new: str, text: str = CLAIMS) -> str:
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def faults(folder: Path) -> list[str]:
    """What is wrong, as it is printed, without the folder before it."""
    return [str(each).replace(f"{folder}/", "") for each in lint(folder) if not each.doubt]


def doubts(folder: Path) -> list[str]:
    return [str(each).replace(f"{folder}/", "") for each in lint(folder) if each.doubt]


def test_a_sound_case_has_no_fault_and_is_read(tmp_path):
    folder = write_case(tmp_path / "toval")
    assert faults(folder) == []
    case = load(folder)
    assert (case.name, str(case.head.date), case.head.tries) == (
        "toval",
        "2031-05-13",
        (Trap.REVERSAL, Trap.TOLLS, Trap.PLANS),
    )
    assert set(case.articles) == set(ARTICLES)
    assert len(case.sheet.must) == 6


class TestFaultsOfClaims:
    """Each fault of claims.yaml with the line that its author has to mend."""

    @pytest.mark.parametrize(
        ("old", "new", "at", "said"),
        [
            pytest.param("may:\n", "may: [\n", "", "claims.yaml:", id="broken YAML"),
            pytest.param("may:\n", "may:\n\t- x\n", "\t- x", "", id="a tab"),
            pytest.param("    kind: shelling\n", "    kind: siege\n", "kind: siege", "must.4.kind", id="unknown kind"),
            pytest.param("    extent: part\n", "    size: part\n", "size: part", "must.3.size: ", id="unknown key"),
            pytest.param("    when: 2031-05-12\n", "    when: 12 May\n", "when: 12 May", "must.1.when", id="no date"),
            pytest.param(
                "    place: Ledna\n",
                "    place: Ledna\n    place: Toval\n",
                "    place: Toval\n    when: 2031-05-13\n    evidence",
                "'place' is given twice",
                id="a key twice",
            ),
            pytest.param("event: ledna-part\n", "event: ledna\n", "event: ledna", "events: has no 'ledna'", id="event"),
            pytest.param("  - id: denied\n", "  - id: taken\n", "", "the id 'taken' is taken", id="an id twice"),
            pytest.param("reverses: toval-taken", "reverses: lost", "reverses:", "no event 'lost'", id="reverses"),
            pytest.param(
                "  council-call:",
                "  spare: {status: claimed}\n  council-call:",
                "  spare:",
                "no claim is of the event 'spare'",
                id="idle event",
            ),
            pytest.param(SOLE, SOLE.replace("both", "all"), "on all sides", "word for word", id="a quote changed"),
            pytest.param(SOLE, SOLE.replace("The Un", "The  Un"), "The  United", "word for word", id="a space more"),
            pytest.param(f"monitor.json, {SOLE}", f"gone.txt, {SOLE}", "gone.txt", "no readable article", id="article"),
            pytest.param("actor: United Council\n", "actor: Old Guard\n", "- id: call", "no article names", id="actor"),
            pytest.param("place: Ister\n", "place: Lisk\n", "- id: crossing", "no article names 'Lisk'", id="place"),
            pytest.param("    change: recaptured\n", "", "- id: retaken", "kind territory has one", id="no change"),
            pytest.param(
                "    when: {start: 2029-03-01, end: 2029-03-31}",
                "    when: {start: 2029-03-31, end: 2029-03-01}",
                "when: {start: 2029-03-31",
                "end is before its start",
                id="days out of order",
            ),
            pytest.param("  - id: call\n", "  - id: Call It\n", "id: Call It", "may.4.id", id="an id of other letters"),
            pytest.param("reason: denied_as_fact", "reason: lie", "reason: lie", "must_not.1.reason", id="reason"),
            pytest.param("number: 3,", "number: -3,", "number: -3", "may.2.equipment.0.number", id="less than none"),
            pytest.param("{kind: monitor", "{sort: monitor", "{sort: monitor", "speaker.kind", id="no kind"),
        ],
    )  # fmt: skip
    def test_it_is_named_with_its_line(self, tmp_path, old, new, at, said):
        text = changed(old, new)
        found = faults(write_case(tmp_path / "toval", claims=text))
        assert found
        assert said in "\n".join(found)
        if at:
            line = 1 + text[: text.index(at)].count("\n")
            assert f"claims.yaml:{line}: " in "\n".join(found)

    def test_every_fault_is_told_at_once(self, tmp_path):
        text = changed("place: Ister\n", "place: Lisk\n", changed("actor: United Council\n", "actor: Old Guard\n"))
        assert len(faults(write_case(tmp_path / "toval", claims=text))) == 2

    def test_of_two_claims_with_one_id_the_later_is_named(self, tmp_path):
        text = changed("  - id: denied\n", "  - id: taken\n")
        line = 1 + text[: text.rindex("- id: taken")].count("\n")
        assert faults(write_case(tmp_path / "toval", claims=text))[0].startswith(f"claims.yaml:{line}: the id 'taken'")

    def test_a_case_must_tell_something_unless_it_says_that_nothing_is_new(self, tmp_path):
        empty = "must: []\n"
        assert "must: is empty" in faults(write_case(tmp_path / "one", claims=empty))[0]
        assert faults(write_case(tmp_path / "two", claims=empty, head=f"{HEAD}nothing_new: true\n")) == []

    def test_a_file_with_no_word_is_no_case(self, tmp_path):
        assert "must: is empty" in "\n".join(faults(write_case(tmp_path / "one", claims="")))
        found = "\n".join(faults(write_case(tmp_path / "two", head="")))
        assert "case.yaml:1: title: Field required" in found

    def test_lists_where_a_mapping_should_be_are_named(self, tmp_path):
        assert faults(write_case(tmp_path / "toval", claims="- must\n- may\n"))[0].startswith("claims.yaml:1: ")


class TestFaultsOfHeads:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("date: 2031-05-13", "date: 13 May", "case.yaml:2: date: "),
            ("date: 2031-05-13\n", "date: 2031-05-13\ntimezone: Mars/Olympus\n", "case.yaml: timezone: 'Mars/Olympus'"),
            ("date: 2031-05-13\n", "date: 2031-05-13\ntimezone: ../../etc/passwd\n", "case.yaml: timezone: "),
            ("[reversal, tolls, plans]", "[reversal, guile]", "case.yaml:4: tries.1: "),
            ("war: ", "wars: ", "case.yaml:3: wars: "),
            ("title: ", "title: [", "case.yaml:"),
            ("notes: Two", "nothing_new: perhaps\nnotes: Two", "case.yaml:5: nothing_new: "),
        ],
    )
    def test_it_is_named_with_its_line(self, tmp_path, old, new, said):
        found = faults(write_case(tmp_path / "toval", head=changed(old, new, HEAD)))
        assert said in "\n".join(found)


class TestFilesThatMeanHarm:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
                id="an alias bomb",
            ),
            pytest.param("names: &n\n  actors: {}\nmust: *n\n", id="an alias"),
            pytest.param("names: &n [*n]\n", id="an alias of itself"),
            pytest.param("must: " + "[" * 5000 + "]" * 5000 + "\n", id="brackets without end"),
            pytest.param("must: " + "{a: " * 3000 + "}" * 3000 + "\n", id="braces without end"),
            pytest.param("must: " + "[" * 600_000 + "\n", id="brackets that would overrun the stack"),
            pytest.param("- " * 600_000 + "\n", id="lists that would overrun the stack"),
            pytest.param("must: !!python/object/apply:os.system ['true']\n", id="a tag that would run"),
            pytest.param("? [a, b]\n: must\n", id="a key that is a list"),
            pytest.param("<<: {must: []}\n", id="a merge key"),
            pytest.param("must: []\n---\nmay: []\n", id="two documents"),
            pytest.param("must: \x07\n", id="a bell"),
            pytest.param("date: 2031-99-99\n", id="a day that is none"),
            pytest.param("must: 1" + "0" * 5000 + "\n", id="a number without end"),
        ],
    )  # fmt: skip
    def test_it_is_a_fault_with_a_line_and_no_crash(self, tmp_path, text):
        assert faults(write_case(tmp_path / "toval", claims=text))[0].startswith("claims.yaml:")
        assert faults(write_case(tmp_path / "head", head=text))[0].startswith("case.yaml:")

    def test_an_alias_is_named_with_its_line_for_a_case_says_what_it_shows(self, tmp_path):
        anchored = changed("    place: Ledna\n", "    place: &there Ledna\n")
        aliased = changed("    place: Gorin\n", "    place: *there\n", anchored)
        assert faults(write_case(tmp_path / "toval", claims=aliased)) == [
            f"claims.yaml:{line_of(aliased, '*there')}: an alias; write it out, for a case says what it shows"
        ]

    def test_a_huge_file_is_not_parsed(self, tmp_path):
        found = faults(write_case(tmp_path / "toval", claims="#" * 2_000_001))
        assert "claims.yaml:1: is longer than" in found[0]

    def test_text_that_is_not_utf_8_is_named_with_its_line(self, tmp_path):
        folder = write_case(tmp_path / "toval")
        folder.joinpath("claims.yaml").write_bytes(CLAIMS.replace("Two", "Two").encode() + "# café\n".encode("latin-1"))
        line = CLAIMS.count("\n") + 1
        assert faults(folder)[0].startswith(f"claims.yaml:{line}: is not UTF-8")
        folder.joinpath("reference.md").write_bytes(b"# Toval\n\xff\n")
        assert any(each.startswith("reference.md:2: is not UTF-8") for each in faults(folder))

    def test_no_word_of_an_article_is_in_a_message(self, tmp_path):
        text = changed(SOLE, 'quote: "Hush hush, this is quoted from nowhere at all."')
        assert "Hush" not in "\n".join(faults(write_case(tmp_path / "toval", claims=text)))


class TestWhatIsMissing:
    @pytest.mark.parametrize("part", ["claims.yaml", "reference.md"])
    def test_a_file_that_is_missing_is_named(self, tmp_path, part):
        folder = write_case(tmp_path / "toval")
        folder.joinpath(part).unlink()
        assert any(each.startswith(f"{part}: No such file") for each in faults(folder))

    def test_an_empty_reference_is_named(self, tmp_path):
        assert faults(write_case(tmp_path / "toval", reference=" \n")) == [
            "reference.md: is empty; write the briefing that the articles should give"
        ]

    def test_a_case_without_articles_is_named(self, tmp_path):
        folder = write_case(tmp_path / "toval")
        for file in folder.joinpath("articles").iterdir():
            file.unlink()
        assert any(each.startswith("articles: no article is there") for each in faults(folder))

    def test_a_folder_without_cases_says_what_to_do(self, tmp_path):
        with pytest.raises(UsageError, match=r"holds no case; .*briefer eval new"):
            case_folders(tmp_path)

    def test_an_article_that_cannot_be_read_cannot_be_cited(self, tmp_path):
        folder = write_case(tmp_path / "toval")
        folder.joinpath("articles", "monitor.json").write_bytes(b"\x00\x01\x02")
        assert any("no readable article 'monitor.json'" in each for each in faults(folder))


class TestEvidence:
    def test_it_is_held_against_what_cleaning_leaves(self, tmp_path):
        folder = write_case(tmp_path / "toval", claims=changed(SOLE, 'quote: "Share this on Facebook"'))
        page = folder / "articles" / "monitor.json"
        page.write_text(
            page.read_text().replace("March 2029.", "March 2029.\\n\\nShare this on Facebook\\n\\nLeave a Reply")
        )
        line = line_of(folder.joinpath("claims.yaml").read_text(), "Share this on")
        assert f"claims.yaml:{line}: call: the quote is not in monitor.json word for word" in "\n".join(faults(folder))

    def test_a_quote_may_be_a_part_of_a_sentence(self, tmp_path):
        assert (
            faults(write_case(tmp_path / "toval", claims=changed(SOLE, 'quote: "The United Council called on both"')))
            == []
        )


class TestDoubts:
    """What its author should look at again keeps no case from being scored."""

    def test_an_article_that_no_claim_cites(self, tmp_path):
        folder = write_case(tmp_path / "toval")
        folder.joinpath("articles", "more.txt").write_text(
            "The market of Toval opened again on Tuesday, traders said.\n"
        )
        assert any("more.txt is cited by no claim" in each for each in doubts(folder))
        assert load(folder).name == "toval"

    def test_a_number_that_its_evidence_does_not_have(self, tmp_path):
        folder = write_case(tmp_path / "toval", claims=changed("best: 14", "best: 41"))
        assert "claims.yaml: doubtful: shelled-front: 41 is not in its evidence" in doubts(folder)
        assert faults(folder) == []


class TestLoading:
    def test_the_first_faults_are_named_and_the_command_that_names_all(self, tmp_path):
        text = CLAIMS.replace("    kind: territory\n", "    kind: terrain\n").replace("    place: ", "    spot: ")
        folder = write_case(tmp_path / "toval", claims=text)
        with pytest.raises(UsageError) as told:
            load(folder)
        rows = str(told.value).splitlines()
        assert len(rows) == 11
        assert f"and {len(faults(folder)) - 10} more; `briefer eval lint {folder}` names all" in rows[-1]

    def test_it_may_lie_in_a_folder_of_any_name(self, tmp_path):
        for name in ("\u0645\u06cc\u200c\u062e", "a\tb", "a*b[c]", "-x", "a b"):
            assert set(load(write_case(tmp_path / name / "toval")).articles) == set(ARTICLES)

    def test_its_hash_is_of_every_file_and_of_nothing_else(self, tmp_path):
        hashes = {load(write_case(tmp_path / name / "toval")).hash for name in ("one", "two")}
        assert len(hashes) == 1
        for number, (part, more) in enumerate(
            [
                ("claims.yaml", "# x\n"),
                ("case.yaml", "# x\n"),
                ("reference.md", "x\n"),
                ("articles/wire.txt", "\nMore.\n"),
            ]
        ):
            folder = write_case(tmp_path / f"changed-{number}" / "toval")
            folder.joinpath(part).write_text(folder.joinpath(part).read_text() + more)
            hashes.add(load(folder).hash)
        renamed = write_case(tmp_path / "renamed" / "toval", claims=CLAIMS.replace("channel.txt", "radio.txt"))
        renamed.joinpath("articles", "channel.txt").rename(renamed / "articles" / "radio.txt")
        assert len(hashes | {load(renamed).hash}) == 6

    def test_files_that_changed_places_make_another_hash(self, tmp_path):
        one = write_case(tmp_path / "one" / "toval")
        other = write_case(tmp_path / "other" / "toval")
        for folder, order in ((one, ("a b", "c")), (other, ("a", "b c"))):
            for name, text in zip(("x.txt", "y.txt"), order, strict=True):
                folder.joinpath("articles", name).write_text(text)
        assert load(one).hash != load(other).hash


class TestSkeletons:
    def make(self, tmp_path: Path, **how: object) -> Path:
        make(tmp_path / "the-bridge", day=date(2031, 5, 13), **how)  # type: ignore[arg-type]
        return tmp_path / "the-bridge"

    def test_lint_then_wants_what_is_to_be_filled_in(self, tmp_path):
        folder = self.make(tmp_path)
        found = faults(folder)
        assert [each.partition(":")[0] for each in found] == ["articles"]
        folder.joinpath("articles", "wire.txt").write_text(ARTICLES["wire.txt"])
        assert "must: is empty" in "\n".join(faults(folder))

    def test_filled_in_it_is_a_case(self, tmp_path):
        folder = self.make(tmp_path)
        for name, text in ARTICLES.items():
            folder.joinpath("articles", name).write_text(text)
        folder.joinpath("claims.yaml").write_text(CLAIMS)
        case = load(folder)
        assert (case.head.title, str(case.head.date)) == ("the bridge", "2031-05-13")

    def test_its_comments_are_an_example_that_is_right(self, tmp_path):
        """The example in the comments, without its comment signs, satisfies the shape."""
        text = self.make(tmp_path).joinpath("claims.yaml").read_text()
        for head in ("events: {}", "must: []", "must_not: []", "  actors: {}", "  places: {}"):
            text = text.replace(head, head.rpartition(":")[0] + ":", 1)
        bare = "\n".join(
            row.replace("#  ", "  ", 1) if row.lstrip().startswith("#  ") else row for row in text.splitlines()
        )
        folder = write_case(tmp_path / "shown", claims=bare)
        shape = ("Input should", "Field required", "Extra inputs", "Value error")
        assert not [each for each in faults(folder) if any(word in each for word in shape)]
        assert "karsk-taken-rebels: the quote is not in wire.txt" in "\n".join(faults(folder))

    def test_articles_are_copied_from_files_and_folders(self, tmp_path):
        posts = tmp_path / "posts"
        posts.joinpath("deep").mkdir(parents=True)
        posts.joinpath("deep", "a.txt").write_text("One.\n")
        alone = tmp_path / "b.txt"
        alone.write_text("Two.\n")
        folder = self.make(tmp_path, articles=[posts, alone])
        assert folder.joinpath("articles", "deep", "a.txt").read_text() == "One.\n"
        assert folder.joinpath("articles", "b.txt").read_text() == "Two.\n"

    @pytest.mark.parametrize("part", ["case.yaml", "claims.yaml", "reference.md", "articles"])
    def test_a_folder_that_holds_a_case_is_left_as_it_is(self, tmp_path, part):
        folder = tmp_path / "the-bridge"
        folder.mkdir()
        folder.joinpath(part).write_text("mine")
        with pytest.raises(UsageError, match=f"has {part} already"):
            self.make(tmp_path)
        assert [each.name for each in folder.iterdir()] == [part]
        assert folder.joinpath(part).read_text() == "mine"

    def test_articles_that_are_not_there_are_named_and_nothing_is_made(self, tmp_path):
        with pytest.raises(UsageError, match=r"gone\.txt: nothing is there"):
            self.make(tmp_path, articles=[tmp_path / "gone.txt"])
        assert not (tmp_path / "the-bridge").exists()

    def test_a_folder_that_cannot_be_made_is_an_output_error(self, tmp_path):
        tmp_path.joinpath("the-bridge").write_text("a file")
        with pytest.raises(OutputError, match="cannot be written"):
            self.make(tmp_path)
