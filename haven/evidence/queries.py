"""Evidence that waits for something, for jobs and counts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from haven.evidence.choices import Copying, Scan
from haven.evidence.models import Item


def waiting_for_scan(*, given_before: datetime) -> QuerySet[Item]:
    """Return items that the scanner has not answered for, oldest first."""
    return Item.objects.filter(scan=Scan.WAITING, received_at__lt=given_before).order_by("received_at")


def waiting_for_copy(*, given_before: datetime) -> QuerySet[Item]:
    """Return pictures of which no copy has been made yet, oldest first."""
    return Item.objects.filter(copying=Copying.WAITING, received_at__lt=given_before).order_by("received_at")


def never_scanned() -> QuerySet[Item]:
    """Return items that came while no scanner was set up, oldest first."""
    return Item.objects.filter(scan=Scan.UNSCANNED).order_by("received_at")
