"""Somebody tells the landlord what happened, from the first page to the receipt."""

import pytest

pytestmark = pytest.mark.browser


def test_two_answers_are_enough(somebody, rows):
    from haven.reports.models import Report

    person = somebody().tell().send()
    reference, code = person.receipt
    assert rows.ask(Report.objects.filter(reference=reference).count) == 1


def test_desk(colleague):
    w = colleague("caseworker").see("/desk/queue")
    print(w.text[:500])
