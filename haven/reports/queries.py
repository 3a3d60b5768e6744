"""Reads without a viewer, for acts, rules and the person's own pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Upper

from haven.homes.models import Property
from haven.people.models import Person, SafeContact
from haven.reports.choices import Scope
from haven.reports.models import Alarm, Permission, Report

MOST_HOMES = 200
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


def spaced(postcode: str) -> str:
    """Return a postcode as it is written, or nothing for what cannot be a whole one."""
    kept = re.sub(r"[^A-Z0-9]", "", postcode.upper())
    return f"{kept[:-3]} {kept[-3:]}" if _POSTCODE.fullmatch(kept) else ""


def homes_at(postcode: str) -> list[tuple[int, str]]:
    """Return the landlord's homes at a whole postcode, by id and address; never who lives there."""
    whole = spaced(postcode)
    if not whole:
        return []
    found = Property.objects.annotate(at=Upper("postcode")).filter(at=whole)
    homes = sorted(found[:MOST_HOMES], key=lambda home: _natural(home.one_line))
    return [(home.pk, home.one_line) for home in homes]


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", text)]


def addresses_of(homes: Iterable[str]) -> dict[str, str]:
    """Return the address of each of these homes by its id; no query for none."""
    wanted = [int(one) for one in homes if one.isdecimal()]
    found = Property.objects.filter(pk__in=wanted) if wanted else Property.objects.none()
    return {str(home.pk): home.one_line for home in found} if wanted else {}


def latest_permissions(report: Report) -> dict[str, Scope]:
    """Return what the person allows now, by recipient; whoever is missing was not asked about."""
    rows = Permission.objects.filter(report=report).order_by("recipient", "-at", "-pk").distinct("recipient")
    return {row.recipient: Scope(row.scope) for row in rows}


def reporter_of(report: Report) -> Person | None:
    """Return the person who told us, where the report names one."""
    return Person.objects.filter(told_in__report=report, told_in__part="reporter").select_related("sealing_key").first()


def latest_safe_contact(person: Person) -> SafeContact | None:
    """Return the newest version of how somebody can be reached, or None when they never said."""
    contact = SafeContact.objects.filter(person=person).order_by("-at", "-pk").first()
    if contact is not None:
        contact.person = person
    return contact


def ringing_alarms() -> QuerySet[Alarm]:
    """Return alarms that nobody has taken yet, oldest first."""
    return Alarm.objects.filter(taken_at__isnull=True).select_related("report").order_by("raised_at")
