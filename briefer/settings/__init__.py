"""Settings: a TOML file and the environment in, one frozen `Settings` out. Errors name file, key and remedy."""

from briefer.settings.collecting import Collecting, Collection
from briefer.settings.digests import Digest, Mail
from briefer.settings.house import HouseNames, Outlet
from briefer.settings.loading import (
    FILE_NAME,
    Loaded,
    Origin,
    here,
    load,
    loaded,
    overridden,
    unknown_variables,
)
from briefer.settings.model import Fields, Model, Prices
from briefer.settings.shape import values_of
from briefer.settings.values import Address, Count, Language, Table, known_timezone
from briefer.settings.whole import PREFIX, Settings

__all__ = [
    "FILE_NAME",
    "PREFIX",
    "Address",
    "Collecting",
    "Collection",
    "Count",
    "Digest",
    "Fields",
    "HouseNames",
    "Language",
    "Loaded",
    "Mail",
    "Model",
    "Origin",
    "Outlet",
    "Prices",
    "Settings",
    "Table",
    "here",
    "known_timezone",
    "load",
    "loaded",
    "overridden",
    "unknown_variables",
    "values_of",
]
