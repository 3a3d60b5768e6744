"""Duties about one report or case, one duty, and why duties were late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.access import visible_cases, visible_reports
from haven.cases.models import Case, CaseReport
from haven.cases.rules.seeing import READERS
from haven.obligations.models import FAILED, OPEN, CaseReview, Duty, LateReason
from haven.obligations.rules import Standing, standing
from haven.obligations.rules.harmed import FOR_THEM
from haven.policy.pack import pack
from haven.reports.models import Report

MOST_UNEXPLAINED = 5
SHOWN = (
    "key", "clause", "occasion", "starts_at", "due_at", "met_at", "ended_at", "urgency", "is_promise", "report_id",
    "case_id", "report__reference", "report__language", "report__state", "case__reference", "staff__name", "team__name",
)  # fmt: skip
"""What of a duty, and of what it is about, a list shows: never a word of what was told."""
LATE_ONES = frozenset({Standing.LATE, Standing.MET_LATE, Standing.MISSED})
Identity = tuple[int, str, int | None, str]


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
    starts_at: datetime
    due_at: datetime
    settled_at: datetime | None
    standing: Standing
    urgency: int
    is_mine: bool
    is_promise: bool
    staff_name: str
    identity: Identity

    @property
    def is_late(self) -> bool:
        """Say whether its time has passed and somebody still owes it."""
        return self.standing is Standing.LATE


def to_do(duty: Duty, viewer: Staff, at: datetime) -> ToDo:
    """Return a duty as lists show it; shared by every list."""
    case_reference = duty.case.reference if duty.case else ""
    return ToDo(
        id=duty.pk,
        key=duty.key,
        label=_label(duty),
        clause=duty.clause,
        reference=case_reference or duty.report.reference,
        report_reference=duty.report.reference,
        case_reference=case_reference,
        starts_at=duty.starts_at,
        due_at=duty.due_at,
        settled_at=duty.met_at or duty.ended_at,
        standing=standing(due_at=duty.due_at, met_at=duty.met_at, ended_at=duty.ended_at, at=at),
        urgency=duty.urgency,
        is_mine=duty.staff_id == viewer.pk,
        is_promise=duty.is_promise,
        staff_name=duty.staff.name if duty.staff else "",
        identity=(duty.report_id, duty.key, duty.case_id, duty.occasion),
    )


def _label(duty: Duty) -> str:
    standard = pack().standards.get(duty.key)
    label = standard.label if standard else duty.key
    return f"The person harmed: {label}" if duty.occasion.startswith(FOR_THEM) else label


def listed(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """Return rows with everything that a list shows, in the same query."""
    return rows.select_related("report", "case", "staff", "team").only(*SHOWN)


@dataclass(slots=True)
class OfCase:
    """Everything that a case required and requires: what is next, what was promised, and what is late without a reason."""

    next: list[ToDo] = field(default_factory=list)
    promises: list[ToDo] = field(default_factory=list)
    unexplained: list[ToDo] = field(default_factory=list)
    reasons: dict[Identity, list[LateReason]] = field(default_factory=dict)


def duties_about(
    viewer: Staff, *, at: datetime, report: Report | None = None, case: Case | None = None
) -> list[ToDo]:
    """Return the open duties about one report or case that the viewer has opened, first due first."""
    about = Q(report=report) if case is None else _of_case(case, _reports_of(case))
    rows = Duty.objects.filter(OPEN, about)
    return [to_do(duty, viewer, at) for duty in listed(rows).order_by("due_at", "pk")]


def duties_of_case(viewer: Staff, case: Case, reports: Collection[int], *, at: datetime) -> OfCase:
    """Return what a case that the viewer has opened requires next, what was promised, and what lacks a reason.

    `reports` are those of the case. Two queries.
    """
    wanted = OPEN | FAILED | Q(is_promise=True)
    rows = listed(Duty.objects.filter(wanted, _of_case(case, reports))).order_by("due_at", "pk")
    every = [to_do(duty, viewer, at) for duty in rows]
    late = [each for each in every if each.standing in LATE_ONES]
    found = OfCase(
        next=[each for each in every if each.settled_at is None],
        promises=[each for each in every if each.is_promise and each.standing is not Standing.LAPSED],
        reasons=reasons_of(late),
    )
    asked = [each for each in late if each.settled_at is not None and each.identity not in found.reasons]
    found.unexplained = asked[::-1][:MOST_UNEXPLAINED]
    return found


def _reasons_for_row() -> QuerySet[LateReason]:
    same = LateReason.objects.filter(report=OuterRef("report"), key=OuterRef("key"), occasion=OuterRef("occasion"))
    return same.filter(Q(case=OuterRef("case")) | Q(case=None))


def owed_reasons(viewer: Staff, *, at: datetime, most: int) -> list[ToDo]:
    """Return what this member of staff owed, did late or missed, and has not said why; the latest first (2.0(b))."""
    if not viewer.has(*READERS):
        return []
    rows = Duty.objects.filter(FAILED, staff=viewer).filter(~Exists(_reasons_for_row()), is_seen(viewer, at))
    return [to_do(duty, viewer, at) for duty in listed(rows).order_by("-due_at", "-pk")[:most]]


def _of_case(case: Case, reports: Collection[int]) -> Q:
    return Q(case=case) | Q(case=None, report__in=reports)


def _reports_of(case: Case) -> list[int]:
    return list(CaseReport.objects.filter(case=case).values_list("report", flat=True))


def get_duty(viewer: Staff, pk: int, *, at: datetime) -> Duty:
    """Return a duty about what the viewer may see; raises Http404 whether it is absent or forbidden (3.3.3)."""
    rows = Duty.objects.filter(is_seen(viewer, at), pk=pk)
    found = rows.select_related("report__sealing_key", "case__sealing_key", "staff", "team").first()
    if found is None or not viewer.has(*READERS):
        raise Http404("There is nothing here under that reference.")
    return found


def is_seen(viewer: Staff, at: datetime) -> Q:
    """Say that a duty is about a case, or a report in none, that the viewer may see."""
    case = Exists(visible_cases(viewer).filter(pk=OuterRef("case_id")))
    report = Exists(visible_reports(viewer, at=at).filter(pk=OuterRef("report_id")))
    return Q(case) | (Q(case=None) & Q(report))


def reasons_of(duties: Iterable[ToDo | Duty]) -> dict[Identity, list[LateReason]]:
    """Return why duties were late, the newest reason of each first; one query for however many."""
    wanted = {_identity(each) for each in duties}
    found: dict[Identity, list[LateReason]] = defaultdict(list)
    if not wanted:
        return found
    rows = LateReason.objects.filter(report__in={report for report, *_ in wanted}).select_related(
        "by", "case__sealing_key", "report__sealing_key"
    )
    light = rows.defer("report__account", "report__answers", "report__tokens", "case__summary")
    for each in light.order_by("-at", "-pk"):
        identity = (each.report_id, each.key, each.case_id, each.occasion)
        if identity in wanted:
            found[identity].append(each)
    return found


def _identity(duty: ToDo | Duty) -> Identity:
    return duty.identity if isinstance(duty, ToDo) else (duty.report_id, duty.key, duty.case_id, duty.occasion)


def reviews_of(viewer: Staff, case: Case) -> list[CaseReview]:
    """Return when managers looked at a case that the viewer may see, and what they decided, newest first (3.5.1)."""
    rows = CaseReview.objects.filter(case__in=visible_cases(viewer).filter(pk=case.pk))
    return list(rows.select_related("by", "case__sealing_key").order_by("-at", "-pk"))
