"""Housekeeping in the queue: jobs of a killed worker are taken up again, old sign-ins and old jobs cleared away."""

import structlog
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from haven.accounts.actions import end_stale_sessions
from haven.accounts.guessing import forget_old
from haven.cases.access.searches import forget_searches
from haven.cases.drafts import forget_old_drafts
from haven.cases.presses import forget_presses
from haven.kernel.clock import now

KEPT_HOURS = 24 * 30
MOST_ATTEMPTS = 5

log = structlog.get_logger("haven.keeping")


@app.periodic(cron="*/10 * * * *")
@app.task(name="keeping.end_sessions", queueing_lock="keeping.end_sessions")
def end_sessions(timestamp: int) -> None:
    """End the sign-ins that ran out and that nobody came back to; forget wrong guesses, searches and drafts of long ago."""
    end_stale_sessions(at=now())
    forget_old(at=now())
    forget_searches(at=now())
    forget_presses(at=now())
    forget_old_drafts(at=now())


@app.periodic(cron="* * * * *")
@app.task(name="keeping.take_up_again", queueing_lock="keeping.take_up_again")
async def take_up_again(timestamp: int) -> None:
    """Put jobs back into the queue whose worker was killed; one that has ended five workers is given up, and logged."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.attempts >= MOST_ATTEMPTS:
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=False)
            log.error("keeping.given_up", job=job.id, task=job.task_name)
            continue
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:  # the same is in the queue again already
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=False)
        log.warning("keeping.taken_up_again", job=job.id, task=job.task_name)


@app.periodic(cron="50 3 * * *")
@app.task(name="keeping.clear_jobs", queueing_lock="keeping.clear_jobs")
async def clear_jobs(timestamp: int) -> None:
    """Clear away jobs that ended a month ago, those that failed included."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True)
