"""What every act of this part shares: the locked intervention, what is pressed twice, and how far it has come."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from haven.accounts.models import Staff
from haven.cases.actions.allocating import seen_case
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson
from haven.cases.queries.facts import viewer_of
from haven.cases.rules import casework
from haven.interventions.models import Intervention
from haven.interventions.models.acts import Act
from haven.interventions.queries import gate_of
from haven.interventions.rules import state_of, steps
from haven.kernel.action import touch
from haven.kernel.decision import Decision, require
from haven.people.models import Person

A = TypeVar("A", bound=Act)


def open_case(case: Case, by: Staff) -> Case:
    """Return the locked case if `by` may work on it."""
    locked = seen_case(case, by)
    require(casework.may_work_on(viewer_of(by), is_open=locked.is_open))
    return locked


def locked(intervention: Intervention, by: Staff) -> Intervention:
    """Return the intervention's row, locked together with its case, or refuse whoever may not work on it."""
    case = open_case(intervention.case, by)
    row = Intervention.objects.select_for_update(of=("self",)).select_related("subject__sealing_key").get(pk=intervention.pk)
    row.case = case
    return row


def in_preparation(intervention: Intervention, by: Staff) -> Intervention:
    """Return the locked intervention if it is still being prepared."""
    row = locked(intervention, by)
    require(steps.may_prepare(is_done=row.is_done, is_over=row.is_over))
    return row


def kept(
    kind: type[A], /, *, intervention: Intervention, by: Staff, at: datetime, press: UUID | None, **said: Any
) -> A:
    """Save an act, once however often it is pressed."""
    require(is_new(kind, press))
    return kind._default_manager.create(intervention=intervention, by=by, at=at, press=press, **said)


def is_new(kind: type[Act], press: UUID | None) -> Decision:
    """Decide whether this press of a button has not been recorded yet."""
    if press is not None and kind._default_manager.filter(press=press).exists():
        return Decision.no(ALREADY, clause="3.5.2", remedy="Nothing more is needed.")
    return Decision.yes(clause="3.5.2")


ALREADY = "This was recorded already."
JUST_AFTER = timedelta(microseconds=1)
"""What is recorded in this very moment counts for how far it has come."""


def advanced(row: Intervention, at: datetime, *fields: str) -> Intervention:
    """Save how far an intervention has come, with these fields; what was done later is asked anew (3.5.2)."""
    if not row.is_done and not row.is_over:
        row.state = state_of(gate_of(row, at + JUST_AFTER))
    row.version += 1
    row.save(update_fields=["state", "version", *fields])
    touch(row.case)
    return row


def taken_off_the_pile(row: Intervention, at: datetime, *fields: str) -> Intervention:
    """Let nobody approve what was changed since they were asked: it no longer waits."""
    row.waiting_since, row.asked_by = None, None
    return advanced(row, at, "waiting_since", "asked_by", *fields)


def is_in(case: Case, person: Person | None, part: Part) -> bool:
    """Say whether somebody is in a case in a part now."""
    return person is not None and CasePerson.objects.filter(case=case, person=person, part=part, until=None).exists()

