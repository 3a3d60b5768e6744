"""The command line as a person meets it: help, exit codes, plain refusals."""

import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from haven.jobs import cli
from tests.machinery import cluster, live


def haven(*order: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    surroundings = {"PATH": "/usr/bin:/bin", **environment}
    return subprocess.run(
        [sys.executable, "-m", "haven.jobs.cli", *order],
        cwd=cluster.ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def at(fresh_database):
    """The environment of a command on a database of this test's own."""
    return live.surroundings(fresh_database)


@pytest.mark.parametrize("name", sorted(set(cli.COMMANDS) - {"django"}))
def test_every_command_explains_itself(name):
    if not cli.is_there(cli.COMMANDS[name][0]):
        assert name not in CliRunner().invoke(cli.haven, ["--help"]).output.split()
        return
    said = CliRunner().invoke(cli.haven, [name, "--help"])
    assert said.exit_code == 0
    assert len(said.output.splitlines()[2].strip()) > 20


def test_help_lists_the_commands_in_the_order_in_which_people_meet_them():
    said = CliRunner().invoke(cli.haven, ["--help"]).output
    offered = [line.split()[0] for line in said.split("Commands:")[1].splitlines() if line.strip()]
    assert offered[0] == "up"
    assert {"up", "web", "worker", "database", "key", "demo", "pack", "trail", "duties", "staff"} <= set(offered)


def test_an_unknown_command_is_refused():
    done = haven("upp")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_what_cannot_be_used_in_the_environment_is_said_without_a_traceback():
    done = haven("up", HAVEN_PORT="eighty", HAVEN_DATA="/h")
    assert done.returncode == 1
    assert done.stderr.startswith("haven: HAVEN_PORT: must be a whole number")
    assert "Traceback" not in done.stderr


def test_commands_say_when_there_is_no_database_yet(tmp_path):
    done = haven("trail", "verify", HAVEN_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stderr.split(".")[0]) == (1, f"haven: There is no database in {tmp_path}/data yet")
    assert not (tmp_path / "data").exists()


def test_commands_say_when_the_database_does_not_answer(tmp_path):
    done = haven(
        "duties", "rebuild", HAVEN_DATA=str(tmp_path), DATABASE_URL="postgresql://a:hunter2@/haven?host=/nowhere"
    )
    assert done.returncode == 1
    assert done.stderr.startswith("haven: The database refused")
    assert "hunter2" not in done.stderr


@pytest.mark.parametrize("what", ["web", "worker"])
def test_servers_alone_need_a_database_and_the_key(what, tmp_path):
    done = haven(what, HAVEN_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "deployment's key" in done.stderr
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "deployment.key").write_bytes(b"k" * 32)
    done = haven(what, HAVEN_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "DATABASE_URL is not set" in done.stderr


def test_a_new_key_is_made_once(tmp_path):
    path = tmp_path / "keys" / "deployment.key"
    assert haven("key", "new", HAVEN_KEY_FILE=str(path), HAVEN_DATA=str(tmp_path)).returncode == 0
    key = path.read_bytes()
    again = haven("key", "new", HAVEN_KEY_FILE=str(path), HAVEN_DATA=str(tmp_path))
    assert (again.returncode, path.read_bytes()) == (1, key)


def test_a_pack_is_checked_by_file_and_line(tmp_path):
    good = haven("pack", "check")
    assert (good.returncode, good.stdout.strip().endswith("in order.")) == (0, True)
    broken = tmp_path / "pack"
    shutil.copytree(cluster.ROOT / "packs" / "example", broken)
    file = sorted(broken.glob("*.toml"))[0]
    file.write_text(f"{file.read_text()}\nthis is not TOML\n")
    done = haven("pack", "check", str(broken))
    assert done.returncode == 1
    line = len(file.read_text().splitlines())
    assert done.stdout.startswith(f"{file.name}:{line}:")


def test_a_command_works_on_a_database_of_ones_own(at):
    done = haven("staff", "list", **at)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
