"""briefer: one structured daily briefing from a day of war reporting, every claim on the words of a source.

    from briefer import brief

    briefing = brief(["articles/"], date="2031-04-16", timezone="Asia/Damascus")

Nothing is imported until it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefer.checking import Checked
    from briefer.errors import BrieferError, ModelRejected, NothingToBrief, SettingsError, UsageError, WorkError
    from briefer.settings import Settings
    from briefer.settings import load as load_settings
    from briefer.types import (
        Article,
        Briefing,
        Claim,
        Event,
        Evidence,
        Fate,
        Finding,
        Front,
        Gap,
        Holding,
        Party,
        Passage,
        Place,
        Reason,
        Ruling,
        SourceRecord,
        Statement,
        Status,
        When,
    )
    from briefer.wiring import brief, check

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BrieferError",
    "Briefing",
    "Checked",
    "Claim",
    "Event",
    "Evidence",
    "Fate",
    "Finding",
    "Front",
    "Gap",
    "Holding",
    "ModelRejected",
    "NothingToBrief",
    "Party",
    "Passage",
    "Place",
    "Reason",
    "Ruling",
    "Settings",
    "SettingsError",
    "SourceRecord",
    "Statement",
    "Status",
    "UsageError",
    "When",
    "WorkError",
    "__version__",
    "brief",
    "check",
    "load_settings",
]

_HOMES = {
    "BrieferError": "errors",
    "Checked": "checking",
    "ModelRejected": "errors",
    "NothingToBrief": "errors",
    "Settings": "settings",
    "SettingsError": "errors",
    "UsageError": "errors",
    "WorkError": "errors",
    "brief": "wiring",
    "check": "wiring",
    "load_settings": "settings",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"briefer.{_HOMES.get(name, 'types')}")
    return getattr(home, "load" if name == "load_settings" else name)


def __dir__() -> list[str]:
    return __all__
