"""All settings as one frozen value."""

from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from briefer.settings.checks import Fault, faults
from briefer.settings.collecting import Collecting, Collection
from briefer.settings.digests import Digest, Mail
from briefer.settings.house import HouseNames, Outlet
from briefer.settings.model import Fields, Model
from briefer.settings.values import Key, Language, Table, Timezone

PREFIX = "BRIEFER_"
"""What the environment variables of the settings begin with."""


class Settings(Table):
    """All settings, each with its default. Made directly, it reads neither a file nor the environment."""

    timezone: Timezone = "UTC"
    language: Language = "en"
    extractor: Literal["rules", "llm"] | None = None
    prompts: str = ""
    store: str = ""
    fields: Fields = Fields()
    model: Model = Model()
    collections: dict[Key, Collection] = Field(default_factory=dict)
    collecting: Collecting = Collecting()
    outlets: dict[Key, Outlet] = Field(default_factory=dict)
    names: HouseNames = HouseNames()
    digests: dict[Key, Digest] = Field(default_factory=dict)
    mail: Mail = Mail()

    @model_validator(mode="after")
    def _agree(self) -> Self:
        found = faults(self)
        if found:
            raise ValidationError.from_exception_data("Settings", [_detail(fault) for fault in found])
        return self


def _detail(fault: Fault) -> InitErrorDetails:
    kind = PydanticCustomError("disagreement", "{words}", {"words": fault.words})
    return InitErrorDetails(type=kind, loc=fault.key, input=None)
