"""`haven pack`: the landlord's policy pack."""

from pathlib import Path

import click


@click.group()
def command() -> None:
    """Check the policy pack: standards, strands, questions, bank holidays, in TOML."""


@command.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
def check(folder: Path | None) -> None:
    """Check a policy pack and name every fault with its file, line and reason.

    Without FOLDER, checks the pack in use (HAVEN_PACK). Ends with exit code 1 when the pack cannot be used.
    """
    from haven.policy import pack

    chosen = folder or pack.configured_folder()
    if not chosen.is_dir():
        raise click.ClickException(f"{chosen} is not a folder.")
    faults = pack.check(chosen)
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise click.ClickException(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in {chosen}.")
    click.echo(f"{chosen}: in order.")
