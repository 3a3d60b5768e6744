"""A set-up link: from an administrator's hand to the desk, once."""

import pytest
from django.test import Client

from haven.accounts import actions
from haven.accounts.choices import Role
from haven.kernel import clock
from haven.kernel.action import SYSTEM
from tests.machinery.staff import member, signed_in

pytestmark = pytest.mark.django_db
NEW = {"password": "seven wet garden anvils"}


@pytest.fixture
def newcomer():
    return member(Role.CASEWORKER)


@pytest.fixture
def link(newcomer):
    return actions.issue_link(staff=newcomer, by=SYSTEM, at=clock.now())


def test_from_the_link_to_the_second_factor(client, newcomer, link, acts):
    assert client.get(f"/staff/set-up/{link.secret}")["Location"] == "/staff/set-up"
    assert newcomer.email in client.get("/staff/set-up").content.decode()
    answer = client.post("/staff/set-up", NEW)
    assert answer["Location"] == "/staff/"
    assert client.get("/staff/")["Location"] == "/staff/second-factor"
    assert [act for act, _ in acts(newcomer)] == ["staff.link_issued", "staff.link_used", "sign_in.done"]


def test_looking_does_not_use_it_up(client, link):
    for _ in range(3):
        Client().get(f"/staff/set-up/{link.secret}", follow=True)
    client.get(f"/staff/set-up/{link.secret}")
    assert client.get("/staff/set-up").status_code == 200


def test_it_works_once(client, link):
    client.get(f"/staff/set-up/{link.secret}")
    client.post("/staff/set-up", NEW)
    again = Client()
    again.get(f"/staff/set-up/{link.secret}")
    page = again.get("/staff/set-up")
    assert page.status_code == 410
    assert "works no longer" in page.content.decode()
    assert again.post("/staff/set-up", NEW).status_code == 410


@pytest.mark.parametrize("secret", ["x", "x" * 3000, "%00", "%F0%9F%98%80", ".."])
def test_a_made_up_link_does_nothing(client, secret):
    client.get(f"/staff/set-up/{secret}")
    assert client.get("/staff/set-up").status_code in (410, 404)


def test_a_weak_password_is_told_why_and_the_link_still_works(client, link):
    client.get(f"/staff/set-up/{link.secret}")
    page = client.post("/staff/set-up", {"password": "short"})
    assert "at least 12" in page.content.decode()
    assert client.post("/staff/set-up", NEW).status_code == 302


def test_whoever_has_a_second_factor_still_needs_it_after_the_link(client, newcomer, link):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=newcomer, type="webauthn", data={"name": "key", "credential": {}})
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(newcomer)
    client.get(f"/staff/set-up/{link.secret}")
    assert client.post("/staff/set-up", NEW)["Location"] == "/staff/sign-in/second-step"


def test_somebody_signed_in_is_signed_out_first(newcomer, link):
    other = member(Role.CASEWORKER)
    client = signed_in(other)
    client.get(f"/staff/set-up/{link.secret}")
    assert client.get("/staff/account").status_code == 302
