"""What the invented staff did, most of it in time: conversations, full talks and news, repairs, referrals."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db.models import Q, QuerySet

from haven.accounts.models import Staff
from haven.cases.models import Case, CasePerson
from haven.correspondence.actions import ContactTold, record_contact
from haven.correspondence.choices import Covered, PoliceTalk, Result, StillSafe, Way
from haven.obligations.actions import explain_lateness, record_done
from haven.obligations.models import OPEN, Duty
from haven.obligations.rules import How, Why
from haven.obligations.rules.doing import BY_MANAGERS, DECISIONS, RECORDABLE
from haven.obligations.rules.harmed import FOR_THEM
from haven.people.queries import latest_needs
from haven.reports.models import ReportPerson

IN_TIME, LATE = 0.72, 0.9
NEWS = timedelta(days=8)
DECIDED = "Talked through with them and decided; the reasons are in the notes of that day."
MOST_NEWS = 3
TALKS = ("first_contact", "interview", "update")
COVERED = {
    "first_contact": [Covered.WISHES, Covered.SAFETY, Covered.ADVICE],
    "interview": [Covered.WISHES, Covered.SAFETY, Covered.ADVICE, Covered.SUPPORT, Covered.CHILDREN],
    "update": [Covered.NEWS],
}
SAID = {
    "first_contact": "Told them that we believe them and who looks after this. Went through what would help first.",
    "interview": "Talked it through from the beginning, at their pace. They want it to stop and not to be named.",
    "update": "Told them how things stand. Nothing new from the neighbour's side; they sleep better.",
}
TRIES = ((9, Way.CALL, Result.NO_ANSWER), (8, Way.CALL, Result.VOICEMAIL), (2, Way.TEXT, Result.SENT))
HOW = {
    "interpreter_remote": How.TELEPHONE,
    "emergency_repair_attend": How.BY_OTHERS,
    "emergency_repair_safe": How.BY_OTHERS,
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


def decide(random: Random, case: Case, by: Staff, until: datetime) -> None:
    """Record what was decided where danger was found to be great: most in time, some late, some never."""
    for duty in list(_owed(case).filter(key__in={*DECISIONS, *BY_MANAGERS})):
        if (done_at := _done_at(random, duty)) is not None and done_at <= until:
            _record(random, duty, done_at, by)


def _owed(case: Case) -> QuerySet[Duty]:
    about = Q(case=case) | Q(case=None, report__case_links__case=case)
    return Duty.objects.filter(OPEN, about, key__in=[*RECORDABLE, *TALKS]).order_by("due_at", "pk")


def _done_at(random: Random, duty: Duty) -> datetime | None:
    chance = random.random()
    if duty.key == "update" or chance > LATE:
        return None
    if chance < IN_TIME:
        return duty.starts_at + (duty.due_at - duty.starts_at) * random.uniform(0.1, 0.95)
    return duty.due_at + timedelta(hours=random.randint(1, 40))


def _record(random: Random, duty: Duty, done_at: datetime, by: Staff, until: datetime | None = None) -> None:
    at = done_at if until is None else min(done_at, until)
    if duty.key in TALKS:
        _talk(duty, at, by)
        if at > duty.due_at and random.random() < LATE:
            explain_lateness(duty=duty, why=Why(**random.choice(WHYS)), by=by, at=at)
        return
    words = DECIDED if duty.key in DECISIONS else ""
    late = Why(**random.choice(WHYS)) if at > duty.due_at else None
    record_done(duty=duty, done_at=at, how=HOW.get(duty.key, How.WRITING), words=words, late=late, by=by, at=at)


def _talk(duty: Duty, at: datetime, by: Staff) -> None:
    """Record a conversation with whoever it is owed to; nobody is spoken with who gave no name."""
    told: ReportPerson | CasePerson | None
    if duty.occasion.startswith(FOR_THEM):
        told = CasePerson.objects.filter(case=duty.case_id, part="harmed", until=None).select_related("person").first()
    else:
        told = ReportPerson.objects.filter(report=duty.report_id, part="reporter").select_related("person").first()
    if told is None:
        return
    needs = latest_needs([told.person_id]).get(told.person_id)
    is_interview = duty.key == "interview"
    said = ContactTold(
        way=Way.IN_PERSON if is_interview else Way.CALL,
        result=Result.TWO_WAY,
        happened_at=at,
        is_interview=is_interview,
        covered=COVERED[duty.key],
        still_safe=StillSafe.CONFIRMED,
        police=PoliceTalk.UNDECIDED,
        had_interpreter=True if needs is not None and needs.interpreter == "yes" else None,
        words=SAID[duty.key],
    )
    record_contact(matter=duty.case or duty.report, person=told.person, told=said, by=by, at=at)


def try_in_vain(case: Case, by: Staff, until: datetime) -> None:
    """Record tries to reach somebody harmed who does not answer; without a way that they named none of them counts."""
    harmed = CasePerson.objects.filter(case=case, part="harmed", until=None).select_related("person").first()
    if harmed is None or until - case.opened_at < timedelta(days=12):
        return
    for days, way, result in TRIES:
        at = until - timedelta(days=days)
        told = ContactTold(way=way, result=result, happened_at=at, words="No answer. Nothing was left that names us.")
        record_contact(matter=case, person=harmed.person, told=told, by=by, at=at)
