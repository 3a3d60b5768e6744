"""Ending a visit, and throwing away what was never sent; no acts, for nothing was told yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet

from haven.evidence.actions import forget, keep
from haven.evidence.models import Item
from haven.kernel.action import SYSTEM
from haven.kernel.models import SealingKey
from haven.reports.drafts import Opened, Token, idle_limit
from haven.reports.models import Draft, DraftFile, WrongCode
from haven.reports.visits import VISITOR

WRONG_CODES_KEPT = timedelta(days=1)


def leave(*, token: Token, at: datetime) -> bool:
    """Destroy the draft of a visit, its files and their key; say whether there was one. What was sent stays."""
    with transaction.atomic():
        return _destroy(Draft.objects.select_for_update(of=("self",)).filter(lookup=token.row), at) > 0


def purge_drafts(*, at: datetime, most: int = 200) -> int:
    """Destroy drafts that have rested too long, and old counts of wrong codes; return how many drafts."""
    WrongCode.objects.filter(latest_at__lt=at - WRONG_CODES_KEPT).delete()
    with transaction.atomic():
        old = Draft.objects.select_for_update(skip_locked=True, of=("self",)).filter(touched_at__lte=at - idle_limit())
        return _destroy(old.order_by("touched_at")[:most], at)


def _destroy(drafts: QuerySet[Draft], at: datetime) -> int:
    rows = list(drafts)
    keys = [row.sealing_key_id for row in rows if row.sealing_key_id]
    files = list(DraftFile.objects.filter(draft__in=rows).select_related("item")) if keys else []
    Draft.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for file in files:
        forget(item=file.item, by=SYSTEM, at=at)
    if keys:
        SealingKey.objects.filter(pk__in=keys).update(wrapped=None, destroyed_at=at)
    return len(rows)


def keep_draft_file(*, draft: Opened, name: str | None, file: BinaryIO, at: datetime) -> Item | None:
    """Keep a file of a visit under the key of the coming report; None when the visit has ended meanwhile.

    Raises Refused with what the person can do about it; what they wrote is untouched by that.
    """
    with transaction.atomic():
        row = Draft.objects.select_for_update(of=("self",)).filter(lookup=draft.token.row, report__isnull=True).first()
        if row is None:
            return None
        if row.sealing_key_id is None:
            row.sealing_key = SealingKey.objects.create_for("report")
            Draft.objects.filter(pk=row.pk).update(sealing_key=row.sealing_key)
    assert row.sealing_key is not None
    item = keep(sealing_key=row.sealing_key, name=name, file=file, by=VISITOR, at=at)
    with transaction.atomic():
        still_there = Draft.objects.select_for_update(of=("self",)).filter(pk=row.pk, report__isnull=True).exists()
        if still_there:
            DraftFile.objects.create(draft_id=row.pk, item=item)
        else:
            forget(item=item, by=VISITOR, at=at)
    return item if still_there else None


def forget_draft_file(*, draft: Opened, item_id: int, at: datetime) -> bool:
    """Remove one file of a visit; False when it is not one of its files."""
    with transaction.atomic():
        found = DraftFile.objects.select_related("item").filter(draft=draft.token.row, item=item_id).first()
        if found is None:
            return False
        found.delete()
        forget(item=found.item, by=VISITOR, at=at)
    return True


def files_of(draft: Opened) -> list[Item]:
    """Return the files given during this visit, oldest first; no query where there are none."""
    if draft.sealing_key_id is None:
        return []
    files = DraftFile.objects.filter(draft=draft.token.row).select_related("item__sealing_key").order_by("pk")
    return [file.item for file in files]
