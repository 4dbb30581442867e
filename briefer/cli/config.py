"""`briefer config`: which settings count, and where each comes from."""

import json
from typing import Annotated

import typer

from briefer.cli.options import ConfigOption
from briefer.cli.output import show

app = typer.Typer(name="config", help="Show the settings.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def config() -> None:
    """Show the settings."""


@app.command("show")
def config_show(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: ConfigOption = None,
) -> None:
    """Print the settings that count, each with where it comes from: default, file, or the environment variable.

    The output is TOML that can be read back. What may hold a secret is not shown.

    \b
    Examples:
      briefer config show
      briefer config show --json
      briefer config show --config desk.toml
    """
    from briefer.settings import loaded
    from briefer.settings.showing import as_rows, as_toml, shown

    found = loaded(config)
    values = shown(found)
    if as_json:
        file = str(found.file) if found.file is not None else None
        document = {"schema": "briefer.config/1", "file": file, "settings": as_rows(values)}
        show(json.dumps(document, indent=2, default=str) + "\n")
        return
    show(as_toml(values))
