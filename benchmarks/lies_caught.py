"""What share of the lies that the maker derives from true claims is caught, and what share of the true ones is lost.

    python benchmarks/lies_caught.py                              # tests/careful_replies.json and evals/lies/build
    python benchmarks/lies_caught.py --days FOLDER [--open]       # labelled days; --open: the whole day
    python benchmarks/lies_caught.py --briefing B.json --articles FOLDER
    python benchmarks/lies_caught.py --show wrong_place           # the lies of a reason that pass, one a line

Out: a Markdown table a source, a row a reason: lies made, withheld (unsupported), not vouched for (also unclear). The
claims of a run are judged by `verify`, sentences by `Checker`, once against the articles that they name and once with
the sentences that they cite.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from briefer import collect
from briefer.clean import clean
from briefer.evals.labelled import load_all, shipped
from briefer.evals.lies import Setting, questions
from briefer.evals.making import of_claim, of_statement
from briefer.types import Article, Briefing, Claim, Raw, Reason, Ruling, Statement
from briefer.verify import Checker, verify

TESTS = Path(__file__).parent.parent / "tests"


@dataclass(frozen=True)
class Outcome:
    """One judged sentence: `reason` is that of a lie, None of a true claim; `of` is the true claim.

    Lies of one `key` are one: two claims of an article may be given the same lie of a third sentence.
    """

    reason: Reason | None
    verdict: Ruling
    text: str
    of: str
    key: str


def of_run(claims: Iterable[tuple[Claim, Article]]) -> Iterator[Outcome]:
    """The claims of a run and the lies of them, by `verify`."""
    for claim, article in claims:
        yield Outcome(None, verify(claim, article).verdict, claim.text, claim.text, claim.id)
        for lie in of_claim(claim, article):
            yield Outcome(lie.reason, verify(lie.told, lie.article).verdict, lie.told.text, claim.text, lie.told.id)


def careful() -> list[tuple[Claim, Article]]:
    """The claims of a careful reader over the samples."""
    sys.path.insert(0, str(TESTS))
    from test_liar import careful as read

    return list(read())


def saved(briefing: Path, folder: Path) -> list[tuple[Claim, Article]]:
    """The supported claims of a briefing as `briefer run --format json` prints it, with their articles."""
    raws = collect.read([str(folder)], fields=collect.FieldNames(), stdin=None)
    read = (clean(raw) for raw in raws if isinstance(raw, Raw))
    articles = {article.id: article for article in read if isinstance(article, Article)}
    told = TypeAdapter(Briefing).validate_json(briefing.read_bytes()).claims
    return [(claim, articles[claim.article]) for claim in told if claim.article in articles]


def of_days(folder: Path, setting: Setting) -> Iterator[Outcome]:
    """The true labelled sentences and the lies of them, by `Checker`."""
    for day in load_all(folder):
        checker = Checker(tuple(day.articles.values()))
        cited = {question.claim.id: question.statement.cited for question in questions(day, Setting.CITED)}
        for question in questions(day, setting):
            if not question.claim.is_true or question.claim.article not in day.articles:
                continue
            yield Outcome(None, checker.find(question.statement).verdict, *[question.claim.text] * 2, question.key)
            article = day.articles[question.claim.article]
            true = replace(question.statement, cited=cited[question.claim.id])
            for lie in of_statement(
                true, article, beside=[each for each in day.articles.values() if each is not article]
            ):
                told = lie.told if setting is Setting.CITED else replace(lie.told, cited=())
                verdict = _found(checker, told, lie.article, article)
                yield Outcome(lie.reason, verdict, told.text, question.claim.text, told.text)


def _found(checker: Checker, told: Statement, held: Article, true: Article) -> Ruling:
    if held is true:
        return checker.find(told).verdict
    return _alone(held).find(replace(told, articles=(held.id,))).verdict


@lru_cache(maxsize=8)
def _alone(article: Article) -> Checker:
    return Checker((article,))


def table(title: str, outcomes: Sequence[Outcome]) -> str:
    """The shares of one source."""
    made, withheld, unsure = Counter[Reason | None](), Counter[Reason | None](), Counter[Reason | None]()
    for each in {(each.reason, each.key): each for each in outcomes}.values():
        made[each.reason] += 1
        withheld[each.reason] += each.verdict is Ruling.UNSUPPORTED
        unsure[each.reason] += each.verdict is not Ruling.SUPPORTED
    rows = [f"### {title}", "", "| reason | lies | withheld | not vouched for |", "| --- | ---: | ---: | ---: |"]
    rows += [_row(reason.value, made[reason], withheld[reason], unsure[reason]) for reason in Reason]
    lies = [sum(count[reason] for reason in Reason) for count in (made, withheld, unsure)]
    rows += [_row("all lies", *lies), _row("true claims", made[None], withheld[None], unsure[None]), ""]
    return "\n".join(rows)


def _row(name: str, made: int, withheld: int, unsure: int) -> str:
    shares = (f"{count / made:.2f}" if made else "–" for count in (withheld, unsure))
    return f"| {name} | {made} | {' | '.join(shares)} |"


def main() -> None:
    """Print the tables, or the lies that pass."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--days", type=Path, default=shipped("build"))
    parser.add_argument("--open", action="store_true")
    parser.add_argument("--briefing", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--show", type=Reason, choices=list(Reason))
    asked = parser.parse_args()
    if asked.briefing is not None:
        sources = {str(asked.briefing): list(of_run(saved(asked.briefing, asked.articles)))}
    else:
        settings = (Setting.OPEN,) if asked.open else (Setting.GIVEN, Setting.CITED)
        sources = {"claims of a careful reader (verify)": list(of_run(careful()))}
        sources |= {f"{asked.days.name}, {each} (Checker)": list(of_days(asked.days, each)) for each in settings}
    for title, outcomes in sources.items():
        if asked.show is None:
            print(table(title, outcomes))
        for each in outcomes if asked.show is not None else ():
            if each.reason is asked.show and each.verdict is not Ruling.UNSUPPORTED:
                print(f"{each.verdict}\t{each.text}\t(of: {each.of})")


if __name__ == "__main__":
    main()
