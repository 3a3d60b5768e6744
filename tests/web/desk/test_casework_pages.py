"""Casework at the desk: each form does its one act, says why it may not, and loses nothing."""

import pytest

from haven.cases.models import Case, CasePerson, Conflict, Finding, Incident
from haven.people.models import Needs, SafeContact
from tests.cases import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(now, tyne, worker):
    return cast.case(
        by=worker, team_=tyne, caseworker=worker, reporter="Amina Yusuf", responsible=("Dean Hall",), home=cast.home()
    )


@pytest.fixture
def desk(worker):
    return signed_in(worker)


def at(case, path=""):
    return f"/desk/cases/{case.reference}{path}"


def harmed(case):
    return case.people.get(part="harmed").person


def test_a_person_is_added_with_their_part(desk, case):
    answer = desk.post(at(case, "/people/add"), {"part": "witness", "name": "Kay Lin"})
    assert answer["Location"] == at(case, "/people")
    assert case.people.get(part="witness").person.name == "Kay Lin"


def test_a_person_without_a_name_or_description_is_asked_for_one(desk, case):
    page = desk.post(at(case, "/people/add"), {"part": "witness", "telephone": "01632 960 123"}).content.decode()
    assert page.count("Write a name, or describe them") == 2
    assert "01632 960 123" in page


def test_a_part_is_ended_and_stays_on_record(desk, case):
    part = case.people.get(part="responsible")
    desk.post(at(case, f"/people/{part.person_id}/end/{part.pk}"))
    assert CasePerson.objects.get(pk=part.pk).until is not None
    assert "Dean Hall" not in desk.get(at(case, "/people")).content.decode()


def test_two_records_are_confirmed_to_be_one_person_and_taken_apart_again(desk, case, tyne, worker):
    again = cast.tenant(case.home, "Amina Yusuf")
    person = harmed(case)
    assert "They are the same person" in desk.get(at(case, "/people")).content.decode()
    desk.post(at(case, f"/people/{person.pk}/same/{again.pk}"))
    person.refresh_from_db()
    assert person.one_person == again.pk
    desk.post(at(case, f"/people/{person.pk}/same/{again.pk}"), {"apart": "1"})
    person.refresh_from_db()
    assert person.one_person == person.pk


def test_safe_contact_is_added_as_a_new_version(desk, case):
    person = harmed(case)
    given = {"preferred": "call", "call": "yes", "text": "no", "details_number": "01632 960 456"}
    desk.post(at(case, f"/people/{person.pk}/contact"), given)
    desk.post(at(case, f"/people/{person.pk}/contact"), {**given, "details_number": "01632 960 457"})
    versions = SafeContact.objects.filter(person=person).order_by("at", "pk")
    assert [each.details["number"] for each in versions][-2:] == ["01632 960 456", "01632 960 457"]
    assert versions.last().letter == "unknown"


def test_a_preferred_way_that_is_not_safe_is_refused_and_nothing_typed_is_lost(desk, case):
    person = harmed(case)
    given = {"preferred": "letter", "letter": "no", "details_notes": "Her brother opens the post"}
    page = desk.post(at(case, f"/people/{person.pk}/contact"), given).content.decode()
    assert "3.3.3" in page
    assert "Her brother opens the post" in page


def test_needs_are_recorded(desk, case):
    person = harmed(case)
    desk.post(at(case, f"/people/{person.pk}/needs"), {"spoken": "ar", "interpreter": "yes", "interviewer": "A woman"})
    needs = Needs.objects.filter(person=person).latest()
    assert (needs.spoken, needs.interpreter, needs.interviewer) == ("ar", "yes", "A woman")


def test_nobody_of_another_case_is_reached_through_this_one(desk, case, tyne, worker):
    other = cast.case(by=worker, team_=tyne, reporter="Kay Lin")
    stranger = other.people.first().person
    for path in (f"/people/{stranger.pk}/contact", f"/people/{stranger.pk}/needs"):
        assert desk.get(at(case, path)).status_code == 404


def test_an_occasion_is_written_down_with_belief_and_target(desk, case):
    desk.post(
        at(case, "/happened/add"),
        {
            "when_known": "exact", "first-day": "20", "first-month": "11", "first-year": "2026", "clock": "21:30",
            "types": ["VERBAL"], "strands": ["RELIGION"], "perceived_by": "witness", "harmed": [str(harmed(case).pk)],
            "summary": "Shouted from the stairs",
        },
    )  # fmt: skip
    incident = Incident.objects.order_by("pk").last()
    assert incident.summary == "Shouted from the stairs"
    assert incident.strand_links.get().perceived_by == "witness"
    case.refresh_from_db()
    assert "RELIGION" in case.strands


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ({"first-day": "31", "first-month": "2", "first-year": "2026"}, "Write a day that there is"),
        ({"first-day": "1", "first-month": "", "first-year": "2026"}, "Write a day that there is"),
        ({"first-day": "1", "first-month": "1", "first-year": "99999999999999"}, "Write a day that there is"),
        ({"clock": "25:99"}, "Write the time as hours and minutes"),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field_and_in_the_summary(desk, case, day, message):
    given = {"when_known": "exact", "perceived_by": "victim", "summary": "Kept words", **day}
    page = desk.post(at(case, "/happened/add"), given).content.decode()
    assert page.count(message) == 2
    assert "Kept words" in page


def test_an_occasion_that_has_not_happened_yet_is_refused(desk, case):
    day = {"first-day": "1", "first-month": "1", "first-year": "2030"}
    page = desk.post(at(case, "/happened/add"), {"when_known": "exact", "perceived_by": "victim", **day})
    assert "cannot have happened later than now" in page.content.decode()


def test_four_findings_stand_side_by_side_and_earlier_ones_stay(desk, case):
    for source, value, grounds in [
        ("police", "not_recorded_by_police", ""),
        ("police", "hate_crime", "Log 12 of today"),
        ("landlord", "hate", "Two neighbours heard it"),
    ]:
        desk.post(at(case, "/findings/add"), {"source": source, f"value_{source}": value, "grounds": grounds})
    assert Finding.objects.filter(case=case, source="police").count() == 2
    page = desk.get(at(case, "/findings")).content.decode()
    for words in ("Not recorded by the police", "Hate crime", "Two neighbours heard it", "Nothing recorded yet."):
        assert words in page


def test_our_own_finding_without_grounds_is_refused(desk, case):
    page = desk.post(at(case, "/findings/add"), {"source": "landlord", "value_landlord": "hate"}).content.decode()
    assert "Our own finding needs its grounds" in page
    assert not Finding.objects.filter(source="landlord").exists()


def test_one_occasion_is_no_pattern_and_the_page_says_what_is_missing(desk, case):
    page = desk.get(at(case, "/patterns")).content.decode()
    assert "It cannot be marked as harassment yet" in page
    refused = desk.post(at(case, "/patterns/harassment"), {"is_harassment": "yes"}).content.decode()
    assert "One occasion to one person" in refused
    assert not Case.objects.get(pk=case.pk).is_harassment


def test_two_occasions_to_one_person_may_be_marked_and_a_person_does_it(desk, case):
    target = {"when_known": "unknown", "perceived_by": "victim", "harmed": [str(harmed(case).pk)]}
    desk.post(at(case, "/happened/add"), target)
    assert "2 occasions to one person" in desk.get(at(case, "/patterns")).content.decode()
    assert not Case.objects.get(pk=case.pk).is_harassment
    desk.post(at(case, "/patterns/harassment"), {"is_harassment": "yes"})
    assert Case.objects.get(pk=case.pk).is_harassment


def test_a_manager_gives_a_case_out(boss, case, tyne):
    other = cast.caseworker(tyne)
    signed_in(boss).post(at(case, "/assign"), {"caseworker": other.pk, "stand_in": boss.pk})
    case.refresh_from_db()
    assert (case.caseworker, case.stand_in) == (other, boss)


def test_a_caseworker_cannot_give_a_case_to_a_colleague(desk, case, tyne):
    other = cast.caseworker(tyne)
    page = desk.post(at(case, "/assign"), {"caseworker": other.pk}).content.decode()
    assert "There is a problem" in page
    case.refresh_from_db()
    assert case.caseworker != other


def test_a_named_case_closes_to_the_team_and_opens_to_who_is_let_in(desk, case, tyne):
    colleague = cast.caseworker(tyne)
    theirs = signed_in(colleague)
    assert theirs.get(at(case)).status_code == 200
    desk.post(at(case, "/restrict"), {"restriction": "named"})
    assert theirs.get(at(case)).status_code == 404
    desk.post(at(case, "/let-in"), {"staff": colleague.pk})
    assert theirs.get(at(case)).status_code == 200
    access = case.let_in.get()
    desk.post(at(case, "/let-in"), {"end": access.pk})
    assert theirs.get(at(case)).status_code == 404


def test_a_conflict_of_ones_own_shuts_every_door(desk, worker, case):
    report = case.report_links.get().report
    answer = desk.post(at(case, "/conflict"), {"staff": worker.pk, "reason": "neighbour"})
    assert answer["Location"] == "/desk/cases"
    case.refresh_from_db()
    assert case.caseworker is None
    for address in (at(case), at(case, "/people"), f"/desk/reports/{report.reference}"):
        assert desk.get(address).status_code == 404
    for page in ("/desk/", "/desk/cases", "/desk/cases?whose=team", "/desk/queue"):
        shown = desk.get(page).content.decode()
        assert case.reference not in shown
        assert report.reference not in shown
    assert Conflict.objects.filter(staff=worker).count() == 2


def test_a_closed_case_shows_why_nothing_can_be_added(desk, case):
    cast.closed(case, cast.AT)
    page = desk.get(at(case)).content.decode()
    assert "This case is closed." in page
    refused = desk.post(at(case, "/people/add"), {"part": "witness", "name": "Kay Lin"}).content.decode()
    assert "What would make it possible" in refused
    assert "Kay Lin" in refused
