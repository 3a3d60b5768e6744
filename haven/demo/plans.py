"""What the invented staff planned with people: some of it agreed and kept, some late, some still a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from haven.accounts.models import Staff
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.kernel.clock import local_date
from haven.obligations.actions import review_case
from haven.people.models import Person
from haven.people.queries import latest_needs
from haven.support import actions
from haven.support.choices import Covers, Ended, Through, Told
from haven.support.models import Plan, PlanItem
from haven.support.queries import end_of_day
from haven.support.rules import Agreeing, Copy, ItemSaid

PLANNED, AGREED, ONLY_OFFERED = 0.8, 0.85, 0.3
KEPT, NOT_KEPT = 0.7, 0.84
THEIRS = (
    ("need", "She works nights, so nobody may ring before two in the afternoon"),
    ("fear", "He is afraid that they will know who told; no van with our name on it"),
    ("wish", "They want to stay in this home; the children have just settled at school"),
    ("fear", "She hears them on the stairs and cannot sleep until the door holds"),
    ("need", "He cannot read letters; ring him, and say it in his language"),
    ("wish", "She wants one person to speak with and never to tell it twice"),
)
STEPS = (
    ("HOW_TO_CALL", "CONTACT"),
    ("LOCKS", "ALARMS", "CONTACT"),
    ("CLEAN", "POLICE_CHOICE"),
    ("HOUSING_CHOICES", "CONTACT", "DIARY"),
    ("SUPPORT_OFFER", "ADVICE", "FIRE_VISIT"),
)
NOT_DONE = "The part did not come; we told them on the telephone and have ordered it again."
NOT_WANTED = "They said that it would only draw eyes to their door."
LOOKED_AT = "The risk, the plan with its promises, and when they last heard from us."
DECIDED = (
    "Goes on as planned. The caseworker rings today about the promise that was late.",
    "The danger is less since the locks were changed. The plan stays; next look in a month.",
    "Other agencies are asked to the next discussion. Nobody closes this before they have answered.",
)
WORDS = "As the landlord offers it, and at a time that they chose."


def make(random: Random, case: Case, by: Staff, until: datetime) -> None:
    """Plan with somebody harmed in a case, agree it with most, and record what became of it up to a time."""
    harmed = CasePerson.objects.filter(case=case, part=Part.HARMED, until=None).select_related("person__sealing_key")
    person = next((each.person for each in harmed.order_by("pk")[:1]), None)
    began = case.opened_at + timedelta(hours=random.choice((3, 20, 28, 70)))
    if person is None or random.random() > PLANNED or began > until:
        return
    plan = _draft(random, case, person, by, began)
    agreed_at = began + timedelta(hours=random.choice((1, 4, 24)))
    if random.random() < AGREED and agreed_at <= until:
        _agree(plan, by, agreed_at)
        for item in plan.items.order_by("pk"):
            _follow(random, item, by, until)
    _look(random, case, by, until)


def _draft(random: Random, case: Case, person: Person, by: Staff, at: datetime) -> Plan:
    covers = Covers.SAFETY if random.random() < 0.15 else Covers.WHOLE
    plan = actions.begin_plan(case=case, person=person, covers=covers, by=by, at=at)
    actions.add_from_pack(plan=plan, codes=random.choice(STEPS), by=by, at=at)
    answers, why = random.choice(THEIRS)
    first = plan.items.order_by("pk").first()
    if first is not None and random.random() > ONLY_OFFERED:
        _tailor(plan, first, answers, why, by, at)
    else:
        said = ItemSaid(
            words=WORDS, kind="contact", doer="staff", due_on=local_date(at) + timedelta(days=5), answers=answers, why=why
        )
        actions.write_item(plan=plan, said=said, by=by, at=at)
    return plan


def _tailor(plan: Plan, item: PlanItem, answers: str, why: str, by: Staff, at: datetime) -> None:
    said = replace(actions.said_of(item), answers=answers, why=why)
    actions.write_item(plan=plan, item=item, said=said, by=by, at=at)


def _agree(plan: Plan, by: Staff, at: datetime) -> None:
    """Agree it in their language; a step whose day had passed by then is given another."""
    for item in plan.items.filter(due_on__lt=local_date(at)):
        said = replace(actions.said_of(item), due_on=local_date(at) + timedelta(days=2))
        actions.write_item(plan=plan, item=item, said=said, by=by, at=at)
    needs = latest_needs([plan.person_id]).get(plan.person_id)
    spoken, written = (needs.spoken, needs.written) if needs else ("", "")
    needed = bool(needs and needs.interpreter == "yes")
    formats = list(needs.formats) if needs else []
    copy = Copy(language=written or spoken or "en", wish="Print is fine, my son keeps it for me" if formats else "")
    agreeing = Agreeing(
        agreed_at=at,
        told=Told.TELEPHONE,
        language=spoken or "en",
        through=Through.INTERPRETER if needed else Through.DIRECTLY,
        copy=copy,
    )
    actions.agree_plan(plan=plan, agreeing=agreeing, by=by, at=at)


def _follow(random: Random, item: PlanItem, by: Staff, until: datetime) -> None:
    """Do most steps in time, a few late or not at all, and leave some that are late by now."""
    if item.due_on is None:
        return
    chance, agreed_at = random.random(), item.plan.agreed_at or item.written_at
    done_on = max(local_date(agreed_at), item.due_on + timedelta(days=random.choice((0, 0, 0, 0, 2, 5))))
    said_at = end_of_day(done_on) + timedelta(hours=random.randint(9, 15))
    if chance < KEPT and said_at <= until:
        actions.end_item(item=item, outcome=Ended.DONE, done_on=done_on, by=by, at=said_at)
    elif chance < NOT_KEPT and said_at <= until:
        outcome, reason = random.choice(((Ended.NOT_DONE, NOT_DONE), (Ended.NOT_WANTED, NOT_WANTED)))
        actions.end_item(item=item, outcome=outcome, reason=reason, by=by, at=said_at)


def _look(random: Random, case: Case, by: Staff, until: datetime) -> None:
    """Let a manager look at a case again and again, mostly in time, for as long as it is open."""
    case.refresh_from_db(fields=["caseworker", "stand_in"])
    if by.pk in (case.caseworker_id, case.stand_in_id):
        return
    at = case.opened_at + timedelta(days=random.randint(3, 12))
    while at <= until and random.random() < 0.92:
        review_case(case=case, looked_at=LOOKED_AT, decided=random.choice(DECIDED), by=by, at=at)
        at += timedelta(days=random.randint(4, 26))
