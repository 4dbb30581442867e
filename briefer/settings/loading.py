"""Settings: a TOML file and the environment in, one frozen `Settings` out.

The environment beats the file, key by key: `BRIEFER_TIMEZONE=Asia/Damascus`, `BRIEFER_FIELDS__TITLE='["headline"]'`,
`BRIEFER_COLLECTIONS__LIBYA__DAYS=7`. Every error is a SettingsError that names the file or variable, the key and the
remedy.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from briefer.errors import SettingsError, UsageError
from briefer.settings.paths import from_here
from briefer.settings.problems import holds, variable, words
from briefer.settings.shape import is_text
from briefer.settings.whole import PREFIX, Settings

FILE_NAME = "briefer.toml"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from; `name` is the file or the environment variable, "" for a default."""

    kind: Literal["default", "file", "environment"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, and what gave each of them: the `file` ("" values without one) and the environment."""

    settings: Settings
    file: Path | None
    in_file: Mapping[str, object]
    in_environment: Mapping[str, object]

    def origin(self, key: tuple[str, ...]) -> Origin:
        """Where the value of a key comes from, by its path: ("mail", "host")."""
        if holds(self.in_environment, key):
            return Origin("environment", variable(key))
        return Origin("file", str(self.file)) if holds(self.in_file, key) else Origin("default")


def load(path: Path | None = None) -> Settings:
    """The settings of a TOML file and the environment. Without a path: ./briefer.toml if it is there, else defaults.

    Relative paths in the file are relative to its folder, those in the environment to the current one.
    Raises SettingsError, which names the file or variable, the key and the remedy.
    """
    return loaded(path).settings


def loaded(path: Path | None = None) -> Loaded:
    """The settings as `load` gives them, with where each comes from. Raises SettingsError."""
    file = path if path is not None else here()
    in_file = from_here(_read(file), file) if file is not None else {}
    in_environment = _environment()
    try:
        settings = Settings.model_validate(_over(in_file, in_environment))
    except ValidationError as error:
        raise SettingsError(words(error, file, in_environment)) from error
    return Loaded(settings, file, in_file, in_environment)


def overridden(settings: Settings, options: Mapping[str, tuple[str, object]]) -> Settings:
    """The settings with a command's options over them: dotted key -> the option's name and its value, None for unset.

    Raises UsageError, which names the option.
    """
    values: dict[str, Any] = settings.model_dump()
    given = {key: (name, value) for key, (name, value) in options.items() if value is not None}
    for key, (_, value) in given.items():
        *tables, last = key.split(".")
        table = values
        for name in tables:
            table = table[name]
        table[last] = value
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise UsageError(
            "\n".join(_option_problem(detail["loc"], detail["msg"], given) for detail in error.errors())
        ) from error


def _option_problem(location: tuple[int | str, ...], message: str, given: Mapping[str, tuple[str, object]]) -> str:
    key = ".".join(str(part) for part in location)
    name = next((option for known, (option, _) in given.items() if key.startswith(known)), key)
    return f"{name}: {message.removeprefix('Value error, ')}"


def here() -> Path | None:
    """The settings file of the current folder, if there is one."""
    file = Path(FILE_NAME)
    return file if file.is_file() else None


def unknown_variables() -> list[str]:
    """Environment variables that look like settings and are none: misspelt ones, most likely."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    given = [name for name in os.environ if name.upper().startswith(PREFIX)]
    return sorted(name for name in given if name.upper().split("__")[0] not in known)


def _environment() -> dict[str, object]:
    """What the environment gives, in the shape of the settings."""
    _hold_to_json()
    from pydantic.fields import FieldInfo
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

    class Ambient(BaseSettings, Settings):
        """The settings as variables name them."""

        model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    class Variables(EnvSettingsSource):
        """The environment, where lists and tables are JSON and all else is taken as it is written."""

        def decode_complex_value(self, field_name: str, field: FieldInfo | None, value: Any) -> Any:
            return json.loads(value) if _looks_like_json(value) else value

    return dict(Variables(Ambient)())


def _hold_to_json() -> None:
    for name, value in sorted(os.environ.items()):
        if name.upper().startswith(PREFIX) and _looks_like_json(value):
            key = tuple(name.upper().removeprefix(PREFIX).lower().split("__"))
            if not is_text(key) and not _is_json(value):
                raise SettingsError(
                    f'environment variable {name}: is no valid JSON; write lists as \'["one", "two"]\' '
                    'and tables as \'{"key": "value"}\''
                )


def _looks_like_json(value: str) -> bool:
    return value.lstrip()[:1] in ("[", "{")


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """The values of both; where both are tables, key by key, else those above."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _over(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}; name a settings file with --config") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: is not valid TOML: {error}; mend it there") from error
