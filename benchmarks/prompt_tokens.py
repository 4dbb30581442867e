"""How many tokens the extraction of articles sends, against the tokens of the articles themselves.

    python benchmarks/prompt_tokens.py PATH [PATH …] [--pack 8400] [--cost]

In: files or folders of articles, as `briefer run` takes them. Out: a Markdown table: articles collected and distinct,
their tokens as clean text, calls, tokens of the prompts with and without the fixed prompt, that of the reply's schema
beside it. With `--cost` also the client's CPU an article of 600 words: asking (chunks, prompts, packs) and resolving,
of replies that claim as the rules reader does. No model is called.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from briefer import collect
from briefer.chunk import O200k, chunk
from briefer.extract.asked import AskedExtractor, Manner
from briefer.extract.reply import Extracted
from briefer.extract.rules import claims_of
from briefer.pipeline import Edition, survey
from briefer.prompts import load
from briefer.reading.article import read
from briefer.reading.scene import scene
from briefer.types import Answer, Article, Claim, Extraction, Fate, Question, Reply

NOW = datetime(2032, 1, 1, tzinfo=UTC)
USUAL = 600
"""Words of the article that costs are given for."""
TOKENS = O200k()


class Nobody:
    """An Asker that answers nothing; as a fallback it reads nothing."""

    def recall(self, question: Question[Extracted]) -> None:
        """Nothing is kept."""

    def ask(self, questions: Iterable[Question[Extracted]]) -> Iterator[Answer[Extracted]]:
        """No answer."""
        yield from ()

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """No claim."""
        yield from ()


class Answering(Nobody):
    """An Asker that has its answers ready, by prompt."""

    def __init__(self, replies: dict[str, Extracted]) -> None:
        self.replies = replies

    def ask(self, questions: Iterable[Question[Extracted]]) -> Iterator[Answer[Extracted]]:
        """The reply to each, at once."""
        for question in questions:
            yield Answer(question, Reply(self.replies[question.prompt.user]))


def said(claim: Claim, first: int) -> dict[str, object]:
    """A claim of the rules reader as a model would give it."""
    told = {
        "s": [evidence.sentence + first for evidence in claim.evidence],
        "k": claim.kind,
        "c": claim.change,
        "a": [actor.name for actor in claim.actors],
        "o": [actor.name for actor in claim.opponents],
        "p": claim.place.name if claim.place else "",
        "r": claim.place.relation if claim.place else "",
        "w": claim.when.as_written,
        "v": claim.attribution.who,
        "n": [{"k": count.kind, "n": count.as_written, "v": count.victims} for count in claim.casualties],
        "q": [{"t": kit.type, "n": str(kit.number or ""), "s": kit.state} for kit in claim.equipment],
    }
    return {name: value for name, value in told.items() if value}


def replies(
    questions: Iterable[Question[Extracted]], articles: Sequence[Article]
) -> tuple[dict[str, Extracted], int, int]:
    """A reply to each question, with how many claims they hold and how many tokens they are."""
    waiting = iter(articles)
    made, claims, tokens = {}, 0, 0
    for question in questions:
        firsts = [part.first for part in question.parts] or [1]
        entries = []
        for number, first in enumerate(firsts, start=1):
            found = [said(claim, first) for claim in claims_of(next(waiting))]
            entries.append({"n": number, "claims": found})
            claims += len(found)
        text = json.dumps({"articles": entries}, ensure_ascii=False, separators=(",", ":"))
        tokens += TOKENS.count(text)
        made[question.prompt.user] = Extracted.model_validate_json(text)
    return made, claims, tokens


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def extractor(asker: Nobody, pack: int) -> AskedExtractor:
    """The extractor as a run wires it."""
    whole = partial(chunk, tokenizer=TOKENS, max_tokens=pack)
    return AskedExtractor(asker, load(), chunker=whole, fallback=Nobody(), manner=Manner(pack_tokens=pack))


def rows(paths: Sequence[str], pack: int, cost: bool) -> Iterator[tuple[str, str]]:
    collected = collect.read(paths, fields=collect.FieldNames())
    found = survey(collected, edition=Edition(None, "UTC", NOW), languages=None)
    articles = found.articles
    plain = sum(TOKENS.count(article.text) for article in articles)
    questions = list(extractor(Nobody(), pack).questions(articles))
    fixed = TOKENS.count(questions[0].prompt.system)
    variable = sum(TOKENS.count(question.prompt.user) for question in questions)
    schema = TOKENS.count(json.dumps(Extracted.model_json_schema(), separators=(",", ":")))
    copies = sum(source.fate is Fate.DUPLICATE_OF for source in found.sources)
    yield "collected", f"{len(found.sources):,}"
    yield "near-duplicates, never asked about", f"{copies:,}"
    yield "distinct clean articles", f"{len(articles):,}"
    yield "their tokens", f"{plain:,}"
    yield "calls", f"{len(questions):,}"
    yield "tokens of numbered articles", f"{variable:,} ({variable / plain:.3f} ×)"
    yield "fixed prompt, a call", f"{fixed:,}"
    yield "fixed prompts, all calls", f"{fixed * len(questions):,} ({fixed * len(questions) / plain:.1%})"
    yield "sent in all", f"{variable + fixed * len(questions):,} ({(variable + fixed * len(questions)) / plain:.3f} ×)"
    yield "schema beside it, a call", f"{schema:,}"
    if cost:
        yield from costs(articles, pack)


def costs(articles: Sequence[Article], pack: int) -> Iterator[tuple[str, str]]:
    short = [article for article in articles if TOKENS.count(article.text) <= pack]
    asking = extractor(Nobody(), pack)
    made, claims, tokens = replies(asking.questions(short), short)
    answered = extractor(Answering(made), pack)
    list(answered.extract(short))  # fills what is kept of words and names
    claiming = [article for article in short if claims_of(article)]
    names = seconds(lambda: [scene(article) for article in claiming])
    asked = seconds(lambda: list(asking.questions(short)))
    resolved = seconds(lambda: list(answered.extract(short))) - asked - names
    reader = seconds(lambda: [read(article) for article in short])
    words = sum(len(article.text.split()) for article in short) / USUAL
    yield "claims of the rules reader, as replies", f"{claims:,} ({tokens / claims:.1f} tokens each)"
    yield f"asking, CPU for {USUAL} words", f"{asked / words * 1000:.2f} ms"
    yield f"resolving, CPU for {USUAL} words", f"{resolved / words * 1000:.2f} ms"
    yield (
        f"names of the articles, which the verifier uses again, CPU for {USUAL} words",
        f"{names / words * 1000:.2f} ms",
    )
    yield f"(the verifier's reading, CPU for {USUAL} words)", f"{reader / words * 1000:.2f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--pack", type=int, default=Manner().pack_tokens)
    parser.add_argument("--cost", action="store_true")
    options = parser.parse_args()
    print("| | |\n| --- | ---: |")
    for name, value in rows(options.paths, options.pack, options.cost):
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
