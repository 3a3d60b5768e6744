"""What a command needs before it can begin: settings, a database, Django."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from haven import environment
from haven.jobs.databases import at_hand


def say(words: str) -> None:
    """Tell the person at the terminal; standard output is kept for what was asked for."""
    click.echo(words, err=True)


def set_django_up() -> None:
    """Load the settings and the parts."""
    import django

    django.setup()


def needs_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command with Django set up on the database: own, running, or started for the length of the command."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        with at_hand(environment.read(), say):
            set_django_up()
            return command(*arguments, **options)

    return run


def needs_django(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command with Django set up, without a database."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        set_django_up()
        return command(*arguments, **options)

    return run
