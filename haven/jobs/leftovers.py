"""What a killed Haven left behind: a server that is still ending, a lock file that names nobody, an old socket."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

PATIENCE = 20.0
SHORT_PATIENCE = 4.0


class StillThere(Exception):
    """A process of an earlier Haven would not end; the message says which."""


def clear(data: Path, sockets: str | None) -> None:
    """End any server that still works on this data folder, then take its stale lock and socket away.

    To be called only by whoever holds the data folder: a lock file whose process works on something else is stale.
    """
    _end_servers(data)
    (data / "postmaster.pid").unlink(missing_ok=True)
    if sockets and Path(sockets).name.startswith("haven-"):
        shutil.rmtree(sockets, ignore_errors=True)


def identity(process: int) -> str:
    """What tells a process from a later one with the same number: its number and when it was started."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return f"{process}:{fields[19]}" if fields[0] not in "ZX" else ""
    return ""


def end_children(known: list[str]) -> None:
    """End the children of a killed Haven that are still there, so that port and database are free."""
    until = time.monotonic() + PATIENCE
    while there := [each for each in known if each and identity(int(each.split(":")[0])) == each]:
        how = signal.SIGKILL if time.monotonic() > until - PATIENCE + SHORT_PATIENCE else signal.SIGTERM
        for each in there:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(each.split(":")[0]), how)
        if time.monotonic() > until:
            raise StillThere(
                f"Process {there[0].split(':')[0]} of an earlier Haven will not end. End it, then start again."
            )
        time.sleep(0.1)


def _end_servers(data: Path) -> None:
    until = time.monotonic() + PATIENCE
    postmaster = _postmaster(data)
    while there := working_in(data):
        if time.monotonic() > until:
            raise StillThere(f"PostgreSQL (process {there[0]}) still runs on {data}. End it, then start Haven again.")
        if postmaster in there:
            with contextlib.suppress(ProcessLookupError):
                os.kill(postmaster, signal.SIGINT)
        time.sleep(0.1)


def _postmaster(data: Path) -> int:
    try:
        return int((data / "postmaster.pid").read_text().split("\n")[0])
    except (OSError, ValueError):
        return 0


def working_in(data: Path) -> list[int]:
    """The PostgreSQL processes that work on a data folder."""
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return sorted(number for number in numbers if _works_in(Path("/proc", str(number)), data))


def _works_in(process: Path, data: Path) -> bool:
    try:
        return (process / "comm").read_text() == "postgres\n" and (process / "cwd").samefile(data)
    except PermissionError:
        return _may_work_in(process, data)
    except OSError:
        return False


def _may_work_in(process: Path, data: Path) -> bool:
    """For a process whose folder may not be seen, as in containers: named for the data, or left without its server."""
    with contextlib.suppress(OSError, IndexError):
        order = (process / "cmdline").read_bytes().split(b"\0")
        parent = (process / "stat").read_text().rsplit(")", 1)[1].split()[1]
        return bytes(data) in order or (parent == "1" and order[0].startswith(b"postgres: "))
    return False
