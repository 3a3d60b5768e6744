"""The folder of HAVEN_DATA: where the embedded database, keys, files and logs of one Haven live."""

import contextlib
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haven.jobs import keys

ROOM_FOR_NEW = 400_000_000
ROOM_TO_WORK = 100_000_000


class CannotStart(Exception):
    """Haven cannot start; the message is one or two sentences: what is wrong and what to do."""


@dataclass(frozen=True)
class Folder:
    """The data folder and the places in it."""

    path: Path

    @property
    def database(self) -> Path:
        """Where the embedded PostgreSQL keeps its data."""
        return self.path / "postgres"

    @property
    def keys(self) -> Path:
        """The deployment's key and the passwords of the database roles."""
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        """What the programs wrote: events and ids only."""
        return self.path / "log"

    def prepare(self) -> None:
        """Make the folder, readable for its owner only; refuse a place where data must not be."""
        if tree := work_tree(self.path):
            raise CannotStart(
                f"HAVEN_DATA is {self.path}, inside the git work tree {tree}: what people tell Haven could end up in "
                "git. Set HAVEN_DATA to a folder outside it."
            )
        with plain_words(self.path):
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            for part in (self.keys, self.logs):
                part.mkdir(exist_ok=True, mode=0o700)
        self._check_room()

    def _check_room(self) -> None:
        free = shutil.disk_usage(self.path).free
        needed = ROOM_TO_WORK if self.database.exists() else ROOM_FOR_NEW
        if free < needed:
            raise CannotStart(
                f"The disk is full: {free // 1_000_000} MB are free where {self.path} is, and Haven needs "
                f"{needed // 1_000_000} MB. Free some space, or set HAVEN_DATA to a folder on another disk."
            )

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for this process alone, for as long as it lives."""
        with plain_words(self.path), (self.path / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CannotStart(self._who_holds()) from None
            try:
                yield
            finally:
                self.forget()

    def _who_holds(self) -> str:
        running = self.running()
        where = f" at {running['address']}" if running.get("address") else ""
        who = f" (process {running['process']})" if running.get("process") else ""
        return (
            f"Haven is already running on the data in {self.path}{where}{who}. "
            "Stop that one first, or set HAVEN_DATA (and HAVEN_PORT) for a second one."
        )

    def remember(self, **facts: Any) -> None:
        """Note where the running Haven is to be found, for the other commands of this account."""
        path = self.path / "running.json"
        draft = path.with_suffix(".unfinished")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({**facts, "process": os.getpid()}, file)
        draft.rename(path)

    def running(self) -> dict[str, Any]:
        """What the running Haven noted of itself; empty when none is running."""
        try:
            found = json.loads((self.path / "running.json").read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def forget(self) -> None:
        """Take the note away."""
        (self.path / "running.json").unlink(missing_ok=True)

    @property
    def is_held(self) -> bool:
        """Say whether a Haven is running on this folder now."""
        try:
            with (self.path / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def passwords(self) -> dict[str, str]:
        """The passwords of the three roles of the embedded database."""
        return {role: keys.password(self.keys, role) for role in ("administrator", "owner", "web")}


def work_tree(path: Path) -> Path | None:
    """The git work tree that a folder is in, if it is in one."""
    resolved = path.resolve()
    return next((folder for folder in [resolved, *resolved.parents] if (folder / ".git").exists()), None)


@contextlib.contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn what the operating system says about a folder into what to do about it."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CannotStart(
                f"The disk of {path} is full. Free some space, or set HAVEN_DATA to a folder on another disk."
            ) from None
        if problem.errno in (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR):
            raise CannotStart(
                f"Haven may not write in {path} ({problem.strerror}). Set HAVEN_DATA to a folder of your own."
            ) from None
        raise
