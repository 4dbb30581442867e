"""The machine's own sendmail: a mail on its standard input, its exit code as the answer. No shell takes part."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from briefer.deliver.headers import words
from briefer.deliver.transports import Answer, Envelope
from briefer.errors import SettingsError

_REFUSED = frozenset({os.EX_DATAERR, os.EX_NOUSER, os.EX_NOHOST, os.EX_UNAVAILABLE})
_WRONGLY_SET = frozenset({os.EX_USAGE, os.EX_NOPERM, os.EX_CONFIG})


@dataclass(frozen=True, slots=True)
class SendmailTransport:
    """A Transport by a program that takes sendmail's arguments; `timeout` in seconds."""

    program: str
    timeout: float = 60.0

    def open(self) -> None:
        """Look whether the program is there. Raises SettingsError."""
        if not os.access(self.program, os.X_OK) or os.path.isdir(self.program):
            raise SettingsError(f"mail.sendmail: there is no program {self.program}; install one, or use SMTP")

    def hand_over(self, envelope: Envelope, begin: Callable[[], bool]) -> Answer:
        """Hand one mail over, from a file: of a pipe that breaks, sendmail would send what it had."""
        self.open()
        with tempfile.TemporaryFile() as mail:
            mail.write(envelope.data.replace(b"\r\n", b"\n"))
            mail.seek(0)
            if not begin():
                return Answer("dropped", "another process took it over")
            command = [self.program, "-i", "-f", envelope.sender, "--", envelope.recipient]
            try:
                done = subprocess.run(command, stdin=mail, capture_output=True, timeout=self.timeout)
            except subprocess.TimeoutExpired:
                return Answer("deferred", f"{self.program} did not end in {self.timeout:.0f} s", doubtful=True)
            except OSError as error:
                raise SettingsError(f"mail.sendmail: {self.program}: {error.strerror}") from error
        return self._answer(done.returncode, done.stderr or done.stdout)

    def close(self) -> None:
        """Nothing is open."""

    def _answer(self, code: int, said: bytes) -> Answer:
        told = words(f"{os.path.basename(self.program)} ended with {code}: {said.decode('utf-8', 'replace')}")
        if code == 0:
            return Answer("sent")
        if code in _WRONGLY_SET:
            raise SettingsError(f"mail.sendmail: {told}; check the program and mail.sender")
        if code in _REFUSED:
            return Answer("refused", told)
        return Answer("deferred", told, doubtful=code < 0)
