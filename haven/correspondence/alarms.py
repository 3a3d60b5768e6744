"""Those on call are told of an alarm by mail, again and again, until somebody takes it (DOMAIN.md 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from haven.cases import access
from haven.correspondence import mail
from haven.kernel.action import SYSTEM
from haven.policy.pack import pack
from haven.reports.actions.alarms import begin_calls, end_call
from haven.reports.choices import CallOutcome
from haven.reports.models import Alarm
from haven.reports.rules import Circle, circle_told

SUBJECT = "Haven: please look now"
TEXT = """An alarm has been ringing in Haven since {since}, and nobody has taken it.

Open Haven and press "I take it":
{address}

What it is about stands there and not here. You will be written to again in {again} minutes unless somebody takes it.
"""


def tell(alarm: Alarm, *, at: datetime) -> int:
    """Tell everybody whose turn it is, and return how many could be told; nobody once the alarm is taken.

    One who cannot be told does not keep the next from being told; they are tried again a minute later.
    """
    told = 0
    for call in begin_calls(alarm, access.whom_to_tell(alarm, _circle(alarm, at)), at=at):
        try:
            mail.write_to_staff(call.staff, subject=SUBJECT, text=_text(alarm))
        except mail.NotSent:
            end_call(alarm=alarm, call=call, outcome=CallOutcome.FAILED, by=SYSTEM, at=at)
        else:
            end_call(alarm=alarm, call=call, outcome=CallOutcome.SENT, by=SYSTEM, at=at)
            told += 1
    return told


def _circle(alarm: Alarm, at: datetime) -> Circle:
    rules = pack().alarm
    return circle_told(
        rung_for=at - alarm.raised_at,
        out_of_hours=alarm.out_of_hours,
        office=timedelta(minutes=rules.office_minutes),
        wider=timedelta(minutes=rules.wider_minutes),
        anybody_on_call=bool(access.whom_to_tell(alarm, Circle.ON_CALL)),
    )


def _text(alarm: Alarm) -> str:
    since = alarm.raised_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    address = settings.HAVEN_PUBLIC_URL + reverse("desk:now")
    return TEXT.format(since=f"{since:%H:%M on %-d %B}", address=address, again=pack().alarm.again_minutes)
