"""The commands. Each parses, calls the library once, prints, and sets the exit code.

Nothing heavy is imported before a command runs, so that help and completion answer at once.
"""

import sys
from typing import Annotated

import typer

from briefer import __version__
from briefer.cli.check import check
from briefer.cli.collect import collect
from briefer.cli.config import app as config
from briefer.cli.digest import app as digest
from briefer.cli.evals import app as evals
from briefer.cli.history import actor, diff, place, why
from briefer.cli.history import show as show_edition
from briefer.cli.init import init
from briefer.cli.options import (
    AddressOption,
    ConfigOption,
    DateOption,
    ModelOption,
    PathsArgument,
    QuietOption,
    TimezoneOption,
    edition_of,
    hold_to_paths,
)
from briefer.cli.output import show
from briefer.cli.prompts import app as prompts
from briefer.cli.publish import publish
from briefer.cli.rebuild import rebuild
from briefer.cli.run import run, tell_failures
from briefer.cli.schedule import app as schedule
from briefer.cli.store import app as store
from briefer.cli.watching import watching
from briefer.errors import NothingToBrief

SHORTFALL = 1

app = typer.Typer(
    name="briefer",
    help="Turns a day's collected war reporting into one briefing, every claim on the words of a source.",
    epilog="Examples: `briefer run articles/`, `briefer run --help`. Exit codes: 0 done, 1 a gate fell short, "
    "2 wrong usage or settings, 4 the work could not be done.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        show(f"briefer {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of briefer as a whole."""


app.command()(init)
app.command()(collect)
app.command()(run)
app.command(name="show")(show_edition)
for command in (diff, place, actor, why, rebuild, publish, check):
    app.command()(command)
for group in (config, digest, schedule, store, prompts, evals):
    app.add_typer(group)


@app.command()
def sources(
    paths: PathsArgument = None,
    date: DateOption = None,
    timezone: TimezoneOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    cut: Annotated[
        bool, typer.Option("--cut", help="Show the page debris that was cut, and the rule that cut it.")
    ] = False,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Show what was read, cut and dropped of a collection, and why.

    \b
    Examples:
      briefer sources articles/
      briefer sources articles/ --cut
      briefer sources articles/ --json
    """
    from briefer import settings, wiring
    from briefer.cli import listing
    from briefer.types import Fate

    found = settings.load(config)
    stdin = sys.stdin.buffer if sys.stdin is not None else None
    with watching(quiet=quiet) as progress:
        edition = edition_of(date, timezone, found)
        survey = wiring.Run(hold_to_paths(paths), found, edition, stdin=stdin, progress=progress).survey()
    show(listing.as_json(survey, cut=cut) if as_json else listing.as_text(survey, cut=cut))
    if all(source.fate is Fate.UNREADABLE for source in survey.sources):
        raise NothingToBrief("no article could be read; name a file or folder that holds articles")
    if not quiet:
        tell_failures([source for source in survey.sources if source.name in (paths or [])], [])


@app.command()
def schema() -> None:
    """Print the JSON schema that `run --format json` keeps to."""
    import json

    from briefer.types import Briefing

    show(json.dumps(Briefing.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False) + "\n")


@app.command()
def doctor(config: ConfigOption = None, model: ModelOption = None, base_url: AddressOption = None) -> None:
    """Show what is set up, what is not, and how to mend it. Exits with 1 if something is wrong.

    A model that is named, here or in the settings, is asked what it can do, with a few tiny calls.

    \b
    Examples:
      briefer doctor
      briefer doctor --model qwen3 --base-url http://127.0.0.1:11434/v1
    """
    from briefer.cli.doctor import examine

    checks = examine(config, {"model.name": ("--model", model), "model.base_url": ("--base-url", base_url)})
    signs = {"ok": "ok", "note": "--", "wrong": "!!"}
    for one in checks:
        lines = [f"{signs[one.state]}  {one.what:<14} {one.found}"]
        lines += [f"    {'':<14} {row}" for row in one.remedy.splitlines()]
        show("\n".join(lines) + "\n")
    if any(one.state == "wrong" for one in checks):
        raise typer.Exit(SHORTFALL)
