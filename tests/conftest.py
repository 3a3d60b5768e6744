"""What every test stands on: settings of a throw-away Haven, its PostgreSQL, and no network but this machine.

Tests that touch rows ask for `db` (one transaction, rolled back). Tests with several processes or threads ask for
`fresh_database` (a database of their own) or `live_haven` (real web processes on a database of their own).
"""

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace

import django
import hypothesis
import pytest
from django.conf import Settings, settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test.client import ClientHandler

from haven.jobs.cli import RARELY
from tests.machinery import cluster, live, network

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.settings")
# Two workers, browsers and a database share two cores: that examples come slowly says nothing about the rules.
hypothesis.settings.register_profile("haven", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("haven")
RUN = pytest.StashKey[cluster.RunCluster | cluster.OwnServer]()
PLACE = pytest.StashKey[live.Place]()
_numbers = itertools.count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Tell the settings where this run's database will be, before Django reads them."""
    worker = getattr(config, "workerinput", None)
    if worker is None:
        own = os.environ.get("DATABASE_ADMIN_URL") or os.environ.get("DATABASE_URL")
        run = config.stash[RUN] = cluster.OwnServer(own) if own else cluster.RunCluster()
        surroundings = {"admin": run.admin, "folder": str(run.folder)}
        if getattr(config.option, "numprocesses", None):
            run.start()
    else:
        surroundings = {"admin": worker["admin"], "folder": worker["folder"]}
    name = f"haven_{worker['workerid'] if worker else 'alone'}"
    config.stash[PLACE] = live.Place(**surroundings, database=name)
    for word in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"):
        os.environ.pop(word, None)
    os.environ.update(config.stash[PLACE].environment())
    network.guard()
    django.setup()
    _share_middleware()
    # Passwords are hashed as always, but not for a quarter of a second each; real processes do as they do.
    ScryptPasswordHasher.work_factor = 2**4


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Hand the run's database on to a worker of pytest-xdist."""
    run = node.config.stash[RUN]
    node.workerinput.update(admin=run.admin, folder=str(run.folder))


def _share_middleware() -> None:
    """Let test clients share one chain of middleware: to load it reads every built file, and takes longer than a page."""
    load, kept = ClientHandler.load_middleware, {}

    def load_once(handler: ClientHandler) -> None:
        if not isinstance(settings._wrapped, Settings):  # a test has settings of its own
            load(handler)
            return
        if not kept:
            load(handler)
            kept.update({name: value for name, value in vars(handler).items() if name.endswith(("_middleware", "_chain"))})
        vars(handler).update(kept)

    ClientHandler.load_middleware = load_once


def pytest_collection_finish() -> None:
    """Leave what was loaded out of garbage collection; that it is looked through again and again takes long."""
    gc.freeze()
    gc.set_threshold(*RARELY)


LONGEST = (
    "tests/journeys/test_everybody_public.py", "tests/journeys/test_everybody_desk.py", "tests/crash", "tests/journeys",
    "tests/web/staff/test_looks.py", "tests/jobs/test_up.py", "tests/demo", "tests/web", "tests/jobs", "tests/evidence",
)  # fmt: skip
"""What takes longest, begun first, so that at the end no core waits for the other."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""

    def place(item: pytest.Item) -> int:
        return next((number for number, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=place)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run's database with the run."""
    if run := config.stash.get(RUN, None):
        run.stop()


@pytest.fixture(scope="session")
def database_server(pytestconfig: pytest.Config) -> str:
    """The address of this run's PostgreSQL for its administrator; started when it is first asked for."""
    if run := pytestconfig.stash.get(RUN, None):
        run.start()
    return pytestconfig.stash[PLACE].admin


@pytest.fixture(scope="session")
def django_db_setup(pytestconfig: pytest.Config, database_server: str) -> Iterator[None]:
    """Give this process its own copy of the migrated template; `default` signs in to it as haven_web."""
    from django.db import connections

    with cluster.cloned(database_server, pytestconfig.stash[PLACE].database) as name:
        # A worker of pytest-xdist may have read the settings before it learnt its own database's name.
        connections["default"].settings_dict["NAME"] = name
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def place(pytestconfig: pytest.Config) -> live.Place:
    """Where this process's own database is."""
    return pytestconfig.stash[PLACE]


@pytest.fixture(scope="session")
def clone_database(place: live.Place, database_server: str) -> Callable[..., AbstractContextManager[live.Place]]:
    """Make further databases, each dropped at the end of its `with`: clone_database() or clone_database(template)."""

    @contextmanager
    def clone(template: str = cluster.TEMPLATE) -> Iterator[live.Place]:
        name = f"{place.database}_{next(_numbers)}"
        with cluster.cloned(database_server, name, template):
            yield replace(place, database=name)

    return clone


@pytest.fixture
def fresh_database(clone_database, django_db_setup, django_db_blocker) -> Iterator[live.Place]:
    """A database of this test's own, committed to for real: for threads, other processes and other roles.

    `default` points at it for the length of the test; `fresh_database.addresses.owner` and `.admin` are for looking
    behind the web role's back. Not to be combined with `db`.
    """
    from django.db import connections

    settings = connections["default"].settings_dict
    before = settings["NAME"]
    with clone_database() as place, django_db_blocker.unblock():
        connections.close_all()
        settings["NAME"] = place.database
        try:
            yield place
        finally:
            connections.close_all()
            settings["NAME"] = before


@pytest.fixture(scope="module")
def rolled_back(django_db_setup, django_db_blocker):
    """One transaction for a whole module: what its fixtures make is made once, and rolled back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def live_haven(clone_database, tmp_path_factory) -> Iterator[Callable[..., live.LiveHaven]]:
    """Start real web processes: `live_haven(worker=False, place=None, **environment)`; stopped with the module.

    Without a place they get a database of their own; `fresh_database` can be given as the place.
    """
    with ExitStack() as stack:

        def start(*, worker: bool = False, place: live.Place | None = None, **more: str) -> live.LiveHaven:
            where = place or stack.enter_context(clone_database())
            log = tmp_path_factory.mktemp("live") / "log"
            haven = live.LiveHaven(where, live.free_port(), log, more=more)
            stack.callback(haven.stop)
            for what in ("web", "worker") if worker else ("web",):
                haven.start(what)
            haven.wait()
            return haven

        yield start


@pytest.fixture
def tyne(db):
    """A team."""
    from tests.cases import cast

    return cast.team("Tyne")


@pytest.fixture
def worker(tyne):
    """Its caseworker."""
    from tests.cases import cast

    return cast.caseworker(tyne, name="Ada Worker")


@pytest.fixture
def other(tyne):
    """Another caseworker of the team."""
    from tests.cases import cast

    return cast.caseworker(tyne, name="Cy Colleague")


@pytest.fixture
def boss(tyne):
    """Its manager."""
    from tests.cases import cast

    return cast.manager(tyne, name="Bo Manager")


@pytest.fixture
def head(db):
    """The head of the service."""
    from tests.cases import cast

    return cast.head(name="Hetty Head")
