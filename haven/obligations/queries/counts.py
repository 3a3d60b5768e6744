"""How many duties stand in which way; the cost does not grow with how many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, Sum

from haven.obligations.models import OPEN, Duty, DutyTally

STANDS = {
    "open": OPEN,
    "met": Q(met_at__lte=F("due_at")),
    "met_late": Q(met_at__gt=F("due_at")),
    "missed": Q(ended_at__gt=F("due_at")),
    "lapsed": Q(ended_at__lte=F("due_at")),
}
COUNTED = tuple(STANDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How the duties of one key stand; `open` includes the late ones, as they are open as well."""

    open: int = 0
    late: int = 0
    met: int = 0
    met_late: int = 0
    missed: int = 0
    lapsed: int = 0

    @property
    def all(self) -> int:
        """Count every duty that there ever was."""
        return self.open + self.met + self.met_late + self.missed + self.lapsed

    @property
    def failed(self) -> int:
        """Count those that were met late, missed, or are late now."""
        return self.met_late + self.missed + self.late

    @property
    def in_time_percent(self) -> int | None:
        """Return how many of a hundred that fell due were met in time; None when none has fallen due."""
        fell_due = self.met + self.failed
        return round(100 * self.met / fell_due) if fell_due else None


def counts(*, at: datetime, keys: Collection[str] | None = None) -> dict[str, Counts]:
    """Return how the duties of each key stand at this time; two queries."""
    late = Duty.objects.filter(OPEN, due_at__lt=at)
    late_by_key = dict(late.values_list("key").annotate(Count("pk")).order_by())
    return {key: Counts(late=late_by_key.get(key, 0), **sums) for key, sums in summed(keys).items()}


def summed(keys: Collection[str] | None = None) -> dict[str, dict[str, int]]:
    """Return the counts of each key as the tallies have them."""
    rows = DutyTally.objects.all() if keys is None else DutyTally.objects.filter(key__in=keys)
    return _by_key(rows.values_list("key").annotate(*(Sum(name, default=0) for name in COUNTED)).order_by("key"))


def recounted() -> dict[str, dict[str, int]]:
    """Return the counts of each key by counting every duty; for checking, not for pages."""
    wanted = {f"number_{name}": Count("pk", filter=stands) for name, stands in STANDS.items()}
    return _by_key(Duty.objects.values_list("key").annotate(**wanted).order_by("key"))


def _by_key(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, int]]:
    return {key: {name: int(one) for name, one in zip(COUNTED, many, strict=True)} for key, *many in rows}


def fold() -> None:
    """Sum up the tallies, a row for each key; rows that others add meanwhile stay as they are."""
    sums = ", ".join(f"sum({name})" for name in COUNTED)
    names = ", ".join(COUNTED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM obligations_dutytally RETURNING *)"
            f" INSERT INTO obligations_dutytally (key, {names}) SELECT key, {sums} FROM gone GROUP BY key"
        )
