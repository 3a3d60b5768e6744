"""`haven up` for real: it starts, keeps its data, mends itself, ends cleanly, and says plainly why it cannot start."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from haven.jobs import roles
from haven.jobs.databases import Embedded
from haven.jobs.folder import Folder
from haven.jobs.leftovers import working_in
from tests.machinery import cluster
from tests.machinery.trial import Trial

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def used_data(tmp_path_factory):
    """A data folder that has been used once; tests take copies of it."""
    data = tmp_path_factory.mktemp("used") / "data"
    trial = Trial(data).start()
    try:
        trial.ready()
        trial.send(signal.SIGINT, group=True)
        assert trial.ended_within(6) == 0
    finally:
        trial.clear()
    return data


@pytest.fixture
def trial(used_data, tmp_path):
    """A Haven that was started before, not yet started now."""
    shutil.copytree(used_data, tmp_path / "data")
    made = Trial(tmp_path / "data")
    yield made
    made.clear()


@pytest.fixture
def running(trial):
    """A Haven that is ready."""
    return trial.start().ready()


@pytest.fixture(scope="module")
def kept_running(used_data, tmp_path_factory):
    """A Haven that several tests share: whatever they take away comes back."""
    data = tmp_path_factory.mktemp("lasting") / "data"
    shutil.copytree(used_data, data)
    made = Trial(data)
    yield made.start().ready()
    made.clear()


@pytest.fixture
def lasting(kept_running):
    """The Haven that several tests share, having said nothing yet."""
    kept_running.said.write_text("")
    return kept_running


def database_of(trial: Trial) -> str:
    """The address of a running trial's database, as the web role."""
    server = Embedded(Folder(trial.data))
    server.cluster.sockets = Path(Folder(trial.data).running()["sockets"])
    return roles.addresses(server.cluster.address("haven"), "haven", server.passwords).web


def ends_cleanly(trial: Trial, how: signal.Signals, *, group: bool = False) -> None:
    """End it with a signal: within six seconds, and nothing is left behind."""
    sockets = Folder(trial.data).running()["sockets"]
    trial.send(how, group=group)
    assert trial.ended_within(6) == 0
    assert working_in(trial.data / "postgres") == []
    assert not os.path.exists(sockets)
    assert not (trial.data / "running.json").exists()
    assert not (trial.data / "postgres" / "postmaster.pid").exists()


def test_the_second_start_is_quick_and_finds_the_data_of_the_first(trial):
    began = time.monotonic()
    trial.start().ready()
    assert time.monotonic() - began < 20
    key = (trial.data / "keys" / "deployment.key").read_bytes()
    ends_cleanly(trial, signal.SIGTERM)
    trial.start().ready()
    assert (trial.data / "keys" / "deployment.key").read_bytes() == key
    ends_cleanly(trial, signal.SIGHUP, group=True)


def test_ctrl_c_during_the_start_leaves_nothing_behind(trial):
    trial.start()
    trial.wait_for(lambda: working_in(trial.data / "postgres"))
    trial.started = set(trial.family())
    trial.send(signal.SIGINT, group=True)
    assert trial.ended_within(6) == 0


def test_it_starts_again_right_after_it_was_killed_and_takes_its_children_along(running):
    running.send(signal.SIGKILL)
    running.process.wait()
    running.said.write_text("")
    running.start().ready()
    running.send(signal.SIGKILL)
    assert running.ended_within(6) == -signal.SIGKILL


@pytest.mark.parametrize("what", ["gunicorn", "worker"])
def test_a_child_that_dies_is_started_again_and_that_is_said(lasting, what):
    dead = lasting.child(what)
    os.kill(dead, signal.SIGKILL)
    lasting.wait_for(lambda: "starts again in" in lasting.words() and "again." in lasting.words())
    lasting.wait_for(lambda: lasting.status("/readyz") == 200)
    assert lasting.child(what) != dead
    assert "killed by SIGKILL" in lasting.words()


def test_the_database_is_started_again_and_pages_find_it(lasting):
    os.kill(lasting.child("postgres"), signal.SIGKILL)
    lasting.wait_for(lambda: "The database ended" in lasting.words())
    lasting.wait_for(lambda: lasting.status("/readyz") == 200)
    with psycopg.connect(database_of(lasting)) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)


def test_a_database_that_cannot_start_is_tried_again_until_it_can(lasting):
    settings = lasting.data / "postgres" / "postgresql.conf"
    settings.rename(settings.with_name("taken away"))
    os.kill(lasting.child("postgres"), signal.SIGKILL)
    lasting.wait_for(lambda: "The next try is in" in lasting.words())
    assert lasting.status("/readyz") == 503
    settings.with_name("taken away").rename(settings)
    lasting.wait_for(lambda: lasting.status("/readyz") == 200)
    assert "Traceback" not in lasting.words()


def test_it_ends_with_its_folder_and_says_so(running):
    running.data.rename(running.data.with_name("taken away"))
    assert running.ended_within(20) == 1
    assert "is gone" in running.words()
    assert "Traceback" not in running.words()


def test_a_second_one_on_the_same_data_says_so_and_ends(lasting):
    second = Trial(lasting.data).start()
    assert second.process.wait(20) == 1
    assert "already running" in second.words()
    assert lasting.status("/readyz") == 200


def refused(trial: Trial, words: str) -> str:
    """Start it; it must end with exit code 1, in plain words, with nothing left running."""
    trial.start()
    assert trial.process.wait(60) == 1
    said = trial.words()
    assert words in said, said
    assert "Traceback" not in said
    assert working_in(trial.data / "postgres") == []
    return said


def test_a_taken_port_is_said_with_what_to_do(trial):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", trial.port))
        taken.listen()
        said = refused(trial, f"Port {trial.port} on 127.0.0.1 cannot be used")
    assert "HAVEN_PORT=" in said


def test_data_of_a_newer_haven_are_left_alone(trial):
    trial.start().ready()
    owner = database_of(trial).replace("haven_web", "haven_owner")
    passwords = Folder(trial.data).passwords()
    owner = owner.replace(passwords["web"], passwords["owner"])
    with psycopg.connect(owner) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', now())")
    ends_cleanly(trial, signal.SIGINT)
    refused(trial, "belong to a newer version of Haven: they have been through cases.9999_later")


def test_data_of_a_newer_postgresql_are_left_alone(trial):
    (trial.data / "postgres" / "PG_VERSION").write_text("99\n")
    refused(trial, "a newer PostgreSQL (99;")


def test_a_lost_key_is_never_made_anew(trial):
    (trial.data / "keys" / "deployment.key").unlink()
    refused(trial, "Bring it back from where you keep keys")
    assert not (trial.data / "keys" / "deployment.key").exists()


def test_a_lock_file_that_names_another_process_is_stale(trial):
    bystander = subprocess.Popen(["sleep", "100"])
    try:
        lines = [str(bystander.pid), str(trial.data / "postgres"), "1", "5432", "/nowhere", "", "1 1", "ready"]
        (trial.data / "postgres" / "postmaster.pid").write_text("\n".join(lines) + "\n")
        trial.start().ready()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_first_start_that_was_cut_off_is_begun_again(tmp_path):
    unfinished = tmp_path / "data" / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    trial = Trial(tmp_path / "data").start()
    try:
        trial.ready()
    finally:
        trial.clear()
    assert not unfinished.exists()


def test_a_full_disk_is_said_in_plain_words(tmp_path):
    with pytest.raises(AssertionError, match="it ended"):
        Trial(tmp_path / "data", HAVEN_KEY_FILE="/dev/full/key").start().ready()


def test_commands_find_the_running_database_and_one_that_rests(running):
    order = [sys.executable, "-m", "haven.jobs.cli", "database", "migrate"]
    for _ in ("running", "resting"):
        done = subprocess.run(
            order, env=running.environment, cwd=cluster.ROOT, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "The schema is up to date.\n")
        if running.process.poll() is None:
            ends_cleanly(running, signal.SIGINT, group=True)
    assert working_in(running.data / "postgres") == []


def test_passwords_and_roles_of_the_owner_stay_out_of_the_servers(lasting):
    for what in ("gunicorn", "worker"):
        with open(f"/proc/{lasting.child(what)}/environ", "rb") as file:
            surroundings = file.read()
        assert b"haven_web" in surroundings
        assert b"DATABASE_OWNER_URL" not in surroundings
        assert b"DATABASE_ADMIN_URL" not in surroundings
