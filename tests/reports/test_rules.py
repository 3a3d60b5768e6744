"""What may be done with a report, how urgent it is, and when it happened."""

from datetime import date

import pytest

from haven.policy.bands import Band
from haven.reports import rules
from haven.reports.rules import Weight

YES, NO = True, False


@pytest.mark.clause("3.2.1")
@pytest.mark.parametrize(
    ("account", "danger", "allowed"), [(YES, YES, YES), (YES, NO, NO), (NO, YES, NO), (NO, NO, NO)]
)
def test_only_the_account_and_the_danger_answer_are_compulsory(account, danger, allowed):
    decision = rules.may_receive(has_account=account, has_danger_answer=danger)
    assert (decision.allowed, decision.clause, decision.guard) == (allowed, "3.2.1", "reports.may_receive")


@pytest.mark.clause("3.2.2", "3.2.2(a)")
@pytest.mark.parametrize("active", [YES, NO])
def test_any_member_of_staff_may_log_a_report_and_nobody_who_has_left(active):
    assert rules.may_log(is_active_staff=active).allowed is active


@pytest.mark.clause("3.2.1")
@pytest.mark.parametrize(
    ("words", "files", "danger", "allowed"),
    [(NO, NO, NO, NO), (YES, NO, NO, YES), (NO, YES, NO, YES), (NO, NO, YES, YES), (YES, YES, YES, YES)],
)
def test_an_addition_has_to_say_something(words, files, danger, allowed):
    assert rules.may_add(has_words=words, has_files=files, has_danger=danger).allowed is allowed


@pytest.mark.clause("3.3.3", "3.6.1")
@pytest.mark.parametrize("known", [YES, NO])
@pytest.mark.parametrize("offered", [YES, NO])
@pytest.mark.parametrize("new", [YES, NO])
def test_a_permission_is_changed_for_a_known_recipient_in_an_offered_scope(known, offered, new):
    decision = rules.may_change_permission(recipient_is_known=known, scope_is_offered=offered, says_something_new=new)
    assert decision.allowed is (known and offered and new)
    assert decision.clause == "3.3.3"


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize(("active", "taken", "allowed"), [(YES, NO, YES), (YES, YES, NO), (NO, NO, NO), (NO, YES, NO)])
def test_an_alarm_is_taken_once_by_somebody_who_works_here(active, taken, allowed):
    for is_head in (YES, NO):
        decision = rules.may_take_alarm(is_active_staff=active, is_taken=taken, concerns_staff=NO, is_head=is_head)
        assert decision.allowed is allowed


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("is_head", [YES, NO])
def test_an_alarm_about_somebody_who_works_here_is_for_heads_of_service(is_head):
    decision = rules.may_take_alarm(is_active_staff=YES, is_taken=NO, concerns_staff=YES, is_head=is_head)
    assert decision.allowed is is_head
    assert is_head or (decision.clause == "3.3.3" and decision.remedy)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(("casework", "sure", "allowed"), [(YES, YES, YES), (YES, NO, NO), (NO, YES, NO), (NO, NO, NO)])
def test_a_new_code_needs_a_caseworker_who_knows_who_asks(casework, sure, allowed):
    decision = rules.may_issue_code(may_do_casework=casework, knows_who_asks=sure)
    assert decision.allowed is allowed
    assert bool(decision.remedy) is (casework and not sure)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("waiting", [YES, NO])
def test_one_request_for_a_code_waits_at_a_time(waiting):
    assert rules.may_ask_for_code(one_is_waiting=waiting).allowed is not waiting


@pytest.mark.parametrize(
    ("weight", "urgency"),
    [
        (Weight(alarm=True), 0),
        (Weight(alarm=True, bands=(Band.STANDARD,)), 0),
        (Weight(needs_alarm=True), 1),
        (Weight(bands=(Band.STANDARD, Band.CRITICAL)), 1),
        (Weight(bands=(Band.HIGH,)), 2),
        (Weight(bands=(Band.MEDIUM,), is_hate=True), 3),
        (Weight(is_hate=True), 3),
        (Weight(), 4),
    ],
)
def test_danger_comes_before_everything_in_the_queue(weight, urgency):
    assert rules.urgency(weight) == urgency


def test_clocks_run_by_the_worst_band_told_and_never_below_that_of_the_unassessed():
    assert rules.starting_band(Weight(bands=(Band.STANDARD,)), Band.MEDIUM) == Band.MEDIUM
    assert rules.starting_band(Weight(bands=(Band.CRITICAL, Band.STANDARD)), Band.MEDIUM) == Band.CRITICAL


@pytest.mark.parametrize(
    ("kind", "first", "last", "span"),
    [
        ("exact", ("3", "11", "2026"), (), (date(2026, 11, 3), date(2026, 11, 3))),
        ("exact", ("", "2", "2024"), (), (date(2024, 2, 1), date(2024, 2, 29))),
        ("exact", ("", "", "2025"), (), (date(2025, 1, 1), date(2025, 12, 31))),
        ("approximate", ("15", "6", "2026"), (), (date(2026, 6, 1), date(2026, 6, 29))),
        ("approximate", ("", "12", "2025"), (), (date(2025, 12, 1), date(2025, 12, 31))),
        ("range", ("1", "3", "2026"), ("", "4", "2026"), (date(2026, 3, 1), date(2026, 4, 30))),
        ("range", ("", "", ""), ("2", "4", "2026"), (None, date(2026, 4, 2))),
        ("range", ("1", "3", "2026"), ("", "", ""), (date(2026, 3, 1), None)),
        ("ongoing", ("1", "3", "2026"), (), (date(2026, 3, 1), None)),
        ("exact", ("", "", ""), (), (None, None)),
    ],
)
def test_a_date_may_be_exact_rough_between_two_days_or_going_on(kind, first, last, span):
    assert rules.span_of(kind, first, last or ("", "", "")) == span


def test_only_answers_that_ring_the_alarm_ring_it():
    assert rules.must_ring(["FIRE", "NONE"], {"FIRE"})
    assert not rules.must_ring(["NONE"], {"FIRE"})
    assert not rules.must_ring([], {"FIRE"})
