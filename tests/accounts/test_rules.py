"""Who may decide what about whom: each act × each role, and how long a guess waits."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from haven.accounts import rules
from haven.accounts.choices import CASE_ROLES, COMPANY, MAY_SAY, Role
from haven.accounts.rules import ACCOUNT, HERE, PLACE, Asking, next_guess_at, session_end
from haven.kernel.decision import Decision

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ONLY_ADMINISTRATORS = MappingProxyType(
    {
        "add": lambda asking: rules.may_add_staff(asking=asking),
        "grant": lambda asking: rules.may_grant_role(
            asking=asking, role=Role.CASEWORKER, held=frozenset(), is_active=True
        ),
        "revoke": lambda asking: rules.may_revoke_role(asking=asking, role=Role.CASEWORKER, other_administrators=1),
        "move": lambda asking: rules.may_move_to_team(asking=asking),
        "leave": lambda asking: rules.may_leave(asking=asking, is_administrator=False, other_administrators=1),
        "come back": lambda asking: rules.may_come_back(asking=asking),
        "link": lambda asking: rules.may_issue_link(asking=asking, is_active=True),
    }
)


@pytest.mark.clause("4.1")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ONLY_ADMINISTRATORS)
def test_only_an_administrator_decides_about_accounts(act, role):
    decision = ONLY_ADMINISTRATORS[act](Asking(roles=frozenset({role})))
    assert decision.allowed is (role is Role.ADMINISTRATOR)
    assert decision.clause == "4.1"


@pytest.mark.clause("4.1")
@pytest.mark.parametrize("act", ONLY_ADMINISTRATORS)
def test_nobody_at_all_decides_nothing_and_the_command_line_may(act):
    assert not ONLY_ADMINISTRATORS[act](Asking())
    assert ONLY_ADMINISTRATORS[act](Asking(is_operator=True))


@pytest.mark.clause("4.1")
@pytest.mark.parametrize("act", [name for name in ONLY_ADMINISTRATORS if name != "add"])
def test_nobody_decides_about_themselves(act):
    decision = ONLY_ADMINISTRATORS[act](Asking(roles=frozenset({Role.ADMINISTRATOR}), is_oneself=True))
    assert not decision
    assert decision.reason == rules.NOT_ONESELF


@pytest.mark.clause("4.1")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("same_team", [True, False])
def test_who_says_who_is_on_call(role, same_team):
    asking = Asking(roles=frozenset({role}))
    decision = rules.may_set_on_call(asking=asking, is_same_team=same_team, is_active=True)
    always = role in {Role.ADMINISTRATOR, Role.HEAD_OF_SERVICE}
    assert decision.allowed is (always or (role is Role.TEAM_MANAGER and same_team))


@pytest.mark.clause("3.3.3", "4.1")
def test_nobody_who_left_is_put_on_call_given_a_role_or_a_link():
    asking = Asking(roles=frozenset({Role.ADMINISTRATOR}))
    assert not rules.may_set_on_call(asking=asking, is_same_team=True, is_active=False)
    assert not rules.may_issue_link(asking=asking, is_active=False)
    assert not rules.may_grant_role(asking=asking, role=Role.CASEWORKER, held=frozenset(), is_active=False)


@pytest.mark.clause("4.1")
@pytest.mark.parametrize(("others", "allowed"), [(0, False), (1, True)])
def test_the_last_administrator_stays(others, allowed):
    asking = Asking(is_operator=True)
    assert rules.may_revoke_role(asking=asking, role=Role.ADMINISTRATOR, other_administrators=others).allowed is allowed
    leaving = rules.may_leave(asking=asking, is_administrator=True, other_administrators=others)
    assert leaving.allowed is allowed


@pytest.mark.clause("3.3.3", "4.1")
@pytest.mark.parametrize("apart", [Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER, Role.CONTRACTOR])
@pytest.mark.parametrize("case_role", sorted(CASE_ROLES))
def test_who_runs_accounts_or_checks_or_comes_from_outside_sees_no_case(apart, case_role):
    asking = Asking(roles=frozenset({Role.ADMINISTRATOR}))
    for role, held in ((apart, case_role), (case_role, apart)):
        decision = rules.may_grant_role(asking=asking, role=role, held=frozenset({held}), is_active=True)
        assert not decision
        assert decision.clause == "3.3.3"
        assert Role(held).label in decision.remedy


@pytest.mark.clause("3.3.3", "4.1")
def test_roles_that_get_on_together_may_be_held_together():
    asking = Asking(is_operator=True)
    for role, companions in COMPANY.items():
        for other in companions:
            assert rules.may_grant_role(asking=asking, role=role, held=frozenset({other}), is_active=True)
            assert rules.may_grant_role(asking=asking, role=other, held=frozenset({role}), is_active=True)
    free = set(Role) - set(COMPANY)
    for role in free:
        assert rules.clash(role, frozenset(free)) is None


def test_every_role_says_what_it_does():
    assert set(MAY_SAY) == set(Role)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(
    ("shown", "without", "allowed"), [(True, False, True), (False, False, False), (False, True, True)]
)
def test_nobody_goes_in_without_a_second_factor_but_in_the_demonstration(shown, without, allowed):
    assert rules.may_go_in(has_shown_second_factor=shown, may_do_without=without).allowed is allowed


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize(("left", "without", "allowed"), [(0, False, False), (1, False, True), (0, True, True)])
def test_the_last_second_factor_stays(left, without, allowed):
    assert rules.may_remove_second_factor(left=left, may_do_without=without).allowed is allowed


@pytest.mark.parametrize(
    ("patience", "failures", "minutes"),
    [
        (HERE, 0, 0), (HERE, 4, 0), (HERE, 5, 1), (HERE, 6, 2), (HERE, 7, 4), (HERE, 8, 8), (HERE, 9, 15), (HERE, 999, 15),
        (ACCOUNT, 19, 0), (ACCOUNT, 20, 1), (ACCOUNT, 500, 15),
        (PLACE, 49, 0), (PLACE, 50, 1), (PLACE, 500, 5),
    ],
)  # fmt: skip
def test_wrong_guesses_wait_longer_and_never_long(patience, failures, minutes):
    waits = next_guess_at(patience, failures=failures, last_at=NOW, at=NOW) - NOW
    assert waits == timedelta(minutes=minutes)


def test_wrong_guesses_are_forgotten_after_an_hour():
    an_hour_ago = NOW - timedelta(hours=1)
    assert next_guess_at(HERE, failures=999, last_at=an_hour_ago, at=NOW) == NOW
    assert rules.failures_counted(HERE, failures=999, last_at=an_hour_ago, at=NOW) == 0


@pytest.mark.parametrize(
    ("started", "seen", "ends"),
    [
        (timedelta(), timedelta(), timedelta(minutes=30)),
        (timedelta(hours=-11), timedelta(), timedelta(minutes=30)),
        (timedelta(hours=-11, minutes=-45), timedelta(), timedelta(minutes=15)),
        (timedelta(hours=-1), timedelta(minutes=-29), timedelta(minutes=1)),
    ],
)
def test_a_session_ends_half_an_hour_after_the_last_act_and_twelve_hours_after_the_first(started, seen, ends):
    assert session_end(started_at=NOW + started, seen_at=NOW + seen, at=NOW) == NOW + ends


@pytest.mark.clause("4.1")
def test_every_rule_answers_with_a_decision_that_names_its_guard():
    decision = rules.may_add_staff(asking=Asking())
    assert isinstance(decision, Decision)
    assert decision.guard == "accounts.may_add_staff"
