"""Real web and worker processes of Haven on a database of their own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from haven.jobs import keys, roles
from tests.machinery import cluster


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one database of this run is, and the folder with the keys of the run."""

    admin: str
    folder: str
    database: str

    @property
    def addresses(self) -> roles.Addresses:
        """The database's address for each role."""
        return roles.addresses(self.admin, self.database, cluster.PASSWORDS)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a Haven on this database; makes the deployment's key when there is none."""
        data = Path(self.folder, "haven")
        with contextlib.suppress(FileExistsError):
            keys.make_key(data / "keys" / "deployment.key")
        return {
            "DJANGO_SETTINGS_MODULE": "haven.settings",
            "HAVEN_DATA": str(data),
            "HAVEN_DATABASE_POOL": "0",
            "DATABASE_URL": self.addresses.web,
            **more,
        }


def surroundings(place: Place, **more: str) -> dict[str, str]:
    """The environment of a process, with nothing of Haven's but what the place says."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("HAVEN_", "DATABASE_"))}
    return {**plain, **place.environment(**more)}


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class LiveHaven:
    """Web processes, and a worker when asked for, with their addresses and their log."""

    place: Place
    port: int
    log: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, what: str) -> None:
        """Start `web` or `worker`, in a process group of its own."""
        settings = {
            "HAVEN_PORT": str(self.port),
            "HAVEN_DATABASE_POOL": "10",
            "HAVEN_DATA": str(self.log.parent / "haven"),
            "HAVEN_KEY_FILE": str(Path(self.place.folder, "haven", "keys", "deployment.key")),
            **self.more,
        }
        with self.log.open("ab") as log:
            self.processes[what] = subprocess.Popen(
                [sys.executable, "-m", "haven.jobs.cli", what],
                env=surroundings(self.place, **settings),
                cwd=cluster.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, path: str = "/healthz", patience: float = 60) -> None:
        """Wait until a page answers 200; give up with the log's end."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, OSError):
                with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                    if answer.status == 200:
                        return
            dead = [name for name, process in self.processes.items() if process.poll() is not None]
            if dead:
                break
            time.sleep(0.1)
        raise AssertionError(f"{path} did not answer:\n{self.log.read_text(errors='replace')[-3000:]}")

    def kill(self, what: str) -> None:
        """Kill one of the two, with everything that it started, as a power cut would."""
        process = self.processes.pop(what)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End everything in an orderly way, and by force after ten seconds."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        for what in list(self.processes):
            self.kill(what)
