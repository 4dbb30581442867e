"""A result brought together with its cases: for each pass over a case, what went in, what came out, and how it stands.

Every tool that reads an export sees the same texts under the same names.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefer.errors import UsageError
from briefer.evals.cases import Case
from briefer.evals.results import FALSE, CaseResult, Result, ScoredClaim, Told
from briefer.prompts.articles import Piece, numbered
from briefer.render import markdown
from briefer.render.safe import line

LONGEST_INPUT = 400_000
"""Characters of a case's articles; a case written by hand has a tenth of that, and a model reads about as much."""

_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over one case."""

    case: Case
    result: CaseResult

    @property
    def key(self) -> str:
        """Its name in the other tool: no template, path or markup there, whatever the case's folder is called."""
        name = plain(self.result.name)
        return f"{name}-pass-{self.result.repeat + 1}" if self.result.repeat else name

    @property
    def input(self) -> str:
        """The case's articles as a model that reads gets them, sentence by sentence, up to `LONGEST_INPUT`."""
        return numbered(list(_bounded(self.case)))

    @property
    def output(self) -> str:
        """The briefing as Markdown; where it was not kept, the claims that reached the reader, one a line."""
        if self.result.briefing is not None:
            return markdown.render(self.result.briefing)
        return "".join(f"- {markdown.escape(line(claim.text))}\n" for claim in self.result.claims if claim.shown)

    @property
    def false(self) -> tuple[ScoredClaim, ...]:
        """The claims that do not stand, shown and withheld."""
        return tuple(claim for claim in self.result.claims if claim.standing in FALSE)

    @property
    def must(self) -> tuple[Told, ...]:
        """The reference claims that must be told."""
        return tuple(told for told in self.result.reference if told.must)


def passes(result: Result, cases: Sequence[Case]) -> list[Pass]:
    """The passes of a result, each with its case. Raises UsageError where the cases are not those of the result."""
    by_name = {case.name: case for case in cases}
    return [Pass(_case_of(each, by_name.get(each.name)), each) for each in result.cases]


def _case_of(result: CaseResult, case: Case | None) -> Case:
    if case is None:
        raise UsageError(
            f"the result is of a case {line(result.name)!r} that is not there; name the folder of its cases"
        )
    if case.hash != result.hash:
        raise UsageError(f"the case {line(case.name)!r} was changed after the result was made; make the result anew")
    return case


def plain(name: str) -> str:
    """A name of letters, digits, ".", "_" and "-". Two names never become one: what is changed gets a hash."""
    if _PLAIN.fullmatch(name):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    return "-".join([*re.findall(r"[A-Za-z0-9]+", name[:60]), digest])


def _bounded(case: Case) -> Iterator[Piece]:
    """Whole sentences of the case's articles, one after the other, until there is no more room."""
    room = LONGEST_INPUT
    for article in case.articles.values():
        fit = 0
        for span in article.sentences:
            room -= span.end - span.start
            if room < 0:
                break
            fit += 1
        if fit:
            yield Piece(article, 0, fit)
