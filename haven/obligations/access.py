"""Duties as staff see them: what needs me now, and what one report or case still needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.access import visible_cases, visible_reports
from haven.cases.models import Case, CaseReport
from haven.cases.rules.seeing import READERS
from haven.kernel.clock import local_date
from haven.obligations.models import OPEN, CaseReview, Duty
from haven.obligations.rules import Standing, standing
from haven.policy.pack import pack
from haven.reports.models import Report

MOST = 100
FOR_MANAGERS = ("recorded_reason_review", "manager_alert", "case_review")
_SHOWN = (
    "key", "clause", "occasion", "starts_at", "due_at", "met_at", "ended_at", "urgency", "is_promise",
    "report__reference", "report__language", "report__state", "case__reference", "staff__name", "team__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One duty on somebody's list."""

    id: int
    key: str
    label: str
    clause: str
    reference: str
    report_reference: str
    case_reference: str
    due_at: datetime
    standing: Standing
    urgency: int
    is_mine: bool
    staff_name: str

    @property
    def is_late(self) -> bool:
        """Say whether its time has passed."""
        return self.standing is Standing.LATE


@dataclass(slots=True)
class NeedsMe:
    """What somebody owes, in the order in which the clocks run out; `is_cut` when there is more than is shown."""

    late: list[ToDo] = field(default_factory=list)
    today: list[ToDo] = field(default_factory=list)
    this_week: list[ToDo] = field(default_factory=list)
    later: list[ToDo] = field(default_factory=list)
    is_cut: bool = False

    @property
    def all(self) -> list[ToDo]:
        """Return everything, first due first."""
        return [*self.late, *self.today, *self.this_week, *self.later]


def duties_for(viewer: Staff, *, at: datetime, only_mine: bool = False, most: int = MOST) -> NeedsMe:
    """Return what needs this member of staff now: their own duties, and those of their team that nobody has taken.

    What they may not see is left out, counts included (3.3.3). Four queries, whose cost is that of what is shown.
    """
    found = NeedsMe()
    if not viewer.has(*READERS):
        return found
    whose = [Q(staff=viewer)]
    if not only_mine:
        whose += [Q(team=team, staff=None) for team in {viewer.team_id, None}]
    rows = _first_due(viewer, whose, most)
    seen = _visible(viewer, at, rows)
    found.is_cut = len(rows) > most
    shown = Duty.objects.filter(pk__in=seen[:most])
    for duty in shown.select_related("report", "case", "staff", "team").only(*_SHOWN).order_by("due_at", "pk"):
        getattr(found, _when(duty.due_at, at)).append(_to_do(duty, viewer, at))
    return found


def _first_due(viewer: Staff, whose: list[Q], most: int) -> list[tuple[int, int | None, int]]:
    """Return the open duties that are due first: their ids, cases and reports; each list by an index of its own."""
    lists = []
    for each in whose:
        rows = Duty.objects.filter(OPEN, each)
        if not viewer.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE):
            rows = rows.exclude(key__in=FOR_MANAGERS)
        lists.append(rows.order_by("due_at", "pk").values_list("due_at", "pk", "case_id", "report_id")[: most + 1])
    every = lists[0].union(*lists[1:], all=True) if len(lists) > 1 else lists[0]
    return [(pk, case, report) for _, pk, case, report in sorted(every, key=lambda row: row[:2])]


def _visible(viewer: Staff, at: datetime, rows: list[tuple[int, int | None, int]]) -> list[int]:
    """Keep the duties about what the viewer may see. Asked for by id, so that no list of everything is ever built."""
    cases = visible_cases(viewer).filter(pk__in={case for _, case, _ in rows if case})
    reports = visible_reports(viewer, at=at).filter(pk__in={report for _, case, report in rows if not case})
    seen_cases = set(cases.values_list("pk", flat=True))
    seen_reports = set(reports.values_list("pk", flat=True))
    return [pk for pk, case, report in rows if (case in seen_cases if case else report in seen_reports)]


def duties_about(viewer: Staff, *, at: datetime, report: Report | None = None, case: Case | None = None) -> list[ToDo]:
    """Return the open duties about one report or case that the viewer has opened, first due first."""
    about = Q(report=report)
    if case is not None:
        reports = list(CaseReport.objects.filter(case=case).values_list("report", flat=True))
        about = Q(case=case) | Q(case=None, report__in=reports)
    rows = Duty.objects.filter(OPEN, about).select_related("report", "case", "staff", "team")
    return [_to_do(duty, viewer, at) for duty in rows.only(*_SHOWN).order_by("due_at", "pk")]


def reviews_of(viewer: Staff, case: Case) -> list[CaseReview]:
    """Return when managers looked at a case that the viewer may see, and what they decided, newest first (3.5.1)."""
    rows = CaseReview.objects.filter(case__in=visible_cases(viewer).filter(pk=case.pk))
    return list(rows.select_related("by", "case__sealing_key").order_by("-at", "-pk"))


def get_duty(viewer: Staff, pk: int, *, at: datetime) -> Duty:
    """Return a duty about what the viewer may see; raises Http404 whether it is absent or forbidden (3.3.3)."""
    found = Duty.objects.filter(_seen(viewer, at), pk=pk).select_related("report", "case", "staff", "team").first()
    if found is None or not viewer.has(*READERS):
        raise Http404("There is nothing here under that reference.")
    return found


def _seen(viewer: Staff, at: datetime) -> Q:
    case = Exists(visible_cases(viewer).filter(pk=OuterRef("case_id")))
    report = Exists(visible_reports(viewer, at=at).filter(pk=OuterRef("report_id")))
    return Q(case) | (Q(case=None) & Q(report))


def _when(due_at: datetime, at: datetime) -> str:
    if due_at < at:
        return "late"
    days = (local_date(due_at) - local_date(at)).days
    if days == 0:
        return "today"
    return "this_week" if days < 7 else "later"


def _to_do(duty: Duty, viewer: Staff, at: datetime) -> ToDo:
    standard = pack().standards.get(duty.key)
    case_reference = duty.case.reference if duty.case else ""
    return ToDo(
        id=duty.pk,
        key=duty.key,
        label=standard.label if standard else duty.key,
        clause=duty.clause,
        reference=case_reference or duty.report.reference,
        report_reference=duty.report.reference,
        case_reference=case_reference,
        due_at=duty.due_at,
        standing=standing(due_at=duty.due_at, met_at=duty.met_at, ended_at=duty.ended_at, at=at),
        urgency=duty.urgency,
        is_mine=duty.staff_id == viewer.pk,
        staff_name=duty.staff.name if duty.staff else "",
    )
