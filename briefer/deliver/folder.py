"""A folder of .eml files in the place of a mail server: each mail is one file, whole or not there.

A file is named by its Message-ID, so that a mail that goes out again is the same file.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from briefer.deliver.transports import Answer, Envelope
from briefer.errors import OutputError, SettingsError


@dataclass(frozen=True, slots=True)
class FolderTransport:
    """A Transport into a folder, which is made where it is not there."""

    folder: Path

    def open(self) -> None:
        """Make the folder. Raises SettingsError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"mail.folder: {self.folder}: {error.strerror}; name another folder") from error

    def hand_over(self, envelope: Envelope, begin: Callable[[], bool]) -> Answer:
        """Write one mail. Raises OutputError where the disk does not take it."""
        self.open()
        local = envelope.id.rpartition("@")[0]
        file = self.folder / f"{local}.eml"
        try:
            descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.folder)
            try:
                with os.fdopen(descriptor, "wb") as part:
                    part.write(envelope.data)
                    part.flush()
                    os.fsync(part.fileno())
                if not begin():
                    os.unlink(name)
                    return Answer("dropped", "another process took it over")
                os.replace(name, file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise OutputError(f"{file}: {error.strerror}; make room, or name another mail.folder") from error
        return Answer("sent", str(file))

    def close(self) -> None:
        """Nothing is open."""
