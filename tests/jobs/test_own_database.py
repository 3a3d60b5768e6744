"""`haven up` and roles on a PostgreSQL of the landlord's own."""

import signal
import subprocess
import sys

import psycopg
import pytest

from haven.environment import read
from haven.jobs import embedded, roles
from haven.jobs.databases import own_database
from haven.jobs.folder import CannotStart, Folder
from tests.machinery import cluster
from tests.machinery.trial import Trial


@pytest.fixture
def server(tmp_path):
    """A PostgreSQL that knows nothing of Haven; gives its administrator's address."""
    made = embedded.Cluster(tmp_path / "pg", "theirs", settings=cluster.FAST, log=tmp_path / "log")
    made.initialise()
    made.start()
    yield made
    made.stop()


def settings_with(tmp_path, **addresses):
    """The environment with these addresses."""
    return read({"HOME": "/h", "HAVEN_DATA": str(tmp_path / "data"), **addresses})


def test_an_administrators_address_makes_the_roles_and_says_so(server, tmp_path):
    said = []
    settings = settings_with(tmp_path, DATABASE_URL=server.address("haven"))
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE haven")
    found = own_database(settings, Folder(settings.data), said.append)
    assert "signs in as an administrator" in said[0]
    with psycopg.connect(found["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("haven_web",)
    with psycopg.connect(found["DATABASE_OWNER_URL"]) as connection:
        connection.execute("CREATE TABLE kept (words text)")
    with psycopg.connect(found["DATABASE_URL"]) as connection:
        connection.execute("INSERT INTO kept VALUES ('told')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE kept")
    assert own_database(settings, Folder(settings.data), said.append) == found


def test_an_administrator_who_is_no_superuser_is_enough(server, tmp_path):
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE keeper LOGIN CREATEROLE CREATEDB PASSWORD 'keeper'")
    admin = server.address("postgres", user="keeper", password="keeper")
    found = roles.provision(admin, "haven", cluster.PASSWORDS, ours=False)
    with psycopg.connect(found.owner) as connection:
        connection.execute("CREATE TABLE kept (words text)")
    with psycopg.connect(found.web) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_password_of_a_role_that_is_there_is_never_changed(server, tmp_path):
    roles.provision(server.address("postgres"), "haven", cluster.PASSWORDS)
    settings = settings_with(tmp_path, DATABASE_URL=server.address("haven"))
    with pytest.raises(CannotStart, match="haven_owner is there already, with another password"):
        own_database(settings, Folder(settings.data), lambda words: None)
    web = roles.addresses(server.address("postgres"), "haven", cluster.PASSWORDS).web
    psycopg.connect(web).close()


def test_a_web_role_that_may_bypass_row_security_is_refused(server, tmp_path):
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE ROLE haven_web LOGIN BYPASSRLS PASSWORD 'web-in-tests'")
    with pytest.raises(roles.RolesUnfit, match="haven_web is a superuser, may go round row security"):
        roles.provision(server.address("postgres"), "haven", cluster.PASSWORDS, ours=False)


def test_the_roles_own_addresses_are_used_as_they_are(server, tmp_path):
    made = roles.provision(server.address("postgres"), "haven", cluster.PASSWORDS)
    settings = settings_with(tmp_path, DATABASE_URL=made.web, DATABASE_OWNER_URL=made.owner)
    found = own_database(settings, Folder(settings.data), lambda words: None)
    assert found == {"DATABASE_URL": made.web, "DATABASE_OWNER_URL": made.owner}
    assert not settings.data.exists()


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path):
    settings = settings_with(tmp_path, DATABASE_URL="postgresql://haven_web:hunter2@/haven?host=/nowhere")
    with pytest.raises(CannotStart, match="The database refused") as refused:
        own_database(settings, Folder(settings.data), lambda words: None)
    assert "hunter2" not in str(refused.value)


@pytest.mark.slow
def test_haven_starts_on_it_and_leaves_it_running(server, tmp_path):
    roles.provision(server.address("postgres"), "haven", cluster.PASSWORDS)
    made = roles.addresses(server.address("postgres"), "haven", cluster.PASSWORDS)
    trial = Trial(tmp_path / "data", DATABASE_URL=made.web, DATABASE_OWNER_URL=made.owner).start()
    try:
        trial.ready()
        trial.send(signal.SIGINT)
        assert trial.ended_within(6) == 0
    finally:
        trial.clear()
    assert not (tmp_path / "data" / "postgres").exists()
    with psycopg.connect(made.web) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "words"),
    [("web", "DATABASE_OWNER_URL is not set"), ("admin", "a role that row security does not bind")],
)
def test_an_address_that_does_not_fit_is_refused_in_plain_words(server, tmp_path, who, words):
    made = roles.provision(server.address("postgres"), "haven", cluster.PASSWORDS)
    addresses = {
        "web": {"DATABASE_URL": made.web},
        "admin": {"DATABASE_URL": made.admin, "DATABASE_OWNER_URL": made.owner},
    }
    trial = Trial(tmp_path / "data", **addresses[who])
    done = subprocess.run(
        [sys.executable, "-m", "haven.jobs.cli", "database", "prepare"],
        env=trial.environment,
        cwd=cluster.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
