"""The guard: who goes in, who is sent where, and what the layouts are told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from haven.accounts.choices import Role
from haven.web.staff import context, guard, navigation
from haven.web.staff.guard import public_page, staff_page
from tests.machinery.staff import PASSWORD, member, signed_in

pytestmark = pytest.mark.django_db


def ask(view, user=None, method="GET", session=None):
    request = RequestFactory().generic(method, "/desk/somewhere?page=2")
    request.user = user or AnonymousUser()
    request.session = {guard.SHOWN: True} if session is None else session
    return view(request)


def page(request):
    return HttpResponse("in")


@pytest.mark.parametrize("role", Role)
def test_each_role_alone_opens_only_its_own_pages(role):
    for needed in Role:
        view = staff_page(needed)(page)
        if role is needed:
            assert ask(view, member(role)).content == b"in"
        else:
            with pytest.raises(Http404):
                ask(view, member(role))


def test_no_role_named_means_everybody_who_works_here():
    assert ask(staff_page()(page), member()).content == b"in"


def test_a_stranger_is_sent_to_sign_in_and_back():
    answer = ask(staff_page(Role.CASEWORKER)(page))
    assert answer["Location"] == "/staff/sign-in?next=/desk/somewhere%3Fpage%3D2"


def test_a_strangers_write_is_not_sent_back_to_an_address_that_only_takes_writes():
    answer = ask(staff_page(Role.CASEWORKER)(page), method="POST")
    assert answer["Location"] == "/staff/sign-in?next=/staff/"


def test_whoever_has_shown_no_second_factor_is_sent_to_it():
    answer = ask(staff_page(Role.CASEWORKER)(page), member(Role.CASEWORKER), session={})
    assert answer["Location"] == "/staff/second-factor"


def test_roles_of_somebody_who_left_open_nothing():
    with pytest.raises(Http404):
        ask(staff_page(Role.CASEWORKER)(page), member(Role.CASEWORKER, is_active=False))


def test_other_methods_are_refused_but_only_to_those_who_may_know_of_the_page():
    view = staff_page(Role.CASEWORKER, methods=("POST",))(page)
    assert ask(view, member(Role.CASEWORKER)).status_code == 405
    with pytest.raises(Http404):
        ask(view, member(Role.AUDITOR))


def test_staff_pages_are_never_kept_by_a_browser():
    assert "no-store" in ask(staff_page()(page), member())["Cache-Control"]


def test_a_public_page_takes_only_its_methods_and_is_known_as_public():
    view = public_page(methods=("POST",))(page)
    assert ask(view).status_code == 405
    assert ask(view, method="POST").content == b"in"
    assert guard.is_public(view)
    assert guard.is_public(public_page(page))
    assert not guard.is_public(page)


def test_a_sensitive_page_asks_again_when_it_was_long_ago(administrator):
    client = signed_in(administrator)
    assert client.get("/staff/people/add").status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0, "reauthenticated": True}]
    session.save()
    answer = client.get("/staff/people/add")
    assert answer["Location"] == "/staff/confirm?next=%2Fstaff%2Fpeople%2Fadd"


def test_nothing_typed_is_lost_by_being_asked_again(administrator):
    client = signed_in(administrator)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    typed = {"name": "Noor", "email": "noor@landlord.example", "roles": ["caseworker"]}
    asked = client.post("/staff/people/add", typed)
    done = client.post(asked["Location"], {"password": PASSWORD, "next": "/staff/people/add"})
    assert done.status_code == 200
    assert "Noor</bdi> is added" in done.content.decode()


def test_a_public_page_asks_the_database_nothing_even_for_somebody_signed_in(django_assert_num_queries, administrator):
    client = signed_in(administrator)
    request = RequestFactory().get("/")
    request.COOKIES = dict(client.cookies)
    request.resolver_match = type("Match", (), {"func": staticmethod(public_page(page))})()
    with django_assert_num_queries(0):
        told = context.staff(request)
    assert set(told) == {"landlord", "direction", "demo_banner"}


def test_staff_pages_know_who_is_there_and_where_they_may_go(administrator):
    answer = signed_in(administrator).get("/staff/people")
    assert answer.context["staff"]["name"] == administrator.name
    assert "/staff/people" in [one["url"] for one in answer.context["nav"]]
    assert [one["label"] for one in answer.context["nav"] if one["current"]] == ["People"]
    assert 1700 < answer.context["session_seconds"] <= 1800


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_only_pages_that_let_this_role_in(role):
    client = signed_in(member(role))
    for place in navigation.places_for(member(role)):
        assert client.get(navigation._url(place.name)).status_code == 200


def test_the_start_leads_everybody_somewhere(administrator):
    assert signed_in(administrator).get("/staff/").status_code == 302
    assert signed_in(member(Role.CONTRACTOR)).get("/staff/", follow=True).status_code == 200


def test_a_page_of_ones_own_takes_a_fixed_number_of_queries(administrator, django_assert_max_num_queries):
    client = signed_in(administrator)
    for _ in range(3):
        signed_in(administrator, Client())
    client.get("/staff/account")
    with django_assert_max_num_queries(5):
        client.get("/staff/account")
