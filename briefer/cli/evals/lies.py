"""`briefer eval lies`: measures the verifier on claims that people have labelled."""

import json
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import QuietOption
from briefer.cli.output import note, show
from briefer.cli.watching import watching
from briefer.errors import UsageError
from briefer.render.safe import line

if TYPE_CHECKING:
    from briefer.evals.lies import Finder, Opening
    from briefer.evals.report import Plan
    from briefer.types import Article, Finding, Statement

SHORTFALL = 1


class Part(StrEnum):
    """The two parts of evals/lies."""

    BUILD = "build"
    MEASURED = "measured"


class Held(StrEnum):
    """What claims are held against."""

    GIVEN = "given"
    OPEN = "open"
    CITED = "cited"
    ALL = "all"


class Shown(StrEnum):
    """Claims that can be listed."""

    WRONG = "wrong"
    ALL = "all"


def lies(
    part: Annotated[Part, typer.Option("--part", help="Part of the labelled set.")] = Part.BUILD,
    setting: Annotated[Held, typer.Option("--setting", help="What claims are held against.")] = Held.ALL,
    days: Annotated[
        Path | None, typer.Option("--days", metavar="DIR", help="Labelled days of your own instead: a folder of them.")
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0, max=1, help="Score at and above which a claim passes.")
    ] = 0.5,
    listed: Annotated[Shown | None, typer.Option("--show", help="List claims: the misjudged, or all.")] = None,
    show_measured: Annotated[
        bool, typer.Option("--show-measured", help="Allow --show for the measured part, which then is so no more.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    lint: Annotated[
        bool, typer.Option("--lint", help="Only check the days; exits with 1 where one is faulty.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Measure how many lies the verifier catches and how many true claims it loses.

    No model is asked. Simple baselines stand beside it; their thresholds are
    chosen on the build part.

    \b
    Examples:
      briefer eval lies
      briefer eval lies --setting cited --show wrong
      briefer eval lies --part measured --markdown
      briefer eval lies --days my-days/ --json
    """
    from briefer.cli.evals.drawing import drawn
    from briefer.evals import labelled, listing, tabled, tables
    from briefer.evals.report import is_wrong, measure

    folder = days or labelled.shipped(part.value)
    if as_json and as_markdown:
        raise UsageError("--json and --markdown are two forms of one result; choose one")
    if lint:
        _lint(folder)
        return
    if listed is not None and not show_measured and _is_measured(folder):
        raise UsageError(f"the claims of {folder} are measured unseen; --show-measured shows them all the same")
    plan = _plan(folder, str(days) if days else part.value, setting, threshold)
    watch = _Watch()
    with watching(quiet=quiet) as progress:
        found, judged = measure(plan, watch.over(threshold), progress=progress)
    chosen = [each for each in judged if listed is Shown.ALL or (listed and is_wrong(each, threshold))]
    if as_json:
        shown = {"shown": listing.as_rows(chosen)} if listed else {}
        show(json.dumps({**found.as_data(), **shown}, indent=1) + "\n")  # ASCII: nothing that a terminal would obey
    else:
        show(tabled.as_markdown(tables.tables(found)) if as_markdown else drawn(tables.tables(found)))
        show(listing.as_text(chosen))
    if not quiet:
        note(watch.told())


class _Watch:
    """Counts the seconds that checkers take to read articles and to judge."""

    def __init__(self) -> None:
        self.opening = self.finding = 0.0
        self.found = 0

    def over(self, threshold: float) -> "Opening":
        """Checkers with this threshold, their seconds counted."""

        def opening(articles: "Sequence[Article]") -> "Finder":
            from briefer.verify import Checker

            began = time.process_time()
            checker = Checker(articles, threshold=threshold)
            self.opening += time.process_time() - began
            return _Timed(checker, self)

        return opening

    def told(self) -> str:
        """The seconds in words."""
        speed = self.found / self.finding if self.finding else 0
        judged = f"{self.found} sentences judged in {self.finding:.1f} s ({speed:.0f} a second)"
        return f"{judged}, articles indexed in {self.opening:.1f} s"


class _Timed:
    """A checker whose seconds are counted."""

    def __init__(self, finder: "Finder", watch: _Watch) -> None:
        self._finder = finder
        self._watch = watch

    def find(self, statement: "Statement") -> "Finding":
        """As the checker finds."""
        began = time.process_time()
        found = self._finder.find(statement)
        self._watch.finding += time.process_time() - began
        self._watch.found += 1
        return found


def _plan(folder: Path, part: str, setting: Held, threshold: float) -> "Plan":
    from briefer.evals import labelled
    from briefer.evals.lies import Setting
    from briefer.evals.report import Plan

    days = labelled.load_all(folder)
    build = labelled.shipped(Part.BUILD.value)
    tuned_on = days if build == folder else labelled.load_all(build)
    settings = tuple(Setting) if setting is Held.ALL else (Setting(setting.value),)
    return Plan(part, days, tuned_on, settings, threshold)


def _is_measured(folder: Path) -> bool:
    """Whether a folder is, or is in, the part that nobody who makes rules has seen."""
    from briefer.evals import labelled

    return folder.resolve().is_relative_to(labelled.shipped(Part.MEASURED.value).resolve())


def _lint(folder: Path) -> None:
    from briefer.evals import labelled

    days = labelled.day_folders(folder)
    faults = [fault for day in days for fault in labelled.lint(day)]
    for fault in faults:
        show(f"{line(str(fault))}\n")
    note(f"{len(days)} day{'s' if len(days) != 1 else ''}, {len(faults)} fault{'s' if len(faults) != 1 else ''}")
    if faults:
        raise typer.Exit(SHORTFALL)
