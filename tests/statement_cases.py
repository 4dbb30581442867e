"""Hand-written statements and the invented articles that they are held against, from the tables beside this file.

`python tests/statement_cases.py` prints the signs of the table with what each weighs in its lie, a star before what
the tests would not pass today, and the sentences of the other table that are judged otherwise than they should be.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from reader_scoring import article_of

from briefer.types import Article, Finding, Ruling, Statement
from briefer.verify import Checker
from briefer.verify.statements.belief import BASE, FOR, believe

_SIGNS = Path(__file__).with_name("statement_signs.toml")
_SENTENCES = Path(__file__).with_name("statement_sentences.toml")


@dataclass(frozen=True)
class SignCase:
    """A sign, an article in which it tells a lie from the truth, and how the article differs from a plain one.

    `more` are the texts of other articles, `before` is what is said right before both sentences.
    """

    sign: str
    article: str
    lie: str
    true: str
    title: str = ""
    outlet: str = ""
    published: str = ""
    more: tuple[str, ...] = ()
    before: str = ""

    @property
    def articles(self) -> tuple[Article, ...]:
        """All that both sentences are held against."""
        dated = article_of(self.article)
        if self.published:
            dated = replace(dated, published=datetime.fromisoformat(self.published).replace(tzinfo=UTC))
        first = replace(dated, title=self.title, outlet=self.outlet)
        return (first, *map(article_of, self.more))

    def signs(self, text: str) -> dict[str, float]:
        """The signs of one sentence."""
        found = Checker(self.articles).signs(Statement("s1", text, before=self.before))
        assert len(found) == 1, f"{len(found)} sentences in {text!r}"
        return found[0]


@dataclass(frozen=True)
class Judged:
    """A sentence beside an article: whether it is true, and why it is judged otherwise today, "" where it is not."""

    name: str
    article: str
    text: str
    true: bool
    known: str = ""

    def finding(self) -> Finding:
        """What the article says to it."""
        return Checker([article_of(self.article)]).find(Statement("s1", self.text))

    def is_met(self, found: Finding) -> bool:
        """Whether the verdict is what a careful reader would give."""
        return (found.verdict is Ruling.SUPPORTED) is self.true


def weighed() -> dict[str, float]:
    """The signs that the shipped table weighs, with their weights."""
    text = (resources.files("briefer.verify") / "data" / "weights.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows if name != BASE}


def sign_cases() -> dict[str, SignCase]:
    """The table of signs by their names."""
    rows = tomllib.loads(_SIGNS.read_text("utf-8"))
    return {name: SignCase(name, **{**row, "more": tuple(row.get("more", ()))}) for name, row in rows.items()}


def judged() -> list[Judged]:
    """The table of sentences: paraphrases and near lies."""
    rows = tomllib.loads(_SENTENCES.read_text("utf-8"))["article"]
    return [Judged(article=row["text"], **each) for row in rows for each in row["said"]]


def without(signs: dict[str, float], name: str) -> float:
    """The belief that signs give where one is left out."""
    return believe({each: value for each, value in signs.items() if each != name}).score


def _main() -> None:
    cases = sign_cases()
    for name in weighed():
        case = cases[name]
        lie, true = case.signs(case.lie), case.signs(case.true)
        star = " " if name in FOR or (lie.get(name) and not true.get(name)) else "*"
        print(f"{star} {name:18} {believe(lie).score:.2f} → {without(lie, name):.2f}, true {believe(true).score:.2f}")
    for each in judged():
        found = each.finding()
        if not each.is_met(found):
            star = " " if each.known else "*"
            print(f"{star} {each.name}: {found.verdict.value} {found.score:.2f}, {found.why}")


if __name__ == "__main__":
    _main()
