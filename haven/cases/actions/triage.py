"""Triage: read a report, and decide whether it opens a case, joins one, goes on from a closed one, or none of these.

Every decision locks the report's row, says what the search before it showed, and keeps which policy was in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from haven.accounts.models import Staff, Team
from haven.cases.choices import Outcome, Restriction
from haven.cases.making import carry_people, has_report, new_case, put_report_in
from haven.cases.models import Case, Conflict, TriageDecision
from haven.cases.queries.facts import case_facts, report_facts, viewer_of
from haven.cases.rules import casework, seeing, triage
from haven.kernel.action import action, note, touch
from haven.kernel.decision import require
from haven.policy.pack import pack
from haven.reports.choices import State
from haven.reports.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody had in front of them when they decided: the report's version, and what the search showed."""

    version: int
    shown: Mapping[str, Any] | None


@action("triage.taken_up")
def take_up(*, report: Report, by: Staff, at: datetime) -> Report:
    """Say that `by` is reading a report now, so that nobody else begins; it can be taken over (3.3.2)."""
    locked = _locked(report, by, at)
    require(triage.may_take_up(viewer_of(by), is_decided=locked.state == State.DECIDED))
    Report.objects.filter(pk=locked.pk).update(state=State.READING, read_by=by, read_at=at, version=F("version") + 1)
    return _again(report)


@action("case.opened")
def open_case(
    *,
    report: Report,
    seen: Seen,
    team: Team,
    caseworker: Staff | None = None,
    summary: str = "",
    is_further: bool = False,
    by: Staff,
    at: datetime,
) -> Case:
    """Open a case from a report, with its people, its first occasion, and its strands as they are perceived (3.3).

    `is_further` opens one more case from a report that was decided. Raises Refused unless `by` may decide now.
    """
    locked = _may_decide(report, seen, by, at, is_further=is_further)
    _may_give(locked, caseworker, team, by)
    case = new_case(report=locked, team=team, caseworker=caseworker, summary=summary, by=by, at=at)
    put_report_in(case=case, report=locked, by=by, at=at)
    _decided(locked, Outcome.OPEN, seen, by, at, case=case)
    _again(report)
    return case


@action("case.joined")
def join_case(*, report: Report, case: Case, seen: Seen, is_further: bool = False, by: Staff, at: datetime) -> Case:
    """Let a report join an open case that `by` may see (3.3)."""
    locked = _may_decide(report, seen, by, at, is_further=is_further)
    into = _may_use(case, locked, Outcome.JOIN, by)
    put_report_in(case=into, report=locked, by=by, at=at)
    _decided(locked, Outcome.JOIN, seen, by, at, case=into)
    _again(report)
    return into


@action("case.reopened_as")
def link_to_closed_case(
    *,
    report: Report,
    case: Case,
    seen: Seen,
    team: Team,
    caseworker: Staff | None = None,
    summary: str = "",
    is_further: bool = False,
    by: Staff,
    at: datetime,
) -> Case:
    """Open a case that goes on from a closed one, with the people of both; the closed one stays as it was (4.4)."""
    locked = _may_decide(report, seen, by, at, is_further=is_further)
    before = _may_use(case, locked, Outcome.LINK, by)
    _may_give(locked, caseworker, team, by)
    opened = new_case(report=locked, team=team, caseworker=caseworker, summary=summary, by=by, at=at, reopens=before)
    carry_people(since=before, into=opened, at=at)
    put_report_in(case=opened, report=locked, by=by, at=at)
    _decided(locked, Outcome.LINK, seen, by, at, case=opened)
    note(reopens=before.pk)
    touch(before)
    _again(report)
    return opened


@action("triage.left_without_case")
def leave_without_case(*, report: Report, seen: Seen, reason: str, by: Staff, at: datetime) -> TriageDecision:
    """Leave a report without a case, with a reason that somebody else reviews (3.3.2)."""
    locked = _may_decide(report, seen, by, at)
    require(triage.may_leave_without_case(reason=reason))
    decision = _decision(locked, Outcome.NEITHER, seen, by, at, reason=reason.strip())
    touch(locked)
    _again(report)
    return decision


@action("triage.decided")
def record_decision(*, report: Report, case: Case, outcome: str, seen: Seen, by: Staff, at: datetime) -> TriageDecision:
    """Keep in the report's own trail what was decided about it; part of opening, joining and linking (1.1)."""
    note(outcome=outcome, case=case.pk)
    return _decision(report, outcome, seen, by, at, case=case)


@action("triage.reviewed")
def review_decision(
    *, decision: TriageDecision, is_upheld: bool, reason: str, by: Staff, at: datetime
) -> TriageDecision:
    """Uphold that a report made no case, or overturn it, which puts the report back in the queue (3.3.2).

    Raises Refused for whoever decided it.
    """
    locked = TriageDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    report = _locked(locked.report, by, at)
    require(
        triage.may_review(
            viewer_of(by),
            decided_by=locked.by_id,
            outcome=locked.outcome,
            is_reviewed=locked.reviewed_at is not None,
            reason=reason,
        )
    )
    locked.reviewed_by, locked.reviewed_at, locked.upheld = by, at, is_upheld
    locked.review_reason = reason.strip()
    locked.save(update_fields=["reviewed_by", "reviewed_at", "upheld", "review_reason"])
    if not is_upheld:
        Report.objects.filter(pk=report.pk).update(
            state=State.RECEIVED, read_by=None, read_at=None, version=F("version") + 1
        )
    note(outcome="upheld" if is_upheld else "overturned")
    touch(_again(report))
    return locked


def _locked(report: Report, by: Staff, at: datetime) -> Report:
    """Return the report's row, locked, or refuse whoever may not know of it; shared by every act of triage."""
    locked = Report.objects.select_for_update(of=("self",)).select_related("sealing_key").get(pk=report.pk)
    viewer = viewer_of(by)
    require(seeing.may_see_report(viewer, report_facts(locked, viewer, at)))
    return locked


def _may_decide(report: Report, seen: Seen, by: Staff, at: datetime, *, is_further: bool = False) -> Report:
    """Return the locked report if `by` may decide about it as they saw it, else raise Refused."""
    locked = _locked(report, by, at)
    facts = triage.Deciding(
        is_decided=locked.state == State.DECIDED,
        is_unchanged=locked.version == seen.version,
        has_looked=seen.shown is not None,
        is_further=is_further,
    )
    require(triage.may_decide(viewer_of(by), facts))
    return locked


def _may_give(report: Report, caseworker: Staff | None, team: Team, by: Staff) -> None:
    """Refuse to open a case for a caseworker whom `by` may not give it to, or who is locked out of the report."""
    if caseworker is None:
        return
    locked_out = Conflict.objects.filter(report=report, staff=caseworker).exists()
    require(
        casework.may_assign(
            viewer_of(by),
            viewer_of(caseworker),
            team=team.pk,
            is_locked_out=locked_out,
            restriction=Restriction.SEALED if report.concerns_staff else Restriction.TEAM,
            is_named=caseworker == by,
        )
    )


def _may_use(case: Case, report: Report, outcome: str, by: Staff) -> Case:
    """Return the locked case if the report may go into it or on from it, else raise Refused."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("sealing_key").get(pk=case.pk)
    require(seeing.may_see_case(viewer_of(by), case_facts(locked)))
    decision = triage.may_use_case(outcome, case_is_open=locked.is_open, has_report_already=has_report(locked, report))
    require(decision)
    return locked


def _decided(report: Report, outcome: str, seen: Seen, by: Staff, at: datetime, *, case: Case) -> None:
    """Write the decision into the report's trail and the report into the case's entry."""
    record_decision(report=report, case=case, outcome=outcome, seen=seen, by=by, at=at)
    note(report=report.pk, outcome=outcome)
    touch(report)


def _decision(
    report: Report,
    outcome: str,
    seen: Seen,
    by: Staff,
    at: datetime,
    *,
    case: Case | None = None,
    reason: str | None = None,
) -> TriageDecision:
    Report.objects.filter(pk=report.pk).update(state=State.DECIDED, read_by=by, read_at=at, version=F("version") + 1)
    return TriageDecision.objects.create(
        report=report,
        outcome=outcome,
        case=case,
        reason=reason,
        shown=dict(seen.shown or {}),
        by=by,
        at=at,
        policy_version=pack().policy.version,
    )


def _again(report: Report) -> Report:
    """Read again what triage changes, so that the caller's row is up to date."""
    report.refresh_from_db(fields=["state", "read_by", "read_at", "version"])
    return report
