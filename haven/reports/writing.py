"""The rows of a report: persons, safe contact, needs, permissions; shared by the acts in actions/, each one insert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction

from haven.evidence.models import Item
from haven.kernel.models import SealingKey
from haven.kernel.references import new_reference
from haven.kernel.words import tokens_of
from haven.people.choices import Origin, Safe
from haven.people.models import Needs, Person, SafeContact
from haven.reports.choices import Scope
from haven.reports.models import Addition, Attachment, Permission, Report, ReportPerson
from haven.reports.told import WAYS, SafeWays, Someone, Told

PREFIX = "HV"
LONGEST_INDEXED = 60_000
MOST_TOKENS = 1_500
MOST_PERSONS = 40


@dataclass(frozen=True)
class Named:
    """A person of a report and the part that they have in it."""

    part: str
    someone: Someone


def tokens_for(told: Told) -> list[int]:
    """Return the search tokens of the account and of every name in it; bounded, however long the account is."""
    names = " ".join(f"{one.someone.name} {one.someone.also_known_as}" for one in persons_of(told))
    words = set(tokens_of(told.account[:LONGEST_INDEXED]))
    return sorted({*tokens_of(names, names=True), *islice(sorted(words), MOST_TOKENS)})


def persons_of(told: Told) -> list[Named]:
    """Return everybody whom a report names or describes; further ones stay in its words."""
    found = [Named("reporter", told.reporter)] if told.reporter else []
    found += [Named("harmed", told.harmed)] if told.harmed else []
    found += [Named("responsible", one) for one in told.responsible if one]
    found += [Named("witness", one) for one in told.witnesses if one]
    return found[:MOST_PERSONS]


def save_report(report: Report) -> Report:
    """Save a new report under a fresh reference; tries again when the reference is taken."""
    for _attempt in range(5):
        report.reference = new_reference(PREFIX)
        try:
            with transaction.atomic():
                report.save(force_insert=True)
            return report
        except IntegrityError as problem:
            if "reports_report_reference" not in str(problem):
                raise
    raise RuntimeError("five references in a row were taken")


def save_persons(report: Report, told: Told, keys: list[SealingKey], at: datetime) -> None:
    """Save the persons of a report with their part, safe contact and needs; one insert a table."""
    named = persons_of(told)
    persons = [_person(one.someone, key, at) for one, key in zip(named, keys, strict=True)]
    Person.objects.bulk_create(persons)
    ReportPerson.objects.bulk_create(
        ReportPerson(report=report, person=person, part=one.part) for one, person in zip(named, persons, strict=True)
    )
    both = list(zip(named, persons, strict=True))
    contacts = [safe_contact(person, one.someone.ways, at) for one, person in both if one.someone.ways]
    SafeContact.objects.bulk_create(contacts)
    Needs.objects.bulk_create(_needs(person, one.someone, at) for one, person in both if one.someone.needs)


def _person(someone: Someone, key: SealingKey, at: datetime) -> Person:
    return Person(
        sealing_key=key,
        origin=Origin.TOLD,
        name=someone.name or None,
        also_known_as=someone.also_known_as or None,
        birth=someone.birth or None,
        telephone=someone.telephone or None,
        email=someone.email or None,
        description=someone.description or None,
        tokens=tokens_of(f"{someone.name} {someone.also_known_as}"[:2_000], names=True),
        created_at=at,
    )


def safe_contact(person: Person, ways: SafeWays, at: datetime) -> SafeContact:
    """Return the next version of how somebody can be reached; ways not named are not known to be safe."""
    safe = {way: ways.safe.get(way, Safe.UNKNOWN) for way in WAYS}
    return SafeContact(
        person=person, at=at, preferred=ways.preferred, details=ways.details or None, confirmed_at=at, **safe
    )


def _needs(person: Person, someone: Someone, at: datetime) -> Needs:
    needs = someone.needs
    assert needs is not None
    return Needs(
        person=person,
        at=at,
        spoken=needs.spoken,
        written=needs.written,
        interpreter=needs.interpreter,
        formats=list(needs.formats),
        interviewer=needs.interviewer or None,
        other=needs.other or None,
    )


def save_permissions(
    report: Report, permissions: Mapping[str, Scope], *, at: datetime, how: str, language: str
) -> list[Permission]:
    """Add one row for each recipient that the person was asked about."""
    return Permission.objects.bulk_create(
        Permission(report=report, recipient=recipient, scope=scope, at=at, how=how, language=language)
        for recipient, scope in permissions.items()
    )


def attach(report: Report, items: Iterable[Item], addition: Addition | None = None) -> None:
    """Join files to a report, or to what was added to it."""
    Attachment.objects.bulk_create(Attachment(report=report, item=item, addition=addition) for item in items)
