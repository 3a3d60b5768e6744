"""T1: a door kicked in on a Sunday night, a mother of two who speaks Arabic, and "no police".

She telephones at 21:40; every clock runs from then, to the minute. Her no to the police stands, and whether they are told
all the same is decided by somebody, with the reason, either way.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from haven.cases import actions as cases
from haven.kernel.decision import Refused
from haven.obligations.actions import record_done
from haven.obligations.models import Duty
from haven.obligations.projection import check
from haven.obligations.rules import How
from haven.people.choices import Method, Safe
from haven.policy import working_days
from haven.reports.actions import receive_report, take_alarm
from haven.reports.choices import Identity, Scope
from haven.reports.models import Alarm
from haven.reports.told import NeedsTold, SafeWays, Someone, Told
from haven.risk.actions import record_assessment
from haven.support import actions as support
from haven.support.rules import Agreeing, Copy, ItemSaid
from tests.cases import cast
from tests.risk.cast import told as answers

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


SUNDAY = at("2026-11-22 21:40")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def nights(db):
    return cast.staff("call_handler", name="Night Desk")


@pytest.fixture
def tyne(db):
    return cast.team("Tyne", patches=("P1",))


@pytest.fixture
def report(nights, tyne):
    """What the operator writes down: a repair, and the answer to "is this because of who you are?"."""
    told = Told(
        account="They kicked the door in and shouted. I think it is next door. If I call police they will come back.",
        danger=("HOME_NOT_SECURE",),
        role="victim",
        identity=Identity.NAMED,
        home_id=cast.home().pk,
        strands=("RACE",),
        incident_types=("DAMAGE", "VERBAL"),
        needs=("LOCKS", "INTERPRETER"),
        permissions={"POLICE": Scope.NO},
        reporter=Someone(
            name="Hiba Osman",
            ways=SafeWays(preferred=Method.CALL, safe={"call": Safe.YES, "letter": Safe.NO}),
            needs=NeedsTold(spoken="ar", written="ar", interpreter="yes"),
        ),
    )
    return receive_report(
        told=told, channel="PHONE_OOH", code=None, received_at=SUNDAY, logged_by=nights, by=nights, at=SUNDAY + 2 * MINUTE
    )


@pytest.fixture
def case(report, worker, boss):
    take_alarm(alarm=Alarm.objects.get(), by=boss, at=SUNDAY + 4 * MINUTE)
    seen = cast.seen(report)
    return cases.open_case(
        report=report, seen=seen, team=worker.team, caseworker=worker, by=boss, at=SUNDAY + 20 * MINUTE
    )


@pytest.fixture
def mother(case):
    return case.people.get(part="harmed").person


@pytest.fixture
def assessed(case, mother, worker):
    """Asked on the telephone with the interpreter, ten minutes later: not secure, next door, two children who saw it."""
    said = answers(mother, E3=4, C1=3, B2=3, D5=3, E2=1)
    return record_assessment(case=case, told=said, by=worker, at=SUNDAY + 30 * MINUTE)


def owed(key, **more):
    return Duty.objects.get(key=key, **more)


@pytest.mark.clause("3.2.2(b)", "3.3.7", "3.4.3(b)")
def test_a_hate_case_opens_and_its_clocks_run_from_the_telephone_call(case):
    assert (case.is_hate_related, case.strands) == (True, ["RACE"])
    assert owed("danger_handover").met_at == SUNDAY + 4 * MINUTE
    assert owed("emergency_repair_attend").due_at == at("2026-11-23 01:40")
    assert owed("emergency_repair_safe").due_at == at("2026-11-23 21:40")
    assert owed("interpreter_remote").due_at == SUNDAY
    assert owed("risk_initial").due_at == at("2026-11-23 17:00")


@pytest.mark.clause("3.3.5", "3.3.2", "3.3.8")
def test_an_open_home_beside_whoever_did_it_is_critical_and_causes_what_it_must(assessed, case, worker, boss):
    assert assessed.band == "critical"
    assert Alarm.objects.filter(taken_at=None, report__case_links__case=case).count() == 1
    half_past = SUNDAY + 30 * MINUTE
    assert {key: owed(key).due_at for key in ("manager_alert", "home_secured", "safe_tonight", "police_discussion")} == {
        "manager_alert": half_past,
        "home_secured": at("2026-11-23 02:10"),
        "safe_tonight": at("2026-11-23 02:10"),
        "police_discussion": at("2026-11-23 02:10"),
    }
    assert owed("strategy_discussion").due_at == at("2026-11-23 22:10")
    assert owed("second_caseworker").due_at == at("2026-11-23 17:00")
    assert owed("first_contact").due_at == at("2026-11-23 02:10")
    assert owed("action_plan").due_at == at("2026-11-24 17:00")
    assert owed("safety_plan", ended_at=None, met_at=None).due_at == at("2026-11-22 23:59")
    assert list(check()) == []


@pytest.mark.clause("3.6.1", "3.3.3(a)", "3.2.3")
def test_her_no_to_the_police_stands_and_a_manager_decides_with_a_reason(assessed, report, worker, boss):
    assert owed("police_decision").met_at == SUNDAY + 2 * MINUTE
    assert not Duty.objects.filter(key="police_notify").exists()
    said = {"duty": owed("police_discussion"), "done_at": SUNDAY + 60 * MINUTE, "how": How.TELEPHONE, "by": boss}
    with pytest.raises(Refused, match="needs its reason"):
        record_done(at=SUNDAY + 61 * MINUTE, **said)
    why = "Not told: she said no, the door holds since 23:20 and he was not seen again. Asked again tomorrow."
    record_done(at=SUNDAY + 61 * MINUTE, words=why, **said)
    assert owed("police_discussion").met_at == SUNDAY + 60 * MINUTE


@pytest.mark.clause("3.3.2")
def test_that_a_manager_knows_is_said_by_a_manager(assessed, worker, boss):
    said = {"duty": owed("manager_alert"), "done_at": SUNDAY + 40 * MINUTE, "how": How.TELEPHONE}
    with pytest.raises(Refused, match="Only a manager"):
        record_done(by=worker, at=SUNDAY + 41 * MINUTE, **said)
    record_done(by=boss, at=SUNDAY + 41 * MINUTE, **said)
    assert owed("manager_alert").met_at == SUNDAY + 40 * MINUTE


@pytest.mark.clause("3.4.3(d)")
def test_her_children_are_decided_on_the_next_working_day(assessed):
    assert owed("children_referral").due_at == at("2026-11-23 17:00")


def bolts(**more):
    said = {
        "words": "We fit a bolt that opens from inside.",
        "kind": "safety",
        "doer": "team",
        "due_on": at("2026-11-23 00:00").date(),
        "answers": "fear",
        "why": "If I call police they will come back",
    }
    return ItemSaid(**{**said, **more})


@pytest.mark.clause("3.3.1", "3.4.3(b)", "3.4.3(c)")
def test_the_plan_for_the_night_is_agreed_through_an_interpreter_and_not_in_english(assessed, case, mother, worker):
    now = SUNDAY + 45 * MINUTE
    plan = support.begin_plan(case=case, person=mother, covers="safety", by=worker, at=now)
    support.add_from_pack(plan=plan, codes=["SAFE_TONIGHT", "HOW_TO_CALL"], by=worker, at=now)
    in_arabic = Copy(language="ar", format="audio", wish="I would rather hear it than have paper at home")
    through = Agreeing(agreed_at=now, told="telephone", language="ar", through="interpreter", copy=in_arabic)

    def agree(**more):
        said = Agreeing(**{name: getattr(through, name) for name in through.__slots__} | more)
        return support.agree_plan(plan=plan, agreeing=said, by=worker, at=now)

    with pytest.raises(Refused, match="nothing of theirs"):
        agree()
    support.write_item(plan=plan, said=bolts(), by=worker, at=now)
    with pytest.raises(Refused, match="do not interpret"):
        agree(through="family")
    with pytest.raises(Refused, match="need an interpreter"):
        agree(through="directly", language="en")
    with pytest.raises(Refused, match="safe for them"):
        agree(copy=Copy(language="ar", way="letter"))
    with pytest.raises(Refused, match="language and format"):
        agree(copy=Copy(language="en"))
    agree()
    assert owed("safety_plan", ended_at=None).met_at == now
    assert owed("action_plan").met_at is None
    assert owed("plan_item", occasion=f"step {plan.items.last().pk}").due_at == at("2026-11-23 23:59")


@pytest.mark.clause("3.3.5")
def test_when_the_home_is_safe_again_what_critical_danger_caused_lapses(assessed, case, mother, worker):
    monday = at("2026-11-23 09:00")
    record_assessment(case=case, told=answers(mother, B2=3, C1=3, D5=3), by=worker, at=monday)
    assert owed("strategy_discussion").ended_at == monday
    assert owed("home_secured").ended_at == monday
    assert owed("home_secured").ended_at > owed("home_secured").due_at
    assert owed("first_contact").due_at == at("2026-11-23 02:10")


def test_twenty_one_forty_is_out_of_hours():
    assert not working_days.is_office_hours(SUNDAY)
