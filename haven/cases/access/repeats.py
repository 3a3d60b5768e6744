"""Repeats by the landlord's own rule, with the reports and occasions that they rest on, as far as the viewer may see.

Shown as evidence beside the words that it rests on; it changes nothing by itself (clause 3.5.1, DOMAIN.md 1.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from haven.accounts.models import Staff
from haven.cases.access.doors import visible_cases, visible_reports
from haven.cases.choices import Part
from haven.cases.models import Case, CasePerson, CaseReport, Incident
from haven.cases.rules.patterns import Repeat, Told, repeat_in
from haven.people.models import Person
from haven.policy.pack import pack
from haven.policy.pack.tables_work import RepeatRule
from haven.reports.models import Report, ReportPerson

MOST = 200
PARTS = {"person_harmed": Part.HARMED, "person_responsible": Part.RESPONSIBLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """That one rule is met, in its own words, and the reports or cases it rests on."""

    rule: RepeatRule
    repeat: Repeat
    reports: list[Report]
    cases: list[Case]


def repeats_for(viewer: Staff, case: Case, *, at: datetime) -> list[Evidence]:
    """Return which of the landlord's rules about repeats this case meets, and on what that rests (3.3.3, 3.5.1)."""
    rules = pack().repeat_rules.values()
    since = at - timedelta(days=2 * max((rule.within_days for rule in rules), default=0))
    persons = _persons_by_part(case)
    reports: dict[str, list[Report]] = {}
    incidents: dict[str, list[Incident]] = {}
    for about in ("address", *PARTS):
        people = persons.get(PARTS[about], set()) if about in PARTS else set()
        reports[about] = _reports_about(viewer, case, about, people, since, at)
        incidents[about] = _incidents_about(viewer, case, about, people, since)
    found = (_met(rule, reports[rule.about], incidents[rule.about]) for rule in rules)
    return [evidence for evidence in found if evidence]


def _persons_by_part(case: Case) -> dict[str, set[int]]:
    """Return everybody harmed and everybody responsible (alleged) in a case, with every record of each."""
    rows = CasePerson.objects.filter(case=case, until=None, part__in=PARTS.values()).select_related("person")
    parts: dict[str, list[Person]] = {part: [] for part in PARTS.values()}
    for row in rows:
        parts[row.part].append(row.person)
    roots = {person.one_person for people in parts.values() for person in people}
    also = list(Person.objects.filter(same_as__in=roots).values_list("same_as_id", "pk"))
    return {
        part: {person.one_person for person in people}
        | {pk for root, pk in also if root in {person.one_person for person in people}}
        for part, people in parts.items()
    }


def _reports_about(
    viewer: Staff, case: Case, about: str, people: set[int], since: datetime, at: datetime
) -> list[Report]:
    rows = visible_reports(viewer, at=at).filter(received_at__gte=since)
    if about == "address":
        rows = rows.filter(home=case.home_id) if case.home_id else rows.none()
    else:
        rows = rows.filter(pk__in=_report_ids(PARTS[about], people)) if people else rows.none()
    return list(rows.defer("account", "answers", "tokens").order_by("-received_at")[:MOST])


def _report_ids(part: str, people: set[int]) -> set[int]:
    """Return the reports that name one of these people in this part, or are in a case that has them in it."""
    told = ReportPerson.objects.filter(person__in=people, part=part).values_list("report", flat=True)
    cases = CasePerson.objects.filter(person__in=people, part=part, until=None).values("case")
    linked = CaseReport.objects.filter(case__in=cases).values_list("report", flat=True)
    return set(told[:MOST]) | set(linked[:MOST])


def _incidents_about(viewer: Staff, case: Case, about: str, people: set[int], since: datetime) -> list[Incident]:
    rows = Incident.objects.filter(recorded_at__gte=since)
    if about == "address":
        rows = rows.filter(home=case.home_id) if case.home_id else rows.none()
    elif about == "person_harmed":
        rows = rows.filter(harmed_links__person__in=people).distinct()
    else:
        cases = CasePerson.objects.filter(person__in=people, part=PARTS[about], until=None).values("case")
        rows = rows.filter(case__in=cases)
    seen = visible_cases(viewer).filter(pk__in=rows.values("case"))
    return list(rows.filter(case__in=seen).select_related("case").defer("case__summary", "summary")[:MOST])


def _met(rule: RepeatRule, reports: list[Report], incidents: list[Incident]) -> Evidence | None:
    counted = _as_told(reports) if rule.counts == "reports" else _as_occasions(incidents)
    repeat = repeat_in(counted, rule=rule.code, at_least=rule.at_least, within_days=rule.within_days)
    if repeat is None:
        return None
    ids = {told.id for told in repeat.rests_on}
    cases = {each.case_id: each.case for each in incidents if rule.counts == "incidents" and each.pk in ids}
    shown = [each for each in reports if rule.counts == "reports" and each.pk in ids]
    return Evidence(rule=rule, repeat=repeat, reports=shown, cases=list(cases.values()))


def _as_told(reports: Iterable[Report]) -> list[Told]:
    return [Told(kind="report", id=report.pk, at=report.received_at) for report in reports]


def _as_occasions(incidents: Iterable[Incident]) -> list[Told]:
    return [
        Told(kind="incident", id=each.pk, at=(each.happened_from or each.recorded_at).astimezone(UTC))
        for each in incidents
    ]
