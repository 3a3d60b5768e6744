"""What the invented staff did with the reports: read, decided, opened, joined, restricted, assigned; by the real acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from haven.accounts.models import Staff, Team
from haven.cases import actions
from haven.cases.actions.recording import OccasionTold
from haven.cases.actions.triage import Seen
from haven.cases.choices import CaseState, Restriction, Source
from haven.cases.models import Case
from haven.demo import clocks, interventions, plans, risks
from haven.demo.homes import Household
from haven.demo.reports import NEWEST, Heard
from haven.kernel.action import SYSTEM, action
from haven.obligations.choices import ClosingState
from haven.obligations.models import Closing
from haven.reports.actions import take_alarm
from haven.reports.models import Alarm, Report

REASONS = (
    "Told to us twice by the same person within the hour; the first one made the case, and nothing in this one is new.",
    "About a home that belongs to another landlord. We told the person who wrote, and offered to pass it on for them.",
    "Meant for repairs: a fence that came down in the wind. Nobody thinks that it was done to them.",
    "The words are an advertisement. Nobody is named and nothing happened.",
)
STILL_RINGING = 50 * 60
"""Seconds; older alarms have been taken by whoever was on call."""
SUMMARIES = (
    "Door and lock damaged at night, shouting; household afraid to stay.",
    "Weekly dirt through the letterbox for about a year.",
    "Name-calling and threats on the stairs, several occasions.",
    "Paint on a shared wall, more than once.",
    "Online posts that give the address.",
)


@dataclass(slots=True)
class Work:
    """What has been done so far, so that later reports can join it."""

    random: Random
    who: dict[str, Staff]
    at: datetime
    by_home: dict[int, Case] = field(default_factory=dict)
    opened: list[Case] = field(default_factory=list)
    left: int = 0


def work(random: Random, told: list[Heard], households: list[Household], who: dict[str, Staff], at: datetime) -> None:
    """Decide about all but the newest reports, oldest first, and do some of what follows."""
    done = Work(random, who, at)
    older = told[: max(0, len(told) - len(NEWEST))]
    for number, heard in enumerate(older):
        _decide(done, number, heard)
    for number, case in enumerate(done.opened):
        _carry_on(done, number, case)
    first = sorted(done.opened, key=lambda case: case.team_id != who["manager"].team_id)
    interventions.take_steps(first, lambda case: _manager(done, case.team), at)
    for heard in told[len(older) :]:
        if (at - heard.received_at).total_seconds() > STILL_RINGING:
            for alarm in heard.report.alarms.all():
                _take(alarm, done, heard.received_at)


@action("case.brought_over_closed")
def bring_over_closed(*, case: Case, by: object, at: datetime) -> Case:
    """Mark an invented case as closed before Haven was there, as a landlord that moves to Haven would bring it over."""
    Closing.objects.create(
        case=case, state=ClosingState.BROUGHT_OVER, needs_sign_off=False, proposed_at=at, decided_at=at,
        policy_version=case.policy_version,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=at)
    case.refresh_from_db(fields=["state", "closed_at"])
    return case


def _decide(done: Work, number: int, heard: Heard) -> None:
    report = Report.objects.select_related("sealing_key", "team").get(pk=heard.report.pk)
    sealed = report.concerns_staff
    reader = done.who["head"] if sealed else _reader(done, report.team)
    at = _when_read(done, heard)
    for alarm in report.alarms.all():
        _take(alarm, done, heard.received_at)
    before = done.by_home.get(report.home_id) if report.home_id else None
    team = report.team or _own_team(done.who["caseworker"])
    seen = Seen(version=report.version, shown={"homes": [report.home_id], "cases": [before.pk] if before else []})
    if number % 9 == 8 and not sealed and not report.is_danger:
        _leave(done, report, seen, reader, at)
    elif before is not None and before.team_id == reader.team_id and before.restriction == Restriction.TEAM:
        _go_on(done, report, before, seen, reader, at)
    else:
        case = actions.open_case(
            report=report, seen=seen, team=team, summary=SUMMARIES[number % len(SUMMARIES)], by=reader, at=at
        )
        if sealed:
            actions.restrict_case(case=case, restriction=Restriction.SEALED, by=reader, at=at)
        elif report.home_id:
            done.by_home[report.home_id] = case
        done.opened.append(case)


def _go_on(done: Work, report: Report, before: Case, seen: Seen, reader: Staff, at: datetime) -> None:
    before.refresh_from_db(fields=["state", "version"])
    if before.state == CaseState.CLOSED:
        case = actions.link_to_closed_case(
            report=report, case=before, seen=seen, team=before.team, summary="It has begun again.", by=reader, at=at
        )
        done.by_home[before.home_id or 0] = case
        done.opened.append(case)
    elif (at - before.opened_at).days > 150:
        _bring_over(done, before, before.opened_at + timedelta(days=100))
        _go_on(done, report, before, seen, reader, at)
    else:
        actions.join_case(report=report, case=before, seen=seen, by=reader, at=at)


def _leave(done: Work, report: Report, seen: Seen, reader: Staff, at: datetime) -> None:
    decision = actions.leave_without_case(
        report=report, seen=seen, reason=REASONS[done.left % len(REASONS)], by=reader, at=at
    )
    done.left += 1
    if done.left % 3 == 1:
        return
    manager = next(w for w in done.who.values() if "team_manager" in w.roles and w.team_id == reader.team_id)
    actions.review_decision(
        decision=decision, is_upheld=done.left % 3 == 2, reason="Read again beside the earlier reports of this home.",
        by=manager, at=min(at + timedelta(hours=20), done.at),
    )  # fmt: skip


def _carry_on(done: Work, number: int, case: Case) -> None:
    case.refresh_from_db()
    if case.state == CaseState.CLOSED:
        return
    if (done.at - case.opened_at).days > 200:
        _bring_over(done, case, case.opened_at + timedelta(days=90 + number % 60))
        return
    manager = done.who["head"] if case.restriction == Restriction.SEALED else _manager(done, case.team)
    at = min(case.opened_at + timedelta(hours=done.random.choice((1, 3, 20, 30))), done.at)
    if number % 7 != 6 and case.restriction == Restriction.TEAM:
        actions.assign_case(case=case, caseworker=_worker(done, case.team), by=manager, at=at)
        clocks.keep(done.random, case, manager, done.at)
        risks.find_out(done.random, case, manager, done.at)
        _take_those_of(case, done)
        clocks.decide(done.random, case, manager, done.at)
        plans.make(done.random, case, manager, done.at)
        if number % 6 == 3:
            clocks.try_in_vain(case, manager, done.at)
    if number % 4 == 0:
        actions.record_finding(case=case, source=Source.POLICE, value="not_recorded_by_police", by=manager, at=at)
    if number % 5 == 0:
        _another_occasion(done, case, manager)
    if number % 9 == 5 and case.restriction == Restriction.TEAM:
        actions.restrict_case(case=case, restriction=Restriction.NAMED, by=manager, at=at)


def _bring_over(done: Work, case: Case, closed_at: datetime) -> None:
    """Let somebody work on a case for as long as it was open, then close it."""
    case.refresh_from_db()
    if case.restriction == Restriction.TEAM:
        manager = _manager(done, case.team)
        at = case.opened_at + timedelta(hours=done.random.choice((0, 1, 3, 20, 30)))
        actions.assign_case(case=case, caseworker=_worker(done, case.team), by=manager, at=at)
        clocks.keep(done.random, case, manager, closed_at)
        risks.find_out(done.random, case, manager, closed_at)
        _take_those_of(case, done)
        clocks.decide(done.random, case, manager, closed_at)
        plans.make(done.random, case, manager, closed_at)
    bring_over_closed(case=case, by=SYSTEM, at=closed_at)


def _another_occasion(done: Work, case: Case, by: Staff) -> None:
    happened = case.opened_at + (done.at - case.opened_at) / 2
    actions.record_incident(
        case=case,
        told=OccasionTold(
            types=["VERBAL"], happened_from=happened, happened_to=happened, when_known="exact", place="ENTRANCE",
            home=case.home, summary="Shouted at again on the way in; told to the caseworker by telephone.",
            strands=case.strands[:1],
        ),
        by=by,
        at=min(happened + timedelta(hours=5), done.at),
    )  # fmt: skip


def _when_read(done: Work, heard: Heard) -> datetime:
    minutes = done.random.choice((6, 12, 25, 40, 55, 70, 130)) if not heard.report.is_danger else done.random.choice((4, 9, 15))
    return min(heard.received_at + timedelta(minutes=minutes), done.at)


def _reader(done: Work, team: Team | None) -> Staff:
    return _worker(done, team or done.who["caseworker"].team)


def _worker(done: Work, team: Team | None) -> Staff:
    return done.random.choice([w for w in done.who.values() if team and w.team_id == team.pk and "caseworker" in w.roles])


def _own_team(staff: Staff) -> Team:
    assert staff.team is not None
    return staff.team


def _manager(done: Work, team: Team) -> Staff:
    return next(w for w in done.who.values() if w.team_id == team.pk and "team_manager" in w.roles)


def _take_those_of(case: Case, done: Work) -> None:
    """Have the alarms taken that rang because the danger in a case was found to be critical."""
    for alarm in Alarm.objects.filter(report__case_links__case=case, taken_at=None).select_related("report"):
        if (done.at - alarm.raised_at).total_seconds() > STILL_RINGING:
            _take(alarm, done, alarm.raised_at)


def _take(alarm: Alarm, done: Work, received_at: datetime) -> None:
    hours = received_at.hour
    taker = done.who["manager"] if 9 <= hours < 17 else done.who[done.random.choice(("nights.one", "nights.two"))]
    taker = done.who["head"] if alarm.report.concerns_staff else taker
    take_alarm(alarm=alarm, by=taker, at=min(received_at + timedelta(minutes=done.random.choice((1, 3, 8, 22))), done.at))
