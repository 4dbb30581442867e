"""Which process has a mail in hand, and whether that process has surely ended.

Linux tells: a process is its number in its namespace and the moment of its start, since this boot. Elsewhere, and of
a process of another machine or container, nothing is sure, and what it has in hand is free when its lease is over.
"""

import os
import platform
from pathlib import Path

_PROC = Path("/proc")
_NOWHERE = "elsewhere"


def owner() -> str:
    """The name of this process, other than that of any other before, after or elsewhere."""
    return "/".join((_where(), str(os.getpid()), _start(os.getpid())))


def gone(name: str) -> bool:
    """Whether the process of a name has surely ended."""
    where, _, process = name.rpartition("/")[0].rpartition("/")
    start = name.rpartition("/")[2]
    if _NOWHERE in where or where != _where() or not process.isdecimal():
        return False
    found = _start(int(process))
    return found != start if found else not _runs(int(process))


def _runs(process: int) -> bool:
    """Whether there is such a process; one of another user may be there, and hidden."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    fields = _stat(process)
    return not fields or fields[0] not in "ZX"


def _where() -> str:
    """This machine since its last boot, and the namespace in which processes have their numbers."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.readlink(_PROC / 'self/ns/pid')}"
    except OSError:
        return f"{_NOWHERE} {platform.node()[:40]}"


def _start(process: int) -> str:
    """When a process began, in ticks since the boot; "" where none runs, or nothing is known."""
    fields = _stat(process)
    return fields[19] if fields and fields[0] not in "ZX" else ""


def _stat(process: int) -> list[str]:
    """What Linux tells of a process from its state on (proc_pid_stat(5), field 3); [] where it tells nothing."""
    try:
        stat = (_PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return stat.rpartition(")")[2].split()
