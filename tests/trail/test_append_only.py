"""The database itself refuses to change, remove or empty the trail, and chains never fork."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.trail.conftest import SUNDAY_NIGHT

ORDERS = [
    "UPDATE {table} SET at = now()",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
]


@pytest.mark.parametrize("role", ["web", "owner", "admin"])
def test_nobody_may_change_the_trail(fresh_database, append, role):
    from haven.trail.checkpoint import make_checkpoint

    append("report:7")
    make_checkpoint(at=SUNDAY_NIGHT)
    expected = psycopg.errors.InsufficientPrivilege if role == "web" else psycopg.errors.RaiseException
    for table, order in itertools.product(("trail_entry", "trail_checkpoint"), ORDERS):
        with psycopg.connect(getattr(fresh_database.addresses, role)) as connection:
            with pytest.raises(psycopg.Error) as refused:
                connection.execute(order.format(table=table))
        assert isinstance(refused.value, expected), (table, order)


def test_the_web_role_cannot_switch_the_triggers_off(fresh_database):
    for order in ("SET session_replication_role = replica", "ALTER TABLE trail_entry DISABLE TRIGGER ALL"):
        with psycopg.connect(fresh_database.addresses.web) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(order)


def test_twenty_at_once_make_one_chain_without_fork_or_gap(fresh_database, append):
    from django.db import connections

    from haven.trail.models import Chain, Entry
    from haven.trail.verify import verify

    def write(_) -> None:
        try:
            append("case:3", 10)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as threads:
        list(threads.map(write, range(20)))
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 201))
    assert Chain.objects.get().length == 200
    assert verify() == []


def test_a_checkpoint_waits_for_an_act_under_way(fresh_database, append):
    from django.db import connections, transaction

    from haven.trail.checkpoint import NotQuiet, make_checkpoint
    from haven.trail.verify import verify

    def seal(patience):
        try:
            return make_checkpoint(at=SUNDAY_NIGHT, patience=patience)
        finally:
            connections.close_all()

    with transaction.atomic(), ThreadPoolExecutor(1) as thread:
        append("report:7")
        thread.submit(append, "report:8").result()
        thread.submit(connections.close_all).result()
        with pytest.raises(NotQuiet):
            thread.submit(seal, 0).result()
    made = seal(0)
    assert made.entries == 2
    assert verify() == []


def test_a_checkpoint_waits_for_nobody_who_adds_nothing(fresh_database, append):
    from haven.trail.checkpoint import make_checkpoint

    elsewhere = fresh_database.addresses.admin.replace(fresh_database.database, "postgres")
    for address in (fresh_database.addresses.admin, elsewhere):
        with psycopg.connect(address) as connection:
            connection.execute("SELECT pg_current_xact_id()")
            append("report:7")
            assert make_checkpoint(at=SUNDAY_NIGHT, patience=0).entries == 1


def test_guards_are_tallied_by_day_when_a_checkpoint_is_made(fresh_database, append):
    from haven.trail.checkpoint import make_checkpoint
    from haven.trail.models import GuardTally

    append("report:7", 2, guards=["cases.may_see", "cases.may_open"], outcome="refused", clause="3.3.3")
    append("report:7", 1, guards=["cases.may_see"])
    make_checkpoint(at=SUNDAY_NIGHT)
    append("report:7", 1, guards=["cases.may_see"], outcome="refused")
    make_checkpoint(at=SUNDAY_NIGHT)
    found = {(t.guard, str(t.day), t.asked, t.refused) for t in GuardTally.objects.all()}
    assert found == {("cases.may_see", "2026-11-22", 4, 1), ("cases.may_open", "2026-11-22", 2, 2)}
