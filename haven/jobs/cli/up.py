"""`haven up`: everything on this machine."""

import click

from haven import environment
from haven.jobs.cli.needs import say


@click.command()
@click.option("--demo", is_flag=True, help="Load the fictional landlord when the database is empty.")
def command(demo: bool) -> None:
    """Start Haven on this machine: database, schema, web server and worker. Ctrl-C stops all of it.

    \b
    HAVEN_PORT    where it listens (8000)
    HAVEN_HOST    on which address (127.0.0.1: this machine only)
    HAVEN_DATA    where the embedded database, keys, files and logs are kept (~/.local/share/haven)
    DATABASE_URL  a PostgreSQL of your own instead of the embedded one, which is for trying out only

    The second start finds the data of the first.
    """
    from haven.jobs.starting import up

    settings = environment.read()
    for stranger in settings.unknown:
        say(f"haven: {stranger}")
    up(settings, say, demo=demo)
