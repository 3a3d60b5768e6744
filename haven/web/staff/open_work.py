"""What somebody has open, in numbers: an administrator sees no case, and yet nothing may be forgotten."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from haven.accounts.models import Staff
from haven.cases.choices import CaseState
from haven.cases.models import Case
from haven.obligations.models import OPEN, Duty


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One kind of work and how much of it is open; the code goes into the trail."""

    code: str
    label: Any
    count: int


def open_work_of(staff: Staff) -> list[OpenWork]:
    """Return the kinds of work that somebody has open; what there is none of is left out."""
    cases = Case.objects.filter(state=CaseState.OPEN)
    kinds = [
        OpenWork("cases", _("Open cases of their own"), cases.filter(caseworker=staff).count()),
        OpenWork("stand_in", _("Open cases that they stand in for"), cases.filter(stand_in=staff).count()),
        OpenWork("duties", _("Duties that wait for them"), Duty.objects.filter(OPEN, staff=staff).count()),
    ]
    return [kind for kind in kinds if kind.count]
