"""A report as one HTML page that needs nothing else: Result, Comparison, cases and past runs in; the page out.

Every expression of the template is made harmless and escaped before it is shown; the page's policy lets no address be
asked and no script or style run but its own, which it names by their hashes. Without the script all is readable.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from briefer.evals.cases import Case
from briefer.evals.reports import plots, wording
from briefer.evals.reports.marked import harmless
from briefer.evals.reports.plots import Run
from briefer.evals.reports.rows import KEY, Finding, Rows, State, rows
from briefer.evals.reports.sheets import Sheet, sheets
from briefer.evals.results import Comparison, Measure, Result

_TEMPLATES = ("page.html", "overview.html", "case.html", "parts.html")
STATES = MappingProxyType(
    {State.WORSE: "bad", State.ERROR: "unsure", State.BETTER: "good", State.SAME: "good", State.ALONE: "plain"}
)
"""The names of the states in the page's style."""

MOST = 12
"""Findings of one sort that are seen without a click."""


def page(
    result: Result,
    comparison: Comparison | None,
    cases: Iterable[Case],
    history: Sequence[tuple[str, Mapping[Measure, float]]],
) -> str:
    """The page. `cases` may lack some: then their articles and references are not shown.

    `history` are the runs before this one, oldest first, each with its name and its measures as shares.
    """
    found = rows(result, comparison)
    shown = sheets(found.cases, {case.name: case for case in cases})
    values = {row.measure: row.now.value for row in found.measures if row.now.value is not None}
    runs = [*(Run(name, measures) for name, measures in history), Run("this run", values)]
    text = _template().render(
        result=result,
        rows=found,
        sheets=shown,
        links=_links(found, shown),
        runs=runs,
        plotted=plots.plotted(runs) if len(runs) > 1 else [],
    )
    return text if text.endswith("\n") else f"{text}\n"


def _links(found: Rows, shown: Sequence[Sheet]) -> dict[int, str]:
    """Where each finding is told in full: at its claim, its reference claim or its case; by the finding's identity."""
    by_pass = {id(sheet.row.case): sheet for sheet in shown}
    return {
        id(each): _link(each, by_pass[id(each.case)])
        for each in (*found.worse, *found.errors, *found.better, *found.known)
        if each.case is not None
    }


def _link(found: Finding, sheet: Sheet) -> str:
    if found.claim is not None:
        return next(each.anchor for each in sheet.claims if each.claim is found.claim)
    if found.told is not None:
        return next(each.anchor for each in sheet.told if each.told is found.told)
    return sheet.anchor


@cache
def _template() -> Template:
    style, script = wording.data("page.css"), wording.data("page.js")
    made = Environment(
        loader=DictLoader({name: wording.data(name) for name in _TEMPLATES}),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'"
    made.globals.update(
        policy=f"{policy}; form-action 'none'", style=Markup(style), script=Markup(script), wording=wording, plots=plots
    )
    made.globals.update(states=STATES, identity=id, KEYS=KEY, MOST=MOST)
    return made.get_template("page.html")


def _shown(value: object) -> object:
    """What an expression of the template shows: markup as it is, all else as a harmless text."""
    return value if isinstance(value, Markup) else harmless(str(value))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
