"""`haven duties` and `haven trail` at a terminal."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.db import transaction

from tests.obligations.conftest import SUNDAY, make_report


def run(*words: str):
    """What a command says, and its exit code."""
    from haven.jobs.cli import haven

    return CliRunner().invoke(haven, words)


@pytest.fixture
def two_reports(fresh_database):
    """Two reports with their duties."""
    from haven.obligations.projection import refresh

    with transaction.atomic():
        reports = [make_report(), make_report()]
        refresh(reports, SUNDAY)
    return reports


def test_a_sound_table_is_said_to_be_sound(two_reports):
    done = run("duties", "rebuild", "--check")
    assert (done.exit_code, done.stdout) == (0, "The table of duties says what the facts say.\n")


def test_a_difference_is_named_with_exit_code_1_and_then_put_right(two_reports):
    from haven.obligations.models import Duty

    Duty.objects.filter(report=two_reports[0], key="triage").update(due_at=SUNDAY)
    done = run("duties", "rebuild", "--check")
    assert done.exit_code == 1
    assert f"{two_reports[0].reference} triage: due_at is" in done.stdout
    assert "1 difference written" in run("duties", "rebuild").stdout
    assert run("duties", "rebuild", "--check").exit_code == 0


def test_from_nothing_makes_the_whole_table_again(two_reports):
    from haven.obligations.models import Duty

    before = Duty.objects.count()
    assert f"{before} differences written" in run("duties", "rebuild", "--from-nothing").stdout
    assert Duty.objects.count() == before
    assert run("duties", "rebuild", "--from-nothing", "--check").exit_code == 2


def test_duties_are_counted_by_kind(two_reports):
    lines = run("duties", "count").stdout.splitlines()
    assert next(line.split() for line in lines if line.startswith("triage"))[:2] == ["triage", "2"]
