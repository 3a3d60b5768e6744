"""Housekeeping in the queue: sign-ins that ran out are ended, and jobs that ended long ago are cleared away."""

from procrastinate.contrib.django import app

from haven.accounts.actions import end_stale_sessions
from haven.accounts.guessing import forget_old
from haven.kernel.clock import now

KEPT_HOURS = 24 * 30


@app.periodic(cron="*/10 * * * *")
@app.task(name="keeping.end_sessions", queueing_lock="keeping.end_sessions")
def end_sessions(timestamp: int) -> None:
    """End the sign-ins that ran out and that nobody came back to, and forget wrong guesses of long ago."""
    end_stale_sessions(at=now())
    forget_old(at=now())


@app.periodic(cron="50 3 * * *")
@app.task(name="keeping.clear_jobs", queueing_lock="keeping.clear_jobs")
async def clear_jobs(timestamp: int) -> None:
    """Clear away jobs that ended a month ago, those that failed included."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True)
