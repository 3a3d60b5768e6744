"""What is shown of a report and of what is known already: rows turned into words, nothing decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from haven.accounts.models import Staff
from haven.cases import access
from haven.cases.access.known import Likeness
from haven.cases.choices import Outcome
from haven.cases.models import TriageDecision
from haven.homes.models import Property
from haven.people.models import Person
from haven.people.queries import latest_needs, latest_safe_contact
from haven.reports.choices import Identity, Role, Scope, State
from haven.reports.models import Attachment, CodeRequest, Permission, Report, ReportPerson
from haven.reports.questions.showing import told_rows
from haven.web.desk import words
from haven.web.desk.contact import needs_rows, safe_rows

PARTS = {
    "reporter": "The person who reported",
    "harmed": "The person harmed",
    "responsible": "The person responsible (alleged)",
    "witness": "A witness",
}
WHYS = {"same": "Same name", "sounds": "A name that sounds alike"}
OUTCOMES = {
    Outcome.OPEN: "Opened a case",
    Outcome.JOIN: "Joined a case",
    Outcome.LINK: "Went on from a closed case",
    Outcome.NEITHER: "No case",
}


def report_context(viewer: Staff, report: Report, now: datetime) -> dict[str, Any]:
    """Return everything that the page of a report shows but what is known already."""
    decisions = decisions_of(viewer, report, now)
    return {
        "report": report,
        "urgency": words.urgency(report.urgency),
        "bar": [words.label("channels", report.channel), words.language(report.language), words.area(report.home)],
        "due": words.due(report.triage_due_at, now) if report.state != State.DECIDED else "",
        "late": report.state != State.DECIDED and report.triage_due_at < now,
        "facts": _facts(report, now),
        "sections": _sections(report),
        "additions": [
            {"when": words.when(each.at, now), "words": each.words, "language": each.language}
            for each in report.additions.select_related("report__sealing_key")
        ],
        "files": _files(report),
        "reach": _reach(report, now),
        "permissions": _permissions(report),
        "is_decided": report.state == State.DECIDED,
        "code_asked": CodeRequest.objects.filter(report=report, settled_at=None).exists(),
        "reading": _reading(viewer, report, now),
        "decisions": decisions,
        "to_review": next((each for each in decisions if each["waits"]), None),
    }


def _facts(report: Report, now: datetime) -> list[dict[str, Any]]:
    gap = report.logged_at - report.received_at
    rows = [
        ("Danger", words.labels("danger", report.danger)),
        ("Reached us", words.when(report.received_at, now)),
        ("Written down", f"{words.span(gap)} later" if gap.total_seconds() >= 60 else "At once"),
        ("How it came", words.label("channels", report.channel)),
        ("Language", words.language(report.language)),
        ("Who tells us", Role(report.role).label if report.role else "Not told"),
        ("Identity", Identity(report.identity).label),
        ("Strands (perceived)", words.labels("strands", report.strands) or "None told"),
        ("What kind", words.labels("incident_types", report.incident_types) or "Not told"),
        ("When", words.happened(report)),
        ("Where", words.label("place_types", report.place) if report.place else "Not told"),
        ("Home", report.home.one_line if report.home else "None of ours, or not told"),
        ("Team", report.team.name if report.team else "None yet"),
    ]
    return [{"term": term, "text": text} for term, text in rows if text]


def _sections(report: Report) -> list[dict[str, Any]]:
    """Return what was answered besides the account, under the headings of the form."""
    homes = {str(report.home_id): report.home.one_line} if report.home else {}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in told_rows(report.answers, homes=homes):
        if row.code in ("account", "danger") or not row.lines:
            continue
        found.setdefault(row.section, []).append(
            {"name": row.name, "lines": row.lines, "is_words": row.is_words and row.is_answered}
        )
    return [{"title": title or "Further answers", "rows": rows} for title, rows in found.items()]


def _files(report: Report) -> list[dict[str, Any]]:
    attachments = Attachment.objects.filter(report=report).select_related("item__sealing_key").order_by("pk")
    return [
        {
            "pk": each.item_id,
            "item": each.item,
            "kind": each.item.get_kind_display(),
            "scan": each.item.get_scan_display(),
        }
        for each in attachments
    ]


def _reach(report: Report, now: datetime) -> list[dict[str, Any]]:
    """Return how the people whom the report names can be reached without harm, and what they need."""
    told = list(ReportPerson.objects.filter(report=report).select_related("person__sealing_key").order_by("pk"))
    ids = [each.person_id for each in told]
    contacts, needs = latest_safe_contact(ids), latest_needs(ids)
    return [
        {
            "part": PARTS.get(each.part, words.readable(each.part)),
            "name": name_of(each.person),
            "person": each.person,
            "safe": safe_rows(contacts.get(each.person_id), now),
            "needs": needs_rows(needs.get(each.person_id)),
        }
        for each in told
        if each.part in ("reporter", "harmed")
    ]


def _permissions(report: Report) -> list[dict[str, str]]:
    newest: dict[str, Permission] = {}
    for each in Permission.objects.filter(report=report).order_by("at", "pk"):
        newest[each.recipient] = each
    return [{"term": words.label("recipients", code), "text": Scope(each.scope).label} for code, each in newest.items()]


def _reading(viewer: Staff, report: Report, now: datetime) -> str:
    if report.state != State.READING or report.read_by is None:
        return ""
    who = "You are" if report.read_by_id == viewer.pk else f"{report.read_by.name} is"
    return f"{who} reading this since {words.when(report.read_at, now)}."


def decisions_of(viewer: Staff, report: Report, now: datetime) -> list[dict[str, Any]]:
    """Return what was decided about a report, newest first; a case that the viewer may not see is not named."""
    rows = TriageDecision.objects.filter(report=report).order_by("-at", "-pk")
    found = list(rows.select_related("by", "case", "reviewed_by", "report__sealing_key"))
    seen = set(
        access.visible_cases(viewer).filter(pk__in=[each.case_id for each in found]).values_list("pk", flat=True)
    )
    return [
        {
            "decision": each,
            "what": OUTCOMES[Outcome(each.outcome)],
            "case": each.case if each.case_id in seen else None,
            "by": each.by.name,
            "when": words.when(each.at, now),
            "reason": each.reason,
            "waits": each.outcome == Outcome.NEITHER and each.reviewed_at is None,
            "own": each.by_id == viewer.pk,
            "review": _review(each, now),
        }
        for each in found
    ]


def _review(decision: TriageDecision, now: datetime) -> dict[str, str] | None:
    if decision.reviewed_by is None:
        return None
    what = "Upheld" if decision.upheld else "Overturned: back in the queue"
    return {
        "what": f"{what} by {decision.reviewed_by.name}, {words.when(decision.reviewed_at, now)}",
        "reason": decision.review_reason,
    }


def known_context(known: access.Known, now: datetime) -> dict[str, Any]:
    """Return what is known already about the people and the home, in words, as evidence and never as an accusation."""
    return {
        "home": known.home,
        "occupants": [{"name": name_of(each.person), "part": each.get_part_display()} for each in known.occupants],
        "reports_here": [_report_line(each, now) for each in known.reports_here],
        "cases_here": [_case_line(each, now) for each in known.cases_here],
        "people": [
            {
                "name": name_of(told.told.person),
                "part": PARTS.get(told.told.part, words.readable(told.told.part)),
                **_likenesses(told.likenesses, known.home, now),
            }
            for told in known.people
        ],
        "is_empty": not (known.reports_here or known.cases_here or any(told.likenesses for told in known.people)),
    }


def _likenesses(found: list[Likeness], home: Property | None, now: datetime) -> dict[str, Any]:
    """Tell those who have been seen before, or live here, from those who merely bear the name somewhere else."""
    likely = [each for each in found if each.seen.cases or each.seen.reports or each.seen.is_at(home)]
    others = [each for each in found if each not in likely]
    return {
        "likenesses": [_likeness(each, home, now) for each in likely],
        "namesakes": [_likeness(each, home, now) for each in others],
    }


def _likeness(likeness: Likeness, home: Property | None, now: datetime) -> dict[str, Any]:
    seen = likeness.seen
    return {
        "name": name_of(likeness.person),
        "why": WHYS[likeness.why],
        "same_home": seen.is_at(home),
        "homes": [f"{each.get_part_display()} at {each.tenancy.property.one_line}" for each in seen.homes],
        "cases": [{**_case_line(case, now), "part": ", ".join(parts)} for case, parts in seen.parts],
        "reports": [
            {**_report_line(each.report, now), "part": PARTS.get(each.part, each.part)} for each in seen.reports
        ],
    }


def _report_line(report: Report, now: datetime) -> dict[str, str]:
    return {
        "reference": report.reference,
        "url": f"/desk/reports/{report.reference}",
        "what": words.labels("strands", report.strands) or words.labels("incident_types", report.incident_types),
        "when": words.when(report.received_at, now),
    }


def _case_line(case: Any, now: datetime) -> dict[str, str]:
    return {
        "reference": case.reference,
        "url": f"/desk/cases/{case.reference}",
        "what": words.labels("strands", case.strands),
        "when": words.when(case.opened_at, now),
        "state": case.get_state_display(),
    }


def name_of(person: Person) -> str:
    """Return the name of a person, or what is known of somebody without one."""
    if person.name:
        return person.name
    if person.also_known_as:
        return f"known as {person.also_known_as}"
    if person.description:
        return f"Not named: {person.description[:120]}"
    return "Not named"
