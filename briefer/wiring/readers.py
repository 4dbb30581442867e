"""Who reads, judges and writes, by the settings: rules and templates alone, or a model with them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefer.errors import UsageError
from briefer.extract import RulesExtractor
from briefer.pipeline import RULES_READ, Readers
from briefer.settings import Settings
from briefer.types import StageCost

if TYPE_CHECKING:
    from briefer.models.stopping import Stop
    from briefer.wiring.models import Tapes


def model_named(settings: Settings) -> bool:
    """Whether a model takes part. A key or an address in the environment alone names none."""
    if settings.extractor == "llm" and not settings.model.name:
        raise UsageError("--extractor llm needs a model: name one with --model, or model.name in the settings")
    return bool(settings.model.name) and settings.extractor != "rules"


def languages(settings: Settings) -> frozenset[str] | None:
    """The languages of articles that are read, None for any."""
    return None if model_named(settings) else RULES_READ


@contextmanager
def readers(
    settings: Settings,
    *,
    stop: "Stop | None" = None,
    tapes: "Tapes | None" = None,
    before: Sequence[StageCost] = (),
) -> Iterator[Readers]:
    """The readers of one run; what they opened is closed at the end. `before` is what was paid for it already."""
    if not model_named(settings):
        yield Readers(RulesExtractor())
        return
    from briefer.wiring.asked import asked_readers  # what asks a model takes half a second to import

    with asked_readers(settings, stop=stop, tapes=tapes, before=before) as found:
        yield found
