"""What `haven up` does: database, schema, fictional landlord, web server and worker, kept running until stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg

from haven.environment import Environment
from haven.jobs import embedded, keys, leftovers
from haven.jobs.databases import FAILURES, Embedded, own_database, plain
from haven.jobs.folder import CannotStart, Folder
from haven.jobs.privileges import end_with_parent
from haven.jobs.supervisor import LONGEST_PAUSE, Child, Stopped, Supervisor, stopping_on_signals

COMMAND = [sys.executable, "-P", "-m", "haven.jobs.cli"]
PATIENCE = 60.0
ENDING = "2"
SECRETS = ("DATABASE_OWNER_URL", "DATABASE_ADMIN_URL")
Say = Callable[[str], None]


def up(settings: Environment, say: Say, *, demo: bool) -> None:
    """Start everything on this machine and keep it running; whatever happens, nothing is left running afterwards."""
    with stopping_on_signals(), ExitStack() as stack:
        try:
            _up(settings, say, demo, stack)
        except Stopped:
            say("Stopping.")


def _up(settings: Environment, say: Say, demo: bool, stack: ExitStack) -> None:
    os.umask(0o077)
    folder = Folder(settings.data)
    folder.prepare()
    stack.enter_context(folder.held())
    _end_leftovers(folder)
    refuse_taken_port(settings)
    found, look_after = _database(settings, folder, say, stack)
    facts = _prepare({**os.environ, **found}, demo)
    supervisor = Supervisor(say, look_after=lambda: _look_after(folder, look_after))
    stack.callback(supervisor.stop)
    for child in _children(settings, folder, found, facts):
        supervisor.start(child)
    supervisor.noted = lambda: _note(settings, folder, supervisor)
    supervisor.noted()
    _wait_until_ready(settings, supervisor)
    _announce(settings, folder, facts, say)
    supervisor.watch()


def _note(settings: Environment, folder: Folder, supervisor: Supervisor) -> None:
    """Keep the note of what is running: for other commands, and for the next start should this one be killed."""
    facts = {**folder.running(), "address": settings.public_url}
    processes = [child.process.pid for child in supervisor.children if child.process is not None]
    folder.remember(**{**facts, "children": [leftovers.identity(each) for each in processes]})


def _end_leftovers(folder: Folder) -> None:
    try:
        leftovers.end_children(folder.running().get("children", []))
    except leftovers.StillThere as problem:
        raise CannotStart(str(problem)) from None


def refuse_taken_port(settings: Environment) -> None:
    """Refuse at once when somebody else listens where Haven would."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except PermissionError:
            raise CannotStart(f"Port {settings.port} is reserved for root. Set HAVEN_PORT to one above 1023.") from None
        except OSError as problem:
            raise CannotStart(
                f"Port {settings.port} on {settings.host} cannot be used ({problem.strerror}). Stop the program that "
                f"uses it, or set HAVEN_PORT to another one: HAVEN_PORT={_another(settings.port)} make run"
            ) from None


def _another(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def _database(
    settings: Environment, folder: Folder, say: Say, stack: ExitStack
) -> tuple[dict[str, str], Callable[[], None]]:
    """The database's addresses, and what to look at now and then while Haven runs."""
    if settings.database_url:
        found = own_database(settings, folder, say)
        _make_or_read_key(settings, is_new=not _holds_haven(found))
        return found, lambda: None
    server = Embedded(folder)
    _make_or_read_key(settings, is_new=not server.cluster.exists)
    if not server.cluster.exists:
        say(f"Making a new database in {folder.path}.")
    say(embedded.ALOUD)
    stack.callback(server.cluster.stop)
    return server.start().environment(), Revival(server, say).look


def _look_after(folder: Folder, look_after: Callable[[], None]) -> None:
    """End when the data folder was taken away: nothing that is done from then on could be kept."""
    if not folder.path.is_dir():
        raise CannotStart(f"The folder {folder.path} is gone. Bring it back, or set HAVEN_DATA to another one.")
    look_after()


@dataclass
class Revival:
    """Starts the embedded database again whenever it died, as often as it takes, with a pause after each failure."""

    server: Embedded
    say: Say
    pause: float = 0.5
    not_before: float = 0.0

    def look(self) -> None:
        """Start the database again if it is not there and the last failure is long enough ago."""
        if self.server.is_running or time.monotonic() < self.not_before:
            return
        self.say("The database ended; starting it again.")
        try:
            self.server.restart()
            self.pause = 0.5
        except FAILURES as problem:
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            self.not_before = time.monotonic() + self.pause
            self.say(f"{plain(problem)} The next try is in {self.pause:.0f} s.")


def _holds_haven(found: dict[str, str]) -> bool:
    try:
        with psycopg.connect(found.get("DATABASE_OWNER_URL", found["DATABASE_URL"])) as connection:
            row = connection.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL").fetchone()
            return bool(row and row[0])
    except psycopg.Error as problem:
        raise plain(problem) from None


def _make_or_read_key(settings: Environment, *, is_new: bool) -> None:
    """Make the deployment's key for new data; for data that are there, it must be there as well."""
    if is_new and not settings.key_file.exists():
        keys.make_key(settings.key_file)
    keys.read_key(settings.key_file)


def _prepare(surroundings: dict[str, str], demo: bool) -> dict[str, Any]:
    """Roles, schema and fictional landlord, in a process of its own that says on standard output what it found."""
    order = [*COMMAND, "database", "prepare", *(["--demo"] if demo else [])]
    with subprocess.Popen(
        order,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=end_with_parent(signal.SIGKILL),
    ) as process:
        try:
            said, _ = process.communicate()
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise CannotStart("The database could not be prepared; the reason is above. Nothing was left running.")
    return dict(json.loads(said))


def _children(settings: Environment, folder: Folder, found: dict[str, str], facts: dict[str, Any]) -> list[Child]:
    surroundings = {name: value for name, value in os.environ.items() if name not in SECRETS}
    surroundings |= {"DATABASE_URL": found["DATABASE_URL"], "HAVEN_DATA": str(settings.data)}
    surroundings["HAVEN_DEMONSTRATION"] = "1" if facts["fictional"] else "0"
    return [
        Child(name, [*COMMAND, what, "--patience", ENDING], surroundings, folder.logs / f"{what}.log")
        for name, what in (("web server", "web"), ("worker", "worker"))
    ]


def _wait_until_ready(settings: Environment, supervisor: Supervisor) -> None:
    local = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host
    address = f"http://{f'[{local}]' if ':' in local else local}:{settings.port}/readyz"
    until = time.monotonic() + PATIENCE
    missing = "it did not answer"
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as answer:
            missing = answer.read(500).decode(errors="replace")
        except OSError:
            pass
        if dead := [child for child in supervisor.children if not child.is_running]:
            raise CannotStart(f"The {dead[0].name} ended at once. Its log says why: {dead[0].log}")
        time.sleep(0.2)
    logs = ", ".join(str(child.log) for child in supervisor.children)
    raise CannotStart(f"Haven was not ready after {PATIENCE:.0f} seconds ({missing}). The logs: {logs}")


def _announce(settings: Environment, folder: Folder, facts: dict[str, Any], say: Say) -> None:
    say(f"\nHaven is ready: {settings.public_url}")
    if facts["fictional"]:
        say("\nEverything in it is invented. One sign-in for each role, at /staff/sign-in:\n")
        for role, email, password in facts["sign_ins"]:
            say(f"  {role:28}  {email:40}  {password}")
    say(f"\nData, keys and logs: {folder.path}\nCtrl-C stops it.")
