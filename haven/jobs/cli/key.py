"""`haven key`: the deployment's key."""

import click

from haven import environment
from haven.jobs import keys


@click.group()
def command() -> None:
    """Make the key that seals what identifies people."""


@command.command()
def new() -> None:
    """Make a new deployment key in HAVEN_KEY_FILE.

    Keep a copy of it apart from the backups of the database: without the key nobody can read what people told the
    landlord, and with both anybody can. A key that is there is never replaced.
    """
    path = environment.read().key_file
    try:
        keys.make_key(path)
    except FileExistsError:
        raise click.ClickException(f"There is a key in {path} already; it was left as it is.") from None
    click.echo(f"Made {path}. Keep a copy apart from the database's backups.")
