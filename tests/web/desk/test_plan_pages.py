"""Plans at the desk: written, agreed and followed with the keyboard alone, and refused with the reason beside it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.obligations.models import CaseReview, Duty
from haven.people import actions as people_actions
from haven.people.actions import NeedsSaid
from haven.reports.choices import Identity
from haven.support import actions
from haven.support.models import DevelopmentRecord, Plan, PlanItem
from haven.trail.models import Entry
from haven.web.desk.trailwords import trail_items
from tests.cases import cast as people
from tests.risk.cast import add, alleged, mother
from tests.risk.cast import case as family
from tests.support import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
STEP = {
    "words": "We fit a second lock.", "kind": "home", "doer": "team", "due_on-day": "27", "due_on-month": "11",
    "due_on-year": "2026", "answers": "fear", "why": "He tried the handle at night",
}  # fmt: skip
AGREED = {
    "day-day": "23", "day-month": "11", "day-year": "2026", "clock": "10:30", "told": "telephone", "language": "en",
    "through": "directly", "copy_way": "handed", "copy_format": "print", "copy_language": "en",
}  # fmt: skip


@pytest.fixture
def case(now, worker):
    return family(worker, identity=Identity.NAMED)


@pytest.fixture
def desk(worker):
    return signed_in(worker)


def at(case, path=""):
    return f"/desk/cases/{case.reference}/plan{path}"


def text(answer):
    return unescape(answer.content.decode())


def begun(desk, case):
    desk.post(at(case, f"/people/{mother(case).pk}/begin"), {"covers": "whole"})
    return Plan.objects.get()


@pytest.mark.clause("3.3.1", "3.4.1")
def test_a_plan_is_begun_written_agreed_and_followed(desk, case, worker):
    assert "No plan yet." in text(desk.get(at(case)))
    plan = begun(desk, case)
    assert "There is nothing of theirs in this plan" in text(desk.get(at(case)))
    assert desk.post(at(case, f"/{plan.pk}/steps/add"), STEP)["Location"] == at(case)
    page = text(desk.get(at(case)))
    assert "A fear: He tried the handle at night" in page
    assert "They have agreed" in page
    assert desk.post(at(case, f"/{plan.pk}/agree"), AGREED)["Location"] == at(case)
    page = text(desk.get(at(case)))
    assert "Agreed today 10:30, by telephone, and we spoke, in English, with Ada Worker." in page
    assert "Copy: print, in English, handed over" in page
    item = plan.items.get()
    done = {"outcome": "done", "done_on-day": "23", "done_on-month": "11", "done_on-year": "2026"}
    assert desk.post(at(case, f"/steps/{item.pk}/outcome"), done)["Location"] == at(case)
    assert "Done" in text(desk.get(at(case)))
    assert Duty.objects.get(case=case, key="plan_item").met_at is not None
    assert Duty.objects.filter(case=case, key="action_plan", met_at__isnull=False).count() == 1


@pytest.mark.clause("3.3.1")
def test_the_landlords_words_are_offered_and_are_not_enough(desk, case):
    plan = begun(desk, case)
    assert "We change or mend the locks." in text(desk.get(at(case, f"/{plan.pk}/offered")))
    desk.post(at(case, f"/{plan.pk}/offered"), {"codes": ["LOCKS", "DIARY"]})
    assert PlanItem.objects.count() == 2
    page = text(desk.get(at(case)))
    assert page.count("In the landlord’s words; nothing of theirs in it yet.") == 2
    assert "They cannot agree to it yet" in page
    assert f"/{plan.pk}/agree" not in page
    refused = text(desk.post(at(case, f"/{plan.pk}/agree"), {**AGREED, "copy_wish": "Keep these words"}))
    assert "There is nothing of theirs in this plan" in refused
    assert "Policy 3.3.1" in refused
    assert "Keep these words" in refused
    assert Plan.objects.get().agreed_at is None


@pytest.mark.clause("3.3.1")
def test_a_message_that_nobody_answered_agrees_nothing(desk, case, worker):
    plan = cast.plan(case, worker, cast.OURS)
    page = text(desk.post(at(case, f"/{plan.pk}/agree"), {**AGREED, "told": "sent"}))
    assert "Silence is no agreement" in page
    assert Plan.objects.get().agreed_at is None


@pytest.mark.clause("3.4.3(c)")
def test_a_copy_that_they_cannot_read_is_refused_and_theirs_is_offered_first(desk, case, worker):
    people_actions.record_needs(
        person=mother(case), needs=NeedsSaid(spoken="ar", written="ar"), by=worker, at=people.AT
    )
    plan = cast.plan(case, worker, cast.OURS)
    page = text(desk.get(at(case, f"/{plan.pk}/agree")))
    assert re.search(r'name="copy_language".*?value="ar" selected', page, re.DOTALL)
    assert "not in the language and format that they need" in text(desk.post(at(case, f"/{plan.pk}/agree"), AGREED))
    wished = {**AGREED, "copy_wish": "My daughter reads English"}
    assert desk.post(at(case, f"/{plan.pk}/agree"), wished).status_code == 302
    assert "as they wish: My daughter reads English" in text(desk.get(at(case)))


@pytest.mark.clause("3.4.1")
def test_a_promise_without_its_day_is_refused_and_the_words_are_kept(desk, case):
    plan = begun(desk, case)
    typed = {name: value for name, value in STEP.items() if not name.startswith("due_on")}
    page = text(desk.post(at(case, f"/{plan.pk}/steps/add"), typed))
    assert "What we promise needs the day by which we do it." in page
    assert "We fit a second lock." in page
    assert not PlanItem.objects.exists()


@pytest.mark.clause("3.3.1")
def test_an_agreed_plan_cannot_be_changed_and_a_new_version_carries_its_steps_on(desk, case, worker):
    plan = cast.agreed(case, worker, cast.OURS, cast.THEIRS)
    item = plan.items.first()
    assert "stays as it is" in text(desk.post(at(case, f"/steps/{item.pk}"), STEP))
    desk.post(at(case, f"/steps/{item.pk}/remove"))
    assert "stays as it is" in text(desk.get(at(case)))
    assert plan.items.count() == 2
    desk.post(at(case, f"/people/{mother(case).pk}/begin"), {"covers": "whole"})
    draft = Plan.objects.get(agreed_at=None)
    assert draft.items.count() == 2
    desk.post(at(case, f"/steps/{draft.items.get(doer='person').pk}/remove"))
    page = text(desk.get(at(case)))
    assert "Neither carried on nor settled:" in page
    assert "Draft of version 2" in page
    assert "Version 1" in page


def test_a_step_of_a_draft_is_written_anew(desk, case, worker):
    plan = cast.plan(case, worker, cast.OURS)
    item = plan.items.get()
    assert "We fit a second lock." in text(desk.get(at(case, f"/steps/{item.pk}")))
    desk.post(at(case, f"/steps/{item.pk}"), {**STEP, "words": "We fit a third lock."})
    item.refresh_from_db()
    assert item.words == "We fit a third lock."


@pytest.mark.clause("3.4.1")
def test_a_step_that_was_not_done_needs_its_reason(desk, case, worker):
    item = cast.agreed(case, worker).items.get()
    address = at(case, f"/steps/{item.pk}/outcome")
    assert "It needs a reason." in text(desk.post(address, {"outcome": "not_done"}))
    assert "Choose what became of it" in text(desk.post(address, {"reason": ""}))
    desk.post(address, {"outcome": "not_wanted", "reason": "It draws eyes to her door"})
    page = text(desk.get(at(case)))
    assert "No longer wanted by the person" in page
    assert "It draws eyes to her door" in page
    assert "Correct this" in page


@pytest.mark.clause("3.3.3")
def test_the_copy_says_what_who_and_when_and_nothing_of_why(desk, case, worker):
    plan = cast.agreed(case, worker, cast.OURS, cast.THEIRS)
    for path in ("copy", "copy/large"):
        page = text(desk.get(at(case, f"/{plan.pk}/{path}")))
        assert "<title>What we agreed" in page
        assert "We fit a second lock." in page
        assert "by Fri 27 Nov 2026" in page
        assert "You do this" in page
        for word in ("lies awake", "Amina", "hate", "Hate", case.reference + "<", "race"):
            assert word not in page
    assert "govuk-body-l" in page


def test_what_happened_is_written_down_and_the_news_is_owed(desk, case, now):
    typed = {"kind": "arrest", "words": "PC Moss rang", **{k: v for k, v in AGREED.items() if k.startswith("day")}}
    desk.post(at(case, "/developments/add"), {**typed, "clock": "10:45"})
    made = DevelopmentRecord.objects.get()
    assert made.learnt_at.isoformat() == "2026-11-23T10:45:00+00:00"
    assert "PC Moss rang" in text(desk.get(at(case)))
    assert Duty.objects.get(case=case, key="event_update_urgent").due_at.isoformat() == "2026-11-23T23:59:00+00:00"
    assert "This time has not come yet." in text(desk.post(at(case, "/developments/add"), {**typed, "clock": "23:00"}))
    assert "Choose what happened" in text(desk.post(at(case, "/developments/add"), {"clock": "1"}))


@pytest.mark.clause("3.5.1")
def test_a_manager_looks_at_the_case_and_its_caseworker_cannot(desk, boss, case):
    typed = {"looked_at": "Risk and plan", "decided": "Another visit this week"}
    refused = text(desk.post(at(case, "/review"), typed))
    assert "A manager looks at a case, and not one whom it was given to." in refused
    assert "Another visit this week" in refused
    signed_in(boss).post(at(case, "/review"), typed)
    assert CaseReview.objects.get().by == boss
    page = text(desk.get(at(case)))
    assert "Another visit this week" in page
    assert "Bo Manager" in page


@pytest.mark.clause("3.5.1")
def test_a_closed_case_says_why_nothing_is_planned(desk, case):
    people.closed(case)
    page = text(desk.get(at(case)))
    assert "This case is closed." in page
    assert "Begin:" not in page


@pytest.mark.clause("3.3.3")
def test_nothing_of_another_case_is_reached_through_this_one(desk, case, worker):
    other = family(worker)
    plan = cast.agreed(other, worker)
    item = plan.items.get()
    paths = (f"/{plan.pk}/agree", f"/{plan.pk}/copy", f"/{plan.pk}/offered", f"/{plan.pk}/steps/add",
             f"/steps/{item.pk}", f"/steps/{item.pk}/outcome")  # fmt: skip
    assert {desk.get(at(case, path)).status_code for path in paths} == {404}
    assert desk.post(at(case, f"/steps/{item.pk}/remove")).status_code == 404
    assert desk.post(at(case, f"/people/{mother(other).pk}/begin")).status_code == 404


@pytest.mark.clause("3.3.3")
def test_whoever_may_not_see_the_case_does_not_find_its_plan(case, worker):
    plan = cast.agreed(case, worker)
    stranger = signed_in(people.caseworker(people.team("Wear")))
    paths = ("", f"/{plan.pk}/copy", f"/{plan.pk}/agree", f"/steps/{plan.items.get().pk}", "/developments/add", "/review")
    assert {stranger.get(at(case, path)).status_code for path in paths} == {404}


def test_a_plan_with_somebody_who_is_not_harmed_is_not_begun(desk, case):
    desk.post(at(case, f"/people/{alleged(case).pk}/begin"), {"covers": "whole"})
    assert "A plan is agreed with people who are harmed in the case." in text(desk.get(at(case)))
    assert not Plan.objects.exists()


def test_the_page_takes_as_many_queries_for_one_as_for_many(desk, case, worker):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(at(case)).status_code == 200
        return len(queries)

    def planned(person):
        cast.agreed(case, worker, cast.OURS, cast.THEIRS, person=person)
        actions.begin_plan(case=case, person=person, by=worker, at=people.AT)

    planned(mother(case))
    count()  # the first page of a session looks a little more up
    before = count()
    for number in range(4):
        planned(add(case, people.person(f"Person {number}", origin="told"), "harmed"))
    assert count() == before


def test_that_the_page_was_opened_is_in_the_trail(desk, case, now):
    desk.get(at(case))
    last = Entry.objects.filter(chain=case.trail_chain).order_by("-seq")[:1]
    assert [item["title"] for item in trail_items(last, now)] == ["Opened the plan"]
