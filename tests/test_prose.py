"""Splitting a summary: what is checked and what is not, with offsets into the file as it is, whatever it holds."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefer.checking import Sort, Summary, pieces, read_summary
from briefer.errors import UsageError


def split(text, *, page=False):
    return pieces(Summary("draft", text, page))


def sentences(text, *, page=False):
    return [piece.words for piece in split(text, page=page) if piece.checked]


ONE, TWO = "The army took Marisal on Monday.", "Residents left the town."

MARKDOWN = {
    "paragraphs": (f"{ONE} {TWO}\n\n{TWO}", [ONE, TWO, TWO]),
    "lines that are wrapped": (f"{ONE[:13]}\n{ONE[14:]}\n{TWO}", [ONE, TWO]),
    "Windows line ends": (f"# A title\r\n\r\n{ONE}\r\n\r\n- {TWO}\r\n", [ONE, TWO]),
    "headings": (f"# {ONE}\n\n{TWO}\n\nThe third day\n-------------\n\n## A fourth ##\n{ONE}", [TWO, ONE]),
    "a rule right under a paragraph does not make it a heading": (f"{ONE}\n---\n{TWO}", [ONE, TWO]),
    "list items": (f"* {ONE}\n  1. {TWO}\n- [ ] {ONE}\n• {TWO}\n", [ONE, TWO, ONE, TWO]),
    "an item over two lines": (f"- {ONE[:13]}\n  {ONE[14:]}\n- {TWO}", [ONE, TWO]),
    "block quotes": (f"> {ONE}\n> {TWO}\n>> {ONE}", [ONE, TWO, ONE]),
    "tables": (f"| Place | What |\n|---|:-:|\n| Marisal | {ONE} |\n| Sarra | {TWO} |", [ONE, TWO]),
    "a bar that is no table": ("The army | the guard took it.", ["The army | the guard took it."]),
    "emphasis": ("The **army** took *Mari*sal on __Monday__.", [ONE]),
    "links": ("The [army](http://a.example/x) took [Marisal][1] on Monday.\n\n[1]: http://b.example", [ONE]),
    "pictures": ("![A map of it.](m.png)The army took Marisal on Monday.", [ONE]),
    "marks of footnotes": ("The army [1] took Marisal [2, 3][4] on Monday.[^note]", [ONE]),
    "marks that are escaped": ("The army took Marisal on Monday \\[5\\]. Residents left the town [6]+2.", [ONE, TWO]),
    "marks that link": (f"{ONE}[1](http://a.example) [[2]](#x) {TWO}³", [ONE, TWO]),
    "square kilometres stay": ("They took 14 km² of land.", ["They took 14 km² of land."]),
    "a footnote's text": (f"[^1]: {ONE}", [ONE]),
    "references": ("The army &amp; the guard took Mari&#115;al.", ["The army & the guard took Marisal."]),
    "tags": ("The <b>army</b> took<br>Marisal<sup>2</sup> on Monday.", [ONE]),
    "code, comments and front matter": (f"---\ntitle: {ONE}\n---\n<!-- {ONE} -->\n```\n{ONE}\n```\n{TWO}", [TWO]),
    "no emphasis": ("The 5 * 3 posts at a_b_c were lost.", ["The 5 * 3 posts at a_b_c were lost."]),
}  # fmt: skip


@pytest.mark.parametrize("case", MARKDOWN)
def test_markdown_is_read_as_it_is_meant(case):
    text, expected = MARKDOWN[case]
    assert sentences(text) == expected


PAGE = f"""<!DOCTYPE html><html><head><title>{TWO}</title><script>if (a < b) took("x");</script></head>
<body><nav>{TWO}</nav><h1>{TWO}</h1><p>The <b>army</b> took
Marisal on&nbsp;Monday.<sup>[3]</sup> {TWO}</p><!-- {TWO} --><ul><li>{ONE}<li>AT&T said so &lt;twice&gt;.</ul>
<table><tr><th>{ONE}<td>{TWO}</table><button>The army took it.</button></body></html>"""


def test_a_page_is_read_as_a_reader_sees_it():
    assert sentences(PAGE, page=True) == [ONE, TWO, ONE, "AT&T said so <twice>.", TWO]
    assert [piece.words for piece in split(PAGE, page=True) if piece.sort is Sort.HEADING] == [TWO, ONE]


def test_offsets_are_those_of_the_file():
    for text, page in [(text, False) for text, _ in MARKDOWN.values()] + [(PAGE, True)]:
        found = split(text, page=page)
        assert found
        for piece in found:
            assert text[piece.start] == piece.words[0] or piece.words[0] in "&"
            assert text[piece.end - 1] == piece.words[-1]
    emphasis = "So: the **army** took *Marisal* on Monday. Residents left."
    assert [emphasis[piece.start : piece.end] for piece in split(emphasis)] == [emphasis[:42], emphasis[43:]]


def test_what_asserts_nothing_is_told_by_its_kind():
    text = f"# Title\n\n- Grain silos\n- Attendance: 6,100.\n- Who took it?\n\n{ONE}"
    assert [piece.sort for piece in split(text)] == ["heading", "fragment", "fragment", "question", "sentence"]


def test_a_sentence_whose_verb_could_be_a_noun_is_not_passed_over():
    for text in ("Three army tankers burned.", "The closure of the mill cost 410 jobs.", "The army shot it down"):
        assert sentences(text) == [text]


def test_a_summary_in_another_language_is_checked_and_not_taken_for_fragments():
    text = "Les rebelles ont pris la ville lundi.\n\n- Les soldats sont partis vers le nord avec des blessés"
    assert len(sentences(text)) == 2
    assert len(sentences("سيطر المقاتلون على البلدة يوم الاثنين. وانسحب الجيش إلى النهر.")) == 2


def test_a_sentence_knows_the_one_before_it_in_its_paragraph():
    found = split(f"# Title\n\n{ONE} {TWO}\n\n{TWO}")
    assert [piece.before for piece in found] == ["", "", ONE, ""]


@pytest.mark.parametrize("page", [False, True])
@given(
    text=st.text(
        alphabet=st.sampled_from("aB .!?\n\r\t#>-*_`[]()|&;<>/p1\\^:=~²\u00a0é،🙂") | st.characters(), max_size=200
    )
)
@example(text="|\n|-|\n|")
@example(text="# #\n=\n> \n- ")
def test_any_text_is_split_with_offsets_in_order(text, page):
    last = 0
    for piece in split(text, page=page):
        assert 0 <= piece.start < piece.end <= len(text)
        assert piece.start >= last or piece.start == last - 1  # one reference may hold the end of two pieces
        assert piece.words.strip() == piece.words != ""
        last = piece.end


@pytest.mark.parametrize(
    "part",
    ["[", "*", "* a", "_a", "a" + " " * 90, "`", "<!--", "<a", "| ", "[1", "> ", "&amp", "# ", "![", "-- ", "<sup>"],
)
@pytest.mark.parametrize("page", [False, True])
def test_no_markup_takes_more_time_than_its_length(part, page):
    text = part * (200_000 // len(part))
    began = time.process_time()
    split(text, page=page)
    assert time.process_time() - began < 5


def test_what_is_no_summary_is_told_so():
    with pytest.raises(UsageError, match=r"draft\.md: it is a PDF"):
        read_summary(b"%PDF-1.7 ...", "draft.md")
    with pytest.raises(UsageError, match="too long"):
        read_summary(b"word " * 300_000, "draft.md")
    assert read_summary(b"<html><body><p>x", "draft").page
    assert not read_summary(ONE.encode(), "draft").page
