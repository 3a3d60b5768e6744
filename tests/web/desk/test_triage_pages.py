"""Triage at the desk: deciding, losing a race without losing a word, the second look, alarms."""

import re

import pytest

from haven.cases import actions
from haven.cases.models import Case, TriageDecision
from haven.reports.models import Alarm
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
REASON = "The same words were sent twice within a minute."


@pytest.fixture
def told(now, tyne):
    return cast.report(team=tyne, reporter="Amina Yusuf", responsible=("Dean Hall",), home=cast.home())


def decide(client, report, **answers):
    page = client.get(f"/desk/reports/{report.reference}").content.decode()
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("version", "shown")}
    return lambda: client.post(f"/desk/reports/{report.reference}/decide", {**hidden, **answers})


def test_a_case_is_opened_and_shown(worker, tyne, told):
    press = decide(signed_in(worker), told, outcome="open", team=tyne.pk, caseworker=worker.pk, summary="Shouting")
    case_page = press()
    case = Case.objects.get()
    assert case_page["Location"] == f"/desk/cases/{case.reference}"
    assert (case.caseworker, case.summary) == (worker, "Shouting")
    decision = TriageDecision.objects.get()
    assert decision.shown["home"] == told.home_id


def test_the_second_of_two_is_told_and_keeps_every_word(worker, boss, tyne, told):
    slow = decide(signed_in(boss), told, outcome="neither", reason=REASON)
    decide(signed_in(worker), told, outcome="open", team=tyne.pk)()
    answer = slow()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "while you were reading" in page
    assert REASON in page
    assert Case.objects.get().reference in page
    assert TriageDecision.objects.count() == 1


def test_a_decision_on_a_page_that_showed_nothing_is_refused(worker, tyne, told):
    client = signed_in(worker)
    address = f"/desk/reports/{told.reference}/decide"
    forged = {"version": told.version, "shown": "x", "outcome": "open", "team": tyne.pk}
    assert "Nobody has looked yet" in client.post(address, forged).content.decode()
    assert not Case.objects.exists()


def test_what_was_shown_for_one_report_does_not_count_for_another(worker, tyne, told):
    client = signed_in(worker)
    other = cast.report(team=tyne)
    shown = re.search(r'name="shown" value="([^"]*)"', client.get(f"/desk/reports/{other.reference}").content.decode())
    given = {"version": told.version, "shown": shown.group(1), "outcome": "open", "team": tyne.pk}
    assert "Nobody has looked yet" in client.post(f"/desk/reports/{told.reference}/decide", given).content.decode()


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choose what becomes of this report"),
        ({"outcome": "neither", "reason": " "}, "Write why there is no case"),
        ({"outcome": "join"}, "Choose the case, or write its reference"),
        ({"outcome": "join", "join_reference": "nonsense"}, "Write the reference as it stands on the case"),
        ({"outcome": "link", "link_reference": "HC-2222-222"}, "Write the reference as it stands on the case"),
    ],
)
def test_every_wrong_answer_gets_its_message_twice_and_an_error_title(worker, told, answers, message):
    page = decide(signed_in(worker), told, **answers)().content.decode()
    assert page.count(message) == 2
    assert "<title>Error: " in page


def test_a_case_of_another_team_cannot_be_joined_and_looks_absent(worker, told):
    theirs = cast.case(team_=cast.team("Wear"))
    press = decide(signed_in(worker), told, outcome="join", join_reference=theirs.reference)
    assert "no case with this reference that you can see" in press().content.decode()


def test_a_known_case_at_the_same_home_is_offered_and_joined(worker, tyne, told):
    before = cast.case(by=worker, team_=tyne, home=told.home)
    client = signed_in(worker)
    page = client.get(f"/desk/reports/{told.reference}").content.decode()
    assert f'value="{before.reference}"' in page
    decide(client, told, outcome="join", join=before.reference)()
    assert before.report_links.filter(report=told).exists()


def test_who_decided_cannot_review_and_another_manager_can(worker, boss, tyne, told):
    decide(signed_in(boss), told, outcome="neither", reason=REASON)()
    own = signed_in(boss).get(f"/desk/reports/{told.reference}").content.decode()
    assert "You cannot review this" in own
    other = signed_in(cast.manager(tyne))
    assert told.reference in other.get("/desk/reviews").content.decode()
    other.post(f"/desk/reports/{told.reference}/review", {"answer": "overturn", "reason": "They are not the same."})
    told.refresh_from_db()
    assert told.state == "received"
    other.get("/desk/reviews")
    assert told.reference not in other.get("/desk/reviews").content.decode()


def test_a_caseworker_who_reviews_is_refused_with_clause_and_keeps_the_words(worker, boss, told):
    decide(signed_in(boss), told, outcome="neither", reason=REASON)()
    answers = {"answer": "uphold", "reason": "I think so too."}
    page = signed_in(worker).post(f"/desk/reports/{told.reference}/review", answers).content.decode()
    assert "2.0(b)" in page
    assert "I think so too." in page
    assert TriageDecision.objects.get().reviewed_at is None


def test_an_alarm_rings_on_every_page_until_one_press(worker, boss, tyne, told):
    alarm = Alarm.objects.create(report=told, raised_at=cast.AT, out_of_hours=True)
    client = signed_in(worker)
    for address in ("/desk/", "/desk/queue", "/desk/cases", "/desk/find", f"/desk/reports/{told.reference}"):
        assert f"/desk/alarms/{alarm.pk}/take" in client.get(address).content.decode()
    assert client.get(f"/desk/alarms/{alarm.pk}/take").status_code == 405
    taken = client.post(f"/desk/alarms/{alarm.pk}/take")
    assert taken["Location"] == f"/desk/reports/{told.reference}"
    assert f"/desk/alarms/{alarm.pk}/take" not in client.get("/desk/queue").content.decode()
    second = signed_in(boss).post(f"/desk/alarms/{alarm.pk}/take", follow=True).content.decode()
    assert "Somebody has taken this alarm already" in second


def test_rows_of_the_queue_hold_no_name_and_no_word_of_the_account(worker, told):
    page = signed_in(worker).get("/desk/queue").content.decode()
    assert told.reference in page
    for hidden in ("Amina", "Yusuf", "Dean", "shouted", told.home.street):
        assert hidden not in page


def test_the_most_urgent_comes_first_and_then_the_clock(worker, tyne, now):
    late = cast.report(team=tyne, at=cast.AT - 5 * cast.HOUR)
    fresh = cast.report(team=tyne, at=cast.AT)
    burning = cast.report(team=tyne, at=cast.AT, danger=("FIRE",))
    page = signed_in(worker).get("/desk/queue").content.decode()
    places = [page.index(report.reference) for report in (burning, late, fresh)]
    assert places == sorted(places)


def test_filters_live_in_the_address_and_can_be_taken_away(worker, told):
    client = signed_in(worker)
    assert told.reference in client.get("/desk/queue?strand=RACE").content.decode()
    page = client.get("/desk/queue?strand=AGE").content.decode()
    assert told.reference not in page
    assert "Take away the filter" in page
    assert client.get("/desk/queue?strand=NO_SUCH&urgency=x&after=rubbish~~").status_code == 200


def test_a_call_handler_sees_what_they_logged_on_this_shift_and_no_more(now, tyne):
    from haven.accounts.choices import Role

    handler = cast.staff(Role.CALL_HANDLER, team=tyne)
    mine = cast.report(team=tyne, logged_by=handler)
    others = cast.report(team=tyne)
    long_ago = cast.report(team=tyne, logged_by=handler, at=cast.AT - 14 * cast.HOUR)
    client = signed_in(handler)
    page = client.get("/desk/").content.decode()
    assert mine.reference in page
    for hidden in (others, long_ago):
        assert hidden.reference not in page
        assert client.get(f"/desk/reports/{hidden.reference}").status_code == 404
    shown = client.get(f"/desk/reports/{mine.reference}").content.decode()
    assert "Known already" not in shown


def test_saying_that_one_reads_it_shows_to_others(worker, boss, told):
    signed_in(worker).post(f"/desk/reports/{told.reference}/take-up")
    assert "Ada Worker is reading" in signed_in(boss).get(f"/desk/reports/{told.reference}").content.decode()
    assert "Ada Worker is reading it" in signed_in(boss).get("/desk/queue").content.decode()


def test_a_further_case_from_a_decided_report(worker, tyne, told):
    actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    decide(signed_in(worker), told, outcome="open", team=tyne.pk)()
    assert Case.objects.filter(report_links__report=told).count() == 2
