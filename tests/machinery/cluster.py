"""A throw-away PostgreSQL for one run of the tests.

The template database is built once for each state of the migrations and kept as a stopped data folder; a run copies
that folder, so it need not migrate again. Everything lives in shared memory where there is some, and ends with the
run, even when the run is killed: the kernel ends the server, and the next run clears the folder away.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import distributions
from pathlib import Path

import psycopg

from haven.jobs import embedded, privileges, roles

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "haven_template"
FILLED = "haven_filled"
"""The same with the fictional landlord in it; made by the first test of a run that wants it."""
KEPT_TEMPLATES = 4
PASSWORDS = roles.Passwords(owner="owner-in-tests", web="web-in-tests")
ADMINISTRATOR_PASSWORD = "administrator-in-tests"
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def home() -> Path:
    """The private folder of this account's test databases."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2_000_000_000
    folder = (memory if roomy else Path(tempfile.gettempdir())) / f"haven-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


def fingerprint() -> str:
    """What the template depends on: every migration, the parts there are, and the packages with theirs."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("haven/*/migrations/*.py"), *ROOT.glob("haven/jobs/roles.py")]):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for package in sorted(f"{each.name}=={each.version}" for each in distributions()):
        digest.update(package.encode())
    return digest.hexdigest()[:16]


class RunFolder:
    """A private folder for the length of one run; it goes with the run, or with the next when this one is killed."""

    def __init__(self) -> None:
        with (home() / "sweeping").open("a") as alone:
            fcntl.flock(alone, fcntl.LOCK_EX)
            _sweep()
            self.path = Path(tempfile.mkdtemp(prefix="run-", dir=home()))
            self._lock = _locked(self.path / "lock")

    def clear(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


def _sweep() -> None:
    """Clear away what killed runs left, and templates of migrations long past."""
    for folder in home().glob("run-*"):
        with contextlib.suppress(BlockingIOError, FileNotFoundError):
            _locked(folder / "lock").close()
            shutil.rmtree(folder, ignore_errors=True)
    kept = sorted(home().glob("template-*"), key=lambda each: each.stat().st_mtime, reverse=True)
    for folder in kept[KEPT_TEMPLATES:]:
        shutil.rmtree(folder, ignore_errors=True)


class OwnServer:
    """A PostgreSQL of the developer's own for one run (DATABASE_URL signs in as its administrator)."""

    def __init__(self, url: str) -> None:
        self.admin = url
        self._run = RunFolder()
        self.folder = self._run.path
        self._ready = False

    def start(self) -> None:
        """Make the template anew when the migrations have changed."""
        if self._ready:
            return
        if _comment(self.admin) != fingerprint():
            roles.drop(self.admin, TEMPLATE)
            migrate(roles.provision(self.admin, TEMPLATE, PASSWORDS, ours=False), self.folder)
            with psycopg.connect(self.admin, autocommit=True) as connection:
                connection.execute(f"COMMENT ON DATABASE {TEMPLATE} IS '{fingerprint()}'")
        self._ready = True

    def stop(self) -> None:
        """Leave the template for the next run."""
        if self._ready:
            roles.drop(self.admin, FILLED)
        self._run.clear()


def _comment(admin: str) -> str:
    with psycopg.connect(admin) as connection:
        asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        row = connection.execute(asked, [TEMPLATE]).fetchone()
    return str(row[0]) if row else ""


class RunCluster:
    """The PostgreSQL of one run, planned at once and started when the first test wants it."""

    def __init__(self) -> None:
        self._run = RunFolder()
        self.folder = self._run.path
        self.cluster = embedded.Cluster(
            self.folder / "data", ADMINISTRATOR_PASSWORD, settings=FAST, log=self.folder / "log"
        )
        self.cluster.sockets = self.folder / "sockets"
        self.cluster.sockets.mkdir()
        privileges.hand_over(self.cluster.sockets)
        self.admin = self.cluster.address("postgres")
        self._ready = False

    def start(self) -> None:
        """Start the server on a copy of the template, which is built first when the migrations have changed."""
        if self._ready:
            return
        kept = home() / f"template-{fingerprint()}"
        if not kept.exists():
            self._build(kept)
        if not self.cluster.exists:
            shutil.copytree(kept, self.cluster.folder)
            privileges.hand_over(self.cluster.folder)
            os.utime(kept)
        self.cluster.start()
        self._ready = True

    def _build(self, kept: Path) -> None:
        self.cluster.initialise()
        self.cluster.start()
        made = roles.provision(self.admin, TEMPLATE, PASSWORDS)
        migrate(made, self.folder)
        self.cluster.stop_server()
        draft = kept.with_name(f"{kept.name}.{os.getpid()}")
        shutil.copytree(self.cluster.folder, draft)
        with contextlib.suppress(OSError):
            draft.rename(kept)
        shutil.rmtree(draft, ignore_errors=True)

    def stop(self) -> None:
        """Stop the server and leave nothing behind."""
        self.cluster.stop()
        self._run.clear()


def _locked(path: Path):
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise
    return file


class CannotMigrate(Exception):
    """The migrations do not run on an empty database; the message ends with why."""


def migrate(made: roles.Addresses, data: Path) -> None:
    """Migrate a database as its owner, in a process of its own."""
    settings = {"HAVEN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "haven.settings"}
    order = ["migrate", "--database=owner", "--verbosity=0", "--skip-checks"]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", *order],
        env={**os.environ, **made.environment(), **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotMigrate(done.stderr[-2500:])


def filled(admin: str, folder: str, fill: Callable[[str], None]) -> str:
    """Return the name of this run's database with something in it, which the first that asks fills by its name."""
    done = Path(folder, "filled")
    with Path(folder, "filling").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not done.exists():
            roles.drop(admin, FILLED)
            roles.clone(admin, TEMPLATE, FILLED)
            fill(FILLED)
            done.touch()
    return FILLED


@contextlib.contextmanager
def cloned(admin: str, name: str, template: str = TEMPLATE) -> Iterator[str]:
    """A database of its own, copied from a template and dropped afterwards."""
    roles.drop(admin, name)
    roles.clone(admin, template, name)
    try:
        yield name
    finally:
        roles.drop(admin, name)
