"""The deployment's key: made once, never replaced, and missed in plain words."""

import stat

import pytest

from haven.jobs import keys


def test_a_new_key_is_32_bytes_for_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "deployment.key"
    keys.make_key(path)
    assert len(keys.read_key(path)) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_key_that_is_there_is_never_replaced(tmp_path):
    path = tmp_path / "deployment.key"
    keys.make_key(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        keys.make_key(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_key_says_what_is_lost_and_what_to_do(tmp_path):
    with pytest.raises(keys.KeyUnusable, match=r"cannot be read .* Bring it back"):
        keys.read_key(tmp_path / "deployment.key")
    assert keys.signing_key(tmp_path / "deployment.key") == ""


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_file_that_is_no_key_is_refused(tmp_path, length):
    (tmp_path / "deployment.key").write_bytes(b"k" * length)
    with pytest.raises(keys.KeyUnusable, match=f"has {length} bytes"):
        keys.read_key(tmp_path / "deployment.key")


def test_the_signing_key_is_derived_and_does_not_show_the_key(tmp_path):
    for name in ("a", "b"):
        keys.make_key(tmp_path / name)
    assert keys.signing_key(tmp_path / "a") == keys.signing_key(tmp_path / "a") != keys.signing_key(tmp_path / "b")
    assert keys.read_key(tmp_path / "a").hex() not in keys.signing_key(tmp_path / "a")
