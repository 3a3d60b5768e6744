"""What is recorded for which clause, beyond what each part says of itself; and how many of each there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django.apps import apps
from django.db import connection
from django.db.models import Count, Model

from haven.policy.pack import pack
from haven.policy.register import REGISTER, record

CHANNELS = tuple(f"3.2.2({letter})" for letter in "abcdefg")

for _clause in CHANNELS:
    record(_clause, "reports.Report", "Every report that came this way, and when it arrived")
record("2.0(c)", "people.SafeContact", "How each person can be reached without harm")
record("2.0(e)", "partners.Agency", "The agencies to which people can be put through")
record("3.1.1", "homes.AgreementVersion", "Each version of the agreement that homes are let under")
record("3.1.1", "homes.AgreementClause", "The clauses of each version that bind tenant, household and visitors")
record("3.2.2(a)", "accounts.Staff", "Everybody who works here and may write a report down")
record("3.2.2(e)", "evidence.Item", "Photos, recordings and documents, each with its hash")
record("3.4.1", "obligations.Done", "Every conversation, interview and repair that somebody recorded as done")
record("2.0(b)", "obligations.LateReason", "Why each late duty was late, as whoever owed it said")
record(("2.0(b)", "3.4.1"), "obligations.UpwardCall", "Who was told that nobody has a case, or that it has gone quiet")
record(("3.4.1", "3.5.1"), "obligations.Watch", "From when each open case counts as unowned, and as quiet")
record("3.5.2(a)", "homes.Tenancy", "Each tenancy and the version of the agreement that it holds")
record("6.1", "trail.Entry", "Everything that was done, opened or refused")
record("6.1", "trail.Checkpoint", "Seals over the trail")
record("6.1", "kernel.SealingKey", "The key of each report, case and person; destroying it erases them")


def counts() -> dict[str, int]:
    """Count the rows of every record of the register, by `clause model`; two queries."""
    every = {entry.model for entry in REGISTER.records.values()}
    one_by_one = (f"SELECT '{name}', count(*) FROM {model(name)._meta.db_table}" for name in sorted(every))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one_by_one))
        whole = dict(cursor.fetchall())
    came = dict(model("reports.Report")._default_manager.order_by().values_list("channel").annotate(Count("pk")))
    found: dict[str, int] = {}
    for entry in REGISTER.records.values():
        for clause in entry.clauses:
            ways = _ways(clause) if entry.model == "reports.Report" and clause in CHANNELS else None
            found[f"{clause} {entry.model}"] = whole[entry.model] if ways is None else sum(came.get(way, 0) for way in ways)
    return found


def _ways(clause: str) -> list[str]:
    """Return the channels by which reports come that a clause names."""
    return [code for code, channel in pack().channels.items() if clause in channel.clauses]


def model(name: str) -> type[Model]:
    """Return the model `part.Model`."""
    return apps.get_model(name)


@lru_cache(maxsize=1)
def names() -> Mapping[str, str]:
    """Return what the rows of each record are called, in the plural."""
    found = {entry.model: str(model(entry.model)._meta.verbose_name_plural) for entry in REGISTER.records.values()}
    return MappingProxyType(found)
