"""How JSON articles name things, and the model that reads, judges and writes."""

from typing import Any, Literal

from pydantic import Field

from briefer.settings.values import Address, Count, Names, Positive, Table


class Fields(Table):
    """The keys under which JSON articles keep each thing; they are tried before the usual ones."""

    id: Names = ()
    title: Names = ()
    url: Names = ()
    published: Names = ()
    outlet: Names = ()
    text: Names = ()
    html: Names = ()


class Prices(Table):
    """What a million tokens cost; `cached` is for those that the server had in its own cache (None: as `input`)."""

    input: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    output: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    cached: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")


class Model(Table):
    """The model that reads, judges and writes. Without a `name` there is none, whatever keys the environment holds."""

    name: str = Field(default="", max_length=300)
    base_url: Address = ""
    key_variable: str = Field(default="OPENAI_API_KEY", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    organization: str = ""
    project: str = ""
    headers: dict[str, str] = Field(default_factory=dict)
    extra: dict[str, Any] = Field(default_factory=dict)
    proxy: Address = ""
    ca_file: str = ""
    timeout: Positive = 600.0
    connect_timeout: Positive = 10.0
    tries: Count = 12
    concurrency: Count = 16
    requests_per_minute: Count | None = None
    tokens_per_minute: Count | None = None
    max_cost: Positive | None = None
    max_tokens: Count | None = None
    prices: Prices | None = None
    pack_tokens: Count = 8400
    judge: Literal["off", "unclear", "all"] = "unclear"
    prose: bool = True
    cache: bool = True
    context: Count = 16384
    slots: Count = 4
