"""`briefer run`: options in, one library call, the briefing out, notes and costs on stderr."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefer.cli.options import (
    AddressOption,
    CacheOption,
    ConcurrencyOption,
    ConfigOption,
    DateOption,
    MaxCostOption,
    MaxTokensOption,
    ModelOption,
    PathsArgument,
    PromptsOption,
    QuietOption,
    RecordOption,
    ReplayOption,
    TimezoneOption,
    edition_of,
    hold_to_paths,
)
from briefer.cli.output import colorful, columns, hold_to_writable, note, show, write
from briefer.cli.watching import watching
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.types import Briefing, SourceRecord

SHORTFALL = 1


class Format(StrEnum):
    """How a briefing is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


BY_SUFFIX = {
    "": Format.TERMINAL,
    ".txt": Format.TERMINAL,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".json": Format.JSON,
}


class Reader(StrEnum):
    """Who extracts the claims."""

    RULES = "rules"
    LLM = "llm"


class Judging(StrEnum):
    """Which claims a model judges."""

    OFF = "off"
    UNCLEAR = "unclear"
    ALL = "all"


def run(
    paths: PathsArgument = None,
    date: DateOption = None,
    timezone: TimezoneOption = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="How to print it.  [default: by --out's ending, else terminal]"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write to a file, whole or not at all; - is stdout."),
    ] = None,
    evidence: Annotated[bool, typer.Option("--evidence", "-e", help="Quote the words behind every event.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if an article failed or a claim was withheld.")
    ] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
    model: ModelOption = None,
    base_url: AddressOption = None,
    extractor: Annotated[
        Reader | None, typer.Option("--extractor", help="Who reads.  [default: llm where a model is named, else rules]")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Language that a model writes in.  [default: en]")
    ] = None,
    judge: Annotated[
        Judging | None, typer.Option("--judge", help="Claims that a model judges.  [default: unclear]")
    ] = None,
    prompts: PromptsOption = None,
    max_cost: MaxCostOption = None,
    max_tokens: MaxTokensOption = None,
    concurrency: ConcurrencyOption = None,
    cache: CacheOption = True,
    estimate: Annotated[bool, typer.Option("--estimate", help="Say what it would take, ask nothing.")] = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Submit the reading as a batch at a lower price, and end.")
    ] = False,
    record: RecordOption = None,
    replay: ReplayOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Collect the batch that was submitted, and brief.")] = False,
) -> None:
    """Brief a collection of articles.

    \b
    Examples:
      briefer run articles/
      briefer run articles/ --date 2031-04-16 --timezone Asia/Damascus
      briefer run 'feeds/*.jsonl' page.html --evidence
      briefer run articles/ --out briefing.md
      cat article.txt | briefer run - --format json
      briefer run articles/ --model gpt-5-mini --max-tokens 200000
      briefer run articles/ --model qwen3 --base-url http://127.0.0.1:11434/v1
    """
    options = {
        "model.name": ("--model", model),
        "model.base_url": ("--base-url", base_url),
        "extractor": ("--extractor", extractor and extractor.value),
        "language": ("--language", language),
        "model.judge": ("--judge", judge and judge.value),
        "prompts": ("--prompts", prompts),
        "model.max_cost": ("--max-cost", max_cost),
        "model.max_tokens": ("--max-tokens", max_tokens),
        "model.concurrency": ("--concurrency", concurrency),
        "model.cache": ("--no-cache", None if cache else False),
    }
    from briefer import settings, wiring
    from briefer.cli import asking

    _hold_to_one({"--estimate": estimate, "--batch": batch, "--resume": resume, "--record": record, "--replay": replay})
    found = settings.overridden(settings.load(config), options)
    edition = edition_of(date, timezone, found)
    out = None if out == Path("-") else out
    format = format or _format_of(out)
    if out is not None:
        hold_to_writable(out)
    stdin = sys.stdin.buffer if sys.stdin is not None else None
    with watching(quiet=quiet) as progress, asking.interruptible(found) as stop:
        job = wiring.Run(hold_to_paths(paths), found, edition, stdin=stdin, progress=progress, stop=stop)
        job = replace(job, tapes=asking.tapes(record, replay))
        if estimate or batch:
            text = asking.estimate(job, as_json=format is Format.JSON) if estimate else asking.submit(job)
            write(out, text) if out is not None else show(text)
            return
        briefing = job.resume() if resume else job.brief()
    pages = _rendered(briefing, format, evidence=evidence, to_file=out is not None)
    write(out, pages) if out is not None else show(pages)
    if not quiet:
        tell_failures(briefing.sources, paths or [])
        asking.tell_costs(briefing.made_by)
        if out is not None:
            note(f"written: {out}")
    if strict and (why := _shortfall(briefing)):
        note(f"briefer: --strict: {why}")
        raise typer.Exit(SHORTFALL)


def _hold_to_one(options: Mapping[str, object]) -> None:
    given = [name for name, value in options.items() if value]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other; give one of them")


def _format_of(out: Path | None) -> Format:
    suffix = out.suffix.lower() if out is not None else ""
    if suffix not in BY_SUFFIX:
        raise UsageError(
            f"{out}: no format goes by the ending {suffix}; end it in .md, .json or .txt, "
            f"or name one: --format {'|'.join(Format)}"
        )
    return BY_SUFFIX[suffix]


def tell_failures(sources: Iterable["SourceRecord"], paths: Sequence[str]) -> None:
    """Name what was not read; the paths that the user gave first, as one of them may be misspelt."""
    from briefer.pipeline import NAMED
    from briefer.types import Fate

    failed = [source for source in sources if source.fate is Fate.UNREADABLE]
    failed.sort(key=lambda source: source.name not in paths)
    for source in failed[:NAMED]:
        note(f"not read: {source.name}: {source.why}")
    if len(failed) > NAMED:
        note(f"not read: {len(failed) - NAMED} more; `briefer sources` lists all")


def _shortfall(briefing: "Briefing") -> str:
    """What --strict does not let pass, in words; "" where there is nothing."""
    from briefer.types import Fate

    unread = sum(source.fate is Fate.UNREADABLE for source in briefing.sources)
    withheld = len(briefing.withheld)
    parts = [f"{unread} article{'s' if unread != 1 else ''} could not be read"] if unread else []
    if fell_back := len(briefing.made_by.fell_back):
        parts.append(f"{fell_back} article{'s were' if fell_back != 1 else ' was'} not read by the model")
    parts += [f"{withheld} claim{'s were' if withheld != 1 else ' was'} withheld"] if withheld else []
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _rendered(briefing: "Briefing", format: Format, *, evidence: bool, to_file: bool) -> str | Iterator[str]:
    from briefer.render import json, markdown, terminal

    if format is Format.JSON:
        return json.pieces(briefing)
    if format is Format.MARKDOWN:
        return markdown.render(briefing, evidence=evidence)
    width, color = (80, False) if to_file else (columns(), colorful())
    return terminal.render(briefing, width=width, color=color, evidence=evidence)
