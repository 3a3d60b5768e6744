"""Brings the schema up to date as its owner, and refuses data that a newer Haven wrote."""

import contextlib
from collections.abc import Callable, Iterator

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from haven.jobs.folder import CannotStart

_LOCK = 4_283_611


def unknown_to_code(loader: MigrationLoader) -> list[str]:
    """The migrations that the database has been through and this code does not know."""
    replaced = {key for each in loader.replacements.values() for key in each.replaces}
    strangers = set(loader.applied_migrations) - set(loader.disk_migrations) - replaced
    return sorted(f"{label}.{name}" for label, name in strangers)


def pending(alias: str) -> list[str]:
    """The migrations that the database has still to go through."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up_to_date(say: Callable[[str], None]) -> None:
    """Migrate as the owner when there is something to migrate; one process at a time."""
    alias = "owner" if "owner" in connections.settings else "default"
    refuse_newer_data(alias)
    waiting = pending(alias)
    if not waiting:
        return
    if alias != "owner":
        raise CannotStart(
            f"The database lacks {len(waiting)} changes of its schema, and DATABASE_OWNER_URL is not set. Set it to "
            "the address with which haven_owner signs in, or run `haven database migrate` where it is set."
        )
    say(f"Bringing the schema up to date ({len(waiting)} steps).")
    with _alone(connections[alias]):
        call_command("migrate", database=alias, verbosity=0, interactive=False, skip_checks=True)


def refuse_newer_data(alias: str) -> None:
    """Refuse a database that a newer Haven has migrated."""
    if strangers := unknown_to_code(MigrationLoader(connections[alias])):
        raise CannotStart(
            f"The data belong to a newer version of Haven: they have been through {strangers[-1]}, which this version "
            "does not know. Start the newer version, or set HAVEN_DATA to a new folder."
        )


def refuse_mighty_web_role() -> None:
    """Refuse to serve people as a role that row security and the guard of the trail do not bind."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            raise CannotStart(
                "DATABASE_URL signs in as a role that row security does not bind. Let it sign in as haven_web; "
                "`haven database prepare` makes that role when DATABASE_ADMIN_URL is set."
            )


@contextlib.contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
