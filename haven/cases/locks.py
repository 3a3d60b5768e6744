"""How a conflict of interest spreads: to every report of a case, and to every case of a report (clause 3.3.3).

Written out as rows, so that every door, list and search asks one indexed question.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from haven.cases.models import Case, CaseReport, Conflict
from haven.reports.models import Report


def spread_conflicts(case: Case, *, at: datetime, also: Case | None = None) -> None:
    """Lock whoever is locked out of any part of a matter out of all of it; inside an act, after reports were linked."""
    cases, reports = _matter(case)
    if also is not None:
        cases.add(also.pk)
    about = Q(case__in=cases) | Q(report__in=reports)
    locked = Conflict.objects.filter(about).order_by("staff", "pk").distinct("staff")
    for staff, reason in locked.values_list("staff", "reason"):
        lock_out(cases, reports, staff=staff, reason=reason, at=at)


def lock_out(cases: set[int], reports: set[int], *, staff: int, reason: str, at: datetime) -> None:
    """Write a lock on each of these cases and reports for a member of staff, and take them off the cases."""
    rows = [Conflict(case_id=pk, staff_id=staff, reason=reason, declared_at=at) for pk in sorted(cases)]
    rows += [Conflict(report_id=pk, staff_id=staff, reason=reason, declared_at=at) for pk in sorted(reports)]
    Conflict.objects.bulk_create(rows, ignore_conflicts=True)
    Case.objects.filter(pk__in=cases, caseworker=staff).update(caseworker=None, caseworker_since=None)
    Case.objects.filter(pk__in=cases, stand_in=staff).update(stand_in=None, stand_in_since=None)
    Report.objects.filter(pk__in=reports, read_by=staff).exclude(state="decided").update(read_by=None)


def matter_of(subject: Case | Report) -> tuple[set[int], set[int]]:
    """Return the cases and reports that hang together with a case or report."""
    if isinstance(subject, Case):
        return _matter(subject)
    cases, reports = set(), {subject.pk}
    for case in Case.objects.filter(report_links__report=subject):
        more_cases, more_reports = _matter(case)
        cases |= more_cases
        reports |= more_reports
    return cases, reports


def _matter(case: Case) -> tuple[set[int], set[int]]:
    """Walk from a case over its reports to further cases until nothing new comes; earlier and later cases included."""
    cases, reports = {case.pk}, set[int]()
    while True:
        linked = set(CaseReport.objects.filter(case__in=cases).values_list("report", flat=True))
        through = set(CaseReport.objects.filter(report__in=linked).values_list("case", flat=True))
        chained = Case.objects.filter(Q(reopens__in=cases) | Q(reopened_as__in=cases))
        found = cases | through | set(chained.values_list("pk", flat=True))
        if found == cases and linked == reports:
            return cases, reports
        cases, reports = found, linked
