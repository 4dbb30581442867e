"""`briefer run`: options in, one library call, the briefing out, notes and costs on stderr."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from briefer.cli.options import (
    AddressOption,
    CacheOption,
    CollectionOption,
    ConcurrencyOption,
    ConfigOption,
    DateOption,
    Given,
    MaxCostOption,
    MaxTokensOption,
    ModelOption,
    PathsArgument,
    PromptsOption,
    QuietOption,
    RecordOption,
    ReplayOption,
    TimezoneOption,
    asking_options,
    collection_named,
    edition_of,
    hold_to_paths,
)
from briefer.cli.output import note
from briefer.cli.sheets import EvidenceOption, Format, FormatOption, OutOption, Sheet
from briefer.cli.watching import watching
from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.types import Briefing, SourceRecord

SHORTFALL = 1


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
    collection: CollectionOption = None,
    format: FormatOption = None,
    out: OutOption = None,
    evidence: EvidenceOption = False,
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
    """Brief articles, or a collection of the settings with all that is remembered of it.

    Without a PATH the edition is of a collection (see `briefer collect`), told against the one before it, and kept.

    \b
    Examples:
      briefer run articles/
      briefer run articles/ --date 2031-04-16 --timezone Asia/Damascus
      briefer run 'feeds/*.jsonl' page.html --evidence
      briefer run articles/ --out briefing.md
      cat article.txt | briefer run - --format json
      briefer run --collection libya --date 2031-04-16
      briefer run articles/ --model gpt-5-mini --max-tokens 200000
      briefer run articles/ --model qwen3 --base-url http://127.0.0.1:11434/v1
    """
    asked = asking_options(
        model=model, base_url=base_url, max_cost=max_cost, max_tokens=max_tokens, concurrency=concurrency, cache=cache
    )
    options: Given = {
        **asked,
        "extractor": ("--extractor", extractor and extractor.value),
        "language": ("--language", language),
        "model.judge": ("--judge", judge and judge.value),
        "prompts": ("--prompts", prompts),
    }
    from briefer import settings, wiring
    from briefer.cli import asking

    _hold_to_one({"--estimate": estimate, "--batch": batch, "--resume": resume, "--record": record, "--replay": replay})
    found = settings.overridden(settings.load(config), options)
    edition = edition_of(date, timezone, found)
    sheet = Sheet.of(out, format, evidence=evidence)
    remembered = not paths and (collection is not None or bool(found.collections))
    _hold_to_one({"PATH": paths, "--collection": collection})
    _hold_to_one({"a collection": remembered, "--estimate": estimate, "--batch": batch, "--resume": resume})
    with watching(quiet=quiet) as progress, asking.interruptible(found) as stop:
        tapes = asking.tapes(record, replay)
        if remembered:
            from briefer.wiring.editions import Watched, brief_collection

            watched = Watched(progress, stop, tapes)
            briefing = brief_collection(found, collection_named(collection, found), edition, watched)
        else:
            job = wiring.Run(hold_to_paths(paths), found, edition, stdin=_stdin(), progress=progress, stop=stop)
            job = replace(job, tapes=tapes)
            if estimate or batch:
                as_json = sheet.format is Format.JSON
                sheet.put(asking.estimate(job, as_json=as_json) if estimate else asking.submit(job))
                return
            briefing = job.resume() if resume else job.brief()
    sheet.put(sheet.rendered(briefing, briefing.collection))
    if not quiet:
        _tell(briefing, paths or [], sheet)
    if strict and (why := _shortfall(briefing)):
        note(f"briefer: --strict: {why}")
        raise typer.Exit(SHORTFALL)


def _stdin() -> BinaryIO | None:
    return sys.stdin.buffer if sys.stdin is not None else None


def _tell(briefing: "Briefing", paths: Sequence[str], sheet: Sheet) -> None:
    """What was not read, what it cost and where it is, for the person at the terminal."""
    from briefer.cli import asking

    tell_failures(briefing.sources, paths)
    asking.tell_costs(briefing.made_by)
    if sheet.file is not None:
        note(f"written: {sheet.file}")


def _hold_to_one(options: Mapping[str, object]) -> None:
    given = [name for name, value in options.items() if value]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other; give one of them")


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
