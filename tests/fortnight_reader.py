"""Whoever read the articles of tests/fortnight: what an AI assistant answered to each prompt, kept by its words."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from briefer.errors import Cause
from briefer.pipeline import Readers
from briefer.settings import Settings
from briefer.types import Answer, MadeBy, Question, Unanswered, Value, identifier
from briefer.wiring.asked import extractor, prompts_of

KEPT = Path(__file__).parent / "fortnight" / "replies.json"


class Kept:
    """An asker that knows the answers to the prompts of the two weeks, and no others."""

    def __init__(self) -> None:
        self._kept = json.loads(KEPT.read_text())

    def recall(self, question: Question[Value]) -> Value | None:
        """The reply to the very words of a prompt."""
        found = self._kept.get(identifier(question.prompt.user, prefix="r"))
        return question.reply_type.model_validate(found) if found is not None else None

    def ask(self, questions: Iterable[Question[Value]]) -> Iterator[Answer[Value]]:
        """Nothing is answered anew."""
        for question in questions:
            yield Answer(question, Unanswered(Cause.REFUSED, "nobody has read it"))


def readers() -> Readers:
    """Readers that go by the kept answers: no judge, no prose."""
    settings = Settings()
    read = extractor(settings, Kept(), prompts_of(settings))
    return Readers(read, languages=None, account=lambda: MadeBy(extractor="llm", model="assistant"))
