"""What needs me now: one list out of one indexed query, the greatest danger first within late, today and this week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.access import visible_cases, visible_reports
from haven.cases.choices import CaseState
from haven.cases.rules.seeing import READERS
from haven.kernel.clock import local_date
from haven.obligations.access.about import ToDo, listed, to_do
from haven.obligations.models import Duty

MOST = 100
LOOKED_AT = 2
"""How many times as many rows as are shown are looked at, for the counts."""
FOR_MANAGERS = ("recorded_reason_review", "manager_alert", "case_review")
WHEN = ("late", "today", "this_week", "later")

# Each step of urgency by an index of its own, the first due first: whatever comes first in the list comes first there.
_STEP = """
SELECT near.* FROM generate_series(0, 5) AS step(urgency), LATERAL (
  SELECT id, case_id, report_id, urgency, due_at FROM obligations_duty
   WHERE {whose} AND urgency = step.urgency AND met_at IS NULL AND ended_at IS NULL AND NOT key = ANY(%(without)s)
   ORDER BY due_at, id LIMIT %(most)s) near"""
_COVER = f"""
SELECT owed.id, owed.case_id, owed.report_id, owed.urgency, owed.due_at
  FROM cases_case matter JOIN obligations_duty owed ON owed.case_id = matter.id
 WHERE matter.stand_in_id = %(staff)s AND matter.state = '{CaseState.OPEN.value}'
   AND owed.met_at IS NULL AND owed.ended_at IS NULL AND owed.staff_id IS DISTINCT FROM %(staff)s
   AND NOT owed.key = ANY(%(without)s)"""  # noqa: S608 - the word filled in is a code of ours
_MINE = "staff_id = %(staff)s"
_TEAM = "team_id = %(team)s AND staff_id IS NULL"
_NO_TEAM = "team_id IS NULL AND staff_id IS NULL"


class Near(NamedTuple):
    """One open duty, as far as its place in the list goes."""

    pk: int
    case: int | None
    report: int
    urgency: int
    due_at: datetime


@dataclass(slots=True)
class NeedsMe:
    """What somebody owes; `counts` also counts what is not shown, and `is_cut` says that there is more than shown."""

    late: list[ToDo] = field(default_factory=list)
    today: list[ToDo] = field(default_factory=list)
    this_week: list[ToDo] = field(default_factory=list)
    later: list[ToDo] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WHEN, 0))
    is_cut: bool = False
    is_counted: bool = True

    @property
    def all(self) -> list[ToDo]:
        """Return everything in the order of the list."""
        return [*self.late, *self.today, *self.this_week, *self.later]


def duties_for(
    viewer: Staff, *, at: datetime, only_mine: bool = False, with_cover: bool = False, most: int = MOST
) -> NeedsMe:
    """Return what needs this member of staff now: their own duties, and those of their team that nobody has taken.

    Within late, today and this week the greater danger goes first, then what is due first. `with_cover` adds what
    those owe for whom they stand in. What they may not see is left out, counts included (3.3.3). Four queries, whose
    cost is that of what is shown.
    """
    found = NeedsMe()
    if not viewer.has(*READERS):
        return found
    nearest = sorted(_nearest(viewer, only_mine, with_cover, most), key=lambda row: _place(row, at))
    looked_at = nearest[: LOOKED_AT * most]
    found.is_counted = len(looked_at) == len(nearest)
    seen = _visible(viewer, at, looked_at)
    for row in seen:
        found.counts[_when(row.due_at, at)] += 1
    found.is_cut = len(seen) > most or not found.is_counted
    order = {row.pk: number for number, row in enumerate(seen[:most])}
    for duty in sorted(listed(Duty.objects.filter(pk__in=order)), key=lambda duty: order[duty.pk]):
        getattr(found, _when(duty.due_at, at)).append(to_do(duty, viewer, at))
    return found


def _nearest(viewer: Staff, only_mine: bool, with_cover: bool, most: int) -> Iterator[Near]:
    """Return the open duties that may come first; one query, of which each part has an index of its own."""
    parts = [_STEP.format(whose=_MINE)]
    if not only_mine:
        parts += [_STEP.format(whose=_NO_TEAM)] + ([_STEP.format(whose=_TEAM)] if viewer.team_id else [])
    if with_cover:
        parts.append(_COVER)
    manages = viewer.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)
    given: dict[str, Any] = {
        "staff": viewer.pk,
        "team": viewer.team_id,
        "without": [] if manages else list(FOR_MANAGERS),
        "most": most + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), given)
        yield from map(Near._make, cursor.fetchall())


def _place(row: Near, at: datetime) -> tuple[int, int, datetime, int]:
    """Return what the list is ordered by: late first; within late, today and this week the greater danger first."""
    when = WHEN.index(_when(row.due_at, at))
    return when, row.urgency if when < WHEN.index("later") else 0, row.due_at, row.pk


def _visible(viewer: Staff, at: datetime, rows: list[Near]) -> list[Near]:
    """Keep the duties about what the viewer may see. Asked for by id, so that no list of everything is ever built."""
    cases = visible_cases(viewer).filter(pk__in={row.case for row in rows if row.case})
    reports = visible_reports(viewer, at=at).filter(pk__in={row.report for row in rows if not row.case})
    seen_cases = set(cases.values_list("pk", flat=True))
    seen_reports = set(reports.values_list("pk", flat=True))
    return [row for row in rows if (row.case in seen_cases if row.case else row.report in seen_reports)]


def _when(due_at: datetime, at: datetime) -> str:
    if due_at < at:
        return "late"
    days = (local_date(due_at) - local_date(at)).days
    if days == 0:
        return "today"
    return "this_week" if days < 7 else "later"
