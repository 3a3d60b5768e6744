"""What the database itself refuses about risk, and what it cannot read without the key."""

import pytest
from django.db import DatabaseError, connection, transaction

from haven.kernel.sealing import Unreadable
from haven.risk import actions
from haven.risk.models import Answer, Assessment, Judgement, SubjectLook
from tests.cases import cast as people
from tests.risk import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(case, worker, boss):
    made = cast.assess(case, worker, cast.told(cast.mother(case), note="He waits outside"))
    judged = actions.judge_band(assessment=made, band="high", reasons="He waits", by=worker, at=people.AT)
    look = actions.look_at_subject(case=case, person=cast.alleged(case), said={}, by=worker, at=people.AT)
    return {Assessment: made, Answer: made.answers.get(question="A1"), Judgement: judged, SubjectLook: look}


def refused(match):
    return pytest.raises(DatabaseError, match=match)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Assessment, {"band": "standard"}),
        (Assessment, {"score": 0}),
        (Answer, {"value": "NOT_ASKED"}),
        (Judgement, {"band": "critical"}),
        (SubjectLook, {"at": people.AT}),
    ],
)
def test_nothing_about_risk_is_changed_or_taken_away(rows, model, change):
    found = model.objects.filter(pk=rows[model].pk)
    with refused("never_changed|Cannot update"), transaction.atomic():
        found.update(**change)
    with refused("never_changed|Cannot delete"), transaction.atomic():
        found._raw_delete("default")
    with refused("are kept|permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def copied(row, **more):
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if each.name != "id"}
    return type(row)(**{**values, **more})


@pytest.mark.parametrize(
    ("more", "constraint"),
    [
        ({}, "risk_of_a_person_is_numbered"),
        ({"person_id": None}, "risk_is_of_a_person_or_a_household"),
        ({"about": "household"}, "risk_is_of_a_person_or_a_household"),
    ],
)
def test_an_assessment_is_of_one_person_or_household_and_has_its_number(rows, more, constraint):
    with refused(constraint), transaction.atomic():
        copied(rows[Assessment], **more).save()


def test_a_household_has_its_numbers_for_itself(case, worker):
    made = cast.assess(case, worker, cast.told())
    with refused("risk_of_a_household_is_numbered"), transaction.atomic():
        copied(made).save()


def test_a_question_is_answered_once(rows):
    with refused("a_question_is_answered_once"), transaction.atomic():
        copied(rows[Answer]).save()


def test_a_judgement_changes_the_band(rows):
    with refused("a_judgement_changes_the_band"), transaction.atomic():
        copied(rows[Judgement], before="high").save()


def test_words_are_sealed_with_the_key_of_the_person_they_are_about(rows, case):
    mother, alleged = cast.mother(case), cast.alleged(case)
    for key in (mother.sealing_key, alleged.sealing_key):
        key.destroy(at=people.AT)
    for model, name in ((Assessment, "explanation"), (Answer, "note"), (Judgement, "reasons"), (SubjectLook, "said")):
        with pytest.raises(Unreadable):
            getattr(model.objects.get(pk=rows[model].pk), name)


def test_words_about_a_household_are_sealed_with_the_key_of_the_case(case, worker):
    made = cast.assess(case, worker, cast.told(note="The back door"))
    case.sealing_key.destroy(at=people.AT)
    with pytest.raises(Unreadable):
        _ = Answer.objects.get(assessment=made, question="A1").note
