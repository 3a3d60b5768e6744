"""E-mail to people in the queue: sent when its moment comes, and every minute it is looked at what still waits."""

import structlog
from procrastinate.contrib.django import app

from haven.correspondence import mailing
from haven.correspondence.actions.mails import SEND_TASK
from haven.kernel.clock import now

log = structlog.get_logger("haven.mails")


@app.task(name=SEND_TASK)
def send(mail_id: int) -> None:
    """Send one e-mail if it may go."""
    log.info("mails.send", mail=mail_id, became=mailing.send(mail_id, at=now()))


@app.periodic(cron="* * * * *")
@app.task(name="mail.send_waiting", queueing_lock="mail.send_waiting")
def send_waiting(timestamp: int) -> None:
    """Send what is due: after a crash, a dead mail server, or a night that was not safe."""
    for pk in mailing.waiting(now()):
        mailing.send(pk, at=now())
