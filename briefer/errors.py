"""Every error that briefer raises on purpose, as one tree.

BrieferError
├── UsageError            wrong usage or settings                       exit 2
│   └── SettingsError     a settings file or variable that cannot be read
└── WorkError             the work could not be done                    exit 4
    ├── NothingToBrief    no readable article among the sources
    ├── ModelUnavailable  a model that does not answer, and no fallback
    └── OutputError       a result that could not be written

A message names the thing and the remedy. One article that cannot be read is no error: it is a
`types.Failure` in the result, and the run goes on.
"""


class BrieferError(Exception):
    """The root of the tree; its text is fit to be shown to the user as it is."""

    exit_code = 4


class UsageError(BrieferError):
    """The command or the call was given something that it cannot take."""

    exit_code = 2


class SettingsError(UsageError):
    """A settings file, key or environment variable is wrong."""


class WorkError(BrieferError):
    """The work was understood and could not be done."""

    exit_code = 4


class NothingToBrief(WorkError):
    """There is no readable article among all that was collected."""


class ModelUnavailable(WorkError):
    """A model did not answer and nothing could take its place."""


class OutputError(WorkError):
    """A result could not be written where it was asked for."""
