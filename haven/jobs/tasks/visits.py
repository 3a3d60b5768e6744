"""Visits in the queue: drafts that nobody sent and that have rested too long are destroyed with their files."""

from procrastinate.contrib.django import app

from haven.kernel.clock import now
from haven.reports.actions import purge_drafts


@app.periodic(cron="*/10 * * * *")
@app.task(name="visits.purge", queueing_lock="visits.purge")
def purge(timestamp: int) -> None:
    """Destroy drafts of visits that are over, and forget wrong codes of the day before."""
    while purge_drafts(at=now()):
        pass
