"""A real `haven up` on a data folder of its own, as a person would start it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from haven.jobs.leftovers import working_in
from tests.machinery import cluster, live


class Trial:
    """One `haven up`: started, asked, interrupted, killed; `processes` are all that it started."""

    def __init__(self, data: Path, port: int | None = None, **more: str) -> None:
        self.data = data
        self.port = port or live.free_port()
        self.said = data.with_name(f"{data.name}-said-{self.port}")
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("HAVEN_", "DATABASE_"))}
        self.environment = {**plain, "HAVEN_DATA": str(data), "HAVEN_PORT": str(self.port), **more}
        self.process: subprocess.Popen[bytes] | None = None
        self.started: set[int] = set()

    def start(self, *options: str) -> "Trial":
        """Start it in a process group of its own, as a shell does."""
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "haven.jobs.cli", "up", *options],
                env=self.environment,
                cwd=cluster.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        return self

    def ready(self, patience: float = 90) -> "Trial":
        """Wait until it says so."""
        self.wait_for(lambda: "Haven is ready" in self.words() and self.status("/readyz") == 200, patience)
        self.started = set(self.family())
        return self

    def wait_for(self, condition, patience: float = 30) -> None:
        """Wait until something is so; fail with what Haven said when it ends or time runs out."""
        until = time.monotonic() + patience
        while not condition():
            ended = self.process is not None and self.process.poll() is not None
            if ended or time.monotonic() > until:
                raise AssertionError(f"{'it ended' if ended else 'no answer'}:\n{self.words()}\n{self.logs()}")
            time.sleep(0.1)

    def words(self) -> str:
        """What it said at the terminal."""
        return self.said.read_text(errors="replace")

    def logs(self) -> str:
        """The ends of its logs."""
        return "\n".join(path.read_text(errors="replace")[-1500:] for path in self.data.glob("log/*.log"))

    def status(self, path: str) -> int:
        """The status with which a page answers; 0 when nobody answers."""
        return self.ask(path)[0]

    def ask(self, path: str) -> tuple[int, dict]:
        """Status and JSON of a page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=15) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, json.loads(answer.read() or b"{}")
        except OSError:
            return 0, {}

    def family(self) -> list[int]:
        """Every process below this one, and PostgreSQL's."""
        assert self.process is not None
        found, parents = {self.process.pid}, parents_of_all()
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found | set(working_in(self.data / "postgres")))

    def child(self, words: str) -> int:
        """The process directly below this one whose command line holds these words."""
        assert self.process is not None
        below = [pid for pid, parent in parents_of_all().items() if parent == self.process.pid]
        return next(pid for pid in below if words in command_line(pid))

    def send(self, how: signal.Signals, group: bool = False) -> None:
        """Send a signal to it alone, or to its whole process group as a terminal does."""
        assert self.process is not None
        (os.killpg if group else os.kill)(self.process.pid, how)

    def ended_within(self, seconds: float) -> int:
        """Its exit code; fails when it, or anything that it started, is there after so many seconds."""
        assert self.process is not None
        until = time.monotonic() + seconds
        code = self.process.wait(seconds)
        while left := [pid for pid in self.started if is_alive(pid)]:
            if time.monotonic() > until:
                raise AssertionError(f"left after {seconds} s: {[(pid, command_line(pid)) for pid in left]}")
            time.sleep(0.05)
        return code

    def clear(self) -> None:
        """End whatever is still there."""
        if self.process is None:
            return
        for pid in self.family():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def parents_of_all() -> dict[int, int]:
    """Each process of the machine and its parent."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                found[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    return found


def command_line(pid: int) -> str:
    """How a process was called."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def is_alive(pid: int) -> bool:
    """Say whether a process is there and not merely waiting to be buried."""
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False
