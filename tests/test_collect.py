"""Collecting: every kind of file becomes articles or a named failure, and nothing stops the run."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.collect import FieldNames, read
from briefer.types import Failure, Media, Raw

BODY = "The army said it had entered the village of Novyi Brid after two days of shelling."


def one(path: Path | str, **more: object) -> Raw | Failure:
    found = list(read([str(path)], **more))  # type: ignore[arg-type]
    assert len(found) == 1, found
    return found[0]


def raws(*paths: Path | str) -> list[Raw]:
    return [found for found in read([str(path) for path in paths]) if isinstance(found, Raw)]


def test_a_folder_is_read_with_all_in_it_in_order_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/z.txt", ".hidden.txt"):
        (tmp_path / name).write_text(BODY)
    assert [Path(raw.name).name for raw in raws(tmp_path)] == ["a.txt", "z.txt", "c.txt"]


def test_globs_and_repeated_paths_give_each_file_once(tmp_path: Path) -> None:
    for name in ("one.txt", "two.md", "three.txt"):
        (tmp_path / name).write_text(BODY)
    found = raws(tmp_path / "*.txt", tmp_path / "one.txt", tmp_path)
    assert [Path(raw.name).name for raw in found] == ["one.txt", "three.txt", "two.md"]


def test_standard_input_is_read_by_what_is_in_it() -> None:
    rows = "\n".join(json.dumps({"title": title, "text": BODY}) for title in ("First", "Second"))
    found = list(read(["-"], stdin=io.BytesIO(rows.encode())))
    assert [raw.title for raw in found if isinstance(raw, Raw)] == ["First", "Second"]
    assert isinstance(next(read(["-"])), Failure)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"title": "T", "url": "https://a.example/1", "date": "2031-05-04", "source": "Herald", "text": BODY}, 1),
        ([{"headline": "T", "body": BODY}, {"headline": "U", "content": BODY}], 2),
        ({"status": "ok", "articles": [{"title": "T", "content": BODY, "source": {"id": None, "name": "Herald"}}]}, 1),
        ({"title": "T", "text": ["First paragraph.", "Second paragraph."]}, 1),
    ],
)
def test_json_objects_lists_and_envelopes(tmp_path: Path, content: object, expected: int) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content))
    found = raws(path)
    assert len(found) == expected
    assert found[0].title == "T"


def test_fields_of_a_row_are_found_under_their_usual_names(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            {
                "headline": "T",
                "link": "https://a.example",
                "pubDate": 1300000000,
                "publisher": {"name": "P"},
                "body": BODY,
            }
        )
    )
    assert one(path) == Raw(str(path), BODY, title="T", url="https://a.example", outlet="P", published="1300000000")


def test_field_names_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"kopf": "T", "rumpf": BODY}))
    found = one(path, fields=FieldNames(title=("kopf",), text=("rumpf",)))
    assert isinstance(found, Raw)
    assert (found.title, found.text) == ("T", BODY)


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    lines = [
        json.dumps({"text": BODY}),
        "{broken",
        "",
        json.dumps({"id": "k7", "text": BODY}),
        json.dumps({"id": 1}),
        "[" * 5000,
    ]
    path.write_text("\n".join(lines))
    found = list(read([str(path)]))
    assert [(type(entry), entry.name.rpartition("#")[2]) for entry in found] == [
        (Raw, "1"), (Failure, "2"), (Raw, "k7"), (Failure, "5"), (Failure, "6"),
    ]  # fmt: skip


def test_markdown_front_matter_and_markup(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        f"---\ntitle: 'Village: entered'\ndate: 2031-05-04\nsource: Herald\n---\n\n## Sub\n\n**{BODY}** [map](http://x.example)\n"
    )
    found = one(path)
    assert isinstance(found, Raw)
    assert (found.title, found.published, found.outlet) == ("Village: entered", "2031-05-04", "Herald")
    assert f"{BODY} map" in found.text
    assert "#" not in found.text


MAIL = (
    "From: Steppe Herald <desk@herald.example>\r\nSubject: =?utf-8?q?Fwd=3A_Army_enters_Novyi_Brid?=\r\n"
    "Date: Sun, 04 May 2031 08:30:00 +0300\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    + BODY
)


def test_mail_and_mailboxes(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL.encode())
    (tmp_path / "b.mbox").write_bytes(
        b"".join(b"From desk Sun May 4\r\n" + MAIL.encode() + b"\r\n\r\n" for _ in range(2))
    )
    single, first, second = raws(tmp_path)
    assert (single.title, single.outlet) == ("Army enters Novyi Brid", "Steppe Herald")
    assert single.published == "Sun, 04 May 2031 08:30:00 +0300"
    assert single.text.strip() == first.text.strip() == second.text.strip() == BODY


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Übergriffe bei Černihiv – “gestern”".encode(), "Übergriffe bei Černihiv – “gestern”"),
        ("Übergriffe bei Kiew".encode("utf-16"), "Übergriffe bei Kiew"),
        ("Kharkiv under fire".encode("utf-16-le"), "Kharkiv under fire"),
        ("\ufeffKharkiv".encode(), "Kharkiv"),
        ("They didn’t stop – “never".encode().decode("cp1252").encode(), "They didn’t stop – “never"),
        (("Войска вошли в город. " * 30).encode("cp1251"), "Войска вошли в город. " * 30),
        ("Les combats près de l'hôpital à Évry.".encode("latin-1"), "Les combats près de l'hôpital à Évry."),
    ],
)  # fmt: skip
def test_any_encoding(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    found = one(path)
    assert isinstance(found, Raw)
    assert found.text == expected


def test_sound_text_is_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "L'Île-aux-Âmes: «À l'Ouest»… ‘naïve’ ÂGÉ café — ½"
    path.write_text(text, encoding="utf-8")
    found = one(path)
    assert isinstance(found, Raw)
    assert found.text == text


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n \n", "empty"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.bin", bytes(range(256)) * 8, "binary"),
        ("a.json", b'{"title": ', "broken JSON"),
        ("a.json", b"[]", "no articles"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.txt", b"word " * 2_000_000, "too long"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_reason(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = one(path)
    assert isinstance(found, Failure)
    assert found.name == str(path)
    assert why in found.why


def test_links_pipes_and_missing_things(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "story.txt").write_text(BODY)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a-out").symlink_to(outside)
    (inside / "b-loop").symlink_to(inside)
    (inside / "c-gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (inside / "d-self").symlink_to(inside / "d-self")
    os.mkfifo(inside / "e-pipe.txt")
    found = list(read([str(inside), str(tmp_path / "missing"), str(tmp_path / "*.nothing"), "nul\0byte"]))
    assert [Path(entry.name).name for entry in found] == [
        "story.txt", "b-loop", "c-gone.txt", "d-self", "e-pipe.txt", "missing", "*.nothing", "nul\ufffdbyte",
    ]  # fmt: skip
    assert [type(entry) for entry in found] == [Raw] + [Failure] * 7
    assert all(isinstance(entry, Raw) or entry.why for entry in found)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BODY)
    path.chmod(0)
    found = one(path)
    assert isinstance(found, Failure)
    assert "permission" in found.why


def test_unknown_extensions_are_read_by_content(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><p>{BODY}</p></body></html>"
    (tmp_path / "a.page").write_text(page)
    (tmp_path / "b").write_text(json.dumps([{"text": BODY}]))
    (tmp_path / "c.log").write_text(BODY)
    (tmp_path / "d.message").write_bytes(MAIL.encode())
    found = raws(tmp_path)
    assert [raw.media for raw in found] == [Media.HTML, Media.TEXT, Media.TEXT, Media.TEXT]
    assert [raw.text.strip() for raw in found[1:]] == [BODY] * 3


@given(
    data=st.binary(max_size=400),
    suffix=st.sampled_from([".txt", ".html", ".json", ".jsonl", ".eml", ".mbox", ".md", ""]),
)
def test_no_bytes_stop_the_run(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"random{suffix}"
    path.write_bytes(data)
    for found in read([str(path)]):
        assert isinstance(found, Raw | Failure)
        (found.text if isinstance(found, Raw) else found.why).encode()


@pytest.mark.parametrize(
    "text",
    [
        "# Briefing, Monday 14 April 2031\n\ncut-off",
        " BRIEFING   Monday 14 April 2031\n",
        '{"schema": "briefer.briefing/1"}',
    ],
)
def test_an_edition_of_its_own_is_no_source(tmp_path: Path, text: str) -> None:
    (tmp_path / "yesterday.md").write_text(text)
    [found] = read([str(tmp_path)], fields=FieldNames())
    assert isinstance(found, Failure)
    assert "own" in found.why
