"""The pages of a case but its overview: people, what happened, findings, patterns, papers, trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.access import files
from haven.cases.choices import Source
from haven.cases.models import Case
from haven.cases.queries.facts import occasions_in, viewer_of
from haven.cases.rules import casework, patterns
from haven.kernel import clock
from haven.kernel.decision import Decision
from haven.policy.pack import pack
from haven.risk.access import highest_of
from haven.web.desk import caseshown, words
from haven.web.desk.pages import CASEWORK, StaffRequest, page
from haven.web.desk.queue import further
from haven.web.desk.riskshown import badge
from haven.web.desk.trailwords import trail_items
from haven.web.staff.guard import staff_page

PARTS = (
    ("case", "Overview"),
    ("people", "People"),
    ("happened", "What happened"),
    ("risk", "Risk"),
    ("contact", "Contact"),
    ("plan", "Plan"),
    ("behaviour", "Behaviour"),
    ("findings", "Findings"),
    ("patterns", "Patterns"),
    ("papers", "Papers"),
    ("closing", "Closing"),
    ("trail", "Trail"),
)
MENU: tuple[tuple[str, str, str, str], ...] = (
    ("Record a contact", "contact", "r", ""),
    ("Assess the risk", "risk", "a", "working"),
    ("Write down an occasion", "happened/add", "o", "working"),
    ("Propose a step", "behaviour/propose", "b", "working"),
    ("Add a finding", "findings/add", "i", "finding"),
    ("Plan with the person", "plan", "l", "working"),
    ("Write down what happened since", "plan/developments/add", "e", "working"),
    ("Add a person", "people/add", "p", "working"),
    ("Print the sheet for a visit", "visit", "v", ""),
    ("Give it to somebody", "assign", "g", "giving"),
    ("Close it, or open it again", "closing", "z", ""),
    ("Change who sees it", "restrict", "w", ""),
    ("Declare a conflict of interest", "conflict", "x", ""),
)
"""What can be done in a case: its words, where it is done, its key, and which rule allows it (see `menu`)."""


def show(request: StaffRequest, case: Case, tab: str, context: dict[str, Any], template: str = "") -> HttpResponse:
    """Answer with one page of a case, under its bar and its list of pages."""
    now = clock.now()
    frame = {
        "case": case,
        "page_title": title_of(request),
        "bar": bar(request.user, case, now),
        "tabs": [{"text": text, "href": address(case, name), "current": name == tab} for name, text in PARTS],
    }
    return page(request, f"case/{template or tab}", {**frame, **context}, here="cases")


def title_of(request: StaffRequest) -> str:
    """Return what the tab says of the page, by its address and never by a name: "People", "Safe contact"."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return dict(PARTS).get(here or "") or (here or "Case").replace("-", " ").capitalize()


def address(case: Case, where: str = "case") -> str:
    """Return where a page of a case stands."""
    return f"/desk/cases/{case.reference}" + ("" if where == "case" else f"/{where}")


def bar(viewer: Staff, case: Case, now: datetime) -> dict[str, Any]:
    """Return the bar over every page of a case: never a name of anybody in it."""
    assessed = highest_of(viewer, case)
    level = badge(assessed.band, assessed.latest.is_incomplete) if assessed else words.urgency(case.urgency)
    details = [words.labels("strands", case.strands) or "no strand perceived"]
    details += ["harassment"] if case.is_harassment else []
    opened, closed = f"open {words.span(now - case.opened_at)}", case.closed_at
    details.append(f"closed {words.when(closed, now)}" if closed else opened)
    details.append(f"caseworker {case.caseworker.name}" if case.caseworker else "nobody has it yet")
    if case.stand_in:
        details.append(f"stand-in {case.stand_in.name}")
    if case.restriction != "team":
        details.append(case.get_restriction_display().lower())
    return {
        "title": case.reference,
        "risk": level["level"],
        "risk_text": level["text"],
        "details": details,
        "menu": {"items": menu(viewer, case), "key": "d"},
    }


def menu(viewer: Staff, case: Case) -> list[dict[str, str]]:
    """Return what can be done in a case; what may not be done stays in its place and says why."""
    me = viewer_of(viewer)
    working = casework.may_work_on(me, is_open=case.is_open)
    giving = working and casework.may_hand_back(me, team=case.team_id)
    taking = giving or casework.may_assign(
        me, me, team=case.team_id, is_locked_out=False, restriction=case.restriction, is_named=True
    )
    allowed = {
        "": Decision.yes(clause="3.4.1"),
        "working": working,
        "finding": casework.may_work_on(me, is_open=True),
        "giving": taking if working else working,
    }
    return [_item(case, *row[:3], allowed[row[3]]) for row in MENU]


def _item(case: Case, text: str, path: str, key: str, decision: Decision) -> dict[str, str]:
    if decision:
        return {"text": text, "href": address(case, path), "key": key}
    return {"text": text, "refused": decision.reason, "clause": decision.clause}


def part(name: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a function of request, case and time a page of the case; that it was opened is left in the trail."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @staff_page(*CASEWORK, methods=("GET", "HEAD"))
        def opened(request: StaffRequest, reference: str) -> HttpResponse:
            now = clock.now()
            case = access.see_case(request.user, reference, at=now, page=name)
            return view(request, case, now)

        opened.__name__, opened.__doc__ = view.__name__, view.__doc__
        return opened

    return decorate


@part("people")
def people(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show everybody in the case with their part, how to reach them and what they need, and who they may be."""
    found = files.people_in(case)
    alike = access.likenesses_of(request.user, [each.person for each in found], at=now)
    context = {"people": [caseshown.person(each, now, alike.get(each.person.pk, [])) for each in found]}
    return show(request, case, "people", context)


@part("happened")
def happened(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show the reports as told and the occasions as written down."""
    context = {
        "reports": [caseshown.told(each, now) for each in files.reports_in(case)],
        "occasions": [caseshown.occasion(each, now) for each in files.occasions_of(case)],
    }
    return show(request, case, "happened", context)


@part("findings")
def findings(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show the four findings side by side, each with everything that was said before."""
    context = {"findings": caseshown.four_findings(files.findings_of(case), now), "sources": list(Source)}
    return show(request, case, "findings", context)


@part("patterns")
def patterns_(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show whether the occasions make a pattern and what repeats, with what each rests on; a person decides."""
    return show(request, case, "patterns", pattern_context(request.user, case, now))


def pattern_context(viewer: Staff, case: Case, now: datetime) -> dict[str, Any]:
    """Return the pattern and the repeats that a case shows, and whether it may be called harassment."""
    at_least = pack().pattern.occasions
    course = patterns.course_of_conduct(occasions_in(case), at_least=at_least)
    found = files.findings_of(case)
    perceived = any(each.source == Source.PERCEIVED and each.value in ("harassment", "both") for each in found)
    occasions = {each.pk: each for each in files.occasions_of(case)}
    return {
        "course": caseshown.course(course, occasions, now) if course else None,
        "at_least": at_least,
        "may_call": patterns.may_call_harassment(course=course, is_perceived=perceived),
        "may_work": casework.may_work_on(viewer_of(viewer), is_open=case.is_open),
        "repeats": caseshown.evidence(access.repeats_for(viewer, case, at=now), now),
        "rules": [rule.label for rule in pack().repeat_rules.values()],
    }


@part("papers")
def papers(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show the files that came with the reports."""
    context = {"papers": [caseshown.paper(each, now) for each in files.papers_of(case)]}
    return show(request, case, "papers", context)


@part("trail")
def trail(request: StaffRequest, case: Case, now: datetime) -> HttpResponse:
    """Show what happened in the case, who did it, and who opened it."""
    found = files.trail_of(case, after=request.GET.get("after", ""))
    context = {"items": trail_items(found.rows, now), "next": further(request, found.next)}
    return show(request, case, "trail", context)
