"""What is recorded in a case: people, occasions, findings, whether it is harassment (3.3.1, 3.3.2, 3.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from haven.accounts.models import Staff
from haven.cases.actions.allocating import saved, seen_case
from haven.cases.choices import Perceiver, Source
from haven.cases.making import believe, refresh_strands
from haven.cases.models import Case, CasePerson, Finding, Incident, IncidentPerson
from haven.cases.queries.facts import occasions_in, viewer_of
from haven.cases.rules import casework, patterns
from haven.homes.models import Property
from haven.kernel.action import action, note, touch
from haven.kernel.decision import require
from haven.people import actions as people
from haven.people.actions import record_person
from haven.people.models import Person
from haven.policy.pack import pack
from haven.reports.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionTold:
    """One occasion as a caseworker writes it down; empty fields are not known."""

    types: Sequence[str] = ()
    happened_from: datetime | None = None
    happened_to: datetime | None = None
    when_known: str = "unknown"
    place: str = ""
    home: Property | None = None
    may_be_crime: bool | None = None
    summary: str = ""
    strands: Sequence[str] = ()
    perceived_by: str = Perceiver.VICTIM
    harmed: Sequence[Person] = ()
    report: Report | None = None


@action("case.person_added")
def add_person(*, case: Case, person: Person, part: str, by: Staff, at: datetime) -> CasePerson:
    """Put somebody into a case in a part (3.3.1)."""
    locked = _open_case(case, by)
    there = CasePerson.objects.filter(case=locked, person=person, part=part, until=None).exists()
    require(casework.may_add_part(part=part, is_in_already=there))
    note(person=person.pk, part=part)
    touch(locked)
    return CasePerson.objects.create(case=locked, person=person, part=part, since=at)


@action("case.new_person_added")
def add_new_person(
    *,
    case: Case,
    part: str,
    name: str = "",
    also_known_as: str = "",
    description: str = "",
    telephone: str = "",
    email: str = "",
    by: Staff,
    at: datetime,
) -> CasePerson:
    """Record somebody who was not on record, and put them into a case in a part (3.3.1)."""
    _open_case(case, by)
    person = record_person(
        name=name,
        also_known_as=also_known_as,
        description=description,
        telephone=telephone,
        email=email,
        by=by,
        at=at,
    )
    return add_person(case=case, person=person, part=part, by=by, at=at)


@action("case.same_person_confirmed")
def confirm_same_person(*, case: Case, person: Person, same_as: Person, by: Staff, at: datetime) -> Case:
    """Confirm that somebody in a case is the same person as another record; nothing is merged (3.5.1)."""
    locked = _open_case(case, by)
    people.confirm_same_person(person=person, same_as=same_as, by=by, at=at)
    note(person=person.pk, same_as=same_as.pk)
    return locked


@action("case.people_taken_apart")
def take_people_apart(*, case: Case, person: Person, by: Staff, at: datetime) -> Case:
    """Take back that somebody in a case is the same person as others on record (3.5.1)."""
    locked = _open_case(case, by)
    people.take_apart(person=person, by=by, at=at)
    note(person=person.pk)
    return locked


@action("case.person_ended")
def end_part(*, case: Case, part: CasePerson, by: Staff, at: datetime) -> Case:
    """End somebody's part in a case, where they turned out not to have it; that they had it stays on record (3.3.1)."""
    locked = _open_case(case, by)
    CasePerson.objects.filter(pk=part.pk, case=locked, until=None).update(until=at)
    note(person=part.person_id, part=part.part)
    return locked


@action("case.incident_recorded")
def record_incident(*, case: Case, told: OccasionTold, by: Staff, at: datetime) -> Incident:
    """Write one occasion down, with the strands that somebody perceives and whom it was aimed at (3.3.2)."""
    locked = _open_case(case, by)
    require(casework.may_record_occasion(happened_from=told.happened_from, happened_to=told.happened_to, at=at))
    incident = Incident.objects.create(
        case=locked,
        report=told.report,
        types=list(told.types),
        happened_from=told.happened_from,
        happened_to=told.happened_to,
        when_known=told.when_known,
        place=told.place,
        home=told.home,
        may_be_crime=told.may_be_crime,
        summary=told.summary.strip() or None,
        recorded_at=at,
        recorded_by=by,
    )
    IncidentPerson.objects.bulk_create(
        IncidentPerson(incident=incident, person=person) for person in dict.fromkeys(told.harmed)
    )
    believe(incident, told.strands, told.perceived_by)
    refresh_strands(locked)
    note(types=sorted(told.types), strands=sorted(told.strands))
    touch(saved(locked))
    return incident


@action("case.finding_recorded")
def record_finding(*, case: Case, source: str, value: str, grounds: str = "", by: Staff, at: datetime) -> Finding:
    """Add a finding of one of the four sources; earlier ones and other sources' stay as they were (3.3.2)."""
    locked = seen_case(case, by)
    require(casework.may_work_on(viewer_of(by), is_open=True))
    require(casework.may_record_finding(source=source, value=value, note=grounds))
    note(source=source, value=value)
    touch(locked)
    return Finding.objects.create(case=locked, source=source, value=value, note=grounds.strip() or None, at=at, by=by)


@action("case.harassment_decided")
def decide_harassment(*, case: Case, is_harassment: bool, by: Staff, at: datetime) -> Case:
    """Say that a case is harassment, or that it is not; the rule only shows the pattern, a person decides (3.5.1)."""
    locked = _open_case(case, by)
    if is_harassment:
        course = patterns.course_of_conduct(occasions_in(locked), at_least=pack().pattern.occasions)
        perceived = Finding.objects.filter(case=locked, source=Source.PERCEIVED, value__in=["harassment", "both"])
        require(patterns.may_call_harassment(course=course, is_perceived=perceived.exists()))
    locked.is_harassment = is_harassment
    note(is_harassment=is_harassment)
    return saved(locked, "is_harassment")


def _open_case(case: Case, by: Staff) -> Case:
    """Return the locked case if `by` may work on it; shared by the acts that need it open."""
    locked = seen_case(case, by)
    require(casework.may_work_on(viewer_of(by), is_open=locked.is_open))
    return locked
