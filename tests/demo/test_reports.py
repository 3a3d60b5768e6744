"""The fictional landlord's reports are believable and in every voice."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from haven.demo import homes, reports, staff
from haven.homes.models import Property
from haven.reports.models import Alarm, Report

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(rolled_back):
    random = Random(7)
    versions = homes.agreements()
    built = homes.properties(random, 300)
    Property.objects.bulk_create(built)
    households = homes.settle(random, built, versions, AT)
    return reports.tell(random, households, staff.hire(), AT, 80)


def test_reports_come_in_many_languages_and_by_many_ways(told):
    counted = Counter(heard.report.language for heard in told)
    assert {"en", "ar", "pl", "ro", "fa", "uk", "ur", "bn", "ckb"} <= set(counted)
    assert len({heard.report.channel for heard in told}) >= 10


def test_what_was_told_is_kept_word_for_word(told):
    for heard in told:
        assert Report.objects.get(pk=heard.report.pk).account == heard.voice.words


def test_there_is_always_something_that_came_in_just_now_and_something_in_danger(told):
    assert Report.objects.filter(received_at__gt=AT - timedelta(minutes=30)).exists()
    assert Alarm.objects.filter(taken_at=None).exists()


def test_some_homes_are_told_of_more_than_once(told):
    assert max(Counter(heard.household.home.pk for heard in told).values()) > 1
