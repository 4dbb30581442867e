"""A server that speaks as an OpenAI-compatible one does, over loopback: its deeds are scripted, its calls are kept.

In a test, in a thread of its own::

    with Stub(script=in_turn(too_many(after=1), OK)) as stub:
        ...  # stub.url, stub.asked, stub.repeated()

As a process (prints its URL, appends each event to a log)::

    python tests/stub_server.py --latency 0.2 --rate 429=0.05 --rate 500=0.01 --rate reset=0.01 --log calls.jsonl
"""

import argparse
import asyncio
import json
import socket
import ssl
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Self

from stub_script import (
    OK,
    POISONED,
    UNKNOWN_KEY,
    Answer,
    Call,
    Deed,
    Json,
    Script,
    at_random,
    completion,
    error,
    first_of,
    json_deed,
    least_answer,
    rate,
    whenever,
    without,
)

Handler = Callable[[Call], Deed]

DRIP = 64
"""Bytes of a reply that drips, at a time."""


def ordinary(call: Call) -> None:
    """The script of a server that always answers."""


class Stub:
    """The server, and what it was asked: `calls` by number, `asked` and `answered` by the hash of the body.

    `handlers` is open: a key is "GET /v1/models", or ends in a slash for all paths beneath.
    """

    def __init__(
        self,
        *,
        answer: Answer = least_answer,
        script: Script = ordinary,
        latency: float = 0.0,
        key: str = "",
        models: Iterable[Json] = ({"id": "stub", "object": "model"},),
        log: Path | None = None,
        keep: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.answer, self.script, self.latency, self.key, self.keep = answer, script, latency, key, keep
        self.tls = tls
        self.models = list(models)
        self.calls: list[Call] = []
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.deeds: Counter[str] = Counter()
        self.asked_after_answer: Counter[str] = Counter()
        self.connections = 0
        self.open_calls = 0
        self.most_open = 0
        self.handlers: dict[str, Handler] = {
            "POST /v1/chat/completions": self.complete,
            "GET /v1/models": lambda call: json_deed({"object": "list", "data": self.models}),
        }
        self.url = ""
        self._number = 0
        self._log = open(log, "a", encoding="utf-8", buffering=1) if log else None  # noqa: SIM115
        self._ready = threading.Event()

    def repeated(self) -> Counter[str]:
        """By hash, how often a call was asked again after it had been answered in full."""
        return self.asked_after_answer

    @property
    def bodies(self) -> list[Json]:
        """What was asked of the model, in order."""
        return [call.body for call in self.calls if call.method == "POST"]

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(0)), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self.close()

    def close(self) -> None:
        """Close the log."""
        if self._log:
            self._log.close()

    async def _run(self, port: int, ready: Callable[[str], None] = lambda url: None) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._open: set[_Connection] = set()
        server = await self._loop.create_server(
            lambda: _Connection(self), "127.0.0.1", port, backlog=1024, ssl=self.tls
        )
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        ready(self.url)
        self._ready.set()
        await self._stop.wait()
        server.close()
        for connection in list(self._open):
            connection.close()
        await asyncio.sleep(0)

    def serve(self, port: int) -> None:
        """Serve in this thread until it is interrupted; print the URL first."""
        asyncio.run(self._run(port, ready=lambda url: print(url, flush=True)))

    def note(self, event: str, call: Call, deed: str = "") -> None:
        """Append one event to the log."""
        if self._log:
            told = {"at": time.time(), "event": event, "hash": call.digest, "number": call.number, "path": call.path}
            self._log.write(json.dumps(told | ({"deed": deed} if deed else {})) + "\n")

    def hear(self, method: str, path: str, headers: Mapping[str, str], raw: bytes) -> tuple[Call, Deed]:
        """Count a call and choose what is done about it."""
        digest = blake2b(raw or path.encode(), digest_size=8).hexdigest()
        self.asked[digest] += 1
        if self.answered[digest]:
            self.asked_after_answer[digest] += 1
        self._number += 1
        call = Call(method, path, headers, raw, digest, self.asked[digest], self._number)
        if self.keep:
            self.calls.append(call)
        self.open_calls += 1
        self.most_open = max(self.most_open, self.open_calls)
        deed = self._decide(call)
        self.deeds[deed.name] += 1
        self.note("asked", call, deed.name)
        return call, deed

    def _decide(self, call: Call) -> Deed:
        if self.key and call.headers.get("authorization") != f"Bearer {self.key}":
            return UNKNOWN_KEY
        wanted = f"{call.method} {call.path}"
        beneath = max(
            (key for key in self.handlers if key.endswith("/") and wanted.startswith(key)), default="", key=len
        )
        handler = self.handlers.get(wanted) or self.handlers.get(beneath)
        return handler(call) if handler else error(404, f"Invalid URL ({wanted})")

    def complete(self, call: Call) -> Deed:
        """What becomes of a call of chat completions: the script's deed, filled with an answer where it is one."""
        deed = self.script(call) or OK
        if deed.body is not None or deed.cut == "before":
            return deed
        request = call.body
        whole: Json | bytes = completion(request, self.answer(request), len(call.raw))
        if deed.change:
            whole = deed.change(whole)
        return replace(deed, body=whole if isinstance(whole, bytes) else json.dumps(whole).encode())

    def done(self, call: Call, deed: Deed, *, whole: bool) -> None:
        """Count the end of a call; `whole` says that all of a good answer was sent."""
        self.open_calls -= 1
        if whole and deed.status == 200 and deed.good:
            self.answered[call.digest] += 1
            self.note("answered", call)
        elif not whole:
            self.note("broken", call)


class _Connection(asyncio.Protocol):
    """One connection; reads requests one after another and answers each."""

    def __init__(self, stub: Stub) -> None:
        self.stub = stub
        self.buffer = b""
        self.pending: tuple[Call, Deed] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.stub.connections += 1
        self.stub._open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.stub._open.discard(self)
        self._finish(whole=False)

    def close(self) -> None:
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, blank, rest = self.buffer.partition(b"\r\n\r\n")
        if not blank or self.pending:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        method, target, _ = first.split(" ", 2)
        self.pending = call, deed = self.stub.hear(method, target.partition("?")[0], headers, rest[:length])
        latency = self.stub.latency if deed.latency is None else deed.latency
        if latency:
            self.stub._loop.call_later(latency, self._answer, call, deed)
        else:
            self._answer(call, deed)

    def _answer(self, call: Call, deed: Deed) -> None:
        if self.transport.is_closing():
            return
        body = deed.body or b""
        if deed.cut == "before":
            self._reset()
            return
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), **deed.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"HTTP/1.1 {deed.status} Said\r\n{lines}\r\n".encode()
        if deed.cut == "amid":
            self.transport.write(head + body[: len(body) // 2])
            self.stub._loop.call_later(0.02, self._reset)
        elif deed.drip:
            self.transport.write(head)
            self._drip(body, deed.drip)
        else:
            self.transport.write(head + body)
            self._finish(whole=True)

    def _drip(self, rest: bytes, pause: float) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(rest[:DRIP])
        if rest := rest[DRIP:]:
            self.stub._loop.call_later(pause, self._drip, rest, pause)
        else:
            self._finish(whole=True)

    def _finish(self, *, whole: bool) -> None:
        if self.pending:
            call, deed = self.pending
            self.pending = None
            self.stub.done(call, deed, whole=whole)

    def _reset(self) -> None:
        if plug := self.transport.get_extra_info("socket"):
            # Linger 0 makes the kernel send a reset instead of an orderly end.
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


def main(arguments: list[str]) -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds")
    parser.add_argument("--rate", type=rate, action="append", default=[], metavar="WHAT=SHARE")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--poison", action="append", default=[], help="calls that contain this text get 400")
    parser.add_argument(
        "--without", nargs="*", default=[], help="json_schema, json_object, tools, max_tokens, temperature"
    )
    parser.add_argument("--answer", type=Path, help="a file whose text is every reply")
    parser.add_argument("--log", type=Path, help="a JSONL file that each event is appended to")
    chosen = parser.parse_args(arguments)
    scripts = [*(whenever(text, POISONED) for text in chosen.poison), without(*chosen.without)]
    answer = least_answer
    if chosen.answer:
        text = chosen.answer.read_text(encoding="utf-8")
        answer = lambda request: text  # noqa: E731
    script = first_of(*scripts[: None if chosen.without else -1], at_random(chosen.rate, chosen.seed))
    stub = Stub(answer=answer, script=script, latency=chosen.latency, log=chosen.log, keep=False)
    try:
        stub.serve(chosen.port)
    except KeyboardInterrupt:
        stub.close()


if __name__ == "__main__":
    main(sys.argv[1:])
