"""What a server has shown that it can do: how a reply is asked of it, kept from run to run.

What is kept is thrown away after a week where it is less than the best, for servers are upgraded; and at once where a
server no longer takes it.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from briefer.models.wire import Form, Request
from briefer.protocols import Shelf

TRIED_AGAIN = timedelta(days=7)
LADDER = (Form.SCHEMA, Form.OBJECT, Form.TOOL, Form.TEXT)

OF_TEMPERATURE = re.compile(r"temperature", re.IGNORECASE)
OF_BOUND = re.compile(r"max_(completion_)?tokens", re.IGNORECASE)
UNKNOWN = re.compile(r"unsupported|not support|unknown|unrecogni[sz]ed|extra|not permitted|not allowed|instead", re.I)
OF_FORM = re.compile(
    r"response_format|json_schema|json_object|json[ _]mode|structured|schema|grammar|guided"
    r"|\btools?\b|tool_choice|function|no endpoints found",
    re.IGNORECASE,
)


class Learnt(BaseModel):
    """What is known of a server and model. `forms`: by the name of the reply type, since a server may fail at one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    since: AwareDatetime
    forms: dict[str, Form] = Field(default_factory=dict)
    bound: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    takes_temperature: bool = True

    def form(self, name: str) -> Form:
        """The form to ask for first: what is known for this type, or what serves the most of the others."""
        known = list(self.forms.values())
        return self.forms.get(name) or max(known, key=known.count, default=Form.SCHEMA)

    def dressed(self, request: Request) -> Request:
        """The request as this server takes it."""
        parameters = request.parameters
        if not self.takes_temperature:
            parameters = replace(parameters, temperature=None)
        return replace(request, form=self.form(request.schema_name), bound=self.bound, parameters=parameters)

    def serving(self, name: str, form: Form) -> "Learnt":
        """With a form that has served a type."""
        return self.model_copy(update={"forms": {**self.forms, name: form}})

    def lowered(self, refused: Request, said: str) -> "Learnt":
        """One step down from what was refused; itself where there is none."""
        if OF_TEMPERATURE.search(said) and refused.parameters.temperature is not None:
            return self.model_copy(update={"takes_temperature": False})
        if OF_BOUND.search(said) and UNKNOWN.search(said) and refused.bound == "max_tokens":
            return self.model_copy(update={"bound": "max_completion_tokens"})
        if OF_BOUND.search(said) and UNKNOWN.search(said):
            return self.model_copy(update={"bound": "max_tokens"})
        below = LADDER.index(refused.form) + 1
        return self.serving(refused.schema_name, LADDER[below]) if below < len(LADDER) else self

    @property
    def best(self) -> bool:
        """Whether there is nothing better to be learnt."""
        forms_best = all(form is Form.SCHEMA for form in self.forms.values())
        return forms_best and self.bound == "max_tokens" and self.takes_temperature


def of_dialect(said: str) -> bool:
    """Whether a server's refusal speaks of how it was asked, and not of what."""
    return any(pattern.search(said) for pattern in (OF_TEMPERATURE, OF_BOUND, OF_FORM))


def recalled(shelf: Shelf, key: str, now: datetime) -> Learnt | None:
    """What is kept of a server and still holds; None where nothing is, or nothing that can be read."""
    text = shelf.get(key)
    try:
        learnt = Learnt.model_validate_json(text) if text else None
    except ValidationError:
        return None
    return learnt if learnt and (learnt.best or now - learnt.since < TRIED_AGAIN) else None
