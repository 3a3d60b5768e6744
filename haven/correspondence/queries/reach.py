"""How somebody can be reached now: the newest version of what they said is safe, as the gate reads it."""

from __future__ import annotations

from haven.correspondence.rules import Reachable
from haven.people import times
from haven.people.actions import WAYS
from haven.people.models import Person, SafeContact
from haven.people.queries import latest_safe_contact
from haven.reports.models import ReportPerson


def reachable(person: Person, contact: SafeContact | None = None) -> Reachable:
    """Return how somebody may be reached; nothing known means by no way but a code that they hold."""
    found = contact or latest_safe_contact([person.pk]).get(person.pk)
    told = ReportPerson.objects.filter(person=person, part="reporter", report__code_hash__isnull=False)
    has_code = told.exists()
    if found is None:
        return Reachable(has_code=has_code)
    details = found.details or {}
    return Reachable.of(
        found.preferred,
        {way: getattr(found, way) for way in WAYS},
        windows=times.read(str(details.get("times", ""))),
        has_code=has_code,
        hours=str(details.get("hours") or details.get("times") or ""),
    )


def address_of(person: Person) -> str:
    """Return the e-mail address that somebody said is the one to use, or the one on record."""
    found = latest_safe_contact([person.pk]).get(person.pk)
    told = str((found.details or {}).get("email") or "") if found else ""
    return told or person.email or ""


def greeting_of(person: Person) -> str:
    """Return whom they asked us to say we are, such as "Sam from the library"; none where they did not."""
    found = latest_safe_contact([person.pk]).get(person.pk)
    return str((found.details or {}).get("name_to_use") or "") if found else ""
