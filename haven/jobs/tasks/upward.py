"""Cases that nobody has or that have gone quiet, in the queue: those above are told, once for each case and day."""

import structlog
from procrastinate.contrib.django import app

from haven.accounts.models import Staff
from haven.correspondence import mail
from haven.kernel.clock import now
from haven.obligations import upward
from haven.obligations.watches import LOOK_TASK

log = structlog.get_logger("haven.upward")


@app.task(name=LOOK_TASK)
def look(case_id: int) -> None:
    """Look whom to tell of one case."""
    upward.raise_case(case_id, at=now())


@app.task(name=upward.TELL_TASK)
def tell(staff_id: int) -> None:
    """Tell one member of staff of every case of which they have not been told today."""
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is not None:
        log.info("upward.told", staff=staff.pk, cases=upward.tell(staff, at=now()), mail=mail.is_set_up())


@app.periodic(cron="*/10 * * * *")
@app.task(name="upward.look_again", queueing_lock="upward.look_again", lock="upward.look_again")
def look_again(timestamp: int) -> None:
    """Look at every case that nobody has or that has gone quiet, and at whoever could not be told before."""
    at = now()
    for pk in upward.due_cases(at):
        upward.raise_case(pk, at=at)
    for pk in upward.untold(at):
        upward.ask_to_tell(pk)
