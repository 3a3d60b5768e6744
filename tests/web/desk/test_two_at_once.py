"""Two people at one case: one wins, the other is told, sees both and keeps their words; one press is done once."""

import re
from html import unescape

import pytest

from haven.cases.models import Case, CasePerson, Finding, Press
from haven.cases.presses import forget_presses
from haven.obligations.models import Done, Duty
from haven.people.models import SafeContact
from haven.risk.models import Assessment
from haven.trail.models import Entry
from tests.cases import cast
from tests.risk import cast as risks
from tests.web.desk.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.5.1")]


@pytest.fixture
def case(now, worker):
    return risks.case(worker)


@pytest.fixture
def first(worker):
    return signed_in(worker)


@pytest.fixture
def second(boss):
    return signed_in(boss)


def text(answer):
    return unescape(answer.content.decode())


def page_of(answer):
    return re.search(r'name="draft" value="([^"]+)"', answer.content.decode())[1]


def table(answer):
    """What is recorded now beside what was written, row by row."""
    rows = re.findall(r'<tr class="govuk-table__row"><th scope="row".*?</tr>', text(answer), re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_of_two_who_give_a_case_out_the_second_sees_both_and_may_send_again(first, second, case, worker, tyne, now):
    address = f"/desk/cases/{case.reference}/assign"
    other = cast.caseworker(tyne, name="Cy Worker")
    pages = {each: page_of(each.get(address)) for each in (first, second)}
    assert first.post(address, {"draft": pages[first], "caseworker": worker.pk, "stand_in": ""}).status_code == 302
    refused = second.post(address, {"draft": pages[second], "caseworker": other.pk, "stand_in": ""})
    said = text(refused)
    assert "Somebody else recorded something here while you were writing." in said
    assert "3.5.1" in said
    assert "Gave the case to somebody" in said
    assert "Ada Worker" in said
    assert table(refused) == [["Caseworker", "Ada Worker", "Cy Worker"]]
    assert re.search(rf'value="{other.pk}" selected', said)
    case.refresh_from_db()
    assert case.caseworker == worker
    again = {"draft": page_of(refused), "caseworker": other.pk, "stand_in": ""}
    assert second.post(address, again).status_code == 302
    case.refresh_from_db()
    assert case.caseworker == other


def ways(**said):
    return {"preferred": "call", "call": "yes", **said}


def test_of_two_who_record_how_to_reach_somebody_the_second_writes_over_nothing(first, second, case):
    address = f"/desk/cases/{case.reference}/people/{risks.mother(case).pk}/contact"
    pages = {each: page_of(each.get(address)) for each in (first, second)}
    first.post(address, {"draft": pages[first], **ways(details_name_to_use="after four")})
    refused = second.post(address, {"draft": pages[second], **ways(voicemail="yes", details_name_to_use="before ten")})
    assert ["Name to use", "after four", "before ten"] in table(refused)
    latest = SafeContact.objects.order_by("-pk").first()
    assert (latest.voicemail, latest.details["name_to_use"]) == ("unknown", "after four")
    wrong = second.post(address, {"draft": page_of(refused), **ways(preferred="letter", details_name_to_use="before ten")})
    assert "is not marked as safe" in text(wrong)
    second.post(address, {"draft": page_of(wrong), **ways(details_name_to_use="before ten")})
    assert SafeContact.objects.order_by("-pk").first().details["name_to_use"] == "before ten"


def test_a_mistake_of_form_does_not_let_somebody_overlook_what_changed(first, second, case, worker, boss):
    address = f"/desk/cases/{case.reference}/assign"
    page = page_of(second.get(address))
    first.post(address, {"draft": page_of(first.get(address)), "caseworker": worker.pk})
    invalid = second.post(address, {"draft": page, "caseworker": "nobody"})
    refused = second.post(address, {"draft": page_of(invalid), "caseworker": boss.pk})
    assert "Somebody else recorded something here" in text(refused)
    assert Case.objects.get(pk=case.pk).caseworker == worker


def test_a_draft_that_fell_behind_says_so_when_it_is_opened_again(first, second, case, worker, boss):
    address = f"/desk/cases/{case.reference}/people/{risks.mother(case).pk}/contact"
    typed = {"draft": page_of(second.get(address)), **ways(details_name_to_use="before ten")}
    second.post("/desk/drafts/keep", typed, HTTP_ACCEPT="application/json")
    first.post(address, {"draft": page_of(first.get(address)), **ways(details_name_to_use="after four")})
    opened = second.get(address)
    assert "While you were writing" in text(opened)
    assert ["Name to use", "after four", "before ten"] in table(opened)
    assert second.post(address, {**typed, "draft": page_of(opened)}).status_code == 302


def test_of_two_who_assess_the_second_is_told_before_signing_and_both_stay(first, second, case):
    address = f"/desk/cases/{case.reference}/risk/people/{risks.mother(case).pk}/assess"
    pages = {each: page_of(each.get(address)) for each in (first, second)}
    sign = {"step": "SIGNING", "go": "sign"}
    first.post(address, {"draft": pages[first], "A1": "ONCE", **sign})
    refused = second.post(address, {"draft": pages[second], "A1": "DAILY", "A1_note": "Every night", **sign})
    assert "Assessed a risk" in text(refused)
    assert 'value="Every night"' in text(refused)
    assert Assessment.objects.count() == 1
    second.post(address, {"draft": page_of(refused), "A1": "DAILY", **sign})
    assert list(Assessment.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_the_same_press_twice_is_done_once(first, case):
    address = f"/desk/cases/{case.reference}/findings/add"
    given = {"draft": page_of(first.get(address)), "source": "landlord", "value_landlord": "hate", "grounds": "Seen."}
    before = Finding.objects.count(), Entry.objects.filter(act="case.finding_recorded").count()
    answers = [first.post(address, given) for _ in range(3)]
    assert {answer["Location"] for answer in answers} == {f"/desk/cases/{case.reference}/findings"}
    after = Finding.objects.count(), Entry.objects.filter(act="case.finding_recorded").count()
    assert [each - earlier for each, earlier in zip(after, before, strict=True)] == [1, 1]
    first.post(address, {**given, "grounds": "Seen and heard."})
    assert Finding.objects.count() == before[0] + 2


def test_a_refused_press_can_be_pressed_again_and_its_refusal_stays_in_the_trail(first, case):
    address = f"/desk/cases/{case.reference}/findings/add"
    given = {"draft": page_of(first.get(address)), "source": "landlord", "value_landlord": "hate", "grounds": ""}
    for number in (1, 2):
        assert "Our own finding needs its grounds." in text(first.post(address, given))
        assert Entry.objects.filter(act="case.finding_recorded", outcome="refused").count() == number
    assert not Press.objects.exists()


def test_of_two_who_record_the_same_duty_the_second_is_told_what_happened_and_keeps_their_note(
    first, second, now, tyne, worker
):
    case = cast.case(by=worker, team_=tyne, caseworker=worker, needs=("CLEAN_OFF",))
    duty = Duty.objects.get(key="graffiti_hate", case=case)
    address = f"/desk/duties/{duty.pk}"
    done = {"how": "by_others", "day-day": "23", "day-month": "11", "day-year": "2026", "clock": "10:30"}
    pages = {each: page_of(each.get(address)) for each in (first, second)}
    first.post(address, {"draft": pages[first], **done})
    refused = text(second.post(address, {"draft": pages[second], **done, "words": "I saw that it is gone."}))
    assert "This has been done, or nobody owes it any more." in refused
    assert "Recorded as done" in refused
    assert "Ada Worker" in refused
    assert "I saw that it is gone." in refused
    assert Done.objects.count() == 1


def test_somebody_is_added_once_however_often_it_is_pressed(first, case):
    address = f"/desk/cases/{case.reference}/people/add"
    given = {"draft": page_of(first.get(address)), "part": "witness", "name": "Postman"}
    before = CasePerson.objects.count()
    for _ in range(2):
        assert first.post(address, given).status_code == 302
    assert CasePerson.objects.count() == before + 1


def test_presses_are_forgotten_after_a_day(first, case, now):
    test_the_same_press_twice_is_done_once(first, case)
    forget_presses(at=now + cast.DAY)
    assert Press.objects.exists()
    forget_presses(at=now + 2 * cast.DAY)
    assert not Press.objects.exists()
