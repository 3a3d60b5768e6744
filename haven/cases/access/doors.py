"""Who may see what, in SQL: the same rule as `rules.seeing`, for one row or for a list (clause 3.3.3)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.choices import Restriction
from haven.cases.models import Case, CaseAccess, CaseReport, Conflict
from haven.cases.queries.facts import SHIFT
from haven.cases.rules.seeing import READERS
from haven.kernel.references import read_reference
from haven.reports.models import Alarm, Report
from haven.trail.recording import record_seen


def visible_cases(viewer: Staff) -> QuerySet[Case]:
    """Return the cases that this viewer may see; whoever has a conflict finds none of it (3.3.3)."""
    return Case.objects.filter(case_scope(viewer))


def visible_reports(viewer: Staff, *, at: datetime) -> QuerySet[Report]:
    """Return the reports that this viewer may see, decided or not (3.3.3)."""
    return Report.objects.filter(report_scope(viewer, at=at))


def case_scope(viewer: Staff, path: str = "") -> Q:
    """Say which cases this viewer may see, of rows of cases or of rows that lead to one by `path` (3.3.3).

    Everything is asked of the row at hand, so that a few rows cost a few look-ups however many cases there are.
    """
    if not viewer.has(*READERS):
        return Q(pk__in=[])
    to, row = _path(path)
    let_in = CaseAccess.objects.filter(case=OuterRef(row), staff=viewer, until=None)
    seen = Q(**{f"{to}caseworker": viewer}) | Q(**{f"{to}stand_in": viewer}) | Q(Exists(let_in))
    if viewer.has(Role.HEAD_OF_SERVICE):
        seen |= Q(**{f"{to}restriction__in": [Restriction.TEAM, Restriction.NAMED]})
    if viewer.has(Role.CASEWORKER, Role.TEAM_MANAGER) and viewer.team_id:
        seen |= Q(**{f"{to}team": viewer.team_id, f"{to}restriction": Restriction.TEAM})
    return seen & no_conflict("case", viewer, path)


def report_scope(viewer: Staff, path: str = "", *, at: datetime) -> Q:
    """Say which reports this viewer may see, of rows of reports or of rows that lead to one by `path` (3.3.3)."""
    if not viewer.is_active:
        return Q(pk__in=[])
    to, row = _path(path)
    links = CaseReport.objects.filter(report=OuterRef(row))
    seen = Q(Exists(Alarm.objects.filter(report=OuterRef(row), taken_by=viewer, taken_at__gte=at - SHIFT)))
    if viewer.has(Role.CALL_HANDLER):
        seen |= Q(**{f"{to}logged_by": viewer, f"{to}logged_at__gte": at - SHIFT})
    if viewer.has(*READERS):
        in_seen_case = links.filter(case_scope(viewer, "case"))
        seen |= Q(Exists(in_seen_case)) | (~Q(Exists(links)) & undecided_scope(viewer, path))
    return seen & no_conflict("report", viewer, path)


def undecided_scope(viewer: Staff, path: str = "") -> Q:
    """Say which reports in no case yet are open to somebody with a case role."""
    if viewer.has(Role.HEAD_OF_SERVICE):
        return Q()
    to, _row = _path(path)
    ours = Q(**{f"{to}team": None})
    if viewer.team_id:
        ours |= Q(**{f"{to}team": viewer.team_id})
    return ours & Q(**{f"{to}concerns_staff": False})


def no_conflict(about: str, viewer: Staff, path: str = "") -> Q:
    """Say that the viewer is not locked out of this case or report."""
    _to, row = _path(path)
    return ~Q(Exists(Conflict.objects.filter(**{about: OuterRef(row)}, staff=viewer)))


def _path(path: str) -> tuple[str, str]:
    """Return how fields are named from a row, and which of its fields holds the case or report."""
    return (f"{path}__", f"{path}_id") if path else ("", "pk")


def get_case(viewer: Staff, reference: str) -> Case:
    """Return a case that the viewer may see; raises Http404 whether it is absent or forbidden."""
    wanted = read_reference(reference)
    rows = visible_cases(viewer).select_related(
        "team", "caseworker", "stand_in", "opened_by", "home", "sealing_key", "reopens"
    )
    found = rows.filter(reference=wanted).first() if wanted else None
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def report_for(viewer: Staff, reference: str, *, at: datetime) -> Report:
    """Return a report that the viewer may see; raises Http404 whether it is absent or forbidden."""
    wanted = read_reference(reference)
    rows = visible_reports(viewer, at=at).select_related("team", "home", "sealing_key", "read_by", "logged_by")
    found = rows.filter(reference=wanted).first() if wanted else None
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def see_case(viewer: Staff, reference: str, *, at: datetime, page: str = "overview") -> Case:
    """Open a page of a case and leave in the trail that it was opened, and which page."""
    case = get_case(viewer, reference)
    record_seen(act="case.opened_to_read", subject=case, by=viewer, at=at, page=page)
    return case


def see_report(viewer: Staff, reference: str, *, at: datetime) -> Report:
    """Open a report and leave in the trail that it was opened."""
    report = report_for(viewer, reference, at=at)
    record_seen(act="report.opened_to_read", subject=report, by=viewer, at=at)
    return report
