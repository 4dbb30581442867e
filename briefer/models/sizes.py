"""How many tokens a call sends, estimated before it is made."""

import json
from functools import lru_cache

from briefer.models.wire import Form, Request
from briefer.protocols import Tokenizer

A_MESSAGE = 4
"""Tokens that mark where a message begins, ends and who speaks (OpenAI cookbook: 3 a message and 3 a reply)."""

REMEMBERED = 128
"""Texts whose size is remembered: a call is sized by the pace and the budget, and again at each try."""


class Sizes:
    """Counts the tokens of requests. Servers render schemas in ways of their own: a schema counts as its JSON."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._count = lru_cache(REMEMBERED)(tokenizer.count)
        self._schemas: dict[tuple[str, str], int] = {}

    def __call__(self, request: Request) -> int:
        """The tokens that a call sends."""
        messages = sum(A_MESSAGE + self._count(message.content) for message in request.messages)
        return messages + (self._schema(request) if request.form in (Form.SCHEMA, Form.TOOL) else 0)

    def text(self, text: str) -> int:
        """The tokens of a text."""
        return self._count(text)

    def _schema(self, request: Request) -> int:
        name = (request.stage, request.schema_name)
        if name not in self._schemas:
            self._schemas[name] = self._count(json.dumps(request.schema))
        return self._schemas[name]
