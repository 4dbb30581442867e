"""`briefer publish`: an edition as files for a web server."""

from pathlib import Path
from typing import Annotated

import typer

from briefer.cli.options import CollectionOption, ConfigOption, QuietOption, collection_named, edition_of
from briefer.cli.output import note, show
from briefer.errors import UsageError


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write into; it is made where need be.")],
    collection: CollectionOption = None,
    digest: Annotated[
        str | None, typer.Option("--digest", metavar="NAME", help="The editions that a digest's readers get.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="Day of the edition.  [default: the last]")
    ] = None,
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Address at which DIR can be read; links are made of it.")
    ] = "",
    quiet: QuietOption = False,
    config: ConfigOption = None,
) -> None:
    """Write an edition as Markdown, JSON and an HTML page, and a feed of the editions.

    The edition is one that is kept: made by `briefer run --collection` or `briefer digest send`. Files have names that
    stay (2031-04-16.html, feed.atom); those that would not differ are left alone.

    \b
    Examples:
      briefer publish public/ --collection libya
      briefer publish public/ --digest morning --base-url https://example.org/briefings
      briefer publish public/ --digest morning --date 2031-04-16
    """
    if collection and digest:
        raise UsageError("--collection and --digest exclude each other; give one of them")
    from briefer import settings
    from briefer.store import open_store
    from briefer.wiring import publishing

    found = settings.load(config)
    name = "" if digest else collection_named(collection, found)
    shelf = publishing.shelf_of(found, collection=name, digest=digest or "", base=base_url)
    day = edition_of(date, None, found).date
    with open_store(found.store) as store:
        written = publishing.publish(store, shelf, folder, day)
    show("".join(f"{path}\n" for path in written))
    if not written and not quiet:
        note(f"nothing to write: {folder} has all as it is")
