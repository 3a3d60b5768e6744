"""What needs somebody now: in the order of the clocks, nothing that they may not see, one query."""

from datetime import timedelta

import pytest

from tests.cases.cast import closed
from tests.obligations.conftest import HOUR, SUNDAY, make_case, make_report, make_staff, told_in

DAY = timedelta(days=1)


def refresh(*subjects):
    """What an act does at its end."""
    from haven.obligations.projection import refresh

    refresh(list(subjects), SUNDAY)


def needs(viewer, at=SUNDAY, **how):
    """The keys and references on somebody's list."""
    from haven.obligations.access import duties_for

    return [(one.key, one.reference) for one in duties_for(viewer, at=at, **how).all]


def test_a_report_without_a_team_needs_everybody_who_reads_reports(team, caseworker, manager):
    report = make_report()
    refresh(report)
    assert ("triage", report.reference) in needs(caseworker)
    assert ("triage", report.reference) in needs(manager)


@pytest.mark.parametrize("role", ["call_handler", "insight_analyst", "auditor", "administrator", "policy_owner"])
def test_other_roles_have_no_duties_list(team, role):
    refresh(make_report())
    assert needs(make_staff("other", team, role)) == []


def test_the_list_is_in_the_order_in_which_the_clocks_run_out(team, caseworker):
    from haven.obligations.access import duties_for

    refresh(*[make_report(received_at=SUNDAY - number * DAY) for number in (1, 9, 4)])
    found = duties_for(caseworker, at=SUNDAY + HOUR)
    due = [one.due_at for one in found.all]
    assert due == sorted(due)
    assert found.late
    assert all(one.is_late for one in found.late)
    assert {one.key for one in found.today} == {"triage"} or found.this_week


def test_late_today_this_week_and_later(team, caseworker):
    from haven.obligations.access import duties_for
    from haven.obligations.models import Duty

    report = make_report()
    refresh(report)
    offsets = {"triage": -HOUR, "assign": HOUR, "first_contact": 3 * DAY, "police_decision": 30 * DAY}
    for key, offset in offsets.items():
        Duty.objects.filter(key=key).update(due_at=SUNDAY + offset)
    found = duties_for(caseworker, at=SUNDAY)
    buckets = (found.late, found.today, found.this_week, found.later)
    assert [[one.key for one in bucket] for bucket in buckets if bucket] == [
        [key] for key in offsets if key in KEYS_OPEN
    ]


KEYS_OPEN = ("triage", "assign", "first_contact", "police_decision")


def test_own_duties_and_those_of_the_team_that_nobody_has_taken(team, caseworker, manager):
    mine, untaken = make_report(), make_report()
    refresh(make_case(team, mine, caseworker=caseworker), make_case(team, untaken))
    whole = needs(caseworker)
    assert {key for key, reference in whole if reference == untaken.reference} == {"triage", "assign"}
    assert ("first_contact", mine.case_links.get().case.reference) in whole
    only_mine = {key for key, _ in needs(caseworker, only_mine=True)}
    assert only_mine == {"first_contact", "interview", "police_decision"}
    assert needs(manager, only_mine=True) == []


def test_another_teams_work_is_not_on_the_list(team, caseworker):
    from haven.accounts.models import Team

    south = Team.objects.create(name="South")
    report = make_report(team=south)
    refresh(make_case(south, report))
    assert needs(caseworker) == []
    assert needs(make_staff("southerner", south, "caseworker")) != []


def test_a_conflict_takes_it_off_the_list_and_out_of_the_counts(team, caseworker):
    from haven.cases.models import Conflict

    report = make_report()
    case = make_case(team, report)
    refresh(case)
    assert needs(caseworker) != []
    for about in ({"case": case}, {"report": report}):
        Conflict.objects.create(staff=caseworker, reason="relative", declared_at=SUNDAY, **about)
    assert needs(caseworker) == []


def test_a_restricted_case_is_not_on_the_teams_list(team, caseworker, manager):
    report = make_report()
    refresh(make_case(team, report, restriction="named", caseworker=caseworker))
    assert {key for key, _ in needs(caseworker, only_mine=True)} >= {"first_contact"}
    assert needs(manager) == []


def test_the_review_of_a_decision_is_for_managers(team, caseworker, manager):
    from haven.cases.models import TriageDecision

    report = make_report(state="decided")
    TriageDecision.objects.create(report=report, outcome="neither", reason="No.", by=caseworker, at=SUNDAY)
    refresh(report)
    assert ("recorded_reason_review", report.reference) in needs(manager)
    assert "recorded_reason_review" not in {key for key, _ in needs(caseworker)}


def test_four_queries_for_one_report_and_for_thirty(team, caseworker, django_assert_num_queries):
    for number in (1, 29):
        reports = [make_report() for _ in range(number)]
        refresh(*reports[1:], make_case(team, reports[0], caseworker=caseworker))
        with django_assert_num_queries(4):
            needs(caseworker)


def test_a_list_that_is_cut_says_so(team, caseworker):
    from haven.obligations.access import duties_for

    refresh(*[make_report() for _ in range(3)])
    assert duties_for(caseworker, at=SUNDAY, most=4).is_cut
    assert len(duties_for(caseworker, at=SUNDAY, most=4).all) == 4
    assert not duties_for(caseworker, at=SUNDAY).is_cut


def test_what_one_report_or_case_still_needs(team, caseworker):
    from haven.obligations.access import duties_about

    report, other = make_report(), make_report()
    case = make_case(team, report, caseworker=caseworker)
    refresh(case, other)
    needed = [one.key for one in duties_about(caseworker, at=SUNDAY, report=other)]
    assert sorted(needed) == ["assign", "first_contact", "police_decision", "triage"]
    assert needed[0] == "triage"
    assert {one.key for one in duties_about(caseworker, at=SUNDAY, case=case)} >= {"first_contact", "interview"}


def test_promises_as_the_person_was_told_them(team, caseworker):
    from haven.obligations.queries import promises_for
    from haven.obligations.rules import Standing

    report = make_report()
    refresh(report)
    found = {promise.key: promise for promise in promises_for(report)}
    assert "first_contact" not in found
    assert found["triage"].words == "A trained person will read what you told us."
    assert found["ack"].standing(SUNDAY) is Standing.MET
    assert found["triage"].standing(SUNDAY) is Standing.OPEN
    assert found["triage"].standing(SUNDAY + 3 * HOUR) is Standing.LATE
    assert "danger_handover" not in found


def test_a_promise_missed_stays_missed_and_one_that_lapsed_is_not_shown(team, caseworker):
    from haven.obligations.queries import promises_for
    from haven.obligations.rules import Standing
    from haven.people.models import SafeContact

    report = make_report()
    SafeContact.objects.create(person=told_in(report), at=SUNDAY, preferred="call")
    case = make_case(team, report, caseworker=caseworker, caseworker_since=SUNDAY)
    closed(case, SUNDAY + 30 * DAY)
    refresh(case)
    found = {promise.key: promise.standing(SUNDAY + 31 * DAY) for promise in promises_for(report)}
    assert found["first_contact"] is Standing.MISSED
    assert found["assign"] is Standing.MET
    case.closed_at = SUNDAY + 2 * HOUR
    case.save(update_fields=["closed_at"])
    refresh(case)
    assert "first_contact" not in {promise.key for promise in promises_for(report)}


def test_promises_cost_two_queries_where_nothing_is_planned(team, django_assert_num_queries):
    from haven.obligations.queries import promises_for

    report = make_report()
    refresh(report)
    with django_assert_num_queries(2):
        promises_for(report)
