"""How a report becomes part of a case: rows shared by the acts of triage, written inside them and never alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from haven.accounts.models import Staff, Team
from haven.cases.choices import Part, Perceiver, Restriction, Source
from haven.cases.locks import spread_conflicts
from haven.cases.models import (
    Case,
    CaseAccess,
    CasePerson,
    CaseReport,
    Finding,
    Incident,
    IncidentPerson,
    IncidentStrand,
)
from haven.cases.rules.patterns import is_hate_related
from haven.kernel.clock import LONDON
from haven.kernel.models import SealingKey
from haven.kernel.references import new_reference
from haven.policy.pack import pack
from haven.reports.choices import Role
from haven.reports.models import Report, ReportPerson

PREFIX = "HC"
PARTS = {
    "reporter": Part.REPORTER,
    "harmed": Part.HARMED,
    "responsible": Part.RESPONSIBLE,
    "witness": Part.WITNESS,
}
PATTERN_TYPES = frozenset({"HARASSMENT_PATTERN", "STALKING"})
"""Incident types by which somebody says that it happens again and again."""
PERCEIVERS = {
    Role.VICTIM: Perceiver.VICTIM,
    Role.WITNESS: Perceiver.WITNESS,
    Role.STAFF: Perceiver.STAFF,
}


def new_case(
    *,
    report: Report,
    team: Team,
    caseworker: Staff | None,
    summary: str,
    by: Staff,
    at: datetime,
    reopens: Case | None = None,
) -> Case:
    """Save a new case under a fresh reference; sealed at once where somebody who works here may be responsible."""
    before = reopens.restriction if reopens else Restriction.TEAM
    case = Case(
        sealing_key=SealingKey.objects.create_for("case"),
        opened_at=at,
        opened_by=by,
        team=team,
        caseworker=caseworker,
        caseworker_since=at if caseworker else None,
        restriction=Restriction.SEALED if report.concerns_staff else before,
        home=report.home,
        urgency=report.urgency,
        summary=summary.strip() or None,
        policy_version=pack().policy.version,
        reopens=reopens,
    )
    _save(case)
    if case.restriction != Restriction.TEAM:
        CaseAccess.objects.create(case=case, staff=by, since=at)
    return case


def _save(case: Case) -> None:
    """Save under a fresh reference; tries again when the reference is taken."""
    for _attempt in range(5):
        case.reference = new_reference(PREFIX)
        try:
            with transaction.atomic():
                case.save(force_insert=True)
            return
        except IntegrityError as problem:
            if "cases_case_reference" not in str(problem):
                raise
    raise RuntimeError("five references in a row were taken")


def has_report(case: Case, report: Report) -> bool:
    """Say whether a report is in a case already."""
    return CaseReport.objects.filter(case=case, report=report).exists()


def put_report_in(*, case: Case, report: Report, by: Staff, at: datetime) -> Incident:
    """Put a report into a case: the link, its people, its occasion, its strands, and who is locked out."""
    CaseReport.objects.create(case=case, report=report, at=at)
    told = list(ReportPerson.objects.filter(report=report).order_by("pk"))
    put_people_in(case, _parts(report, told), at=at)
    incident = _occasion(case, report, by, at)
    harmed = {each.person_id for each in told if _is_harmed(report, each)}
    IncidentPerson.objects.bulk_create(IncidentPerson(incident=incident, person_id=pk) for pk in sorted(harmed))
    perceiver = PERCEIVERS.get(Role(report.role), Perceiver.OTHER) if report.role else Perceiver.OTHER
    believe(incident, report.strands, perceiver)
    refresh_strands(case)
    _perceived(case, report, by, at)
    case.urgency = min(case.urgency, report.urgency)
    case.home_id = case.home_id or report.home_id
    case.version += 1
    case.save(update_fields=["urgency", "home", "version"])
    spread_conflicts(case, at=at)
    return incident


def put_people_in(case: Case, parts: Iterable[tuple[int, str]], *, at: datetime) -> None:
    """Add people to a case in their parts, each part once."""
    there = set(CasePerson.objects.filter(case=case, until=None).values_list("person", "part"))
    new = dict.fromkeys(pair for pair in parts if pair not in there)
    CasePerson.objects.bulk_create(CasePerson(case=case, person_id=person, part=part, since=at) for person, part in new)


def carry_people(*, since: Case, into: Case, at: datetime) -> None:
    """Carry the people of a closed case over into the one that goes on from it."""
    there = CasePerson.objects.filter(case=since, until=None).order_by("pk").values_list("person", "part")
    put_people_in(into, there, at=at)
    let_in = CaseAccess.objects.filter(case=since, until=None).values_list("staff", flat=True)
    for staff in set(let_in) - set(into.let_in.filter(until=None).values_list("staff", flat=True)):
        CaseAccess.objects.create(case=into, staff_id=staff, since=at)
    spread_conflicts(into, at=at, also=since)


def believe(incident: Incident, strands: Iterable[str], perceived_by: str) -> None:
    """Keep which strands somebody perceives as the reason for an occasion."""
    IncidentStrand.objects.bulk_create(
        [
            IncidentStrand(incident=incident, strand=strand, perceived_by=perceived_by)
            for strand in dict.fromkeys(strands)
        ],
        ignore_conflicts=True,
    )


def refresh_strands(case: Case) -> None:
    """Let a case's strands follow from what is perceived of its occasions; they are never proved and never argued."""
    found = IncidentStrand.objects.filter(incident__case=case).values_list("strand", flat=True)
    case.strands = sorted(set(found))
    case.is_hate_related = is_hate_related(case.strands)
    case.save(update_fields=["strands", "is_hate_related"])


def _perceived(case: Case, report: Report, by: Staff, at: datetime) -> None:
    """Add what is perceived by a report as a finding of its own, unless the newest one says the same (3.3.2)."""
    sees_hate, sees_harassment = bool(report.strands), not PATTERN_TYPES.isdisjoint(report.incident_types)
    if not (sees_hate or sees_harassment):
        return
    value = "both" if sees_hate and sees_harassment else "hate" if sees_hate else "harassment"
    before = Finding.objects.filter(case=case, source=Source.PERCEIVED).order_by("-at", "-pk").first()
    if before is None or before.value != value:
        Finding.objects.create(case=case, source=Source.PERCEIVED, value=value, at=at, by=by)


def _is_harmed(report: Report, told: ReportPerson) -> bool:
    return told.part == "harmed" or (told.part == "reporter" and report.role == Role.VICTIM)


def _parts(report: Report, told: Iterable[ReportPerson]) -> list[tuple[int, str]]:
    """Return each person's parts in the case; somebody to whom it happened is harmed and reports."""
    parts: list[tuple[int, str]] = []
    for each in told:
        if _is_harmed(report, each):
            parts.append((each.person_id, Part.HARMED))
        if each.part in PARTS:
            parts.append((each.person_id, PARTS[each.part]))
    return parts


def _occasion(case: Case, report: Report, by: Staff, at: datetime) -> Incident:
    first, last = _midnight(report.happened_from), _midnight(report.happened_to)
    return Incident.objects.create(
        case=case,
        report=report,
        types=list(report.incident_types),
        happened_from=first,
        happened_to=last if last and (first is None or last >= first) else None,
        when_known=_when_known(report),
        place=report.place,
        home=report.home,
        recorded_at=at,
        recorded_by=by,
    )


def _when_known(report: Report) -> str:
    if report.is_ongoing:
        return "ongoing"
    if report.happened_from is None:
        return "unknown"
    same_day = report.happened_to in (None, report.happened_from)
    return "exact" if same_day else "approximate"


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=LONDON) if day else None
