"""What a person is told of a model: what a run would take, what it cost, and how it is stopped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefer.cli.output import note

if TYPE_CHECKING:
    from briefer.models.stopping import Stop
    from briefer.settings import Settings
    from briefer.types import MadeBy
    from briefer.wiring import Run
    from briefer.wiring.models import Tapes

BESIDE = """\
That is the reading alone. The judge and the prose depend on what the articles turn out to say:
on ten dense articles they took about four times its tokens in, and as many out."""


@contextmanager
def interruptible(settings: "Settings") -> Iterator["Stop | None"]:
    """What Ctrl-C and SIGTERM set, so that answers on their way are waited for and kept; None without a model."""
    from briefer import wiring

    if not wiring.model_named(settings):
        yield None
        return
    from briefer.models.stopping import stopping

    with stopping() as stop:
        stop.tell(lambda: note("stopping: the answers on their way are waited for; once more ends at once"))
        yield stop


def tapes(record: Path | None, replay: Path | None) -> "Tapes | None":
    """Where replies are recorded to or replayed from; None for neither."""
    if record is None and replay is None:
        return None
    from briefer.wiring.models import Tapes

    return Tapes(record, replay)


def estimate(job: "Run", *, as_json: bool) -> str:
    """What a run would ask and cost, as text or JSON."""
    found = job.estimate()
    told = job.settings.model.prices
    currency = told.currency if told is not None else ""
    values = {
        "calls": found.expected.calls,
        "tokens_in": found.expected.sent,
        "tokens_out": found.expected.received,
        "most_tokens_out": found.most.received,
        "cost": found.money,
        "most_cost": found.most_money,
        "currency": currency,
    }
    if as_json:
        return json.dumps({"schema": "briefer.estimate/1", **values}, indent=2) + "\n"
    money = (
        f"about {found.money:.4f} {currency}, at most {found.most_money:.4f}" if currency else "set model.prices to see"
    )
    rows = {
        "calls": f"{found.expected.calls:,}",
        "tokens in": f"{found.expected.sent:,}",
        "tokens out": f"about {found.expected.received:,}, at most {found.most.received:,}",
        "money": money,
    }
    lines = [f"{name:<11}{value}" for name, value in rows.items()]
    return "\n".join([*lines, BESIDE, ""])


def submit(job: "Run") -> str:
    """What was handed in as a batch, and how to go on."""
    found = job.submit()
    lines = [f"batch {identifier}" for identifier in found.ids]
    if found.questions:
        lines.append(f"{found.questions:,} questions handed in, about {found.tokens:,} tokens")
    if found.under_way:
        lines.append(f"{found.under_way:,} questions were handed in before and are under way")
    if found.unpaid:
        lines.append(f"{found.unpaid:,} questions are beyond the budget and were not handed in")
    if not lines:
        return "Nothing to hand in: every reply is kept already; run without --batch.\n"
    return "\n".join([*lines, "Collect and brief with the same command and --resume instead of --batch.", ""])


def tell_costs(made_by: "MadeBy") -> None:
    """What the model was asked and what it cost, a line in all and a line a stage."""
    if not made_by.stages:
        return
    note(f"model: {made_by.model} · {_tokens(made_by.calls, made_by.tokens.in_, made_by.tokens.out)}{_money(made_by)}")
    for stage in made_by.stages:
        kept = f" · {stage.recalled:,} kept from before" if stage.recalled else ""
        cached = f" ({stage.tokens.cached:,} cached by the server)" if stage.tokens.cached else ""
        money = f" · {stage.cost:.4f} {made_by.currency}" if made_by.currency else ""
        asked = _tokens(stage.calls, stage.tokens.in_, stage.tokens.out)
        note(f"  {stage.name:<8} {asked}{cached}{kept}{money} · {stage.seconds:.1f} s")


def _tokens(calls: int, sent: int, received: int) -> str:
    return f"{calls:,} call{'' if calls == 1 else 's'} · {sent:,} tokens in, {received:,} out"


def _money(made_by: "MadeBy") -> str:
    if not made_by.currency:
        return " · no prices set"
    return f" · {made_by.cost:.4f} {made_by.currency}"
