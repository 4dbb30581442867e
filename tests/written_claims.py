"""Claims as a model writes them, for tests of the verifier: every field is its own word."""

from dataclasses import replace

from briefer.types import (
    Actor,
    Article,
    Attribution,
    Casualties,
    CasualtyKind,
    Claim,
    Claimant,
    Evidence,
    Kind,
    Place,
)


def claim_on(article: Article, told: str, kind: Kind, **fields: object) -> Claim:
    """A claim with no more than these fields, on the whole article."""
    return replace(Claim("c1", article.id, told, kind, every_sentence(article)), **fields)


def every_sentence(article: Article) -> tuple[Evidence, ...]:
    spans = enumerate(article.sentences)
    return tuple(Evidence(at, span.start, span.end, article.text[span.start : span.end]) for at, span in spans)


def who(name: str, canonical: str = "") -> tuple[Actor, ...]:
    return (Actor(name, canonical or name),)


def place(name: str, relation: str = "") -> Place:
    return Place(name, name, relation=relation)


def killed(number: int, victims: str = "") -> tuple[Casualties, ...]:
    return (Casualties(CasualtyKind.KILLED, number, number, number, victims, as_written=str(number)),)


def heard(name: str, kind: Claimant = Claimant.PARTY) -> Attribution:
    return Attribution(kind, name)
