"""`haven worker`: works on the queue."""

import click

from haven import environment
from haven.jobs import keys
from haven.jobs.cli.needs import set_django_up
from haven.jobs.logs import keep_hooks_narrow


@click.command()
@click.option("--patience", type=click.IntRange(1, 600), default=20, help="Seconds that jobs in hand get to end.")
def command(patience: int) -> None:
    """Work on the queue in the foreground: letters, reminders, clocks, nightly figures.

    Needs DATABASE_URL (as haven_web) and the deployment's key. Any number may run, on any number of machines. SIGTERM
    ends it when the jobs in hand are done.
    """
    settings = environment.read()
    keys.read_key(settings.key_file)
    if settings.database_url is None:
        raise click.ClickException("DATABASE_URL is not set: `haven worker` needs it. To try Haven out: `haven up`.")
    set_django_up()
    keep_hooks_narrow()
    from haven.jobs.queue import run_worker

    run_worker(patience=patience)
