"""Finds or starts the database that a command works on: the embedded one, or a PostgreSQL of the landlord's own."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from haven.environment import Environment
from haven.jobs import embedded, leftovers, roles
from haven.jobs.folder import CannotStart, Folder

DATABASE = "haven"
Say = Callable[[str], None]


def plain(problem: Exception) -> CannotStart:
    """Any failure of the database as a sentence with what to do."""
    if isinstance(problem, psycopg.Error):
        words = str(problem).strip().splitlines()
        return CannotStart(f"The database refused: {words[0] if words else type(problem).__name__}")
    return CannotStart(str(problem))


FAILURES = (embedded.DatabaseFailed, leftovers.StillThere, roles.RolesUnfit, psycopg.Error)


class Embedded:
    """The embedded PostgreSQL of one data folder, started and provisioned."""

    def __init__(self, folder: Folder) -> None:
        words = folder.passwords()
        self.folder = folder
        self.passwords = roles.Passwords(owner=words["owner"], web=words["web"])
        self.cluster = embedded.Cluster(folder.database, words["administrator"], log=folder.logs / "postgres.log")

    def start(self) -> roles.Addresses:
        """Start on what is there, or on a new database; refuse data that a newer PostgreSQL wrote."""
        try:
            leftovers.clear(self.folder.database, self.folder.running().get("sockets"))
            self._check_version()
            if not self.cluster.exists:
                self.cluster.initialise()
            self.cluster.start()
            self.folder.remember(sockets=str(self.cluster.sockets))
            return roles.provision(self.cluster.address("postgres"), DATABASE, self.passwords)
        except FAILURES as problem:
            self.cluster.stop()
            raise plain(problem) from None

    def restart(self) -> None:
        """Start the server again after it died, on the same socket."""
        leftovers.clear(self.folder.database, None)
        self.cluster.start()

    @property
    def is_running(self) -> bool:
        """Say whether the server's process is there."""
        return self.cluster.server is not None and self.cluster.server.poll() is None

    def _check_version(self) -> None:
        if not self.cluster.exists:
            return
        written = (self.folder.database / "PG_VERSION").read_text().strip()
        if written != (ours := embedded.major_version()):
            newer = written.isdigit() and int(written) > int(ours)
            raise embedded.DatabaseFailed(
                f"The data in {self.folder.path} were written by {'a newer' if newer else 'an older'} PostgreSQL "
                f"({written}; this Haven brings {ours}). Use the version of Haven that wrote them, or set HAVEN_DATA "
                "to a new folder."
            )


def own_database(settings: Environment, folder: Folder, say: Say) -> dict[str, str]:
    """The addresses of the landlord's own PostgreSQL, for each role that is known; roles are made where that is asked.

    With DATABASE_ADMIN_URL, or when DATABASE_URL itself signs in as an administrator (for trying out), haven_owner
    and haven_web are made; their passwords are those of the other addresses or are generated into the data folder.
    """
    url, admin = settings.database_url, settings.database_admin_url
    assert url is not None
    try:
        if admin is None and settings.database_owner_url is None and roles.may_make_roles(url):
            say("DATABASE_URL signs in as an administrator: for trying out, Haven makes the roles it needs with it.")
            admin = url
        if admin is None:
            owner = settings.database_owner_url
            return {"DATABASE_URL": url, **({"DATABASE_OWNER_URL": owner} if owner else {})}
        database = str(conninfo_to_dict(url)["dbname"])
        return roles.provision(admin, database, _passwords(settings, folder), ours=False).environment()
    except FAILURES as problem:
        raise plain(problem) from None


def _passwords(settings: Environment, folder: Folder) -> roles.Passwords:
    given = {}
    for role, url in ((roles.OWNER, settings.database_owner_url), (roles.WEB, settings.database_url)):
        parts = conninfo_to_dict(url) if url else {}
        given[role] = parts.get("password") if parts.get("user") == role else None
    made = folder.passwords()
    return roles.Passwords(
        owner=str(given[roles.OWNER] or made["owner"]),
        web=str(given[roles.WEB] or made["web"]),
    )


@contextlib.contextmanager
def at_hand(settings: Environment, say: Say) -> Iterator[None]:
    """Put the database's addresses into the environment for one command: own, running, or started meanwhile."""
    folder = Folder(settings.data)
    with contextlib.ExitStack() as stack:
        if settings.database_url:
            found = own_database(settings, folder, say)
        elif folder.is_held:
            found = _of_the_running(folder)
        elif (folder.database / "PG_VERSION").exists():
            stack.enter_context(folder.held())
            server = Embedded(folder)
            stack.callback(server.cluster.stop)
            found = server.start().environment()
        else:
            raise CannotStart(f"There is no database in {folder.path} yet. Start Haven first (make run).")
        os.environ.update(found)
        yield


def _of_the_running(folder: Folder) -> dict[str, str]:
    sockets = folder.running().get("sockets")
    if not sockets:
        raise CannotStart("Haven is just starting. Try again in a few seconds.")
    server = Embedded(folder)
    server.cluster.sockets = Path(sockets)
    admin = server.cluster.address(DATABASE)
    return roles.addresses(admin, DATABASE, server.passwords).environment()
