"""What became of reports, what was late and why, and what comes back (clauses 2.0, 3.1.2, 3.3 and 3.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q

from haven.cases.choices import CaseState, Outcome
from haven.cases.models import Case, TriageDecision
from haven.insight.figures.definitions import Kind, Result, counted, largest_first, parts_of
from haven.insight.figures.reporting import received
from haven.obligations.models import LateReason, Watch
from haven.policy.register import REGISTER
from haven.trail.queries import guards_asked

LONG = timedelta(days=90)


@counted(
    ("2.0(b)", "3.3.2"),
    "What was decided about reports",
    "Decisions made in the last 12 months, by what was decided. A report may be decided about more than once.",
    words={
        Outcome.OPEN: "Opened a case",
        Outcome.JOIN: "Joined an open case",
        Outcome.LINK: "Opened a case that goes on from a closed one",
        Outcome.NEITHER: "No case, with a reason",
    },
)
def decisions(since: datetime, at: datetime) -> Result:
    """Count decisions about reports by outcome (clause 3.3.2)."""
    rows = TriageDecision.objects.filter(at__gte=since, at__lt=at).order_by().values_list("outcome")
    found = dict(rows.annotate(number=Count("pk")))
    return Result(parts=parts_of({code: found.get(code, 0) for code in Outcome.values}))


@counted(
    ("3.3.2", "2.0(b)"),
    "Reports without a case, looked at again",
    "Decisions of the last 12 months to open no case: upheld or overturned by somebody else, or still waiting.",
    words={"upheld": "Upheld", "overturned": "Overturned", "waiting": "Waiting for a second look"},
)
def second_looks(since: datetime, at: datetime) -> Result:
    """Count what became of decisions to open no case (clause 3.3.2)."""
    rows = TriageDecision.objects.filter(at__gte=since, at__lt=at, outcome=Outcome.NEITHER)
    found = rows.aggregate(
        reviewed=Count("pk", filter=Q(reviewed_at__isnull=False)),
        overturned=Count("pk", filter=Q(reviewed_at__isnull=False, upheld=False)),
        waiting=Count("pk", filter=Q(reviewed_at=None)),
    )
    upheld = found["reviewed"] - found["overturned"]
    return Result(parts=parts_of({"upheld": upheld, "overturned": found["overturned"], "waiting": found["waiting"]}))


@counted(
    ("3.1.2-B",),
    "Cases opened",
    "Cases opened in the last 12 months: with hate in the eyes of the person harmed or anybody else, and harassment"
    " without it. Later reports in an open case are no new case.",
    words={"hate": "Hate, as perceived", "other": "Harassment without hate"},
)
def cases_opened(since: datetime, at: datetime) -> Result:
    """Count cases by whether anybody perceives hate (clause 3.1.2-B)."""
    rows = Case.objects.filter(opened_at__gte=since, opened_at__lt=at)
    found = rows.aggregate(hate=Count("pk", filter=Q(is_hate_related=True)), all=Count("pk"))
    return Result(parts=parts_of({"hate": found["hate"], "other": found["all"] - found["hate"]}))


@counted(
    ("3.4.1", "2.0(b)"),
    "Open for more than 90 days",
    "Cases open now, by whether they were opened more than 90 days ago. Duration is shown and closes nothing.",
    kind=Kind.SHARE,
    words={"long": "More than 90 days", "newer": "Up to 90 days"},
)
def open_cases(since: datetime, at: datetime) -> Result:
    """Count open cases by how long they have been open (clause 3.4.1)."""
    found = Case.objects.filter(state=CaseState.OPEN).aggregate(
        long=Count("pk", filter=Q(opened_at__lt=at - LONG)), all=Count("pk")
    )
    return Result(parts=parts_of({"long": found["long"], "newer": found["all"] - found["long"]}))


@counted(
    ("3.4.1", "2.0(b)", "3.5.1"),
    "Open cases that nobody has, or that have gone quiet",
    "Cases open now: without a caseworker past the clock for one, or whose caseworker no longer works on cases; then"
    " those in which nothing two-way was heard, or nothing done, for longer than the service standards allow.",
    words={"unowned": "Nobody has it", "quiet": "Gone quiet", "worked_on": "Worked on"},
)
def watched_cases(since: datetime, at: datetime) -> Result:
    """Count open cases by whether somebody has them and whether they have gone quiet (clauses 3.4.1 and 3.5.1)."""
    unowned = Q(unowned_from__lte=at)
    found = Watch.objects.aggregate(
        unowned=Count("pk", filter=unowned),
        quiet=Count("pk", filter=Q(quiet_from__lte=at) & (Q(unowned_from=None) | Q(unowned_from__gt=at))),
        all=Count("pk"),
    )
    worked_on = found["all"] - found["unowned"] - found["quiet"]
    return Result(parts=parts_of({"unowned": found["unowned"], "quiet": found["quiet"], "worked_on": worked_on}))


@counted(
    ("2.0(b)",),
    "Why duties were late",
    "Reasons given in the last 12 months for duties that were late, by reason. A duty may have more than one.",
    words_from="late_reasons",
)
def late_reasons(since: datetime, at: datetime) -> Result:
    """Count why duties were late, by the landlord's reasons (clause 2.0(b))."""
    rows = LateReason.objects.filter(at__gte=since, at__lt=at).order_by().values_list("code")
    return Result(parts=largest_first(list(rows.annotate(number=Count("pk")))))


@counted(
    ("3.5.1", "2.0(a)"),
    "Homes reported about more than once",
    "Homes about which a report was received in the last 12 months, by how many there were. The first report counts"
    " like any other: few repeats may mean that it was dealt with well, or that people stopped telling us.",
    words={"one": "Once", "two": "Twice", "more": "Three times or more"},
)
def repeat_homes(since: datetime, at: datetime) -> Result:
    """Count homes by how often they were reported about (clause 3.5.1)."""
    homes = received(since, at).exclude(home=None).values("home").annotate(times=Count("pk"))
    found = homes.aggregate(
        one=Count("home", filter=Q(times=1)),
        two=Count("home", filter=Q(times=2)),
        more=Count("home", filter=Q(times__gt=2)),
    )
    return Result(parts=parts_of({code: found[code] for code in ("one", "two", "more")}))


@counted(
    ("3.3.3",),
    "Refused to keep a confidence",
    "How often a guard of clause 3.3.3 refused since Haven was set up, by guard. Every refusal is in the trail.",
)
def confidence_kept(since: datetime, at: datetime) -> Result:
    """Count the refusals that kept what was told in confidence (clause 3.3.3)."""
    guards = [name for name, guard in REGISTER.guards.items() if "3.3.3" in guard.clauses]
    asked = guards_asked(guards)
    return Result(parts=largest_first([(name, asked[name].refused) for name in guards if name in asked]))
