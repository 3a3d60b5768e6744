"""Who sees what of figures, clauses and the lists behind them (clauses 3.3.3 and 5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.access import visible_cases, visible_reports
from haven.cases.models import Conflict
from haven.obligations.models import OPEN, Duty
from haven.obligations.queries.counts import STANDS

READERS = (
    Role.POLICY_OWNER, Role.AUDITOR, Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER, Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER, Role.INSIGHT_ANALYST,
)  # fmt: skip
"""Roles that see clauses and figures."""

CHECKERS = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER)
"""Roles that read the whole trail, and every list by reference."""

LISTS = (*CHECKERS, Role.HEAD_OF_SERVICE, Role.TEAM_MANAGER)
"""Roles that see the list behind a number of duties."""

SIZE = 50


@dataclass(frozen=True, slots=True)
class Eyes:
    """What somebody may see on the pages of oversight."""

    small_numbers: bool
    lists: bool
    trail: bool


def eyes_of(viewer: Staff) -> Eyes:
    """Say what this member of staff may see: small numbers only with a role beside that of insight analyst."""
    others = [role for role in READERS if role != Role.INSIGHT_ANALYST]
    return Eyes(small_numbers=viewer.has(*others), lists=viewer.has(*LISTS), trail=viewer.has(*CHECKERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPage:
    """A page of the list behind a number of duties, and how many on it this viewer may not see."""

    rows: Sequence[Duty]
    next: str
    not_shown: int


def duties_behind(
    viewer: Staff, key: str, standing: str, *, at: datetime, after: str = "", size: int = SIZE
) -> DutyPage:
    """Return a page of the duties that a number counts, the latest due first; a fixed number of queries.

    Auditors and data protection officers see every one by its reference; managers those that they may open. Whoever
    has a conflict sees none of that matter (3.3.3).
    """
    rows = Duty.objects.filter(_standing(standing, at), key=key)
    if (place := _place(after)) is not None:
        due_at, pk = place
        rows = rows.filter(Q(due_at__lt=due_at) | Q(due_at=due_at, pk__lt=pk))
    page = list(rows.order_by("-due_at", "-pk").values_list("pk", "due_at")[: size + 1])
    shown = page[:size]
    seen = Duty.objects.filter(_may_see(viewer, at), pk__in=[pk for pk, _ in shown])
    found = list(seen.select_related("report", "case").only(*_FIELDS).order_by("-due_at", "-pk"))
    following = f"{shown[-1][1].isoformat()}_{shown[-1][0]}" if len(page) > size else ""
    return DutyPage(rows=found, next=following, not_shown=len(shown) - len(found))


_FIELDS = ("key", "clause", "due_at", "met_at", "ended_at", "report__reference", "case__reference")


def locked_chains(viewer: Staff) -> list[str]:
    """Return the chains of the trail that a conflict of interest keeps from this reader (3.3.3); one query."""
    rows = Conflict.objects.filter(staff=viewer).values_list("case_id", "report_id")
    return [f"case:{case}" if case else f"report:{report}" for case, report in rows]


def _standing(standing: str, at: datetime) -> Q:
    """Say which duties a number counts; whatever is not known counts none."""
    if standing in ("late", "open"):
        return OPEN & (Q(due_at__lt=at) if standing == "late" else Q(due_at__gte=at))
    return STANDS.get(standing, Q(pk__in=[]))


def _may_see(viewer: Staff, at: datetime) -> Q:
    if viewer.has(*CHECKERS):
        about_case = Exists(Conflict.objects.filter(case=OuterRef("case"), staff=viewer))
        about_report = Exists(Conflict.objects.filter(report=OuterRef("report"), staff=viewer))
        return ~Q(about_case) & ~Q(about_report)
    case = Exists(visible_cases(viewer).filter(pk=OuterRef("case_id")))
    report = Exists(visible_reports(viewer, at=at).filter(pk=OuterRef("report_id")))
    return Q(case) | (Q(case=None) & Q(report))


def _place(after: str) -> tuple[datetime, int] | None:
    """Read where a page begins; None for the first page, and for whatever nobody was ever given."""
    due_at, _, pk = after.rpartition("_")
    try:
        found = datetime.fromisoformat(due_at)
        return (found, int(pk)) if found.tzinfo else None
    except ValueError:
        return None
