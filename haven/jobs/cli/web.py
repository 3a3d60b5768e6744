"""`haven web`: the web server alone."""

import os
import sys

import click

from haven import environment
from haven.jobs import keys


@click.command()
@click.option("--patience", type=click.IntRange(1, 600), default=20, help="Seconds that requests in hand get to end.")
def command(patience: int) -> None:
    """Run the web server in the foreground, for a machine of its own.

    Listens on HAVEN_HOST and HAVEN_PORT; needs DATABASE_URL (as haven_web) and the deployment's key. SIGTERM ends it
    when the requests in hand are answered.
    """
    settings = environment.read()
    keys.read_key(settings.key_file)
    if settings.database_url is None:
        raise click.ClickException("DATABASE_URL is not set: `haven web` needs it. To try Haven out, use `haven up`.")
    options = ["--config", "python:haven.jobs.webserver", "--graceful-timeout", str(patience)]
    os.execv(sys.executable, [sys.executable, "-P", "-m", "gunicorn", *options, "haven.wsgi:application"])
