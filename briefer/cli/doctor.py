"""What is set up, what is not, and how to mend it."""

import platform
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from briefer import __version__
from briefer.errors import SettingsError, StoreError, UsageError

if TYPE_CHECKING:
    from briefer.settings import Settings

NO_OPTIONS: Mapping[str, tuple[str, object]] = MappingProxyType({})
REINSTALL = "install briefer again: pip install --force-reinstall briefer"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `note` is worth knowing and no fault; `wrong` has a remedy."""

    what: str
    state: Literal["ok", "note", "wrong"]
    found: str
    remedy: str = ""


def examine(config: Path | None, options: Mapping[str, tuple[str, object]] = NO_OPTIONS) -> list[Check]:
    """Look at everything that a run depends on.

    `config` is the settings file that was named, if any; `options` are the command's own, over the settings. A model
    that they name is asked what it can do, with a few tiny calls.
    """
    return [
        Check("briefer", "ok", f"{__version__}, Python {platform.python_version()} on {platform.system()}"),
        _libraries(),
        _pages(),
        _package_files(),
        _ranks(),
        *_settings(config),
        _encoding(),
        *_asking(config, options),
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


def _asking(config: Path | None, options: Mapping[str, tuple[str, object]]) -> Iterator[Check]:
    """The model, and what asking one depends on."""
    from briefer import settings, wiring

    try:
        found = settings.overridden(settings.load(config), options)
        named = wiring.model_named(found)
    except UsageError as error:
        yield Check("model", "wrong", str(error), "mend the setting or option named")
        return
    if not named:
        yield Check("model", "note", "none: the rules reader reads, without network, key or cost")
        return
    yield _prompts(found)
    yield _store(found)
    yield from _server(found)


def _prompts(found: "Settings") -> Check:
    from briefer.prompts import load

    try:
        prompts = load(Path(found.prompts) if found.prompts else None)
    except UsageError as error:
        return Check("prompts", "wrong", str(error).splitlines()[0], "briefer prompts lint shows all faults")
    return Check("prompts", "ok", ", ".join(f"{prompt.name} {prompt.hash}" for prompt in prompts))


def _store(found: "Settings") -> Check:
    from briefer.store import default_file, open_store

    try:
        open_store(found.store).close()
    except StoreError as error:
        return Check("store", "wrong", str(error), "mend it, or name another file as store in the settings")
    return Check("store", "ok", str(found.store or default_file()))


def _server(found: "Settings") -> Iterator[Check]:
    from briefer.wiring.models import probed

    try:
        probe = probed(found)
    except UsageError as error:
        yield Check("model", "wrong", str(error), "mend the setting or option named")
        return
    if probe.faults:
        yield Check("model", "wrong", found.model.name, "\n".join(probe.faults))
        return
    ability, listing = probe.ability, probe.listing
    reads = f", reads {listing.context:,} tokens" if listing.context else ""
    how = f"answers by {ability.form.value} in {ability.seconds:.1f} s" if ability.form else "gives no answer"
    yield Check("model", "ok" if ability.form else "wrong", f"{found.model.name}: {how}{reads}")
    needed = found.model.pack_tokens * 2
    if listing.context and listing.context < needed:
        remedy = f"model.pack_tokens = {max(500, listing.context // 4)} in {_file_name()}"
        yield Check("context", "note", f"{listing.context:,} tokens are few for calls of {needed:,}", remedy)


def _file_name() -> str:
    from briefer import settings

    return settings.FILE_NAME


def _encoding() -> Check:
    encoding = (getattr(sys.stdout, "encoding", None) or "unknown").lower()
    if encoding.replace("-", "") == "utf8":
        return Check("terminal", "ok", "UTF-8")
    return Check("terminal", "note", f"{encoding}: signs it lacks are shown as ?", "set PYTHONUTF8=1")
