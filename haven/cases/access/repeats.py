"""Repeats by the landlord's own rule, with the reports and occasions that they rest on, as far as the viewer may see.

Shown as evidence beside the words that it rests on; it changes nothing by itself (clause 3.5.1, DOMAIN.md 1.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Q

from haven.accounts.models import Staff
from haven.cases.access.scope import CaseIsSeen, ReportIsSeen
from haven.cases.choices import Part
from haven.cases.models import Case, Incident
from haven.cases.rules.patterns import Repeat, Told, repeat_in
from haven.policy.pack import pack
from haven.policy.pack.tables_work import RepeatRule
from haven.reports.choices import Role
from haven.reports.models import Report

MOST = 200
PARTS = {"person_harmed": Part.HARMED, "person_responsible": Part.RESPONSIBLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """That one rule is met, in its own words, and the reports or cases it rests on."""

    rule: RepeatRule
    repeat: Repeat
    reports: list[Report]
    cases: list[Case]


@dataclass(slots=True)
class _Around:
    """What hangs together with a case's people, by part: their cases, and the reports and occasions about them."""

    cases: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    reports: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    incidents: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


_SHARED = f"""
WITH root AS (
    SELECT link.part, coalesce(person.same_as_id, person.id) AS id
      FROM cases_caseperson link JOIN people_person person ON person.id = link.person_id
     WHERE link.case_id = %(case)s AND link.until IS NULL AND link.part = ANY(%(parts)s)
), who AS (
    SELECT part, id FROM root
    UNION SELECT root.part, person.id FROM root JOIN people_person person ON person.same_as_id = root.id
), matter AS (
    SELECT DISTINCT who.part, link.case_id
      FROM who JOIN cases_caseperson link ON link.person_id = who.id AND link.part = who.part AND link.until IS NULL
     LIMIT %(most)s
)
SELECT 'cases', part, case_id FROM matter
UNION SELECT 'reports', matter.part, link.report_id
  FROM matter JOIN cases_casereport link ON link.case_id = matter.case_id
UNION (SELECT 'reports', who.part, told.report_id
  FROM who JOIN reports_reportperson told ON told.person_id = who.id JOIN reports_report report ON report.id = told.report_id
 WHERE who.part = CASE WHEN told.part = 'reporter' AND report.role = '{Role.VICTIM.value}' THEN '{Part.HARMED.value}'
                       ELSE told.part END
 LIMIT %(most)s)
UNION (SELECT 'incidents', who.part, aimed.incident_id
  FROM who JOIN cases_incidentperson aimed ON aimed.person_id = who.id
 WHERE who.part = '{Part.HARMED.value}' LIMIT %(most)s)
"""  # noqa: S608 - the words filled in are codes of ours


def repeats_for(viewer: Staff, case: Case, *, at: datetime) -> list[Evidence]:
    """Return which of the landlord's rules about repeats this case meets, and on what that rests (3.3.3, 3.5.1)."""
    rules = pack().repeat_rules.values()
    since = at - timedelta(days=2 * max((rule.within_days for rule in rules), default=0))
    around = _around(case)
    reports = _reports(viewer, case, around, since, at)
    incidents = _incidents(viewer, case, around, since)
    found = (_met(rule, reports[rule.about], incidents[rule.about]) for rule in rules)
    return [evidence for evidence in found if evidence]


def _around(case: Case) -> _Around:
    """Find, without a viewer yet, the matters that share a person with this case in the same part; one query."""
    around = _Around()
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, {"case": case.pk, "parts": [str(part) for part in PARTS.values()], "most": 5 * MOST})
        for kind, part, pk in cursor:
            getattr(around, kind)[part].add(pk)
    return around


def _reports(viewer: Staff, case: Case, around: _Around, since: datetime, at: datetime) -> dict[str, list[Report]]:
    """Return the reports about the address and about each part that the viewer may see, in one query."""
    about = Q(pk__in=set().union(*around.reports.values()))
    about |= Q(home=case.home_id) if case.home_id else Q()
    rows = Report.objects.filter(about, ReportIsSeen(viewer, at=at), received_at__gte=since)
    light = rows.only("reference", "channel", "received_at", "home_id", "strands", "incident_types")
    seen = list(light.order_by("-received_at")[:MOST])
    found = {name: [each for each in seen if each.pk in around.reports[part]] for name, part in PARTS.items()}
    return {**found, "address": [each for each in seen if case.home_id and each.home_id == case.home_id]}


def _incidents(viewer: Staff, case: Case, around: _Around, since: datetime) -> dict[str, list[Incident]]:
    """Return the occasions at the address and about each part that the viewer may see, in one query."""
    alleged = around.cases[Part.RESPONSIBLE]
    about = Q(pk__in=around.incidents[Part.HARMED]) | Q(case__in=alleged)
    about |= Q(home=case.home_id) if case.home_id else Q()
    rows = Incident.objects.filter(about, recorded_at__gte=since).filter(CaseIsSeen(viewer, "case"))
    light = rows.select_related("case").only(
        "case",
        "home_id",
        "happened_from",
        "recorded_at",
        "case__reference",
        "case__state",
        "case__strands",
        "case__opened_at",
    )
    seen = list(light.order_by("-recorded_at")[:MOST])
    return {
        "address": [each for each in seen if case.home_id and each.home_id == case.home_id],
        "person_harmed": [each for each in seen if each.pk in around.incidents[Part.HARMED]],
        "person_responsible": [each for each in seen if each.case_id in alleged],
    }


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
