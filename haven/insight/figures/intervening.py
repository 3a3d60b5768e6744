"""What was done about conduct, and whether the person harmed was asked first (clause 3.5.2)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from haven.cases.models import CasePerson
from haven.insight.figures.definitions import Result, counted, largest_first, parts_of
from haven.interventions.models import Consultation, Intervention


def carried_out(since: datetime, at: datetime) -> QuerySet[Intervention]:
    """Return the interventions that were carried out in the period."""
    return Intervention.objects.filter(executed_at__gte=since, executed_at__lt=at).order_by()


@counted(
    ("3.5.2",),
    "Steps taken after asking the person harmed",
    "Steps about somebody's conduct that were carried out in the last 12 months, by whether each person who was harmed in"
    " the case at that time had been asked about that very step before. The second number must always be 0: the rules and"
    " the database refuse it.",
    words={"asked": "After asking everybody harmed", "not_asked": "Without asking somebody harmed"},
)
def steps_after_asking(since: datetime, at: datetime) -> Result:
    """Count the steps that were carried out before everybody harmed was asked (clause 3.5.2)."""
    asked = Consultation.objects.filter(
        intervention=OuterRef(OuterRef("pk")), person=OuterRef("person"), at__lt=OuterRef(OuterRef("executed_at"))
    )
    harmed = CasePerson.objects.filter(case=OuterRef("case"), part="harmed", since__lte=OuterRef("executed_at"))
    then = harmed.exclude(until__lte=OuterRef("executed_at"))
    rows = carried_out(since, at)
    without = rows.filter(Exists(then.filter(~Exists(asked)))).count()
    return Result(parts=parts_of({"asked": rows.count() - without, "not_asked": without}))


@counted(
    ("3.5.2", "3.5.2(a)", "3.5.2(c)"),
    "Steps taken, by tool",
    "Steps about somebody's conduct that were carried out in the last 12 months, by tool. What nobody took up does not count.",
    words_from="tools",
)
def steps_by_tool(since: datetime, at: datetime) -> Result:
    """Count what was carried out by tool (clause 3.5.2)."""
    rows = carried_out(since, at).values_list("tool").annotate(number=Count(F("pk")))
    return Result(parts=largest_first(list(rows)))
