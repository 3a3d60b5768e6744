"""What staff record about people: who they are, how to reach them safely, what they need, who is one person.

Whoever calls these has asked `cases.access` whether that member of staff may know of the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from haven.accounts.models import Staff
from haven.kernel.action import action, note, touch
from haven.kernel.decision import require
from haven.kernel.models import SealingKey
from haven.people import rules
from haven.people.choices import Method, Origin, Safe
from haven.people.models import Needs, Person, SafeContact

WAYS = ("call", "text", "email", "letter", "visit", "voicemail", "withheld_number")
_NEEDED = {
    Method.CALL: "call",
    Method.TEXT: "text",
    Method.EMAIL: "email",
    Method.LETTER: "letter",
    Method.IN_PERSON: "visit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How somebody can be reached without harm, as they told a member of staff."""

    preferred: str = Method.NONE
    safe: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsSaid:
    """What somebody needs so that they can be heard, as they told a member of staff."""

    spoken: str = ""
    written: str = ""
    interpreter: str = ""
    formats: Sequence[str] = ()
    interviewer: str = ""
    other: str = ""


@action("person.recorded")
def record_person(
    *,
    name: str = "",
    also_known_as: str = "",
    description: str = "",
    telephone: str = "",
    email: str = "",
    birth: str = "",
    by: Staff,
    at: datetime,
) -> Person:
    """Record somebody who was told of, sealed with a key of their own."""
    return Person.objects.create(
        sealing_key=SealingKey.objects.create_for("person"),
        origin=Origin.TOLD,
        name=name.strip() or None,
        also_known_as=also_known_as.strip() or None,
        description=description.strip() or None,
        telephone=telephone.strip() or None,
        email=email.strip() or None,
        birth=birth.strip() or None,
        created_at=at,
    )


@action("person.safe_contact_recorded")
def record_safe_contact(
    *, person: Person, ways: Ways, seen: int | None = None, by: Staff, at: datetime
) -> SafeContact:
    """Add a version of how somebody can be reached; what nobody said is not known, and so not used (3.3.3).

    Raises Refused where `seen` is not the latest version: somebody else recorded another meanwhile (3.5.1).
    """
    _require_as_seen(SafeContact, person, seen)
    safe = {way: ways.safe.get(way, Safe.UNKNOWN) for way in WAYS}
    needed = _NEEDED.get(Method(ways.preferred))
    require(rules.may_prefer(preferred=Method(ways.preferred).label, safe=safe[needed] if needed else None))
    require(rules.may_name_times(ways.details.get("times", "")))
    details = {name: text.strip() for name, text in ways.details.items() if text.strip()}
    note(preferred=ways.preferred, person=person.pk, **safe)
    return SafeContact.objects.create(
        person=person, at=at, preferred=ways.preferred, details=details or None, confirmed_at=at, **safe
    )


@action("person.safe_contact_confirmed")
def confirm_safe_contact(*, contact: SafeContact, person: Person, by: Staff, at: datetime) -> SafeContact:
    """Add a version that says the same as before and was confirmed now (DOMAIN.md 2.3)."""
    note(person=person.pk)
    safe = {way: getattr(contact, way) for way in WAYS}
    return SafeContact.objects.create(
        person=person, at=at, preferred=contact.preferred, details=contact.details, confirmed_at=at, **safe
    )


@action("person.needs_recorded")
def record_needs(*, person: Person, needs: NeedsSaid, seen: int | None = None, by: Staff, at: datetime) -> Needs:
    """Add a version of what somebody needs so that they can be heard (3.4.3); `seen` as for the safe contact."""
    _require_as_seen(Needs, person, seen)
    note(person=person.pk, spoken=needs.spoken, written=needs.written, interpreter=needs.interpreter)
    return Needs.objects.create(
        person=person,
        at=at,
        spoken=needs.spoken,
        written=needs.written,
        interpreter=needs.interpreter,
        formats=list(needs.formats),
        interviewer=needs.interviewer.strip() or None,
        other=needs.other.strip() or None,
    )


def _require_as_seen(kind: type[SafeContact] | type[Needs], person: Person, seen: int | None) -> None:
    """Lock the person's row and refuse whoever had another version in front of them than the latest; 0 is none."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    latest = kind.objects.filter(person=person).order_by("-at", "-pk").values_list("pk", flat=True).first()
    require(rules.is_as_seen(seen=seen, now=latest or 0))


@action("person.confirmed_same")
def confirm_same_person(*, person: Person, same_as: Person, by: Staff, at: datetime) -> Person:
    """Confirm that two records are one person; nothing is merged, and it can be taken back (3.5.1)."""
    rows = Person.objects.select_for_update().in_bulk([person.pk, same_as.pk])
    first, root = rows[person.pk], rows[same_as.pk].one_person
    require(rules.may_be_one_person(are_same_record=person.pk == same_as.pk, are_one_already=first.one_person == root))
    before = first.one_person
    Person.objects.filter(same_as=before).exclude(pk=root).update(same_as=root)
    Person.objects.filter(pk=before).update(same_as=root)
    touch(*_records_of(root))
    note(person=person.pk, same_as=same_as.pk)
    person.refresh_from_db(fields=["same_as"])
    return person


@action("person.taken_apart")
def take_apart(*, person: Person, by: Staff, at: datetime) -> Person:
    """Take back that a record is the same person as others."""
    touch(*_records_of(person.one_person))
    heirs = list(Person.objects.select_for_update().filter(same_as=person.pk).order_by("pk"))
    if heirs:
        Person.objects.filter(pk=heirs[0].pk).update(same_as=None)
        Person.objects.filter(pk__in=[heir.pk for heir in heirs[1:]]).update(same_as=heirs[0].pk)
    Person.objects.filter(pk=person.pk).update(same_as=None)
    note(person=person.pk)
    person.refresh_from_db(fields=["same_as"])
    return person


def _records_of(one_person: int) -> QuerySet[Person]:
    """Return every record of one person: what is owed in their cases may hang on who is whom."""
    return Person.objects.filter(Q(pk=one_person) | Q(same_as=one_person)).only("pk")
