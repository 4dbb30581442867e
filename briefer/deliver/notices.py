"""The notice to the operator that a digest could not be made: what kind of fault, and what to do; nothing it quotes."""

from briefer.errors import (
    BrieferError,
    ModelRejected,
    ModelUnavailable,
    NothingToBrief,
    PromptError,
    SettingsError,
    StoreError,
)

_KINDS: tuple[tuple[type[BrieferError], str], ...] = (
    (SettingsError, "A setting is wrong, or the mail server does not take our login or sender."),
    (PromptError, "A prompt cannot be used."),
    (ModelRejected, "The model's server takes no question: its key, name or address is wrong."),
    (ModelUnavailable, "The model did not answer, and nothing could take its place."),
    (NothingToBrief, "No article could be read; look whether anything was collected."),
    (StoreError, "The store cannot be read or written."),
    (BrieferError, "The work could not be done."),
)


def kind_of(error: BaseException) -> str:
    """What went wrong, in words that hold nothing of the error's own text: that may quote an article or an address."""
    for kind, told in _KINDS:
        if isinstance(error, kind):
            return told
    return f"briefer has a fault of its own ({type(error).__name__})."


def notice(digest: str, date: str, error: BaseException) -> tuple[str, str]:
    """Subject and text of the notice."""
    subject = f"briefer: the digest {digest} of {date} was not sent"
    text = (
        f"The digest {digest} of {date} could not be made, or could be sent to nobody.\n\n"
        f"{kind_of(error)}\n\n"
        "The log of the run says more. When that is mended, run:\n\n"
        f"    briefer digest send {digest} --date {date}\n\n"
        "This notice is sent once a day and digest.\n"
    )
    return subject, text
