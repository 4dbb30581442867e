"""What the types of model replies have in common: strict, small in the prompt, lenient about single members.

In: JSON as models write it. Out: frozen values. The schema of a reply goes with every call, so it holds names alone.
"""

from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    model_validator,
)
from pydantic_core import CoreSchema

MOST_MEMBERS = 400
"""Members of one list of a reply: more is a model that cannot stop."""


class Said(BaseModel):
    """A part of a reply. What a model leaves empty (null, "", []) is as if it were not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: each for name, each in value.items() if each is not None and each != "" and each != []}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema without titles, defaults and docstrings."""
        schema = handler.resolve_ref_schema(handler(core))
        schema.pop("title", None)
        schema.pop("description", None)
        for each in schema.get("properties", {}).values():
            each.pop("title", None)
            each.pop("default", None)
        return schema


def right_members(value: object, validate: ValidatorFunctionWrapHandler) -> tuple[object, ...]:
    """The members of a list that satisfy their type; one that does not is left out, and not the whole reply."""
    kept: list[object] = []
    for member in value[:MOST_MEMBERS] if isinstance(value, list | tuple) else ():
        try:
            kept += validate([member])
        except ValidationError:
            continue
    return tuple(kept)


def right_members_or_none(value: object, validate: ValidatorFunctionWrapHandler) -> object:
    """The same. Raises where there are members and none satisfies its type."""
    return right_members(value, validate) or validate(value)
