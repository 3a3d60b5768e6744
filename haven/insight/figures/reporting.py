"""How people tell the landlord, and how soon that is written down (clause 3.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Func, Max, Q, QuerySet

from haven.insight.figures.definitions import Kind, Result, counted, largest_first, parts_of
from haven.reports.models import EqualityMonitoring, Report

ONLINE = "WEB_FORM"
CHARACTERISTICS = (
    "age", "disability", "gender_reassignment", "marriage", "pregnancy", "race", "religion", "sex",
    "sexual_orientation",
)  # fmt: skip


def received(since: datetime, at: datetime) -> QuerySet[Report]:
    """Return the reports that reached the organisation in the period."""
    return Report.objects.filter(received_at__gte=since, received_at__lt=at).order_by()


@counted(
    ("3.2.2", "3.2.2(d)", "3.2.1"),
    "Reports by the way they came",
    "Reports received in the last 12 months, by channel. A report counts on the day on which it reached the"
    " organisation, not when it was written down.",
    words_from="channels",
)
def reports_by_channel(since: datetime, at: datetime) -> Result:
    """Count reports by channel (clause 3.2.2)."""
    rows = received(since, at).values_list("channel").annotate(number=Count("pk"))
    return Result(parts=largest_first(list(rows)))


@counted(
    ("3.2.1",),
    "Reports by language",
    "Reports received in the last 12 months, by the language in which they were told.",
    words_from="languages",
)
def reports_by_language(since: datetime, at: datetime) -> Result:
    """Count reports by the language of the account (clause 3.2.1)."""
    rows = received(since, at).values_list("language").annotate(number=Count("pk"))
    return Result(parts=largest_first(list(rows)))


@counted(
    ("3.2.1",),
    "How people gave their name",
    "Reports received in the last 12 months, by whether we know who told us and who else may know.",
    words={"named": "Named", "confidential": "Confidential", "anonymous": "Anonymous"},
)
def reports_by_identity(since: datetime, at: datetime) -> Result:
    """Count reports by how far the person made themselves known (clause 3.2.1)."""
    rows = dict(received(since, at).values_list("identity").annotate(number=Count("pk")))
    return Result(parts=parts_of({code: rows.get(code, 0) for code in ("named", "confidential", "anonymous")}))


@counted(
    ("3.2.2(c)", "3.2.2"),
    "From arrival to being written down",
    "Reports received in the last 12 months by any way but the online form: time from when they reached the"
    " organisation to when they were written down in Haven. The middle is the median.",
    kind=Kind.TIME,
    words={"hour": "Within an hour", "day": "Within a day", "later": "Later"},
)
def arrival_to_logged(since: datetime, at: datetime) -> Result:
    """Measure the gap between receipt and logging (clause 3.2.2(c))."""
    gap = ExpressionWrapper(F("logged_at") - F("received_at"), output_field=DurationField())
    rows = received(since, at).exclude(channel=ONLINE).annotate(gap=gap)
    hour, day = timedelta(hours=1), timedelta(days=1)
    found = rows.aggregate(
        hour=Count("pk", filter=Q(gap__lte=hour)),
        day=Count("pk", filter=Q(gap__gt=hour, gap__lte=day)),
        later=Count("pk", filter=Q(gap__gt=day)),
        middle=Median("gap"),
        worst=Max("gap"),
    )
    return Result(
        parts=parts_of({name: found[name] for name in ("hour", "day", "later")}),
        middle=minutes(found["middle"]),
        worst=minutes(found["worst"]),
    )


@counted(
    ("2.0(c)",),
    "People who said what they want",
    "Reports received in the last 12 months in which the person said what they would like to happen.",
    kind=Kind.SHARE,
    words={"said": "Said what they want", "not": "Did not say"},
)
def wishes_recorded(since: datetime, at: datetime) -> Result:
    """Count the reports that hold wishes (clause 2.0(c))."""
    found = received(since, at).aggregate(said=Count("pk", filter=~Q(wants=[])), all=Count("pk"))
    return Result(parts=parts_of({"said": found["said"], "not": found["all"] - found["said"]}))


@counted(
    ("3.1.2-A",),
    "Why people think that it happened",
    "Reports received in the last 12 months, by the strand that the person named. One report may name several, and"
    " many name none, so these do not add up.",
    words_from="strands",
    adds_up=False,
)
def reports_by_strand(since: datetime, at: datetime) -> Result:
    """Count reports by perceived strand (clause 3.1.2-A)."""
    each = received(since, at).annotate(strand=Func(F("strands"), function="unnest")).values("strand")
    rows = each.annotate(number=Count("pk")).values_list("strand", "number")
    return Result(parts=largest_first(list(rows)))


@counted(
    ("3.1.2-A", "2.0(a)"),
    "Where it happened",
    "Reports received in the last 12 months about one of the landlord's homes, by patch.",
    words_from="patches",
)
def reports_by_patch(since: datetime, at: datetime) -> Result:
    """Count reports by patch, so that prevention goes where the figures point (clauses 2.0(a) and 3.1.2-A)."""
    rows = received(since, at).exclude(home=None).values_list("home__patch").annotate(number=Count("pk"))
    return Result(parts=largest_first(list(rows)))


@counted(
    ("5.1",),
    "Equality questions answered",
    "How many people answered each of the nine questions that may be answered after a report was sent. The answers are"
    " kept apart from reports and are joined to nothing.",
    words={name: name.replace("_", " ").capitalize() for name in CHARACTERISTICS},
    adds_up=False,
)
def equality_answers(since: datetime, at: datetime) -> Result:
    """Count the answers to each equality question (clause 5.1)."""
    rows = EqualityMonitoring.objects.filter(given_on__gte=since.date())
    found = rows.aggregate(**{f"said_{name}": Count("pk", filter=~Q(**{name: ""})) for name in CHARACTERISTICS})
    return Result(parts=parts_of({name: found[f"said_{name}"] for name in CHARACTERISTICS}))


class Median(Avg):
    """The middle of all values."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    name = "Median"


def minutes(span: timedelta | None) -> float | None:
    """Return a span in minutes."""
    return None if span is None else round(span.total_seconds() / 60, 1)
