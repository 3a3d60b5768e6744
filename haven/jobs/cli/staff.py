"""`haven staff`: lets the first people in, and opens a way back when every administrator has lost theirs."""

from typing import Any

import click

from haven.jobs.cli.needs import needs_database


@click.group()
def command() -> None:
    """Let somebody in who works here, such as the first administrator."""


@command.command()
@click.option("--email", required=True, help="The address with which they sign in.")
@click.option("--name", required=True, help="Their name.")
@click.option("--role", "roles", multiple=True, required=True, help="A role, such as administrator; may be repeated.")
@needs_database
def add(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Add somebody and print the link with which they choose their password: once, within 72 hours.

    For the first administrator; everybody else is added on the pages for people, by an administrator. The trail notes
    that it was done at the command line.
    """
    from haven.accounts import operator
    from haven.accounts.choices import Role
    from haven.kernel.clock import now

    if strange := sorted(set(roles) - set(Role.values)):
        raise click.BadParameter(f"{strange[0]} is not a role. Roles: {', '.join(Role.values)}.", param_hint="--role")
    chosen = [Role(role) for role in dict.fromkeys(roles)]
    _print_link(lambda: operator.let_in(email=email, name=name, roles=chosen, at=now()))


@command.command()
@click.argument("email")
@click.option("--without-second-factors", is_flag=True, help="Also take off passkeys, code app and recovery codes.")
@needs_database
def link(email: str, without_second_factors: bool) -> None:
    """Print a new set-up link for somebody who is here already; the one before stops working."""
    from haven.accounts import operator
    from haven.kernel.clock import now

    _print_link(lambda: operator.new_link(email=email, take_off_second_factors=without_second_factors, at=now()))


@command.command(name="list")
@needs_database
def listed() -> None:
    """List who works here: number, address, roles."""
    from haven.accounts import operator

    for staff in operator.listed():
        click.echo(f"{staff.pk:6} {staff.email:44} {', '.join(staff.roles)}")


def _print_link(make: Any) -> None:
    from django.conf import settings
    from django.urls import reverse

    from haven.accounts.operator import NotPossible
    from haven.kernel.decision import Refused

    try:
        made = make()
    except NotPossible as problem:
        raise click.ClickException(str(problem)) from None
    except Refused as refused:
        words = (refused.decision.reason, refused.decision.remedy)
        raise click.ClickException(" ".join(word for word in words if word)) from None
    click.echo(settings.HAVEN_PUBLIC_URL + reverse("staff:set-up-link", args=[made.secret]))
