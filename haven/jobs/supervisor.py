"""Keeps the processes of one Haven running, and ends all of them when it ends."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from haven.jobs.privileges import end_with_parent

PATIENCE = 3.0
LONGEST_PAUSE = 30.0
STEADY = 60.0
LARGEST_LOG = 10_000_000


class Stopped(BaseException):
    """Somebody asked this process to stop."""


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into `Stopped`, once; later ones must not disturb the ending."""

    def stop(number: int, frame: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, stop) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@dataclass
class Child:
    """One process to be kept running."""

    name: str
    order: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    pause: float = 1.0
    not_before: float = 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that the terminal's Ctrl-C reaches only the supervisor."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.order,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_ready_to_end(),
            )
        self.since = time.monotonic()

    @property
    def is_running(self) -> bool:
        """Say whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def send(self, how: signal.Signals) -> None:
        """Send it and everything that it started a signal."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, how)


def _ready_to_end() -> Callable[[], None]:
    bind = end_with_parent(signal.SIGTERM)

    def prepare() -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        bind()

    return prepare


@dataclass
class Supervisor:
    """Starts children, starts again those that die (`noted` is told), and ends them all together."""

    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    look_after: Callable[[], None] = lambda: None
    noted: Callable[[], None] = lambda: None

    def start(self, child: Child) -> None:
        """Start a child and keep it."""
        self.children.append(child)
        child.start()

    def watch(self) -> None:
        """Look at every child twice a second, for ever; `look_after` looks at what is not a child of ours."""
        while True:
            self.look_after()
            for child in self.children:
                self._tend(child)
            time.sleep(0.5)

    def _tend(self, child: Child) -> None:
        if child.is_running:
            return
        now = time.monotonic()
        if child.process is not None:
            self._note_death(child, now)
        elif now >= child.not_before:
            self.say(f"Starting the {child.name} again.")
            child.start()
            self.noted()

    def _note_death(self, child: Child, now: float) -> None:
        assert child.process is not None
        child.pause = 1.0 if now - child.since > STEADY else min(child.pause * 2, LONGEST_PAUSE)
        child.not_before = now + child.pause
        how = ended(child.process.returncode)
        self.say(f"The {child.name} ended ({how}); it starts again in {child.pause:.0f} s. Its log: {child.log}")
        child.send(signal.SIGKILL)
        child.process = None

    def stop(self) -> None:
        """Ask all to end, wait a little, then make them."""
        for child in self.children:
            if child.is_running and child.process is not None:
                child.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(child.is_running for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def ended(code: int) -> str:
    """How a process ended, in words."""
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
