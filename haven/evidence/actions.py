"""What is done with evidence: kept, checked, copied, opened, forgotten."""

from __future__ import annotations

import hashlib
import io
import logging
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Count, Sum
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from haven.evidence import limits, names, packed, pictures, recognition, rules
from haven.evidence.choices import Copying, Kind, Scan, Size, Trouble
from haven.evidence.models import Copy, Item
from haven.evidence.reading import opened
from haven.evidence.store import Changed, Missing, identity_for, store
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import Decision, Refused, require
from haven.kernel.models import SealingKey
from haven.kernel.sealing import Unreadable

SCAN_TASK, COPY_TASK = "evidence.scan", "evidence.copy"
log = logging.getLogger(__name__)


@action("evidence.kept")
def keep(*, sealing_key: SealingKey, name: str | None, file: BinaryIO, by: Actor, at: datetime) -> Item:
    """Keep a file with the record of that key: recognised, sealed, hashed, to be scanned and copied by the queue.

    Raises Refused (clause 3.2.2(d)) where the file is empty, too large, too many, of no type that can be kept, or a
    bomb; whoever calls keeps the words that came with it all the same. The file must be seekable; it is not closed.
    """
    refusal = getattr(file, "refusal", None)
    if isinstance(refusal, Decision):
        raise Refused(refusal)
    SealingKey.objects.select_for_update().get(pk=sealing_key.pk)
    size = file.seek(0, io.SEEK_END)
    sort = recognition.recognise(file) if 0 < size <= limits.FILE_BYTES else None
    require(rules.may_keep(_given(sealing_key, file, size, sort)))
    assert sort is not None
    item = Item.objects.create(
        sealing_key=sealing_key,
        kind=sort.kind,
        media_type=sort.media_type,
        is_mixed=recognition.is_mixed(file, sort),
        given_name=names.tidy(name),
        size=size,
        sha256=_sha256(file),
        stored_as=_stored(sealing_key, file),
        copying=_copying(sort),
        received_at=at,
    )
    note(kind=str(sort.kind), bytes=size)
    ask_for(item, SCAN_TASK)
    if item.copying == Copying.WAITING:
        ask_for(item, COPY_TASK)
    return item


def ask_for(item: Item, task: str) -> None:
    """Put a task about an item into the queue once, in the running transaction; a piece that acts and jobs share."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(task, queueing_lock=f"{task}:{item.pk}").defer(item_id=item.pk)


def _given(key: SealingKey, file: BinaryIO, size: int, sort: recognition.Sort | None) -> rules.Given:
    before = Item.objects.filter(sealing_key=key).aggregate(files=Count("pk"), size=Sum("size"))
    is_packed = sort in (recognition.DOCX, recognition.XLSX, recognition.ODT)
    return rules.Given(
        kind=sort.kind if sort else None,
        size=size,
        pixels=pictures.pixels_of(file, sort.media_type) if sort else 0,
        unpacked=packed.look_into(file).unpacked if is_packed else 0,
        files_before=before["files"],
        bytes_before=before["size"] or 0,
    )


def _sha256(file: BinaryIO) -> bytes:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1_000_000):
        digest.update(piece)
    return digest.digest()


def _stored(key: SealingKey, file: BinaryIO) -> str:
    """Put the file into the store; a store that cannot take it refuses the file, not the report."""
    try:
        return store().put(file, identity_for(key))
    except OSError as problem:
        log.error("evidence store cannot be written: %s", problem.strerror)
        raise Refused(rules.no_room_just_now()) from None


def _copying(sort: recognition.Sort) -> Copying:
    if sort.media_type in pictures.FORMATS:
        return Copying.WAITING
    return Copying.IMPOSSIBLE if sort.kind is Kind.PICTURE else Copying.NONE


@action("evidence.scanned")
def record_scan(*, item: Item, result: Scan, found: str, by: Actor, at: datetime) -> Item:
    """Record what the scanner said of an item; `found` is the scanner's own code, or nothing."""
    item.scan, item.scanned_at = result, at
    item.save(update_fields=["scan", "scanned_at"])
    note(result=str(result), **({"found": found} if found else {}))
    return item


@action("evidence.scan_asked_for")
def scan_after_all(*, item: Item, by: Actor, at: datetime) -> Item:
    """Have an item scanned that came while no scanner was set up."""
    item.scan = Scan.WAITING
    item.save(update_fields=["scan"])
    ask_for(item, SCAN_TASK)
    return item


@action("evidence.copied")
def make_copies(*, item: Item, by: Actor, at: datetime) -> Item:
    """Make the copies of a picture that pages may show; one that cannot be made is recorded as such.

    What the scanner held back is not decoded. An original that is not as it was given is recorded as damaged.
    """
    copies = () if item.scan == Scan.INFECTED else _copies_of(item)
    _replace_copies(item, copies)
    item.copying = Copying.MADE if copies else Copying.IMPOSSIBLE
    item.save(update_fields=["copying", "trouble"])
    note(result=str(item.copying))
    return item


Copies = tuple[tuple[Size, pictures.Picture], ...]


def _copies_of(item: Item) -> Copies:
    try:
        with opened(item) as original:
            page, small = pictures.rebuilt(original, item.media_type)
            return ((Size.PAGE, page), (Size.SMALL, small))
    except (Missing, Changed) as damage:
        item.trouble = trouble_of(damage)
        note(why=str(item.trouble))
    except pictures.CannotCopy as why:
        note(why=str(why))
    except Unreadable:
        note(why="erased")
    return ()


def _replace_copies(item: Item, copies: Copies) -> None:
    """Put new copies in the place of those there were; the old files go once the new rows stand."""
    _remove_later(list(item.copies.values_list("stored_as", flat=True)))
    item.copies.all().delete()
    for size, picture in copies:
        Copy.objects.create(
            item=item,
            size=size,
            stored_as=store().put(io.BytesIO(picture.content), identity_for(item.sealing_key)),
            sha256=hashlib.sha256(picture.content).digest(),
            width=picture.width,
            height=picture.height,
        )


@action("evidence.original_asked_for")
def ask_for_original(*, about: Any, item: Item, by: Actor, at: datetime) -> None:
    """Record that somebody opens the original of an item of `about` (a report or case), or refuse (clause 3.3.3)."""
    note(item=item.pk)
    require(rules.may_open_original(scan=item.scan, trouble=item.trouble))


@action("evidence.copy_asked_for")
def ask_for_copy(*, about: Any, item: Item, size: Size, by: Actor, at: datetime) -> None:
    """Record that somebody looks at a copy of a picture of `about` (a report or case), or refuse (clause 3.3.3)."""
    note(item=item.pk, size=str(size))
    require(rules.may_show_copy(copying=item.copying))


@action("evidence.found_damaged")
def record_damage(*, about: Any, item: Item, what: Trouble, by: Actor, at: datetime) -> None:
    """Record that a stored file was found missing or changed when it was read."""
    Item.objects.filter(pk=item.pk).update(trouble=what)
    item.trouble = what
    note(item=item.pk, trouble=str(what))


@action("evidence.copy_found_damaged")
def lose_copies(*, about: Any, item: Item, what: Trouble, by: Actor, at: datetime) -> None:
    """Record that a copy was found missing or changed, and have the copies made again from the original."""
    item.copying = Copying.WAITING
    item.save(update_fields=["copying"])
    note(item=item.pk, trouble=str(what))
    ask_for(item, COPY_TASK)


@action("evidence.mask_set")
def set_mask(*, about: Any, item: Item, is_abusive: bool, by: Actor, at: datetime) -> None:
    """Say whether a picture is masked until somebody asks to see it."""
    item.is_abusive = is_abusive
    item.save(update_fields=["is_abusive"])
    note(item=item.pk, masked=is_abusive)


@action("evidence.forgotten")
def forget(*, item: Item, by: Actor, at: datetime) -> None:
    """Remove a file that was given during a visit and never sent; the stored bytes go once the row is gone."""
    stored = [item.stored_as, *item.copies.values_list("stored_as", flat=True)]
    Item.objects.filter(pk=item.pk).delete()
    _remove_later(stored)


def _remove_later(stored: list[str]) -> None:
    def remove() -> None:
        for name in stored:
            store().remove(name)

    transaction.on_commit(remove)


@action("evidence.orphans_cleared")
def clear_orphans(*, by: Actor, at: datetime) -> int:
    """Remove stored files, over a day old, to which no row points (a crash between file and row); return how many.

    Touches nothing where there are files and not a single row: that is a wrong database, not a crash.
    """
    old = dict(store().written_before(at - timedelta(seconds=limits.ORPHAN_SECONDS)))
    if not old or not Item.objects.exists():
        return 0
    known: set[str] = set()
    waiting = sorted(old)
    for start in range(0, len(waiting), 1000):
        some = waiting[start : start + 1000]
        known.update(Item.objects.filter(stored_as__in=some).values_list("stored_as", flat=True))
        known.update(Copy.objects.filter(stored_as__in=some).values_list("stored_as", flat=True))
    orphans = [path for name, path in old.items() if name not in known or path.name.startswith(".")]
    for path in orphans:
        path.unlink(missing_ok=True)
    note(files=len(orphans))
    return len(orphans)


def trouble_of(problem: Missing | Changed) -> Trouble:
    """Return the word for what was found wrong."""
    return Trouble.MISSING if isinstance(problem, Missing) else Trouble.CHANGED
