"""Recording that a duty was done, where nothing else in Haven shows it; taking that back; and why something was late."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.rules.seeing import READERS
from haven.kernel.action import action, note
from haven.kernel.decision import require
from haven.obligations import rules
from haven.obligations.models import OPEN, Done, Duty, LateReason
from haven.obligations.rules import Doing, How, Why
from haven.reports.models import Report


@action("duty.done")
def record_done(
    *, duty: Duty, done_at: datetime, how: How, words: str = "", late: Why | None = None, by: Staff, at: datetime
) -> Done:
    """Record that a duty was done, when and how, and why late if it was; the duty is then met at that time.

    Raises Refused for a voicemail, for a time to come, for a duty that Haven itself sees being met (3.4.1), and for
    one that was done late with no reason, neither now nor before (2.0(b)).
    """
    Report.objects.select_for_update(no_key=True).get(pk=duty.report_id)
    is_open = Duty.objects.filter(OPEN, pk=duty.pk).exists()
    is_late = done_at > duty.due_at
    doing = Doing(
        key=duty.key,
        how=how,
        done_at=done_at,
        starts_at=duty.starts_at,
        due_at=duty.due_at,
        is_open=is_open,
        does_casework=by.has(*READERS),
        manages=by.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE),
        words=words,
        has_reason=is_late and (late is not None or has_reason(duty)),
    )
    note(key=duty.key, how=str(how), report=duty.report_id)
    require(rules.may_record_done(doing, at=at))
    if is_late and late is not None:
        require(rules.says_something(late))
        note(late=late.code)
        _explained(duty, late, by, at)
    return _recorded(duty, duty.case_id, done_at, how, words, by, at)


@action("duty.done_taken_back")
def take_back_done(*, duty: Duty, words: str = "", by: Staff, at: datetime) -> Done:
    """Take back that a duty was recorded as done; both records stay (3.4.1)."""
    Report.objects.select_for_update(no_key=True).get(pk=duty.report_id)
    latest = _latest(duty)
    note(key=duty.key, report=duty.report_id)
    require(rules.may_take_back(does_casework=by.has(*READERS), is_done=latest is not None))
    assert latest is not None
    return _recorded(duty, latest.case_id, None, How(latest.how), words, by, at)


@action("duty.late_explained")
def explain_lateness(*, duty: Duty, why: Why, by: Staff, at: datetime) -> LateReason:
    """Record why a duty is late, was done late or was missed; reasons given before stay beside it (2.0(b)).

    Raises Refused for whoever neither owes it nor stands in nor manages, and where the reason says nothing.
    """
    Report.objects.select_for_update(no_key=True).get(pk=duty.report_id)
    ended = duty.met_at or duty.ended_at or at
    note(key=duty.key, report=duty.report_id, late=why.code)
    require(rules.may_give_reason(why, is_theirs=is_theirs(duty, by), is_late=ended > duty.due_at))
    return _explained(duty, why, by, at)


def is_theirs(duty: Duty, by: Staff) -> bool:
    """Say whether somebody answers for a duty: whoever owes it, their stand-in, the team where nobody does, managers."""
    if not by.has(*READERS):
        return False
    manages = by.has(Role.HEAD_OF_SERVICE) or (by.has(Role.TEAM_MANAGER) and by.team_id == duty.team_id)
    stand_in = duty.case.stand_in_id if duty.case is not None else None
    return manages or by.pk in (duty.staff_id, stand_in) or (duty.staff_id is None and by.team_id == duty.team_id)


def has_reason(duty: Duty) -> bool:
    """Say whether somebody has said why a duty is late; shared by the acts and the pages."""
    rows = LateReason.objects.filter(report=duty.report_id, key=duty.key, occasion=duty.occasion)
    return rows.filter(case=duty.case_id).exists()


def _explained(duty: Duty, why: Why, by: Staff, at: datetime) -> LateReason:
    return LateReason.objects.create(
        report=duty.report,
        case=duty.case,
        key=duty.key,
        occasion=duty.occasion,
        code=why.code,
        words=why.words.strip() or None,
        at=at,
        by=by,
    )


def _latest(duty: Duty) -> Done | None:
    """Return what was recorded last about a duty, for its case or for every case, if that was not taken back."""
    about = Q(case=None) | Q(case=duty.case_id)
    rows = Done.objects.filter(about, report=duty.report_id, key=duty.key, occasion=duty.occasion)
    latest = rows.order_by("at", "pk").last()
    return latest if latest is not None and latest.done_at is not None else None


def _recorded(
    duty: Duty, case: int | None, done_at: datetime | None, how: How, words: str, by: Staff, at: datetime
) -> Done:
    return Done.objects.create(
        report_id=duty.report_id,
        case_id=case,
        key=duty.key,
        occasion=duty.occasion,
        done_at=done_at,
        how=how,
        note=words.strip() or None,
        at=at,
        by=by,
    )
