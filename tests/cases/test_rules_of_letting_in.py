"""Who lets somebody into a case, hands a case back, and says what a conflict is."""

import pytest

from haven.accounts.choices import Role
from haven.cases.rules.casework import CONFLICTS, may_give_reason, may_hand_back, may_let_in
from haven.cases.rules.seeing import Viewer


def viewer(*roles, id=1, team=1, is_active=True):
    """Somebody who works here."""
    return Viewer(id=id, roles=frozenset(roles), team=team, is_active=is_active)


WORKER = viewer(Role.CASEWORKER)
MANAGER, OTHER_MANAGER = viewer(Role.TEAM_MANAGER, id=2), viewer(Role.TEAM_MANAGER, id=4, team=2)
HEAD = viewer(Role.HEAD_OF_SERVICE, id=3, team=None)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    ("by", "to", "is_caseworker", "is_locked_out", "allowed"),
    [
        (MANAGER, WORKER, False, False, True),
        (HEAD, WORKER, False, False, True),
        (WORKER, MANAGER, True, False, True),
        (WORKER, MANAGER, False, False, False),
        (OTHER_MANAGER, WORKER, False, False, False),
        (MANAGER, WORKER, False, True, False),
        (MANAGER, viewer(Role.AUDITOR), False, False, False),
        (MANAGER, viewer(Role.CASEWORKER, is_active=False), False, False, False),
        (viewer(Role.TEAM_MANAGER, is_active=False), WORKER, False, False, False),
    ],
)
def test_whoever_looks_after_a_case_lets_in_those_who_may_work_on_one(by, to, is_caseworker, is_locked_out, allowed):
    decision = may_let_in(by, to, team=1, is_caseworker=is_caseworker, is_locked_out=is_locked_out)
    assert decision.allowed is allowed
    assert decision.clause == "3.3.3"


@pytest.mark.clause("3.4.1")
@pytest.mark.parametrize(("by", "allowed"), [(MANAGER, True), (HEAD, True), (WORKER, False), (OTHER_MANAGER, False)])
def test_only_whoever_gives_out_the_teams_work_leaves_a_case_without_a_caseworker(by, allowed):
    assert may_hand_back(by, team=1).allowed is allowed


@pytest.mark.clause("3.3.3")
def test_a_conflict_says_of_what_kind_it_is():
    assert all(may_give_reason(reason) for reason, _ in CONFLICTS)
    assert not may_give_reason("")
    assert not may_give_reason("because")
