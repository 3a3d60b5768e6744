"""`haven demo`: the fictional landlord."""

import click

from haven.jobs.cli.needs import needs_database, say


@click.command()
@needs_database
def command() -> None:
    """Load the fictional landlord into an empty database, and print one sign-in for each role.

    Everything in it is invented: homes, people, agencies, reports and cases in every state, dated relative to today.
    A database that holds anything is left as it is.
    """
    from haven.jobs import fiction

    facts = fiction.load(say)
    if not facts["fictional"]:
        raise click.ClickException("The database holds other data; nothing was loaded.")
    for role, email, password in facts["sign_ins"]:
        click.echo(f"{role:32} {email:44} {password}")
