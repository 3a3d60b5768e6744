"""`haven duties`: the table of duties, worked out again or compared with the facts."""

import time
from datetime import timedelta

import click

from haven.jobs.cli.needs import needs_database, say

MOST_SHOWN = 100


@click.group()
def command() -> None:
    """Work out again what the policy requires, or check that the table of duties says it."""


@command.command()
@click.option("--check", "only_check", is_flag=True, help="Change nothing: name what differs; exit code 1 if anything.")
@click.option("--from-nothing", is_flag=True, help="Throw the table away first. Nothing is lost: it is derived.")
@needs_database
def rebuild(only_check: bool, from_nothing: bool) -> None:
    """Derive every duty from what was recorded, and write what differs.

    Needed after a change of the policy pack (a nightly job does it as well) and after restoring a backup. People may
    go on working meanwhile.
    """
    from haven.obligations import projection

    if only_check and from_nothing:
        raise click.UsageError("--check changes nothing, --from-nothing throws the table away: choose one.")
    began = time.monotonic()
    if only_check:
        _check(projection.check(_progress(began)))
        return
    if from_nothing:
        projection.drop()
    differing = projection.rebuild(_progress(began))
    click.echo(f"{_said(differing)} written in {time.monotonic() - began:.1f} s.")


@command.command()
@needs_database
def count() -> None:
    """Count the duties of each kind: open, late, met in time, met late, missed."""
    from haven.kernel.clock import now
    from haven.obligations.queries import counts

    click.echo(f"{'duty':26}{'open':>8}{'of them late':>14}{'met':>8}{'met late':>10}{'missed':>8}{'lapsed':>8}")
    for key, one in counts(at=now()).items():
        click.echo(f"{key:26}{one.open:>8}{one.late:>14}{one.met:>8}{one.met_late:>10}{one.missed:>8}{one.lapsed:>8}")


def _check(differences) -> None:
    number = 0
    for number, line in enumerate(differences, start=1):
        if number <= MOST_SHOWN:
            click.echo(line)
    if number > MOST_SHOWN:
        click.echo(f"… and {number - MOST_SHOWN} more.")
    if number:
        raise click.ClickException(f"{_said(number)}. `haven duties rebuild` puts the table right.")
    click.echo("The table of duties says what the facts say.")


def _said(differing: int) -> str:
    return "1 difference" if differing == 1 else f"{differing} differences"


def _progress(began: float):
    last = [began]

    def tell(done: int) -> None:
        if time.monotonic() - last[0] > 2:
            last[0] = time.monotonic()
            say(f"{done:,} reports, {timedelta(seconds=round(last[0] - began))}")

    return tell
