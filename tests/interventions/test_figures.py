"""What the assurance page counts of steps: after asking, and by tool."""

import pytest

from haven.insight.figures import FIGURES, since
from haven.interventions.models import Intervention
from tests.cases import cast as people
from tests.interventions import cast
from tests.risk import cast as risk

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.5.2")]


def figure(name, at=cast.AT + 30 * cast.DAY):
    return {part.code: part.number for part in FIGURES[name].count(since(at), at).parts}


def test_steps_are_counted_by_tool_and_by_whether_everybody_was_asked(case, worker, other):
    cast.served(case, worker, other)
    cast.propose(case, worker, "FINAL_WARNING", at=cast.AT + 20 * cast.HOUR)
    assert figure("steps_by_tool") == {"FIRST_WARNING": 1}
    assert figure("steps_after_asking") == {"asked": 1, "not_asked": 0}


def test_somebody_who_came_into_the_case_later_was_not_to_be_asked(case, worker, other):
    cast.served(case, worker, other)
    child = people.person("Sami Yusuf", origin="told")
    case.people.create(person=child, part="harmed", since=cast.AT + 20 * cast.HOUR)
    assert figure("steps_after_asking") == {"asked": 1, "not_asked": 0}


def test_a_step_without_asking_would_be_counted(case, worker, other):
    """The gate refuses it; so somebody is put into the case as of long ago, as a mistake in the record would be."""
    cast.served(case, worker, other)
    risk.add(case, people.person("Sami Yusuf", origin="told"), "harmed")
    assert figure("steps_after_asking") == {"asked": 0, "not_asked": 1}
    assert Intervention.objects.count() == 1
