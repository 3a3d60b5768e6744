"""`haven duties`: the table of duties, worked out again from the facts."""

import click

from haven.jobs.cli.needs import needs_database, say

STEP = 5_000
SHOWN = 50


@click.group()
def command() -> None:
    """Work duties out again from what was recorded."""


@command.command()
@click.option("--check", is_flag=True, help="Change nothing; end with exit code 1 when anything differs.")
@needs_database
def rebuild(check: bool) -> None:
    """Derive every duty again and write what differs. People may go on working meanwhile."""
    from haven.obligations import projection

    if not check:
        click.echo(f"{projection.rebuild(_progress)} duties were put right.")
        return
    differing = 0
    for line in projection.check(_progress):
        differing += 1
        if differing <= SHOWN:
            click.echo(line)
    if differing:
        raise click.ClickException(f"{differing} differ. `haven duties rebuild` puts them right.")
    click.echo("The table of duties is what the facts say.")


def _progress(done: int) -> None:
    if done % STEP == 0:
        say(f"{done} reports done")
