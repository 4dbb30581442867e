"""The judge of a check: findings in, those decided that a model was asked about and its account out."""

from collections.abc import Sequence

from briefer.chunk import O200k
from briefer.models.stopping import Stop
from briefer.settings import Settings
from briefer.types import Article, Finding, MadeBy
from briefer.verify import Mode, StatementManner, judge_statements
from briefer.wiring.asked import made_by, prompts_of
from briefer.wiring.models import Tapes, asking


def ruled(
    findings: Sequence[Finding],
    articles: Sequence[Article],
    settings: Settings,
    *,
    stop: Stop | None,
    tapes: Tapes | None,
) -> tuple[list[Finding], MadeBy]:
    """The findings in their order, and what made them. `model.judge = "all"` has the certain ones asked about too."""
    manner = StatementManner(Mode.ALL if settings.model.judge == "all" else Mode.UNCLEAR)
    prompts = prompts_of(settings)
    with asking(settings, stop=stop, tapes=tapes or Tapes()) as asked:
        found = judge_statements(
            findings, articles, asker=asked.asker, prompts=prompts, tokenizer=O200k(), manner=manner
        )
        account = made_by(settings, asked.meter.costs(), prompts)
    return found, account.model_copy(update={"extractor": "rules"})
