"""Risk at the desk: asked group by group, nothing typed is lost, and how a band came about stands beside it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haven.cases.models import Incident
from haven.kernel.decision import Decision, Refused
from haven.risk import actions
from haven.risk.models import Answer, Assessment, Judgement, SubjectLook
from haven.risk.rules import scheme
from haven.trail.models import Entry
from haven.web.desk.trailwords import trail_items
from tests.cases import cast as people
from tests.risk import cast
from tests.web.desk.signing import signed_in

pytestmark = pytest.mark.django_db
STEPS = [*scheme().groups, "CIRCUMSTANCES", "SIGNING"]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def case(now, worker):
    return cast.case(worker)


@pytest.fixture
def desk(worker):
    return signed_in(worker)


def at(case, path=""):
    return f"/desk/cases/{case.reference}/risk{path}"


def of_mother(case):
    return at(case, f"/people/{cast.mother(case).pk}/assess")


def text(answer):
    return unescape(answer.content.decode())


def carried(page):
    """What goes along unseen to the next step."""
    found = {}
    for name, value in HIDDEN.findall(page.content.decode()):
        if name not in ("csrfmiddlewaretoken", "step"):
            found.setdefault(unescape(name), []).append(unescape(value))
    return found


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", text(page), re.DOTALL)[1]


def answer_all(desk, address, values, **more):
    """Go through every step as a browser without JavaScript does; return the page before signing."""
    page = desk.get(address)
    for step in STEPS[:-1]:
        asked = {each.id for each in scheme().asked_in(step)} if step in scheme().groups else set()
        here = {pk: value for pk, value in values.items() if pk in asked}
        typed = {name: value for name, value in more.items() if name.partition("_")[0] in asked}
        if step == "CIRCUMSTANCES":
            typed |= {name: value for name, value in more.items() if name == "circumstances"}
        page = desk.post(address, {**carried(page), **here, **typed, "step": step, "go": "next"})
        assert page.status_code == 200
    return page


def test_a_person_is_assessed_step_by_step_and_the_band_is_shown_with_its_reasons(desk, case, worker):
    page = answer_all(desk, of_mother(case), cast.options(A1=3, D6=5), A1_note="Every Friday", A1_by="parent")
    assert heading(page) == "Sign the assessment"
    assert "Critical whatever the score: thoughts of self-harm" in text(page)
    done = desk.post(of_mother(case), {**carried(page), "step": "SIGNING", "go": "sign"})
    assert done["Location"] == at(case)
    made = Assessment.objects.get()
    assert (made.person, made.by, made.band, made.score) == (cast.mother(case), worker, "critical", 8)
    answer = made.answers.get(question="A1")
    assert (answer.value, answer.answered_by, answer.note) == ("WEEKLY", "parent", "Every Friday")
    shown = text(desk.get(at(case)))
    assert "Amina Yusuf" in shown
    assert "By what overrides it" in shown
    assert "Critical whatever the score" in shown


def test_every_question_offers_its_options_and_the_three_non_answers_and_none_is_chosen(desk, case):
    page = text(desk.get(of_mother(case)))
    for pk in ("A1", "A2", "A3", "A4", "A5"):
        values = re.findall(rf'name="{pk}" type="radio" value="(\w+)"', page)
        assert values == [*scheme().questions[pk].points, "DONT_KNOW", "DECLINED", "NOT_ASKED"]
    assert " checked" not in page


def test_going_back_loses_nothing_that_was_typed(desk, case):
    first = desk.post(of_mother(case), {"A1": "DAILY", "A1_note": 'He said "go"', "step": "PATTERN", "go": "next"})
    assert heading(first) == "Targeting and hate"
    back = desk.post(of_mother(case), {**carried(first), "B2": "YES", "step": "TARGETING", "go": "back"})
    assert heading(back) == "Pattern"
    assert re.search(r'value="DAILY" checked', text(back))
    assert 'He said "go"' in text(back)
    assert carried(back)["B2"] == ["YES"]


def test_a_mistake_is_shown_where_it_was_made_and_nothing_is_lost(desk, case):
    page = desk.post(of_mother(case), {"A1": "SOMETIMES", "A2_note": "Kept words", "step": "TARGETING", "go": "next"})
    assert heading(page) == "Pattern"
    assert "Error:" in text(page)
    assert "Kept words" in text(page)
    assert not Assessment.objects.exists()


def test_what_is_not_asked_counts_as_open_and_stands_beside_the_band_everywhere(desk, case):
    page = answer_all(desk, of_mother(case), {"A1": "ONCE"})
    assert "21 questions are open" in text(page)
    desk.post(of_mother(case), {**carried(page), "step": "SIGNING", "go": "sign"})
    assert Assessment.objects.get().is_incomplete
    for path in ("", "/people", "/trail", "/risk", f"/risk/{Assessment.objects.get().pk}"):
        assert "Medium, incomplete" in text(desk.get(f"/desk/cases/{case.reference}{path}")), path


def test_circumstances_on_record_count_and_others_are_ticked(desk, case):
    Incident.objects.create(case=case, types=["THREAT"], recorded_at=people.AT)
    page = desk.post(of_mother(case), {"step": "PROTECTION", "go": "next"})
    assert "On record already" in text(page)
    assert "Somebody threatened violence" in text(page)
    page = answer_all(desk, of_mother(case), cast.options(), circumstances=["FIRE"])
    desk.post(of_mother(case), {**carried(page), "step": "SIGNING", "go": "sign"})
    made = Assessment.objects.get()
    assert set(made.circumstances) == {"FIRE", "THREAT_OF_VIOLENCE"}
    assert made.band == "critical"


def test_last_time_stands_beside_the_question_and_is_not_chosen(desk, case, worker):
    cast.assess(case, worker, cast.told(cast.mother(case), A1=3, note="Fridays", without=("A2",)))
    page = text(desk.get(of_mother(case)))
    assert "Last time, today 10:00: every week." in page
    assert "Fridays" in page
    assert page.count("Last time, today 10:00") == 4
    assert " checked" not in page


def test_a_household_is_assessed_for_itself(desk, case):
    page = answer_all(desk, at(case, "/household/assess"), cast.options())
    desk.post(at(case, "/household/assess"), {**carried(page), "step": "SIGNING", "go": "sign"})
    assert Assessment.objects.get().home == case.home
    shown = text(desk.get(at(case)))
    assert "The household at" in shown
    assert shown.count("Not assessed yet") == 2


@pytest.mark.clause("3.3.1")
def test_only_somebody_harmed_is_asked_about(desk, case):
    page = desk.get(at(case, f"/people/{cast.alleged(case).pk}/assess"))
    assert "Risk is assessed of people who are harmed in the case." in text(page)
    assert "Policy 3.3.1" in text(page)
    assert "Add them to the case as a person harmed." in text(page)
    assert 'name="A1"' not in text(page)


@pytest.mark.clause("3.5.1")
def test_a_closed_case_says_why_nothing_is_assessed(desk, case):
    people.closed(case, people.AT)
    for path in (at(case), of_mother(case)):
        page = text(desk.get(path))
        assert "This case is closed." in page
        assert "Policy 3.5.1" in page
    assert "Assess<" not in text(desk.get(at(case)))


def test_signing_what_was_closed_meanwhile_keeps_every_answer(desk, case, monkeypatch):
    page = answer_all(desk, of_mother(case), cast.options(A1=4), A1_note="Long words")

    def closed(**_):
        raise Refused(Decision.no("This case is closed.", clause="3.5.1", remedy="Open another."))

    monkeypatch.setattr(actions, "record_assessment", closed)
    refused = desk.post(of_mother(case), {**carried(page), "step": "SIGNING", "go": "sign"})
    assert "This case is closed." in text(refused)
    assert "Open another." in text(refused)
    kept = carried(refused)
    assert (kept["A1"], kept["A1_note"]) == (["MOST_DAYS"], ["Long words"])


def test_a_band_is_raised_by_the_officer_and_shown_with_who_and_why(desk, case, worker):
    made = cast.assess(case, worker)
    answer = desk.post(at(case, f"/{made.pk}/judge"), {"band": "critical", "reasons": "He bought petrol"})
    assert answer["Location"] == at(case)
    page = text(desk.get(at(case)))
    assert "Raised from medium to critical by judgement." in page
    assert "He bought petrol" in page
    assert "Ada Worker" in page


@pytest.mark.clause("3.3.5")
def test_a_band_that_may_not_be_lowered_says_why_and_keeps_the_reasons(desk, case, worker):
    made = cast.assess(case, worker, cast.told(cast.mother(case), D5=3))
    page = text(desk.post(at(case, f"/{made.pk}/judge"), {"band": "medium", "reasons": "He moved"}))
    assert "A band is lowered by a manager who neither assessed it nor has the case." in page
    assert "Policy 3.3.5" in page
    assert "Ask another manager." in page
    assert "He moved" in page
    assert not Judgement.objects.exists()


def test_a_band_must_be_chosen(desk, case, worker):
    made = cast.assess(case, worker)
    assert text(desk.post(at(case, f"/{made.pk}/judge"), {"reasons": "x"})).count("Choose a band") == 2


@pytest.mark.clause("3.4.5")
def test_what_lies_behind_is_recorded_without_a_score_and_last_time_is_shown(desk, case):
    address = at(case, f"/people/{cast.alleged(case).pk}/look")
    desk.post(address, {"mental_health": "yes", "remarks": "Offered the wellbeing team"})
    found = SubjectLook.objects.get()
    assert (found.said["mental_health"], found.said["age"], found.note) == ("yes", "not_known", "Offered the wellbeing team")
    page = text(desk.get(address))
    assert "Last time: yes" in page
    assert " checked" not in page
    shown = text(desk.get(at(case)))
    assert "Offered the wellbeing team" in shown
    assert "Dean Hall" in shown


def test_what_lies_behind_is_not_asked_of_the_person_harmed(desk, case):
    page = text(desk.post(at(case, f"/people/{cast.mother(case).pk}/look"), {"age": "yes"}))
    assert "This is about somebody who may be responsible in the case." in page


def test_an_occasion_written_down_since_calls_for_another_assessment(desk, case, worker):
    cast.assess(case, worker)
    assert "assess again.</strong>" not in text(desk.get(at(case)))
    Incident.objects.create(case=case, types=["VERBAL"], recorded_at=people.AT + people.HOUR)
    assert "1 occasion written down since: assess again." in text(desk.get(at(case)))


def test_an_assessment_shows_every_answer_even_of_questions_that_are_gone(desk, case, worker):
    made = cast.assess(case, worker, cast.told(cast.mother(case), without=("D6",), note="Her words"))
    Answer.objects.create(assessment=made, question="Z1", value="SOME_TIMES", points=1, answered_by="person")
    page = text(desk.get(at(case, f"/{made.pk}")))
    assert "Her words" in page
    assert "Not asked" in page
    assert "Asked in those days" in page
    assert "Some times" in page


@pytest.mark.clause("3.3.3")
def test_nothing_of_another_case_is_reached_through_this_one(desk, case, worker):
    other = cast.case(worker)
    made = cast.assess(other, worker)
    stranger = cast.mother(other).pk
    paths = (f"/{made.pk}", f"/{made.pk}/judge", f"/people/{stranger}/assess", f"/people/{stranger}/look")
    assert {desk.get(at(case, path)).status_code for path in paths} == {404}


@pytest.mark.clause("3.3.3")
def test_whoever_may_not_see_the_case_does_not_find_its_risk(case, worker):
    made = cast.assess(case, worker)
    stranger = signed_in(people.caseworker(people.team("Wear")))
    paths = ("", f"/{made.pk}", f"/{made.pk}/judge", "/household/assess", of_mother(case).removeprefix(at(case)))
    assert {stranger.get(at(case, path)).status_code for path in paths} == {404}


def test_the_page_takes_as_many_queries_for_one_as_for_many(desk, case, worker):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(at(case)).status_code == 200
        return len(queries)

    actions.judge_band(assessment=cast.assess(case, worker), band="high", by=worker, at=people.AT)
    count()  # the first page of a session looks a little more up
    before = count()
    for number in range(6):
        person = cast.add(case, people.person(f"Person {number}", origin="told"), "harmed")
        actions.judge_band(
            assessment=cast.assess(case, worker, cast.told(person)), band="critical", by=worker, at=people.AT
        )
    assert count() == before


def test_that_the_page_was_opened_is_in_the_trail(desk, case, now):
    desk.get(at(case))
    last = Entry.objects.filter(chain=case.trail_chain).order_by("-seq")[:1]
    assert [item["title"] for item in trail_items(last, now)] == ["Opened the risk"]
