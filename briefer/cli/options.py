"""Arguments and options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from briefer.errors import UsageError

if TYPE_CHECKING:
    from briefer.pipeline import Edition
    from briefer.settings import Settings

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders and globs of articles; - for standard input."),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="Day of the edition.  [default: the articles' latest]"),
]
TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", "-z", metavar="NAME", help="IANA timezone of the edition.  [default: the settings']"),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", metavar="FILE", help="Settings file.  [default: briefer.toml, if it is here]"),
]
CollectionOption = Annotated[
    str | None,
    typer.Option("--collection", metavar="NAME", help="Collection of the settings.  [default: the only one]"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on stderr.")]
PromptsOption = Annotated[
    str | None, typer.Option("--prompts", metavar="DIR", help="Folder of prompts that take the place of briefer's.")
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", "-m", metavar="NAME", help="Model that reads and writes; gguf:FILE runs one here."),
]
AddressOption = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="Its server.  [default: OPENAI_BASE_URL, else OpenAI's]"),
]
MaxCostOption = Annotated[
    float | None,
    typer.Option("--max-cost", metavar="MONEY", help="Stop asking before it costs more; needs prices in the settings."),
]
MaxTokensOption = Annotated[
    int | None, typer.Option("--max-tokens", metavar="N", help="Stop asking before it takes more, in and out.")
]
ConcurrencyOption = Annotated[
    int | None, typer.Option("--concurrency", metavar="N", help="Calls at one time.  [default: 16]")
]
CacheOption = Annotated[bool, typer.Option("--cache/--no-cache", help="Use replies that are kept.")]
RecordOption = Annotated[
    Path | None, typer.Option("--record", metavar="FILE", help="Record the replies in a file, to be replayed.")
]
ReplayOption = Annotated[
    Path | None, typer.Option("--replay", metavar="FILE", help="Take the replies from a recording, ask nothing.")
]
Given: TypeAlias = dict[str, tuple[str, object]]
"""What options say: by the key of the settings that each stands over, its name and its value, None if not given."""


def asking_options(
    *,
    base_url: str | None,
    max_cost: float | None,
    max_tokens: int | None,
    concurrency: int | None,
    model: str | None = None,
    cache: bool = True,
) -> Given:
    """Whom to ask, and how much of it."""
    return {
        "model.name": ("--model", model),
        "model.base_url": ("--base-url", base_url),
        "model.max_cost": ("--max-cost", max_cost),
        "model.max_tokens": ("--max-tokens", max_tokens),
        "model.concurrency": ("--concurrency", concurrency),
        "model.cache": ("--no-cache", None if cache else False),
    }


def edition_of(date: str | None, timezone: str | None, settings: "Settings") -> "Edition":
    """The edition that the options ask for."""
    from briefer import wiring

    return wiring.edition_of(date, timezone=settings.timezone if timezone is None else timezone)


def collection_named(name: str | None, settings: "Settings") -> str:
    """The collection that is named, or the only one there is. Raises UsageError."""
    from briefer.wiring.editions import collection_of

    if name is not None:
        collection_of(settings, name)
        return name
    if len(settings.collections) == 1:
        return next(iter(settings.collections))
    if not settings.collections:
        raise UsageError("the settings have no collection; `briefer init` writes a settings file to begin with")
    raise UsageError(f"name one of the collections with --collection: {', '.join(sorted(settings.collections))}")


def hold_to_paths(paths: list[str] | None) -> list[str]:
    """The paths; raises UsageError where none was given."""
    if not paths:
        raise UsageError("name a file or folder of articles, or - for standard input; see briefer run --help")
    return paths
