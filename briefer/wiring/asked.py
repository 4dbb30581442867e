"""Readers that ask a model: who extracts, judges and writes by it, and what that cost."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefer.chunk import O200k, chunk
from briefer.compose import Prose
from briefer.extract import RulesExtractor
from briefer.extract.asked import AskedExtractor, Manner
from briefer.pipeline import Readers
from briefer.prompts import Prompts, load
from briefer.protocols import Asker
from briefer.settings import Settings
from briefer.types import Article, Claim, MadeBy, Stage, StageCost, Tokens, Usage
from briefer.verify.asked import Manner as Judging
from briefer.verify.asked import Mode, judge

if TYPE_CHECKING:
    from briefer.models.budget import Estimate
    from briefer.models.stopping import Stop
    from briefer.wiring.models import Tapes

REPLY_SHARE = 1.0
"""Tokens of a reply for each token of numbered articles: 0.4 to 1.8 were seen, the densest reports taking most."""


@contextmanager
def asked_readers(
    settings: Settings, *, stop: "Stop | None", tapes: "Tapes | None", before: Sequence[StageCost] = ()
) -> Iterator[Readers]:
    """The readers of one run that asks a model; what they opened is closed at the end."""
    from briefer.wiring.models import Tapes, asking  # recorded replies need nothing of what calls a server

    prompts = prompts_of(settings)
    with asking(settings, stop=stop, tapes=tapes or Tapes()) as asked:

        def account() -> MadeBy:
            return made_by(settings, [*before, *asked.meter.costs()], prompts)

        yield readers_by(asked.asker, settings, prompts, account)


def readers_by(asker: Asker, settings: Settings, prompts: Prompts, account: Callable[[], MadeBy]) -> Readers:
    """Who extracts, judges and writes by what an asker answers."""
    return Readers(
        extractor(settings, asker, prompts),
        fallback=RulesExtractor(),
        languages=None,
        judge=_judge(settings, asker, prompts),
        prose=Prose(asker, prompts, settings.language) if settings.model.prose else None,
        language=settings.language,
        account=account,
    )


def prompts_of(settings: Settings) -> Prompts:
    """The prompts of a run. Raises PromptError."""
    return load(Path(settings.prompts) if settings.prompts else None)


def estimated(settings: Settings, articles: Sequence[Article]) -> "Estimate":
    """What it would cost to have these articles read, those apart whose replies are kept. No call is made."""
    from briefer.models.budget import estimate
    from briefer.models.sizes import Sizes
    from briefer.wiring.models import Tapes, asking, prices

    with asking(settings, stop=None, tapes=Tapes()) as asked:
        questions = extractor(settings, asked.asker, prompts_of(settings)).questions(articles)
        return estimate(questions, sizes=Sizes(O200k()), prices=prices(settings), share=REPLY_SHARE)


def extractor(settings: Settings, asker: Asker, prompts: Prompts) -> AskedExtractor:
    """What reads articles by the model, and by the rules where it does not."""
    manner = Manner(pack_tokens=settings.model.pack_tokens, language=settings.language)
    chunker = partial(chunk, tokenizer=O200k(), max_tokens=settings.model.pack_tokens)
    return AskedExtractor(asker, prompts, chunker=chunker, fallback=RulesExtractor(), manner=manner)


def _judge(
    settings: Settings, asker: Asker, prompts: Prompts
) -> Callable[[Sequence[Claim], Sequence[Article]], Sequence[Claim]] | None:
    manner = Judging(Mode(settings.model.judge), language=settings.language)
    if manner.mode is Mode.OFF:
        return None
    return partial(judge, asker=asker, prompts=prompts, tokenizer=O200k(), manner=manner)


def made_by(settings: Settings, costs: Iterable[StageCost], prompts: Prompts) -> MadeBy:
    """What made the briefing, when all is done, and what each stage cost."""
    costs = together(costs)
    used = {cost.stage for cost in costs}
    told = settings.model.prices
    return MadeBy(
        extractor="llm",
        model=settings.model.name,
        prompts={name: hash for name, hash in prompts.hashes().items() if name in used},
        tokens=_tokens(sum((cost.usage for cost in costs), Usage())),
        cost=sum(cost.money for cost in costs),
        currency=told.currency if told is not None else "",
        calls=sum(cost.usage.calls for cost in costs),
        stages=tuple(_stage(cost) for cost in costs),
        language=settings.language,
    )


def together(costs: Iterable[StageCost]) -> list[StageCost]:
    """The costs of each stage as one, in the order in which stages come."""
    found: dict[str, StageCost] = {}
    for cost in costs:
        if so_far := found.get(cost.stage):
            cost = StageCost(
                cost.stage,
                so_far.usage + cost.usage,
                so_far.recalled + cost.recalled,
                so_far.money + cost.money,
                so_far.seconds + cost.seconds,
            )
        found[cost.stage] = cost
    return list(found.values())


def _stage(cost: StageCost) -> Stage:
    return Stage(
        name=cost.stage,
        calls=cost.usage.calls,
        recalled=cost.recalled,
        tokens=_tokens(cost.usage),
        cost=cost.money,
        seconds=round(cost.seconds, 3),
    )


def _tokens(usage: Usage) -> Tokens:
    return Tokens(**{"in": usage.sent}, out=usage.received, cached=usage.cached)
