"""Taking an alarm: one press, from any page of the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from haven.cases import access
from haven.kernel import clock
from haven.kernel.decision import Refused
from haven.reports.actions import take_alarm
from haven.web.desk.pages import StaffRequest
from haven.web.staff.guard import staff_page


@staff_page(methods=("POST",))
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an alarm upon oneself and go to the report, where one may read it."""
    alarm = access.get_alarm(request.user, pk)
    try:
        take_alarm(alarm=alarm, by=request.user, at=clock.now())
        messages.success(request, f"You have taken the alarm of {alarm.report.reference}.")
    except Refused as refused:
        messages.warning(request, refused.decision.reason)
    readable = access.visible_reports(request.user, at=clock.now()).filter(pk=alarm.report_id).exists()
    return redirect("desk:report", alarm.report.reference) if readable else redirect("desk:now")
