"""Signing in with address and password: the right people in, everybody else told the same."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.machinery.staff import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/staff/sign-in"


def test_address_and_password_lead_to_the_second_factor_first(client, caseworker, acts):
    answer = sign_in(client, caseworker.email, PASSWORD)
    assert answer.status_code == 302
    start = client.get(answer["Location"])
    assert start["Location"] == reverse("staff:second-factor")
    assert acts(caseworker) == [("sign_in.done", {"factors": [], "with_password": True})]


def test_the_page_for_the_second_factor_can_be_seen_without_one(client, caseworker, acts):
    sign_in(client, caseworker.email, PASSWORD)
    page = client.get("/staff/second-factor")
    assert page.status_code == 200
    assert "Add a code app" in page.content.decode()


def test_the_session_gets_a_new_key_at_sign_in(client, caseworker, acts):
    client.get(SIGN_IN)
    client.post(SIGN_IN, {"login": "x@landlord.example", "password": "wrong"})
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    sign_in(client, caseworker.email, PASSWORD)
    assert client.session.session_key != before


@pytest.mark.parametrize("email", ["amal@landlord.example", "nobody@landlord.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_page(client, caseworker, email):
    page = sign_in(client, email, "not the right one")
    text = page.content.decode().replace(email, "ADDRESS")
    assert page.status_code == 200
    assert "do not belong together" in text
    known = sign_in(Client(), caseworker.email, "not the right one").content.decode()
    assert _without_tokens(text) == _without_tokens(known.replace(caseworker.email, "ADDRESS"))


def _without_tokens(text):
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_a_failed_sign_in_is_in_the_trail_without_the_address(client, caseworker, acts):
    sign_in(client, caseworker.email, "not the right one")
    sign_in(client, "nobody@landlord.example", "not the right one")
    assert acts(caseworker) == [("sign_in.failed", {"step": "password", "known": True, "wait_seconds": 0})]
    assert acts() == [("sign_in.failed", {"step": "password", "known": False, "wait_seconds": 0})]


def test_somebody_who_left_is_told_the_same_as_a_stranger(client, caseworker, acts):
    caseworker.is_active = False
    caseworker.save()
    page = sign_in(client, caseworker.email, PASSWORD)
    assert "do not belong together" in page.content.decode()


def test_what_was_typed_stays_but_for_the_password(client, caseworker, acts):
    text = sign_in(client, "amal@landlord", "not the right one").content.decode()
    assert 'value="amal@landlord"' in text
    assert "not the right one" not in text
    assert "Error: " in text


@pytest.mark.parametrize(
    ("email", "password"),
    [("", ""), ("a\0b@x.example", "p"), ("x" * 500 + "@x.example", "p" * 5000), ("\ud800@x.example", "\ud800")],
)
def test_bad_input_gets_a_message_and_never_a_fault(client, email, password):
    body = f"login={_escaped(email)}&password={_escaped(password)}"
    page = client.post(SIGN_IN, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()


def _escaped(text):
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"))


def test_signing_out_needs_a_post_and_is_in_the_trail(client, caseworker, acts):
    sign_in(client, caseworker.email, PASSWORD)
    assert client.get("/staff/sign-out").status_code == 405
    client.post("/staff/sign-out")
    assert acts(caseworker)[-1][0] == "session.ended"
    assert client.get("/staff/account").status_code == 302


def test_next_leads_back_but_only_within_haven(client, caseworker, acts):
    inside = client.post(SIGN_IN, {"login": caseworker.email, "password": PASSWORD, "next": "/staff/account"})
    assert inside["Location"] == "/staff/account"
    outside = Client().post(
        SIGN_IN, {"login": caseworker.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert outside["Location"] == reverse("staff:start")
