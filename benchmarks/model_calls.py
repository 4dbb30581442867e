"""What our own work adds to calls of a model, and what becomes of calls when things go wrong.

    python benchmarks/model_calls.py [--sizes 500 2000] [--only timing faults]

A stub of a server runs as a process of its own (200 ms latency). Timing: briefer's whole stack with its store, beside
a bare asyncio loop over sockets and the OpenAI SDK in a plain loop, of the same calls, 32 at once, each in a process of
its own: wall clock after imports, CPU and peak memory. Faults: killed at half and started again, stopped by SIGTERM and
started again, run again unchanged, failing servers, one article that always gets 400: what the stub's log tells.
"""

import argparse
import asyncio
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONCURRENCY = 32
LATENCY = 0.2
STUB = Path(__file__).parents[1] / "tests" / "stub_server.py"
WAYS = ("bare", "sdk", "briefer")


def body(question: Any) -> bytes:
    """The request that a plain loop sends."""
    from briefer.models.schemas import schema_of

    prompt = question.prompt
    shape = {"name": "Reading", "schema": schema_of(question.reply_type), "strict": False}
    return json.dumps(
        {
            "model": "stub",
            "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            "max_tokens": prompt.parameters.max_tokens,
            "temperature": 0.0,
            "response_format": {"type": "json_schema", "json_schema": shape},
        }
    ).encode()


async def in_turns(ask: Callable[[Any], Any], questions: Iterator[Any]) -> int:
    """Ask all questions, so many at once; the number of claims that came."""

    async def worker() -> int:
        claims = 0
        for question in questions:
            text = await ask(question)
            claims += len(question.reply_type.model_validate_json(text).claims)
        return claims

    return sum(await asyncio.gather(*(worker() for _ in range(CONCURRENCY))))


async def bare(url: str, questions: Iterator[Any]) -> int:
    """The calls over sockets that are kept open, and nothing else."""
    host, port = url.split("/")[2].split(":")
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(question: Any) -> str:
        reader, writer = idle.pop() if idle else await asyncio.open_connection(host, int(port))
        raw = body(question)
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(raw)}\r\n"
        writer.write(f"{head}Content-Type: application/json\r\n\r\n".encode() + raw)
        lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith(b"content-length:"))
        whole = json.loads(await reader.readexactly(length))
        idle.append((reader, writer))
        return str(whole["choices"][0]["message"]["content"])

    claims = await in_turns(ask, questions)
    for _, writer in idle:
        writer.close()
    return claims


async def sdk(url: str, questions: Iterator[Any]) -> int:
    """The calls by the OpenAI SDK in a plain loop."""
    import openai

    async with openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as client:

        async def ask(question: Any) -> str:
            completion = await client.chat.completions.create(**json.loads(body(question)))
            return completion.choices[0].message.content or ""

        return await in_turns(ask, questions)


def here(way: str, url: str, count: int, file: str) -> dict[str, Any]:
    """Make the calls one way in this process; what that took after the imports."""
    import httpcore2  # noqa: F401  (the SDK imports it at the first call)
    import openai  # noqa: F401
    from model_articles import questions
    from model_stack import stacked

    causes: Counter[str] = Counter()
    wall, cpu = time.perf_counter(), time.process_time()
    if way == "briefer":
        claims, causes = stacked(url, questions(count), file)
    else:
        claims = asyncio.run({"bare": bare, "sdk": sdk}[way](url, questions(count)))
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "claims": claims,
        "causes": causes,
    }


@contextmanager
def stub(folder: Path, *options: str) -> Iterator[str]:
    """A stub in a process of its own; its URL."""
    from model_articles import REPLY

    reply = folder / "reply.json"
    reply.write_text(REPLY.model_dump_json())
    command = [sys.executable, str(STUB), "--latency", str(LATENCY), "--answer", str(reply), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def begun(way: str, url: str, count: int, file: Path) -> "subprocess.Popen[str]":
    """One way in a process of its own, under way."""
    command = [sys.executable, __file__, "--here", way, url, str(count), str(file)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def done(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """What a process said at its end; {} where it was killed."""
    said, _ = process.communicate()
    result: dict[str, Any] = json.loads(said) if said else {}
    return result


def timing(sizes: Sequence[int], rounds: int) -> Iterator[str]:
    """The figures of each way and size, as rows of Markdown."""
    yield "| calls | way | wall, s | to the bare loop | CPU an article, ms | peak, MB |"
    yield "|--:|---|--:|--:|--:|--:|"
    for count in sizes:
        best: dict[str, dict[str, Any]] = {}
        with tempfile.TemporaryDirectory() as folder, stub(Path(folder)) as url:
            for number in range(rounds):
                for way in WAYS:
                    one = done(begun(way, url, count, Path(folder) / f"{number}.db"))
                    assert one["claims"] == 8 * count, one
                    best[way] = min(one, best.get(way, one), key=lambda each: each["wall"])
        for way, one in best.items():
            ratio = one["wall"] / best["bare"]["wall"]
            yield (
                f"| {count:,} | {way} | {one['wall']:.2f} | {ratio:.3f} "
                f"| {one['cpu'] / count * 1000:.2f} | {one['megabytes']:.0f} |"
            )


@dataclass(frozen=True)
class Told:
    """What the stub's log tells."""

    events: list[dict[str, Any]]

    def count(self, event: str) -> int:
        """How often something happened."""
        return sum(each["event"] == event for each in self.events)

    def faults(self) -> int:
        """Calls that the stub had fail on purpose."""
        return sum(each["event"] == "asked" and each["deed"] not in ("ok", "saying") for each in self.events)

    def repeated(self, before: float = float("inf")) -> int:
        """Calls asked again after they had been answered; of those answered before a moment."""
        answered: set[str] = set()
        again = 0
        for each in self.events:
            again += each["event"] == "asked" and each["hash"] in answered
            if each["event"] == "answered" and each["at"] < before:
                answered.add(each["hash"])
        return again


def log_of(file: Path) -> Told:
    """The log so far."""
    lines = file.read_text().splitlines() if file.exists() else []
    return Told([json.loads(line) for line in lines])


def faults(sizes: Sequence[int]) -> Iterator[str]:
    """What became of the calls, as rows of Markdown."""
    yield "| calls | what happened | replies | asked | answered | injected faults | asked again | s |"
    yield "|--:|---|--:|--:|--:|--:|--:|--:|"
    for count in sizes:
        for name, signalled in (("SIGKILL at half, again", signal.SIGKILL), ("SIGTERM at half, again", signal.SIGTERM)):
            yield interrupted(name, signalled, count)
        for name, rates in {
            "5 % 429, 1 % 500, 1 % resets": ("429=0.05", "500=0.01", "reset=0.01"),
            "30 % 429, 2 % 500": ("429=0.30", "500=0.02"),
            "30 % 429 (Retry-After 1 s), 2 % 500": ("429:1=0.30", "500=0.02"),
        }.items():
            yield failing(name, count, [word for rate in rates for word in ("--rate", rate)])
        yield failing("one article always 400", count, ["--poison", "Article 00100."])


def row(name: str, count: int, one: dict[str, Any], told: Told, again: str) -> str:
    """One row."""
    causes = ", ".join(f"{number} {cause}" for cause, number in one["causes"].items())
    replies = f"{one['claims'] // 8:,}" + (f" ({causes})" if causes else "")
    return (
        f"| {count:,} | {name} | {replies} | {told.count('asked'):,} "
        f"| {told.count('answered'):,} | {told.faults():,} | {again} | {one['wall']:.1f} |"
    )


def failing(name: str, count: int, options: Sequence[str]) -> str:
    """A server that fails now and then."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.jsonl"
        with stub(Path(folder), "--log", str(log), *options) as url:
            one = done(begun("briefer", url, count, Path(folder) / "x.db"))
        told = log_of(log)
        return row(name, count, one, told, str(told.repeated()))


def interrupted(name: str, number: signal.Signals, count: int) -> str:
    """A run that is ended at half, started again, and run once more unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        log, file = Path(folder) / "log.jsonl", Path(folder) / "x.db"
        with stub(Path(folder), "--log", str(log)) as url:
            first = begun("briefer", url, count, file)
            while log_of(log).count("answered") < count // 2:
                time.sleep(0.05)
            first.send_signal(number)
            ended = time.time()
            done(first)
            one = done(begun("briefer", url, count, file))
            told = log_of(log)
            done(begun("briefer", url, count, file))
            unchanged = log_of(log).count("asked") - told.count("asked")
        late = told.repeated() - told.repeated(before=ended - 0.1)
        again = f"{told.repeated(before=ended - 0.1)} (on their way {late}); run unchanged: {unchanged} calls"
        return row(name, count, one, told, again)


def main() -> None:
    if sys.argv[1:2] == ["--here"]:
        way, url, count, file = sys.argv[2:]
        print(json.dumps(here(way, url, int(count), file)))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[500, 2000])
    parser.add_argument("--rounds", type=int, default=2, help="each way is timed so often; the quickest counts")
    parser.add_argument("--only", nargs="*", default=["timing", "faults"])
    options = parser.parse_args()
    if "timing" in options.only:
        print(*timing(options.sizes, options.rounds), sep="\n", flush=True)
    if "faults" in options.only:
        for line in faults(options.sizes):
            print(line, flush=True)


if __name__ == "__main__":
    main()
