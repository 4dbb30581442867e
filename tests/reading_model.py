"""A model that really reads, for the stub: it finds one plain kind of sentence in a prompt, and nothing else.

"The X captured Y from the Z on Monday." becomes a claim of its sentence; all other sentences are passed over.
"""

import json
import re
from typing import Any

SENTENCE = re.compile(
    r"^(\d+) (?:The )?(?P<a>[A-Z][\w ]+?) captured (?P<p>[A-Z]\w+) from (?P<o>the [A-Z][\w ]+?) on (?P<w>\w+)\.", re.M
)
ARTICLE = re.compile(r"^Article (\d+)\b", re.M)


def answer(request: dict[str, Any]) -> str:
    """The reply to any of briefer's prompts, by the name of the reply's type."""
    name = request["response_format"]["json_schema"]["name"]
    user = request["messages"][-1]["content"]
    if name == "Capital":  # what a server is tried with
        return json.dumps({"capital": "Paris"})
    return json.dumps({"Extracted": extracted, "Judged": judged, "Composed": composed}[name](user))


def extracted(user: str) -> dict[str, Any]:
    """Every capture that the articles tell."""
    heads = [*ARTICLE.finditer(user)]
    ends = [*(head.start() for head in heads[1:]), len(user)]
    return {
        "articles": [
            {"n": int(head[1]), "claims": [_claim(found) for found in SENTENCE.finditer(user, head.end(), end)]}
            for head, end in zip(heads, ends, strict=True)
        ]
    }


def _claim(found: re.Match[str]) -> dict[str, Any]:
    parts = {"a": [found["a"]], "o": [found["o"]], "p": found["p"], "w": found["w"]}
    return {"s": [int(found[1])], "k": "territory", "c": "captured", **parts}


def judged(user: str) -> dict[str, Any]:
    """Nothing: what is not judged stays as it was."""
    return {"claims": []}


def composed(user: str) -> dict[str, Any]:
    """Nothing: the templates tell it."""
    return {}
