"""What a year of editions costs each command, as a user has it: whole processes, from their start to their end.

    python benchmarks/memory_commands.py ARTICLES.jsonl [--days 365] [--articles 30] [--window 14] [--runs 5]

In: a JSONL file of articles (`id`, `published`, `source`, `text`). The year is invented as in memory_year.py, its last
days (the remembered ones) are of articles made of the file's sentences (articles.py), each briefed by `briefer run`.
The day's run is measured on that store and on one that has nothing but the day's articles, each time on a new copy.
Out: a Markdown table of the CPU and wall seconds of each command (medians), and the bytes of each table.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from itertools import islice
from pathlib import Path

from articles import many, rows
from memory_year import COLLECTION, FIRST, PLACES, invented, lived, print_sizes

from briefer.clean import clean
from briefer.store import open_store
from briefer.types import Article, KeptArticle, Raw


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with settings and a store."""

    folder: Path

    @property
    def store(self) -> Path:
        """The file of the store."""
        return self.folder / "briefer.db"

    def set_up(self, window: int) -> None:
        """Write the settings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = f'store = "{self.store}"\n\n[collections.{COLLECTION}]\npaths = ["drop"]\ndays = {window}\n'
        (self.folder / "briefer.toml").write_text(text, encoding="utf-8")
        (self.folder / "drop").mkdir(exist_ok=True)

    def timed(self, *words: str) -> tuple[float, float]:
        """The CPU and wall seconds of one command. Raises SystemExit where it fails."""
        start = time.perf_counter()
        with (self.folder / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "briefer", *words], cwd=self.folder, stdout=said, stderr=subprocess.STDOUT
            )
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"briefer {' '.join(words)}: {(self.folder / 'said.txt').read_text(encoding='utf-8')[-2000:]}")
        return usage.ru_utime + usage.ru_stime, wall


@dataclass(frozen=True, slots=True)
class Year:
    """The days from the first to the last, and how many of them are remembered."""

    last: Date
    days: int
    articles: int
    window: int

    @property
    def first(self) -> Date:
        """The first day."""
        return self.last - timedelta(days=self.days - 1)

    @property
    def late(self) -> list[Date]:
        """The remembered days, the last one among them."""
        count = min(self.window + 1, self.days)
        return [self.last - timedelta(days=back) for back in reversed(range(count))]


def main() -> None:
    """Make the stores, measure, and print."""
    options = _parser().parse_args()
    year = Year(FIRST + timedelta(days=options.days - 1), options.days, options.articles, options.window)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(options.keep or folder)
        behind, alone = Desk(kept / "year"), Desk(kept / "day")
        if not alone.store.exists():
            _lived_through(behind, alone, year, _made(options.file, year))
        print(f"{year.days} days of {year.articles} articles, {year.window} remembered, medians of {options.runs}\n")
        print("| command | CPU s | wall s |\n| --- | ---: | ---: |")
        for words in _asked(year):
            print(_row(" ".join(words), [behind.timed(*words) for _ in range(options.runs)]), flush=True)
        day = ("run", "--quiet", "--collection", COLLECTION, "--date", str(year.last))
        runs = [(_on_copy(behind, day), _on_copy(alone, day)) for _ in range(options.runs)]
        print(_row("the day's run", [long for long, _ in runs]))
        print(_row("… with nothing behind it", [short for _, short in runs]))
        beyond = [(long[0] - short[0], long[1] - short[1]) for long, short in runs]
        print(_row("**beyond the day's own work**", beyond))
        print_sizes(str(behind.store))


def _asked(year: Year) -> list[tuple[str, ...]]:
    """The questions, as they are typed. The places and actors of the invented days are the largest histories."""
    middle, week = year.first + timedelta(days=year.days // 2), year.late[0] - timedelta(days=7)
    return [
        ("--version",),
        ("show", "last"),
        ("show", str(middle)),
        ("diff", str(week), str(year.late[0])),
        ("diff", str(year.late[-8]), str(year.late[-2])),
        ("diff", str(year.first), str(year.late[-2])),
        ("place", PLACES[0]),
        ("actor", "Karwan Guard"),
        ("why", "1"),
    ]


def _lived_through(behind: Desk, alone: Desk, year: Year, late: Sequence[Sequence[KeptArticle]]) -> None:
    """Make both stores: the one with all days but the run of the last, the other with the last day's articles."""
    for desk in (behind, alone):
        desk.set_up(year.window)
    war = invented(1, year.articles, 7, year.first)
    with open_store(str(behind.store)) as store:
        for number in range(year.days - len(late)):
            lived(store, war, year.first + timedelta(days=number))
    for day, articles in zip(year.late, late, strict=True):
        with open_store(str(behind.store)) as store:
            store.articles.put(articles)
        if day != year.last:
            behind.timed("run", "--quiet", "--collection", COLLECTION, "--date", str(day))
    with open_store(str(alone.store)) as store:
        store.articles.put(late[-1])


def _made(file: Path, year: Year) -> list[list[KeptArticle]]:
    """The articles of the remembered days, made of the sentences of a file."""
    made = many(rows(file), 2 * year.articles * len(year.late))
    found = []
    for day in year.late:
        several = islice(made, 2 * year.articles)
        at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        cleaned = (clean(Raw(row.id, row.text, published=at.isoformat(), outlet=row.source)) for row in several)
        used = [article for article in cleaned if isinstance(article, Article)][: year.articles]
        found.append([KeptArticle(COLLECTION, "file", at + timedelta(hours=1), article) for article in used])
    return found


def _on_copy(desk: Desk, words: Sequence[str]) -> tuple[float, float]:
    """The seconds of a command on a copy of the store."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Desk(Path(folder))
        shutil.copytree(desk.folder, copy.folder, dirs_exist_ok=True)
        text = (copy.folder / "briefer.toml").read_text(encoding="utf-8")
        (copy.folder / "briefer.toml").write_text(text.replace(str(desk.folder), str(copy.folder)), encoding="utf-8")
        return copy.timed(*words)


def _row(name: str, seconds: Sequence[tuple[float, float]]) -> str:
    cpu, wall = (statistics.median(each) for each in zip(*seconds, strict=True))
    return f"| {name} | {cpu:.2f} | {wall:.2f} |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, help="articles as JSONL")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--window", type=int, default=14)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", default="", help="a folder in which the stores stay, to measure them again")
    return parser


if __name__ == "__main__":
    main()
