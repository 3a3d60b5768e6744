"""Changing the wrapping key from the command line, in steps that lose nothing."""

import subprocess
import sys

import pytest

from tests.machinery import cluster, live


@pytest.fixture
def haven(fresh_database, tmp_path):
    """Run `haven` on a database and with a key file of this test's own."""
    path = tmp_path / "deployment.key"

    def run(*order):
        environment = live.surroundings(fresh_database, HAVEN_KEY_FILE=str(path), HAVEN_DATA=str(tmp_path))
        command = [sys.executable, "-m", "haven.jobs.cli", *order]
        return subprocess.run(
            command, env=environment, cwd=cluster.ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    run.path = path
    assert run("key", "new").returncode == 0
    return run


def test_the_wrapping_key_is_changed_in_three_steps(haven, settings, tmp_path):
    from haven.kernel.models import SealingKey
    from haven.kernel.sealing import Unreadable

    def seen_by(path):
        """What the program reads with this key file (each process reads it once)."""
        fresh = tmp_path / f"copy-{len(list(tmp_path.iterdir()))}"
        fresh.write_bytes(path.read_bytes())
        settings.HAVEN_KEY_FILE = fresh

    seen_by(haven.path)
    key = SealingKey.objects.create_for("report")
    plain, first = key.record_key(), haven.path.read_bytes()

    began = haven("key", "begin-change")
    assert began.returncode == 0, began.stderr
    assert haven.path.stat().st_mode & 0o777 == 0o600
    assert haven.path.with_name("deployment.key.before-1").read_bytes() == first

    early = haven("key", "end-change")
    assert early.returncode == 1
    assert "has not been restarted" in early.stderr

    assert "Wrapped 0 keys" in haven("key", "rewrap").stdout, "the refused end has wrapped them already"
    ended = haven("key", "end-change")
    assert ended.returncode == 0, ended.stderr
    assert len(haven.path.read_bytes()) == 64

    seen_by(haven.path)
    assert SealingKey.objects.get(pk=key.pk).record_key() == plain
    seen_by(haven.path.with_name("deployment.key.before-1"))
    with pytest.raises(Unreadable):
        SealingKey.objects.get(pk=key.pk).record_key()
