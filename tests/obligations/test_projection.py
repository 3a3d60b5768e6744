"""The table of duties is the derivation: in each act, after a rebuild, whatever the facts."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.obligations.conftest import HOUR, SUNDAY, make_case, make_report, table, told_in


def refresh(*subjects):
    """What an act does at its end."""
    from haven.obligations.projection import refresh

    refresh(list(subjects), SUNDAY)


def faults():
    """Where the table differs from the facts."""
    from haven.obligations.projection import check

    return list(check())


def standings():
    """Each duty's key and whether it is met."""
    from haven.obligations.models import Duty

    return {duty.key: duty.met_at for duty in Duty.objects.all()}


def test_an_act_refreshes_the_duties_of_what_it_touched(db):
    from haven.kernel.action import SYSTEM
    from haven.reports.actions import receive_report
    from haven.reports.told import Told

    told = Told(account="They came back.", danger=("HAPPENING_NOW",))
    report = receive_report(told=told, channel="WEB_FORM", code="1" * 16, received_at=SUNDAY, by=SYSTEM, at=SUNDAY)
    assert {"ack", "triage", "assign", "danger_handover"} <= set(standings())
    assert standings()["ack"] == SUNDAY
    assert all(row[2] == report.pk for row in table())
    assert faults() == []


def test_an_act_that_is_refused_leaves_no_duty(db):
    from haven.kernel.action import SYSTEM
    from haven.kernel.decision import Refused
    from haven.reports.actions import receive_report
    from haven.reports.told import Told

    told = Told(account="", danger=("NONE",))
    with pytest.raises(Refused):
        receive_report(told=told, channel="WEB_FORM", code=None, received_at=SUNDAY, by=SYSTEM, at=SUNDAY)
    assert table() == set()


def test_whatever_belongs_to_a_report_or_case_refreshes_it(team, caseworker):
    from haven.reports.models import Alarm

    report = make_report()
    alarm = Alarm.objects.create(report=report, raised_at=SUNDAY, out_of_hours=True)
    refresh(alarm)
    assert standings()["danger_handover"] is None
    case = make_case(team, report)
    refresh(case)
    assert standings()["assign"] is None
    case.caseworker, case.caseworker_since = caseworker, SUNDAY + HOUR
    case.save(update_fields=["caseworker", "caseworker_since"])
    refresh(case)
    assert standings()["assign"] == SUNDAY + HOUR
    alarm.taken_at = SUNDAY + HOUR / 6
    alarm.save(update_fields=["taken_at"])
    refresh(alarm)
    assert standings()["danger_handover"] == SUNDAY + HOUR / 6
    assert faults() == []


def test_another_way_to_be_reached_refreshes_the_reports_of_that_person(team):
    from haven.obligations.models import Duty
    from haven.people.models import SafeContact

    report = make_report()
    person = told_in(report)
    refresh(report)
    assert not Duty.objects.get(key="first_contact").is_promise
    way = SafeContact.objects.create(person=person, at=SUNDAY, preferred="call")
    refresh(way)
    assert Duty.objects.get(key="first_contact").is_promise
    SafeContact.objects.create(person=person, at=SUNDAY + HOUR, preferred="none")
    refresh(person)
    assert Duty.objects.get(key="first_contact").ended_at == SUNDAY + HOUR
    assert faults() == []


def test_what_has_no_report_and_no_case_costs_nothing(team, caseworker, django_assert_num_queries):
    with django_assert_num_queries(0):
        refresh(team, caseworker)


def test_a_back_dated_fact_moves_the_duty_back(team):
    report = make_report(received_at=SUNDAY - 3 * HOUR, logged_at=SUNDAY)
    refresh(report)
    from haven.obligations.models import Duty

    assert Duty.objects.get(key="triage").due_at == SUNDAY - HOUR
    report.read_at = SUNDAY - 2 * HOUR
    report.save(update_fields=["read_at"])
    refresh(report)
    duty = Duty.objects.get(key="triage")
    assert duty.met_at < duty.due_at
    assert faults() == []


def queries(action):
    """How many queries that takes."""
    with CaptureQueriesContext(connections["default"]) as context:
        action()
    return len(context)


def test_one_report_costs_as_many_queries_as_thirty(team, caseworker):
    from haven.obligations.projection import drop, rebuild

    def filled(number):
        reports = [make_report() for _ in range(number)]
        return [make_case(team, report, caseworker=caseworker) for report in reports]

    one, thirty = filled(1), filled(30)
    assert queries(lambda: refresh(*one)) == queries(lambda: refresh(*thirty)) <= 15
    drop()
    assert rebuild() > 0
    assert queries(rebuild) <= 15


def test_the_table_can_be_thrown_away_and_is_the_same_again(team, caseworker):
    from haven.obligations.models import Watch
    from haven.obligations.projection import drop, rebuild
    from haven.obligations.queries import counts

    for number in range(5):
        report = make_report(received_at=SUNDAY + number * HOUR, role="witness" if number % 2 else "victim")
        refresh(make_case(team, report, caseworker=caseworker) if number else report)
    before, counted, watches = table(), counts(at=SUNDAY), set(Watch.objects.values_list())
    assert len(watches) == 4
    drop()
    assert table() == set()
    assert not Watch.objects.exists()
    assert rebuild() == len(before) + len(watches)
    assert table() == before
    assert set(Watch.objects.values_list()) == watches
    assert counts(at=SUNDAY) == counted
    assert rebuild() == 0
    assert faults() == []


def test_many_duties_go_in_and_are_changed_at_once(team, caseworker):
    from haven.obligations.models import Duty
    from haven.obligations.projection import drop, rebuild

    reports = [make_report() for _ in range(50)]
    refresh(make_case(team, *reports, caseworker=caseworker))
    before = table()
    drop()
    assert rebuild() == len(before) + 1 > 200
    assert table() == before
    wrong = Duty.objects.update(due_at=SUNDAY - HOUR, staff=None, clause="9.9")
    assert rebuild() == wrong
    assert table() == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"due_at": SUNDAY}, "triage: due_at is 2026-11-22 21:40 UTC, should be 2026-11-22 23:40 UTC"),
        ({"met_at": SUNDAY}, "triage: met_at is 2026-11-22 21:40 UTC, should be None"),
        ({"key": "aftercare"}, "aftercare: there, but nothing requires it"),
        ({"is_promise": False}, "triage: is_promise is False, should be True"),
    ],
)
def test_the_check_names_what_differs_by_reference(team, change, says):
    from haven.obligations.models import Duty
    from haven.obligations.projection import rebuild

    report = make_report()
    refresh(report, make_report())
    Duty.objects.filter(report=report, key="triage").update(**change)
    assert f"{report.reference} {says}" in faults()
    rebuild()
    assert [fault for fault in faults() if fault.startswith("HV")] == []


def test_the_check_names_a_duty_that_is_missing_and_a_count_that_is_wrong(team):
    from haven.obligations.models import Duty

    report = make_report()
    refresh(report)
    Duty.objects.filter(key="triage").delete()
    assert faults() == [
        f"{report.reference} triage: missing, due 2026-11-22 23:40 UTC",
        "triage: 1 are counted as open, should be 0",
    ]


def test_counts_stay_the_same_when_tallies_are_summed_up(team):
    from haven.obligations.models import DutyTally
    from haven.obligations.queries import counts, fold

    for _ in range(3):
        refresh(make_report())
    before = counts(at=SUNDAY + 3 * HOUR)
    assert before["triage"].open == before["triage"].late == 3
    assert before["ack"].met == 3
    fold()
    assert DutyTally.objects.filter(key="triage").count() == 1
    assert counts(at=SUNDAY + 3 * HOUR) == before
    assert faults() == []


def test_two_acts_at_once_leave_the_table_equal_to_the_facts(fresh_database):
    from haven.reports.models import Alarm, Report

    report = make_report()

    def read(number):
        try:
            with transaction.atomic():
                Report.objects.filter(pk=report.pk).update(read_at=SUNDAY + number * HOUR)
                Alarm.objects.create(report=report, raised_at=SUNDAY, out_of_hours=True)
                refresh(report)
        finally:
            connections.close_all()

    def alarm(number):
        try:
            with transaction.atomic():
                Alarm.objects.create(report=report, raised_at=SUNDAY, out_of_hours=True)
                refresh(report)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit((read, alarm)[n % 2], n) for n in range(24)]:
            done.result()
    assert faults() == []


times = some.integers(0, 60 * 24 * 30).map(lambda minutes: SUNDAY + timedelta(minutes=minutes))
maybe = some.none() | times
reports = some.fixed_dictionaries(
    {
        "received": times,
        "logged_after": some.integers(0, 3000),
        "channel": some.sampled_from(["WEB_FORM", "PHONE_OOH", "LETTER", "STAFF_OBS"]),
        "role": some.sampled_from(["victim", "witness", "staff"]),
        "identity": some.sampled_from(["named", "confidential", "anonymous"]),
        "has_code": some.booleans(),
        "danger": some.lists(some.sampled_from(["WEAPON", "HOME_NOT_SECURE", "NONE"]), max_size=2),
        "strands": some.lists(some.sampled_from(["RACE", "RELIGION"]), max_size=1),
        "read": maybe,
        "police": some.lists(some.tuples(times, some.sampled_from(["with_name", "no", "not_asked"])), max_size=3),
        "alarms": some.lists(some.tuples(times, some.booleans(), maybe), max_size=2),
        "decisions": some.lists(some.tuples(times, maybe, some.booleans()), max_size=2),
        "messages": some.lists(some.tuples(times, some.booleans(), maybe), max_size=4),
        "needs": some.lists(some.sampled_from(["LOCKS", "CLEAN_OFF", "SUPPORT"]), max_size=2),
        "ways": some.lists(some.tuples(times, some.sampled_from(["none", "code", "call"])), max_size=2),
        "done": some.lists(some.tuples(some.sampled_from(["graffiti_hate", "police_notify"]), maybe, times), max_size=3),
        "contacts": some.lists(some.tuples(times, some.booleans(), some.booleans()), max_size=3),
        "cases": some.sets(some.integers(0, 2)),
    }
)
bands = some.sampled_from(["standard", "medium", "high", "critical"])
plans = some.lists(some.tuples(times, some.booleans(), some.none() | some.sampled_from(["done", "not_done"])), max_size=2)
happened = some.lists(some.tuples(times, some.sampled_from(["arrest", "household", "order"])), max_size=2)
risks = some.lists(some.tuples(times, bands, some.booleans(), some.none() | some.tuples(times, bands)), max_size=3)
lost = some.lists(some.tuples(times, some.sampled_from(["stopped", "sent", "tried", "thought", "talked"])), max_size=3)
cases = some.lists(
    some.tuples(some.booleans(), maybe, maybe, some.booleans(), risks, lost, plans, happened), min_size=3, max_size=3
)


class Undone(Exception):
    """Ends an example, so that its rows are rolled back."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(reports, min_size=1, max_size=4), cases)
def test_whatever_the_facts_the_rebuilt_table_is_the_same(caseworker, manager, told, opened):
    with contextlib.suppress(Undone), transaction.atomic():
        recorded(told, opened, caseworker, manager)
        the_same_again()
        raise Undone


def recorded(told, opened, caseworker, manager):
    """Save what an example says, refreshing after each piece as acts do."""
    made = [written(one, caseworker, manager) for one in told]
    for number, (has_worker, since, closed, has_harmed, found, lost, planned, came) in enumerate(opened):
        inside = [report for report, one in zip(made, told, strict=True) if number in one["cases"]]
        case = make_case(
            caseworker.team,
            *inside,
            caseworker=caseworker if has_worker else None,
            caseworker_since=since,
            state="closed" if closed else "open",
            closed_at=closed,
        )
        refresh(case)
        if has_harmed:
            assessed(case, found, caseworker)
            agreed(case, planned, caseworker)
        developed(case, came, caseworker)
        for at, state in lost:
            reach(case, at, state, caseworker)
    for report in made:
        refresh(report)


def assessed(case, found, by):
    """Put somebody harmed into a case, and save what was found of the danger to them."""
    from haven.cases.models import CasePerson
    from haven.risk.models import Assessment, Judgement
    from tests.cases.cast import person

    somebody = person(origin="told")
    CasePerson.objects.create(case=case, person=somebody, part="harmed", since=SUNDAY)
    refresh(case)
    for number, (at, band, is_incomplete, judged) in enumerate(found, 1):
        made = Assessment.objects.create(
            case=case, about="person", person=somebody, number=number, by=by, at=at,
            **dict.fromkeys(("score_band", "provisional_band", "band"), band),
            questions="test", score=0, is_incomplete=is_incomplete, explanation=[],
            policy_version="test", pack_fingerprint="test",
        )
        refresh(made)
        if judged and judged[1] != band:
            refresh(
                Judgement.objects.create(assessment=made, before=band, band=judged[1], by=by, at=judged[0])
            )


def agreed(case, planned, by):
    """Save versions of a plan with whoever is harmed, each with one step and perhaps what became of it."""
    from haven.support.models import ItemOutcome, Plan, PlanItem

    somebody = case.people.get(part="harmed").person
    for number, (at, is_whole, outcome) in enumerate(planned, 1):
        plan = Plan.objects.create(
            case=case, person=somebody, number=number, covers="whole" if is_whole else "safety", drafted_at=at,
            drafted_by=by,
        )
        item = PlanItem.objects.create(
            plan=plan, words="A lock.", kind="home", doer="team", due_on=at.date(), answers="fear", why="The back door",
            is_tailored=True, written_at=at, written_by=by,
        )
        plan.agreed_at = plan.recorded_at = at
        plan.agreed_by, plan.told, plan.language, plan.through = by, "telephone", "en", "directly"
        plan.copy_language, plan.copy_format, plan.copy_way, plan.copy_as_needed = "en", "print", "handed", True
        plan.save()
        refresh(plan)
        if outcome:
            done_at = at + 5 * HOUR
            refresh(
                ItemOutcome.objects.create(
                    item=item, outcome=outcome, ended_at=done_at, reason="So it was.", at=done_at, by=by
                )
            )


def developed(case, came, by):
    """Save what happened in a case, and that a manager looked at it."""
    from haven.obligations.models import CaseReview
    from haven.support.models import DevelopmentRecord

    for at, kind in came:
        refresh(DevelopmentRecord.objects.create(case=case, kind=kind, learnt_at=at, at=at, by=by))
        refresh(CaseReview.objects.create(case=case, looked_at="All.", decided="Goes on.", at=at + HOUR, by=by))


def reach(case, at, what, by):
    """Save that somebody in a case was reached, or was not."""
    from haven.cases.models import CasePerson
    from haven.correspondence.models import AllTried, Contact, Mail, WelfareDecision
    from tests.cases.cast import person

    there = CasePerson.objects.filter(case=case, part="harmed").first()
    about = {"case": case, "person": there.person if there else person(origin="told")}
    if what in ("stopped", "sent"):
        refresh(
            Mail.objects.create(**about, language="en", by=by, at=at, not_before=at, state=what, settled_at=at)
        )
    elif what == "tried":
        refresh(AllTried.objects.get_or_create(**about, at=at)[0])
    elif what == "thought":
        refresh(WelfareDecision.objects.create(**about, decided="police", reason="Why.", after_all_tries=True, by=by, at=at))
    else:
        talk = {"way": "call", "result": "two_way", "words": "Words.", "happened_at": at}
        refresh(Contact.objects.create(**about, **talk, at=at, by=by))


def written(one, caseworker, manager):
    """Save what an example says of a report."""
    from haven.cases.models import TriageDecision
    from haven.correspondence.models import Contact, Message
    from haven.obligations.models import Done
    from haven.people.models import SafeContact
    from haven.reports.models import Alarm, Permission

    report = make_report(
        received_at=one["received"],
        logged_at=one["received"] + timedelta(minutes=one["logged_after"]),
        read_at=one["read"],
        **{key: one[key] for key in ("channel", "role", "identity", "danger", "strands", "needs")},
        **({} if one["has_code"] else {"code_hash": None}),
    )
    for raised, outside, taken in one["alarms"]:
        Alarm.objects.create(report=report, raised_at=raised, out_of_hours=outside, taken_at=taken)
    for at, reviewed, upheld in one["decisions"]:
        TriageDecision.objects.create(
            report=report,
            outcome="neither",
            reason="Nothing happened that anybody could tell us of.",
            by=caseworker,
            at=at,
            reviewed_by=manager if reviewed else None,
            reviewed_at=reviewed,
            upheld=upheld if reviewed else None,
        )
    for at, ours, read in one["messages"]:
        Message.objects.create(
            report=report,
            kind="update" if ours else "answer",
            at=at,
            by=caseworker if ours else None,
            words="Words.",
            language="en",
            read_at=read if ours else None,
        )
    for key, done_at, at in one["done"]:
        Done.objects.create(report=report, key=key, done_at=done_at, how="telephone", at=at, by=caseworker)
    if one["ways"] or one["contacts"]:
        reporter = told_in(report)
    for happened, talked, interview in one["contacts"]:
        said = {"result": "two_way", "words": "Words.", "is_interview": interview} if talked else {"result": "no_answer"}
        about = {"report": report, "person": reporter, "way": "call"}
        Contact.objects.create(**about, **said, happened_at=happened, at=happened, by=caseworker)
    for at, preferred in one["ways"]:
        SafeContact.objects.create(person=reporter, at=at, preferred=preferred)
    for at, scope in one["police"]:
        Permission.objects.create(report=report, recipient="POLICE", scope=scope, at=at, how="form", language="en")
    return report


def the_same_again():
    """Throw the table away, rebuild it, compare."""
    from haven.obligations.projection import drop, rebuild
    from haven.obligations.queries import counts

    assert faults() == []
    before, counted = table(), counts(at=SUNDAY)
    drop()
    rebuild()
    assert table() == before
    after = counts(at=SUNDAY)
    assert {key: after[key] for key in after} == {key: one for key, one in counted.items() if one.all}
