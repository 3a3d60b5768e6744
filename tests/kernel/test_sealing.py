"""Sealing: what goes in comes out, for the right key in the right place and never otherwise."""

import os
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haven.kernel import rotation, sealing
from haven.kernel.models import SealingKey
from haven.kernel.sealing import Unreadable, seal, unseal

AT = datetime(2026, 11, 22, 18, tzinfo=UTC)
HARD_TEXTS = [
    "",
    "\0 before and after \0",
    "🏳️‍🌈👩🏾‍🦽 they said “go home”",
    "\u202eright to left\u202c \u2067עברית\u2069 العربية",
    "á and a\u0301 are not made one",
    "x" * 1_000_000,
    "🙂" * 1_000_000,
]


@pytest.mark.parametrize("text", HARD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_what_was_sealed_comes_back_to_the_last_character(text):
    key = os.urandom(32)
    assert unseal(key, seal(key, text.encode(), "reports.report.account"), "reports.report.account").decode() == text


@settings(deadline=None)
@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_come_back_and_do_not_show(plain, context):
    key = os.urandom(32)
    sealed = seal(key, plain, context)
    assert unseal(key, sealed, context) == plain
    assert len(sealed) == len(plain) + 28
    assert len(plain) < 8 or plain not in sealed


def test_the_same_words_never_look_the_same_twice():
    key = os.urandom(32)
    assert len({seal(key, b"yes", "a") for _ in range(100)}) == 100


def test_another_key_opens_nothing():
    with pytest.raises(Unreadable):
        unseal(os.urandom(32), seal(os.urandom(32), b"words", "a"), "a")


def test_what_was_moved_to_another_column_does_not_open():
    key = os.urandom(32)
    with pytest.raises(Unreadable):
        unseal(key, seal(key, b"words", "people.person.name"), "people.person.email")


def test_every_changed_byte_is_noticed():
    key = os.urandom(32)
    sealed = seal(key, b"words", "a")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unreadable):
            unseal(key, bytes(changed), "a")


@pytest.mark.parametrize("length", [0, 1, 7, 12, 27])
def test_ciphertext_that_was_cut_off_does_not_open(length):
    key = os.urandom(32)
    with pytest.raises(Unreadable):
        unseal(key, seal(key, b"words", "a")[:length], "a")


def test_keys_for_different_purposes_have_nothing_in_common():
    assert sealing.derived_key("words") != sealing.derived_key("codes")
    assert sealing.keyed_hash("codes", "1234") != sealing.keyed_hash("other", "1234")
    assert sealing.purpose_key(bytes(32), "evidence") != sealing.purpose_key(bytes(32), "other")


@pytest.mark.django_db
def test_a_record_key_is_wrapped_and_comes_back():
    made = SealingKey.objects.create_for("report")
    again = SealingKey.objects.get(pk=made.pk)
    assert again.record_key() == made.record_key()
    assert made.record_key() not in bytes(again.wrapped)


@pytest.mark.django_db
def test_a_wrapped_key_does_not_open_as_the_key_of_another_kind_of_record():
    made = SealingKey.objects.create_for("report")
    SealingKey.objects.filter(pk=made.pk).update(kind="person")
    with pytest.raises(Unreadable):
        SealingKey.objects.get(pk=made.pk).record_key()


@pytest.mark.django_db
def test_a_destroyed_key_is_gone_from_the_row_and_from_memory():
    key = SealingKey.objects.create_for("report")
    key.record_key()
    key.destroy(at=AT)
    with pytest.raises(Unreadable):
        key.record_key()
    kept = SealingKey.objects.get(pk=key.pk)
    assert (kept.wrapped, kept.destroyed_at) == (None, AT)


@pytest.mark.django_db
def test_destroying_a_key_twice_keeps_the_first_time():
    key = SealingKey.objects.create_for("report")
    key.destroy(at=AT)
    key.destroy(at=AT.replace(year=2027))
    assert SealingKey.objects.get(pk=key.pk).destroyed_at == AT


# Rotation of the wrapping key


@pytest.fixture
def key_file(tmp_path, settings):
    """A deployment key file of this test's own."""
    path = tmp_path / "first.key"
    path.write_bytes(os.urandom(32))
    settings.HAVEN_KEY_FILE = path

    def replace(content):
        fresh = tmp_path / f"{os.urandom(4).hex()}.key"
        fresh.write_bytes(content)
        settings.HAVEN_KEY_FILE = fresh
        return content

    replace.now = lambda: settings.HAVEN_KEY_FILE.read_bytes()
    return replace


@pytest.mark.django_db
def test_record_keys_outlive_two_rotations_of_the_wrapping_key(key_file):
    made = [SealingKey.objects.create_for("report") for _ in range(5)]
    plain = {key.pk: key.record_key() for key in made}
    first, tokens = key_file.now(), sealing.derived_key("words")
    for _ in range(2):
        key_file(rotation.begun(key_file.now()))
        assert {k.pk: k.record_key() for k in SealingKey.objects.filter(pk__in=plain)} == plain
        assert rotation.rewrap_all(batch=2) >= 5
        assert rotation.rewrap_all() == 0
        key_file(rotation.finished(key_file.now()))
        assert {k.pk: k.record_key() for k in SealingKey.objects.filter(pk__in=plain)} == plain
    assert len(key_file.now()) == 64
    assert sealing.derived_key("words") == tokens, "search and codes go on working"
    key_file(first)
    with pytest.raises(Unreadable):
        SealingKey.objects.get(pk=made[0].pk).record_key()


@pytest.mark.django_db
def test_rotation_leaves_destroyed_keys_destroyed(key_file):
    key = SealingKey.objects.create_for("report")
    key.destroy(at=AT)
    key_file(rotation.begun(key_file.now()))
    rotation.rewrap_all()
    assert SealingKey.objects.get(pk=key.pk).wrapped is None


@pytest.mark.parametrize("length", [0, 31, 33, 63])
def test_a_key_file_of_the_wrong_length_is_refused(key_file, length):
    key_file(os.urandom(length))
    with pytest.raises(Unreadable):
        sealing.deployment_key()
    with pytest.raises(Unreadable):
        rotation.begun(os.urandom(length))
