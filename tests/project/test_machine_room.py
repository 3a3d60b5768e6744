"""What the machine room promises about the project's own files."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,_-]+\])?==\S+( ; .+)? \\$")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_and_hash_everything_and_name_no_registry(lock):
    lines = (ROOT / lock).read_text().splitlines()
    assert all(PINNED.match(line) or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines)
    assert len([line for line in lines if PINNED.match(line)]) > 20


def test_everything_asked_for_is_locked_and_says_what_it_is_for():
    for name in ("requirements.in", "requirements-dev.in"):
        locked = {
            match[1]
            for line in (ROOT / name.replace(".in", ".txt")).read_text().splitlines()
            if (match := PINNED.match(line))
        }
        asked = [line for line in (ROOT / name).read_text().splitlines() if line and line[0] not in "#-"]
        assert asked
        for line in asked:
            assert re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-") in locked, line
            assert re.search(r"\s{2,}# .{10,}", line), f"{line}: say what it is for"


def test_what_runs_is_the_same_with_and_without_the_checks():
    runs, checks = ({line for line in (ROOT / lock).read_text().splitlines() if "==" in line} for lock in LOCKS)
    assert runs <= checks


def test_the_build_machine_runs_what_everybody_runs():
    script = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]
    assert script[-1] == "exec make test"
    assert all(line.split()[0] in ("set", "cd", "exec") for line in script)


@pytest.mark.parametrize("script", ["bin/bootstrap", "bin/check", ".ci/run"])
def test_scripts_may_be_run(script):
    listed = subprocess.run(
        ["git", "ls-files", "-s", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert listed.startswith("100755")
