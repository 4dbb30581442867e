"""`briefer check`: a summary or claims in, one library call, what the sources say to each out."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import (
    AddressOption,
    CacheOption,
    ConcurrencyOption,
    ConfigOption,
    Given,
    MaxCostOption,
    MaxTokensOption,
    ModelOption,
    PromptsOption,
    QuietOption,
    RecordOption,
    ReplayOption,
    TimezoneOption,
    asking_options,
    edition_of,
)
from briefer.cli.output import colorful, columns, note, show
from briefer.cli.watching import watching
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.checking import Checked
    from briefer.wiring import Check

SHORTFALL = 1
NAMED = 5
"""How many things of a kind a note names before it only counts them."""
LARGEST = 64 * 1024 * 1024  # bytes; no summary and no list of claims is that long
JUDGES = "what it sets is for the judge; give --judge with it"


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def check(
    summaries: Annotated[
        list[str] | None,
        typer.Argument(metavar="SUMMARY", help="Markdown, plain text or HTML to check; - for standard input."),
    ] = None,
    sources: Annotated[
        list[str] | None,
        typer.Option("--sources", "-s", metavar="PATH", help="Files, folders and globs of articles; may be repeated."),
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option("--claims", metavar="FILE", help="Claims to check, a JSON object a line; - for standard input."),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", "-d", metavar="YYYY-MM-DD", help="Day it was written, for its weekdays.  [default: the sources']"
        ),
    ] = None,
    timezone: TimezoneOption = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", metavar="T", help="Belief, 0 to 1, that makes supported.  [default: 0.5]"),
    ] = None,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="How to print it.  [default: text]")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: one object of a summary, an object a line of claims.")
    ] = False,
    evidence: Annotated[
        int, typer.Option("--evidence", "-e", metavar="N", min=0, help="Quotes for and against each, at most.")
    ] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if anything is unsupported.")] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
    judge: Annotated[bool, typer.Option("--judge", help="Ask a model about what stays in doubt.")] = False,
    model: ModelOption = None,
    base_url: AddressOption = None,
    prompts: PromptsOption = None,
    max_cost: MaxCostOption = None,
    max_tokens: MaxTokensOption = None,
    concurrency: ConcurrencyOption = None,
    cache: CacheOption = True,
    record: RecordOption = None,
    replay: ReplayOption = None,
) -> None:
    """Hold a summary, or claims, against the words of its sources.

    \b
    Examples:
      briefer check draft.md --sources articles/
      briefer check draft.md --sources articles/ --json --strict
      briefer check --sources articles/ --claims claims.jsonl --json
      briefer check draft.md -s articles/ --judge --model gpt-5-mini --max-tokens 200000
    """
    from briefer import settings, wiring
    from briefer.cli import asking

    asked = asking_options(
        model=model, base_url=base_url, max_cost=max_cost, max_tokens=max_tokens, concurrency=concurrency, cache=cache
    )
    options: Given = {**asked, "prompts": ("--prompts", prompts)}
    _hold_to_one_kind(summaries or [], claims)
    _hold_to_judge(judge, {**options, "record": ("--record", record), "replay": ("--replay", replay)})
    found = settings.overridden(settings.load(config), options)
    edition = edition_of(date, timezone, found)
    interruptible = asking.interruptible(found) if judge else nullcontext()
    with watching(quiet=quiet) as progress, interruptible as stop:
        job = wiring.Check(sources or [], found, edition, judge=judge, progress=progress, stop=stop)
        job = replace(job, tapes=asking.tapes(record, replay))
        job = replace(job, threshold=threshold) if threshold is not None else job
        checked = _checked(job, summaries or [], claims)
    show(_printed(checked, _format(format, as_json, claims), evidence))
    if not quiet:
        _tell(checked, claims or "")
    if strict:
        _hold_to_supported(checked)


def _hold_to_one_kind(summaries: Sequence[str], claims: str | None) -> None:
    if bool(summaries) == (claims is not None):
        raise UsageError("name what to check: a summary, or a file of claims with --claims; see briefer check --help")
    if listed := [name for name in summaries if name.lower().endswith((".jsonl", ".ndjson"))]:
        raise UsageError(f"{listed[0]}: claims, not a summary; name it with --claims")
    if list(summaries).count("-") > 1:
        raise UsageError("standard input can be read only once; name - once")


def _hold_to_judge(judge: bool, options: Mapping[str, tuple[str, object]]) -> None:
    given = [name for name, value in options.values() if value is not None]
    if given and not judge:
        raise UsageError(f"{given[0]}: {JUDGES}")


def _checked(job: "Check", summaries: Sequence[str], claims: str | None) -> "Checked":
    from briefer.checking import read_summary

    if claims is not None:
        return job.claims(_bytes(claims), claims)
    return job.summaries([read_summary(_bytes(name), name) for name in summaries])


def _bytes(name: str) -> bytes:
    """A file as it is, or standard input. Raises UsageError."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        else:
            with open(name, "rb") as file:
                data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{name}: {why}; name a file that can be read") from error
    if len(data) > LARGEST:
        raise UsageError(f"{name}: larger than {LARGEST // 1024 // 1024} MB; check it in parts")
    return data


def _format(format: Format | None, as_json: bool, claims: str | None) -> Format:
    if format is not None and as_json and format is Format.TEXT:
        raise UsageError("--json and --format text exclude each other; give one of them")
    plain = Format.JSONL if claims is not None else Format.JSON
    return format or (plain if as_json else Format.TEXT)


def _hold_to_supported(checked: "Checked") -> None:
    if unsupported := checked.counts()["unsupported"]:
        note(f"briefer: --strict: {unsupported} of {len(checked)} unsupported")
        raise typer.Exit(SHORTFALL)


def _printed(checked: "Checked", format: Format, evidence: int) -> Iterator[str]:
    from briefer.cli import check_json, check_view

    if format is Format.JSON:
        return check_json.whole(checked)
    if format is Format.JSONL:
        return check_json.lines(checked)
    return check_view.render(checked, width=columns(), color=colorful(), evidence=evidence)


def _tell(checked: "Checked", claims: str) -> None:
    """What was not read or not checked and what it cost, for the person at the terminal."""
    from briefer.cli import asking

    notes = [f"not read: {failure.name}: {failure.why}" for failure in checked.unread]
    _name(notes, "more sources not read; `briefer sources` lists all")
    _name([f"{claims}:{fault.line}: {fault.id}: {fault.why}" for fault in checked.faults], "more claims not checked")
    if not checked.findings:
        note(f"nothing was checked: there is no {'claim in it' if claims else 'sentence with a verb in it'}")
    asking.tell_costs(checked.made_by)


def _name(notes: Sequence[str], more: str) -> None:
    for text in notes[:NAMED]:
        note(text)
    if len(notes) > NAMED:
        note(f"{len(notes) - NAMED} {more}")
