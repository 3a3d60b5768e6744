"""Alarms that ring: whoever could read the report, and whoever is on call, may take one (DOMAIN.md 2.4)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.access.doors import no_conflict, undecided_scope
from haven.cases.models import Conflict
from haven.cases.rules.seeing import READERS
from haven.reports.models import Alarm, Report
from haven.reports.rules import Circle

MOST = 3


def alarms_for(viewer: Staff) -> list[Alarm]:
    """Return the alarms that nobody has taken and that this viewer may take, those that ring longest first.

    At most one more than MOST: by it a page knows that it does not show all.
    """
    if not viewer.is_active or not (viewer.has(*READERS) or viewer.on_call):
        return []
    scope = _open_to(viewer).filter(pk=OuterRef("report"))
    ringing = Alarm.objects.filter(Exists(scope), taken_at=None).order_by("raised_at", "pk")
    return list(ringing.select_related("report").only("raised_at", "report__reference")[: MOST + 1])


def _open_to(viewer: Staff) -> QuerySet[Report]:
    """Return the reports whose alarm this viewer may take; one about somebody who works here is for heads of service."""
    scope = Report.objects.filter(no_conflict("report", viewer))
    if not viewer.on_call:
        return scope.filter(undecided_scope(viewer))
    return scope if viewer.has(Role.HEAD_OF_SERVICE) else scope.filter(concerns_staff=False)


def whom_to_tell(alarm: Alarm, circle: Circle) -> list[Staff]:
    """Return who is told of an alarm in this circle: nobody who could not take it, nobody with a conflict.

    Where somebody who works here may be responsible, they may be the one on call: heads of service alone are told (3.3.3).
    """
    told = Q(on_call=True) if circle >= Circle.ON_CALL else Q(pk=None)
    if circle >= Circle.ON_CALL and alarm.report.concerns_staff:
        told = Q(roles__contains=[Role.HEAD_OF_SERVICE])
    elif circle >= Circle.MANAGERS:
        told |= Q(roles__contains=[Role.HEAD_OF_SERVICE])
        told |= Q(roles__contains=[Role.TEAM_MANAGER]) & Q(team=alarm.report.team_id)
    locked_out = Conflict.objects.filter(report=alarm.report_id, staff=OuterRef("pk"))
    return list(Staff.objects.filter(told, ~Exists(locked_out), is_active=True).order_by("pk"))


def get_alarm(viewer: Staff, pk: int) -> Alarm:
    """Return an alarm that rings for this viewer, or that somebody took a moment ago; else raises Http404."""
    if viewer.is_active and (viewer.has(*READERS) or viewer.on_call):
        if found := Alarm.objects.filter(pk=pk, report__in=_open_to(viewer)).select_related("report").first():
            return found
    raise Http404("There is nothing here under that reference.")
