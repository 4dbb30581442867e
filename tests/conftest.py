"""Fixtures that many test files share."""

from collections.abc import Callable

import hypothesis
import pytest

from briefer.types import Article, Span, identifier

# The first example of a property loads word lists and may run beside other work: time is no finding of a property.
hypothesis.settings.register_profile("briefer", deadline=None)
hypothesis.settings.load_profile("briefer")


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Makes an article of given sentences, joined by a space, with any other field by keyword."""

    def make(*sentences: str, joint: str = " ", **fields: object) -> Article:
        spans = []
        position = 0
        for sentence in sentences:
            spans.append(Span(position, position + len(sentence)))
            position += len(sentence) + len(joint)
        text = joint.join(sentences)
        fields.setdefault("id", identifier(text, prefix="a"))
        fields.setdefault("name", "article.txt")
        return Article(text=text, sentences=tuple(spans), **fields)  # type: ignore[arg-type]

    return make
