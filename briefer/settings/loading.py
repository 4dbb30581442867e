"""Settings: a TOML file and the environment in, one frozen `Settings` out.

The environment beats the file: `BRIEFER_TIMEZONE=Asia/Damascus`, `BRIEFER_FIELDS__TITLE='["headline"]'`.
Every error is a SettingsError that names the file or variable, the key and the remedy.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from briefer.errors import SettingsError, UsageError
from briefer.settings.whole import Settings

FILE_NAME = "briefer.toml"
PREFIX = "BRIEFER_"


def load(path: Path | None = None) -> Settings:
    """The settings of a TOML file and the environment. Without a path: ./briefer.toml if it is there, else defaults.

    Raises SettingsError, which names the file or variable, the key and the remedy.
    """
    file = path if path is not None else here()
    return _ambient(_read(file) if file is not None else {}, file)


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


def _ambient(values: dict[str, Any], file: Path | None) -> Settings:
    from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
    from pydantic_settings import SettingsError as Undecodable

    class Ambient(BaseSettings, Settings):
        """Settings whose keyword arguments are the file's, and are beaten by the environment."""

        model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return env_settings, init_settings

    try:
        found = Ambient(**values)
    except ValidationError as error:
        raise SettingsError(_words(error, file)) from error
    except Undecodable as error:
        raise SettingsError(f'environment: {error}; write lists as JSON, such as \'["headline", "kicker"]\'') from error
    return Settings.model_validate(found.model_dump())


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}; name a settings file with --config") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: is not valid TOML: {error}") from error


def _words(error: ValidationError, file: Path | None) -> str:
    return "\n".join(_problem(detail["loc"], detail["type"], detail["msg"], file) for detail in error.errors())


def _problem(location: tuple[int | str, ...], kind: str, message: str, file: Path | None) -> str:
    key = ".".join(str(part) for part in location)
    variable = f"{PREFIX}{'__'.join(str(part) for part in location)}".upper()
    named = next((name for name in os.environ if name.upper() == variable), "")
    where = f"environment variable {named}" if named else f"{file or 'environment'}: {key}"
    if kind == "extra_forbidden":
        return f"{where}: there is no such setting; {_alternatives(location)}"
    return f"{where}: {message.removeprefix('Value error, ')}"


def _alternatives(location: tuple[int | str, ...]) -> str:
    model: type[BaseModel] = Settings
    for part in location[:-1]:
        annotation = model.model_fields[str(part)].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
    return f"there are: {', '.join(model.model_fields)}"
