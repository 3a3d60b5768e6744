"""What the invented staff found out about how great the danger is, most of it in time, some of it left open."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from haven.accounts.models import Staff
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.people.models import Person
from haven.policy.pack.tables_risk import RiskQuestion
from haven.risk.actions import Answered, AssessmentTold, record_assessment
from haven.risk.choices import About, NonAnswer
from haven.risk.rules import scheme

ASSESSED, AGAIN_AFTER, LEFT_OPEN = 0.9, timedelta(days=25), 0.25
RARELY = {"D6": 14, "C3": 8, "E3": 5}
"""Questions whose worst answers are rare: the higher, the rarer."""
USUALLY = 2.5
NOTES = (
    "Said on the telephone; her sister was with her.",
    "The lock was looked at during the visit.",
    "He would rather talk about this with somebody who speaks his language.",
)


def find_out(random: Random, case: Case, by: Staff, until: datetime) -> None:
    """Assess one person harmed, or the household, when the case was opened and again lately."""
    if random.random() > ASSESSED:
        return
    harmed = CasePerson.objects.filter(case=case, part=Part.HARMED, until=None).select_related("person__sealing_key")
    person = next((each.person for each in harmed.order_by("pk")[:1]), None)
    if person is None and case.home_id is None:
        return
    first = case.opened_at + timedelta(hours=random.choice((2, 4, 6, 20, 44)))
    _assess(random, case, person, by, min(first, until))
    if until - first > AGAIN_AFTER:
        _assess(random, case, person, by, until - timedelta(hours=random.randint(3, 14 * 24)))


def _assess(random: Random, case: Case, person: Person | None, by: Staff, at: datetime) -> None:
    left_open = random.random() < LEFT_OPEN
    answers = {pk: _answer(random, question, left_open) for pk, question in scheme().questions.items()}
    about = About.PERSON if person else About.HOUSEHOLD
    record_assessment(case=case, told=AssessmentTold(about=about, person=person, answers=answers), by=by, at=at)


def _answer(random: Random, question: RiskQuestion, left_open: bool) -> Answered:
    chance = random.random()
    if left_open and chance < 0.3:
        return Answered(value=random.choice((NonAnswer.NOT_ASKED, NonAnswer.DECLINED)))
    if chance > 0.97:
        return Answered(value=NonAnswer.DONT_KNOW)
    rank = int(random.random() ** RARELY.get(question.id, USUALLY) * len(question.options))
    note = random.choice(NOTES) if random.random() < 0.05 else ""
    return Answered(value=question.options[rank].code, note=note)
