"""What is set up, what is not, and how to mend it."""

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from briefer import __version__
from briefer.errors import SettingsError

REINSTALL = "install briefer again: pip install --force-reinstall briefer"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `note` is worth knowing and no fault; `wrong` has a remedy."""

    what: str
    state: Literal["ok", "note", "wrong"]
    found: str
    remedy: str = ""


def examine(config: Path | None) -> list[Check]:
    """Look at everything that a run depends on. `config` is the settings file that was named, if any."""
    return [
        Check("briefer", "ok", f"{__version__}, Python {platform.python_version()} on {platform.system()}"),
        _libraries(),
        _pages(),
        _package_files(),
        _ranks(),
        *_settings(config),
        _encoding(),
        Check("model", "note", "none: the rules reader reads, without network, key or cost"),
    ]


def _libraries() -> Check:
    needed = metadata.requires("briefer") or []
    names = [re.match(r"[\w.-]+", line) for line in needed if "extra ==" not in line]
    missing = [name[0] for name in names if name and not _installed(name[0])]
    if missing:
        return Check("libraries", "wrong", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    return Check("libraries", "ok", f"all {len(names)} are installed")


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _pages() -> Check:
    """Loaded rather than looked for: a reader that is installed can lack a library of its own."""
    from briefer.clean import reader_fault

    if fault := reader_fault():
        return Check(
            "pages", "wrong", f"their reader does not load: {fault}", "pip install trafilatura lxml-html-clean"
        )
    return Check("pages", "ok", "their reader loads")


def _package_files() -> Check:
    missing = [str(file) for file in metadata.files("briefer") or [] if not Path(str(file.locate())).exists()]
    if missing:
        return Check("package files", "wrong", f"missing: {', '.join(missing[:3])}", REINSTALL)
    return Check("package files", "ok", "all there")


def _ranks() -> Check:
    from briefer.chunk import ranks_intact

    if ranks_intact():
        return Check("tokenizer", "ok", "o200k_base ranks, intact")
    return Check("tokenizer", "wrong", "the o200k_base ranks are missing or changed", REINSTALL)


def _settings(config: Path | None) -> Iterator[Check]:
    from briefer import settings

    file = config or settings.here()
    try:
        found = settings.load(config)
    except SettingsError as error:
        yield Check("settings", "wrong", str(error), "mend the file or variable named")
        return
    yield Check("settings", "ok", str(file) if file else f"no {settings.FILE_NAME} here: defaults and environment")
    if found.timezone == "UTC":
        yield Check(
            "timezone",
            "note",
            "UTC",
            f"if the day ends elsewhere for you: timezone in {settings.FILE_NAME}, or --timezone",
        )
    else:
        yield Check("timezone", "ok", found.timezone)
    unknown = settings.unknown_variables()
    if unknown:
        known = ", ".join(f"{settings.PREFIX}{name.upper()}" for name in settings.Settings.model_fields)
        yield Check("environment", "note", f"no settings: {', '.join(unknown)}", f"settings are {known}")


def _encoding() -> Check:
    encoding = (getattr(sys.stdout, "encoding", None) or "unknown").lower()
    if encoding.replace("-", "") == "utf8":
        return Check("terminal", "ok", "UTF-8")
    return Check("terminal", "note", f"{encoding}: signs it lacks are shown as ?", "set PYTHONUTF8=1")
