"""Whether Haven is alive and ready: for load balancers and for whoever starts it; says nothing about anybody."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from haven.kernel import sealing
from haven.web.staff.guard import public_page

FRESH = 30  # seconds since the worker's last heartbeat


@public_page(methods=("GET", "HEAD"))
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """Answer that the process is alive."""
    return JsonResponse({"alive": True})


@public_page(methods=("GET", "HEAD"))
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, schema, queue and keys are all there, else 503 with what is missing."""
    missing = _missing()
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def _missing() -> list[str]:
    missing = [] if _has_keys() else ["keys"]
    checks: dict[str, Callable[[], bool]] = {"schema": _has_schema, "queue": _has_worker}
    try:
        return [*missing, *(name for name, check in checks.items() if not check())]
    except DatabaseError:
        return [*missing, "database"]


def _has_keys() -> bool:
    try:
        return bool(sealing.deployment_key())
    except (OSError, sealing.Unreadable):
        return False


def _has_schema() -> bool:
    """Every migration that the code knows has been applied; asked again only until the answer is yes."""
    if not _schema.is_complete:
        executor = MigrationExecutor(connection)
        _schema.is_complete = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _schema.is_complete


class _Schema:
    is_complete = False


_schema = _Schema()


def _has_worker() -> bool:
    """Some worker has given a sign of life in the last half minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [FRESH],
        )
        return bool(cursor.fetchone()[0])
