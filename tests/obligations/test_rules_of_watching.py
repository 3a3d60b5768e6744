"""When a case counts as unowned, as quiet, who is told when, and what work weighs; no database."""

from datetime import UTC, datetime, timedelta

import pytest

from haven.obligations.rules.watching import Watched, Why, band_of, head_from, is_time_to_tell, watch
from haven.obligations.rules.workload import by_band, weight_of
from haven.policy.bands import Band

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FIVE = MONDAY.replace(hour=17)


def watched(**said) -> Watched:
    """A case of a high band, opened on Monday, with a caseworker who did something there and then."""
    return Watched(
        **{
            "case": 1,
            "team": 1,
            "urgency": 2,
            "opened_at": MONDAY,
            "caseworker": 7,
            "caseworker_since": MONDAY,
            "acted_at": MONDAY,
            **said,
        }
    )


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("said", "unowned_from"),
    [
        ({}, None),
        ({"caseworker": None, "caseworker_due": MONDAY + HOUR}, MONDAY + HOUR),
        ({"caseworker": None}, FIVE + DAY),
        ({"caseworker": None, "urgency": 1}, MONDAY + 2 * HOUR),
        ({"caseworker_works_here": False}, MONDAY),
        ({"caseworker_works_here": False, "caseworker_since": None, "opened_at": MONDAY - DAY}, MONDAY - DAY),
    ],
)
def test_a_case_is_unowned_without_a_caseworker_past_the_clock_or_when_they_have_left(said, unowned_from):
    assert watch(watched(**said)).unowned_from == unowned_from


@pytest.mark.clause("2.0(b)", "3.4.1", "3.5.1")
@pytest.mark.parametrize(
    ("said", "quiet_from"),
    [
        ({}, FIVE + 7 * DAY),
        ({"acted_at": None}, FIVE + 7 * DAY),
        ({"acted_at": MONDAY + DAY}, FIVE + 8 * DAY),
        ({"urgency": 1}, FIVE + DAY),
        ({"urgency": 3}, FIVE + 14 * DAY),
        ({"news_due": MONDAY + HOUR}, MONDAY + HOUR),
        ({"news_due": MONDAY + 30 * DAY}, FIVE + 7 * DAY),
        ({"unspoken_since": MONDAY - 7 * DAY}, FIVE),
        ({"unspoken_since": MONDAY - 7 * DAY, "news_due": MONDAY}, MONDAY),
    ],
)
def test_a_case_is_quiet_when_nothing_was_heard_or_done_for_too_long(said, quiet_from):
    assert watch(watched(**said)).quiet_from == quiet_from


@pytest.mark.clause("2.0(b)")
def test_a_case_that_nobody_has_comes_before_one_that_is_quiet():
    both = watch(watched(caseworker=None, caseworker_due=MONDAY, news_due=MONDAY))
    assert both.why(MONDAY - HOUR) is None
    assert both.why(MONDAY) is Why.UNOWNED
    assert watch(watched(news_due=MONDAY)).why(MONDAY) is Why.QUIET
    assert watch(watched()).why(MONDAY) is None


@pytest.mark.clause("4.1")
def test_a_head_of_service_is_told_after_a_working_day_and_of_critical_cases_at_once():
    assert head_from(MONDAY, 2) == FIVE + DAY
    assert head_from(MONDAY, 1) == head_from(MONDAY, 0) == MONDAY


@pytest.mark.clause("2.0(b)")
@pytest.mark.parametrize(
    ("urgency", "at", "told"),
    [(2, MONDAY, True), (2, MONDAY.replace(hour=2), False), (1, MONDAY.replace(hour=2), True), (2, MONDAY - DAY, False)],
)
def test_a_critical_case_is_told_of_at_any_hour_and_others_in_office_hours(urgency, at, told):
    assert is_time_to_tell(urgency, at) is told


def test_each_step_of_urgency_stands_for_a_band():
    assert [band_of(step) for step in range(6)] == [
        Band.CRITICAL, Band.CRITICAL, Band.HIGH, Band.MEDIUM, Band.STANDARD, Band.STANDARD,
    ]  # fmt: skip


@pytest.mark.clause("2.0(b)")
def test_a_greater_danger_weighs_more_and_late_duties_add_to_it():
    assert by_band({1: 1, 0: 1, 3: 4}) == {Band.CRITICAL: 2, Band.HIGH: 0, Band.MEDIUM: 4, Band.STANDARD: 0}
    assert weight_of({1: 1}, 0) == weight_of({2: 2}, 0) == weight_of({3: 4}, 0) == weight_of({4: 8}, 0) == 8
    assert weight_of({2: 1, 4: 1}, 3) == 8
