"""Need to know as truth tables; `test_access` holds the doors of the database against the same rules (clause 3.3.3)."""

import itertools

import pytest

from haven.accounts.choices import Role
from haven.cases.choices import Restriction
from haven.cases.rules.seeing import READERS, CaseFacts, ReportFacts, Viewer, may_see_case, may_see_report

pytestmark = pytest.mark.clause("3.3.3")
ME, TEAM, OTHER = 1, 1, 2


def viewer(*roles, team=TEAM, is_active=True):
    return Viewer(id=ME, roles=frozenset(roles), team=team, is_active=is_active)


CASES = {
    "another team's": ({"team": OTHER}, {Role.HEAD_OF_SERVICE}),
    "the team's": ({}, READERS),
    "restricted by name": ({"restriction": Restriction.NAMED}, {Role.HEAD_OF_SERVICE}),
    "sealed": ({"restriction": Restriction.SEALED}, set()),
    "sealed, and one's own": ({"restriction": Restriction.SEALED, "caseworker": ME}, READERS),
    "sealed, and covered": ({"restriction": Restriction.SEALED, "stand_in": ME}, READERS),
    "sealed, and let in": ({"restriction": Restriction.SEALED, "let_in": [ME]}, READERS),
    "one's own, and locked out": ({"caseworker": ME, "stand_in": ME, "let_in": [ME], "locked_out": [ME]}, set()),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("case", CASES)
def test_who_sees_a_case(case, role):
    facts, seen_by = CASES[case]
    decision = may_see_case(viewer(role), CaseFacts(**{"team": TEAM, "restriction": Restriction.TEAM, **facts}))
    assert decision.allowed is (role in seen_by)


REPORTS = {
    "in no team": ({"team": None}, READERS),
    "the team's": ({}, READERS),
    "another team's": ({"team": OTHER}, {Role.HEAD_OF_SERVICE}),
    "about somebody who works here": ({"is_sealed": True}, {Role.HEAD_OF_SERVICE}),
    "in a case that one sees": ({"made_a_case": True, "in_seen_case": True, "team": OTHER}, READERS),
    "in a case that one does not see": ({"made_a_case": True}, set()),
    "logged on this shift": (
        {"team": OTHER, "logged_by": ME, "logged_this_shift": True}, {Role.CALL_HANDLER, Role.HEAD_OF_SERVICE},
    ),
    "logged on an earlier shift": ({"team": OTHER, "logged_by": ME}, {Role.HEAD_OF_SERVICE}),
    "logged by somebody else": ({"team": OTHER, "logged_by": 9, "logged_this_shift": True}, {Role.HEAD_OF_SERVICE}),
    "its alarm taken": ({"team": OTHER, "made_a_case": True, "took_alarm_this_shift": True}, set(Role)),
    "its alarm taken, and locked out": ({"took_alarm_this_shift": True, "locked_out": [ME]}, set()),
}  # fmt: skip


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("report", REPORTS)
def test_who_sees_a_report(report, role):
    facts, seen_by = REPORTS[report]
    assert may_see_report(viewer(role), ReportFacts(**{"team": TEAM, **facts})).allowed is (role in seen_by)


@pytest.mark.parametrize(("what", "name"), [*itertools.product(["case"], CASES), *itertools.product(["report"], REPORTS)])
def test_whoever_has_left_sees_nothing(what, name):
    gone = viewer(*Role, is_active=False)
    if what == "case":
        facts = CaseFacts(**{"team": TEAM, "restriction": Restriction.TEAM, **CASES[name][0]})
        assert not may_see_case(gone, facts)
    else:
        assert not may_see_report(gone, ReportFacts(**{"team": TEAM, **REPORTS[name][0]}))


def test_forbidden_reads_like_absent():
    refused = may_see_case(viewer(Role.CASEWORKER), CaseFacts(team=OTHER, restriction=Restriction.TEAM))
    assert refused.reason == may_see_report(viewer(Role.CASEWORKER), ReportFacts(team=OTHER)).reason
    assert "nothing here" in refused.reason
