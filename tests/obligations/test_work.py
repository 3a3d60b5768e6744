"""Plans, looks and developments in the table of duties: refreshed by each act, the same after a rebuild."""

from dataclasses import replace

import pytest

from haven.correspondence.actions import ContactTold, record_contact
from haven.correspondence.choices import Result, Way
from haven.kernel.decision import Refused
from haven.obligations.actions import record_done, review_case
from haven.obligations.models import CaseReview, Duty
from haven.obligations.projection import check, drop, rebuild
from haven.obligations.queries import promises_for
from haven.obligations.queries.looks import causes_to_look
from haven.obligations.rules import How, Standing
from haven.people.actions import Ways, confirm_same_person, record_safe_contact, take_apart
from haven.reports.choices import Identity
from haven.reports.models import Alarm
from haven.support import actions
from tests.cases import cast as people
from tests.obligations.conftest import table
from tests.risk import cast as family
from tests.risk.cast import mother
from tests.support import cast

pytestmark = pytest.mark.django_db
LATER = people.AT + cast.days(6)


@pytest.fixture
def worker(db):
    return people.caseworker(people.team("Tyne"))


@pytest.fixture
def boss(worker):
    return people.manager(worker.team)


@pytest.fixture
def case(worker):
    return family.case(worker, identity=Identity.NAMED)


def duties(case, key):
    return Duty.objects.filter(case=case, key=key).order_by("starts_at", "pk")


def the_same_again():
    assert list(check()) == []
    whole = table()
    drop()
    rebuild()
    assert table() == whole


@pytest.mark.clause("3.3.1", "3.4.1")
def test_agreeing_meets_the_duty_and_its_promises_are_due(case, worker):
    both = duties(case, "action_plan")
    assert {duty.met_at for duty in both} == {None}
    plan = cast.agreed(case, worker, cast.OURS, cast.THEIRS)
    assert [duty.met_at for duty in both.order_by("occasion")].count(plan.agreed_at) == 1
    assert both.all().count() == 2
    owed = duties(case, "plan_item").get()
    assert (owed.occasion, owed.is_promise, owed.due_at.isoformat()) == (
        f"step {plan.items.first().pk}", True, "2026-11-27T23:59:00+00:00",
    )  # fmt: skip
    the_same_again()


@pytest.mark.clause("3.4.1")
def test_a_promise_done_in_time_but_recorded_late_was_kept_and_what_was_known_when_stays(case, worker):
    item = cast.agreed(case, worker).items.get()
    actions.end_item(item=item, outcome="not_done", reason="The joiner did not come", by=worker, at=LATER)
    assert duties(case, "plan_item").get().met_at is None
    actions.end_item(item=item, outcome="done", done_on=cast.FRIDAY, by=worker, at=LATER + people.HOUR)
    owed = duties(case, "plan_item").get()
    assert owed.met_at == owed.due_at
    assert [each.outcome for each in item.outcomes.order_by("pk")] == ["not_done", "done"]
    the_same_again()


@pytest.mark.clause("3.4.1")
def test_a_new_version_hides_no_promise_that_was_missed(case, worker):
    cast.agreed(case, worker)
    second = actions.begin_plan(case=case, person=mother(case), by=worker, at=LATER)
    again = replace(actions.said_of(second.items.get()), due_on=(LATER + cast.days(2)).date())
    actions.write_item(plan=second, item=second.items.get(), said=again, by=worker, at=LATER)
    actions.agree_plan(plan=second, agreeing=cast.agreeing(agreed_at=LATER), by=worker, at=LATER)
    old, new = duties(case, "plan_item")
    assert (old.ended_at, old.ended_at > old.due_at) == (LATER, True)
    assert (new.met_at, new.ended_at) == (None, None)
    report = case.report_links.get().report
    shown = [each.standing(LATER) for each in promises_for(report) if each.is_own]
    assert shown == [Standing.MISSED, Standing.OPEN]
    the_same_again()


@pytest.mark.clause("3.4.1")
def test_whoever_reported_sees_the_promises_made_to_them_and_to_nobody_else(case, worker):
    report = case.report_links.get().report
    cast.agreed(case, worker, person=family.child(case))
    assert [each for each in promises_for(report) if each.is_own] == []
    item = cast.agreed(case, worker).items.get()
    own = [each for each in promises_for(report) if each.is_own]
    assert [(each.words, each.standing(LATER)) for each in own] == [("We fit a second lock.", Standing.LATE)]
    actions.end_item(item=item, outcome="not_done", reason="No locks left", by=worker, at=people.AT + people.DAY)
    broken = next(each for each in promises_for(report) if each.is_own)
    assert (broken.is_broken, broken.is_lapsed) == (True, False)


@pytest.mark.clause("3.3.3")
def test_a_witness_reads_no_plan_of_the_person_harmed(worker):
    seen = family.case(worker, identity=Identity.NAMED, role="witness", harmed="Amina Yusuf")
    harmed = seen.people.filter(part="harmed").order_by("pk").first().person
    cast.agreed(seen, worker, person=harmed)
    assert not any(each.is_own for each in promises_for(seen.report_links.get().report))


@pytest.mark.clause("3.4.1")
def test_a_development_learnt_of_earlier_starts_the_clock_then(case, worker):
    actions.record_development(case=case, kind="arrest", learnt_at=people.AT, by=worker, at=LATER)
    owed = duties(case, "event_update_urgent").get()
    assert (owed.starts_at, owed.due_at.isoformat()) == (people.AT, "2026-11-23T23:59:00+00:00")
    record_done(duty=owed, done_at=people.AT + people.HOUR, how=How.TELEPHONE, words="Told her.", by=worker, at=LATER)
    assert duties(case, "event_update_urgent").get().met_at == people.AT + people.HOUR
    the_same_again()


@pytest.mark.clause("3.3.5")
def test_what_happens_brings_the_look_forward_and_the_page_is_told_why(case, worker):
    family.assess(case, worker)
    calm = duties(case, "risk_review").get().due_at
    at = people.AT + people.HOUR
    actions.record_development(case=case, kind="whereabouts", learnt_at=at, by=worker, at=at)
    assert duties(case, "risk_review").get().due_at < calm
    assert [(each.kind, each.at) for each in causes_to_look(case)][-1] == ("whereabouts", at)
    family.assess(case, worker, at=at + people.HOUR)
    met, following = duties(case, "risk_review")
    assert (met.met_at, following.due_at) == (at + people.HOUR, calm)
    the_same_again()


@pytest.mark.clause("3.5.1")
def test_a_managers_look_meets_its_duty_and_the_caseworkers_is_refused(case, worker, boss):
    said = {"case": case, "looked_at": "The plan", "decided": "Goes on", "at": LATER}
    with pytest.raises(Refused, match="manager looks"):
        review_case(by=worker, **said)
    assert not CaseReview.objects.exists()
    made = review_case(by=boss, **said)
    first, second = duties(case, "case_review")
    assert (first.met_at, second.occasion, second.staff) == (LATER, f"review {made.pk}", None)
    the_same_again()


@pytest.mark.clause("3.4.3(d)")
def test_an_answer_about_children_starts_the_decision(case, worker):
    family.assess(case, worker, family.told(mother(case), D5=1))
    owed = duties(case, "children_referral").get()
    said = {"duty": owed, "done_at": people.AT + people.HOUR, "how": How.TELEPHONE, "by": worker, "at": LATER}
    with pytest.raises(Refused, match="needs its reason"):
        record_done(**said)
    record_done(words="Her school knows and keeps an eye; no referral wanted.", **said)
    assert duties(case, "children_referral").get().met_at == people.AT + people.HOUR
    the_same_again()


def test_no_children_no_decision(case, worker):
    family.assess(case, worker)
    assert not duties(case, "children_referral").exists()


@pytest.mark.clause("3.3.2")
def test_critical_danger_rings_and_owes_what_it_must_until_it_is_stepped_down(case, worker, boss):
    assert not Alarm.objects.exists()
    critical = family.assess(case, worker, family.told(mother(case), D6=5))
    assert Alarm.objects.get().raised_at == people.AT
    alert = duties(case, "manager_alert").get()
    assert (alert.occasion, alert.due_at, alert.staff) == (f"assessment {critical.pk}", people.AT, None)
    said = {"duty": alert, "done_at": people.AT + people.HOUR, "how": How.TELEPHONE, "at": LATER}
    with pytest.raises(Refused, match="Only a manager"):
        record_done(by=worker, **said)
    record_done(by=boss, **said)
    family.assess(case, worker, at=people.AT + 2 * people.HOUR)
    assert duties(case, "strategy_discussion").get().ended_at == people.AT + 2 * people.HOUR
    assert Alarm.objects.count() == 1
    the_same_again()


def test_it_rings_once_while_the_danger_stays_critical(case, worker):
    family.assess(case, worker, family.told(mother(case), D6=5))
    family.assess(case, worker, family.told(family.child(case), D6=5), at=people.AT + people.HOUR)
    assert Alarm.objects.count() == 1


def test_a_judgement_to_critical_rings(case, worker):
    from haven.risk.actions import judge_band

    made = family.assess(case, worker)
    judge_band(assessment=made, band="high", by=worker, at=people.AT)
    assert not Alarm.objects.exists()
    judge_band(assessment=made, band="critical", by=worker, at=people.AT)
    assert Alarm.objects.count() == 1


@pytest.mark.clause("3.3.2")
def test_naming_a_stand_in_is_the_second_caseworker(case, worker, boss):
    from haven.cases.actions import assign_case

    family.assess(case, worker, family.told(mother(case), D6=5))
    owed = duties(case, "second_caseworker")
    assert owed.get().met_at is None
    other = people.caseworker(worker.team)
    said = {"case": case, "caseworker": worker, "by": boss}
    assign_case(stand_in=other, at=people.AT + people.HOUR, **said)
    assign_case(stand_in=boss, at=people.AT + people.DAY, **said)
    assert owed.get().met_at == people.AT + people.HOUR
    assign_case(stand_in=None, at=people.AT + people.DAY, **said)
    assert owed.get().met_at is None
    the_same_again()


@pytest.mark.clause("3.4.1", "3.5.1", "2.0(a)")
def test_somebody_of_whom_a_neighbour_told_us_is_owed_a_conversation_of_their_own(worker):
    told = {"role": "witness", "reporter": "Elsie Thornton", "harmed": "Amina Yusuf", "home": people.home()}
    case = people.case(by=worker, caseworker=worker, identity=Identity.NAMED, **told)
    harmed, neighbour = (case.people.get(part=part).person for part in ("harmed", "reporter"))
    first = duties(case, "first_contact")
    assert [duty.occasion for duty in first.order_by("occasion")] == ["", "harmed"]
    when = people.AT + people.HOUR
    talk = ContactTold(
        way=Way.CALL, result=Result.TWO_WAY, happened_at=when, still_safe="confirmed", police="not_raised", words="Spoke."
    )
    said = {"matter": case, "told": talk, "by": worker, "at": when + people.HOUR}
    record_contact(person=neighbour, **said)
    assert first.get(occasion="harmed").met_at is None
    record_safe_contact(person=harmed, ways=Ways(), by=worker, at=when)
    assert first.get(occasion="harmed").ended_at == when
    record_safe_contact(person=harmed, ways=Ways(preferred="in_person", safe={"visit": "yes"}), by=worker, at=when)
    assert first.get(occasion="harmed").ended_at is None
    record_contact(person=harmed, **said)
    assert first.get(occasion="harmed").met_at == talk.happened_at
    assert duties(case, "update").filter(occasion__startswith="harmed").get().met_at is None
    the_same_again()


def test_two_records_of_one_person_are_one_whom_we_have_heard_wherever_that_is_found_out(worker):
    told = {"role": "witness", "reporter": "Elsie Thornton", "harmed": "Amina Yusuf", "home": people.home()}
    case = people.case(by=worker, caseworker=worker, **told)
    owed = duties(case, "first_contact").filter(occasion="harmed")
    harmed, teller = (case.people.get(part=part).person for part in ("harmed", "reporter"))
    elsewhere = people.person("Amina Yusuf")
    said = {"person": elsewhere, "by": worker, "at": people.AT + people.HOUR}
    confirm_same_person(same_as=harmed, **said)
    assert owed.exists()
    confirm_same_person(same_as=teller, **said)
    assert not owed.exists()
    the_same_again()
    take_apart(person=harmed, by=worker, at=people.AT + people.HOUR)
    assert owed.exists()
    the_same_again()
