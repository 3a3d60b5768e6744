"""Alarms in the queue: those on call are told at once, and every minute it is looked at whose turn it is again."""

import structlog
from procrastinate.contrib.django import app

from haven.correspondence import alarms, mail
from haven.kernel.clock import now
from haven.reports.actions.alarms import CALL_TASK, ask_again
from haven.reports.models import Alarm
from haven.reports.queries import ringing_alarms

log = structlog.get_logger("haven.alarms")


@app.task(name=CALL_TASK)
def call(alarm_id: int) -> None:
    """Tell those whose turn it is of one alarm."""
    alarm = Alarm.objects.select_related("report").filter(pk=alarm_id, taken_at=None).first()
    if alarm is not None:
        log.info("alarms.told", alarm=alarm.pk, told=alarms.tell(alarm, at=now()), mail=mail.is_set_up())


@app.periodic(cron="* * * * *")
@app.task(name="alarms.call_again", queueing_lock="alarms.call_again")
def call_again(timestamp: int) -> None:
    """Look at every alarm that rings: after a crash, a dead mail server or five minutes without anybody."""
    for pk in ringing_alarms().order_by("raised_at").values_list("pk", flat=True):
        ask_again(pk)
