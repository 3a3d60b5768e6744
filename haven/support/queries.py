"""Reads of plans without a viewer: what holds, what is open, what was promised; whoever shows them has asked a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet

from haven.cases.models import Case
from haven.kernel.clock import LONDON
from haven.people.models import Person
from haven.people.queries import group_of
from haven.reports.models import Report, ReportPerson
from haven.support.choices import OURS
from haven.support.models import DevelopmentRecord, ItemOutcome, Plan, PlanItem

REPORTER = "reporter"
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a plan with what became of it; `replaced_at` says when a newer version was agreed instead."""

    item: PlanItem
    outcome: ItemOutcome | None
    replaced_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether nobody has recorded yet what became of it."""
        return self.outcome is None and self.replaced_at is None

    @property
    def due_at(self) -> datetime | None:
        """Return the last minute of the day by which it is due."""
        return end_of_day(self.item.due_on) if self.item.due_on else None

    @property
    def is_promise(self) -> bool:
        """Say whether it is the landlord who does it, by a day."""
        return self.item.doer in OURS and self.item.due_on is not None


def end_of_day(day: date) -> datetime:
    """Return the last minute of a day in England: a promise for a day is kept until then."""
    return datetime.combine(day, LAST_MINUTE, tzinfo=LONDON)


def plan_of(case: Case, person: Person) -> Plan | None:
    """Return the version of somebody's plan that holds: the latest that they agreed to."""
    return agreed_plans(case).filter(person=person).first()


def draft_of(case: Case, person: Person) -> Plan | None:
    """Return the version of somebody's plan that is being written."""
    return Plan.objects.filter(case=case, person=person, agreed_at=None).first()


def agreed_plans(case: Case) -> QuerySet[Plan]:
    """Return the agreed versions of the plans of a case, the latest of each person first."""
    rows = Plan.objects.filter(case=case, agreed_at__isnull=False).order_by("person", "-number")
    return rows.select_related("person__sealing_key", "agreed_by")


def open_items(case: Case) -> list[Step]:
    """Return the steps of the plans that hold of which nobody has recorded what became of them, first due first."""
    found = [step for step in steps_of(_holding(case)) if step.is_open]
    return sorted(found, key=lambda step: (step.item.due_on or date.max, step.item.pk))


def unfinished(case: Case) -> list[Step]:
    """Return every step that a case cannot be closed with: it has no outcome, whoever does it (DOMAIN 4.4)."""
    return open_items(case)


def _holding(case: Case) -> QuerySet[Plan]:
    later = Plan.objects.filter(
        case=OuterRef("case"), person=OuterRef("person"), number__gt=OuterRef("number"), agreed_at__isnull=False
    )
    return Plan.objects.filter(~Exists(later), case=case, agreed_at__isnull=False)


def steps_of(plans: QuerySet[Plan]) -> list[Step]:
    """Return the steps of these plans in their order, each with what became of it; three queries."""
    items = PlanItem.objects.filter(plan__in=plans).select_related("plan__person__sealing_key", "plan__case", "written_by")
    rows = list(items.order_by("plan", "pk"))
    latest = outcomes_of([row.pk for row in rows])
    replaced = _replaced(rows)
    return [Step(item=row, outcome=latest.get(row.pk), replaced_at=replaced.get(row.plan_id)) for row in rows]


def outcomes_of(items: list[int]) -> dict[int, ItemOutcome]:
    """Return what became of each of these steps, as recorded last."""
    rows = ItemOutcome.objects.filter(item__in=items).order_by("item", "-at", "-pk").distinct("item")
    return {row.item_id: row for row in rows.select_related("by", "item__plan__person__sealing_key")}


def _replaced(rows: list[PlanItem]) -> dict[int, datetime]:
    """Return when each plan was replaced by the next version that was agreed."""
    about = {(row.plan.case_id, row.plan.person_id) for row in rows}
    every = Q(pk__in=[])
    for case, person in about:
        every |= Q(case=case, person=person)
    agreed = Plan.objects.filter(every, agreed_at__isnull=False).order_by("-number")
    found: dict[int, datetime] = {}
    after: dict[tuple[int, int], datetime] = {}
    for pk, case, person, agreed_at in agreed.values_list("pk", "case_id", "person_id", "agreed_at"):
        if (case, person) in after:
            found[pk] = after[case, person]
        assert agreed_at is not None
        after[case, person] = min(agreed_at, after.get((case, person), agreed_at))
    return found


def left_behind(plan: Plan) -> list[PlanItem]:
    """Return the steps of the version that holds which this draft neither carries on nor anybody has settled."""
    before = _holding(plan.case).filter(person=plan.person_id)
    carried = PlanItem.objects.filter(plan=plan, carries=OuterRef("pk"))
    settled = ItemOutcome.objects.filter(item=OuterRef("pk"))
    return list(PlanItem.objects.filter(~Exists(carried), ~Exists(settled), plan__in=before).order_by("pk"))


def promised_to(report: Report) -> list[Step]:
    """Return what the person who holds this report's code was promised in plans agreed with them, themselves alone.

    Nobody else's: a witness who reported does not read the plan of the person harmed (3.3.3).
    """
    tellers = Person.objects.filter(pk__in=ReportPerson.objects.filter(report=report, part=REPORTER).values("person"))
    own = group_of(list(tellers.only("pk", "same_as")))
    if not own:
        return []
    plans = Plan.objects.filter(case__report_links__report=report, person__in=own, agreed_at__isnull=False)
    return [step for step in steps_of(plans) if step.is_promise and not _is_carried_on(step)]


def _is_carried_on(step: Step) -> bool:
    """Say whether a newer version promises the same again, so that the person reads it once, unless it came too late."""
    assert step.due_at is not None
    return step.replaced_at is not None and step.outcome is None and step.replaced_at <= step.due_at


def developments_of(case: Case) -> list[DevelopmentRecord]:
    """Return what developed in a case, the latest first."""
    rows = DevelopmentRecord.objects.filter(case=case).select_related("by", "case__sealing_key")
    return list(rows.order_by("-learnt_at", "-pk"))
