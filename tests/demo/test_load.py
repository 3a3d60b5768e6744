"""The fictional landlord as a whole: everything that the desk shows always has something in it."""

from datetime import UTC, datetime

import pytest

from haven.cases.choices import CaseState, Outcome, Restriction
from haven.cases.models import Case, TriageDecision
from haven.confidentiality.models import Check
from haven.demo import load
from haven.interventions.models import Intervention
from haven.reports.models import Alarm, Report
from haven.risk.models import Assessment
from haven.trail.models import Entry

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def landlord(rolled_back):
    load.load(at=AT, homes_count=300, reports_count=60)


def test_every_state_of_a_report_and_a_case_is_there(landlord):
    assert Report.objects.exclude(state="decided").count() >= 20
    assert set(TriageDecision.objects.values_list("outcome", flat=True)) == set(Outcome.values)
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState.values)
    assert set(Case.objects.values_list("restriction", flat=True)) == set(Restriction.values)
    assert Alarm.objects.filter(taken_at=None).exists()
    assert Alarm.objects.exclude(taken_at=None).exists()


def test_some_decisions_wait_for_somebody_elses_review(landlord):
    neither = TriageDecision.objects.filter(outcome=Outcome.NEITHER)
    assert neither.filter(reviewed_at=None).exists()
    assert neither.exclude(reviewed_at=None).exists()


def test_nothing_happened_in_the_future(landlord):
    assert not Entry.objects.filter(at__gt=AT).exists()
    assert not Case.objects.filter(opened_at__gt=AT).exists()


def test_the_trail_of_the_fiction_verifies(landlord):
    from haven.trail.verify import verify

    assert list(verify()) == []


def test_a_second_load_is_not_needed(landlord):
    assert not load.is_empty()


def test_danger_was_assessed_high_and_low_and_some_of_it_is_incomplete(landlord):
    found = Assessment.objects.all()
    assert {"medium", "high", "critical"} <= set(found.values_list("band", flat=True))
    assert found.filter(is_incomplete=True).exists()
    assert found.filter(number=2).exists()


def test_steps_about_conduct_stand_along_the_whole_gate(landlord):
    found = Intervention.objects.all()
    assert {"consulted", "assessed", "executed", "breached", "proposed"} <= set(found.values_list("state", flat=True))
    assert found.exclude(waiting_since=None).exists()
    assert Check.objects.filter(found__gt=0).exists()
    refused = Entry.objects.filter(outcome="refused").values_list("act", flat=True)
    assert {"intervention.carried_out", "intervention.proposed"} <= set(refused)


def test_plans_stand_in_every_state_and_some_promises_are_late(landlord):
    from haven.obligations.models import OPEN, CaseReview, Duty
    from haven.support.models import ItemOutcome, Plan

    agreed = Plan.objects.filter(agreed_at__isnull=False)
    assert agreed.exists()
    assert Plan.objects.filter(agreed_at=None).exists()
    assert set(agreed.values_list("covers", flat=True)) == {"whole", "safety"}
    assert set(ItemOutcome.objects.values_list("outcome", flat=True)) == {"done", "not_done", "not_wanted"}
    late = Duty.objects.filter(OPEN, key="plan_item", due_at__lt=AT)
    assert late.filter(is_promise=True).exists()
    assert CaseReview.objects.exists()
    assert Alarm.objects.filter(taken_at=None).count() < 10
