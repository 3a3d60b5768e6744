"""Leaving in a hurry, what is left behind, and what somebody sees who presses Back."""

import pytest
from django.db import DatabaseError

from haven.policy.pack import pack
from haven.reports.models import Draft, Report
from tests.web.public.visitor import ACCOUNT

pytestmark = pytest.mark.django_db
PAGES = ["/p/2", "/p/3", "/p/4", "/p/30", "/c/3", "/check", "/done", "/mine", "/mine/add", "/mine/allow", "/more"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_destroys_the_draft_clears_the_browser_and_goes_somewhere_neutral(visitor, method):
    visitor.tell()
    if method == "get":
        page = visitor.client.get("/leave")
    else:
        page = visitor.send("/leave", follow=False).page
    assert (page.status_code, page["Location"]) == (302, pack().landlord.exit_url)
    assert page["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store"
    assert not Draft.objects.exists()
    for name in ("visit", "token", "words"):
        assert page.cookies[name]["max-age"] == 0
        assert page.cookies[name].value == ""


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_a_visit_that_was_left_show_a_neutral_page(visitor, path):
    visitor.tell()
    visitor.client.get("/leave")
    visitor.see(path)
    assert visitor.page.status_code == 200
    assert visitor.heading == pack().landlord.name
    assert visitor.title == pack().landlord.name
    assert "Nothing is open here" in visitor.text
    assert ACCOUNT not in visitor.html
    for telling in ("happened", "danger", "report", "hate", "999", "police"):
        assert telling not in visitor.text.lower()


def test_the_first_question_is_empty_after_leaving(visitor):
    visitor.send("/p/1", danger=["FIRE"])
    visitor.client.get("/leave")
    assert "checked" not in visitor.see("/p/1").html


def test_a_page_kept_open_cannot_send_after_leaving(visitor):
    visitor.tell()
    secret = visitor.client.cookies["token"].value
    visitor.client.get("/leave")
    page = visitor.client.post("/check", {"csrfmiddlewaretoken": secret}, follow=True)
    assert page.status_code == 403
    assert not Report.objects.exists()


def test_leaving_after_sending_keeps_the_report_and_hides_the_receipt(visitor):
    visitor.tell().finish()
    reference, code = visitor.receipt
    visitor.client.get("/leave")
    visitor.see("/done")
    assert reference not in visitor.html
    assert code not in visitor.html
    assert Report.objects.get().reference == reference


def test_leaving_works_while_the_database_does_not(visitor, monkeypatch):
    from haven.web.public import leaving

    def broken(**more):
        raise DatabaseError

    visitor.tell()
    monkeypatch.setattr(leaving.actions, "leave", broken)
    page = visitor.client.get("/leave")
    assert page["Location"] == pack().landlord.exit_url
    assert page.cookies["visit"].value == ""


def test_somebody_with_nothing_open_can_leave_too(visitor):
    assert visitor.client.get("/leave").status_code == 302
