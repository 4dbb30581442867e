"""`briefer eval`: measures on what people have written and labelled by hand."""

import typer

from briefer.cli.evals.cases import lint, new
from briefer.cli.evals.compare import compare
from briefer.cli.evals.export import export
from briefer.cli.evals.figures import figures
from briefer.cli.evals.lies import lies
from briefer.cli.evals.mutate import mutate
from briefer.cli.evals.run import accept, run

app = typer.Typer(
    name="eval",
    help="Measure briefer on what people have written by hand.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def evals() -> None:
    """Measure briefer on what people have written by hand."""


app.command()(new)
app.command()(lint)
app.command()(run)
app.command()(accept)
app.command()(compare)
app.command()(mutate)
app.command()(figures)
app.command()(export)
app.command()(lies)
