"""The text of a reply in, a value of its type out; and what is wrong with it, in words for the model to mend it by.

Models wrap the JSON that is asked of them: in thinking, in code fences, in a sentence before and after.
"""

import json
import re
from collections.abc import Iterator

from pydantic import ValidationError

from briefer.types import Value

LONGEST_REPLY = 1_000_000
"""Characters of a reply that are looked at; 60 claims take 20,000."""

MOST_FAULTS = 8
LONGEST_FAULT = 160
MOST_OBJECTS = 20
"""How many of the objects in a reply are tried, from the last."""

END_OF_THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>|\[/THINK\]|<\|channel\|>final<\|message\|>", re.I)
"""What ends the thinking. What begins it is not looked for: some templates have it in the prompt."""

STRING_OR_BRACE = re.compile(r'"(?:[^"\\]|\\.)*+"?|[{}]', re.DOTALL)
"""A string that never closes is taken to the end: to look for its close from each quote would take for ever."""

OBJECT_AT_LINE_START = re.compile(r'^[ \t]{0,40}(?:```\w{0,10}[ \t]?)?(?=\{\s{0,40}["}])', re.MULTILINE)


class Unreadable(Exception):
    """A reply that does not satisfy its type; the text tells the faults, a few and short."""


def read(text: str, reply_type: type[Value]) -> Value:
    """The value that a reply holds. Raises Unreadable."""
    bare = text[:LONGEST_REPLY].strip()
    if bare.startswith("{") and (value := _whole(bare, reply_type)) is not None:
        return value
    fault = None
    for part in _candidates(bare):
        try:
            return _value(part, reply_type)
        except Unreadable as found:
            fault = fault or found
    raise fault or Unreadable("there is no JSON object in it")


def _candidates(text: str) -> Iterator[str]:
    """What may be the reply: the objects of all the text, then of what follows the thinking.

    In this order, for the words that end thinking may stand in a sentence that a reply quotes; a thought's stray brace
    is no reason to take the other way first.
    """
    yield from _objects(text)
    ends = [mark.end() for mark in END_OF_THOUGHT.finditer(text)]
    for end in dict.fromkeys((ends[0], ends[-1]) if ends else ()):
        yield from _objects(text[end:])


def _whole(text: str, reply_type: type[Value]) -> Value | None:
    """The value, where all of the text is its JSON: the common case, in one pass."""
    try:
        return reply_type.model_validate_json(text)
    except ValidationError:
        return None


def _value(text: str, reply_type: type[Value]) -> Value:
    try:
        # Small models leave line breaks in their strings, which JSON forbids and this reading allows.
        plain = json.dumps(json.loads(text, strict=False))
        return reply_type.model_validate_json(plain)
    except ValidationError as error:
        raise Unreadable(faults(error)) from error
    except ValueError as error:
        raise Unreadable(f"it is no valid JSON: {str(error)[:LONGEST_FAULT]}") from error
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error


def _objects(text: str) -> Iterator[str]:
    """The outermost {...} of a text, from the last, for an example may stand before the answer.

    What opens and never closes gives nothing: its inner objects are no reply. But a stray brace in the prose before
    must not hide the reply, so the text from the first brace that begins a line is tried too.
    """
    found = _balanced(text) or _balanced(text[_line_start(text) :])
    yield from reversed(found[-MOST_OBJECTS:])
    if not found and "{" in text:
        yield text[text.index("{") :]


def _line_start(text: str) -> int:
    match = OBJECT_AT_LINE_START.search(text)
    return match.end() if match else len(text)


def _balanced(text: str) -> list[str]:
    found: list[str] = []
    depth, start = 0, 0
    first = text.find("{")
    for token in STRING_OR_BRACE.finditer(text, max(first, 0)):
        mark = token.group()
        if mark == "{":
            start = start if depth else token.start()
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
            if not depth:
                found.append(text[start : token.end()])
    return found


def faults(error: ValidationError) -> str:
    """What is wrong with a reply, a fault a line: where it is, and what is expected there."""
    told = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [f"{'.'.join(map(str, one['loc'])) or 'the whole'}: {one['msg']}" for one in told[:MOST_FAULTS]]
    if len(told) > MOST_FAULTS:
        lines.append(f"and {len(told) - MOST_FAULTS} more")
    return "\n".join(" ".join(line.split())[:LONGEST_FAULT] for line in lines)
