"""`briefer prompts`: what models are asked with, how it differs from another folder's, and what is wrong with it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from briefer.cli.options import ConfigOption, DateOption, PromptsOption, TimezoneOption, edition_of
from briefer.cli.output import note, show
from briefer.errors import NothingToBrief, UsageError

if TYPE_CHECKING:
    from datetime import date as Date

    from briefer.pipeline import Edition
    from briefer.prompts import Prompts
    from briefer.settings import Settings
    from briefer.types import Article, Prompt

app = typer.Typer(
    name="prompts",
    help="Show, compare and check the prompts that a model is asked with.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

SHORTFALL = 1

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="extract, judge, compose or check.")]


@app.command("list")
def list_prompts(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    prompts: PromptsOption = None,
    config: ConfigOption = None,
) -> None:
    """List name, version, hash, file and purpose of each.

    \b
    Examples:
      briefer prompts list
      briefer prompts list --prompts my-prompts/
    """
    _, found = _loaded(prompts, config)
    rows = [
        {
            "name": prompt.name,
            "version": prompt.header.version,
            "hash": prompt.hash,
            "purpose": prompt.header.purpose,
            "from": "briefer" if prompt.shipped else prompt.file,
        }
        for prompt in found
    ]
    if as_json:
        show(json.dumps({"schema": "briefer.prompts/1", "prompts": rows}, indent=2) + "\n")
        return
    for row in rows:
        show(_safe(f"{row['name']:<8} version {row['version']}  {row['hash']}  {row['from']}\n    {row['purpose']}\n"))


@app.command("show")
def show_prompt(name: NameArgument, prompts: PromptsOption = None, config: ConfigOption = None) -> None:
    """Print a prompt file as it is.

    \b
    Examples:
      briefer prompts show extract
      briefer prompts show extract > my-prompts/extract.md
    """
    _, found = _loaded(prompts, config)
    show(_safe(found[name].text))


@app.command("render")
def render_prompt(
    paths: Annotated[list[str], typer.Argument(metavar="ARTICLE", help="File of one or more articles.")],
    name: Annotated[str, typer.Option("--prompt", metavar="NAME", help="The prompt.")] = "extract",
    date: DateOption = None,
    timezone: TimezoneOption = None,
    prompts: PromptsOption = None,
    config: ConfigOption = None,
) -> None:
    """Print what a model would be sent about an article.

    Its tokens are told on stderr.

    \b
    Examples:
      briefer prompts render article.txt
      briefer prompts render page.html --prompts my-prompts/
    """
    settings, found = _loaded(prompts, config)
    if found[name].name != "extract":
        raise UsageError(f"{name} is asked about what a run found, not about an article; render shows extract")
    articles = _articles(paths, settings)
    day = _day(edition_of(date, timezone, settings), articles)
    for prompt in _asked(articles, found, settings, date=str(day)):
        _show_prompt(prompt)


@app.command("diff")
def diff_prompts(
    other: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of prompts to compare with.")],
    prompts: PromptsOption = None,
    config: ConfigOption = None,
) -> None:
    """Show what another folder would change.

    \b
    Examples:
      briefer prompts diff my-prompts/
    """
    from briefer.prompts import changes, load

    _, found = _loaded(prompts, config)
    others = [prompt for prompt in load(other) if not prompt.shipped]
    for new in others:
        old = found[new.name]
        versions = f"version {old.header.version} {old.hash} → version {new.header.version} {new.hash}"
        changed = changes(old, new)
        show(_safe(f"{new.name}: {versions}\n{changed}\n" if changed else f"{new.name}: the same\n"))


@app.command("lint")
def lint_prompts(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder of prompts.  [default: briefer's]")
    ] = None,
) -> None:
    """Check prompt files. Exits with 1 if one cannot be used; doubts alone are 0.

    \b
    Examples:
      briefer prompts lint my-prompts/
    """
    from briefer.chunk import O200k
    from briefer.prompts import lint, load, shipped_folder

    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name one that holds prompt files (.md)")
    replaced = load() if folder is not None else None
    findings = lint(folder or shipped_folder(), shipped=replaced, count=O200k().count)
    for finding in findings:
        show(_safe(f"{'error' if finding.error else 'doubt'}  {finding.text}\n"))
    errors = sum(finding.error for finding in findings)
    note(f"{errors} error{'s' if errors != 1 else ''}, {len(findings) - errors} to look at")
    if errors:
        raise typer.Exit(SHORTFALL)


def _loaded(prompts: str | None, config: Path | None) -> tuple["Settings", "Prompts"]:
    """The settings and the prompts in use by them, the option before the settings."""
    from briefer import settings
    from briefer.prompts import load

    found = settings.overridden(settings.load(config), {"prompts": ("--prompts", prompts)})
    return found, load(Path(found.prompts) if found.prompts else None)


def _articles(paths: Sequence[str], settings: "Settings") -> list["Article"]:
    """The clean articles of files. Raises NothingToBrief where there is none."""
    import sys

    from briefer import collect
    from briefer.clean import clean
    from briefer.types import Failure, Raw

    stdin = sys.stdin.buffer if sys.stdin is not None else None
    results = [clean(thing) if isinstance(thing, Raw) else thing for thing in collect.read(paths, stdin=stdin)]
    for failure in results:
        if isinstance(failure, Failure):
            note(f"not read: {failure.name}: {failure.why}")
    articles = [article for article in results if not isinstance(article, Failure)]
    if not articles:
        raise NothingToBrief("no article could be read; name a file that holds one")
    return articles


def _day(edition: "Edition", articles: Sequence["Article"]) -> "Date":
    """The day of the edition: as it was asked for, else the articles' latest, else today."""
    zone = ZoneInfo(edition.timezone)
    published = (article.published for article in articles)
    days = [moment.astimezone(zone).date() for moment in published if moment]
    return edition.date or max(days, default=edition.now.astimezone(zone).date())


def _asked(sources: Sequence["Article"], prompts: "Prompts", settings: "Settings", *, date: str) -> Iterator["Prompt"]:
    """What a run would send about the articles: packed together, and divided, as there."""
    from functools import partial

    from briefer.chunk import O200k, chunk
    from briefer.extract import packing
    from briefer.prompts import language_name

    def write(articles: str) -> "Prompt":
        return prompts.render("extract", articles=articles, language=language_name(settings.language), date=date)

    room = settings.model.pack_tokens
    chunker = partial(chunk, tokenizer=O200k(), max_tokens=room)
    shares = (share for article in sources for share in packing.shares(article, chunker=chunker, writer=write))
    for pack in packing.packs(shares, tokens=room):
        yield packing.question(pack, writer=write).prompt


def _show_prompt(prompt: "Prompt") -> None:
    from briefer.chunk import O200k

    show(_safe(f"# System\n\n{prompt.system}\n\n# User\n\n{prompt.user}\n"))
    system, user = O200k().count(prompt.system), O200k().count(prompt.user)
    note(f"{prompt.name} {prompt.hash}: {system:,} tokens of system, {user:,} of user")


def _safe(text: str) -> str:
    """The text as it is, but for lines with a character that a terminal would obey or hide."""
    from briefer.render.safe import line

    return "\n".join(row if row.isprintable() else line(row) for row in text.split("\n"))
