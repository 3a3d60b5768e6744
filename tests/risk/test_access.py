"""Who sees the risk in a case: whoever sees the case, and nobody else; the greatest first."""

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from haven.accounts.choices import Role
from haven.cases.models import Case, Conflict
from haven.risk import access, actions
from tests.cases import cast as people
from tests.risk import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(case, worker):
    cast.assess(case, worker, cast.told(cast.child(case), D5=3))
    cast.assess(case, worker)
    actions.look_at_subject(case=case, person=cast.alleged(case), said={"age": "yes"}, by=worker, at=people.AT)
    return cast.assess(case, worker, cast.told(cast.mother(case), A1=1), at=people.AT + people.DAY)


def test_the_latest_of_each_stands_first_and_the_greatest_before_the_others(made, case, worker):
    risks = access.risks_of(worker, case)
    assert [(each.latest.person_id, each.band, len(each.before)) for each in risks] == [
        (cast.child(case).pk, "high", 0),
        (cast.mother(case).pk, "medium", 1),
    ]
    assert risks[1].latest == made
    assert access.highest_of(worker, case).band == "high"


def test_a_judgement_counts_for_the_highest(made, case, worker):
    actions.judge_band(assessment=made, band="critical", by=worker, at=people.AT + people.DAY)
    highest = access.highest_of(worker, case)
    assert (highest.latest, highest.band, highest.judgements[0].before) == (made, "critical", "medium")


def test_judgements_about_an_earlier_assessment_count_no_more(made, case, worker):
    actions.judge_band(assessment=made, band="critical", by=worker, at=people.AT + people.DAY)
    cast.assess(case, worker, at=people.AT + 2 * people.DAY)
    found = next(each for each in access.risks_of(worker, case) if each.latest.person_id == cast.mother(case).pk)
    assert (found.band, found.before[0][1]) == ("medium", "critical")


def test_before_anybody_assessed_there_is_none(case, worker):
    assert access.risks_of(worker, case) == []
    assert access.highest_of(worker, case) is None
    assert access.looks_of(worker, case) == {}


@pytest.mark.clause("3.3.3")
@pytest.mark.parametrize("who", ["other team", "locked out", "call handler", "named only"])
def test_whoever_may_not_see_the_case_sees_none_of_its_risk(made, case, tyne, who):
    viewer = {
        "other team": lambda: people.caseworker(people.team("Wear")),
        "call handler": lambda: people.staff(Role.CALL_HANDLER, team=tyne),
    }.get(who, lambda: people.caseworker(tyne))()
    if who == "locked out":
        Conflict.objects.create(case=case, staff=viewer, reason="friend", declared_at=people.AT)
    if who == "named only":
        Case.objects.filter(pk=case.pk).update(restriction="named")
    assert access.risks_of(viewer, case) == []
    assert access.highest_of(viewer, case) is None
    assert access.looks_of(viewer, case) == {}
    with pytest.raises(Http404, match="nothing here"):
        access.get_assessment(viewer, case, made.pk)


def test_an_assessment_of_another_case_is_not_there(made, worker):
    other = cast.case(worker)
    for pk in (made.pk, made.pk + 1000):
        with pytest.raises(Http404, match="nothing here"):
            access.get_assessment(worker, other, pk)


def test_the_risk_of_one_and_of_many_takes_as_many_queries(made, case, worker):
    def count():
        with CaptureQueriesContext(connection) as queries:
            for each in access.risks_of(worker, case):
                assert each.latest.explanation
                assert all(judged.by.name for judged in each.judgements)
            access.highest_of(worker, case)
        return len(queries)

    actions.judge_band(assessment=made, band="high", by=worker, at=people.AT)
    before = count()
    for number in range(8):
        person = cast.add(case, people.person(f"Person {number}", origin="told"), "harmed")
        actions.judge_band(
            assessment=cast.assess(case, worker, cast.told(person)), band="critical", by=worker, at=people.AT
        )
    assert count() == before
