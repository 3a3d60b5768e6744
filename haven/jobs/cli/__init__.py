"""The command line of Haven: `haven`."""

import gc
import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click

from haven import __version__

RARELY = (50_000, 20, 20)
"""When rubbish is collected: loading makes many things that stay; looking through them as it goes takes a fifth more."""

# Each command, the module that holds it, and the part that it needs: a command without its part is not offered.
COMMANDS = {
    "up": ("haven.jobs.cli.up", None),
    "web": ("haven.jobs.cli.web", None),
    "worker": ("haven.jobs.cli.worker", None),
    "database": ("haven.jobs.cli.database", None),
    "key": ("haven.jobs.cli.key", None),
    "django": ("haven.jobs.cli.django", None),
    "demo": ("haven.jobs.cli.demo", "haven.demo.load"),
    "policy": ("haven.jobs.cli.policy", None),
    "pack": ("haven.jobs.cli.pack", None),
    "trail": ("haven.jobs.cli.trail", None),
    "duties": ("haven.jobs.cli.duties", None),
    "staff": ("haven.jobs.cli.staff", None),
}


def is_there(module: str | None) -> bool:
    """Say whether a module can be imported, without importing it."""
    if module is None:
        return True
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


class Commands(click.Group):
    """Imports a command only when it is asked for, so that help is quick."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The commands whose parts are there, in the order in which a person meets them."""
        return [name for name, (module, part) in COMMANDS.items() if is_there(module) and is_there(part)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        if name not in self.list_commands(context):
            return None
        command = import_module(COMMANDS[name][0]).command
        return command if isinstance(command, click.Command) else None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="haven")
def haven() -> None:
    """Carry out a landlord's Hate Crime and Harassment Policy.

    `haven up` starts everything on this machine. `haven COMMAND --help` explains a command. What can be set in the
    environment (HAVEN_PORT, HAVEN_DATA, DATABASE_URL and more) is in docs/reference/environment.md.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haven.settings")


def main() -> None:
    """Run a command; what a person can mend is said in a sentence or two, with exit code 1."""
    gc.set_threshold(*RARELY)
    from haven.environment import Misconfigured
    from haven.jobs.folder import CannotStart
    from haven.jobs.keys import KeyUnusable
    from haven.jobs.supervisor import Stopped

    try:
        haven(prog_name="haven", standalone_mode=False)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (Misconfigured, CannotStart, KeyUnusable) as problem:
        sys.exit(_refuse(str(problem)))
    except Stopped:
        sys.exit(0)
    except Exception as problem:
        if meaning := _plain(problem):
            sys.exit(_refuse(meaning))
        raise


def _refuse(words: str) -> int:
    click.echo(f"haven: {words}", err=True)
    return 1


def _plain(problem: BaseException) -> str | None:
    """What a full disk or a silent database makes of any command, in words; None for everything else."""
    import errno

    import psycopg

    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, psycopg.errors.DiskFull) or getattr(cause, "errno", None) == errno.ENOSPC:
            return "The disk is full. Free some space, or set HAVEN_DATA to a folder on another disk."
        if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
            return "The database does not answer. Is it running, and is DATABASE_URL right?"
        cause = cause.__cause__
    return None
