"""200 feeds of 20 new articles each, collected from loopback hosts into a store; then again, with nothing new.

    python benchmarks/collect_feeds.py [--feeds 200] [--articles 20] [--rounds 2] [--jobs N]

Every feed has a host of its own (127.0.x.y), so that the politeness of one request at a time to a host holds; the
`pause` between two requests to one host is 0 here, as it would be all that is measured. The server is another process
on the same cores. 2 cores, shared with other work (load 2 to 4): 39 to 46 s for 4,000 new articles (17 s of CPU in the
main process, 35 s in its two readers), 1.6 to 2.3 s when nothing is new; 106 MiB and 83 MiB a reader. 25 feeds of 5
articles take 92 MiB, of 40 articles 97, and a second round of 4,000 takes no more than the first.

Prints seconds, CPU seconds, the largest memory of each process, and requests.
"""

import argparse
import json
import multiprocessing
import os
import resource
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

NOW = datetime(2031, 5, 13, 6, tzinfo=UTC)
PLACES = "Danilo Kidassou Marsa Tirvan Ostrel Belgrun Hadim Sarkand Velika Port-Amara".split()
SENTENCES = (
    "Government forces took the town of {place} on {day}, officials said.",
    "The militia withdrew to the north of the river after {n} days of fighting, according to the mayor of {place}.",
    "At least {n} people were killed and {m} wounded in shelling of the market of {place}, a hospital said.",
    "Residents of {place} said that the road to the capital was closed and that aid had not come for {n} days.",
    "A spokesman for the army denied that its aircraft had struck {place} on {day}.",
    "The United Nations called on both sides to let the wounded leave {place}, where {m} families are still waiting.",
    "Fighters of the Movement said they had destroyed {n} vehicles east of {place} and captured {m} soldiers.",
)
DEBRIS = "".join(
    f'<div class="related"><a href="/r/{n}">Read more: report {n} of the day</a><script>track({n}, "{"x" * 200}");'
    f"</script><style>.c{n}{{margin:0;padding:{n}px}}</style></div>"
    for n in range(60)
)


def page(host: str, number: int) -> bytes:
    """A page of about 40 kB around an article of about 3 kB."""
    lot = Random(f"{host} {number}")
    said = [
        lot.choice(SENTENCES).format(
            place=lot.choice(PLACES), day=lot.choice(("Monday", "Sunday")), n=lot.randint(2, 40), m=lot.randint(2, 90)
        )
        for _ in range(28)
    ]
    paragraphs = "".join(f"<p>{' '.join(said[start : start + 3])}</p>" for start in range(0, len(said), 3))
    return (
        f"<html><head><title>Report {number} of {host}</title></head><body><nav>{DEBRIS}</nav>"
        f"<article><h1>Report {number} of {host}</h1>{paragraphs}</article><footer>{DEBRIS}</footer></body></html>"
    ).encode()


def feed(host: str, count: int, round: int) -> bytes:
    items = "".join(
        f"<item><title>Report {n} of {host}</title><link>/report/{n}</link><guid>{host}-{n}</guid>"
        f"<pubDate>{(NOW - timedelta(minutes=n + 1)).strftime('%a, %d %b %Y %H:%M:%S GMT')}</pubDate>"
        f"<description>What report {n} is about, in a line.</description></item>"
        for n in range(round * count, (round + 1) * count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'.encode()


class Server(ThreadingHTTPServer):
    """Takes many connections at once."""

    daemon_threads = True
    request_queue_size = 512


def serve(pipe: Connection, articles: int) -> None:
    asked = [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self) -> None:
            asked[0] += 1
            host = self.headers["Host"].partition(":")[0]
            tag = f'"{host}-{state["round"]}"'
            if self.path == "/robots.txt":
                self._send(404, b"", "text/plain")
            elif self.path == "/feed" and self.headers.get("If-None-Match") == tag:
                self.send_response_only(304)
                self.end_headers()
            elif self.path == "/feed":
                self._send(200, feed(host, articles, state["round"]), "application/rss+xml", tag)
            else:
                self._send(200, page(host, int(self.path.rpartition("/")[2])), "text/html; charset=utf-8")

        def _send(self, status: int, body: bytes, kind: str, tag: str = "") -> None:
            self.send_response_only(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

    state = {"round": 0}
    server = Server(("0.0.0.0", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pipe.send(server.server_port)
    while (told := pipe.recv()) is not None:
        state["round"] = told
        pipe.send(asked[0])
        asked[0] = 0


def collect(settings: dict[str, object], jobs: int | None, pipe: Connection) -> None:
    """One run, in a process of its own as a command is."""
    begun = time.perf_counter()
    from briefer.settings import Settings
    from briefer.store import open_store
    from briefer.wiring.collecting import Collector

    found = Settings.model_validate(settings)
    with open_store(found.store) as store:
        reports = Collector(found, store.articles, store.sources, NOW, jobs=jobs).collect()
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    pipe.send(
        {
            "seconds": round(time.perf_counter() - begun, 1),
            "new": sum(report.new for report in reports),
            "unchanged": sum(report.unchanged for report in reports),
            "failures": sum(len(report.failures) for report in reports),
            "CPU seconds": round(own.ru_utime + own.ru_stime, 1),
            "of workers": round(workers.ru_utime + workers.ru_stime, 1),
            "MiB": own.ru_maxrss // 1024,
            "of the largest worker": workers.ru_maxrss // 1024,
        }
    )


def run(settings: dict[str, object], jobs: int | None) -> dict[str, object]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=collect, args=(settings, jobs, there))
    process.start()
    told: dict[str, object] = here.recv()
    process.join()
    return told


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=None)
    given = parser.parse_args(arguments)
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    server = context.Process(target=serve, args=(there, given.articles), daemon=True)
    server.start()
    port = here.recv()
    with tempfile.TemporaryDirectory() as folder:
        feeds = [f"http://127.0.{n // 250 + 1}.{n % 250 + 1}:{port}/feed" for n in range(given.feeds)]
        settings: dict[str, object] = {
            "store": os.fspath(Path(folder) / "store.db"),
            "collections": {"war": {"feeds": feeds}},
            "collecting": {"private_addresses": True, "pause": 0.0},
        }
        for number in range(given.rounds):
            here.send(number)
            here.recv()
            for what in ("new", "unchanged"):
                told = run(settings, given.jobs)
                here.send(number)
                print(json.dumps({"round": number + 1, "run": what, **told, "requests": here.recv()}), flush=True)
        print(f"store: {(Path(folder) / 'store.db').stat().st_size / 1e6:.0f} MB")
    here.send(None)


if __name__ == "__main__":
    main()
