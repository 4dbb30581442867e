"""How long a replayed eval takes, in how much memory, on one core and on two.

    python benchmarks/eval_replay.py [--cases 500] [--shipped] [--rounds 3] [--keep DIR]

In: nothing; the cases are made up: each an article of some 60 words that tells of three things, the claims of a person
who read it, and one recorded reply with those claims. With --shipped, the cases of evals/, replayed and gated.
Out: a Markdown table, a row a number of cores: seconds by the clock of a whole process, from its start to its end, the
least and the most of the rounds, CPU seconds, and the most memory that all its processes held together (as a share of
what they share, in MB). What is run is `briefer eval run`; nothing is kept from one round to the next.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

SEED = 20340607
GATED = ("--gate",)
FIRST = ("Kar", "Or", "Mir", "Tol", "Av", "Bel", "Das", "El", "Nur", "Sha", "Ved", "Zan", "Hol", "Pri", "Ras", "Ul")
SECOND = ("sk", "del", "van", "mor", "rin", "ov", "heim", "gin", "abad", "tar", "na", "zeh", "pol", "dun", "mir", "vik")
ARTICLE = """Fighting near {town}

By our reporter

14 April 2031

The Sorvan Front captured {town} from the Velda Army on Monday. At least {dead} soldiers were killed in the fighting, \
a doctor at the town's hospital said. Two shells hit the market of {other} in the afternoon and wounded {hurt} people. \
Residents said that shops stayed closed while soldiers walked the streets, and that the road to the river was full of \
families who left with what they could carry.
"""
CLAIMS = """events:
  taken: {{status: [claimed, corroborated, confirmed]}}
  dead: {{status: [claimed, corroborated, confirmed]}}
  shells: {{status: [claimed, corroborated, confirmed]}}
must:
  - id: taken
    text: The Sorvan Front took {town} from the Velda Army.
    event: taken
    kind: territory
    change: captured
    actor: Sorvan Front
    opponent: Velda Army
    place: {town}
    when: 2031-04-14
    evidence: [{{article: post.txt, quote: "The Sorvan Front captured {town} from the Velda Army on Monday."}}]
  - id: dead
    text: At least {dead} soldiers were killed, a doctor said.
    event: dead
    kind: casualties
    casualties: [{{kind: killed, low: {dead}, victims: soldiers, civilian: false}}]
    speaker: {{kind: witness, who: a doctor}}
    evidence: [{{article: post.txt, quote: "At least {dead} soldiers were killed in the fighting"}}]
  - id: shells
    text: Two shells wounded {hurt} people on the market of {other}.
    event: shells
    kind: shelling
    place: {other}
    casualties: [{{kind: wounded, best: {hurt}, victims: people}}]
    evidence: [{{article: post.txt, quote: "Two shells hit the market of {other} in the afternoon"}}]
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds by the clock of each round, CPU seconds and MB of the last."""

    seconds: tuple[float, ...]
    cpu: float
    memory: float


def make_cases(root: Path, many: int) -> None:
    """So many cases, each with its recording."""
    draw = Random(SEED)
    towns = [a + b for a in FIRST for b in SECOND]
    for number in range(many):
        town, other = draw.sample(towns, 2)
        told = {"town": town, "other": other, "dead": draw.randint(3, 40), "hurt": draw.randint(3, 40)}
        folder = root / "cases" / f"{number:04d}-{town.lower()}"
        (folder / "articles").mkdir(parents=True)
        (folder / "articles" / "post.txt").write_text(ARTICLE.format(**told))
        (folder / "case.yaml").write_text(f"title: The fall of {town}\ndate: 2031-04-14\nwar: invented\n")
        (folder / "claims.yaml").write_text(CLAIMS.format(**told))
        (folder / "reference.md").write_text(f"The Sorvan Front took {town}.\n")
    (root / "evals.toml").write_text('[run]\nmodel = "made-up"\nby = "a benchmark"\nreview = "off"\nprose = false\n')
    record(root)


def record(root: Path) -> None:
    """Record what a reader would say of each article."""
    from briefer.evals.cases import load
    from briefer.evals.plan import read
    from briefer.wiring.evals import Plan
    from briefer.wiring.passes import done

    folder = read(root)
    desk = replace(Plan(folder).desk(), records=True, reading=Reading())
    for each in folder.chosen:
        assert not done(load(each), desk, lambda briefed: briefed.error).results[0]


class Reading:
    """Somebody who reads these articles: an asker."""

    def recall(self, question):
        """Nothing is kept."""

    def ask(self, questions: Iterable) -> Iterator:
        """Three claims of each article."""
        from briefer.types import Answer, Reply, Usage

        for question in questions:
            reply = question.reply_type.model_validate(said(question.prompt.user))
            yield Answer(question, Reply(reply, Usage(1, 900, 160)))


def said(prompt: str) -> dict:
    """What is claimed of the article in a prompt, by the numbers of its sentences."""
    rows = dict(row.split(" ", 1) for row in prompt.splitlines() if row[:1].isdigit() and " " in row)
    taken = next(number for number, row in rows.items() if "captured" in row)
    dead = next(number for number, row in rows.items() if "were killed" in row)
    shells = next(number for number, row in rows.items() if "shells hit" in row)
    town = rows[taken].partition("captured ")[2].partition(" from")[0]
    other = rows[shells].partition("market of ")[2].partition(" in the")[0]
    killed, hurt = rows[dead].split()[2], rows[shells].partition("wounded ")[2].split()[0]
    dying = {"k": "killed", "n": f"At least {killed}", "v": "soldiers"}
    claims = [
        {"s": [int(taken)], "k": "territory", "c": "captured", "a": ["The Sorvan Front"], "o": ["the Velda Army"]},
        {"s": [int(dead)], "k": "casualties", "n": [dying], "b": "witness", "v": "a doctor at the town's hospital"},
        {"s": [int(shells)], "k": "shelling", "p": other, "n": [{"k": "wounded", "n": hurt, "v": "people"}]},
    ]
    claims[0] |= {"p": town, "w": "Monday"}
    return {"articles": [{"n": 1, "claims": claims}]}


def measure(folder: Path, options: Sequence[str], *, cores: int, rounds: int) -> Row:
    """Whole processes, one behind the other."""
    rows = [once(folder, options, cores) for _ in range(rounds)]
    return Row(tuple(seconds for seconds, _, _ in rows), rows[-1][1], rows[-1][2])


def once(folder: Path, options: Sequence[str], cores: int) -> tuple[float, float, float]:
    """Seconds by the clock, CPU seconds, MB."""
    command = [sys.executable, "-m", "briefer", "eval", "run", str(folder), "--quiet", "--json", *options]
    usable = sorted(os.sched_getaffinity(0))[:cores]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, usable))
    most = [0.0]
    watch = threading.Thread(target=watched, args=(process, most), daemon=True)
    watch.start()
    code = process.wait()
    seconds = time.perf_counter() - began
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert code in (0, 4), f"exit code {code}"
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most[0]


def watched(process: subprocess.Popen, most: list[float]) -> None:
    """The most memory that a process and its children held together."""
    while process.poll() is None:
        most[0] = max(most[0], sum(map(share, family(process.pid))))
        time.sleep(0.05)


def family(pid: int) -> Sequence[int]:
    """A process and its children."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [pid, *(int(child) for task in tasks for child in (task / "children").read_text().split())]
    except OSError:
        return []


def share(pid: int) -> float:
    """What a process holds, in MB; what it shares is divided among those who share it."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--cases", type=int, default=500)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--shipped", action="store_true")
    options.add_argument("--keep", type=Path, help="make the cases there, and keep them")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = asked.keep or Path(temporary) / "evals"
        if asked.shipped:
            from briefer.evals.folders import shipped

            root = shipped()
        elif not (root / "cases").is_dir():
            make_cases(root, asked.cases)
        many = len(list(root.glob("cases/*/case.yaml")))
        print("| cases | cores | clock, s | CPU, s | MB |\n|--:|--:|--:|--:|--:|")
        for cores in range(1, min(2, len(os.sched_getaffinity(0))) + 1):
            row = measure(root, GATED if asked.shipped else (), cores=cores, rounds=asked.rounds)
            clock = f"{min(row.seconds):.2f} to {max(row.seconds):.2f}"
            print(f"| {many} | {cores} | {clock} | {row.cpu:.2f} | {row.memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
