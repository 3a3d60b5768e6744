"""`haven django`: Django's own commands, for people who work on Haven."""

import click

from haven import environment
from haven.jobs.cli.needs import say
from haven.jobs.databases import at_hand

WITHOUT_DATABASE = ("makemigrations", "check", "help", "makemessages", "compilemessages", "findstatic")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands, such as `haven django makemigrations`."""
    from django.core.management import execute_from_command_line

    order = ["haven django", *arguments]
    if not arguments or arguments[0] in WITHOUT_DATABASE:
        execute_from_command_line(order)
        return
    with at_hand(environment.read(), say):
        execute_from_command_line(order)
