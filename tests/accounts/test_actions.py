"""What is done to accounts: what it writes, its one entry in the trail, its refusals, and that these change nothing."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from haven.accounts import actions, queries
from haven.accounts.actions.links import find_open_link, withdraw_links
from haven.accounts.choices import Role, SessionEnd, Step
from haven.accounts.models import SetUpLink, Staff, Team
from haven.accounts.rules import LINK_LASTS
from haven.kernel import clock
from haven.kernel.action import SYSTEM
from haven.kernel.decision import Refused
from haven.trail.models import Entry
from tests.machinery.staff import member, signed_in

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def administrator():
    return member(Role.ADMINISTRATOR)


@pytest.fixture
def worker():
    return member(Role.CASEWORKER)


def entries(staff):
    return list(Entry.objects.filter(chain=f"staff:{staff.pk}").order_by("seq").values_list("act", "outcome", "codes"))


def test_adding_somebody_leaves_one_entry_with_roles_and_no_name(administrator):
    team = Team.objects.create(name="North")
    staff = actions.add_staff(
        email="Noor@Landlord.example", name=" Noor ", roles=[Role.CASEWORKER], team=team, by=administrator, at=NOW
    )
    assert (staff.email, staff.name, staff.roles, staff.team) == ("noor@landlord.example", "Noor", ["caseworker"], team)
    assert not staff.has_usable_password()
    assert entries(staff) == [("staff.added", "done", {"roles": ["caseworker"], "team": team.pk})]


def test_roles_that_keep_apart_are_refused_from_the_start(administrator):
    roles = [Role.ADMINISTRATOR, Role.CASEWORKER]
    with pytest.raises(Refused):
        actions.add_staff(email="n@landlord.example", name="N", roles=roles, team=None, by=administrator, at=NOW)
    assert not Staff.objects.filter(email="n@landlord.example").exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_adds_or_grants(role, worker):
    other = member(role)
    with pytest.raises(Refused):
        actions.add_staff(email="n@landlord.example", name="N", roles=[], team=None, by=other, at=NOW)
    with pytest.raises(Refused):
        actions.grant_role(staff=worker, role=Role.TEAM_MANAGER, by=other, at=NOW)
    worker.refresh_from_db()
    assert worker.roles == ["caseworker"]
    assert entries(worker)[-1][:2] == ("staff.role_granted", "refused")


def test_an_administrator_who_left_decides_nothing(administrator, worker):
    administrator.is_active = False
    administrator.save()
    with pytest.raises(Refused):
        actions.grant_role(staff=worker, role=Role.TEAM_MANAGER, by=administrator, at=NOW)


def test_granting_and_taking_away_a_role_are_in_the_trail(administrator, worker):
    actions.grant_role(staff=worker, role=Role.TEAM_MANAGER, by=administrator, at=NOW)
    actions.revoke_role(staff=worker, role=Role.CASEWORKER, by=administrator, at=NOW)
    worker.refresh_from_db()
    assert worker.roles == ["team_manager"]
    assert entries(worker) == [
        ("staff.role_granted", "done", {"role": "team_manager", "had_it": False}),
        ("staff.role_revoked", "done", {"role": "caseworker", "had_it": True}),
    ]


def test_no_administrator_promotes_themselves(administrator):
    with pytest.raises(Refused):
        actions.grant_role(staff=administrator, role=Role.POLICY_OWNER, by=administrator, at=NOW)
    assert entries(administrator)[-1][1] == "refused"


def test_leaving_ends_sessions_roles_links_and_counts_the_open_work(administrator, worker):
    client = signed_in(worker)
    link = actions.issue_link(staff=worker, by=administrator, at=NOW)
    actions.leave(staff=worker, open_work={"cases": 7}, by=administrator, at=NOW)
    worker.refresh_from_db()
    assert (worker.is_active, worker.roles, worker.on_call) == (False, [], False)
    assert find_open_link(link.secret, NOW) is None
    assert UserSession.objects.filter(user=worker).count() == 0
    assert client.get("/staff/account")["Location"].startswith("/staff/sign-in")
    act, _, codes = entries(worker)[-1]
    assert act == "staff.left"
    assert codes["open_work"] == {"cases": 7}


def test_the_last_administrator_cannot_leave_even_by_the_command_line(administrator):
    with pytest.raises(Refused):
        actions.leave(staff=administrator, open_work={}, by=SYSTEM, at=NOW)
    administrator.refresh_from_db()
    assert administrator.is_active


def test_whoever_comes_back_has_no_role_and_no_password(administrator, worker):
    actions.leave(staff=worker, open_work={}, by=administrator, at=NOW)
    actions.come_back(staff=worker, by=administrator, at=NOW)
    worker.refresh_from_db()
    assert worker.is_active
    assert worker.roles == []
    assert not worker.has_usable_password()


def test_moving_says_from_where_and_to_where(administrator, worker):
    north, south = Team.objects.create(name="North"), Team.objects.create(name="South")
    actions.move_to_team(staff=worker, team=north, by=administrator, at=NOW)
    actions.move_to_team(staff=worker, team=south, by=administrator, at=NOW)
    assert entries(worker)[-1] == ("staff.moved", "done", {"team": south.pk, "was": north.pk})


def test_a_manager_puts_their_own_team_on_call_and_no_other():
    north, south = Team.objects.create(name="North"), Team.objects.create(name="South")
    manager = member(Role.TEAM_MANAGER, team=north)
    own, other = member(Role.CASEWORKER, team=north), member(Role.CASEWORKER, team=south)
    actions.set_on_call(staff=own, on_call=True, by=manager, at=NOW)
    with pytest.raises(Refused):
        actions.set_on_call(staff=other, on_call=True, by=manager, at=NOW)
    assert queries.staff_on_call() == [own]


def test_a_link_works_once_within_its_time_and_only_the_newest(administrator, worker):
    first = actions.issue_link(staff=worker, by=administrator, at=NOW)
    second = actions.issue_link(staff=worker, by=administrator, at=NOW)
    assert find_open_link(first.secret, NOW) is None
    assert find_open_link(second.secret, NOW + LINK_LASTS - timedelta(seconds=1)) == second
    assert find_open_link(second.secret, NOW + LINK_LASTS) is None
    actions.use_link(link=second, password="plum harbour ninety crow", by=worker, at=NOW)
    assert find_open_link(second.secret, NOW) is None
    with pytest.raises(Refused):
        actions.use_link(link=second, password="another harbour entirely", by=worker, at=NOW)
    worker.refresh_from_db()
    assert worker.check_password("plum harbour ninety crow")


def test_what_is_kept_of_a_link_does_not_open_it(administrator, worker):
    link = actions.issue_link(staff=worker, by=administrator, at=NOW)
    kept = SetUpLink.objects.get(pk=link.pk)
    assert kept.secret == ""
    assert link.secret.encode() not in bytes(kept.secret_hash)
    assert link.secret not in str(entries(worker))


def test_a_withdrawn_link_is_not_used(administrator, worker):
    link = actions.issue_link(staff=worker, by=administrator, at=NOW)
    withdraw_links(worker, NOW)
    with pytest.raises(Refused):
        actions.use_link(link=link, password="plum harbour ninety crow", by=worker, at=NOW)
    worker.refresh_from_db()
    assert not worker.has_usable_password()


def test_taking_off_second_factors_ends_sessions_and_names_the_kinds(administrator, worker):
    Authenticator.objects.create(user=worker, type="totp", data={"secret": "x"})
    signed_in(worker)
    actions.reset_second_factors(staff=worker, by=administrator, at=NOW)
    assert not queries.has_second_factor(worker)
    assert UserSession.objects.filter(user=worker).count() == 0
    assert entries(worker)[-1] == ("second_factor.reset", "done", {"kinds": ["totp"]})
    with pytest.raises(Refused):
        actions.reset_second_factors(staff=administrator, by=administrator, at=NOW)


def test_a_failed_sign_in_stays_in_the_trail_and_names_nobody_unknown():
    actions.record_failed_sign_in(staff=None, step=Step.PASSWORD, wait=timedelta(minutes=2), by=SYSTEM, at=NOW)
    entry = Entry.objects.get(chain="system", act="sign_in.failed")
    assert entry.codes == {"step": "password", "known": False, "wait_seconds": 120}


def test_sessions_that_nobody_came_back_to_are_ended_with_an_entry(worker):
    signed_in(worker)
    UserSession.objects.update(last_seen_at=NOW - timedelta(minutes=31))
    other = member(Role.CASEWORKER)
    signed_in(other)
    UserSession.objects.filter(user=other).update(created_at=NOW - timedelta(hours=12, minutes=1))
    third = member(Role.CASEWORKER)
    signed_in(third)
    assert actions.end_stale_sessions(at=NOW) == 2
    assert entries(worker)[-1][2]["why"] == SessionEnd.IDLE
    assert entries(other)[-1][2]["why"] == SessionEnd.OLD
    assert list(UserSession.objects.values_list("user_id", flat=True)) == [third.pk]
