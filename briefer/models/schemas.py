"""The JSON schema of a reply's type, made once a type."""

import json
from functools import cache
from hashlib import sha256

from pydantic import BaseModel

from briefer.models.wire import Json


@cache
def schema_of(reply_type: type[BaseModel]) -> Json:
    """The JSON schema of a reply's type, by its aliases."""
    return reply_type.model_json_schema()


@cache
def schema_hash(reply_type: type[BaseModel]) -> str:
    """A hash of the schema, which changes with any field, bound or description."""
    return sha256(json.dumps(schema_of(reply_type), sort_keys=True).encode()).hexdigest()
