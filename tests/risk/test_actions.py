"""Assessing, judging and looking: what is written, what the trail says, what is refused and leaves nothing behind."""

import pytest

from haven.accounts.choices import Role
from haven.cases import actions as cases
from haven.cases.models import Case, Incident
from haven.kernel.decision import Refused
from haven.people.models import Person
from haven.policy.pack import pack
from haven.risk import actions
from haven.risk.actions import Answered, AssessmentTold
from haven.risk.models import Answer, Assessment, Judgement, SubjectLook
from haven.trail.models import Entry
from tests.cases import cast as people
from tests.risk import cast

pytestmark = pytest.mark.django_db


def refused(reason):
    return pytest.raises(Refused, match=reason)


def as_stored(assessment):
    rows = Assessment.objects.defer("explanation").filter(pk=assessment.pk)
    answers = Answer.objects.filter(assessment=assessment).order_by("pk")
    return [*rows.values("band", "score", "number", "at"), *answers.values("question", "value", "points")]


def latest_entry(case):
    return Entry.objects.filter(chain=case.trail_chain).order_by("-seq").first()


@pytest.mark.clause("3.3.5", "3.3.1")
def test_an_assessment_is_signed_with_its_three_bands_and_their_reasons(case, worker):
    made = cast.assess(case, worker, cast.told(cast.mother(case), D6=5, A1=3))
    assert (made.score, made.score_band, made.floor) == (8, "standard", "medium")
    assert (made.override, made.band) == ("critical", "critical")
    assert (made.number, made.by, made.at, made.questions) == (1, worker, people.AT, "HRA-1")
    assert (made.policy_version, made.pack_fingerprint) == (pack().policy.version, pack().fingerprint)
    assert made.explanation[0].startswith("Critical whatever the score")
    assert (made.is_partial, made.is_incomplete, made.overrides) == (False, False, ["SELF_HARM_NOW"])


def test_every_question_has_a_row_asked_or_not(case, worker):
    given = {
        "A1": Answered(value="DAILY", answered_by="parent", note="  Every night. "),
        "A2": Answered(value="DONT_KNOW"),
        "A3": Answered(value="DECLINED"),
    }
    made = cast.assess(case, worker, AssessmentTold(person=cast.mother(case), answers=given))
    rows = {each.question: each for each in Answer.objects.filter(assessment=made)}
    assert len(rows) == 22
    assert (rows["A1"].value, rows["A1"].points, rows["A1"].answered_by, rows["A1"].note) == (
        "DAILY", 5, "parent", "Every night.",
    )  # fmt: skip
    assert [(rows[pk].value, rows[pk].points) for pk in ("A2", "A3", "D6")] == [
        ("DONT_KNOW", 1), ("DECLINED", 0), ("NOT_ASKED", 0),
    ]  # fmt: skip
    assert (len(made.gaps), made.is_incomplete, made.score) == (20, True, 6)


def test_the_trail_holds_the_act_by_codes_and_never_a_word(case, worker):
    made = cast.assess(case, worker, cast.told(cast.mother(case), note="He comes at night"))
    entry = latest_entry(case)
    assert (entry.act, entry.subject_id, entry.actor_id) == ("risk.assessed", made.pk, worker.pk)
    assert entry.codes["band"] == "medium"
    assert "night" not in str(entry.codes)


@pytest.mark.clause("3.3.1")
def test_each_person_and_the_household_are_assessed_for_themselves(case, worker):
    mother = cast.assess(case, worker)
    child = cast.assess(case, worker, cast.told(cast.child(case), D5=3))
    home = cast.assess(case, worker, cast.told(E3=4, C1=3))
    assert [(each.about, each.number, each.band) for each in (mother, child, home)] == [
        ("person", 1, "medium"), ("person", 1, "high"), ("household", 1, "critical"),
    ]  # fmt: skip
    assert (home.home, home.person) == (case.home, None)


def test_a_new_assessment_never_changes_the_one_before(case, worker):
    before = cast.assess(case, worker)
    kept = as_stored(before)
    after = cast.assess(case, worker, cast.told(cast.mother(case), D6=5), at=people.AT + people.DAY)
    assert (before.number, after.number) == (1, 2)
    assert as_stored(before) == kept


@pytest.mark.parametrize(
    ("types", "codes", "band"),
    [
        (["THREAT_KILL"], {"THREAT_TO_KILL", "THREAT_OF_VIOLENCE"}, "critical"),
        (["ATTEMPTED_ARSON"], {"FIRE"}, "critical"),
        (["THREAT"], {"THREAT_OF_VIOLENCE"}, "high"),
        (["NOISE_TARGETED"], set(), "medium"),
    ],
)
def test_what_is_on_record_overrides_without_being_ticked(case, worker, types, codes, band):
    Incident.objects.create(case=case, types=types, recorded_at=people.AT)
    made = cast.assess(case, worker)
    assert set(made.circumstances) >= codes
    assert made.band == band


def test_a_second_report_in_a_year_that_gets_worse_is_high(worker):
    home = people.home()
    first = cast.case(worker, home=home)
    told_again = people.report(home=home, team=worker.team, reporter="Amina Yusuf", at=people.AT + people.DAY)
    cases.join_case(report=told_again, case=first, seen=people.seen(told_again), by=worker, at=people.AT + people.DAY)
    at = people.AT + 2 * people.DAY
    named = first.people.filter(part="harmed").order_by("pk")
    Person.objects.filter(pk=named.last().person_id).update(same_as=cast.mother(first))
    made = cast.assess(first, worker, cast.told(cast.mother(first), A3=2), at=at)
    assert "REPEAT_VICTIM" in made.circumstances
    assert made.band == "high"


def test_somebody_of_ours_with_a_key_is_high(tyne):
    boss = people.head()
    sealed = people.case(by=boss, team_=tyne, reporter="Amina Yusuf", incident_types=("STAFF_CONDUCT",), strands=())
    made = cast.assess(sealed, boss, cast.told(cast.mother(sealed), C1=4))
    assert (made.floor, made.overrides, made.band) == ("", ["STAFF_WITH_ACCESS"], "high")


@pytest.mark.clause("3.3.1")
@pytest.mark.parametrize("who", ["responsible", "stranger", "nobody", "household"])
def test_only_somebody_harmed_or_a_home_is_assessed(case, worker, who):
    persons = {"responsible": cast.alleged(case), "stranger": people.person("Kay Lin")}
    told = cast.told(persons.get(who)) if who == "household" else AssessmentTold(person=persons.get(who))
    if who == "household":
        Case.objects.filter(pk=case.pk).update(home=None)
    with refused("harmed in the case|no home of ours") as raised:
        actions.record_assessment(case=case, told=told, by=worker, at=people.AT)
    assert raised.value.decision.clause == "3.3.1"
    assert not Assessment.objects.exists()
    assert latest_entry(case).outcome == "refused"


@pytest.mark.clause("3.3.5")
@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"A1": Answered(value="SOMETIMES")}},
        {"answers": {"A9": Answered(value="YES")}},
        {"answers": {"A1": Answered(value="DAILY", answered_by="somebody")}},
        {"circumstances": ("FLOOD",)},
    ],
)
def test_answers_that_nobody_was_offered_are_refused(case, worker, wrong):
    with refused("does not offer|no question|Say who|no such circumstance"):
        cast.assess(case, worker, AssessmentTold(person=cast.mother(case), **wrong))
    assert not Answer.objects.exists()


@pytest.mark.clause("3.5.1")
def test_nothing_is_assessed_judged_or_looked_at_in_a_closed_case(case, worker, boss):
    made = cast.assess(case, worker)
    people.closed(case, people.AT)
    with refused("closed"):
        cast.assess(case, worker)
    with refused("closed"):
        actions.judge_band(assessment=made, band="critical", by=boss, at=people.AT)
    with refused("closed"):
        actions.look_at_subject(case=case, person=cast.alleged(case), said={}, by=worker, at=people.AT)
    assert (Assessment.objects.count(), Judgement.objects.count(), SubjectLook.objects.count()) == (1, 0, 0)


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("role", [role for role in Role if role not in ("head_of_service", "caseworker", "team_manager")])
def test_nobody_without_a_case_role_assesses(case, tyne, role):
    with refused("nothing here"):
        cast.assess(case, people.staff(role, team=tyne))


@pytest.mark.clause("3.3.3")
def test_another_team_does_not_assess(case):
    with refused("nothing here"):
        cast.assess(case, people.caseworker(people.team("Wear")))


@pytest.mark.clause("3.3.5")
def test_the_officer_raises_a_band_alone_and_as_far_as_they_judge(case, worker):
    made = cast.assess(case, worker)
    judged = actions.judge_band(assessment=made, band="critical", by=worker, at=people.AT)
    assert (judged.before, judged.band, judged.reasons, judged.by) == ("medium", "critical", None, worker)
    assert latest_entry(case).codes == {"assessment": made.pk, "before": "medium", "band": "critical"}


@pytest.mark.clause("3.3.5")
def test_a_manager_lowers_a_raised_band_again_but_never_below_the_floor(case, worker, boss):
    made = cast.assess(case, worker)
    actions.judge_band(assessment=made, band="high", by=worker, at=people.AT)
    with refused("neither assessed it"):
        actions.judge_band(assessment=made, band="medium", reasons="Quiet.", by=worker, at=people.AT)
    actions.judge_band(assessment=made, band="medium", reasons="Quiet for weeks.", by=boss, at=people.AT + people.HOUR)
    with refused("keeps it at medium"):
        actions.judge_band(assessment=made, band="standard", reasons="Quiet.", by=boss, at=people.AT + people.DAY)
    assert [each.band for each in Judgement.objects.order_by("pk")] == ["high", "medium"]


@pytest.mark.clause("3.3.5")
def test_what_came_on_record_since_keeps_a_band_from_being_lowered(case, worker, boss):
    high = {"A1": 5, "A5": 4, "A3": 4, "D1": 5, "D2": 3, "D3": 3, "D4": 4, "B1": 3, "B2": 3, "C1": 2, "C2": 3}
    made = cast.assess(case, worker, cast.told(cast.mother(case), **high))
    assert (made.band, made.override) == ("high", "")
    Incident.objects.create(case=case, types=["THREAT"], recorded_at=people.AT)
    with refused("keeps it at high"):
        actions.judge_band(assessment=made, band="medium", reasons="Quiet.", by=boss, at=people.AT)


@pytest.mark.clause("3.3.5")
def test_an_older_assessment_is_not_judged_any_more(case, worker, boss):
    first = cast.assess(case, worker)
    cast.assess(case, worker, at=people.AT + people.DAY)
    with refused("newer assessment"):
        actions.judge_band(assessment=first, band="critical", by=boss, at=people.AT + people.DAY)
    with refused("no such band"):
        actions.judge_band(assessment=first, band="extreme", by=boss, at=people.AT + people.DAY)


def test_lists_show_a_case_by_the_greatest_danger_to_anybody_in_it(case, worker, boss):
    def shown():
        case.refresh_from_db()
        return case.urgency, case.version

    before = shown()[1]
    cast.assess(case, worker, cast.told(cast.child(case), D5=3))
    assert shown() == (2, before + 1)
    made = cast.assess(case, worker)
    assert shown()[0] == 2
    actions.judge_band(assessment=made, band="critical", by=worker, at=people.AT)
    assert shown()[0] == 1
    for person in (cast.child(case), cast.mother(case)):
        cast.assess(case, worker, cast.told(person), at=people.AT + people.DAY)
    assert shown()[0] == 3


@pytest.mark.clause("3.4.5")
def test_the_life_of_the_person_responsible_is_looked_at_without_a_score(case, worker):
    given = {"said": {"mental_health": "yes", "age": "no"}, "remarks": "Sees a nurse."}
    look = actions.look_at_subject(case=case, person=cast.alleged(case), **given, by=worker, at=people.AT)
    look.refresh_from_db()
    assert (look.said["mental_health"], look.said["age"], look.said["disability"]) == ("yes", "no", "not_known")
    assert len(look.said) == 8
    assert look.note == "Sees a nurse."
    assert latest_entry(case).act == "risk.subject_looked_at"
    assert latest_entry(case).codes == {"person": look.person_id}


@pytest.mark.clause("3.4.5")
def test_nobody_else_is_looked_at(case, worker):
    with refused("may be responsible"):
        actions.look_at_subject(case=case, person=cast.mother(case), said={}, by=worker, at=people.AT)
