"""Who may look at whose account: each role."""

import pytest
from django.http import Http404

from haven.accounts import access
from haven.accounts.choices import Role
from haven.accounts.models import Team
from tests.machinery.staff import member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_only_administrators_see_accounts_and_teams(role):
    viewer, other = member(role), member(Role.CASEWORKER)
    Team.objects.create(name="North")
    if role is Role.ADMINISTRATOR:
        assert access.get_member(viewer, other.pk) == other
        assert set(access.people(viewer)) == {viewer, other}
        assert access.teams(viewer).count() == 1
    else:
        with pytest.raises(Http404):
            access.get_member(viewer, other.pk)
        assert not access.people(viewer).exists()
        assert not access.teams(viewer).exists()


def test_missing_and_forbidden_look_alike():
    with pytest.raises(Http404) as missing:
        access.get_member(member(Role.ADMINISTRATOR), 999_999)
    other = member(Role.CASEWORKER)
    with pytest.raises(Http404) as forbidden:
        access.get_member(member(Role.AUDITOR), other.pk)
    assert str(missing.value) == str(forbidden.value)


def test_an_administrator_who_left_sees_nobody():
    assert not access.people(member(Role.ADMINISTRATOR, is_active=False)).exists()


@pytest.mark.parametrize("role", Role)
def test_of_whom_each_role_may_say_whether_they_are_on_call(role):
    north = Team.objects.create(name="North")
    viewer = member(role, team=north)
    own, other = member(Role.CASEWORKER, team=north), member(Role.CASEWORKER)
    member(Role.CASEWORKER, team=north, is_active=False)
    member(Role.PARTNER)
    seen = set(access.may_be_on_call(viewer))
    expected = {
        Role.ADMINISTRATOR: {viewer, own, other},
        Role.HEAD_OF_SERVICE: {viewer, own, other},
        Role.TEAM_MANAGER: {viewer, own},
    }
    assert seen == expected.get(role, set())


def test_a_manager_without_a_team_says_it_of_nobody():
    member(Role.CASEWORKER)
    assert not access.may_be_on_call(member(Role.TEAM_MANAGER)).exists()
