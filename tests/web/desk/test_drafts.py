"""What is typed at the desk is kept: for whoever typed, on any device, through a timeout, until it is sent."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from haven.cases.actions import declare_conflict
from haven.cases.drafts import KEPT, forget_old_drafts
from haven.cases.models import Draft, Finding
from haven.kernel.sealing import keyed_hash
from haven.reports.models import Report
from haven.risk.models import Assessment
from tests.cases import cast
from tests.risk import cast as risks
from tests.web.desk.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.0(b)")]
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def case(now, worker):
    return risks.case(worker)


@pytest.fixture
def desk(worker):
    return signed_in(worker)


def text(answer):
    return unescape(answer.content.decode())


def page_of(client, address):
    """The page's hidden field, which says which form it is."""
    return re.search(r'name="draft" value="([^"]+)"', client.get(address).content.decode())[1]


def keep(client, address, **typed):
    """Type something, as the script sends it."""
    return client.post("/desk/drafts/keep", {"draft": page_of(client, address), **typed}, **JSON)


def finding(case):
    return f"/desk/cases/{case.reference}/findings/add"


def test_what_was_typed_is_there_again_on_another_device_with_when_it_was_kept(desk, worker, case):
    kept = keep(desk, finding(case), source="landlord", grounds="He said it twice.")
    assert kept.json() == {"kept": "11:00"}
    page = text(signed_in(worker).get(finding(case)))
    assert "Draft kept 11:00" in page
    assert "He said it twice." in page
    assert re.search(r'value="landlord" checked', page)
    assert "There is a problem" not in page
    assert "Error:" not in page


def test_without_a_script_a_button_keeps_it_and_the_form_comes_back(desk, case):
    given = {"draft": page_of(desk, finding(case)), "grounds": "Half a sentence", "keep": "1"}
    answer = desk.post("/desk/drafts/keep", given)
    assert answer["Location"] == finding(case)
    page = text(desk.get(finding(case)))
    assert "Draft kept 11:00. Only you see it." in page
    assert "Half a sentence" in page


def test_the_top_of_every_page_says_how_many_wait_and_a_page_lists_them(desk, case):
    assert "/desk/drafts" not in text(desk.get("/desk/"))
    keep(desk, finding(case), grounds="One")
    keep(desk, f"/desk/cases/{case.reference}/happened/add", summary="Two")
    assert re.search(r"Drafts <span[^>]*>2</span>", text(desk.get("/desk/")))
    page = text(desk.get("/desk/drafts"))
    assert "A finding" in page
    assert finding(case) in page
    assert "One" not in re.sub(r"<[^>]+>", "", page).split("Drafts", 2)[-1]
    first = Draft.objects.order_by("pk").first()
    desk.post(f"/desk/drafts/{first.pk}/throw-away")
    assert Draft.objects.count() == 1


def test_a_draft_is_sealed_and_nobody_elses(desk, case, boss, worker):
    keep(desk, finding(case), grounds="Only I know this.")
    draft = Draft.objects.get()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM cases_draft")
        assert b"Only I know" not in bytes(cursor.fetchone()[0])
    other = signed_in(boss)
    assert "Only I know this." not in text(other.get(finding(case)))
    assert "/desk/drafts" not in text(other.get("/desk/"))
    assert other.post(f"/desk/drafts/{draft.pk}/throw-away").status_code == 404
    mine = page_of(desk, finding(case))
    assert other.post("/desk/drafts/keep", {"draft": mine, "grounds": "x"}, **JSON).status_code == 404
    assert Draft.objects.get().typed["grounds"] == ["Only I know this."]


@pytest.mark.clause("3.3.3")
def test_whoever_may_not_see_the_case_any_more_finds_no_draft_of_it_and_keeps_none(desk, case, worker, now):
    page = page_of(desk, finding(case))
    keep(desk, finding(case), grounds="Something")
    declare_conflict(subject=case, staff=worker, reason="relative", by=worker, at=now)
    assert "/desk/drafts" not in text(desk.get("/desk/"))
    assert desk.post("/desk/drafts/keep", {"draft": page, "grounds": "x"}, **JSON).status_code == 404


def test_what_is_no_page_of_ours_is_not_kept(desk):
    for page in ("", "made up"):
        assert desk.post("/desk/drafts/keep", {"draft": page}, **JSON).status_code == 404


def test_once_it_is_sent_the_draft_is_gone_and_a_late_save_does_not_bring_it_back(desk, case):
    page = page_of(desk, finding(case))
    given = {"draft": page, "source": "landlord", "value_landlord": "hate", "grounds": "Two saw it."}
    desk.post("/desk/drafts/keep", given, **JSON)
    assert desk.post(finding(case), given).status_code == 302
    assert not Draft.objects.exists()
    assert desk.post("/desk/drafts/keep", given, **JSON).json() == {"kept": ""}
    assert not Draft.objects.exists()


def test_a_draft_is_forgotten_a_month_after_the_last_word(desk, case, now):
    keep(desk, finding(case), grounds="Old")
    forget_old_drafts(at=now + KEPT - timedelta(seconds=1))
    assert Draft.objects.exists()
    forget_old_drafts(at=now + KEPT + timedelta(seconds=1))
    assert not Draft.objects.exists()


def test_what_is_sent_just_as_the_session_ended_is_kept(desk, worker, case, monkeypatch, now):
    from haven.kernel import clock

    given = {"draft": page_of(desk, finding(case)), "source": "landlord", "grounds": "Typed for an hour."}
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=31))
    answer = desk.post(finding(case), given)
    assert "/staff/sign-in" in answer["Location"]
    assert "What you had typed is kept as a draft." in text(desk.get(answer["Location"]))
    assert not Finding.objects.filter(note__isnull=False).exists()
    assert "Typed for an hour." in text(signed_in(worker).get(finding(case)))
    assert Client().post(finding(case), given).status_code == 302
    assert Draft.objects.count() == 1


def test_an_assessment_under_way_survives_the_browser_and_goes_on_where_it_was(desk, worker, case):
    address = f"/desk/cases/{case.reference}/risk/people/{risks.mother(case).pk}/assess"
    page = page_of(desk, address)
    desk.post(address, {"draft": page, "A1": "DAILY", "A1_note": "Every night.", "step": "PATTERN", "go": "next"})
    again = signed_in(worker)
    found = text(again.get(address))
    assert "Targeting and hate" in found
    assert 'name="A1_note" value="Every night."' in found
    back = {"draft": page_of(again, address), "A1": "DAILY", "A1_note": "Every night.", "step": "TARGETING", "go": "back"}
    assert re.search(r'value="DAILY" checked', text(again.post(address, back)))
    assert not Assessment.objects.exists()


def test_a_message_and_a_decision_are_kept_with_the_report(desk, tyne, now):
    report = cast.report(team=tyne, reporter="Amina Yusuf")
    Report.objects.filter(pk=report.pk).update(code_hash=keyed_hash("code", "1234123412341234"))
    address = f"/desk/reports/{report.reference}"
    keep(desk, f"{address}/messages", words="Dear Amina")
    assert "Dear Amina" in text(desk.get(f"{address}/messages"))
    keep(desk, address, outcome="neither", reason="It was the wind")
    page = text(desk.get(address))
    assert "It was the wind" in page
    decided = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}"', page)
        for name in ("version", "shown")
    }
    given = {name: next(filter(None, found.groups())) for name, found in decided.items()}
    given |= {"draft": page_of(desk, address), "outcome": "neither", "reason": "It was the wind, and they say so."}
    assert desk.post(f"{address}/decide", given).status_code == 302
    assert list(Draft.objects.values_list("form", flat=True)) == ["message"]
