"""Sending a digest: who gets which edition, once; what is put off, refused, resumed, and told to the operator."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import mailing
import pytest
from briefing_factory import one_source
from mail_server import PASSWORD, PostOffice, Trouble
from mailing import NAMES, TODAY, Clock, Invented, addresses, quiet_day, room, settings

from briefer import collect
from briefer.clean import clean
from briefer.deliver import FolderTransport
from briefer.errors import ModelUnavailable, NothingToBrief, SettingsError, StoreError, UsageError
from briefer.settings import Settings
from briefer.store import open_store
from briefer.types import Article, Fate, KeptArticle, Receipt
from briefer.wiring import mailrooms
from briefer.wiring.digests import BY_RULES, Mailroom

ANNA, BORIS, *OTHERS = addresses()


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "briefer.db") as found:
        yield found


def states(store, day=TODAY, digest="morning"):
    return {receipt.recipient: receipt.state for receipt in store.receipts.of(digest, day)}


def once(*recipients):
    return dict.fromkeys(recipients or addresses(), 1)


def test_each_recipient_gets_one_mail_however_often_it_is_sent(store):
    with PostOffice() as office:
        for _ in range(3):
            posted = room(settings(office.port), store).send("morning")
            assert posted.done
        assert office.got() == once()
        assert set(states(store).values()) == {"sent"}


def test_the_mail_answers_the_last_one_and_says_how_to_leave(store):
    leaving = {"unsubscribe": "https://example.org/leave", "one_click": True, "attach_json": True}
    with PostOffice() as office:
        for number in range(2):
            clock = Clock(mailing.SIX + timedelta(days=number))
            room(settings(office.port, [ANNA], **leaving), store, clock=clock).send("morning")
        first, second = (mail.message for mail in office.delivered)
    assert (first["In-Reply-To"], second["In-Reply-To"]) == (None, first["Message-ID"])
    assert second["References"] == first["Message-ID"]
    assert second["Date"] == "Sat, 17 May 2031 06:00:00 +0200"
    assert second["From"] == "briefer <desk@briefer.example>"
    assert second["To"] == ANNA
    assert second["List-Id"] == '"The morning" <morning.briefings.briefer.example>'
    assert second["List-Unsubscribe"] == "<https://example.org/leave>"
    assert second["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert second["Auto-Submitted"] == "auto-generated"
    parts = [part.get_content_type() for part in second.walk() if not part.is_multipart()]
    assert parts == ["text/plain", "text/html", "application/json"]
    attached = next(second.iter_attachments())
    assert attached.get_filename() == "morning-2031-05-17.json"
    assert json.loads(attached.get_content())["schema"] == "briefer.briefing/1"


def test_recipients_get_the_edition_told_against_the_last_one_they_got(store):
    maker = Invented(store)
    with PostOffice() as office:
        room(settings(office.port, [ANNA, BORIS]), store, maker=maker).send("morning", TODAY - timedelta(days=2))
        room(settings(office.port, [ANNA]), store, maker=maker).send("morning", TODAY - timedelta(days=1))
        room(settings(office.port, [ANNA, BORIS, "new@example.org"]), store, maker=maker).send("morning")
        assert office.got() == {ANNA: 3, BORIS: 2, "new@example.org": 1}
    assert [wanted.since for wanted in maker.made[2:]] == [TODAY - timedelta(days=1), TODAY - timedelta(days=2), None]


def test_a_capital_in_the_domain_makes_no_second_recipient(store):
    with PostOffice() as office:
        room(settings(office.port, ["anna@example.org", "anna@EXAMPLE.org"]), store).send("morning")
        room(settings(office.port, ["anna@Example.Org"]), store).send("morning")
        assert office.got() == once(ANNA)


def test_a_refused_recipient_stops_nobody_and_is_named(store):
    script = {ANNA: [Trouble("RCPT", "550 5.1.1 no such user")], BORIS: [Trouble("DOT", "554 5.7.1 spam")]}
    with PostOffice(script) as office:
        posted = room(settings(office.port), store).send("morning")
        assert posted.done
        assert {receipt.recipient: receipt.why for receipt in posted.of("refused")} == {
            ANNA: "550 5.1.1 no such user",
            BORIS: "554 5.7.1 spam",
        }
        room(settings(office.port), store).send("morning")
        assert office.got() == once(*OTHERS)
        room(settings(office.port), store).send("morning", again=True)
        assert office.got() == once()


def test_nobody_gets_it_where_all_are_refused_and_that_is_no_success(store):
    with PostOffice({name: [Trouble("RCPT", "550 no")] for name in addresses()}) as office:
        posted = room(settings(office.port, mail={"operator": "op@example.org"}), store).send("morning")
        assert not posted.done
        assert office.got() == once("op@example.org")


@pytest.mark.parametrize("reply", ["450 4.2.1 greylisted", "421 4.3.2 closing", "451 4.7.1 later"])
def test_a_temporary_refusal_is_tried_again(store, reply):
    with PostOffice({ANNA: [Trouble("RCPT", reply)]}) as office:
        clock = Clock()
        posted = room(settings(office.port), store, clock=clock).send("morning")
        assert not posted.done
        assert [(receipt.recipient, receipt.why) for receipt in posted.waiting] == [(ANNA, reply)]
        clock.pass_by(minutes=20)
        assert room(settings(office.port), store, clock=clock).send("morning").done
        assert office.got() == once()
        kept = {receipt.recipient: receipt for receipt in store.receipts.of("morning", TODAY)}
        assert (kept[ANNA].tries, kept[BORIS].tries) == (2, 1)


def test_retry_sends_what_was_put_off_and_nothing_else(store):
    with PostOffice({ANNA: [Trouble("RCPT", "450 later")]}) as office:
        room(settings(office.port, [ANNA]), store).send("morning")
        posted = room(settings(office.port, [ANNA, BORIS]), store).retry()
        assert [(one.digest, one.date, one.done) for one in posted] == [("morning", TODAY, True)]
        assert office.got() == once(ANNA)
        assert room(settings(office.port), store).retry() == []


def test_what_was_put_off_for_long_enough_is_given_up(store):
    with PostOffice({ANNA: [Trouble("RCPT", "450 later")]}) as office:
        clock = Clock()
        room(settings(office.port, [ANNA]), store, clock=clock).send("morning")
        clock.pass_by(hours=25)
        room(settings(office.port, [ANNA]), store, clock=clock).retry()
        assert not office.delivered
    receipt = store.receipts.of("morning", TODAY)[0]
    assert (receipt.state, receipt.why) == ("refused", "given up: 450 later")


def test_a_reader_who_got_a_later_edition_is_not_sent_the_one_before(store):
    with PostOffice({ANNA: [Trouble("RCPT", "450 later")]}) as office:
        for number in range(2):
            clock = Clock(mailing.SIX + timedelta(hours=20 * number))
            day = TODAY + timedelta(days=number)
            room(settings(office.port, [ANNA]), store, clock=clock).send("morning", day)
        assert room(settings(office.port, [ANNA]), store, clock=clock).retry() == []
        assert len(office.delivered) == 1


def test_a_server_that_is_away_puts_all_off_and_the_edition_may_still_change(store):
    with PostOffice() as office:
        pass
    maker = Invented(store)
    posted = room(settings(office.port), store, maker=maker).send("morning")
    assert set(states(store).values()) == {"deferred"}
    assert len(posted.waiting) == len(NAMES)
    with PostOffice() as office:
        assert room(settings(office.port), store, maker=maker).send("morning").done
        assert office.got() == once()
    assert len(maker.made) == 2


def test_a_wrong_password_stops_the_run_and_leaves_nothing_in_hand(store, capfd):
    with PostOffice() as office:
        wrong = settings(office.port)
        strict = Mailroom(
            wrong,
            store.receipts,
            lambda _: Invented(store),
            lambda: mailing.transport_of(wrong.mail, {"SMTP_PASSWORD": "not it"}),
            Clock(),
        )
        with pytest.raises(SettingsError, match="did not take the login"):
            strict.send("morning")
        assert not states(store)
        assert "not it" not in "".join(capfd.readouterr())
        assert room(wrong, store).send("morning").done


def test_a_drop_after_the_whole_message_is_sent_again_as_the_same_mail_and_twice_at_most(store):
    with PostOffice({ANNA: [Trouble("TAKEN")] * 5}) as office:
        clock = Clock()
        for _ in range(5):
            room(settings(office.port, [ANNA]), store, clock=clock).send("morning")
            clock.pass_by(minutes=10)
        assert len(office.delivered) == 2
        assert len({mail.data for mail in office.delivered}) == 1
    receipt = store.receipts.of("morning", TODAY)[0]
    assert receipt.state == "refused"
    assert "may have arrived" in receipt.why


def left_over(store, state, recipient=ANNA, **more):
    fields = {"tries": 1, "first": mailing.SIX, "updated": mailing.SIX, "owner": "elsewhere x/1/1"} | more
    store.receipts.claim(Receipt("morning", TODAY, recipient, state, "id@x", **fields), None)


@pytest.mark.parametrize("state", ["claimed", "sending"])
def test_what_another_machine_has_in_hand_is_left_to_it_until_its_time_is_over(store, state):
    left_over(store, state)
    with PostOffice() as office:
        clock = Clock()
        posted = room(settings(office.port), store, clock=clock).send("morning")
        assert [receipt.recipient for receipt in posted.waiting] == [ANNA]
        assert office.got() == once(BORIS, *OTHERS)
        clock.pass_by(minutes=5)
        assert room(settings(office.port), store, clock=clock).send("morning").done
        assert office.got() == once()
    doubts = {receipt.recipient: receipt.doubts for receipt in store.receipts.of("morning", TODAY)}
    assert doubts[ANNA] == (state == "sending")


def test_a_run_that_was_overtaken_lets_its_mail_be(store):
    class Overtaken(FolderTransport):
        def hand_over(self, envelope, begin):
            [mine] = store.receipts.of("morning", TODAY)
            store.receipts.settle(replace(mine, owner="another", tries=2))
            return super().hand_over(envelope, begin)

    folder = Path(store.database.name).parent / "mails"
    posted = room(settings(0, [ANNA]), store, transport=Overtaken(folder)).send("morning")
    assert not list(folder.iterdir())
    assert [receipt.owner for receipt in posted.waiting] == ["another"]


def test_what_was_sent_is_final_and_a_resumed_run_sends_the_same(store):
    maker = Invented(store)
    with PostOffice({BORIS: [Trouble("RCPT", "450 later")]}) as office:
        clock = Clock()
        room(settings(office.port, [ANNA, BORIS]), store, maker=maker, clock=clock).send("morning")
        clock.pass_by(hours=1)
        later = Invented(store, briefing=quiet_day)
        room(settings(office.port, [ANNA, BORIS]), store, maker=later, clock=clock).send("morning")
        anna, boris = (mail.message for mail in office.delivered)
    assert later.made == []
    assert (anna["Date"], anna["Subject"]) == (boris["Date"], boris["Subject"])
    assert anna.get_body(("html",)).get_content() == boris.get_body(("html",)).get_content()


def test_a_day_without_news_sends_that_or_nothing(store):
    with PostOffice() as office:
        quiet = Invented(store, briefing=quiet_day)
        posted = room(settings(office.port, [ANNA], on_nothing="skip"), store, maker=quiet).send("morning")
        assert (posted.unmailed, posted.receipts, posted.done) == ((ANNA,), (), True)
        assert not office.delivered
        room(settings(office.port, [ANNA], on_nothing="send"), store, maker=quiet).send("morning")
        assert "no new reporting" in str(office.delivered[0].message["Subject"])


class Failing(Invented):
    error: BaseException = NothingToBrief("no article of SECRET could be read")

    def make(self, wanted):
        raise self.error


def test_a_run_that_fails_is_told_to_the_operator_once_and_without_its_words(store):
    with PostOffice() as office:
        own = settings(office.port, mail={"operator": "op@example.org"})
        for _ in range(3):
            with pytest.raises(NothingToBrief):
                room(own, store, maker=Failing(store)).send("morning")
        [mail] = office.delivered
    assert mail.recipient == "op@example.org"
    assert mail.message["Subject"] == "briefer: the digest morning of 2031-05-16 was not sent"
    text = mail.message.get_content()
    assert "No article could be read" in text
    assert "briefer digest send morning --date 2031-05-16" in text
    assert "SECRET" not in text
    assert PASSWORD not in text


def test_a_fault_of_our_own_is_told_too_and_still_raised(store):
    with PostOffice() as office:
        maker = Failing(store)
        maker.error = ZeroDivisionError("SECRET")
        with pytest.raises(ZeroDivisionError):
            room(settings(office.port, mail={"operator": "op@example.org"}), store, maker=maker).send("morning")
        assert "fault of its own (ZeroDivisionError)" in office.delivered[0].message.get_content()


def test_a_store_that_cannot_be_opened_is_told_to_the_operator(tmp_path, monkeypatch):
    (tmp_path / "briefer.db").write_bytes(b"no database at all" * 100)
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    with PostOffice() as office:
        own = settings(office.port, mail={"operator": "op@example.org"})
        with pytest.raises(StoreError):
            mailrooms.send(own.model_copy(update={"store": str(tmp_path / "briefer.db")}), "morning", clock=Clock())
        assert "The store cannot be read" in office.delivered[0].message.get_content()


def test_a_model_that_is_down_leaves_the_rules_and_the_mail_says_so(store):
    class Down(Invented):
        def make(self, wanted):
            raise ModelUnavailable("SECRET")

    asked = []

    def makers(own: Settings):
        asked.append(own.extractor)
        return Down(store) if own.extractor != "rules" else Invented(store)

    with PostOffice() as office:
        own = settings(office.port, [ANNA], model="big-model")
        password = {"SMTP_PASSWORD": PASSWORD}
        Mailroom(own, store.receipts, makers, lambda: mailing.transport_of(own.mail, password), Clock()).send("morning")
        message = office.delivered[0].message
    assert asked[-1] == "rules"
    for kind in ("plain", "html"):
        assert BY_RULES in " ".join(message.get_body((kind,)).get_content().split())


def test_a_model_that_answered_for_no_article_is_told_as_down(store):
    def fell_back():
        briefing = one_source().briefing()
        read = tuple(source.id for source in briefing.sources if source.fate is Fate.USED)
        made = briefing.made_by.model_copy(update={"extractor": "llm", "fell_back": read})
        return briefing.model_copy(update={"made_by": made})

    [draft] = room(settings(0, [ANNA], model="m"), store, maker=Invented(store, briefing=fell_back)).drafts("morning")
    assert BY_RULES in " ".join(draft.sheet.text.split())


def test_a_draft_sends_nothing(store):
    drafts = room(settings(), store, transport=FolderTransport(Path("/nowhere"))).drafts("morning")
    assert [draft.recipients for draft in drafts] == [tuple(addresses())]
    assert not states(store)


def test_a_test_mail_is_marked_and_takes_nothing_from_anybody(store):
    with PostOffice() as office:
        own = room(settings(office.port), store)
        told = own.send_test("morning", ["me@example.net", ANNA])
        assert [(recipient, state) for recipient, state, _ in told] == [("me@example.net", "sent"), (ANNA, "sent")]
        assert all(str(mail.message["Subject"]).startswith("[test] ") for mail in office.delivered)
        assert not states(store)
        tested = {mail.id for mail in office.delivered}
        own.send("morning")
        assert office.got() == {**once(), ANNA: 2, "me@example.net": 1}
        assert not tested & {mail.id for mail in office.delivered[2:]}


@pytest.mark.parametrize(
    ("more", "error", "told"),
    [
        ({"mail": {"transport": "none"}}, SettingsError, r"mail\.transport"),
        ({"unsubscribe": "http://example.org/x"}, SettingsError, "https address"),
    ],
)
def test_settings_that_cannot_mail_are_told_by_their_key(store, more, error, told):
    with pytest.raises(error, match=told):
        room(settings(1, [ANNA], **more), store).send("morning")


def test_a_digest_that_is_not_there_is_told_with_those_that_are(store):
    with pytest.raises(UsageError, match="'evening' is no digest of the settings; there are: morning"):
        room(settings(), store).send("evening")


def test_two_runs_at_once_send_one_mail_each(store, tmp_path):
    recipients = addresses([f"r{number}" for number in range(30)])
    with PostOffice(latency=0.005) as office:
        command = [sys.executable, mailing.__file__, str(office.port), str(tmp_path / "briefer.db"), "30", "2031-05-16"]
        runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(3)]
        assert [run.wait(timeout=60) for run in runs] == [0, 0, 0]
        assert office.got() == once(*recipients)
    assert set(states(store).values()) == {"sent"}


def test_two_rooms_of_one_process_send_one_mail_each(store):
    with PostOffice(latency=0.005) as office:
        rooms = [room(settings(office.port), store, owner=f"elsewhere {name}/1/1") for name in "ab"]
        threads = [threading.Thread(target=one.send, args=("morning",)) for one in rooms]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert office.got() == once()


@pytest.mark.parametrize("seconds", [0.05, 0.15, 0.3])
def test_a_run_that_is_killed_and_begun_again_leaves_nobody_out(tmp_path, seconds):
    """In the one window that SMTP leaves, a mail may come twice: the same mail, and its receipt tells of the doubt."""
    place = str(tmp_path / "briefer.db")
    recipients = [f"r{number}@example.org" for number in range(20)]
    with PostOffice(latency=0.002) as office:
        command = [sys.executable, mailing.__file__, str(office.port), place, "20", TODAY.isoformat()]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        time.sleep(seconds)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60)
        got = office.got()
        with open_store(place) as store:
            receipts = {receipt.recipient: receipt for receipt in store.receipts.of("morning", TODAY)}
        assert sorted(got) == sorted(recipients)
        assert all(number <= 1 + receipts[name].doubts for name, number in got.items())
        assert sum(receipt.doubts for receipt in receipts.values()) <= 1
        assert len({mail.id for mail in office.delivered}) == len(recipients)
        assert len({(mail.recipient, mail.data) for mail in office.delivered}) == len(recipients)


def test_a_run_that_is_asked_to_stop_ends_between_two_mails(tmp_path):
    place = str(tmp_path / "briefer.db")
    with PostOffice(slowness=0.02) as office:
        command = [sys.executable, mailing.__file__, str(office.port), place, "30", TODAY.isoformat()]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while len(office.delivered) < 3:
            time.sleep(0.005)
        run.terminate()
        assert run.wait(timeout=30) == 130
        before = len(office.delivered)
        assert before < 30
        with open_store(place) as store:
            assert list(states(store).values()) == ["sent"] * before
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60)
        assert set(office.got().values()) == {1}
        assert len(office.got()) == 30


def test_a_day_that_is_asked_for_is_the_day_that_is_sent(store):
    clock = Clock(mailing.SIX.replace(hour=23))  # the 17th in Vienna
    with PostOffice() as office:
        assert room(settings(office.port), store, clock=clock).send("morning").date == date(2031, 5, 17)
        assert room(settings(office.port), store, clock=clock).send("morning", TODAY).date == TODAY


def test_what_another_process_sent_meanwhile_is_what_goes_out(store):
    invented = Invented(store)
    own = room(settings(0, [ANNA]), store, maker=invented).drafts("morning")[0]
    final = invented.finalise(invented.make(invented.made[0]))

    class Late:
        """Finds, when it wants to keep its edition, that another one has gone out."""

        def __init__(self):
            self.store = store

        def make(self, wanted):
            raise StoreError("has gone out and is not made again")

    assert mailrooms.Kept(Late()).make(invented.made[0]) == final
    assert own.since is None


def collected(store, *days):
    """The articles of the sample days, as they were collected."""
    samples = Path(__file__).parents[1] / "samples"
    for day in days:
        seen = datetime.fromisoformat(f"{day}T20:00:00+00:00")
        cleaned = [clean(raw) for raw in collect.read([str(samples / day)], fields=collect.FieldNames(), stdin=None)]
        store.articles.put([KeptArticle("war", one.name, seen, one) for one in cleaned if isinstance(one, Article)])


def test_two_days_of_samples_by_rules(store, tmp_path):
    """The whole way: the second day's mail is told against the first, and answers it."""
    collected(store, "2031-04-15", "2031-04-16")
    mail = {"transport": "folder", "folder": str(tmp_path / "out"), "host": ""}
    own = settings(0, [ANNA], mail=mail, timezone="Asia/Damascus")
    for number in (15, 16):
        clock = Clock(datetime(2031, 4, number, 20, 30, tzinfo=UTC))
        for _ in range(2):
            assert mailrooms.mailroom(own, store, clock=clock).send("morning").done
    files = sorted((tmp_path / "out").iterdir())
    first, second = (message_from_bytes(file.read_bytes(), policy=default) for file in files)
    assert second["In-Reply-To"] == first["Message-ID"]
    editions = store.memory("war").editions("morning")
    assert [(one.key.date.day, one.key.since and one.key.since.day, one.final) for one in editions] == [
        (15, None, True),
        (16, 15, True),
    ]
    texts = [message.get_body(("plain",)).get_content() for message in (first, second)]
    assert "a first edition" in texts[0]
    assert "a first edition" not in texts[1]
