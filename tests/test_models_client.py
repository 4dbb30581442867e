"""One call to a server: what is sent, what is made of what comes back, and what the user is told when it fails."""

import asyncio
import json
import ssl
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import pytest
import stub_script as does
from stub_server import Stub

from briefer.errors import Cause, ModelRejected, NoAnswer, UsageError
from briefer.models.client import LARGEST_REPLY, OpenAIWire
from briefer.models.server import Server
from briefer.models.wire import Finish, Form, Message, Request
from briefer.types import Parameters, Usage

KEY = "sk-secret-0123456789"
SCHEMA = {"type": "object", "required": ["places"], "properties": {"places": {"type": "array"}}}
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def request(form=Form.SCHEMA, **fields):
    messages = (Message("system", "Read."), Message("user", "Aleppo fell."))
    return Request(messages, Parameters(max_tokens=300), "extract", "Places", SCHEMA, form, **fields)


def send(stub, asked=None, *, server=None, times=1, **options):
    async def go():
        wire = OpenAIWire(server or Server(stub.url, "gpt-x", key=KEY), **{"clock": lambda: NOW} | options)
        try:
            return [await wire.send(asked or request()) for _ in range(times)][-1]
        finally:
            await wire.aclose()

    return asyncio.run(go())


def failure(deed, error=NoAnswer, **options):
    with Stub(script=does.always(deed)) as stub, pytest.raises(error) as raised:
        send(stub, **options)
    return raised.value


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        (
            Form.SCHEMA,
            {"response_format": {"type": "json_schema", "json_schema": {"name": "Places", "schema": SCHEMA}}},
        ),
        (Form.OBJECT, {"response_format": {"type": "json_object"}}),
        (Form.TOOL, {"tools": [{"type": "function", "function": {"name": "Places", "parameters": SCHEMA}}]}),
        (Form.TEXT, {}),
    ],
)
def test_each_form_is_asked_for_in_its_own_way_and_answered(form, shape):
    with Stub(key=KEY, answer=lambda body: '{"places": ["Aleppo"]}') as stub:
        assert send(stub, request(form)).text == '{"places": ["Aleppo"]}'
        body = stub.bodies[0]
    assert body.pop("model") == "gpt-x"
    assert body.pop("messages")[1] == {"role": "user", "content": "Aleppo fell."}
    assert (body.pop("max_tokens"), body.pop("temperature")) == (300, 0.0)
    body.pop("tool_choice", None)
    text = json.dumps(body).replace(', "strict": false', "")
    assert json.loads(text) == shape


def test_what_a_server_of_another_dialect_wants_is_sent():
    server = {"extra": {"reasoning_effort": "low"}, "headers": {"X-Title": "briefer"}, "query": {"api-version": "1"}}
    with Stub() as stub:
        asked = request(bound="max_completion_tokens")
        send(stub, asked, server=Server(stub.url, "m", organization="org-1", project="p", **server))
        call = stub.calls[0]
    assert call.body["max_completion_tokens"] == 300
    assert "max_tokens" not in call.body
    assert call.body["reasoning_effort"] == "low"
    assert (call.headers["x-title"], call.headers["openai-organization"]) == ("briefer", "org-1")


def test_the_environment_of_another_server_goes_to_none(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "of-another-server")
    with Stub() as stub:
        send(stub, server=Server(stub.url, "m"))
        headers = stub.calls[0].headers
    assert "of-another-server" not in str(headers)
    assert headers["authorization"] == "Bearer none"


def test_a_login_in_the_address_is_sent_as_such_and_never_shown():
    with Stub() as stub:
        server = Server(stub.url.replace("//", "//desk:pass%20word@"), "m")
        send(stub, server=server)
        assert stub.calls[0].headers["authorization"].startswith("Basic ")
    assert "pass" not in repr(server)
    assert "pass" not in server.address


def test_one_connection_serves_calls_that_follow_each_other():
    with Stub() as stub:
        send(stub, times=5)
        assert stub.connections == 1


@pytest.mark.parametrize(
    ("deed", "finish", "refused"),
    [
        (does.OK, Finish.STOP, False),
        (does.CUT_SHORT, Finish.LENGTH, False),
        (does.FILTERED, Finish.FILTER, False),
        (does.REFUSAL, Finish.STOP, True),
        (does.SLOW_DRIP, Finish.STOP, False),
    ],
)
def test_how_a_reply_ended_is_told(deed, finish, refused):
    with Stub(script=does.always(deed)) as stub:
        completion = send(stub)
    assert completion.finish is finish
    assert bool(completion.refusal) is refused


class Words:
    def count(self, text):
        return len(text.split())


def test_tokens_are_the_servers_own_and_counted_where_it_sends_none():
    with Stub(script=does.in_turn(does.cached(30), does.NO_USAGE, does.NO_USAGE)) as stub:
        told = send(stub).usage
        assert (told.calls, told.cached) == (1, 30)
        assert told.sent > 30
        assert send(stub, tokenizer=Words()).usage == Usage(1, 3, 2)
        assert send(stub).usage == Usage(1)


@pytest.mark.parametrize(
    "deed",
    [
        does.too_many(),
        does.broken(500),
        does.broken(503),
        does.error(408, "timeout"),
        does.RESET,
        does.RESET_AMID,
        does.TRUNCATED,
        does.NO_CHOICES,
        does.NOT_JSON,
        does.json_deed([1, 2]),
        does.json_deed({"choices": [{"message": "hello"}]}),
        does.json_deed({"error": {"message": "Upstream is down", "code": 502}}),
    ],
    ids=lambda deed: deed.name,
)
def test_what_may_come_back_is_unavailable(deed):
    error = failure(deed)
    assert error.cause is Cause.UNAVAILABLE
    assert "'gpt-x' at http://127.0.0.1" in str(error)


@pytest.mark.parametrize(
    ("deed", "seconds"),
    [
        (does.too_many(2.5), 2.5),
        (does.error(429, "slow", retry_after_ms="1500"), 1.5),
        (does.error(503, "slow", Retry_After="Sun, 22 Nov 2026 12:00:20 GMT"), 20),
        (does.error(503, "slow", Retry_After="Sun, 22 Nov 2026 12:00:20 GMT", Date="Sun, 22 Nov 2026 12:00:15 GMT"), 5),
        (does.error(429, "slow", Retry_After="Sun, 22 Nov 2020 12:00:20 GMT"), 0),
        (does.error(429, "slow", Retry_After="soon"), None),
        (does.error(429, "slow"), None),
    ],
)
def test_when_to_come_back_is_heard_in_every_form(deed, seconds):
    assert failure(deed).retry_after == seconds


@pytest.mark.parametrize(
    ("deed", "cause"),
    [
        (does.TOO_LONG, Cause.TOO_LONG),
        (does.error(413, "Payload too large"), Cause.TOO_LONG),
        (does.POISONED, Cause.REJECTED),
        (does.error(422, "no"), Cause.REJECTED),
        (does.error(501, "response_format"), Cause.REJECTED),
        (does.error(404, "No endpoints found that can handle the requested parameters"), Cause.REJECTED),
        (does.error(400, "The response was filtered", code="content_filter"), Cause.REFUSED),
        (does.error(403, "Your input was flagged by moderation"), Cause.REFUSED),
    ],
)
def test_what_is_wrong_with_one_question_alone_ends_that_one(deed, cause):
    assert failure(deed).cause is cause


@pytest.mark.parametrize(
    ("deed", "remedy"),
    [
        (does.UNKNOWN_KEY, "check the key in DESK_KEY"),
        (does.error(403, "not for you"), "DESK_KEY may not use this model"),
        (does.UNKNOWN_MODEL, "--model and the address in --base-url"),
        (does.error(429, "You exceeded your current quota", code="insufficient_quota"), "no credit"),
        (does.error(402, "Insufficient Balance"), "no credit"),
        (does.error(301, "moved", Location="http://127.0.0.1/"), "sends elsewhere"),
    ],
)
def test_what_is_wrong_with_every_question_names_the_remedy(deed, remedy):
    with Stub(script=does.always(deed)) as stub, pytest.raises(ModelRejected, match=remedy):
        send(stub, server=Server(stub.url, "m", key=KEY, key_name="DESK_KEY"))


def test_a_server_that_wants_a_key_says_which_variable_to_set():
    with Stub(key=KEY) as stub, pytest.raises(ModelRejected, match="wants a key: set DESK_KEY"):
        send(stub, server=Server(stub.url, "m", key_name="DESK_KEY"))


def test_words_of_a_server_are_short_clean_and_without_the_key():
    error = failure(does.error(400, f"bad \x1b[31m key {KEY} or sk-proj-****abcd " + "word " * 2000))
    assert KEY not in str(error)
    assert "abcd" not in str(error)
    assert "\x1b" not in str(error)
    assert len(str(error)) < 320
    assert error.__cause__ is None


def test_secrets_are_in_no_repr_and_no_message():
    server = Server("http://u:hunter22@127.0.0.1:1/v1?t=hidden", "m", key=KEY, headers={"api-key": "hidden-too"})
    with pytest.raises(NoAnswer) as raised:
        send(None, server=server)
    told = f"{server!r} {raised.value} {raised.value!r}"
    assert "127.0.0.1:1/v1" in told
    assert not [secret for secret in (KEY, "hunter22", "hidden") if secret in told]


def test_a_server_that_is_silent_is_left_in_time():
    with Stub(latency=5) as stub, pytest.raises(NoAnswer, match="in time") as raised:
        send(stub, server=Server(stub.url, "m", timeout=0.2))
    assert raised.value.cause is Cause.UNAVAILABLE


def test_a_server_that_drips_for_ever_is_left_in_time():
    drip = does.Deed(body=b"x" * 100_000, drip=0.05)
    with Stub(script=does.always(drip)) as stub, pytest.raises(NoAnswer, match="in time"):
        send(stub, server=Server(stub.url, "m", timeout=0.4))


def test_a_huge_reply_is_not_read_to_its_end():
    assert failure(does.huge(LARGEST_REPLY + 1)).cause is Cause.INVALID


def test_deep_nesting_is_no_crash():
    assert failure(does.Deed(body=b'{"choices":' + b"[" * 100_000)).cause is Cause.UNAVAILABLE


def test_half_a_character_in_a_reply_is_mended():
    with Stub(script=does.always(does.saying("\ud800"))) as stub:
        assert send(stub).text == "?"


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://x/v1", "http://", "http://x:99999/v1", "http://[::1/v1"])
def test_what_is_no_address_is_said_before_any_call(url):
    with pytest.raises(UsageError, match="http"):
        Server(url, "m")


def test_an_authority_that_cannot_be_read_is_named(tmp_path):
    missing = tmp_path / "authority.pem"
    with pytest.raises(UsageError, match=r"authority\.pem"):
        send(None, server=Server("https://127.0.0.1:1/v1", "m", ca_file=str(missing)))
    missing.write_text("not a certificate")
    with pytest.raises(UsageError, match=r"authority\.pem"):
        send(None, server=Server("https://127.0.0.1:1/v1", "m", ca_file=str(missing)))


@pytest.mark.skipif(not which("openssl"), reason="makes a certificate with openssl")
def test_a_certificate_of_ones_own_is_trusted_when_it_is_named(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate]
    subject = ["-days", "2", "-subj", "/CN=desk", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made, *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Stub(tls=context) as stub:
        assert send(stub, server=Server(stub.url, "m", ca_file=str(certificate))).text
        with pytest.raises(ModelRejected, match=r"certificate that is not trusted.*ca_file"):
            send(stub, server=Server(stub.url, "m"))


def test_a_proxy_carries_the_call():
    with Stub() as proxy:
        proxy.handlers["POST http://models.invalid/v1/chat/completions"] = proxy.complete
        send(None, server=Server("http://models.invalid/v1", "m", proxy=proxy.url.removesuffix("/v1")))
        assert proxy.calls[0].path == "http://models.invalid/v1/chat/completions"


def test_the_sdk_is_not_imported_before_it_is_needed():
    code = "import sys, briefer.models.client; print('openai' in sys.modules, 'httpx2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_openai_is_imported_by_one_module():
    package = Path(__file__).parent.parent / "briefer"
    importing = [path.name for path in package.rglob("*.py") if "import openai" in path.read_text(encoding="utf-8")]
    assert importing == ["client.py"]
