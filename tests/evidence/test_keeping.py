"""Keeping a file: sealed, hashed and recorded, or refused in words that help."""

import hashlib
import io
import os
import stat

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from haven.evidence import actions, limits, rules
from haven.evidence.choices import Copying, Kind, Scan
from haven.evidence.models import Item
from haven.evidence.reading import opened
from haven.evidence.store import identity_for, store
from haven.evidence.uploads import RefusedUpload
from haven.kernel.action import SYSTEM
from haven.kernel.decision import Refused
from haven.kernel.models import SealingKey
from haven.kernel.sealing import Unreadable
from haven.trail.models import Entry
from tests.evidence import samples
from tests.evidence.samples import AT, stored

JPEG = samples.picture()


def refusal_of(keep, content, name="x"):
    with pytest.raises(Refused) as refused:
        keep(content, name)
    return refused.value.decision


@pytest.mark.parametrize("media_type", samples.EVERY_TYPE)
def test_every_type_is_kept_to_the_last_byte(keep, media_type):
    content = samples.EVERY_TYPE[media_type]
    item = keep(content, "anything.exe")
    assert item.media_type == media_type
    assert item.size == len(content)
    assert bytes(item.sha256) == hashlib.sha256(content).digest()
    assert opened(Item.objects.get(pk=item.pk)).read() == content


def test_the_type_follows_the_content_and_not_the_name(keep):
    assert keep(samples.pdf(), "holiday.jpg").kind == Kind.DOCUMENT


def test_the_stored_file_is_noise_that_only_its_owner_may_read(keep, files):
    item = keep(JPEG, "Mrs Adeyemi's door.jpg")
    [path] = stored(files)
    content = path.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert JPEG[:20] not in content
    assert "Adeyemi" not in str(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.name == f"{item.stored_as}.age"
    assert path.parent == files / item.stored_as[:2] / item.stored_as[2:4]


def test_the_given_name_is_tidied_and_sealed(keep):
    item = keep(JPEG, "C:\\Users\\ama\\\u202egnp.door\0.jpg")
    assert Item.objects.get(pk=item.pk).given_name == "gnp.door.jpg"
    assert keep(JPEG, "../../etc/passwd").given_name == "passwd"
    assert keep(JPEG, "\0\u202e").given_name is None
    assert keep(JPEG, None).given_name is None
    assert keep(JPEG, "n" * 400 + ".jpg").given_name == "n" * 146 + ".jpg"
    assert keep(JPEG, "صورة.jpg").given_name == "صورة.jpg"


def test_keeping_is_an_act_with_its_own_entry_and_no_name(keep):
    item = keep(JPEG, "Mrs Adeyemi.jpg")
    [entry] = Entry.objects.filter(chain=f"item:{item.pk}")
    assert (entry.act, entry.outcome) == ("evidence.kept", "done")
    assert entry.codes == {"kind": "picture", "bytes": len(JPEG)}
    assert entry.guards == ["evidence.may_keep"]


def test_a_kept_file_waits_for_the_scanner_and_a_picture_for_its_copy(keep):
    picture, sound, heic = keep(JPEG), keep(samples.wav()), keep(samples.EVERY_TYPE["image/heic"])
    assert {i.scan for i in (picture, sound, heic)} == {Scan.WAITING}
    assert [i.copying for i in (picture, sound, heic)] == [Copying.WAITING, Copying.NONE, Copying.IMPOSSIBLE]
    jobs = sorted((j.task_name, j.args["item_id"]) for j in ProcrastinateJob.objects.all())
    scans = [("evidence.scan", item.pk) for item in (picture, sound, heic)]
    assert jobs == [("evidence.copy", picture.pk), *scans]


def test_a_file_with_two_faces_is_kept_and_flagged(keep):
    assert keep(JPEG + samples.pdf()).is_mixed
    assert not keep(JPEG).is_mixed


# Refusals


def test_an_empty_file_is_refused(keep, files):
    assert refusal_of(keep, b"").reason == "There is nothing in this file."
    assert stored(files) == []


def test_a_file_of_no_known_type_is_refused_with_what_would_help(keep):
    decision = refusal_of(keep, b"MZ\x90\x00" + bytes(50), "harmless.jpg")
    assert decision.reason == "We cannot keep this type of file."
    assert "picture of it" in decision.remedy
    assert "Your words are kept" in decision.remedy
    assert decision.clause == "3.2.2(d)"
    assert decision.guard == "evidence.may_keep"


def test_a_picture_bomb_is_refused(keep, files):
    assert "too many pixels" in refusal_of(keep, samples.png_of(20_000, 20_000)).reason
    assert stored(files) == []


def test_a_zip_bomb_in_a_document_is_refused(keep):
    assert "unpack" in refusal_of(keep, samples.docx(**{"word/media/a.bin": bytes(20_000_000)})).reason


def test_an_ordinary_document_with_pictures_is_kept(keep):
    assert (
        keep(samples.docx(**{"word/media/a.bin": os.urandom(300_000), "b.xml": "x" * 2_000_000})).kind == Kind.DOCUMENT
    )


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(keep, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    assert refusal_of(keep, b"%PDF-" + bytes(1000)).reason == "This file is larger than 50 MB."
    assert keep(b"%PDF-" + bytes(995)).size == 1000


def test_the_limits_that_people_are_told_are_the_limits():
    assert "50 MB" in rules.too_large().reason
    assert limits.FILE_BYTES == 50_000_000
    assert "150 MB" in rules.too_much_at_once().reason
    assert limits.SENDING_BYTES == 150_000_000
    assert "10 files" in rules.too_many_at_once().reason
    assert limits.SENDING_FILES == 10


def test_files_of_one_record_are_counted_and_weighed(keep, monkeypatch):
    monkeypatch.setattr(limits, "RECORD_FILES", 2)
    keep(JPEG)
    keep(JPEG)
    assert "as many files" in refusal_of(keep, JPEG).reason
    monkeypatch.setattr(limits, "RECORD_FILES", 9)
    monkeypatch.setattr(limits, "RECORD_BYTES", 2 * len(JPEG) + 10)
    assert "as many files" in refusal_of(keep, JPEG).reason
    assert keep(b"short", key=SealingKey.objects.create_for("report")).size == 5


def test_a_refused_file_leaves_nothing_but_its_refusal_in_the_trail(keep, files):
    refusal_of(keep, b"")
    assert not Item.objects.exists()
    assert stored(files) == []
    entry = Entry.objects.get(act="evidence.kept")
    assert (entry.outcome, entry.clause, entry.guards) == ("refused", "3.2.2(d)", ["evidence.may_keep"])


def test_what_the_upload_refused_is_refused_here(keep):
    assert refusal_of(keep, RefusedUpload(rules.too_large(), "film.mp4", "files", 99)) == rules.too_large()


def test_a_full_disk_refuses_the_file_and_not_the_report(keep, files, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    decision = refusal_of(keep, JPEG)
    assert decision == rules.no_room_just_now()
    assert [p for p in files.rglob("*") if p.is_file()] == [], "and leaves no half of it"


def test_nothing_is_kept_under_a_destroyed_key(keep, sealing_key, files):
    sealing_key.destroy(at=AT)
    with pytest.raises(Unreadable):
        keep(JPEG)
    assert stored(files) == []


# What the database refuses


@pytest.mark.parametrize("column", ["size", "sha256", "stored_as", "media_type", "kind", "received_at", "is_mixed"])
def test_what_was_given_cannot_be_changed_afterwards(keep, column):
    item = keep(JPEG)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(**{column: getattr(item, column)})


def test_two_rows_never_point_to_one_stored_file(keep):
    item = keep(JPEG)
    twin = Item(**{f.attname: getattr(item, f.attname) for f in Item._meta.fields if f.name != "id"})
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


# Forgetting and clearing up


@pytest.mark.django_db(transaction=False)
def test_a_file_that_was_never_sent_is_forgotten_row_and_bytes(keep, files, django_capture_on_commit_callbacks):
    item = keep(JPEG)
    actions.make_copies(item=item, by=SYSTEM, at=AT)
    assert len(stored(files)) == 3
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(item=item, by=SYSTEM, at=AT)
    assert not Item.objects.exists()
    assert stored(files) == []
    assert Entry.objects.filter(chain=f"item:{item.pk}", act="evidence.forgotten").count() == 1


def test_the_bytes_stay_until_the_row_is_truly_gone(keep, files, django_capture_on_commit_callbacks):
    item = keep(JPEG)
    with django_capture_on_commit_callbacks(execute=False):
        actions.forget(item=item, by=SYSTEM, at=AT)
    assert len(stored(files)) == 1


def aged(path, days):
    moment = AT.timestamp() - days * 86_400
    os.utime(path, (moment, moment))


def test_orphans_are_cleared_a_day_after_they_were_written(keep, files, sealing_key):
    item = keep(JPEG)
    actions.make_copies(item=item, by=SYSTEM, at=AT)
    ours = stored(files)
    orphan = store().path(store().put(io.BytesIO(b"crashed"), identity_for(sealing_key)))
    half = orphan.with_name(".half")
    half.write_bytes(b"half")
    fresh = store().path(store().put(io.BytesIO(b"just now"), identity_for(sealing_key)))
    for path in (*ours, orphan, half):
        aged(path, 2)
    aged(fresh, 0.5)
    assert actions.clear_orphans(by=SYSTEM, at=AT) == 2
    assert stored(files) == sorted([*ours, fresh])
    assert Entry.objects.get(act="evidence.orphans_cleared").codes == {"files": 2}


def test_a_store_under_an_empty_database_is_left_alone(files, sealing_key):
    path = store().path(store().put(io.BytesIO(b"of another database"), identity_for(sealing_key)))
    aged(path, 30)
    assert actions.clear_orphans(by=SYSTEM, at=AT) == 0
    assert path.exists()
