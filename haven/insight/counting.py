"""Counts records and figures: at once while there is little, from the latest snapshot once there is much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from haven.insight import records
from haven.insight.figures import FIGURES, Result, since
from haven.insight.models import Snapshot
from haven.reports.models import Report

FEW = 20_000
"""Up to so many reports everything is counted whenever a page asks; a landlord of 30,000 homes has years of room."""
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Everything that was counted at one time."""

    at: datetime
    records: dict[str, int]
    figures: dict[str, Result]


def count_all(at: datetime) -> Counted:
    """Count every record and every figure; the number of queries is fixed."""
    begin = since(at)
    figures = {name: definition.count(begin, at) for name, definition in FIGURES.items()}
    return Counted(at=at, records=records.counts(), figures=figures)


def keep(at: datetime) -> Snapshot:
    """Count everything and keep it; of snapshots older than a week one for each day stays."""
    counted = count_all(at)
    made = Snapshot.objects.create(
        at=at,
        records=counted.records,
        figures={name: result.as_json() for name, result in counted.figures.items()},
    )
    _thin_out(at)
    return made


def current(at: datetime) -> Counted:
    """Return what is known now: counted at this moment while there is little, else as it was counted last."""
    if is_little():
        return count_all(at)
    latest = Snapshot.objects.filter(at__lte=at).order_by("-at").first()
    if latest is None:
        return count_all(at)
    known = {name: Result.of_json(kept) for name, kept in latest.figures.items() if name in FIGURES}
    return Counted(at=latest.at, records=latest.records, figures=known)


def is_little() -> bool:
    """Say whether there are few enough reports to count everything at once."""
    return Report.objects.order_by("pk")[: FEW + 1].count() <= FEW


def _thin_out(at: datetime) -> None:
    old = Snapshot.objects.filter(at__lt=at - KEPT).order_by("at").values_list("pk", "at")
    days: dict[object, int] = {}
    for pk, counted_at in old:
        days[counted_at.date()] = pk
    Snapshot.objects.filter(at__lt=at - KEPT).exclude(pk__in=days.values()).delete()
