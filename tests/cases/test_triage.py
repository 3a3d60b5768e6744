"""Triage: who decides, once, after looking; and who looks again."""

import pytest
from django.db import IntegrityError, transaction

from haven.cases import access, actions
from haven.cases.actions import Seen
from haven.cases.models import Case, CasePerson, IncidentStrand, TriageDecision
from haven.kernel.decision import Refused
from haven.reports.models import Report
from haven.trail.models import Entry
from tests.cases import cast

pytestmark = pytest.mark.django_db
REASON = "The same words were sent twice within a minute."


@pytest.fixture
def worker(tyne):
    return cast.caseworker(tyne)


@pytest.fixture
def told(tyne):
    return cast.report(team=tyne, reporter="Amina Yusuf", responsible=("Dean Hall",))


def acts(chain):
    return list(Entry.objects.filter(chain=chain, outcome="done").order_by("seq").values_list("act", flat=True))


def test_opening_a_case_carries_people_occasion_and_strands_over(told, tyne, worker):
    case = actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    parts = sorted(CasePerson.objects.filter(case=case).values_list("part", flat=True))
    assert parts == ["harmed", "reporter", "responsible"]
    assert case.reference.startswith("HC-")
    case.refresh_from_db()
    assert case.strands == ["RACE"]
    assert case.is_hate_related
    assert not case.is_harassment
    belief = IncidentStrand.objects.get(incident__case=case)
    assert (belief.strand, belief.perceived_by) == ("RACE", "victim")
    assert case.incidents.get().harmed_links.get().person.name == "Amina Yusuf"
    assert told.state == "decided"
    assert TriageDecision.objects.get(report=told).policy_version


def test_a_decision_leaves_one_entry_with_the_case_and_one_with_the_report(told, tyne, worker):
    case = actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    assert acts(case.trail_chain) == ["case.opened"]
    assert acts(told.trail_chain) == ["report.received", "triage.decided"]


def test_nothing_is_decided_before_somebody_looked_who_it_may_be(told, tyne, worker):
    with pytest.raises(Refused) as refused:
        actions.open_case(report=told, seen=Seen(version=told.version, shown=None), team=tyne, by=worker, at=cast.AT)
    assert refused.value.decision.clause == "3.5.1"
    assert not Case.objects.exists()
    refusal = Entry.objects.get(chain=told.trail_chain, outcome="refused")
    assert (refusal.act, refusal.guards[-1], refusal.clause) == ("case.opened", "cases.may_decide", "3.5.1")


def test_whoever_decides_second_is_told_and_nothing_is_doubled(told, tyne, worker):
    other = cast.caseworker(tyne)
    before = cast.seen(told)
    actions.open_case(report=told, seen=before, team=tyne, by=worker, at=cast.AT)
    with pytest.raises(Refused) as refused:
        actions.leave_without_case(report=told, seen=before, reason=REASON, by=other, at=cast.AT)
    assert "while you were reading" in refused.value.decision.reason
    assert TriageDecision.objects.count() == 1


def test_one_report_can_make_several_cases(told, tyne, worker):
    actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    with pytest.raises(Refused):
        actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    actions.open_case(report=told, seen=cast.seen(told), team=tyne, is_further=True, by=worker, at=cast.AT)
    assert Case.objects.filter(report_links__report=told).count() == 2


def test_several_reports_join_one_case_and_bring_their_people_once(told, tyne, worker):
    case = actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    second = cast.report(team=tyne, reporter="Amina Yusuf", strands=("RELIGION",), danger=("FIRE",))
    actions.join_case(report=second, case=case, seen=cast.seen(second), by=worker, at=cast.AT)
    case.refresh_from_db()
    assert case.report_links.count() == 2
    assert case.strands == ["RACE", "RELIGION"]
    assert case.urgency == min(told.urgency, second.urgency)
    with pytest.raises(Refused):
        actions.join_case(report=second, case=case, seen=cast.seen(second), is_further=True, by=worker, at=cast.AT)


def close(case):
    cast.closed(case, cast.AT)
    case.refresh_from_db()


def test_a_closed_case_is_gone_on_from_and_stays_as_it_was(told, tyne, worker):
    case = actions.open_case(report=told, seen=cast.seen(told), team=tyne, by=worker, at=cast.AT)
    second = cast.report(team=tyne)
    with pytest.raises(Refused):
        actions.link_to_closed_case(report=second, case=case, seen=cast.seen(second), team=tyne, by=worker, at=cast.AT)
    close(case)
    with pytest.raises(Refused):
        actions.join_case(report=second, case=case, seen=cast.seen(second), by=worker, at=cast.AT)
    later = actions.link_to_closed_case(
        report=second, case=case, seen=cast.seen(second), team=tyne, by=worker, at=cast.AT
    )
    assert later.reopens == case
    assert set(later.people.values_list("part", flat=True)) >= {"responsible", "harmed"}
    case.refresh_from_db()
    assert not case.is_open


def test_leaving_a_report_without_a_case_needs_a_reason_and_somebody_else(told, tyne, worker):
    with pytest.raises(Refused):
        actions.leave_without_case(report=told, seen=cast.seen(told), reason="no", by=worker, at=cast.AT)
    boss = cast.manager(tyne)
    decision = actions.leave_without_case(report=told, seen=cast.seen(told), reason=REASON, by=boss, at=cast.AT)
    assert decision.reason == REASON
    for nobody in (boss, worker):
        with pytest.raises(Refused):
            actions.review_decision(decision=decision, is_upheld=True, reason="Agreed.", by=nobody, at=cast.AT)
    actions.review_decision(decision=decision, is_upheld=True, reason="Agreed.", by=cast.manager(tyne), at=cast.AT)
    told.refresh_from_db()
    assert told.state == "decided"


def test_an_overturned_decision_puts_the_report_back_in_the_queue(told, tyne, worker):
    decision = actions.leave_without_case(report=told, seen=cast.seen(told), reason=REASON, by=worker, at=cast.AT)
    assert told not in access.queue_for(worker).rows
    actions.review_decision(
        decision=decision, is_upheld=False, reason="It is not the same.", by=cast.manager(tyne), at=cast.AT
    )
    assert told in access.queue_for(worker).rows


def test_the_database_itself_refuses_a_review_by_whoever_decided(told, worker):
    decision = actions.leave_without_case(report=told, seen=cast.seen(told), reason=REASON, by=worker, at=cast.AT)
    with pytest.raises(IntegrityError, match="somebody_else_reviews"), transaction.atomic():
        TriageDecision.objects.filter(pk=decision.pk).update(reviewed_by=worker, reviewed_at=cast.AT, upheld=True)


def test_somebody_else_reading_makes_a_stale_decision_wait(told, tyne, worker):
    before = cast.seen(told)
    actions.take_up(report=told, by=cast.caseworker(tyne), at=cast.AT)
    with pytest.raises(Refused):
        actions.open_case(report=told, seen=before, team=tyne, by=worker, at=cast.AT)
    assert Report.objects.get(pk=told.pk).state == "reading"


def test_somebody_of_another_team_cannot_decide_and_cannot_tell_why(told, tyne):
    with pytest.raises(Refused) as refused:
        actions.take_up(report=told, by=cast.caseworker(cast.team("Wear")), at=cast.AT)
    assert refused.value.decision.reason == "There is nothing here under that reference."


def test_a_case_is_opened_for_nobody_who_may_not_have_it(told, tyne, worker):
    colleague, gone = cast.caseworker(tyne), cast.caseworker(tyne)
    gone.is_active = False
    gone.save()
    locked = cast.caseworker(tyne)
    boss = cast.manager(tyne)
    actions.declare_conflict(subject=told, staff=locked, reason="neighbour", by=boss, at=cast.AT)
    for by, to in ((worker, colleague), (boss, gone), (boss, locked)):
        with pytest.raises(Refused):
            actions.open_case(report=told, seen=cast.seen(told), team=tyne, caseworker=to, by=by, at=cast.AT)
    assert not Case.objects.exists()
    actions.open_case(report=told, seen=cast.seen(told), team=tyne, caseworker=colleague, by=boss, at=cast.AT)
