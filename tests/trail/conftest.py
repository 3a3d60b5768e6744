"""Entries to verify, and ways to change them behind the web role's back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

SUNDAY_NIGHT = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)


@pytest.fixture
def append() -> Callable[..., None]:
    """Add entries to a chain: `append("report:7", 3, outcome="refused", guards=["cases.may_open"])`."""
    from django.db import transaction

    from haven.kernel.action import SYSTEM
    from haven.trail import recording

    def add(chain: str, count: int = 1, **said) -> None:
        for number in range(count):
            particulars = {
                "at": SUNDAY_NIGHT + timedelta(minutes=number),
                "act": "report.read",
                "outcome": "done",
                "by": SYSTEM,
                "subject": None,
                "guards": [],
                "clause": "",
                "codes": {"number": number, "strands": ["RACE"], "knows": None},
            }
            with transaction.atomic():
                recording.append(chain=chain, **{**particulars, **said})

    return add


@contextmanager
def _with_triggers_off(address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def behind(fresh_database) -> Callable[[str], None]:
    """Run SQL as the administrator with every trigger switched off, as somebody with full power could."""

    def run(order: str, *given) -> None:
        with _with_triggers_off(fresh_database.addresses.admin) as connection:
            connection.execute(order, given or None)

    return run
