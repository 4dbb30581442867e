"""The mail itself and the way out: no text breaks a header, the same edition is the same bytes, each goes out once."""

import email
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.policy import default

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefer.deliver import (
    Address,
    Attachment,
    Envelope,
    FolderTransport,
    House,
    Letter,
    Patience,
    SendmailTransport,
    Sheet,
    Standing,
    Unsubscribing,
    address,
    gone,
    message_id,
    owner,
)
from briefer.deliver.headers import LONGEST_WORDS, field, listed, mailbox, said
from briefer.deliver.receipts import claimed, given_up, standing
from briefer.errors import OutputError, SettingsError
from briefer.types import Receipt

NOW = datetime(2031, 5, 16, 6, 0, tzinfo=UTC)
SHEET = Sheet("morning", date(2031, 5, 16), "The morning", "Brega has fallen", "text\n", "<p>text</p>\n", NOW)
HOUSE = House(Address("desk@example.net", "briefer"), Address("answers@example.net"))
WANTED = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Id", "Reply-To", "MIME-Version",
    "Content-Type",
}  # fmt: skip
NASTY = (
    "Brega\r\nBcc: all@example.org",
    "Brega\nBcc: x",
    "Brega\rBcc: x",
    "Brega\r\n\r\n<html>",
    "Brega\x00Bcc: x",
    "Brega\u2028Bcc: x",
    "Brega\u2029Bcc: x",
    "Brega\x85Bcc: x",
    "Brega\x0b\x0c\x1c\x1d\x1eBcc: x",
    "\u202egnirb\u2066x",
    "=?utf-8?q?Brega=0D=0ABcc:_x?=",
    "مصراتة تحت القصف",
    "x" * 5000,
    "é" * 5000,
    "word " * 900,
    "\ud800 half a pair",
    '"quoted" <evil@example.org>, other@example.org',
    "a\\",
    "",
    " ",
)


def letter(sheet=SHEET, house=HOUSE, recipient="anna@example.org", answers=""):
    id = message_id(recipient, "", digest=sheet.digest, date=sheet.date, domain="example.net")
    return Letter(sheet, house, address(recipient), id, answers)


def read(data):
    return email.message_from_bytes(data, policy=default)


def hold_sound(data, more=frozenset()):
    """The mail has the headers that it should and no other, and is plain lines that any server takes."""
    message = read(data)
    assert set(message.keys()) == WANTED | more
    assert len(message.keys()) == len(WANTED | more)
    assert not message.defects
    assert data.isascii()
    assert b"\x00" not in data
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    assert str(message["To"]) == "anna@example.org"
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    return message


texts = st.one_of(
    st.text(max_size=300),
    st.text(st.sampled_from('\r\n\x00\u2028\x85\u202e\t :=?"<>\\,;@aé\ud800'), max_size=200),
    st.sampled_from(NASTY),
)


def all_nasty(test):
    for text in NASTY:
        test = example(text)(test)
    return test


@all_nasty
@given(texts)
def test_no_title_breaks_out_of_its_header(text):
    titled = replace(SHEET, subject=text, title=text)
    message = hold_sound(letter(titled, replace(HOUSE, sender=Address("desk@example.net", text))).data())
    assert len(str(message["Subject"])) <= LONGEST_WORDS
    assert str(message["Subject"]).isprintable()
    assert message["From"].addresses[0].addr_spec == "desk@example.net"
    assert len(message["From"].addresses) == 1
    assert str(message["List-Id"]).endswith("<morning.briefings.example.net>")


@all_nasty
@given(texts)
def test_no_article_breaks_out_of_its_part(text):
    bodied = replace(SHEET, text=f"a\n{text}\n.\nFrom x\n", html=f"<p>{text}</p>\n")
    message = hold_sound(letter(bodied).data())
    assert "From x" in message.get_body(("plain",)).get_content()


@all_nasty
@given(texts)
def test_an_address_is_one_or_none(text):
    for given_text in (text, f"{text}@example.org", f"anna@{text}", f"anna@example.org{text}"):
        try:
            found = address(given_text)
        except SettingsError:
            continue
        assert found.at.isascii()
        assert found.at.isprintable()
        assert not set(found.at) & set(' ,;<>()[]"\\')
        assert found.at.count("@") == 1
        assert not found.at.startswith("-")


@pytest.mark.parametrize("value", ["x\r\nBcc: y", "x\ny", "x\u2028y", "é", "x\x00"])
def test_a_value_that_is_no_header_value_is_a_fault_of_our_own(value):
    with pytest.raises(ValueError, match="cannot hold"):
        field("X", value)
    with pytest.raises(ValueError, match="cannot hold"):
        mailbox("To", Address(value, "name"))
    with pytest.raises(ValueError, match="cannot hold"):
        listed("List-Id", "name", value)


@given(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=150))
def test_a_subject_is_read_as_it_was_written(text):
    read_back = read(said("Subject", text) + b"\r\n")["Subject"]
    assert "".join(str(read_back).split()) == "".join(text.split())


@pytest.mark.parametrize("subject", ["Brega has fallen", "Ҳалаб – Алеппо: " + "ш" * 120, "مصراتة تحت القصف"])
def test_lines_of_a_subject_are_short(subject):
    lines = said("Subject", subject).split(b"\r\n")
    assert all(len(line) <= 78 for line in lines)


def test_the_same_letter_is_the_same_bytes():
    attached = Attachment("x.json", "application/json", b"{}" * 500)
    sheet = replace(SHEET, attached=attached)
    assert letter(sheet).data() == letter(replace(sheet)).data()
    assert letter(sheet).data() != letter(sheet, recipient="boris@example.org").data()


def test_headers_of_a_list():
    leaving = Unsubscribing("https://example.org/" + "leave/" * 30, one_click=True)
    message = read(letter(house=replace(HOUSE, unsubscribing=leaving), answers="old@example.net").data())
    assert message["List-Unsubscribe"] == f"<{leaving.address}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["In-Reply-To"] == message["References"] == "<old@example.net>"
    by_mail = read(letter(house=replace(HOUSE, unsubscribing=Unsubscribing("mailto:x@y.z", one_click=True))).data())
    assert (by_mail["List-Unsubscribe"], by_mail["List-Unsubscribe-Post"]) == ("<mailto:x@y.z>", None)


def test_text_alone_is_one_part():
    message = read(letter(replace(SHEET, html="")).data())
    assert message.get_content_type() == "text/plain"
    assert message.get_content().splitlines() == ["text"]


def test_arabic_takes_the_shorter_encoding():
    sheet = replace(SHEET, text="مصراتة\n" * 200, html="<p>plain</p>" * 200)
    parts = [part["Content-Transfer-Encoding"] for part in read(letter(sheet).data()).iter_parts()]
    assert parts == ["base64", "quoted-printable"]


@pytest.mark.parametrize(
    ("given_text", "at"),
    [("Desk@Example.ORG", "Desk@example.org"), ("desk@exämple.org", "desk@xn--exmple-cua.org")],
)
def test_an_address_has_one_spelling(given_text, at):
    assert address(given_text).at == at


def test_an_address_beyond_ascii_is_told():
    with pytest.raises(SettingsError, match="beyond ASCII"):
        address("réd@example.org")


def receipt(state, **more):
    fields = {"tries": 1, "first": NOW, "updated": NOW, "owner": "them"}
    return Receipt("morning", SHEET.date, "a@example.org", state, "id@x", **fields | more)


PATIENCE = Patience(timedelta(hours=24), timedelta(minutes=13))


@pytest.mark.parametrize(
    ("kept", "later", "ended", "expected"),
    [
        (None, 0, False, Standing.FREE),
        (receipt("sent"), 9999, True, Standing.DONE),
        (receipt("refused"), 9999, True, Standing.DONE),
        (receipt("deferred"), 1, False, Standing.FREE),
        (receipt("deferred"), 24 * 60, False, Standing.FREE),
        (receipt("deferred"), 24 * 60 + 1, False, Standing.EXPIRED),
        (receipt("claimed"), 1, False, Standing.BUSY),
        (receipt("sending"), 1, False, Standing.BUSY),
        (receipt("claimed"), 1, True, Standing.FREE),
        (receipt("sending"), 1, True, Standing.FREE),
        (receipt("claimed"), 14, False, Standing.FREE),
        (receipt("sending"), 14, False, Standing.FREE),
        (receipt("sending", doubts=1), 14, False, Standing.EXPIRED),
        (receipt("claimed", doubts=1), 14, False, Standing.FREE),
        (receipt("deferred", doubts=1), 1, False, Standing.FREE),
        (receipt("deferred", doubts=2), 1, False, Standing.EXPIRED),
    ],
)
def test_what_may_be_done_about_a_mail(kept, later, ended, expected):
    now = NOW + timedelta(minutes=later)
    assert standing(kept, now=now, patience=PATIENCE, gone=lambda _: ended) is expected


def test_a_claim_counts_tries_and_doubts_on():
    new = receipt("claimed", owner="us", updated=NOW + timedelta(hours=1), first=NOW + timedelta(hours=1))
    assert claimed(None, new) == new
    assert claimed(receipt("deferred", tries=2, doubts=1), new) == replace(new, tries=3, doubts=1, first=NOW)
    assert claimed(receipt("sending"), new) == replace(new, tries=2, doubts=1, first=NOW)


def test_what_is_given_up_says_whether_it_may_have_come():
    assert given_up(receipt("deferred", why="450 later"), NOW).why == "given up: 450 later"
    assert "may have arrived" in given_up(receipt("sending"), NOW).why


def test_a_process_that_ended_is_known_as_gone_and_one_that_runs_is_not():
    program = "from briefer.deliver import owner; print(owner(), flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=-1, stdout=-1, text=True) as other:
        name = other.stdout.readline().strip()
        runs = gone(name)
        other.kill()
        other.wait()
        ended = gone(name)
    assert not runs
    assert not gone(owner())
    assert ended == sys.platform.startswith("linux")


@pytest.mark.parametrize("name", ["", "x", "a b/1/1", "elsewhere host/1/1", f"{owner()}/x"], ids=range(5))
def test_of_an_unknown_process_nothing_is_sure(name):
    assert not gone(name)


def envelope(recipient="a@example.org", data=b"Subject: x\r\n\r\n.\r\nwords\r\n", id="morning.1@example.net"):
    return Envelope("desk@example.net", recipient, id, data)


def test_a_folder_holds_each_mail_once(tmp_path):
    folder = FolderTransport(tmp_path / "out")
    for _ in range(2):
        assert folder.hand_over(envelope(), lambda: True).state == "sent"
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["morning.1.eml"]
    assert (tmp_path / "out" / "morning.1.eml").read_bytes() == envelope().data


def test_a_folder_holds_nothing_of_a_mail_that_was_held_back(tmp_path):
    assert FolderTransport(tmp_path).hand_over(envelope(), lambda: False).state == "dropped"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"mail\.folder"):
        FolderTransport(tmp_path / "file" / "out").open()
    (tmp_path / "morning.1.eml").mkdir()
    with pytest.raises(OutputError, match=r"morning\.1\.eml"):
        FolderTransport(tmp_path).hand_over(envelope(), lambda: True)
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def program(folder, body):
    """A stand-in for sendmail."""
    file = folder / "sendmail"
    file.write_text(f"#!{sys.executable}\nimport sys, os, time\n{body}\n")
    file.chmod(0o755)
    return str(file)


def test_sendmail_gets_the_mail_and_its_addresses_and_no_shell(tmp_path):
    out = tmp_path / "out"
    own = program(tmp_path, f"open({str(out)!r}, 'w').write(repr((sys.argv[1:], sys.stdin.buffer.read())))")
    recipient = "a'$(touch${IFS}x)`id`|&@example.org"
    assert SendmailTransport(own).hand_over(envelope(recipient), lambda: True).state == "sent"
    arguments = ["-i", "-f", "desk@example.net", "--", recipient]
    assert out.read_text() == repr((arguments, b"Subject: x\n\n.\nwords\n"))


@pytest.mark.parametrize(
    ("body", "state", "doubtful"),
    [
        ("sys.exit(os.EX_TEMPFAIL)", "deferred", False),
        ("sys.exit(os.EX_NOUSER)", "refused", False),
        ("sys.exit(1)", "deferred", False),
        ("os.kill(os.getpid(), 9)", "deferred", True),
        ("time.sleep(9)", "deferred", True),
    ],
)
def test_how_sendmail_ends_is_the_answer(tmp_path, body, state, doubtful):
    answer = SendmailTransport(program(tmp_path, body), timeout=1.0).hand_over(envelope(), lambda: True)
    assert (answer.state, answer.doubtful) == (state, doubtful)


def test_sendmail_says_why(tmp_path):
    own = program(tmp_path, "sys.exit('no such user\\n\\x1b[31m')")
    assert "no such user" in SendmailTransport(own).hand_over(envelope(), lambda: True).why


@pytest.mark.parametrize("body", ["sys.exit(os.EX_USAGE)", "sys.exit(os.EX_CONFIG)"])
def test_a_sendmail_that_is_set_up_wrongly_is_told(tmp_path, body):
    with pytest.raises(SettingsError, match=r"mail\.sendmail"):
        SendmailTransport(program(tmp_path, body)).hand_over(envelope(), lambda: True)


def test_a_sendmail_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SettingsError, match="there is no program"):
        SendmailTransport(os.fspath(tmp_path / "none")).open()


def test_a_mail_that_is_held_back_does_not_reach_sendmail(tmp_path):
    own = program(tmp_path, f"open({str(tmp_path / 'out')!r}, 'w')")
    assert SendmailTransport(own).hand_over(envelope(), lambda: False).state == "dropped"
    assert not (tmp_path / "out").exists()
