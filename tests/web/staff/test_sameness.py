"""Nobody can tell from the outside which addresses belong to staff: the same words, the same work, the same wait."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haven.accounts.choices import Role
from tests.machinery.staff import PASSWORD, member, sign_in, with_password

pytestmark = pytest.mark.django_db


class Counting(PBKDF2PasswordHasher):
    """A hasher that counts how often it worked: what takes the time."""

    algorithm = "counting"
    iterations = 1
    worked = 0

    def encode(self, *arguments, **more):
        """Count, then hash."""
        Counting.worked += 1
        return super().encode(*arguments, **more)


@pytest.fixture(autouse=True)
def counting(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]


@pytest.fixture
def everybody():
    with_password(Role.CASEWORKER, email="known@landlord.example")
    with_password(Role.CASEWORKER, email="left@landlord.example", is_active=False)
    member(Role.CASEWORKER, email="new@landlord.example")


WHO = ["known@landlord.example", "left@landlord.example", "new@landlord.example", "nobody@landlord.example"]


def worked(email, password="not the right one"):
    client = Client()
    Counting.worked = 0
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = sign_in(client, email, password)
    assert "do not belong together" in page.content.decode() or "too many wrong tries" in page.content.decode()
    return Counting.worked, len(queries)


def test_a_wrong_password_takes_the_same_work_whoever_it_is_for(everybody):
    first = {email: worked(email) for email in WHO}
    assert {hashed for hashed, _ in first.values()} == {1}
    assert len({queries for _, queries in first.values()}) == 1, first


def test_the_right_password_of_somebody_who_left_takes_the_same_work_too(everybody):
    assert worked("left@landlord.example", PASSWORD) == worked("nobody@landlord.example")


def test_an_address_that_nobody_has_waits_like_one_that_somebody_has(everybody):
    for email in WHO:
        for _ in range(5):
            worked(email)
    for email in WHO:
        page = sign_in(Client(), email, PASSWORD).content.decode()
        assert "Wait 1 minute, then try again" in page
        assert "do not belong together" not in page


def test_the_owner_gets_in_on_their_own_device_while_others_guess(everybody):
    own = Client()
    assert sign_in(own, "known@landlord.example", PASSWORD).status_code == 302
    own.post("/staff/sign-out")
    for number in range(30):
        sign_in(Client(REMOTE_ADDR=f"203.0.113.{number}"), "known@landlord.example", "a guess")
    stranger = Client(REMOTE_ADDR="203.0.113.200")
    assert "too many wrong tries" in sign_in(stranger, "known@landlord.example", PASSWORD).content.decode()
    assert sign_in(own, "known@landlord.example", PASSWORD).status_code == 302


def test_a_forged_device_cookie_is_no_device(everybody):
    client = Client(REMOTE_ADDR="203.0.113.200")
    client.cookies["device"] = "eyJ4IjoiMSJ9:1xxxxx:forged"
    for _ in range(5):
        sign_in(client, "known@landlord.example", "a guess")
    assert "too many wrong tries" in sign_in(client, "known@landlord.example", PASSWORD).content.decode()


def test_the_device_cookie_names_nobody_and_goes_to_the_sign_in_pages_only(everybody):
    cookie = sign_in(Client(), "known@landlord.example", PASSWORD).cookies["device"]
    assert "known" not in cookie.value
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/staff/", True, "Lax")
