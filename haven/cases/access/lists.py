"""The queue of reports not yet decided, the list of cases, and the decisions that wait for somebody else's look."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.access.doors import no_conflict, undecided_scope
from haven.cases.access.paging import SIZE, Page, page_of
from haven.cases.choices import CaseState, Outcome, Restriction
from haven.cases.models import Case, CaseAccess, TriageDecision
from haven.cases.rules.seeing import READERS
from haven.reports.choices import State
from haven.reports.models import Report

WHOSE = ("mine", "cover", "team", "let_in", "all")
"""Whose cases a list shows: own, covered as stand-in, the team's, let into by name, everybody's (heads of service)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """What narrows the queue down; empty means everything."""

    channel: str = ""
    strand: str = ""
    language: str = ""
    patch: str = ""
    urgency: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """Whose cases, in which state, and what narrows them down."""

    whose: str = "mine"
    state: str = CaseState.OPEN
    strand: str = ""
    patch: str = ""
    urgency: int | None = None
    hate: bool = False
    harassment: bool = False
    unassigned: bool = False


def queue_for(
    viewer: Staff,
    filters: QueueFilters = QueueFilters(),
    *,
    after: str = "",
    size: int = SIZE,  # noqa: B008
) -> Page[Report]:
    """Return a page of the one queue: reports not yet decided, danger first, then the clock (3.3.2)."""
    if not viewer.has(*READERS):
        return Page(rows=[])
    rows = (
        Report.objects.filter(~Q(state=State.DECIDED), undecided_scope(viewer), _in_queue(filters))
        .filter(no_conflict("report", viewer))
        .select_related("home", "team", "read_by")
        .defer("account", "answers", "tokens")
    )
    return page_of(rows, ("urgency", "triage_due_at", "id"), after, size=size)


def cases_for(
    viewer: Staff,
    filters: CaseFilters = CaseFilters(),
    *,
    after: str = "",
    size: int = SIZE,  # noqa: B008
) -> Page[Case]:
    """Return a page of the cases that the viewer may see, newest first (3.3.3)."""
    rows = _whose(viewer, filters.whose)
    if rows is None:
        return Page(rows=[])
    state = filters.state if filters.state in CaseState.values else CaseState.OPEN
    rows = (
        rows.filter(_among_cases(filters), state=state)
        .filter(no_conflict("case", viewer))
        .select_related("home", "team", "caseworker")
        .defer("summary")
    )
    return page_of(rows, ("-opened_at", "-id"), after, size=size)


def reviews_for(viewer: Staff, *, after: str = "", size: int = SIZE) -> Page[TriageDecision]:
    """Return a page of the decisions to open no case that wait for a review by somebody else (3.3.2)."""
    if not viewer.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE):
        return Page(rows=[])
    reports = Report.objects.filter(undecided_scope(viewer)).filter(no_conflict("report", viewer))
    rows = TriageDecision.objects.filter(outcome=Outcome.NEITHER, reviewed_at=None, report__in=reports).select_related(
        "report", "report__home", "by"
    )
    return page_of(rows, ("at", "id"), after, size=size)


def _whose(viewer: Staff, whose: str) -> QuerySet[Case] | None:
    """Return the rows of one list, each by an index of its own; None for a list that the viewer has not."""
    if not viewer.has(*READERS):
        return None
    if whose == "all":
        wide = Q(restriction__in=[Restriction.TEAM, Restriction.NAMED]) | Q(caseworker=viewer) | Q(stand_in=viewer)
        return Case.objects.filter(wide) if viewer.has(Role.HEAD_OF_SERVICE) else None
    if whose == "team":
        on_team = viewer.has(Role.CASEWORKER, Role.TEAM_MANAGER) and viewer.team_id
        return Case.objects.filter(team=viewer.team_id, restriction=Restriction.TEAM) if on_team else None
    if whose == "cover":
        return Case.objects.filter(stand_in=viewer)
    if whose == "let_in":
        let_in = CaseAccess.objects.filter(staff=viewer, until=None)
        return Case.objects.filter(pk__in=let_in.values("case"))
    return Case.objects.filter(caseworker=viewer)


def _in_queue(filters: QueueFilters) -> Q:
    wanted = Q()
    if filters.channel:
        wanted &= Q(channel=filters.channel)
    if filters.strand:
        wanted &= Q(strands__contains=[filters.strand])
    if filters.language:
        wanted &= Q(language=filters.language)
    if filters.patch:
        wanted &= Q(home__patch=filters.patch)
    if filters.urgency is not None:
        wanted &= Q(urgency=filters.urgency)
    return wanted


def _among_cases(filters: CaseFilters) -> Q:
    wanted = Q()
    if filters.strand:
        wanted &= Q(strands__contains=[filters.strand])
    if filters.patch:
        wanted &= Q(home__patch=filters.patch)
    if filters.urgency is not None:
        wanted &= Q(urgency=filters.urgency)
    if filters.hate:
        wanted &= Q(is_hate_related=True)
    if filters.harassment:
        wanted &= Q(is_harassment=True)
    if filters.unassigned:
        wanted &= Q(caseworker=None)
    return wanted
