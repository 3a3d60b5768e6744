"""What somebody who may see a case sees of its plans; missing and forbidden look alike (clause 3.3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases
from haven.cases.models import Case
from haven.people.models import Person
from haven.support.models import Plan, PlanItem
from haven.support.queries import Step, steps_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of somebody's plan, with its steps."""

    plan: Plan
    steps: list[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Everything planned with one person: the draft, what holds, and the versions before."""

    person: Person
    draft: Version | None
    now: Version | None
    before: list[Version]

    @property
    def left_behind(self) -> list[Step]:
        """Return the steps of the version that holds which the draft neither carries on nor anybody has settled."""
        if self.draft is None or self.now is None:
            return []
        carried = {step.item.carries_id for step in self.draft.steps}
        return [step for step in self.now.steps if step.outcome is None and step.item.pk not in carried]


def plans_of(viewer: Staff, case: Case) -> list[Planned]:
    """Return what is planned with each person in a case, none of a case not to be seen; four queries."""
    rows = list(_visible(viewer, case))
    steps: dict[int, list[Step]] = {}
    for step in steps_of(_visible(viewer, case)):
        steps.setdefault(step.item.plan_id, []).append(step)
    return list(_by_person(Version(plan=row, steps=steps.get(row.pk, [])) for row in rows))


def get_plan(viewer: Staff, case: Case, pk: int) -> Plan:
    """Return one plan of a case that the viewer may see; raises Http404 whether absent or forbidden."""
    found = _visible(viewer, case).filter(pk=pk).first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def get_item(viewer: Staff, case: Case, pk: int) -> PlanItem:
    """Return one step of a plan that the viewer may see; raises Http404 whether absent or forbidden."""
    rows = PlanItem.objects.filter(plan__in=_visible(viewer, case), pk=pk)
    found = rows.select_related("plan__person__sealing_key", "plan__case").first()
    if found is None:
        raise Http404("There is nothing here under that reference.")
    return found


def _visible(viewer: Staff, case: Case) -> QuerySet[Plan]:
    rows = Plan.objects.filter(case__in=visible_cases(viewer).filter(pk=case.pk))
    return rows.select_related("case", "person__sealing_key", "agreed_by", "drafted_by").order_by("person", "-number")


def _by_person(versions: Iterable[Version]) -> Iterable[Planned]:
    found: dict[int, list[Version]] = {}
    for each in versions:
        found.setdefault(each.plan.person_id, []).append(each)
    for several in found.values():
        agreed = [each for each in several if each.plan.is_agreed]
        draft = next((each for each in several if not each.plan.is_agreed), None)
        yield Planned(
            person=several[0].plan.person, draft=draft, now=agreed[0] if agreed else None, before=agreed[1:]
        )
