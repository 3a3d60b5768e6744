"""Recording that a duty was done, where nothing else in Haven shows it, and taking that back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.rules.seeing import READERS
from haven.kernel.action import action, note
from haven.kernel.decision import require
from haven.obligations import rules
from haven.obligations.models import OPEN, Done, Duty
from haven.obligations.rules import Doing, How
from haven.reports.models import Report


@action("duty.done")
def record_done(*, duty: Duty, done_at: datetime, how: How, words: str = "", by: Staff, at: datetime) -> Done:
    """Record that a duty was done, when and how; the duty is then met at that time.

    Raises Refused for a voicemail, for a time to come, and for a duty that Haven itself sees being met (3.4.1).
    """
    Report.objects.select_for_update(no_key=True).get(pk=duty.report_id)
    is_open = Duty.objects.filter(OPEN, pk=duty.pk).exists()
    doing = Doing(
        key=duty.key,
        how=how,
        done_at=done_at,
        starts_at=duty.starts_at,
        is_open=is_open,
        does_casework=by.has(*READERS),
        manages=by.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE),
        words=words,
    )
    note(key=duty.key, how=str(how), report=duty.report_id)
    require(rules.may_record_done(doing, at=at))
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
