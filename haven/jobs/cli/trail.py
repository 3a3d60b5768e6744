"""`haven trail`: proves the trail."""

import click

from haven.jobs.cli.needs import needs_database, say

STEP = 50_000


@click.group()
def command() -> None:
    """Prove that the trail is as it was written."""


@command.command()
@click.option("--seal", help="A seal that was kept outside the database (the log has one for each hour).")
@needs_database
def verify(seal: str | None) -> None:
    """Read the whole trail and say what was changed, removed or added behind its back.

    Ends with exit code 1 when anything was. People may go on working meanwhile.
    """
    from haven.trail import queries
    from haven.trail.verify import verify as faults_of

    faults = faults_of(lambda done: say(f"{done} entries read") if done % STEP == 0 else None)
    for fault in faults:
        click.echo(str(fault))
    if seal and not queries.has_seal(seal):
        raise click.ClickException("No checkpoint bears that seal: the trail was rewritten, or the seal is of another.")
    if faults:
        raise click.ClickException(f"The trail was tampered with: {len(faults)} places.")
    found = queries.extent()
    click.echo(
        f"The trail is whole: {found.entries} entries in {found.chains} chains, {found.unsealed} not sealed yet."
    )


@command.command()
@needs_database
def seal() -> None:
    """Seal what was added since the latest checkpoint, and print the seal to be kept outside the database."""
    from haven.kernel.clock import now
    from haven.trail.checkpoint import NotQuiet, make_checkpoint

    try:
        made = make_checkpoint(at=now())
    except NotQuiet as busy:
        raise click.ClickException(str(busy)) from None
    click.echo(bytes(made.seal).hex() if made else "Nothing was added since the latest checkpoint.")
