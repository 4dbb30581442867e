"""The files that `briefer eval run` writes: a result and what it was held against in, reports out."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefer.cli import output
from briefer.errors import WorkError

if TYPE_CHECKING:
    from briefer.evals.gate import Baseline
    from briefer.evals.results import Comparison, Result
    from briefer.wiring.evals import Plan


@dataclass(frozen=True)
class Files:
    """Where each report goes; None for one that nobody wants."""

    out: Path | None
    junit: Path | None
    markdown: Path | None
    html: Path | None

    def hold_to_writable(self) -> None:
        """Raise OutputError where one could not be written, before the work is done."""
        for file in filter(None, (self.out, self.junit, self.markdown, self.html)):
            output.hold_to_writable(file)

    def write(self, result: "Result", compared: "Comparison | None", plan: "Plan", accepted: "Baseline") -> None:
        """Write those that are wanted. Raises OutputError and WorkError."""
        from briefer.evals import reports

        if self.out is not None:
            output.write(self.out, as_text(result))
        if self.junit is not None:  # a test fails where the command would
            output.write(self.junit, reports.junit(result, compared if compared and compared.gated else None))
        if self.html is not None:
            output.write(self.html, _page(result, compared, plan, accepted))
        if self.markdown is not None:
            _append(self.markdown, reports.markdown(result, compared))


def as_text(result: "Result") -> str:
    """A result as `--out` and `--json` give it."""
    return result.model_dump_json(indent=1) + "\n"


def _page(result: "Result", compared: "Comparison | None", plan: "Plan", accepted: "Baseline") -> str:
    from briefer.evals import cases, reports

    past = [(each.why, each.measures) for each in accepted.history if each.label == result.label]
    return reports.page(result, compared, [cases.load(each) for each in plan.folder.chosen], past)


def _append(file: Path, text: str) -> None:
    """Add a report to a file that others write to as well."""
    try:
        with file.open("a", encoding="utf-8", errors="replace") as opened:
            opened.write(text)
    except OSError as error:
        raise WorkError(f"{file}: cannot be written ({error.strerror})") from error
