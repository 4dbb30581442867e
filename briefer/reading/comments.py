"""Sentences of an article that are its readers', not its own: comments left in the page, and letters.

In: an Article and the number of a sentence. Out: whether a reader writes it.
"""

import re

from briefer.types import Article

_SIGNED = re.compile(r"^\s*(?:[a-z][\w.-]{2,24}|[\w.-]*[_\d][\w.-]*)(?: \([^)]{0,24}\))?:\s", re.ASCII)
"""A name as readers take one ("pumaqui_77:") before what they say."""
_HEADS = re.compile(
    r"^(?:reader )?comments?\b|^comments? ?\(\d|^leave a (?:reply|comment)|^what (?:our )?readers say|^your comments"
    r"|^\d+ comments",
    re.IGNORECASE,
)
_BACK = 12
"""Sentences between the head of the comments and a comment at most."""


def is_comment(article: Article, number: int) -> bool:
    """Whether a sentence is a reader's comment: signed as one, or behind a head of comments."""
    if _SIGNED.match(article.sentence(number)):
        return True
    return any(_HEADS.search(article.sentence(each)) for each in range(max(0, number - _BACK), number))
