"""Every route × method × role: each declares whom it is for, and lets in nobody else.

The matrix is generated from the addresses themselves, so that a new page is in it from its first day.
"""

import copy
import re

import pytest
from django.test import Client

from haven.accounts.choices import Role
from haven.web.staff.guard import declared
from tests.machinery.staff import member, signed_in

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SAMPLES = {"int": "999999", "str": "none-such", "slug": "none-such", "uuid": "00000000-0000-4000-8000-000000000000"}
KINDS = {"public", "signing_in", "staff"}
ROUTES = {route.pattern: route for route in declared()}
STAFF = [pattern for pattern, route in ROUTES.items() if route.audience and route.audience.kind == "staff"]
OTHERS = [pattern for pattern, route in ROUTES.items() if route.audience and route.audience.kind != "staff"]


def address(pattern):
    """An address that the pattern matches, of something that is not there."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "none-such"), pattern)


def ask(client, method, pattern):
    return client.generic(method, address(pattern))


@pytest.fixture(scope="module")
def cookies(rolled_back):
    """What the browser of somebody with each role holds once they have signed in."""
    return {role: signed_in(member(role)).cookies for role in Role}


@pytest.fixture
def signed_in_as(cookies, db):
    """A client for somebody with a role, signed in: signed_in_as(Role.CASEWORKER)."""

    def client(role):
        made = Client()
        made.cookies = copy.deepcopy(cookies[role])
        return made

    return client


def test_there_are_routes_of_every_kind():
    assert {route.audience.kind for route in ROUTES.values() if route.audience} == KINDS


def test_every_route_declares_whom_it_is_for():
    undeclared = sorted(pattern for pattern, route in ROUTES.items() if route.audience is None)
    assert undeclared == [], "declare these with staff_page or public_page (haven/web/staff/guard.py)"


def test_no_address_that_anybody_meets_says_what_haven_is_for():
    telling = re.compile(r"hate|harass|victim|perpetrator|abuse|crime|incident", re.IGNORECASE)
    seen_by_anybody = [pattern for pattern in ROUTES if not pattern.startswith("/desk/")]
    assert [pattern for pattern in seen_by_anybody if telling.search(pattern)] == []


def test_only_reading_and_posting_are_ever_allowed():
    for route in ROUTES.values():
        if route.audience is not None:
            assert set(route.audience.methods) <= {"GET", "HEAD", "POST"}, route.pattern


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", STAFF)
def test_a_stranger_is_sent_to_sign_in_from_every_staff_page(pattern):
    for method in METHODS:
        answer = ask(Client(), method, pattern)
        assert answer.status_code == 302, method
        assert answer["Location"].startswith("/staff/sign-in?next="), method


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", STAFF)
def test_no_staff_page_opens_before_the_second_factor(pattern):
    audience = ROUTES[pattern].audience
    if audience.without_second_factor:
        pytest.skip("where the second factor is shown or added")
    client = signed_in(member(*(sorted(audience.roles)[:1])), with_second_factor=False)
    for method in audience.methods:
        assert ask(client, method, pattern)["Location"] == "/staff/second-factor", method


@pytest.mark.parametrize("pattern", STAFF)
def test_roles_that_a_page_is_not_for_do_not_find_it_whatever_the_method(signed_in_as, pattern):
    audience = ROUTES[pattern].audience
    if not audience.roles:
        pytest.skip("for everybody who works here")
    for role in set(Role) - audience.roles:
        for method in ("GET", "POST", "DELETE"):
            assert ask(signed_in_as(role), method, pattern).status_code == 404, (role, method)


@pytest.mark.parametrize("pattern", STAFF)
def test_roles_that_a_page_is_for_get_an_answer_and_no_fault(signed_in_as, pattern):
    audience = ROUTES[pattern].audience
    for role in audience.roles or {Role.CALL_HANDLER}:
        for method in METHODS:
            answer = ask(signed_in_as(role), method, pattern)
            if method in audience.methods:
                assert answer.status_code in (200, 204, 302, 400, 404, 410), (role, method)
                assert "sign-in" not in answer.get("Location", "") or "sessions" in pattern
            else:
                assert answer.status_code == 405, (role, method)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", OTHERS)
def test_pages_for_anybody_answer_without_a_fault(pattern):
    for method in METHODS:
        assert ask(Client(), method, pattern).status_code < 500 or pattern == "/readyz", method


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", [p for p in OTHERS if ROUTES[p].audience.kind == "public"])
def test_pages_for_anybody_give_no_session_and_are_not_changed_by_being_signed_in(pattern):
    answer = ask(Client(), "GET", pattern)
    assert "desk" not in answer.cookies
