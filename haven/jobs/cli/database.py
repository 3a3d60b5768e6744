"""`haven database`: roles, schema, and a look inside."""

import json
import os

import click

from haven import environment
from haven.jobs import embedded
from haven.jobs.cli.needs import needs_database, say


@click.group()
def command() -> None:
    """Prepare the database, migrate it, or look inside."""


@command.command()
@click.option("--demo", is_flag=True, help="Load the fictional landlord when the database is empty.")
@needs_database
def prepare(demo: bool) -> None:
    """Make the roles (where DATABASE_ADMIN_URL allows it), bring the schema up to date, and check both.

    Prints what was found as JSON. `haven up` runs this first; for a landlord's own PostgreSQL run it after every
    new version, before the web servers start.
    """
    from haven.jobs import fiction, migrations

    migrations.bring_up_to_date(say)
    migrations.refuse_mighty_web_role()
    click.echo(json.dumps(fiction.load(say) if demo else fiction.found()))


@command.command()
@needs_database
def migrate() -> None:
    """Bring the schema up to date, as haven_owner."""
    from haven.jobs import migrations

    migrations.bring_up_to_date(say)
    say("The schema is up to date.")


@command.command()
@click.option("--owner", is_flag=True, help="Sign in as the owner of the schema instead of the web role.")
@needs_database
def shell(owner: bool) -> None:
    """Open psql on the database, as the web role."""
    settings = environment.read()
    url = settings.database_owner_url if owner else settings.database_url
    if url is None:
        raise click.ClickException("DATABASE_OWNER_URL is not set.")
    program = str(embedded.binaries() / "psql")
    os.execve(program, [program, url], {**os.environ, "PSQL_HISTORY": os.devnull})
