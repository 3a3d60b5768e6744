"""What is shown of a case: rows turned into words, nothing decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from haven.cases.access import Evidence
from haven.cases.access.files import InCase
from haven.cases.access.known import Likeness
from haven.cases.choices import Perceiver, Source
from haven.cases.models import Case, Finding, Incident
from haven.cases.rules.casework import finding_words
from haven.cases.rules.patterns import Course
from haven.reports.models import Attachment, Report
from haven.web.desk import words
from haven.web.desk.contact import needs_rows, safe_rows
from haven.web.desk.shown import WHYS, name_of

COURSES = {
    "one_person": "{count} occasions to one person",
    "several_people": "At least one occasion to each of {people} people",
    "nobody_named": "{count} occasions, to nobody in particular",
}


def person(each: InCase, now: datetime, alike: Iterable[Likeness] = ()) -> dict[str, Any]:
    """Return one person of a case in words."""
    return {
        "pk": each.person.pk,
        "name": name_of(each.person),
        "also": each.person.also_known_as,
        "description": each.person.description if each.person.name else "",
        "parts": [{"pk": part.pk, "text": part.get_part_display()} for part in each.parts],
        "safe": safe_rows(each.safe_contact, now),
        "contact": each.safe_contact,
        "needs": needs_rows(each.needs),
        "is_alleged": any(part.part == "responsible" for part in each.parts),
        "alike": [
            {
                "pk": one.person.pk,
                "name": name_of(one.person),
                "why": WHYS[one.why],
                "is_one": one.person.one_person == each.person.one_person,
                "homes": [f"{h.get_part_display()} at {h.tenancy.property.one_line}" for h in one.seen.homes],
                "cases": [{**case_line(case, now), "part": ", ".join(parts)} for case, parts in one.seen.parts],
                "reports": [report_line(told.report, now) for told in one.seen.reports],
            }
            for one in alike
        ],
    }


def report_line(report: Report, now: datetime) -> dict[str, Any]:
    """Return one report in a line, without a word of what was told."""
    return {
        "reference": report.reference,
        "url": f"/desk/reports/{report.reference}",
        "when": words.when(report.received_at, now),
        "what": words.labels("strands", report.strands) or words.labels("incident_types", report.incident_types),
        "channel": words.label("channels", report.channel),
    }


def case_line(case: Case, now: datetime) -> dict[str, Any]:
    """Return one case in a line."""
    return {
        "reference": case.reference,
        "url": f"/desk/cases/{case.reference}",
        "when": words.when(case.opened_at, now),
        "what": words.labels("strands", case.strands),
        "state": case.get_state_display(),
    }


def told(report: Report, now: datetime) -> dict[str, Any]:
    """Return a report's words as told."""
    return {**report_line(report, now), "account": report.account, "language": report.language}


def occasion(incident: Incident, now: datetime) -> dict[str, Any]:
    """Return one occasion in words."""
    beliefs: dict[str, list[str]] = {}
    for link in incident.strand_links.all():
        beliefs.setdefault(link.strand, []).append(Perceiver(link.perceived_by).label.lower())
    return {
        "pk": incident.pk,
        "when": words.happened(incident),
        "types": words.labels("incident_types", incident.types) or "Kind not known",
        "where": incident.home.one_line if incident.home else words.label("place_types", incident.place),
        "summary": incident.summary,
        "report": incident.report.reference if incident.report else "",
        "strands": [
            f"{words.label('strands', strand)}, perceived by: {', '.join(who)}" for strand, who in beliefs.items()
        ],
        "harmed": [name_of(link.person) for link in incident.harmed_links.all()],
        "crime": {True: "May be a crime", False: "Not a crime, as far as we see", None: ""}[incident.may_be_crime],
        "by": incident.recorded_by.name if incident.recorded_by else "Haven",
        "recorded": words.when(incident.recorded_at, now),
    }


def four_findings(findings: Iterable[Finding], now: datetime) -> list[dict[str, Any]]:
    """Return the four sources in order, each with its newest finding and those before it."""
    by_source: dict[str, list[dict[str, Any]]] = {source: [] for source in Source.values}
    for each in findings:
        by_source[each.source].append(
            {
                "text": finding_words(each.source, each.value),
                "note": each.note,
                "by": each.by.name if each.by else "Haven",
                "when": words.when(each.at, now),
            }
        )
    return [
        {"code": source.value, "source": source.label, "now": found[0] if found else None, "before": found[1:]}
        for source in Source
        for found in [by_source[source.value]]
    ]


def course(found: Course, occasions: Mapping[int, Incident], now: datetime) -> dict[str, Any]:
    """Return a possible course of conduct in words, with the occasions that it rests on."""
    rests = [occasions[pk] for pk in found.incidents if pk in occasions]
    text = COURSES[found.why].format(count=len(rests), people=len(found.persons))
    several = any(each.when_known in ("ongoing", "range") for each in rests)
    if found.why == "one_person" and len(rests) == 1 and several:
        text = "Told as going on, to one person"
    return {"text": text, "occasions": [occasion(each, now) for each in rests]}


def evidence(found: Iterable[Evidence], now: datetime) -> list[dict[str, Any]]:
    """Return what repeats by the landlord's rules, and on what that rests."""
    return [
        {
            "label": each.rule.label,
            "about": {"address": "This address", "person_harmed": "A person harmed"}.get(
                each.rule.about, "A person responsible (alleged)"
            ),
            "count": len(each.repeat.rests_on),
            "what": each.rule.counts,
            "reports": [report_line(report, now) for report in each.reports],
            "cases": [case_line(case, now) for case in each.cases],
        }
        for each in found
    ]


def paper(attachment: Attachment, now: datetime) -> dict[str, Any]:
    """Return one file in words; its name as given is not shown in a list."""
    item = attachment.item
    return {
        "url": f"/desk/reports/{attachment.report.reference}/files/{item.pk}",
        "kind": item.get_kind_display(),
        "size": item.size,
        "scan": item.get_scan_display(),
        "when": words.when(item.received_at, now),
        "reference": attachment.report.reference,
        "covered": item.is_abusive,
    }


def case_facts(case: Case, now: datetime) -> list[dict[str, str]]:
    """Return the plain facts of a case."""
    rows = [
        ("Opened", f"{words.when(case.opened_at, now)} by {case.opened_by.name if case.opened_by else 'Haven'}"),
        ("Team", case.team.name),
        ("Home", case.home.one_line if case.home else "None of ours, or not known"),
        ("Hate-related", "Yes, as perceived" if case.is_hate_related else "Nobody perceives it so"),
        ("Harassment", "Yes" if case.is_harassment else "Not marked"),
        ("Who sees it", case.get_restriction_display()),
        ("Policy in force", case.policy_version),
    ]
    if case.reopens:
        rows.insert(1, ("Goes on from", "a closed case, see below"))
    return [{"term": term, "text": text} for term, text in rows]
