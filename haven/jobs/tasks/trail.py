"""The trail in the queue: sealed every hour."""

import structlog
from procrastinate.contrib.django import app

from haven.kernel.clock import now
from haven.trail.checkpoint import NotQuiet, make_checkpoint

log = structlog.get_logger("haven.trail")


@app.periodic(cron="5 * * * *")
@app.task(name="trail.checkpoint", queueing_lock="trail.checkpoint", lock="trail.checkpoint")
def checkpoint(timestamp: int) -> None:
    """Seal what was added within the last hour; the seal goes to the log as well, outside of the database."""
    try:
        made = make_checkpoint(at=now())
    except NotQuiet as busy:
        log.warning("trail.checkpoint_put_off", why=str(busy))
        return
    if made is not None:
        log.info("trail.checkpoint_made", entries=made.entries, seal=bytes(made.seal).hex())
