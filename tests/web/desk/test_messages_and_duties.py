"""Words to and from the person who reported, a new code, and recording a duty as done."""

import re

import pytest

from haven.correspondence.actions import answer_question
from haven.correspondence.models import Message
from haven.kernel.sealing import keyed_hash
from haven.obligations.models import Duty
from haven.reports.actions import ask_for_code
from haven.reports.models import Report
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(now, tyne):
    report = cast.report(team=tyne, reporter="Amina Yusuf", language="ar")
    Report.objects.filter(pk=report.pk).update(code_hash=keyed_hash("code", "1234123412341234"))
    report.refresh_from_db()
    return report


def test_an_update_and_a_question_wait_behind_the_code(worker, told):
    client = signed_in(worker)
    address = f"/desk/reports/{told.reference}/messages"
    client.post(address, {"kind": "update", "language": "en", "words": "We have read it."})
    client.post(address, {"kind": "question", "language": "ar", "words": "When may we call?"})
    question = Message.objects.get(kind="question")
    answer_question(question=question, words="After ten", language="ar", by=told, at=cast.AT)
    page = client.get(address).content.decode()
    for words in ("We have read it.", "When may we call?", "After ten", "not seen yet"):
        assert words in page


def test_where_nobody_has_a_code_the_page_says_why_nothing_can_be_written(worker, tyne, now):
    report = cast.report(team=tyne)
    page = signed_in(worker).get(f"/desk/reports/{report.reference}/messages").content.decode()
    assert "Nothing can be written to them here" in page
    assert "3.4.1" in page


def test_a_new_code_is_shown_once_and_only_when_it_is_the_person_who_asks(worker, told):
    ask_for_code(report=told, with_code=False, by=told, at=cast.AT)
    client = signed_in(worker)
    assert "They ask for a new code" in client.get(f"/desk/reports/{told.reference}").content.decode()
    address = f"/desk/reports/{told.reference}/code"
    before = bytes(told.code_hash)
    client.post(address, {"answer": "no"})
    told.refresh_from_db()
    assert bytes(told.code_hash) == before
    page = client.post(address, {"answer": "yes"}).content.decode()
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", page).group().replace(" ", "")
    told.refresh_from_db()
    assert bytes(told.code_hash) == keyed_hash("code", code)
    assert f"{code[:4]} {code[4:8]}" not in client.get(address).content.decode()


def test_messages_and_codes_are_for_those_who_may_read_the_report(told):
    other = signed_in(cast.caseworker(cast.team("Wear")))
    for page in ("messages", "code"):
        assert other.get(f"/desk/reports/{told.reference}/{page}").status_code == 404


@pytest.fixture
def duty(now, tyne, worker):
    case = cast.case(by=worker, team_=tyne, caseworker=worker, needs=("CLEAN_OFF",))
    return Duty.objects.get(key="graffiti_hate", report__case_links__case=case)


DONE = {"how": "telephone", "day-day": "23", "day-month": "11", "day-year": "2026", "clock": "10:30"}


def test_a_duty_is_recorded_as_done_and_leaves_the_list(worker, duty):
    client = signed_in(worker)
    assert f"/desk/duties/{duty.pk}" in client.get("/desk/").content.decode()
    assert client.post(f"/desk/duties/{duty.pk}", DONE).status_code == 302
    assert f'/desk/duties/{duty.pk}"' not in client.get("/desk/").content.decode()


def test_a_voicemail_shows_nothing_and_the_note_is_kept(worker, duty):
    given = {**DONE, "how": "voicemail", "words": "Left no message"}
    page = signed_in(worker).post(f"/desk/duties/{duty.pk}", given).content.decode()
    assert "A message that nobody answered does not show that it was done." in page
    assert "Left no message" in page


def test_a_duty_without_a_day_or_time_is_asked_for_them(worker, duty):
    page = signed_in(worker).post(f"/desk/duties/{duty.pk}", {"how": "telephone"}).content.decode()
    assert page.count("Write the time as hours and minutes, such as 14:05") == 2


def test_a_duty_of_another_team_is_not_there(duty):
    assert signed_in(cast.caseworker(cast.team("Wear"))).get(f"/desk/duties/{duty.pk}").status_code == 404


def test_what_is_late_comes_first(worker, duty, now):
    Duty.objects.filter(pk=duty.pk).update(due_at=now - cast.HOUR)
    page = signed_in(worker).get("/desk/").content.decode()
    assert page.index(">Late<") < page.index(f"/desk/duties/{duty.pk}")
    assert "1 h late" in page
