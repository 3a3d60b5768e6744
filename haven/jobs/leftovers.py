"""What a killed Haven left behind: a server that is still ending, a lock file that names nobody, an old socket."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

PATIENCE = 20.0


class StillThere(Exception):
    """A PostgreSQL server is still running on the data and would not end."""


def clear(data: Path, sockets: str | None) -> None:
    """End any server that still works on this data folder, then take its stale lock and socket away.

    To be called only by whoever holds the data folder: a lock file whose process works on something else is stale.
    """
    _end_servers(data)
    (data / "postmaster.pid").unlink(missing_ok=True)
    if sockets and Path(sockets).name.startswith("haven-"):
        shutil.rmtree(sockets, ignore_errors=True)


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
    """The processes whose working folder is the data folder: PostgreSQL's, and nobody else's."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").samefile(data):
                    found.append(int(entry.name))
    return sorted(found)
