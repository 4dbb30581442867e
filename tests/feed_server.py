"""A real HTTP server on loopback, for collecting from: what it answers is given by path, what it was asked is kept.

In a test::

    with FeedServer() as server:
        server.pages["/feed"] = rss(entry("One"))
        ...  # server.url("/feed"), server.asked("/feed")

A page is bytes or text, a `Page`, or a function of the request that gives one of these or writes to the connection.
"""

import gzip
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from briefer.types import KeptArticle

BODY = (
    "<p>Government forces took the town of Danilo on Monday, officials said. The militia withdrew to the north of the "
    "river after two days of fighting that killed at least seven people, according to the mayor.</p><p>Residents said "
    "that shelling continued in the eastern outskirts overnight, and that the road to the capital was closed. Aid "
    "groups asked for a corridor for the wounded.</p>"
)


@dataclass
class Page:
    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    packed: bool = False


Answer = Page | bytes | str | Callable[["Asked"], Any]


@dataclass
class Asked:
    path: str
    headers: Message
    connection: BaseHTTPRequestHandler


class FeedServer:
    """The server: `pages` by path (or by "host/path"), and `log` of what it was asked, in order."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.pages: dict[str, Answer] = {}
        self.log: list[Asked] = []
        self.server = ThreadingHTTPServer((address, 0), _handler(self))
        self.server.daemon_threads = True
        self.port = self.server.server_port

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        return [one for one in self.log if one.path == path]

    def paths(self) -> list[str]:
        """What it was asked for, robots.txt aside."""
        return [one.path for one in self.log if one.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Any:
        host = str(asked.headers["Host"]).partition(":")[0]
        found = self.pages.get(host + asked.path, self.pages.get(asked.path, Page(status=404)))
        return found(asked) if callable(found) else found


def _handler(owner: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            asked = Asked(self.path, self.headers, self)
            owner.log.append(asked)
            found = owner.answer(asked)
            if found is None:  # it wrote for itself
                self.close_connection = True
                return
            page = found if isinstance(found, Page) else Page(found)
            if page.etag and self.headers.get("If-None-Match") == page.etag:
                page = Page(status=304, etag=page.etag)
            with suppress(OSError):
                self._send(page)

        def _send(self, page: Page) -> None:
            body = page.body.encode() if isinstance(page.body, str) else page.body
            headers = dict(page.headers)
            if page.etag:
                headers["ETag"] = page.etag
            if page.packed:
                body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
            self.send_response(page.status)
            if page.status != 304:
                headers.setdefault("Content-Type", page.kind)
                headers.setdefault("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if page.status != 304:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def article(title: str, more: str = "", *, body: str = BODY) -> str:
    """A page with an article."""
    name, last = escape(title), more or f"This was reported under the title of {escape(title)}."
    return (
        f"<html><head><title>{name}</title></head><body><nav>Home | World</nav><article><h1>{name}</h1>"
        f"{body}<p>{last}</p></article></body></html>"
    )


def entry(title: str, link: str = "", **more: Any) -> dict[str, Any]:
    return {"title": title, "link": link or f"/{title.lower().replace(' ', '-')}", **more}


def rss(*entries: Mapping[str, Any], title: str = "The Daily Ruin", etag: str = "") -> Page:
    items = "".join(
        f"<item><title>{escape(one['title'])}</title>"
        + (
            f"<link>{escape(one['link'])}</link><guid>{escape(one.get('id', one['link']))}</guid>"
            if one["link"]
            else ""
        )
        + (f"<pubDate>{format_datetime(one['at'])}</pubDate>" if one.get("at") else "")
        + (f"<description>{escape(one['text'])}</description>" if one.get("text") else "")
        + "</item>"
        for one in entries
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{escape(title)}</title>{items}</channel></rss>'
    return Page(text, "application/rss+xml", etag=etag)


class Kept:
    """Where articles are kept, in memory; `puts` are the sizes of what came at one time."""

    def __init__(self) -> None:
        self.articles: dict[tuple[str, str], KeptArticle] = {}
        self.puts: list[int] = []

    def put(self, items: Sequence[KeptArticle]) -> frozenset[str]:
        new = [item for item in items if (item.collection, item.article.id) not in self.articles]
        self.puts.append(len(items))
        for item in items:
            self.articles.setdefault((item.collection, item.article.id), item)
        return frozenset(item.article.id for item in new)

    @property
    def titles(self) -> list[str]:
        return sorted(item.article.title for item in self.articles.values())


class Texts(dict[str, str]):
    """A shelf in memory."""

    def put(self, key: str, text: str) -> None:
        self[key] = text
