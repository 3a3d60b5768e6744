"""`haven staff`: lets the first people in."""

import click

from haven.jobs.cli.needs import needs_database


@click.group()
def command() -> None:
    """Let somebody in who works here, such as the first administrator."""


@command.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, help="A role, such as administrator; may be repeated.")
@needs_database
def add(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Add somebody and print the link with which they choose their password within 72 hours.

    For the first administrator; everybody else is added on the pages for people, by an administrator. The trail notes
    that it was done at the command line.
    """
    from django.conf import settings
    from django.db import IntegrityError, transaction
    from django.urls import reverse

    from haven.accounts import actions
    from haven.accounts.choices import Role
    from haven.kernel.action import SYSTEM
    from haven.kernel.clock import now
    from haven.kernel.decision import Refused

    if strange := sorted(set(roles) - set(Role.values)):
        raise click.BadParameter(f"{strange[0]} is not a role. Roles: {', '.join(Role.values)}.", param_hint="--role")
    at = now()
    try:
        with transaction.atomic():
            chosen = [Role(role) for role in roles]
            staff = actions.add_staff(email=email, name=name, roles=chosen, team=None, by=SYSTEM, at=at)
            link = actions.issue_link(staff=staff, by=SYSTEM, at=at)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    except IntegrityError:
        raise click.ClickException("Somebody signs in with that address already.") from None
    click.echo(settings.HAVEN_PUBLIC_URL + reverse("staff:set-up-link", args=[link.secret]))
