"""A model in a GGUF file, served inside this process: a path in, a Server out that the same client calls."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from briefer.errors import UsageError
from briefer.models.server import Server

PREFIX = "gguf:"
MAGIC = b"GGUF"
QUIET = 0
"""The verbosity of llama.cpp at which it writes nothing but what it was asked for."""


@dataclass(frozen=True, slots=True)
class Seats:
    """What a local model has room for: `slots` calls at once, each of `context` tokens with its reply.

    Memory grows with slots times context. `threads` None takes a thread a core.
    """

    context: int = 16_384
    slots: int = 1
    threads: int | None = None


def is_local(model: str) -> bool:
    """Whether a model's name is that of a file: gguf:PATH."""
    return model.startswith(PREFIX)


class LocalServer:
    """A server of one model, from its making to `close` (or as a context); it listens on the loopback alone.

    `server` is what OpenAIWire calls. Raises UsageError for a file or an installation that cannot serve.
    """

    def __init__(self, model: str, *, seats: Seats = Seats(), timeout: float = 600.0) -> None:
        path = _model_file(model.removeprefix(PREFIX))
        # Any page in a browser can call a port of the loopback: it must not have the model read for it.
        key = secrets.token_urlsafe(24)
        self._running: object | None = _started(path, key, seats)
        address: str = self._running.listening_address  # type: ignore[attr-defined]
        self.server = Server(
            f"{address}/v1", PREFIX + path.name, key=key, timeout=timeout, connections=max(seats.slots, 1)
        )

    def close(self) -> None:
        """Stop serving and free the model's memory."""
        self._running = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _model_file(name: str) -> Path:
    """The file, where it is one of a model; raises UsageError."""
    path = Path(name).expanduser()
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) == MAGIC:
                return path
    except OSError as error:
        raise UsageError(f"the model {str(path)!r} cannot be read ({error.strerror}); see --model gguf:PATH") from error
    raise UsageError(f"{str(path)!r} is no GGUF file; see --model gguf:PATH")


def _started(path: Path, key: str, seats: Seats) -> object:
    """A running llama.cpp server; it ends when the last reference to it does."""
    try:
        import xllamacpp  # type: ignore[import-untyped]
    except ImportError as error:
        remedy = "pip install 'briefer[local]'"
        raise UsageError(f"a model from a file needs the extra `local` ({error}): {remedy}") from error
    asked = xllamacpp.CommonParams()
    asked.model.path = str(path)
    asked.model_alias = {PREFIX + path.name}
    asked.n_ctx, asked.n_parallel = seats.context * seats.slots, seats.slots
    asked.cpuparams.n_threads = seats.threads or os.cpu_count() or 1
    asked.hostnames, asked.port, asked.api_keys = ["127.0.0.1"], 0, [key]
    asked.ui, asked.offline, asked.warmup, asked.use_jinja = False, True, False, True
    asked.verbosity = QUIET
    try:
        server = xllamacpp.Server(asked)
        # Closed before its loop runs, it would wait for ever; one token shows that it does, and warms it up.
        server.handle_completions({"prompt": "a", "max_tokens": 1})
    except RuntimeError as error:
        room = f"{seats.slots} × {seats.context} tokens"
        raise UsageError(f"{path} could not be loaded with room for {room}: broken, too new or too large") from error
    running: object = server
    return running
