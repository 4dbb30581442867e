"""SMTP against a server of our own: what is taken, what is put off, what is refused, and what stops the run."""

from itertools import count

import pytest
from mail_server import AUTHORITY, OTHER_AUTHORITY, PASSWORD, USER, PostOffice, Trouble

from briefer.deliver import Answer, Envelope, MailServer, SMTPTransport, Unreachable
from briefer.errors import SettingsError

numbers = count()


def server_of(office: PostOffice, **more) -> MailServer:
    fields = {
        "host": "127.0.0.1",
        "port": office.port,
        "user": USER,
        "password": PASSWORD,
        "ca_file": str(AUTHORITY),
        "timeout": 5.0,
    }
    return MailServer(**fields | more)


def envelope(recipient="a@example.org", data=b"Subject: x\r\n\r\nwords\r\n") -> Envelope:
    return Envelope("desk@example.net", recipient, f"{next(numbers)}@example.net", data)


def handed(transport: SMTPTransport, recipient="a@example.org", begin=lambda: True, **more) -> Answer:
    return transport.hand_over(envelope(recipient, **more), begin)


def test_mails_go_encrypted_and_logged_in_over_one_connection():
    with PostOffice() as office:
        transport = SMTPTransport(server_of(office))
        answers = [handed(transport, f"{name}@example.org") for name in "abc"]
        transport.close()
        assert [answer.state for answer in answers] == ["sent"] * 3
        assert office.got() == {f"{name}@example.org": 1 for name in "abc"}
        assert (office.connections, office.plain_mails, len(office.logins)) == (1, 0, 1)


def test_tls_from_the_first_byte_on():
    with PostOffice(tls=True, auth=False) as office:
        transport = SMTPTransport(server_of(office, security="tls", user=""))
        assert handed(transport).state == "sent"
        transport.close()


def test_lines_that_begin_with_a_dot_arrive_as_they_are():
    data = b"Subject: x\r\n\r\n.\r\n..\r\n.words\r\nno end of line"
    with PostOffice() as office:
        transport = SMTPTransport(server_of(office))
        assert handed(transport, data=data).state == "sent"
        transport.close()
        assert office.delivered[0].data == data + b"\r\n"


@pytest.mark.parametrize(
    ("office", "more", "told"),
    [
        (PostOffice(), {"ca_file": ""}, "certificate of 127.0.0.1:[0-9]+ is not trusted"),
        (PostOffice(), {"ca_file": str(OTHER_AUTHORITY)}, "is not trusted .*mail.ca_file"),
        (PostOffice(), {"ca_file": "/nowhere.pem"}, "holds no certificates"),
        (PostOffice(starttls=False, auth=False), {"user": ""}, "offers no STARTTLS"),
        (PostOffice(), {"security": "tls"}, "no encryption could be agreed"),
        (PostOffice(), {"password": "wrong"}, "did not take the login of 'desk'.*SMTP_PASSWORD"),
        (PostOffice(), {"password": "pässword"}, "beyond ASCII"),
        (PostOffice(), {"user": ""}, "wants a login"),
        (PostOffice(), {"security": "none", "user": "", "password": ""}, "wants a login|takes no mail"),
    ],
)
def test_what_settings_must_mend_stops_the_run_and_says_how(office, more, told):
    with office:
        transport = SMTPTransport(server_of(office, **more))
        with pytest.raises(SettingsError, match=told) as raised:
            handed(transport)
        assert not office.delivered
        for secret in ("wrong", PASSWORD, "pässword"):
            assert secret not in str(raised.value)
        transport.close()


def test_a_password_is_not_sent_in_the_clear():
    with pytest.raises(SettingsError, match="never sent in the clear"):
        SMTPTransport(MailServer("mail.example.org", security="none", user="desk", password="x")).open()


def test_a_server_that_repeats_the_password_does_not_get_it_into_a_message():
    server = MailServer("mail.example.org", user="desk", password=PASSWORD)
    assert server.said(535, f"5.7.8 no: {PASSWORD}\r\nBcc: x") == "535 5.7.8 no: *** Bcc: x"
    assert PASSWORD not in repr(server)


def test_nobody_there_is_no_fault_of_the_settings():
    with PostOffice() as office:
        server = server_of(office)
    with pytest.raises(Unreachable, match="cannot be reached"):
        handed(SMTPTransport(server))


@pytest.mark.parametrize("greeting", ["421 too busy", "554 go away"])
def test_a_server_that_takes_nothing_now(greeting):
    with PostOffice(greeting=greeting) as office, pytest.raises(Unreachable, match=greeting[4:]):
        handed(SMTPTransport(server_of(office)))


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Trouble("RCPT", "450 4.2.1 greylisted"), "deferred"),
        (Trouble("RCPT", "421 4.3.2 closing"), "deferred"),
        (Trouble("RCPT", "550 5.1.1 no such user"), "refused"),
        (Trouble("RCPT", "552 5.2.2 mailbox full"), "refused"),
        (Trouble("DATA", "451 4.3.0 later"), "deferred"),
        (Trouble("DATA", "554 5.7.1 no"), "refused"),
        (Trouble("DOT", "451 4.3.0 later"), "deferred"),
        (Trouble("DOT", "550 5.7.1 spam"), "refused"),
        (Trouble("MAIL", "451 4.3.0 later"), "deferred"),
        (Trouble("MAIL", "552 5.3.4 too large"), "refused"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words_and_hinders_no_other(trouble, state):
    with PostOffice({"" if trouble.at == "MAIL" else "a@example.org": [trouble]}) as office:
        transport = SMTPTransport(server_of(office))
        assert handed(transport) == Answer(state, trouble.reply)
        assert handed(transport, "b@example.org").state == "sent"
        assert handed(transport).state == "sent"
        transport.close()
        assert office.got() == {"a@example.org": 1, "b@example.org": 1}


def test_a_sender_that_is_not_taken_is_a_matter_of_the_settings():
    with PostOffice({"": [Trouble("MAIL", "553 5.7.1 not yours")]}) as office:
        transport = SMTPTransport(server_of(office))
        with pytest.raises(SettingsError, match=r"mail\.sender"):
            handed(transport)


def test_a_connection_that_went_stale_is_made_anew():
    with PostOffice({"b@example.org": [Trouble("RCPT")]}) as office:
        transport = SMTPTransport(server_of(office))
        assert [handed(transport, f"{name}@example.org").state for name in "abc"] == ["sent"] * 3
        transport.close()
        assert office.connections == 2
        assert office.got() == {f"{name}@example.org": 1 for name in "abc"}


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_a_drop_before_the_message_is_whole_leaves_no_doubt(at):
    with PostOffice({"a@example.org": [Trouble(at)]}) as office:
        transport = SMTPTransport(server_of(office))
        answer = handed(transport)
        assert (answer.state, answer.doubtful) == ("deferred", False)
        assert not office.delivered
        assert handed(transport).state == "sent"
        transport.close()


@pytest.mark.parametrize(("at", "taken"), [("DOT", 0), ("TAKEN", 1)])
def test_a_drop_after_the_message_was_whole_leaves_a_doubt(at, taken):
    with PostOffice({"a@example.org": [Trouble(at)]}) as office:
        transport = SMTPTransport(server_of(office))
        answer = handed(transport)
        assert (answer.state, answer.doubtful) == ("deferred", True)
        assert len(office.delivered) == taken
        transport.close()


def test_a_drop_amid_the_message_takes_nothing():
    with PostOffice({"a@example.org": [Trouble("BODY")]}) as office:
        transport = SMTPTransport(server_of(office))
        data = b"Subject: x\r\n\r\n" + b"words and words\r\n" * 100_000
        assert handed(transport, data=data).state == "deferred"
        assert handed(transport, data=data).state == "sent"
        transport.close()
        assert office.got() == {"a@example.org": 1}


@pytest.mark.parametrize(
    ("at", "reply", "state", "doubtful"),
    [
        ("RCPT", "hello", "deferred", False),
        ("RCPT", "999 what", "deferred", False),
        ("RCPT", "250-more\r\n550 and no", "refused", False),
        ("RCPT", "550 " + "x" * 9000, "deferred", False),
        ("DOT", "hello", "deferred", True),
        ("DOT", "354 go on", "deferred", True),
        ("DOT", "550 \x1b[31m\u202e no", "refused", False),
    ],
)
def test_a_server_that_talks_nonsense(at, reply, state, doubtful):
    with PostOffice({"a@example.org": [Trouble(at, reply)]}) as office:
        transport = SMTPTransport(server_of(office))
        answer = handed(transport)
        assert (answer.state, answer.doubtful) == (state, doubtful)
        assert answer.why.isprintable()
        assert len(answer.why) <= 200
        assert handed(transport, "b@example.org").state == "sent"
        transport.close()


def test_a_server_slower_than_the_timeout_is_put_off():
    with PostOffice({"a@example.org": [Trouble("RCPT", "250 at last", wait=1.0)]}) as office:
        transport = SMTPTransport(server_of(office, timeout=0.3))
        assert handed(transport).state == "deferred"
        assert handed(transport, "b@example.org").state == "sent"
        transport.close()


def test_the_answer_to_a_whole_message_may_take_longer():
    with PostOffice(latency=1.0) as office:
        transport = SMTPTransport(server_of(office, timeout=0.5))
        assert handed(transport).state == "sent"
        transport.close()


def test_a_server_that_breaks_every_connection_is_left_in_peace():
    with PostOffice({"": [Trouble("RCPT")] * 9}) as office:
        transport = SMTPTransport(server_of(office))
        assert [handed(transport).state for _ in range(3)] == ["deferred"] * 3
        with pytest.raises(Unreachable, match="breaks each connection"):
            handed(transport)
        assert office.connections == 3


def test_a_mail_that_is_held_back_at_the_last_moment_is_not_taken():
    with PostOffice() as office:
        transport = SMTPTransport(server_of(office))
        assert handed(transport, begin=lambda: False).state == "dropped"
        assert handed(transport, "b@example.org").state == "sent"
        transport.close()
        assert office.got() == {"b@example.org": 1}


def test_begin_is_asked_before_the_server_can_have_taken_the_mail():
    with PostOffice() as office:
        transport = SMTPTransport(server_of(office))
        seen = []
        handed(transport, begin=lambda: seen.append(len(office.delivered)) is None)
        transport.close()
        assert (seen, len(office.delivered)) == ([0], 1)


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_usual_port_is_that_of_the_kind_of_connection(security, port):
    assert MailServer("mail.example.org", security=security).name == f"mail.example.org:{port}"
