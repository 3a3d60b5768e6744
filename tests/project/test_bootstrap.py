"""bin/bootstrap: makes what is missing, does nothing twice, and begins again where it was cut off."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAIN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A small project with bin/bootstrap as it is, prepared once."""
    project = tmp_path_factory.mktemp("project")
    (project / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "bootstrap", project / "bin")
    (project / "haven" / "jobs" / "cli").mkdir(parents=True)
    (project / "haven" / "jobs" / "catalogues.py").write_text("")
    (project / "haven" / "jobs" / "cli" / "__main__.py").write_text("import sys; print('said', *sys.argv[1:])")
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (project / lock).write_text("")
    assert bootstrap(project).returncode == 0
    return project


def bootstrap(project: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it as make does."""
    order = [sys.executable, "bin/bootstrap", *options]
    return subprocess.run(order, cwd=project, env={**PLAIN, **more}, capture_output=True, text=True, check=False)


def test_the_command_works_from_anywhere(prepared, tmp_path):
    order = [prepared / ".venv" / "bin" / "haven", "up", "--demo"]
    done = subprocess.run(order, cwd=tmp_path, env=PLAIN, capture_output=True, text=True, check=True)
    assert done.stdout == "said up --demo\n"


def test_a_second_time_nothing_is_done(prepared):
    stamp = prepared / ".venv" / "requirements.txt.installed"
    before = stamp.stat().st_mtime_ns
    done = bootstrap(prepared)
    assert (done.returncode, done.stdout) == (0, "")
    assert stamp.stat().st_mtime_ns == before


def test_a_changed_lock_is_installed(prepared):
    (prepared / "requirements.txt").write_text("# changed\n")
    assert "Installing the packages of requirements.txt" in bootstrap(prepared).stdout
    assert bootstrap(prepared).stdout == ""


def test_cut_off_while_installing_it_makes_the_environment_anew(prepared):
    half = prepared / ".venv" / "half-installed"
    half.touch()
    (prepared / ".venv" / "installing").touch()
    done = bootstrap(prepared)
    assert done.returncode == 0
    assert "Making .venv." in done.stdout
    assert not half.exists()
    assert not (prepared / ".venv" / "installing").exists()


def test_what_cannot_be_installed_is_not_counted_as_installed(prepared):
    lock = prepared / "requirements-dev.txt"
    lock.write_text("no-such-package-of-anybody==1.0 --hash=sha256:" + "0" * 64 + "\n")
    done = bootstrap(prepared, "--check", PIP_NO_INDEX="1", HAVEN_TEST_BROWSER="0")
    assert done.returncode == 1
    assert not (prepared / ".venv" / "requirements-dev.txt.installed").exists()
    lock.write_text("")


def test_without_a_browser_its_package_is_named(prepared, tmp_path):
    script = f"import runpy, sys; sys.argv = ['bootstrap']; found = runpy.run_path({str(prepared / 'bin' / 'bootstrap')!r})\n"
    script += "found['find_browser'].__globals__['BROWSERS'] = ('no-such-browser',)\nsys.exit(found['find_browser']())"
    order = [sys.executable, "-c", script]
    done = subprocess.run(order, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "chromium" in done.stderr
    assert "HAVEN_TEST_BROWSER=0" in done.stderr


def test_switched_off_browser_tests_need_no_browser(prepared):
    done = bootstrap(prepared, "--check", HAVEN_TEST_BROWSER="0")
    assert done.returncode == 0
    assert "switched off" in done.stdout
