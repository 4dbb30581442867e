"""What a model answers when it is asked for claims: strict types with short names, for output tokens cost most.

In: JSON. Out: `Extracted`, whose strings are free of control characters and bounded. One claim that does not satisfy
its type is left out; an article of which no claim does makes the reply invalid. Meanings stand in the prompt, once; the
schema, which goes with every call, only names the values.
"""

import re
from collections.abc import Callable
from typing import Annotated, Self

from pydantic import (
    BeforeValidator,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)

from briefer.types import CasualtyKind, Change, Claimant, EquipmentState, Extent, Kind, Modality, Part
from briefer.types.said import MOST_MEMBERS, Said, right_members, right_members_or_none

_LONGEST = 200  # characters of a name, a number or words of time; no article needs more
_LONGEST_TEXT = 400  # characters of the sentence of a claim
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_MARKUP = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_BLANKS = re.compile(r"\s+")


def tidy(text: str) -> str:
    """One line without control characters, marks of direction and markup."""
    return _BLANKS.sub(" ", _MARKUP.sub(" ", _UNSEEN.sub(" ", text))).strip()


def _line(longest: int) -> Callable[[object], object]:
    """Cut to size before it is tidied: a reply may be megabytes."""
    return lambda value: tidy(value[: 4 * longest])[:longest].rstrip() if isinstance(value, str) else value


def _listed(value: object) -> object:
    """One value for a list of one, as models write it; never more than a reader would."""
    return value[:MOST_MEMBERS] if isinstance(value, list | tuple) else [value]


_Word = Annotated[str, BeforeValidator(_line(_LONGEST)), WithJsonSchema({"type": "string"})]
_Text = Annotated[str, BeforeValidator(_line(_LONGEST_TEXT)), WithJsonSchema({"type": "string"})]
_Words = Annotated[tuple[_Word, ...], BeforeValidator(_listed)]
_Numbers = Annotated[tuple[int, ...], BeforeValidator(_listed)]


class NameSaid(Said):
    """Words of the article that are no name, and whom or what they mean there."""

    w: _Word
    n: _Word


class CountSaid(Said):
    """How many people, as written, and what became of them."""

    k: Annotated[CasualtyKind, WithJsonSchema({"enum": [*CasualtyKind]})]
    n: _Word = ""
    v: _Word = ""
    c: Annotated[bool | None, WithJsonSchema({"type": "boolean"})] = None


class KitSaid(Said):
    """How many weapons or vehicles, as written, and what became of them."""

    t: _Word
    s: Annotated[EquipmentState, WithJsonSchema({"enum": [*EquipmentState]})]
    n: _Word = ""


class ClaimSaid(Said):
    """One claim. `s` are the numbers of the sentences that carry it, as in the prompt."""

    s: _Numbers
    k: Annotated[Kind, WithJsonSchema({"enum": [*Kind]})]
    c: Annotated[Change | None, WithJsonSchema({"enum": [*Change]})] = None
    e: Annotated[Extent, WithJsonSchema({"enum": [each for each in Extent if each is not Extent.UNSPECIFIED]})] = (
        Extent.UNSPECIFIED
    )
    a: _Words = ()
    o: _Words = ()
    p: _Word = ""
    r: _Word = ""
    x: _Word = ""
    w: _Word = ""
    m: Annotated[Modality, WithJsonSchema({"enum": [each for each in Modality if each is not Modality.OCCURRED]})] = (
        Modality.OCCURRED
    )
    b: Annotated[Claimant, WithJsonSchema({"enum": [each for each in Claimant if each is not Claimant.OUTLET]})] = (
        Claimant.OUTLET
    )
    v: _Word = ""
    n: Annotated[tuple[CountSaid, ...], BeforeValidator(_listed)] = ()
    q: Annotated[tuple[KitSaid, ...], BeforeValidator(_listed)] = ()
    t: _Text = ""
    f: _Word = ""


class ArticleSaid(Said):
    """What one article of the prompt says; `n` is its number there."""

    n: int
    names: Annotated[tuple[NameSaid, ...], WrapValidator(right_members)] = ()
    claims: Annotated[tuple[ClaimSaid, ...], WrapValidator(right_members_or_none)] = ()


class Extracted(Said):
    """A whole reply, one entry an article. It satisfies `protocols.Divisible`."""

    articles: tuple[ArticleSaid, ...]

    @model_validator(mode="after")
    def _answers(self) -> Self:
        if not self.articles:
            raise ValueError("articles: give one entry an article, with no claims where it makes none")
        return self

    def part(self, part: Part) -> Self:
        """One article's share, numbered as if it had been asked alone: article 1, sentences from 1.

        A claim that names a sentence of another article is left out. Where the reply has no entry for the article the
        share has no articles, which does not satisfy the type: it cannot be kept as an answer.
        """
        mine = [said for said in self.articles if said.n == part.number]
        if not mine:
            return self.model_copy(update={"articles": ()})
        claims = [_moved(claim, part) for said in mine for claim in said.claims if _within(claim, part)]
        names = tuple(name for said in mine for name in said.names)
        return self.model_copy(
            update={"articles": (mine[0].model_copy(update={"n": 1, "names": names, "claims": tuple(claims)}),)}
        )


def _within(claim: ClaimSaid, part: Part) -> bool:
    return all(part.first <= number < part.last for number in claim.s)


def _moved(claim: ClaimSaid, part: Part) -> ClaimSaid:
    return claim.model_copy(update={"s": tuple(number - part.first + 1 for number in claim.s)})
