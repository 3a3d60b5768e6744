"""The pages of contacts: who can be reached how, recording a contact, writing an e-mail, thinking of welfare."""

import pytest

from haven.cases.models import CasePerson
from haven.correspondence.models import Contact, Mail, WelfareDecision
from haven.people.actions import Ways, record_safe_contact
from haven.reports.choices import Identity
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.4.1")]
NOON = {"day-day": "23", "day-month": "11", "day-year": "2026", "clock": "10:30"}
TALKED = {
    "way": "call", "began": "us", "result": "two_way", **NOON, "still_safe": "confirmed", "police": "does_not",
    "interview": "no", "covered": ["news", "safety"], "words": "She sleeps at her sister’s.",
}  # fmt: skip


@pytest.fixture
def case(now, worker):
    return cast.case(
        by=worker, caseworker=worker, reporter="Amina Yusuf", identity=Identity.NAMED, responsible=("Ned Noyce",)
    )


@pytest.fixture
def amina(case, worker):
    found = CasePerson.objects.get(case=case, part="harmed").person
    ways = Ways(preferred="call", safe={"call": "yes", "email": "yes"}, details={"email": "amina@home.example"})
    record_safe_contact(person=found, ways=ways, by=worker, at=cast.AT)
    return found


def at(case, *parts):
    return "/".join(["/desk/cases", case.reference, "contact", *map(str, parts)])


def test_a_contact_is_recorded_shown_and_taken_back(case, amina, worker):
    desk = signed_in(worker)
    assert "Nobody has been spoken with yet" in desk.get(at(case)).content.decode()
    assert desk.post(at(case, "people", amina.pk), TALKED).status_code == 302
    page = desk.get(at(case)).content.decode()
    assert "She sleeps at her sister’s." in page
    assert "Spoke of: how things stand, how to be safe now" in page
    made = Contact.objects.get()
    assert desk.post(at(case, made.pk, "back"), {"reason": " "}).status_code == 200
    assert desk.post(at(case, made.pk, "back"), {"reason": "Another case"}).status_code == 302
    assert "Taken back." in desk.get(at(case)).content.decode()


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ({"still_safe": ""}, "3.3.3"),
        ({"words": ""}, "3.4.1"),
        ({"clock": "23:30"}, "3.4.1"),
        ({"way": "text", "interview": "yes"}, "3.4.1"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(case, amina, worker, said, clause):
    answer = signed_in(worker).post(at(case, "people", amina.pk), {**TALKED, **said})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"{clause}" in page
    assert "What you wrote is kept" in page
    assert said.get("words") == "" or "She sleeps at her sister’s." in page
    assert not Contact.objects.exists()


def test_a_try_at_an_unsafe_time_is_kept_and_said_not_to_count(case, amina, worker):
    ways = Ways(preferred="call", safe={"call": "yes"}, details={"times": "Sat 18:00-20:00"})
    record_safe_contact(person=amina, ways=ways, by=worker, at=cast.AT)
    desk = signed_in(worker)
    told = {"way": "call", "began": "us", "result": "no_answer", **NOON}
    page = desk.post(at(case, "people", amina.pk), told, follow=True).content.decode()
    assert "It does not count as a try: this time is not known to be safe." in page
    assert "Does not count." in page


def test_safe_times_in_their_own_words_are_asked_about(case, amina, worker):
    ways = Ways(preferred="call", safe={"call": "yes"}, details={"hours": "school hours"})
    record_safe_contact(person=amina, ways=ways, by=worker, at=cast.AT)
    desk = signed_in(worker)
    assert "They said: school hours" in desk.get(at(case, "people", amina.pk)).content.decode()
    told = {"way": "call", "began": "us", "result": "no_answer", **NOON}
    for answer in ("no", "yes"):
        desk.post(at(case, "people", amina.pk), {**told, "was_then": answer})
    assert list(Contact.objects.order_by("pk").values_list("not_counted", flat=True)) == ["time", ""]


def test_a_change_leads_on_to_how_to_reach_them(case, amina, worker):
    answer = signed_in(worker).post(at(case, "people", amina.pk), {**TALKED, "still_safe": "changed"})
    assert answer["Location"].endswith(f"/people/{amina.pk}/contact")


def test_an_email_is_offered_only_where_it_is_safe(case, amina, worker):
    desk = signed_in(worker)
    assert "Write an e-mail" in desk.get(at(case)).content.decode()
    answer = desk.post(at(case, "people", amina.pk, "mail"), {"language": "en", "words": "We have read it."}, follow=True)
    assert "It is on its way." in answer.content.decode()
    assert Mail.objects.get().words == "We have read it."
    record_safe_contact(person=amina, ways=Ways(preferred="call", safe={"call": "yes"}), by=worker, at=cast.AT)
    page = desk.get(at(case)).content.decode()
    assert "Write an e-mail" not in page
    assert "No e-mail: This way is not known to be safe." in page
    refused = desk.post(at(case, "people", amina.pk, "mail"), {"language": "en", "words": "Kept words"}).content.decode()
    assert "3.3.3" in refused
    assert "Kept words" in refused
    assert Mail.objects.count() == 1


def test_welfare_is_thought_of_with_a_reason(case, amina, worker):
    desk = signed_in(worker)
    assert "3.3.3(a)" in desk.post(at(case, "people", amina.pk, "welfare"), {"decided": "police"}).content.decode()
    desk.post(at(case, "people", amina.pk, "welfare"), {"decided": "police", "reason": "Silent for a week"})
    assert WelfareDecision.objects.get().reason == "Silent for a week"
    assert "Silent for a week" in desk.get(at(case)).content.decode()


def test_before_a_case_whoever_reported_is_spoken_with_all_the_same(worker, now, tyne):
    report = cast.report(team=tyne, reporter="Amina Yusuf", identity=Identity.NAMED)
    desk = signed_in(worker)
    address = f"/desk/reports/{report.reference}/contact"
    assert address in desk.get(f"/desk/reports/{report.reference}").content.decode()
    assert desk.post(address, TALKED).status_code == 302
    assert "She sleeps at her sister’s." in desk.get(address).content.decode()
    nobody = cast.report(team=tyne)
    assert desk.get(f"/desk/reports/{nobody.reference}/contact").status_code == 404


@pytest.mark.clause("3.3.3")
def test_a_message_behind_the_code_is_announced_by_email_only_where_that_is_safe(case, amina, worker):
    from haven.kernel.sealing import keyed_hash
    from haven.reports.models import Report

    report = Report.objects.get(case_links__case=case)
    Report.objects.filter(pk=report.pk).update(code_hash=keyed_hash("code", "1" * 16))
    desk, address = signed_in(worker), f"/desk/reports/{report.reference}/messages"
    assert "something new waits" in desk.get(address).content.decode()
    desk.post(address, {"kind": "update", "language": "en", "words": "We have read it.", "notice": "on"})
    assert (Mail.objects.get().words, Mail.objects.get().case) == (None, case)
    record_safe_contact(person=amina, ways=Ways(preferred="call", safe={"call": "yes"}), by=worker, at=cast.AT)
    assert "something new waits" not in desk.get(address).content.decode()
    desk.post(address, {"kind": "update", "language": "en", "words": "Again.", "notice": "on"})
    assert Mail.objects.count() == 1


@pytest.mark.clause("3.3.3")
def test_missing_and_forbidden_look_alike(case, amina, tyne):
    other = signed_in(cast.caseworker(cast.team("Wear")))
    for parts in ((), ("people", amina.pk), ("people", amina.pk, "mail"), ("people", amina.pk, "welfare"), (1, "back")):
        assert other.get(at(case, *parts)).status_code == 404
    own = signed_in(case.caseworker)
    assert own.get(at(case, "people", cast.person("Nobody").pk)).status_code == 404
    assert own.get(at(case, 999, "back")).status_code == 404
    assert own.post(at(case, "mails", 999, "returned")).status_code == 404


def test_the_page_costs_the_same_however_much_was_said(case, amina, worker, django_assert_max_num_queries):
    desk = signed_in(worker)
    desk.get(at(case))
    for _ in range(3):
        desk.post(at(case, "people", amina.pk), TALKED)
    with django_assert_max_num_queries(45):
        desk.get(at(case))
