"""Sessions end when nothing is done, when they grow old, and when somebody says so; and the list shows where."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from haven.accounts import rules
from haven.kernel import clock
from haven.web.staff import configuration, sessions
from tests.machinery.staff import PASSWORD, sign_in, signed_in

pytestmark = pytest.mark.django_db


def put_back(client, **ago):
    """Make a session's clock say that something was longer ago."""
    session = client.session
    for name, minutes in ago.items():
        session[name] = (clock.now() - timedelta(minutes=minutes)).timestamp()
    session.save()


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (30, False), (600, False)])
def test_a_session_ends_after_half_an_hour_of_nothing(caseworker, acts, minutes, stays):
    client = signed_in(caseworker)
    put_back(client, seen=minutes)
    answer = client.get("/staff/account")
    assert (answer.status_code == 200) is stays
    if not stays:
        assert answer["Location"] == "/staff/sign-in?next=%2Fstaff%2Faccount"
        assert "nothing was done for half an hour" in client.get(answer["Location"]).content.decode()
        assert acts(caseworker)[-1][1]["why"] == "idle"
        assert UserSession.objects.count() == 0


def test_a_session_ends_after_twelve_hours_whatever_was_done(caseworker, acts):
    client = signed_in(caseworker)
    put_back(client, started=12 * 60, seen=0)
    assert client.get("/staff/account").status_code == 302
    assert acts(caseworker)[-1][1]["why"] == "old"


def test_whoever_does_something_stays_and_one_who_looks_every_second_writes_once_a_minute(caseworker):
    client = signed_in(caseworker)
    put_back(client, seen=20)
    client.get("/staff/account")
    moved = client.session[sessions.SEEN]
    assert clock.now().timestamp() - moved < 5
    client.get("/staff/account")
    assert client.session[sessions.SEEN] == moved


def test_a_list_that_refreshes_itself_keeps_nobody_in(caseworker):
    client = signed_in(caseworker)
    put_back(client, seen=20)
    client.get("/staff/account", headers={"X-Unattended": "1"})
    assert clock.now().timestamp() - client.session[sessions.SEEN] > 19 * 60


def test_pressing_stay_keeps_the_session(caseworker):
    client = signed_in(caseworker)
    put_back(client, seen=29)
    assert client.post("/staff/stay").status_code == 204
    assert clock.now().timestamp() - client.session[sessions.SEEN] < 5
    assert client.get("/staff/stay").status_code == 405


def test_the_cookie_is_neutral_and_out_of_reach_of_scripts(client, caseworker):
    cookie = sign_in(client, caseworker.email, PASSWORD).cookies["desk"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == ""


def test_the_outer_limit_of_the_stored_session_is_that_of_the_rules():
    outer = rules.LONGEST_SESSION + rules.IDLE
    assert outer.total_seconds() == configuration.SESSION_COOKIE_AGE
    assert rules.RECENTLY.total_seconds() == configuration.ACCOUNT_REAUTHENTICATION_TIMEOUT


def test_a_restart_signs_nobody_out(caseworker):
    client = signed_in(caseworker)
    from django.contrib.sessions.models import Session

    assert Session.objects.filter(session_key=client.session.session_key).exists()
    assert configuration.SESSION_ENGINE.endswith(".db")


def test_the_list_names_each_device_and_marks_this_one(caseworker):
    client = signed_in(caseworker)
    signed_in(caseworker, Client())
    page = client.get("/staff/account").content.decode()
    assert page.count("Firefox on Linux") >= 2
    assert page.count("This one") == 1


def test_one_other_device_is_signed_out(caseworker, acts):
    here, there = signed_in(caseworker), signed_in(caseworker, Client())
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post("/staff/account/sessions", {"session": other.pk})
    assert there.get("/staff/account").status_code == 302
    assert here.get("/staff/account").status_code == 200
    assert acts(caseworker)[-1] == ("session.ended", {"why": "elsewhere", "session": other.pk})


def test_nobody_ends_the_session_of_another(caseworker, administrator):
    there = signed_in(caseworker)
    other = UserSession.objects.get(user=caseworker)
    signed_in(administrator, Client()).post("/staff/account/sessions", {"session": other.pk})
    assert there.get("/staff/account").status_code == 200


@pytest.mark.parametrize("which", ["", "x", "9" * 40, "-1", "\u0661"])
def test_a_strange_session_number_does_nothing(caseworker, which):
    client = signed_in(caseworker)
    assert client.post("/staff/account/sessions", {"session": which}).status_code == 302
    assert client.get("/staff/account").status_code == 200


def test_everywhere_else(caseworker):
    here, there = signed_in(caseworker), signed_in(caseworker, Client())
    here.post("/staff/account/sessions", {"which": "others"})
    assert here.get("/staff/account").status_code == 200
    assert there.get("/staff/account").status_code == 302


def test_everywhere(caseworker, acts):
    here, there = signed_in(caseworker), signed_in(caseworker, Client())
    assert here.post("/staff/account/sessions", {"which": "everywhere"})["Location"] == "/staff/sign-in"
    assert here.get("/staff/account").status_code == 302
    assert there.get("/staff/account").status_code == 302
    assert acts(caseworker)[-1][0] == "sessions.ended"


def test_a_changed_password_ends_the_sessions_elsewhere_and_keeps_this_one(caseworker, acts):
    here, there = signed_in(caseworker), signed_in(caseworker, Client())
    typed = {"present": PASSWORD, "password": "seven wet garden anvils"}
    assert here.post("/staff/account/password", typed)["Location"] == "/staff/account"
    assert "Your password is changed" in here.get("/staff/account").content.decode()
    assert there.get("/staff/account").status_code == 302
    assert [act for act, _ in acts(caseworker)] == ["sessions.ended", "password.changed"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [here.session.session_key]


@pytest.mark.parametrize(
    ("present", "new", "words"),
    [
        ("not my password", "seven wet garden anvils", "not your present password"),
        (PASSWORD, "too short", "at least 12"),
        (PASSWORD, "password12345", "common"),
        (PASSWORD, "passwordpassword", "common"),
        (PASSWORD, "aaaaaaaaaaaaaaa", "different"),
        (PASSWORD, "abcdefghijklmnop", "common"),
        (PASSWORD, "123456789012345", "common"),
        (PASSWORD, "amal@landlord", "similar"),
        (PASSWORD, "x7" * 200, "200"),
        ("", "", "Enter your present password"),
    ],
)
def test_a_password_that_will_not_do_is_told_why(caseworker, present, new, words):
    page = signed_in(caseworker).post("/staff/account/password", {"present": present, "password": new})
    assert page.status_code == 200
    assert words in page.content.decode()
    caseworker.refresh_from_db()
    assert caseworker.check_password(PASSWORD)


@pytest.mark.parametrize(
    "new", ["seven wet garden anvils", "kjhgqwezmnbvty", "ÅÄÖ ärlig käring 42", "пять зелёных слонов"]
)
def test_a_password_is_made_of_whatever_people_like(caseworker, new):
    assert (
        signed_in(caseworker).post("/staff/account/password", {"present": PASSWORD, "password": new}).status_code == 302
    )
    caseworker.refresh_from_db()
    assert caseworker.check_password(new)
