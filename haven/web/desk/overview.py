"""The overview of a case: what is next by when, what cannot be done yet, how to reach people, what was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.access import files
from haven.cases.access.files import InCase
from haven.cases.models import Case
from haven.cases.queries.facts import viewer_of
from haven.cases.rules import casework
from haven.correspondence.choices import PoliceTalk, Way
from haven.correspondence.queries import contacts_of
from haven.correspondence.queries.reach import known_of
from haven.correspondence.rules import may_reach, may_write
from haven.kernel.decision import Decision
from haven.obligations.access import OfCase, duties_of_case
from haven.obligations.rules import Standing
from haven.reports.choices import Scope
from haven.reports.models import Permission, Report
from haven.web.desk import caseshown, duties, words
from haven.web.desk.casefile import address, part, show
from haven.web.desk.requests import StaffRequest
from haven.web.desk.timeline import timeline

MOST_NEXT = 12
KEPT = (Standing.MET, Standing.MET_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a page of a case has loaded, for whoever says what cannot be done yet."""

    viewer: Staff
    case: Case
    reports: list[Report]
    harmed: list[InCase]
    now: datetime


Step = tuple[str, Decision, str]
"""Something that one may want to do in a case, whether it may be done now, and where what would allow it is done."""


def reaching(looked: Looked) -> Iterator[Step]:
    """Give the ways to reach the first person harmed, by the gate that is asked again at the moment of reaching them."""
    for each in looked.harmed[:1]:
        known = known_of(each.safe_contact)
        where = f"people/{each.person.pk}/contact"
        for way, text in ((Way.CALL, "Telephone them"), (Way.IN_PERSON, "Visit them"), (Way.EMAIL, "Write them an e-mail")):
            yield text, may_reach(known, way, at=looked.now), where


def writing(looked: Looked) -> Iterator[Step]:
    """Give whether a message can wait behind the code of the report that the case began with."""
    for each in looked.reports[-1:]:
        can_be_read = each.code_hash is not None
        yield "Leave them a message behind their code", may_write(
            may_do_casework=True, has_words=True, can_be_read=can_be_read
        ), "contact"


def working(looked: Looked) -> Iterator[Step]:
    """Give whether anything can be recorded in the case at all."""
    yield "Work on it", casework.may_work_on(viewer_of(looked.viewer), is_open=looked.case.is_open), "trail"


STEPS: list[Callable[[Looked], Iterator[Step]]] = [working, reaching, writing]
"""Who says what cannot be done yet: each gives steps with their decision, in a fixed number of queries."""


@part("overview")
def overview(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show what matters at a glance: what is next and by when, how to reach the person harmed, what was promised."""
    people = files.people_in(case)
    reports = files.reports_in(case)
    harmed = [each for each in people if any(one.part == "harmed" for one in each.parts)]
    owed = duties_of_case(request.user, case, [each.pk for each in reports], at=now)
    looked = Looked(viewer=request.user, case=case, reports=reports, harmed=harmed, now=now)
    context = {
        "summary": case.summary,
        "next": _next(owed, now),
        "more_due": max(0, len(owed.next) - MOST_NEXT),
        "unexplained": duties.unexplained(owed.unexplained, now),
        "cannot": _cannot(looked),
        "reports": [caseshown.report_line(each, now) for each in reports],
        "harmed": [caseshown.person(each, now) for each in harmed],
        "others": [caseshown.person(each, now) for each in people if each not in harmed],
        "wishes": _wishes(reports, now),
        "police": _police(case, reports, now),
        "promises": _promises(owed, now),
        "linked": [caseshown.case_line(each, now) for each in files.linked_cases(request.user, case, reports)],
        "findings": caseshown.four_findings(files.findings_of(case), now),
        "repeats": caseshown.evidence(access.repeats_for(request.user, case, at=now), now),
        "timeline": timeline(case, reports, request.GET.get("kind", ""), request.GET.get("after", ""), now),
        "facts": caseshown.case_facts(case, now),
    }
    return show(request, case, "case", context)


def _next(owed: OfCase, now: datetime) -> list[dict[str, Any]]:
    """Return what the policy needs next: late first, then the greater danger, then what is due first."""
    order = sorted(owed.next, key=lambda each: (not each.is_late, each.urgency, each.due_at, each.id))
    found = []
    for each, line in zip(order, duties.lines(order, now), strict=True):
        reasons = duties.said(owed.reasons.get(each.identity, [])[:1], now)
        more: dict[str, Any] = {"reason": f"Late: {reasons[0]['text']}" if reasons else "", "explain": None}
        if each.is_late and not reasons:
            more["explain"] = duties.explain(each)
        found.append({**line, **more})
    return found[:MOST_NEXT]


def _cannot(looked: Looked) -> list[dict[str, Any]]:
    """Return what cannot be done yet, why, by which clause, and where what would allow it is done."""
    steps = [step for give in STEPS for step in give(looked)]
    return [
        {
            "text": text,
            "reason": decision.reason,
            "clause": decision.clause,
            "remedy": decision.remedy,
            "href": address(looked.case, where),
        }
        for text, decision, where in steps
        if not decision
    ]


def _wishes(reports: list[Report], now: datetime) -> list[dict[str, Any]]:
    """Return what whoever told us wants, in each report that says so, newest first."""
    return [
        {
            "wants": words.labels("wishes", each.wants),
            "words": (each.answers or {}).get("wants_words") or "",
            "when": words.when(each.received_at, now),
        }
        for each in reports
        if each.wants or (each.answers or {}).get("wants_words")
    ]


def _police(case: Case, reports: list[Report], now: datetime) -> dict[str, str]:
    """Return whether the police may be told, as it was said last: on a form, with the code, or in a conversation."""
    rows = Permission.objects.filter(report__in=reports, recipient="POLICE").exclude(scope=Scope.NOT_ASKED)
    asked = list(rows.order_by("-at", "-pk").values_list("scope", "at"))
    talked = contacts_of(case).filter(taken_back_at=None).exclude(police__in=["", PoliceTalk.NOT_RAISED])
    talk = talked.values_list("police", "happened_at").first()
    if talk is not None and (not asked or talk[1] > asked[0][1]):
        return {"text": PoliceTalk(talk[0]).label, "when": f"spoken of {words.when(talk[1], now)}", "again": "Ask again"}
    if not asked:
        return {"text": "Not asked yet", "when": "", "again": "Ask"}
    times = "asked once" if len(asked) == 1 else f"asked {len(asked)} times"
    return {"text": Scope(asked[0][0]).label, "when": f"{words.when(asked[0][1], now)}, {times}", "again": "Ask again"}


def _promises(owed: OfCase, now: datetime) -> dict[str, Any]:
    """Return how many promises were kept, are due and were missed, and those that are late or missed by name."""
    kept = [each for each in owed.promises if each.standing in KEPT]
    due = [each for each in owed.promises if each.standing is Standing.OPEN]
    missed = [each for each in owed.promises if each.standing in (Standing.LATE, Standing.MISSED)]
    late = sum(each.standing is Standing.MET_LATE for each in kept)
    return {
        "counts": f"{len(kept)} kept{f' ({late} of them late)' if late else ''}, {len(due)} due, {len(missed)} missed",
        "missed": [f"{each.label}, {words.due(each.due_at, now)}" for each in missed[:5]],
        "due": [f"{each.label}, {words.due(each.due_at, now)}" for each in due[:5]],
    }

