"""Questions for `model_calls.py`: the one place that says what is asked.

In: how many. Out: that many questions, each of an article of 600 words, made up, no two alike; and a reply to them.
"""

import random
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from briefer.types import Parameters, Prompt, Question

WORDS = 600
SENTENCE = 20
SYSTEM = "You read reports of a war and give each claim with the numbers of the sentences that it rests on. " * 20
STOCK = (
    "the army forces fighters brigade village town district bridge road river north south east west near after before "
    "captured shelled withdrew advanced repelled entered reported said claimed denied killed wounded destroyed tank "
    "convoy position hill airport morning evening Saturday spokesman monitor witnesses artillery fire attack"
).split()


class Claim(BaseModel):
    """One assertion, in fields as short as an extractor would have them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    t: str = Field(description="what is claimed")
    a: str = Field(description="who did it")
    p: str = Field(description="where")
    k: str = Field(description="the kind of event")
    s: list[int] = Field(description="numbers of the sentences it rests on")


class Reading(BaseModel):
    """What a model read in one article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claims: list[Claim]


REPLY = Reading(
    claims=[
        Claim(
            t="Government forces captured the bridge",
            a="government forces",
            p=f"Place {n}",
            k="territory",
            s=[n, n + 1],
        )
        for n in range(1, 9)
    ]
)


def questions(count: int) -> Iterator[Question[Reading]]:
    """So many questions, the same in every run, made as they are taken."""
    for number in range(count):
        chosen = random.Random(number)
        sentences = [" ".join(chosen.choices(STOCK, k=SENTENCE)) for _ in range(WORDS // SENTENCE)]
        numbered = "\n".join(f"[{place}] {sentence}." for place, sentence in enumerate(sentences, start=1))
        prompt = Prompt("extract", "0" * 64, SYSTEM, f"Article {number:05d}.\n{numbered}", Parameters(max_tokens=1500))
        yield Question(prompt, Reading, about=f"article {number:05d}")
