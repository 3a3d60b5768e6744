"""T2: a cleaner sees a swastika on an empty flat on a Friday at 16:50; nobody was harmed whom we know.

It is photographed and gone within a day, weekend or not; nobody is owed a conversation or a plan, and none can be made.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from haven.cases import actions as cases
from haven.cases.models import IncidentStrand
from haven.kernel.decision import Refused
from haven.obligations.actions import record_done
from haven.obligations.models import Duty
from haven.obligations.projection import check
from haven.obligations.queries import promises_for
from haven.obligations.rules import How, Standing, standing
from haven.reports.actions import receive_report
from haven.reports.told import Told
from haven.risk.actions import AssessmentTold, record_assessment
from haven.support import actions as support
from tests.cases import cast

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


FRIDAY = at("2026-11-27 16:50")


@pytest.fixture
def worker(db):
    return cast.caseworker(cast.team("Tyne", patches=("P1",)), name="Ada Worker")


@pytest.fixture
def cleaner(db):
    return cast.staff("contractor", name="Clean Contractor")


@pytest.fixture
def case(worker, cleaner):
    told = Told(
        account="Swastika sprayed on the door of an empty flat. Nobody about.",
        danger=("NONE",),
        role="staff",
        home_id=cast.home().pk,
        strands=("RELIGION",),
        incident_types=("GRAFFITI", "SYMBOL_STICKER_FLAG"),
        needs=("CLEAN_OFF",),
    )
    report = receive_report(
        told=told, channel="STAFF_OBS", code=None, received_at=FRIDAY, logged_by=cleaner, by=cleaner, at=FRIDAY
    )
    seen = cast.seen(report)
    return cases.open_case(
        report=report, seen=seen, team=worker.team, caseworker=worker, by=worker, at=at("2026-11-27 17:10")
    )


def keys():
    return set(Duty.objects.values_list("key", flat=True))


@pytest.mark.clause("3.2.1", "3.2.2(a)")
def test_it_is_a_hate_case_as_staff_perceive_it(case):
    assert (case.is_hate_related, case.strands) == (True, ["RELIGION"])
    assert set(IncidentStrand.objects.values_list("strand", "perceived_by")) == {("RELIGION", "staff")}


@pytest.mark.clause("3.3.7")
def test_it_is_gone_by_saturday_at_ten_to_five(case, worker):
    owed = Duty.objects.get(key="graffiti_hate")
    assert owed.due_at == at("2026-11-28 16:50")
    gone = at("2026-11-28 11:15")
    record_done(duty=owed, done_at=gone, how=How.BY_OTHERS, words="Photographed, then cleaned.", by=worker, at=gone)
    owed.refresh_from_db()
    assert standing(due_at=owed.due_at, met_at=owed.met_at, ended_at=owed.ended_at, at=gone) is Standing.MET


@pytest.mark.clause("3.3.1", "3.5.2")
def test_nobody_is_owed_a_conversation_or_a_plan_and_none_is_promised(case):
    towards_somebody = {"first_contact", "interview", "update", "police_decision", "action_plan", "safety_plan", "ack"}
    assert not towards_somebody & keys()
    assert promises_for(case.report_links.get().report) == []


@pytest.mark.clause("3.3.1")
def test_a_plan_with_nobody_cannot_be_made(case, worker, cleaner):
    somebody = cast.person("Not In It")
    with pytest.raises(Refused, match="people who are harmed"):
        support.begin_plan(case=case, person=somebody, by=worker, at=FRIDAY)


@pytest.mark.clause("3.3.5", "3.5.1")
def test_the_danger_to_the_building_is_assessed_and_a_manager_looks(case, worker):
    assert {"risk_initial", "case_review"} <= keys()
    assert Duty.objects.get(key="risk_initial").due_at == at("2026-11-30 17:00")
    assert Duty.objects.get(key="case_review").due_at == at("2026-12-25 17:00").replace(day=29)
    record_assessment(case=case, told=AssessmentTold(about="household"), by=worker, at=at("2026-11-30 10:00"))
    assert Duty.objects.get(key="risk_initial").met_at == at("2026-11-30 10:00")
    assert list(check()) == []
