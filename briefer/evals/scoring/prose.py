"""The prose of a briefing held against the sources: its sentences in, what the verifier believes of each out."""

from collections.abc import Iterator, Mapping

from briefer.evals.results import ScoredSentence
from briefer.types import Article, Briefing, Cited, Ruling, Sentence, Statement
from briefer.verify import Checker


def prose(briefing: Briefing, articles: Mapping[str, Article]) -> tuple[ScoredSentence, ...]:
    """Every sentence of the prose, held against the sentences that its events rest on and those beside."""
    told = list(_sentences(briefing))
    if not told:
        return ()
    checker = Checker(list(articles.values()))
    rests = _rests(briefing)
    return tuple(_scored(sentence, where, rests, checker, number) for number, (where, sentence) in enumerate(told))


def _sentences(briefing: Briefing) -> Iterator[tuple[str, Sentence]]:
    yield from (("lead", sentence) for sentence in briefing.lead)
    for front in briefing.fronts:
        yield from ((f"{front.name}: situation", sentence) for sentence in front.situation)
        yield from ((f"{front.name}: outlook", sentence) for sentence in front.outlook)


def _rests(briefing: Briefing) -> Mapping[str, tuple[Cited, ...]]:
    """The sentences of sources that each event rests on."""
    by_claim = {claim.id: [Cited(claim.article, each.sentence) for each in claim.evidence] for claim in briefing.claims}
    return {event.id: tuple(one for id in event.claims for one in by_claim.get(id, [])) for event in briefing.events}


def _scored(
    sentence: Sentence, where: str, rests: Mapping[str, tuple[Cited, ...]], checker: Checker, number: int
) -> ScoredSentence:
    cited = tuple(dict.fromkeys(one for event in sentence.events for one in rests.get(event, ())))
    articles = tuple(dict.fromkeys(one.article for one in cited))
    found = checker.find(Statement(f"p{number}", sentence.text, articles, cited))
    supported = found.verdict is Ruling.SUPPORTED
    return ScoredSentence(
        text=sentence.text, where=where, supported=supported, score=round(found.score, 3), why=found.why
    )
