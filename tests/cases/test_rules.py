"""The rules of triage and casework, as truth tables; no database."""

from datetime import UTC, datetime, timedelta

import pytest

from haven.accounts.choices import Role
from haven.cases.choices import Outcome, Part, Restriction, Source
from haven.cases.rules import casework, patterns, triage
from haven.cases.rules.patterns import Occasion, Told
from haven.cases.rules.seeing import Viewer

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
REASON = "The same words were sent twice within a minute."


def viewer(*roles, id=1, team=1, is_active=True):
    return Viewer(id=id, roles=frozenset(roles), team=team, is_active=is_active)


WORKER = viewer(Role.CASEWORKER)
MANAGER = viewer(Role.TEAM_MANAGER, id=2)
HEAD = viewer(Role.HEAD_OF_SERVICE, id=3, team=None)
OUTSIDE = [viewer(role) for role in Role if role not in (Role.CASEWORKER, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE)]
GONE = viewer(Role.CASEWORKER, is_active=False)


@pytest.mark.clause("3.3.2", "3.3.3", "3.5.1")
@pytest.mark.parametrize("by", [*OUTSIDE, GONE])
def test_nobody_without_a_case_role_takes_up_decides_or_works(by):
    facts = triage.Deciding(is_decided=False, is_unchanged=True, has_looked=True)
    assert not triage.may_take_up(by, is_decided=False)
    assert not triage.may_decide(by, facts)
    assert not casework.may_work_on(by, is_open=True)
    assert not casework.may_restrict(by, team=1, now="team", to="named")


@pytest.mark.clause("3.3.2", "3.5.1")
@pytest.mark.parametrize("by", [WORKER, MANAGER, HEAD])
def test_what_is_decided_or_closed_is_not_worked_on(by):
    assert triage.may_take_up(by, is_decided=False)
    assert not triage.may_take_up(by, is_decided=True)
    assert casework.may_work_on(by, is_open=True)
    assert not casework.may_work_on(by, is_open=False)


@pytest.mark.clause("3.3.2", "3.5.1")
@pytest.mark.parametrize(
    ("is_decided", "is_unchanged", "has_looked", "is_further", "allowed", "clause"),
    [
        (False, True, True, False, True, "3.3.2"),
        (False, True, False, False, False, "3.5.1"),
        (False, False, True, False, False, "3.3.2"),
        (True, True, True, False, False, "3.3.2"),
        (True, True, True, True, True, "3.3.2"),
        (True, False, True, True, False, "3.3.2"),
        (True, True, False, True, False, "3.5.1"),
    ],
)
def test_a_report_is_decided_once_by_somebody_who_looked(
    is_decided, is_unchanged, has_looked, is_further, allowed, clause
):
    facts = triage.Deciding(
        is_decided=is_decided, is_unchanged=is_unchanged, has_looked=has_looked, is_further=is_further
    )
    decision = triage.may_decide(WORKER, facts)
    assert (decision.allowed, decision.clause, decision.guard) == (allowed, clause, "cases.may_decide")


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize(("reason", "allowed"), [("", False), ("spam", False), (" " * 40, False), (REASON, True)])
def test_a_report_without_a_case_needs_a_reason_in_words(reason, allowed):
    assert triage.may_leave_without_case(reason=reason).allowed == allowed


@pytest.mark.clause("2.0(b)", "3.3.2")
@pytest.mark.parametrize(
    ("by", "decided_by", "outcome", "is_reviewed", "reason", "allowed"),
    [
        (MANAGER, 1, Outcome.NEITHER, False, "Agreed.", True),
        (HEAD, 1, Outcome.NEITHER, False, "Agreed.", True),
        (MANAGER, 2, Outcome.NEITHER, False, "Agreed.", False),
        (HEAD, 3, Outcome.NEITHER, False, "Agreed.", False),
        (WORKER, 9, Outcome.NEITHER, False, "Agreed.", False),
        (MANAGER, 1, Outcome.NEITHER, True, "Agreed.", False),
        (MANAGER, 1, Outcome.OPEN, False, "Agreed.", False),
        (MANAGER, 1, Outcome.NEITHER, False, "  ", False),
    ],
)
def test_somebody_else_reviews_and_only_once(by, decided_by, outcome, is_reviewed, reason, allowed):
    decision = triage.may_review(by, decided_by=decided_by, outcome=outcome, is_reviewed=is_reviewed, reason=reason)
    assert decision.allowed == allowed


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize(
    ("outcome", "is_open", "is_in", "allowed"),
    [
        (Outcome.JOIN, True, False, True),
        (Outcome.JOIN, False, False, False),
        (Outcome.JOIN, True, True, False),
        (Outcome.LINK, False, False, True),
        (Outcome.LINK, True, False, False),
        (Outcome.LINK, False, True, False),
    ],
)
def test_open_cases_are_joined_and_closed_ones_gone_on_from(outcome, is_open, is_in, allowed):
    assert triage.may_use_case(outcome, case_is_open=is_open, has_report_already=is_in).allowed == allowed


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(
    ("by", "to", "team", "locked", "restriction", "named", "allowed"),
    [
        (MANAGER, WORKER, 1, False, "team", False, True),
        (HEAD, WORKER, 1, False, "team", False, True),
        (WORKER, WORKER, 1, False, "team", False, True),
        (WORKER, viewer(Role.CASEWORKER, id=8), 1, False, "team", False, False),
        (WORKER, WORKER, 2, False, "team", False, False),
        (MANAGER, WORKER, 2, False, "team", False, False),
        (MANAGER, WORKER, 1, True, "team", False, False),
        (MANAGER, GONE, 1, False, "team", False, False),
        (MANAGER, OUTSIDE[0], 1, False, "team", False, False),
        (MANAGER, WORKER, 1, False, "sealed", False, False),
        (MANAGER, WORKER, 1, False, "sealed", True, True),
    ],
)
def test_who_gives_a_case_to_whom(by, to, team, locked, restriction, named, allowed):
    decision = casework.may_assign(by, to, team=team, is_locked_out=locked, restriction=restriction, is_named=named)
    assert decision.allowed == allowed


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    ("by", "now", "to", "allowed"),
    [
        (WORKER, Restriction.TEAM, Restriction.NAMED, True),
        (WORKER, Restriction.TEAM, Restriction.SEALED, True),
        (WORKER, Restriction.NAMED, Restriction.TEAM, False),
        (MANAGER, Restriction.NAMED, Restriction.TEAM, True),
        (MANAGER, Restriction.SEALED, Restriction.NAMED, False),
        (HEAD, Restriction.SEALED, Restriction.TEAM, True),
        (HEAD, Restriction.TEAM, "secret", False),
    ],
)
def test_closing_in_is_easy_and_opening_up_needs_somebody_higher(by, now, to, allowed):
    assert casework.may_restrict(by, team=1, now=now, to=to).allowed == allowed


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    ("by", "about", "allowed"),
    [(WORKER, 1, True), (WORKER, 2, False), (MANAGER, 1, True), (HEAD, 1, True), (OUTSIDE[0], 1, True), (OUTSIDE[0], 5, False)],
)  # fmt: skip
def test_everybody_declares_their_own_conflict_and_managers_others(by, about, allowed):
    assert casework.may_declare_conflict(by, about=about, team=1).allowed == allowed


@pytest.mark.clause("3.3.3")
def test_a_manager_of_another_team_declares_nothing_for_this_one():
    assert not casework.may_declare_conflict(viewer(Role.TEAM_MANAGER, id=7, team=2), about=1, team=1)


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize("source", Source.values)
def test_each_source_says_only_its_own_words(source):
    values = {value for value, _ in casework.FINDINGS[source]}
    every = {value for found in casework.FINDINGS.values() for value, _ in found}
    for value in every:
        decision = casework.may_record_finding(source=source, value=value, note="Grounds")
        assert decision.allowed == (value in values)
    assert not casework.may_record_finding(source="rumour", value="hate", note="Grounds")


@pytest.mark.clause("3.3.2")
def test_our_own_finding_needs_grounds_and_nobody_elses_does():
    assert not casework.may_record_finding(source=Source.LANDLORD, value="hate", note=" ")
    assert casework.may_record_finding(source=Source.LANDLORD, value="looking", note="")
    assert casework.may_record_finding(source=Source.POLICE, value="not_recorded_by_police", note="")


def test_perception_never_waits_for_proof():
    assert patterns.is_hate_related(["RACE"])
    assert not patterns.is_hate_related([])


@pytest.mark.clause("3.3.1")
@pytest.mark.parametrize("part", [*Part.values, "suspect"])
def test_parts_are_those_of_the_policy(part):
    assert casework.may_add_part(part=part, is_in_already=False).allowed == (part in Part.values)
    assert not casework.may_add_part(part=part, is_in_already=True)


@pytest.mark.clause("3.3.2")
@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [(None, None, True), (AT, None, True), (AT - DAY, AT, True), (AT, AT - DAY, False), (AT + DAY, None, False)],
)
def test_an_occasion_lies_in_the_past_and_ends_after_it_begins(first, last, allowed):
    assert casework.may_record_occasion(happened_from=first, happened_to=last, at=AT).allowed == allowed


def occasion(number, *harmed, several=False):
    return Occasion(incident=number, harmed=frozenset(harmed), is_several=several)


@pytest.mark.parametrize(
    ("occasions", "why"),
    [
        ([], None),
        ([occasion(1, 10)], None),
        ([occasion(1, 10), occasion(2, 10)], "one_person"),
        ([occasion(1, 10, several=True)], "one_person"),
        ([occasion(1, 10), occasion(2, 11)], "several_people"),
        ([occasion(1), occasion(2)], "nobody_named"),
        ([occasion(1)], None),
        ([occasion(1, 10), occasion(2)], None),
    ],
)
def test_two_occasions_to_one_or_one_to_each_of_two_may_be_harassment(occasions, why):
    course = patterns.course_of_conduct(occasions)
    assert (course.why if course else None) == why


@pytest.mark.clause("3.5.1")
@pytest.mark.parametrize(("perceived", "allowed"), [(True, True), (False, False)])
def test_without_a_pattern_only_a_perception_marks_harassment(perceived, allowed):
    assert patterns.may_call_harassment(course=None, is_perceived=perceived).allowed == allowed
    course = patterns.course_of_conduct([occasion(1, 10), occasion(2, 10)])
    assert patterns.may_call_harassment(course=course, is_perceived=False)


def told(*days):
    return [Told(kind="report", id=number, at=AT - day * DAY) for number, day in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "at_least", "within", "count"),
    [
        ((), 2, 365, None),
        ((0,), 2, 365, None),
        ((0, 364), 2, 365, 2),
        ((0, 365), 2, 365, 2),
        ((0, 366), 2, 365, None),
        ((0, 10, 29), 3, 30, 3),
        ((0, 10, 31), 3, 30, None),
        ((0, 100, 110, 120), 3, 30, 3),
    ],
)
def test_what_repeats_is_found_to_the_day(days, at_least, within, count):
    found = patterns.repeat_in(told(*days), rule="R", at_least=at_least, within_days=within)
    assert (len(found.rests_on) if found else None) == count
