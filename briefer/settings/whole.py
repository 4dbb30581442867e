"""All settings as one frozen value."""

from typing import Literal

from pydantic import Field

from briefer.settings.collecting import Collecting, Collection
from briefer.settings.digests import Digest, Mail
from briefer.settings.house import HouseNames, Outlet
from briefer.settings.model import Fields, Model
from briefer.settings.values import Key, Language, Table, Timezone


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
