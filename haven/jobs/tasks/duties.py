"""Duties and figures in the queue: counts summed up every hour, everything derived again every night."""

import structlog
from procrastinate.contrib.django import app

from haven.insight import counting
from haven.kernel.clock import now
from haven.obligations import projection, queries

log = structlog.get_logger("haven.duties")


@app.periodic(cron="15 * * * *")
@app.task(name="duties.fold", queueing_lock="duties.fold")
def fold(timestamp: int) -> None:
    """Sum up the counts of duties, so that pages read a row for each kind."""
    queries.fold()


@app.periodic(cron="20 2 * * *")
@app.task(name="duties.rebuild", queueing_lock="duties.rebuild", lock="duties.rebuild")
def rebuild(timestamp: int) -> None:
    """Derive every duty again, so that a changed policy pack takes effect; says how much was put right."""
    log.info("duties.rebuilt", differences=projection.rebuild())


@app.periodic(cron="25 * * * *")
@app.task(name="figures.keep", queueing_lock="figures.keep", lock="figures.keep")
def figures(timestamp: int) -> None:
    """Count every record and figure and keep what was counted, for landlords with much."""
    counting.keep(now())
