"""Rows turned into the frozen facts that rules decide by."""

from __future__ import annotations

from datetime import datetime, timedelta

from haven.accounts.models import Staff
from haven.cases.models import Case, CaseAccess, CaseReport, Conflict, Incident
from haven.cases.rules.patterns import Occasion
from haven.cases.rules.seeing import CaseFacts, ReportFacts, Viewer, may_see_case
from haven.reports.models import Alarm, Report

SHIFT = timedelta(hours=12)
SEVERAL = frozenset({"ongoing", "range"})


def viewer_of(staff: Staff) -> Viewer:
    """Return what rules need to know of a member of staff."""
    return Viewer(id=staff.pk, roles=frozenset(staff.roles), team=staff.team_id, is_active=bool(staff.is_active))


def case_facts(case: Case) -> CaseFacts:
    """Return who a case is open to and who is locked out of it."""
    return CaseFacts(
        team=case.team_id,
        restriction=case.restriction,
        caseworker=case.caseworker_id,
        stand_in=case.stand_in_id,
        let_in=frozenset(CaseAccess.objects.filter(case=case, until=None).values_list("staff_id", flat=True)),
        locked_out=frozenset(Conflict.objects.filter(case=case).values_list("staff_id", flat=True)),
    )


def report_facts(report: Report, viewer: Viewer, at: datetime) -> ReportFacts:
    """Return who a report is open to, as far as this viewer is concerned."""
    links = CaseReport.objects.filter(report=report).select_related("case")
    cases = [link.case for link in links]
    return ReportFacts(
        team=report.team_id,
        is_sealed=report.concerns_staff,
        logged_by=report.logged_by_id,
        logged_this_shift=at - report.logged_at <= SHIFT,
        took_alarm_this_shift=Alarm.objects.filter(
            report=report, taken_by=viewer.id, taken_at__gte=at - SHIFT
        ).exists(),
        made_a_case=bool(cases),
        in_seen_case=any(bool(may_see_case(viewer, case_facts(case))) for case in cases),
        locked_out=frozenset(Conflict.objects.filter(report=report).values_list("staff_id", flat=True)),
    )


def occasions_in(case: Case) -> list[Occasion]:
    """Return the occasions recorded in a case and whom each was aimed at."""
    incidents = Incident.objects.filter(case=case).prefetch_related("harmed_links")
    return [
        Occasion(
            incident=incident.pk,
            harmed=frozenset(link.person_id for link in incident.harmed_links.all()),
            is_several=incident.when_known in SEVERAL,
        )
        for incident in incidents
    ]
