"""`haven trail`: is it as it was written, and a seal over it."""

import click

from haven.jobs.cli.needs import needs_database, say

MOST_SHOWN = 100


@click.group()
def command() -> None:
    """Check the trail of everything that was done, opened or refused, and seal it."""


@command.command()
@click.option("--seal", "seals", multiple=True, metavar="SEAL", help="A seal noted earlier outside of Haven.")
@needs_database
def verify(seals: tuple[str, ...]) -> None:
    """Read the whole trail and name every entry that was changed, removed or added behind its back.

    Every chain is followed link by link, and every checkpoint is compared with what it sealed. With --seal it is also
    checked that a checkpoint which you noted down earlier is still there. Exit code 1 when anything is wrong.
    """
    from haven.trail import queries
    from haven.trail.verify import verify as faults_of

    found = [str(fault) for fault in faults_of(lambda done: say(f"{done:,} entries read"))]
    found += [f"no checkpoint bears the seal {seal}" for seal in seals if not queries.has_seal(seal)]
    for line in found[:MOST_SHOWN]:
        click.echo(line)
    if len(found) > MOST_SHOWN:
        click.echo(f"… and {len(found) - MOST_SHOWN} more.")
    if found:
        raise click.ClickException(f"The trail is not as it was written: {len(found)} fault{'s'[: len(found) > 1]}.")
    extent = queries.extent()
    click.echo(f"The trail is as it was written: {extent.entries:,} entries in {extent.chains:,} chains.")
    if extent.checkpoint:
        click.echo(f"Sealed up to {extent.sealed_at:%d %B %Y %H:%M} UTC; {extent.unsealed:,} entries since then.")
    else:
        click.echo("There is no checkpoint yet. `haven trail checkpoint` makes one; a worker does so every hour.")


@command.command()
@needs_database
def checkpoint() -> None:
    """Seal what was added since the latest checkpoint, and print the seal.

    A seal that is kept somewhere else (on paper will do) proves later that nothing before it was taken away: give it
    to `haven trail verify --seal`.
    """
    from haven.kernel.clock import now
    from haven.trail.checkpoint import NotQuiet, make_checkpoint

    try:
        made = make_checkpoint(at=now())
    except NotQuiet as busy:
        raise click.ClickException(f"No checkpoint was made: {busy}. Try again.") from busy
    if made is None:
        click.echo("Nothing was added since the latest checkpoint.")
    else:
        click.echo(bytes(made.seal).hex())
