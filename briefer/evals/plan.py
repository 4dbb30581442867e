"""A folder of evals: its path, or that of its cases or of one case, in; what is run there, and how, out.

    FOLDER/evals.toml      how the cases are run; without it, by the rules
    FOLDER/cases/NAME/     the cases
    FOLDER/recordings/     what was answered, a file a case
    FOLDER/baseline.json   what was accepted

What decides on the briefings stands in evals.toml alone, so that the same folder gives the same result to anybody.
How a live model is reached, and what it may cost, is the business of the user's own settings.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefer.errors import SettingsError, UsageError
from briefer.evals.cases import case_folders
from briefer.settings import Address, Count, Language, Prices

FILE_NAME = "evals.toml"

_SHAPE = ConfigDict(extra="forbid", frozen=True)
_Name = Annotated[str, Field(max_length=300)]


class Run(BaseModel):
    """[run]: how the cases are briefed. A `model` reads them unless `extractor` says otherwise; `by` labels who it is.

    `prompts` is a folder, beside evals.toml. `review` is which claims the model judges itself before any is withheld.
    `repeats` is how often each case is briefed; repetitions are recorded apart.
    """

    model_config = _SHAPE

    extractor: Literal["rules", "llm"] | None = None
    model: _Name = ""
    by: _Name = ""
    base_url: Address = ""
    prompts: str = ""
    language: Language = "en"
    prose: bool = True
    review: Literal["off", "unclear", "all"] = "unclear"
    pack_tokens: Count = 8400
    repeats: Annotated[int, Field(ge=1, le=100)] = 1
    prices: Prices | None = None

    @property
    def by_model(self) -> bool:
        """Whether a model reads. Raises UsageError where one should and none is named."""
        if self.extractor == "llm" and not self.model:
            raise UsageError(f"extractor llm needs a model: name it with --model, or under [run] in {FILE_NAME}")
        return bool(self.model) and self.extractor != "rules"


class Judge(BaseModel):
    """[judge]: the model that is asked about every claim of a briefing, without a say in it; none without a name."""

    model_config = _SHAPE

    model: _Name = ""
    by: _Name = ""
    base_url: Address = ""


class Sheet(BaseModel):
    """evals.toml."""

    model_config = _SHAPE

    run: Run = Run()
    judge: Judge = Judge()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of evals. `chosen` are the cases to be run, by name; `names` are those of all cases of the folder."""

    root: Path
    chosen: tuple[Path, ...]
    names: frozenset[str]
    run: Run = Run()
    judge: Judge = Judge()

    @property
    def asks(self) -> bool:
        """Whether a model is asked at all, recorded or live."""
        return self.run.by_model or bool(self.judge.model)

    @property
    def recordings(self) -> Path:
        """Where replies are recorded, a file a case."""
        return self.root / "recordings"

    @property
    def baseline(self) -> Path:
        """What was accepted."""
        return self.root / "baseline.json"

    def tape(self, case: str) -> Path:
        """The recording of a case."""
        return self.recordings / f"{case}.jsonl"

    def overridden(self, options: Mapping[str, tuple[str, object]]) -> "Folder":
        """The folder with a command's options over its settings: "run.model" -> the option's name and value, or None.

        Raises UsageError, which names the option.
        """
        given = {key: (name, value) for key, (name, value) in options.items() if value is not None}
        values = Sheet(run=self.run, judge=self.judge).model_dump()
        for key, (_, value) in given.items():
            table, _, last = key.partition(".")
            values[table][last] = value
        try:
            sheet = Sheet.model_validate(values)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            key = ".".join(map(str, wrong["loc"][:2]))
            raise UsageError(f"{given[key][0] if key in given else key}: {_words(wrong['msg'])}") from error
        return replace(self, run=sheet.run, judge=sheet.judge)


def read(folder: Path) -> Folder:
    """The folder of evals that is named, or that the named cases are of.

    Raises UsageError where there is no case, and SettingsError that names line and key of a fault in evals.toml.
    """
    chosen = tuple(case_folders(folder))
    cases = chosen[0].parent
    root = cases.parent if cases.name == "cases" else cases
    sheet = _sheet(root / FILE_NAME)
    names = frozenset(each.name for each in case_folders(cases))
    return Folder(root, chosen, names, sheet.run, sheet.judge)


def _sheet(file: Path) -> Sheet:
    if not file.is_file():
        return Sheet()
    text = _text(file)
    try:
        sheet = Sheet.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{file}: is not valid TOML: {error}") from error
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise SettingsError(
            "\n".join(_fault(file, text, each["loc"], each["type"], each["msg"]) for each in found)
        ) from error
    if sheet.run.prompts:
        beside = str(file.parent / sheet.run.prompts)
        return sheet.model_copy(update={"run": sheet.run.model_copy(update={"prompts": beside})})
    return sheet


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}; make it readable or remove it") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from error


def _fault(file: Path, text: str, location: tuple[int | str, ...], kind: str, message: str) -> str:
    key = ".".join(map(str, location))
    where = f"{file}:{line}" if (line := _line(text, location)) else str(file)
    if kind == "extra_forbidden":
        tables: Mapping[Any, type[BaseModel]] = {"run": Run, "judge": Judge}
        there = tables.get(location[0], Sheet) if len(location) > 1 else Sheet
        return f"{where}: {key}: there is no such setting; there are: {', '.join(there.model_fields)}"
    return f"{where}: {key}: {_words(message)}"


def _line(text: str, location: tuple[int | str, ...]) -> int:
    """The line of a key, or of its table; 0 where it is written in a way that is not looked for."""
    table, found = "", 0
    for number, row in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([\w.-]+)\s*\]", row):
            table = header[1]
        key = re.match(r"\s*([\w-]+)\s*=", row)
        named = ".".join(filter(None, [table, key[1] if key else ""]))
        if named and named == ".".join(map(str, location[: named.count(".") + 1])):
            found = number
    return found


def _words(message: str) -> str:
    return message.removeprefix("Value error, ")
