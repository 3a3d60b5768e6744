"""Homes at a postcode, languages, promises, and equality monitoring."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.obligations.queries import promises_for
from haven.reports.languages import language_of
from haven.reports.models import EqualityMonitoring
from haven.reports.monitoring import QUESTIONS, keep_monitoring
from haven.reports.queries import addresses_of, homes_at, spaced
from haven.trail.models import Entry
from tests.reports.times import SUNDAY_NIGHT


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("zz1 2ab", "ZZ1 2AB"),
        ("ZZ12AB", "ZZ1 2AB"),
        (" z z 1 2 a b ", "ZZ1 2AB"),
        ("NE33 1XX", "NE33 1XX"),
        ("ZZ1", ""),
        ("ZZ1 2", ""),
        ("%", ""),
        ("", ""),
        ("Quay Lane", ""),
    ],
)
def test_only_a_whole_postcode_is_looked_up(typed, whole):
    assert spaced(typed) == whole


@pytest.mark.django_db
def test_a_postcode_gives_addresses_and_nothing_about_people(home):
    with CaptureQueriesContext(connection) as asked:
        found = homes_at("zz12ab")
    assert found == [(home.pk, "Flat 3, 12 Quay Lane, Merrowdale, ZZ1 2AB")]
    assert len(asked) == 1
    assert "homes_property" in asked[0]["sql"]
    assert "tenancy" not in asked[0]["sql"]


@pytest.mark.django_db
def test_part_of_a_postcode_gives_nothing_and_asks_nothing(home):
    with CaptureQueriesContext(connection) as asked:
        assert homes_at("ZZ1 2") == homes_at("ZZ1") == homes_at("%") == []
        assert addresses_of([]) == addresses_of(["", "x"]) == {}
    assert len(asked) == 0
    assert addresses_of([str(home.pk)]) == {str(home.pk): "Flat 3, 12 Quay Lane, Merrowdale, ZZ1 2AB"}


@pytest.mark.parametrize(
    ("words", "page", "language"),
    [
        ("He shouted at me.", "en-gb", "en"),
        ("صرخ في وجهي", "ar", "ar"),
        ("صرخ في وجهي", "en-gb", "und-Arab"),
        ("He shouted at me.", "ar", "und-Latn"),
        ("Він кричав", "en", "und-Cyrl"),
        ("চিৎকার", "en", "und-Beng"),
        ("ሰላም ናችሁ", "en", "und-Ethi"),
        ("12345 !!! 😡", "ar", "ar"),
        ("", "en", "en"),
        ("He said غ to me again and again", "en", "en"),
    ],
)
def test_the_language_of_an_account_is_never_claimed_to_be_one_that_it_cannot_be(words, page, language):
    assert language_of(words, page) == language


@pytest.mark.django_db
def test_promises_have_real_times_and_depend_on_danger(tell):
    calm = tell()
    assert next(one.due_at for one in promises_for(calm) if one.key == "triage") == calm.triage_due_at
    dire = tell(danger=("FIRE",), needs=("LOCKS",), code="1" * 16)
    times = {one.key: one.due_at - SUNDAY_NIGHT for one in promises_for(dire)}
    assert {"triage", "emergency_repair_attend"} <= set(times)
    assert times["emergency_repair_attend"].total_seconds() == 4 * 3600
    assert list(times.values()) == sorted(times.values())


@pytest.mark.django_db
def test_monitoring_keeps_the_month_and_joins_nothing():
    assert keep_monitoring({"age": "25_34", "religion": "declined", "sex": "nonsense", "other": "x"}, at=SUNDAY_NIGHT)
    row = EqualityMonitoring.objects.get()
    assert (row.given_on, row.age, row.religion, row.sex) == (date(2026, 11, 1), "25_34", "declined", "")
    assert not Entry.objects.exists()
    assert not [one for one in EqualityMonitoring._meta.get_fields() if one.is_relation]


@pytest.mark.django_db
def test_the_order_of_monitoring_rows_says_nothing():
    for _ in range(12):
        keep_monitoring({"age": "25_34"}, at=SUNDAY_NIGHT)
    keys = list(EqualityMonitoring.objects.values_list("pk", flat=True))
    assert min(keys) > 1000
    assert len(set(keys)) == 12


@pytest.mark.django_db
@pytest.mark.parametrize("answers", [{}, {"age": ""}, {"age": "a hundred"}])
def test_nothing_is_kept_of_monitoring_that_says_nothing(answers):
    assert keep_monitoring(answers, at=SUNDAY_NIGHT) is False
    assert not EqualityMonitoring.objects.exists()


def test_monitoring_asks_about_all_nine_characteristics():
    fields = {one.name for one in EqualityMonitoring._meta.get_fields()} - {"id", "given_on", "area"}
    assert {one.code for one in QUESTIONS} == fields
    assert len(fields) == 9
