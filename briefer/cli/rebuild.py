"""`briefer rebuild`: everything derived from the articles again."""

from typing import Annotated

import typer

from briefer.cli.options import ConfigOption, QuietOption
from briefer.cli.output import note
from briefer.cli.watching import watching
from briefer.errors import UsageError


def rebuild(
    collections: Annotated[
        list[str] | None, typer.Argument(metavar="COLLECTION", help="Collections of the settings.  [default: all]")
    ] = None,
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Read the articles of collections again, and derive events, ledger and editions from them.

    For when a reader has become better: another model, prompt or version. What a model has answered before is kept and
    not paid for twice. Editions that have gone out stay as they went. If it is interrupted, run it again.

    \b
    Examples:
      briefer rebuild
      briefer rebuild libya
    """
    from briefer import settings
    from briefer.cli import asking
    from briefer.store import open_store
    from briefer.wiring.editions import Editions, Watched, collection_of

    found = settings.load(config)
    names = collections or sorted(found.collections)
    if not names:
        raise UsageError("the settings have no collection; `briefer init` writes a settings file to begin with")
    for name in names:
        collection_of(found, name)
    with open_store(found.store) as store, watching(quiet=quiet) as progress, asking.interruptible(found) as stop:
        for name in names:
            count = Editions(found, store, Watched(progress, stop)).rebuild(name)
            if not quiet:
                note(f"{name}: {count} edition{'' if count == 1 else 's'} derived again")
