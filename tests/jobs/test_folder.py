"""The data folder: where it may be, who holds it, and what is said when it cannot be used."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from haven.jobs import folder as folders
from haven.jobs.folder import CannotStart, Folder, plain_words


def test_it_is_for_its_owner_only(tmp_path):
    Folder(tmp_path / "data").prepare()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data", tmp_path / "data" / "keys")]
    assert modes == [0o700, 0o700]


def test_it_is_refused_inside_a_git_work_tree(tmp_path):
    (tmp_path / "project" / ".git").mkdir(parents=True)
    with pytest.raises(CannotStart, match="inside the git work tree"):
        Folder(tmp_path / "project" / "deep" / "data").prepare()
    assert not (tmp_path / "project" / "deep").exists()


def test_it_is_refused_inside_a_linked_work_tree_too(tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(CannotStart, match="git"):
        Folder(tmp_path / "project" / "data").prepare()


def test_a_nearly_full_disk_is_refused_before_anything_starts(tmp_path, monkeypatch):
    free = folders.shutil.disk_usage(tmp_path)._replace(free=50_000_000)
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda path: free)
    with pytest.raises(CannotStart, match="The disk is full: 50 MB are free"):
        Folder(tmp_path / "data").prepare()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk of .* is full"),
        (errno.EDQUOT, "disk of .* is full"),
        (errno.EACCES, "may not write in"),
        (errno.EROFS, "may not write in"),
    ],
)
def test_what_the_system_refuses_is_said_in_plain_words(tmp_path, number, words):
    with pytest.raises(CannotStart, match=words), plain_words(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_second_one_is_told_who_holds_it(tmp_path):
    first = Folder(tmp_path)
    with first.held():
        first.remember(address="http://127.0.0.1:8000")
        assert first.is_held
        with pytest.raises(
            CannotStart, match=rf"already running .* at http://127.0.0.1:8000 \(process {os.getpid()}\)"
        ):
            Folder(tmp_path).held().__enter__()
    assert not first.is_held
    assert first.running() == {}


def test_a_killed_holder_holds_nothing(tmp_path):
    script = (
        "import os, pathlib, signal\nfrom haven.jobs.folder import Folder\n"
        f"folder = Folder(pathlib.Path({str(tmp_path)!r}))\nholding = folder.held()\nholding.__enter__()\n"
        "folder.remember()\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -9
    assert Folder(tmp_path).running()
    with Folder(tmp_path).held():
        assert Folder(tmp_path).is_held


def test_a_damaged_note_counts_as_none(tmp_path):
    (tmp_path / "running.json").write_text('{"process": 1')
    assert Folder(tmp_path).running() == {}


def test_passwords_are_made_once_and_for_the_owner_only(tmp_path):
    made = Folder(tmp_path).passwords()
    assert Folder(tmp_path).passwords() == made
    assert len(set(made.values())) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}
