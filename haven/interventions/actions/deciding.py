"""Asking for approval, approving or sending back, carrying a step out, and what comes of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from haven.accounts.models import Staff
from haven.cases.queries.facts import viewer_of
from haven.interventions.actions.letters import prepared_by
from haven.interventions.actions.shared import advanced, in_preparation, kept, locked
from haven.interventions.choices import Result, Served, State
from haven.interventions.models import Approval, Intervention, Outcome
from haven.interventions.queries import gate_of, tool_facts
from haven.interventions.rules import may_carry_out, may_wait_for_approval, steps
from haven.kernel.action import action, note
from haven.kernel.clock import local, local_date
from haven.kernel.decision import require
from haven.policy.pack import pack

AFTER = {Result.REPEATED: State.BREACHED}
"""What an outcome makes of a step; every other one leaves it watched."""


@action("intervention.approval_asked")
def ask_for_approval(*, intervention: Intervention, by: Staff, at: datetime) -> Intervention:
    """Put a step before somebody who may approve it, once everything that they must know is there (3.5.2)."""
    row = in_preparation(intervention, by)
    require(may_wait_for_approval(gate_of(row, at)))
    row.waiting_since, row.asked_by = at, by
    return advanced(row, at, "waiting_since", "asked_by")


@action("intervention.approved")
def approve(*, intervention: Intervention, text_hash: str, press: UUID | None = None, by: Staff, at: datetime) -> Intervention:
    """Approve a step and the very text that was read; by another person, at the level that the tool needs (3.5.2)."""
    row = _waiting(intervention, text_hash, by)
    gate = gate_of(row, at)
    require(may_wait_for_approval(gate))
    require(steps.may_approve_what_was_found(gate))
    note(rank=_rank(by))
    kept(Approval, intervention=row, approves=True, text_hash=row.text_hash, rank=_rank(by), press=press, by=by, at=at)
    row.waiting_since = None
    return advanced(row, at, "waiting_since")


@action("intervention.sent_back")
def send_back(
    *, intervention: Intervention, text_hash: str, reason: str, press: UUID | None = None, by: Staff, at: datetime
) -> Intervention:
    """Send a step back with what must be mended (3.5.2)."""
    row = _waiting(intervention, text_hash, by)
    require(steps.may_send_back(reason=reason))
    said = {"text_hash": row.text_hash, "rank": _rank(by), "reason": reason.strip()}
    kept(Approval, intervention=row, approves=False, press=press, by=by, at=at, **said)
    row.waiting_since = None
    return advanced(row, at, "waiting_since")


def _waiting(intervention: Intervention, text_hash: str, by: Staff) -> Intervention:
    row = in_preparation(intervention, by)
    require(
        steps.may_approve(
            viewer_of(by),
            rank_needed=tool_facts(row).rank,
            prepared_by=prepared_by(row),
            is_waiting=row.waiting_since is not None,
            is_text_seen=text_hash == row.text_hash,
        )
    )
    return row


def _rank(by: Staff) -> int:
    return steps.rank_of(viewer_of(by))


@action("intervention.carried_out")
def record_service(
    *, intervention: Intervention, how: str, served_at: datetime, served_by: Staff | None = None, by: Staff, at: datetime
) -> Intervention:
    """Record that a step was carried out: how, when and by whom, if not by whoever records it (3.5.2).

    Every condition must have been met before that moment.

    Pressed twice it happens once: the second press is told what happened. The database refuses the same by itself.
    """
    row = locked(intervention, by)
    tool = tool_facts(row)
    require(
        steps.may_record_service(
            done=_what_happened(row),
            is_over=row.is_over,
            how=how,
            is_voluntary=tool.is_voluntary,
            served_at=served_at,
            at=at,
        )
    )
    require(may_carry_out(gate_of(row, served_at)))
    row.executed_at, row.executed_by, row.served, row.state = served_at, by, how, State.EXECUTED
    row.served_by = served_by or by
    row.live_until = live_until(row.tool, local_date(served_at))
    row.waiting_since, row.asked_by = None, None
    note(how=how, tool=row.tool)
    fields = ("executed_at", "executed_by", "served_by", "served", "live_until", "waiting_since", "asked_by")
    return advanced(row, at, *fields)


def live_until(tool: str, day: date) -> date | None:
    """Return the last day on which a step counts, or None where it does not count against anybody."""
    known = pack().tools.get(tool)
    if known is None or not known.live_months:
        return None
    month = day.month - 1 + known.live_months
    year, month = day.year + month // 12, month % 12 + 1
    longest = 29 if month == 2 and year % 4 == 0 else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return date(year, month, min(day.day, longest))


def _what_happened(row: Intervention) -> str:
    """Say what was done, for whoever presses after it was done already."""
    if row.executed_at is None:
        return ""
    there = local(row.executed_at)
    done, who = (each.name if each else "somebody" for each in (row.served_by, row.executed_by))
    when = f"{there.day} {there:%B} at {there:%H:%M}"
    return f"{Served(row.served).label.lower()} by {done}, {when}, recorded by {who}"


@action("intervention.outcome_recorded")
def record_outcome(
    *, intervention: Intervention, kind: str, words: str, press: UUID | None = None, by: Staff, at: datetime
) -> Intervention:
    """Record what came of a step: a reply, that it stopped, that it was repeated, a report of their own (3.5.2)."""
    row = locked(intervention, by)
    require(steps.may_record_outcome(is_done=row.is_done, is_over=row.is_over, kind=kind, words=words))
    note(kind=kind)
    kept(Outcome, intervention=row, kind=kind, words=words.strip(), press=press, by=by, at=at)
    row.state = AFTER.get(Result(kind), row.state if row.state == State.BREACHED else State.MONITORED)
    return advanced(row, at)
