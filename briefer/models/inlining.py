"""The JSON schema of a reply type as it is sent, plain enough for small servers: references resolved, titles gone."""

import json
from collections.abc import Mapping
from functools import lru_cache

from pydantic import BaseModel

from briefer.models.schemas import schema_of
from briefer.models.wire import Json

LARGEST_GROWTH = 2.0
"""Where resolving would grow a schema more than this, it keeps its references: its tokens are paid for in each call."""

MAPS = frozenset({"properties", "$defs", "patternProperties"})
"""Keywords whose keys are names of ours, so that a field may be called "title"."""


@lru_cache(maxsize=64)
def plain_schema(reply_type: type[BaseModel]) -> Json:
    """The schema that a reply of this type is asked to satisfy."""
    plain = _untitled(schema_of(reply_type))
    assert isinstance(plain, dict)
    definitions = plain.get("$defs", {})
    inlined = _resolved({name: part for name, part in plain.items() if name != "$defs"}, definitions, ())
    if inlined is None or len(json.dumps(inlined)) > LARGEST_GROWTH * len(json.dumps(plain)):
        return plain
    assert isinstance(inlined, dict)
    return inlined


def _untitled(node: object, *, names: bool = False) -> object:
    """A schema without the titles that pydantic makes of field names; `names`: the keys here are names."""
    if isinstance(node, list):
        return [_untitled(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {name: part for name, part in node.items() if names or name != "title"}
    literal = {"default", "const", "enum", "examples"} if not names else set()
    return {
        name: part if name in literal else _untitled(part, names=name in MAPS and not names)
        for name, part in kept.items()
    }


def _resolved(node: object, definitions: Mapping[str, object], within: tuple[str, ...]) -> object:
    """A schema with what its references name in their place; None where one names itself."""
    if isinstance(node, list):
        parts = [_resolved(part, definitions, within) for part in node]
        return None if any(part is None for part in parts) else parts
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return _referred(node, definitions, within)
    resolved = {name: part if part is None else _resolved(part, definitions, within) for name, part in node.items()}
    return None if any(part is None and node[name] is not None for name, part in resolved.items()) else resolved


def _referred(node: dict[str, object], definitions: Mapping[str, object], within: tuple[str, ...]) -> object:
    name = str(node["$ref"]).rpartition("/")[2]
    if name in within or name not in definitions:
        return None
    target = _resolved(definitions[name], definitions, (*within, name))
    beside = {key: part for key, part in node.items() if key != "$ref"}
    return {**target, **beside} if isinstance(target, dict) else None
