"""The queue: jobs live in PostgreSQL and are put there in the transaction of the work that asks for them."""

import os
import threading
import time

from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

HEARTBEAT = 5.0
CONCURRENCY = 4
__all__ = ["app", "run_worker"]


def run_worker(*, patience: float) -> None:
    """Work on jobs until SIGINT or SIGTERM; jobs in hand get `patience` seconds, else another worker takes them up."""
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=CONCURRENCY + 2)
    connections.close_all()
    threading.Thread(target=_leave_with_parent, args=(os.getppid(), patience), daemon=True).start()
    with app.replace_connector(connector) as working:
        working.run_worker(
            name="haven",
            concurrency=CONCURRENCY,
            update_heartbeat_interval=HEARTBEAT,
            shutdown_graceful_timeout=patience,
            delete_jobs="successful",
        )


def _leave_with_parent(parent: int, patience: float) -> None:
    """End for certain when whoever started this worker is gone: the database may be gone as well, and not answer."""
    while os.getppid() == parent:
        time.sleep(1)
    time.sleep(patience)
    os._exit(1)
