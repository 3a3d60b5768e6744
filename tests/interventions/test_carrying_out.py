"""A warning letter from proposal to its end: what is written, what the trail says, and what is refused on the way."""

import pytest

from haven.interventions import actions
from haven.interventions.models import Intervention
from haven.kernel.decision import Refused
from haven.trail.models import Entry
from tests.interventions import cast

pytestmark = pytest.mark.django_db


def refused(reason):
    return pytest.raises(Refused, match=reason)


@pytest.mark.clause("3.5.2", "3.5.2(a)")
def test_a_letter_goes_out_once_everything_is_there(case, worker, other):
    step = cast.served(case, worker, other)
    assert (step.state, step.executed_at, step.executed_by) == ("executed", cast.AT + 13 * cast.HOUR, worker)
    assert (step.served, str(step.live_until)) == ("by_hand", "2027-11-23")
