"""Equality monitoring: nine voluntary answers, in the categories of the harmonised standards (5.1, DOMAIN.md 9.7)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from haven.kernel.clock import local_date
from haven.reports.models import EqualityMonitoring
from haven.reports.questions import Kind, Question
from haven.reports.questions.offered import DECLINED, fixed

QUESTIONS = (
    Question(
        code="age",
        kind=Kind.ONE,
        label=_("How old are you?"),
        choices=fixed(
            ("u16", _("Under 16")),
            ("16_24", "16–24"),
            ("25_34", "25–34"),
            ("35_44", "35–44"),
            ("45_54", "45–54"),
            ("55_64", "55–64"),
            ("65_74", "65–74"),
            ("75_up", _("75 or over")),
        ),
        declined=True,
    ),
    Question(
        code="disability",
        kind=Kind.ONE,
        label=_("Do you have a health condition or disability that makes daily life harder?"),
        choices=fixed(("a_lot", _("Yes, a lot")), ("a_little", _("Yes, a little")), ("no", _("No"))),
        declined=True,
    ),
    Question(
        code="gender_reassignment",
        kind=Kind.ONE,
        label=_("Is your gender the same as the sex you were registered with at birth?"),
        choices=fixed(("same", _("Yes")), ("different", _("No"))),
        declined=True,
    ),
    Question(
        code="marriage",
        kind=Kind.ONE,
        label=_("Are you married or in a civil partnership?"),
        choices=fixed(("married", _("Married")), ("civil", _("In a civil partnership")), ("neither", _("Neither"))),
        declined=True,
    ),
    Question(
        code="pregnancy",
        kind=Kind.ONE,
        label=_("Are you pregnant, or have you had a baby in the last 26 weeks?"),
        choices=fixed(("yes", _("Yes")), ("no", _("No"))),
        declined=True,
    ),
    Question(
        code="race",
        kind=Kind.ONE,
        label=_("What is your ethnic group?"),
        choices=fixed(
            ("asian", _("Asian or Asian British")),
            ("black", _("Black, Black British, Caribbean or African")),
            ("mixed", _("Mixed or several ethnic groups")),
            ("white", _("White")),
            ("roma", _("Gypsy, Roma or Irish Traveller")),
            ("arab", _("Arab")),
            ("other", _("Another ethnic group")),
        ),
        declined=True,
    ),
    Question(
        code="religion",
        kind=Kind.ONE,
        label=_("What is your religion?"),
        choices=fixed(
            ("none", _("No religion")),
            ("buddhist", _("Buddhist")),
            ("christian", _("Christian")),
            ("hindu", _("Hindu")),
            ("jewish", _("Jewish")),
            ("muslim", _("Muslim")),
            ("sikh", _("Sikh")),
            ("other", _("Another religion or belief")),
        ),
        declined=True,
    ),
    Question(
        code="sex",
        kind=Kind.ONE,
        label=_("What is your sex?"),
        choices=fixed(("female", _("Female")), ("male", _("Male"))),
        declined=True,
    ),
    Question(
        code="sexual_orientation",
        kind=Kind.ONE,
        label=_("Which of these describes you best?"),
        choices=fixed(
            ("straight", _("Straight")),
            ("gay", _("Gay or lesbian")),
            ("bi", _("Bi")),
            ("other", pgettext_lazy("sexual orientation", "In another way")),
        ),
        declined=True,
    ),
)


def keep_monitoring(answers: Mapping[str, str], *, at: datetime) -> bool:
    """Keep what was answered, by month and joined to nothing; say whether anything was (clause 5.1).

    No act and no trail entry: its time and its place in the trail would lead to the report that was sent just before.
    For the same reason its row has a random number.
    """
    given = {question.code: answers.get(question.code, "") for question in QUESTIONS}
    kept = {code: answer for code, answer in given.items() if answer == DECLINED or _is_offered(code, answer)}
    if not any(kept.values()):
        return False
    month = local_date(at).replace(day=1)
    EqualityMonitoring.objects.bulk_create([EqualityMonitoring(pk=secrets.randbelow(2**62), given_on=month, **kept)])
    return True


def _is_offered(code: str, answer: str) -> bool:
    question = next(one for one in QUESTIONS if one.code == code)
    return any(choice.code == answer for choice in question.offered("en"))
