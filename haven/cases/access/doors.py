"""Who may see what, in SQL: the same rule as `rules.seeing`, for one row or for a list (clause 3.3.3)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.access.scope import CaseIsSeen, ReportIsSeen
from haven.cases.models import Case, Conflict
from haven.kernel.references import read_reference
from haven.reports.models import Report
from haven.trail.recording import record_seen


def visible_cases(viewer: Staff) -> QuerySet[Case]:
    """Return the cases that this viewer may see; whoever has a conflict finds none of it (3.3.3)."""
    return Case.objects.filter(CaseIsSeen(viewer))


def visible_reports(viewer: Staff, *, at: datetime) -> QuerySet[Report]:
    """Return the reports that this viewer may see, decided or not (3.3.3)."""
    return Report.objects.filter(ReportIsSeen(viewer, at=at))


def undecided_scope(viewer: Staff) -> Q:
    """Say which reports in no case yet are open to somebody with a case role."""
    if viewer.has(Role.HEAD_OF_SERVICE):
        return Q()
    ours = Q(team=None) | Q(team=viewer.team_id) if viewer.team_id else Q(team=None)
    return ours & Q(concerns_staff=False)


def no_conflict(about: str, viewer: Staff) -> Q:
    """Say that the viewer is not locked out of this case or report."""
    return ~Q(Exists(Conflict.objects.filter(**{about: OuterRef("pk")}, staff=viewer)))


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
