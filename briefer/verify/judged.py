"""What a model answers when it judges claims, and what becomes of a claim by its answer.

In: JSON. Out: `Judged`, strict; and, for a claim and its `Ruled`, the claim with the verdict that it ends with.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Self

from pydantic import (
    BeforeValidator,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)

from briefer.prompts import one_line
from briefer.types import Claim, Part, Reason, Ruling
from briefer.types.said import right_members_or_none
from briefer.verify.packs import Entry, Judgement, part_of

_LONGEST = 400
"""Characters of a quotation that are looked at."""
_SHORTEST, _SHORTEST_DENSE = 8, 4
"""Letters of a quotation that decides anything; the second in scripts that write words or syllables."""
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKS = "\"'“”‘’«»„….!?,;: "


def _cut(value: object) -> object:
    return value[:_LONGEST] if isinstance(value, str) else "" if value is None else value


def _reason(value: object) -> object:
    """A word that is no reason is none: the judgement falls with it, not the whole reply."""
    return value if value in set(Reason) else None


Verdict = Annotated[Ruling, WithJsonSchema({"enum": [*Ruling]})]
ReasonOrNone = Annotated[Reason | None, BeforeValidator(_reason), WithJsonSchema({"enum": [*Reason]})]
Quotation = Annotated[str, BeforeValidator(_cut), WithJsonSchema({"type": "string"})]


class Ruled(Entry):
    """The judgement on the claim numbered `n`; `r` is for unsupported ones, `q` quotes what decides it."""

    v: Verdict
    r: ReasonOrNone = None
    q: Quotation = ""


class Judged(Judgement):
    """A whole reply, one entry a claim. It satisfies `protocols.Divisible`; a part has the numbers of its claims."""

    claims: Annotated[tuple[Ruled, ...], WrapValidator(right_members_or_none)]

    @model_validator(mode="after")
    def _answers(self) -> Self:
        if not self.claims:
            raise ValueError("claims: give one entry a claim")
        return self

    @property
    def entries(self) -> Sequence[Ruled]:
        """The judgements."""
        return self.claims

    def part(self, part: Part) -> Self:
        """The judgements on one article's claims, numbered from 1."""
        return self.model_copy(update={"claims": part_of(self.claims, part)})


def settled(claim: Claim, ruled: Ruled | None, shown: Sequence[str]) -> Claim:
    """The claim as it ends after a judge answered; `shown` are the sentences that the judge saw.

    A judge can only withhold more. What the reader itself followed falls only by a reason and a quotation that stand;
    what the reader could not follow needs a judge who supports it with a quotation that stands: a judge who was asked
    and gives neither (no entry, a quotation of its own making, unclear) has found nothing to show for it. Where the
    judge did not answer at all this is not asked, and the claim stays as the verifier left it: shown if unclear, for
    then all that it names stands in its evidence.
    """
    stands = ruled is not None and is_quoted(ruled.q, shown)
    if claim.verdict is Ruling.SUPPORTED:
        falls = stands and ruled is not None and ruled.v is Ruling.UNSUPPORTED and ruled.r is not None
        return _withheld(claim, ruled) if falls else claim
    if claim.verdict is Ruling.UNCLEAR and not (stands and ruled is not None and ruled.v is Ruling.SUPPORTED):
        return _withheld(claim, ruled)
    return claim


def opinion(claim: Claim, ruled: Ruled | None, shown: Sequence[str]) -> Claim | None:
    """The claim with a judge's own verdict, whatever anybody found before; None where the judge gave none.

    Support without a quotation that stands is unclear: the judge found nothing to show for it.
    """
    if ruled is None:
        return None
    if ruled.v is Ruling.UNSUPPORTED:
        return _withheld(claim, ruled)
    stands = ruled.v is Ruling.SUPPORTED and is_quoted(ruled.q, shown)
    return replace(claim, verdict=Ruling.SUPPORTED if stands else Ruling.UNCLEAR, reason=None)


def _withheld(claim: Claim, ruled: Ruled | None) -> Claim:
    named = ruled.r if ruled is not None and ruled.v is Ruling.UNSUPPORTED else None
    return replace(claim, verdict=Ruling.UNSUPPORTED, reason=named or Reason.FABRICATED)


def is_quoted(quote: str, shown: Sequence[str]) -> bool:
    """Whether a quotation that is long enough stands in a sentence, white space and the marks around it apart."""
    found = quotation(quote)
    return found is not None and any(found.search(plain(sentence)) for sentence in shown)


def quotation(quote: str) -> re.Pattern[str] | None:
    """What finds a quotation as whole words, whatever white space parts them; None where it is too short to tell."""
    words = plain(quote)
    dense = _DENSE.search(words) is not None
    if sum(letter.isalnum() for letter in words) < (_SHORTEST_DENSE if dense else _SHORTEST):
        return None
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(spaced if dense else rf"(?<!\w){spaced}(?!\w)")


def plain(text: str) -> str:
    """Words on one line, without the marks around them."""
    return one_line(text).strip(_MARKS)
