"""Opening: verified each time, entered in the trail each time, and openable without Haven in a disaster."""

import hashlib
import io
import os
import subprocess
import threading

import pyrage
import pytest

from haven.evidence import access, actions, reading, store
from haven.evidence.choices import Copying, Scan, Size, Trouble
from haven.evidence.memory import Budget, Held, NoRoom
from haven.evidence.models import Copy, Item
from haven.kernel.action import SYSTEM
from haven.kernel.decision import Refused
from haven.kernel.models import SealingKey
from haven.kernel.sealing import Unreadable
from haven.trail.models import Entry
from tests.evidence import samples
from tests.evidence.samples import AT, stored

JPEG = samples.telling_jpeg()


@pytest.fixture
def item(keep):
    """A picture that was scanned and copied."""
    kept = keep(JPEG)
    actions.record_scan(item=kept, result=Scan.CLEAN, found="", by=SYSTEM, at=AT)
    return actions.make_copies(item=kept, by=SYSTEM, at=AT)


def path_of(row):
    return store.store().path(row.stored_as)


def original(item, about):
    return access.open_original(item, about=about, by=SYSTEM, at=AT)


def entries(about):
    return [(e.act, e.outcome, e.codes) for e in Entry.objects.filter(chain=about.trail_chain).order_by("seq")]


def test_the_original_comes_back_whole_and_the_opening_is_in_the_trail(item, about):
    assert original(item, about).read() == JPEG
    assert entries(about) == [("evidence.original_asked_for", "done", {"item": item.pk})]


def test_a_copy_has_nothing_but_pixels_and_looking_at_it_is_in_the_trail(item, about):
    seen = access.open_copy(item, Size.PAGE, about=about, by=SYSTEM, at=AT).read()
    assert seen.startswith(b"\xff\xd8\xff")
    assert b"SECRET" not in seen
    assert entries(about) == [("evidence.copy_asked_for", "done", {"item": item.pk, "size": "page"})]


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED, Scan.UNSCANNED, Scan.IMPOSSIBLE])
def test_an_original_that_no_scanner_passed_is_refused_and_the_refusal_kept(item, about, scan):
    actions.record_scan(item=item, result=scan, found="", by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        original(item, about)
    assert refused.value.decision.remedy
    assert refused.value.decision.guard == "evidence.may_open_original"
    assert [(act, outcome) for act, outcome, _ in entries(about)] == [("evidence.original_asked_for", "refused")]
    assert access.open_copy(item, Size.PAGE, about=about, by=SYSTEM, at=AT).read(), "its copy may be seen all the same"


@pytest.mark.parametrize("copying", [Copying.NONE, Copying.WAITING, Copying.IMPOSSIBLE])
def test_where_there_is_no_copy_nothing_is_shown(item, about, copying):
    item.copying = copying
    with pytest.raises(Refused):
        access.open_copy(item, Size.SMALL, about=about, by=SYSTEM, at=AT)


# Damage


def flip(path, place):
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))


def replace_with_another_age_file(path, sealing_key):
    out = io.BytesIO()
    pyrage.encrypt_io(io.BytesIO(b"\xff\xd8\xff forged"), out, [store.identity_for(sealing_key).to_public()])
    path.write_bytes(out.getvalue())


DAMAGE = {
    "a flipped bit": lambda path, key: flip(path, -20),
    "a changed head": lambda path, key: flip(path, 5),
    "cut short": lambda path, key: path.write_bytes(path.read_bytes()[:-40]),
    "emptied": lambda path, key: path.write_bytes(b""),
    "forged by somebody who has the key": replace_with_another_age_file,
    "swapped for a plain file": lambda path, key: path.write_bytes(JPEG),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_changed_original_is_never_handed_out_and_the_trail_says_so(item, about, sealing_key, damage):
    DAMAGE[damage](path_of(item), sealing_key)
    with pytest.raises(access.Damaged, match="not the one that was given"):
        original(item, about)
    assert Item.objects.get(pk=item.pk).trouble == Trouble.CHANGED
    assert entries(about)[1:] == [("evidence.found_damaged", "done", {"item": item.pk, "trouble": "changed"})]


def test_a_missing_original_is_told_plainly(item, about):
    path_of(item).unlink()
    with pytest.raises(access.Damaged, match="missing"):
        original(item, about)
    assert Item.objects.get(pk=item.pk).trouble == Trouble.MISSING
    with pytest.raises(Refused, match="missing"):
        original(item, about)


def test_a_file_of_another_record_does_not_open(item, about, keep):
    other = keep(JPEG, key=SealingKey.objects.create_for("report"))
    path_of(item).write_bytes(path_of(other).read_bytes())
    with pytest.raises(access.Damaged):
        original(item, about)


def test_a_damaged_copy_is_made_again_from_the_original(item, about):
    copy = item.copies.get(size=Size.PAGE)
    flip(path_of(copy), -10)
    with pytest.raises(access.Damaged):
        access.open_copy(item, Size.PAGE, about=about, by=SYSTEM, at=AT)
    again = Item.objects.get(pk=item.pk)
    assert (again.copying, again.trouble) == (Copying.WAITING, "")
    actions.make_copies(item=again, by=SYSTEM, at=AT)
    assert access.open_copy(again, Size.PAGE, about=about, by=SYSTEM, at=AT).read(3) == b"\xff\xd8\xff"


def test_copies_made_again_leave_no_old_files(item, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.make_copies(item=item, by=SYSTEM, at=AT)
    assert len(stored(files)) == 3
    assert Copy.objects.count() == 2


def test_no_copy_is_made_of_what_the_scanner_held_back_or_of_a_changed_original(item):
    actions.record_scan(item=item, result=Scan.INFECTED, found="Eicar", by=SYSTEM, at=AT)
    assert actions.make_copies(item=item, by=SYSTEM, at=AT).copying == Copying.IMPOSSIBLE
    actions.record_scan(item=item, result=Scan.CLEAN, found="", by=SYSTEM, at=AT)
    flip(path_of(item), -10)
    made = actions.make_copies(item=item, by=SYSTEM, at=AT)
    assert (made.copying, made.trouble, made.copies.count()) == (Copying.IMPOSSIBLE, Trouble.CHANGED, 0)


def test_a_destroyed_key_makes_the_files_noise(item, about):
    item.sealing_key.destroy(at=AT)
    with pytest.raises(Unreadable):
        original(Item.objects.get(pk=item.pk), about)


def test_a_name_that_is_not_ours_leads_nowhere(files):
    for name in ("../../../etc/passwd", "", "A" * 32, "0" * 31, "0" * 31 + "/"):
        with pytest.raises(store.Missing):
            store.store().path(name)


# Without Haven


def test_pyrage_alone_opens_a_stored_file_with_the_records_identity(item, sealing_key):
    identity = pyrage.x25519.Identity.from_str(str(store.identity_for(sealing_key)))
    assert pyrage.decrypt(path_of(item).read_bytes(), [identity]) == JPEG


@pytest.mark.skipif(os.environ.get("HAVEN_TEST_SCANNER") == "0", reason="HAVEN_TEST_SCANNER=0")
def test_debians_age_opens_a_stored_file(item, sealing_key, tmp_path):
    identity = tmp_path / "identity.txt"
    identity.write_text(f"{store.identity_for(sealing_key)}\n")
    opened = subprocess.run(
        ["age", "--decrypt", "--identity", identity, path_of(item)], capture_output=True, check=True, timeout=30
    )
    assert hashlib.sha256(opened.stdout).digest() == bytes(item.sha256)


def test_the_identity_is_the_same_every_time_and_another_for_each_record(sealing_key, db):
    again = SealingKey.objects.get(pk=sealing_key.pk)
    other = SealingKey.objects.create_for("report")
    assert str(store.identity_for(again)) == str(store.identity_for(sealing_key)) != str(store.identity_for(other))


# Memory


def test_room_in_memory_is_counted_and_given_back():
    budget = Budget(100)
    with Held(budget) as held:
        held.write(bytes(60))
        assert budget.held == 60
        with pytest.raises(NoRoom):
            Held(budget).write(bytes(41))
    assert budget.held == 0


def test_room_comes_back_when_a_file_is_forgotten_unclosed():
    budget = Budget(100)
    Held(budget).write(bytes(100))
    assert budget.held == 0


def test_an_opening_that_finds_no_room_says_so_and_keeps_none(item, monkeypatch):
    small = Budget(10)
    monkeypatch.setattr(reading, "Held", lambda patience: Held(small, 0))
    with pytest.raises(NoRoom):
        reading.opened(item)
    assert small.held == 0


def test_a_disk_that_cannot_be_read_is_not_taken_for_a_changed_file(item, sealing_key, monkeypatch):
    class Broken(io.BytesIO):
        def read(self, count=-1):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(store.Path, "open", lambda path, mode: Broken())
    with pytest.raises(OSError, match="Input/output"):
        reading.opened(item)


def test_an_opening_waits_a_while_for_others_to_give_room_back():
    budget = Budget(100)
    first, second = Held(budget), Held(budget, patience=20)
    first.write(bytes(80))
    giving = threading.Timer(0.3, first.close)
    giving.start()
    second.write(bytes(60))
    giving.join()
    assert budget.held == 60
    second.close()
