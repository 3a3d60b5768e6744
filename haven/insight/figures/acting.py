"""Whether the policy's clocks were kept (clauses 2.0, 3.3 to 3.6); every number is a number of duties."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet, Subquery

from haven.insight.figures.definitions import Kind, Result, counted, parts_of
from haven.insight.figures.reporting import Median, minutes
from haven.obligations.models import OPEN, Duty
from haven.reports.models import Alarm, Permission, Report

IN_TIME = {"met": "In time", "met_late": "Late", "missed": "Not done", "late": "Late, and still open"}
FELL_DUE = (
    " Counted are those that fell due in the last 12 months and were not taken back before; those not done yet count"
    " as late."
)


def fell_due(since: datetime, at: datetime, *keys: str) -> QuerySet[Duty]:
    """Return the duties that fell due in the period, without those that nobody owed any more by then."""
    lapsed = Q(ended_at__lte=F("due_at"))
    return Duty.objects.filter(key__in=keys, due_at__gte=since, due_at__lt=at).exclude(lapsed).order_by()


def _kept(since: datetime, at: datetime, *keys: str) -> Result:
    found = fell_due(since, at, *keys).aggregate(
        met=Count("pk", filter=Q(met_at__lte=F("due_at"))),
        met_late=Count("pk", filter=Q(met_at__gt=F("due_at"))),
        missed=Count("pk", filter=Q(ended_at__gt=F("due_at"))),
        late=Count("pk", filter=OPEN),
    )
    return Result(parts=parts_of({code: found[code] for code in IN_TIME}))


@counted(
    ("3.3.2", "2.0(b)"),
    "Reports read in time",
    "Share of reports that a trained person read before the time of the service standard." + FELL_DUE,
    kind=Kind.SHARE,
    words=IN_TIME,
)
def read_in_time(since: datetime, at: datetime) -> Result:
    """Count how many reports were read in time (clause 3.3.2)."""
    return _kept(since, at, "triage")


@counted(
    ("3.4.1",),
    "Caseworker named in time",
    "Share of reports that had a named caseworker before the time of the service standard." + FELL_DUE,
    kind=Kind.SHARE,
    words=IN_TIME,
)
def caseworker_in_time(since: datetime, at: datetime) -> Result:
    """Count how many reports had a caseworker in time (clause 3.4.1)."""
    return _kept(since, at, "assign")


@counted(
    ("3.5.1", "2.0(a)"),
    "Spoken with in time",
    "Share of people with whom somebody spoke, both ways, before the time of the service standard." + FELL_DUE,
    kind=Kind.SHARE,
    words=IN_TIME,
)
def spoken_in_time(since: datetime, at: datetime) -> Result:
    """Count how many people were spoken with in time (clause 3.5.1)."""
    return _kept(since, at, "first_contact")


@counted(
    ("3.3.7",),
    "Made safe in time",
    "Share of emergency repairs and of hateful graffiti dealt with before the time of the service standard." + FELL_DUE,
    kind=Kind.SHARE,
    words=IN_TIME,
)
def made_safe_in_time(since: datetime, at: datetime) -> Result:
    """Count how many emergency repairs and graffiti were dealt with in time (clause 3.3.7)."""
    return _kept(since, at, "emergency_repair_attend", "graffiti_hate")


@counted(
    ("3.4.1",),
    "Cases kept informed in time",
    "Cases in which news was due in the last 12 months: those with every piece of news in time, and those with even"
    " one late. A case with one late piece of news is late.",
    kind=Kind.SHARE,
    words={"always": "Always in time", "late": "Late at least once"},
)
def informed_in_time(since: datetime, at: datetime) -> Result:
    """Count cases, not pieces of news, by whether every one was in time (clause 3.4.1)."""
    rows = fell_due(since, at, "update").values("case")
    failed = Q(met_at__gt=F("due_at")) | Q(ended_at__gt=F("due_at")) | OPEN
    cases = rows.annotate(failed=Count("pk", filter=failed))
    found = cases.aggregate(late=Count("case", filter=Q(failed__gt=0)), all=Count("case"))
    return Result(parts=parts_of({"always": found["all"] - found["late"], "late": found["late"]}))


@counted(
    ("3.3.2", "3.2.2(b)", "2.0(b)"),
    "From the alarm to somebody taking it",
    "Alarms that rang in the last 12 months because somebody told of danger: time until a person took it. The middle is"
    " the median of those taken.",
    kind=Kind.TIME,
    words={"quarter": "Within 15 minutes", "later": "Later", "not": "Not taken yet"},
)
def alarm_to_taken(since: datetime, at: datetime) -> Result:
    """Measure how soon alarms were taken (clauses 3.3.2 and 3.2.2(b))."""
    gap = ExpressionWrapper(F("taken_at") - F("raised_at"), output_field=DurationField())
    rows = Alarm.objects.filter(raised_at__gte=since, raised_at__lt=at).annotate(gap=gap)
    quarter = Q(gap__lte="00:15:00")
    found = rows.aggregate(
        quarter=Count("pk", filter=quarter),
        later=Count("pk", filter=Q(taken_at__isnull=False) & ~quarter),
        no=Count("pk", filter=Q(taken_at=None)),
        middle=Median("gap"),
        worst=Max("gap"),
    )
    parts = {"quarter": found["quarter"], "later": found["later"], "not": found["no"]}
    return Result(parts=parts_of(parts), middle=minutes(found["middle"]), worst=minutes(found["worst"]))


@counted(
    ("3.6.1", "3.2.3"),
    "May the police be told",
    "Reports received in the last 12 months, by the latest answer to whether the police may be told. Not asked is a"
    " failing of the service.",
    words={
        "with_name": "Yes, with the name",
        "without_name": "Yes, without the name",
        "no": "No",
        "not_asked": "Not asked, or not decided",
    },
)
def police_choice(since: datetime, at: datetime) -> Result:
    """Count reports by what the person decided about the police (clause 3.6.1)."""
    answers = Permission.objects.filter(report=OuterRef("pk"), recipient="POLICE").order_by("-at", "-pk")
    rows = Report.objects.filter(received_at__gte=since, received_at__lt=at).order_by()
    found = rows.annotate(said=Subquery(answers.values("scope")[:1])).aggregate(
        **{code: Count("pk", filter=Q(said=code)) for code in ("with_name", "without_name", "no")}, all=Count("pk")
    )
    asked = {code: found[code] for code in ("with_name", "without_name", "no")}
    return Result(parts=parts_of({**asked, "not_asked": found["all"] - sum(asked.values())}))
