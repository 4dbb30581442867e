"""Every error that briefer raises on purpose, as one tree.

BrieferError
├── UsageError            wrong usage or settings                       exit 2
│   ├── SettingsError     a settings file or variable that cannot be read
│   ├── PromptError       a prompt file that cannot be used
│   └── ModelRejected     a key, model name or address that the server does not take
├── RecordingMissing      a reply that nobody recorded                  exit 3
├── NoAnswer              one question that a model did not answer; the caller has another way
└── WorkError             the work could not be done                    exit 4
    ├── NothingToBrief    no readable article among the sources
    ├── ModelUnavailable  a model that does not answer, and no fallback
    ├── NotYet            a batch that the server has not answered yet
    ├── StoreError        a store that cannot be read or written
    ├── Stopped           the run was asked to stop; what was paid for is kept
    └── OutputError       a result that could not be written

A message names the thing and the remedy. One article that cannot be read is no error: it is a
`types.Failure` in the result, and the run goes on.
"""

from enum import StrEnum


class Cause(StrEnum):
    """Why a question has no reply."""

    REFUSED = "refused"  # the model or a content filter declined
    TRUNCATED = "truncated"  # the reply ran into its bound
    TOO_LONG = "too_long"  # the prompt is longer than the model reads
    INVALID = "invalid"  # the reply does not satisfy its type, and mending it failed
    REJECTED = "rejected"  # the server does not take this request (400)
    UNAVAILABLE = "unavailable"  # no answer after all tries
    BUDGET = "budget"  # the budget does not allow it
    STOPPED = "stopped"  # the run was asked to stop


class BrieferError(Exception):
    """The root of the tree; its text is fit to be shown to the user as it is."""

    exit_code = 4


class UsageError(BrieferError):
    """The command or the call was given something that it cannot take."""

    exit_code = 2


class SettingsError(UsageError):
    """A settings file, key or environment variable is wrong."""


class PromptError(UsageError):
    """A prompt file is missing, broken or cannot be rendered."""


class ModelRejected(UsageError):
    """The server takes no question at all: the key, the model name or the address is wrong."""


class RecordingMissing(BrieferError):
    """A prompt has no recorded reply; the message names it and shows what changed since the nearest that has."""

    exit_code = 3


class NoAnswer(BrieferError):
    """One question has no reply; `cause` says why. It reaches no user: what asks goes another way."""

    def __init__(self, message: str, cause: Cause, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.cause = cause
        self.retry_after = retry_after
        """Seconds after which the server would have it asked again, where it says so."""


class WorkError(BrieferError):
    """The work was understood and could not be done."""

    exit_code = 4


class NothingToBrief(WorkError):
    """There is no readable article among all that was collected."""


class ModelUnavailable(WorkError):
    """A model did not answer and nothing could take its place."""


class NotYet(WorkError):
    """What was handed in is not answered yet; it can be collected later."""


class StoreError(WorkError):
    """The store cannot be opened, read or written."""


class Stopped(WorkError):
    """The run was asked to stop and did so cleanly."""

    exit_code = 130


class OutputError(WorkError):
    """A result could not be written where it was asked for."""
