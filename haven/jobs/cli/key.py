"""`haven key`: the deployment's key."""

import click

from haven import environment
from haven.jobs import keys
from haven.jobs.cli.needs import needs_database, needs_django


@click.group()
def command() -> None:
    """Make, or change, the key that seals what identifies people."""


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


@command.command("begin-change")
@needs_django
def begin_change() -> None:
    """Add a new wrapping key to HAVEN_KEY_FILE: the first of three steps of changing it.

    Copy the file to every machine, restart every process of Haven, then run `haven key rewrap`. The older keys still
    open everything. Search, receipt codes and signatures keep the first key and are not changed by this.
    """
    from haven.kernel.rotation import begun

    path = environment.read().key_file
    before = keys.replace_key(path, begun(keys.read_key(path)))
    click.echo(f"{path} has a new wrapping key; what it held before is in {before}.")
    click.echo("Copy it to every machine, restart every process of Haven, then run `haven key rewrap`.")


@command.command()
@needs_database
def rewrap() -> None:
    """Wrap the key of every record under the newest wrapping key: the second step. It may be stopped and run again."""
    from haven.kernel.rotation import rewrap_all

    click.echo(f"Wrapped {rewrap_all():,} keys anew. Run it again until it says 0, then `haven key end-change`.")


@command.command("end-change")
@needs_database
def end_change() -> None:
    """Take the older wrapping keys out of HAVEN_KEY_FILE: the last step, refused while any record needs them.

    Backups made before the change still need the older keys: keep the file that is named for as long as you keep them.
    """
    from haven.kernel.rotation import finished, rewrap_all

    if left := rewrap_all():
        raise click.ClickException(
            f"{left:,} keys were still wrapped under an older key, so some process has not been restarted since "
            "`haven key begin-change`. They are wrapped anew now. Restart every process, then run this again."
        )
    path = environment.read().key_file
    before = keys.replace_key(path, finished(keys.read_key(path)))
    click.echo(f"{path} has one wrapping key. Backups from before need {before}: destroy it with the last of them.")
