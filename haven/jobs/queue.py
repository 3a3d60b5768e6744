"""The queue: jobs live in PostgreSQL and are put there in the transaction of the work that asks for them."""

from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

HEARTBEAT = 5.0
CONCURRENCY = 4
__all__ = ["app", "run_worker"]


def run_worker(*, patience: float) -> None:
    """Work on jobs until SIGINT or SIGTERM; jobs in hand get `patience` seconds, else they are redone."""
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=CONCURRENCY + 2)
    connections.close_all()
    with app.replace_connector(connector) as working:
        working.run_worker(
            name="haven",
            concurrency=CONCURRENCY,
            update_heartbeat_interval=HEARTBEAT,
            shutdown_graceful_timeout=patience,
            delete_jobs="successful",
        )
