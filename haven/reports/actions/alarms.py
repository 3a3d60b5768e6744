"""Alarms: rung in the transaction that tells of danger, told to those on call, taken by one of them (DOMAIN.md 2.4)."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.kernel.action import Actor, action, note
from haven.kernel.decision import require
from haven.policy.pack import pack
from haven.reports import rules
from haven.reports.choices import CallOutcome
from haven.reports.models import Alarm, AlarmCall, Report

CALL_TASK = "alarms.call"
CUT_OFF = timedelta(minutes=1)
"""After this long a call that neither went out nor failed was cut off, and is made again."""


def ring(report: Report, *, out_of_hours: bool, at: datetime) -> Alarm:
    """Let an alarm ring and have those on call told, in the running transaction; a piece that acts share."""
    alarm = Alarm.objects.create(report=report, raised_at=at, out_of_hours=out_of_hours)
    _ask(alarm.pk)
    return alarm


def ask_again(alarm_id: int) -> None:
    """Put telling those on call into the queue, unless it waits there already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        _ask(alarm_id)


def _ask(alarm_id: int) -> None:
    app.configure_task(CALL_TASK, queueing_lock=f"{CALL_TASK}:{alarm_id}").defer(alarm_id=alarm_id)


@action("alarm.taken")
def take_alarm(*, alarm: Alarm, by: Staff, at: datetime) -> Alarm:
    """Record that somebody sees to an alarm, so that it stops ringing (clause 3.3.2)."""
    locked = Alarm.objects.select_for_update(of=("self",)).select_related("report").get(pk=alarm.pk)
    require(
        rules.may_take_alarm(
            is_active_staff=by.is_active,
            is_taken=locked.taken_at is not None,
            concerns_staff=locked.report.concerns_staff,
            is_head=by.has(Role.HEAD_OF_SERVICE),
        )
    )
    locked.taken_at, locked.taken_by = at, by
    locked.save(update_fields=["taken_at", "taken_by"])
    note(minutes=int((at - locked.raised_at).total_seconds() // 60), out_of_hours=locked.out_of_hours)
    return locked


@transaction.atomic
def begin_calls(alarm: Alarm, staff: Collection[Staff], *, at: datetime) -> list[AlarmCall]:
    """Set down a call to each of these who is not being called and was not told lately; none once it is taken.

    Calls are set down before they are made, under the alarm's lock, so that two workers do not make one twice.
    """
    locked = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if locked.taken_at is not None:
        return []
    again = at - timedelta(minutes=pack().alarm.again_minutes)
    lately = set(locked.calls.filter(outcome=CallOutcome.SENT, at__gt=again).values_list("staff_id", flat=True))
    lately |= set(locked.calls.filter(outcome=CallOutcome.SENDING, at__gt=at - CUT_OFF).values_list("staff_id", flat=True))
    calls = [AlarmCall(alarm=locked, staff=one, at=at) for one in staff if one.pk not in lately]
    return AlarmCall.objects.bulk_create(calls)


@action("alarm.told")
def end_call(*, alarm: Alarm, call: AlarmCall, outcome: CallOutcome, by: Actor, at: datetime) -> None:
    """Record whether somebody could be told of an alarm (DOMAIN.md 2.4)."""
    AlarmCall.objects.filter(pk=call.pk).update(outcome=outcome)
    note(staff=call.staff_id, by_way_of=call.by_way_of, outcome=str(outcome))
