"""What the invented staff recorded as done, most of it in time: conversations, interviews, repairs and news."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db.models import Q, QuerySet

from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.obligations.actions import record_done
from haven.obligations.models import OPEN, Duty
from haven.obligations.rules import How, Why
from haven.obligations.rules.doing import RECORDABLE

IN_TIME, LATE = 0.72, 0.9
NEWS = timedelta(days=8)
MOST_NEWS = 3
HOW = {
    "first_contact": How.TELEPHONE,
    "interview": How.IN_PERSON,
    "interpreter_remote": How.TELEPHONE,
    "emergency_repair_attend": How.BY_OTHERS,
    "graffiti_hate": How.BY_OTHERS,
    "homeless_referral": How.TELEPHONE,
}

WHYS = (
    {"code": "NO_STAFF"},
    {"code": "NOT_REACHED"},
    {"code": "LANGUAGE"},
    {"code": "OTHERS", "words": "The contractor came a day later than agreed."},
)


def keep(random: Random, case: Case, by: Staff, until: datetime) -> None:
    """Record what was done for a case up to a time: most in time, some late, some never."""
    for duty in list(_owed(case)):
        if (done_at := _done_at(random, duty)) is not None and done_at <= until:
            _record(random, duty, done_at, by)
    for _ in range(MOST_NEWS):
        update = _owed(case).filter(key="update").first()
        if update is None or update.starts_at + NEWS > until or random.random() > LATE:
            return
        _record(random, update, update.starts_at + NEWS + timedelta(hours=random.randint(0, 60)), by, until)


def _owed(case: Case) -> QuerySet[Duty]:
    about = Q(case=case) | Q(case=None, report__case_links__case=case)
    return Duty.objects.filter(OPEN, about, key__in=RECORDABLE).order_by("due_at", "pk")


def _done_at(random: Random, duty: Duty) -> datetime | None:
    chance = random.random()
    if duty.key == "update" or chance > LATE:
        return None
    if chance < IN_TIME:
        return duty.starts_at + (duty.due_at - duty.starts_at) * random.uniform(0.1, 0.95)
    return duty.due_at + timedelta(hours=random.randint(1, 40))


def _record(random: Random, duty: Duty, done_at: datetime, by: Staff, until: datetime | None = None) -> None:
    at = done_at if until is None else min(done_at, until)
    late = Why(**random.choice(WHYS)) if at > duty.due_at else None
    record_done(duty=duty, done_at=at, how=HOW.get(duty.key, How.WRITING), late=late, by=by, at=at)
