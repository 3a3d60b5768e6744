"""Finding people by name: keyed tokens, the newest first, and only where the viewer may know of them (clause 3.3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.access.sightings import Sightings, known_to, sightings_of
from haven.cases.rules.seeing import READERS
from haven.people.choices import Origin
from haven.people.models import Person
from haven.people.queries import named_like
from haven.trail.recording import record_seen

LOOKED_AT = 100
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A person who was found, and where the viewer may know them from."""

    person: Person
    seen: Sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Who was found; `are_more` says that another word would narrow it, never how many there are."""

    hits: list[Hit]
    are_more: bool = False


def search_people(viewer: Staff, words: str, *, at: datetime) -> Hits:
    """Return people of this name whom the viewer may know of: those in matters they see, then tenants by the register.

    Only the newest 100 of a name are looked at. The trail keeps that somebody searched, not for whom.
    """
    if not viewer.has(*READERS):
        return Hits(hits=[])
    newest = list(named_like(words).only("origin").order_by("-pk")[: LOOKED_AT + 1])
    allowed = [each.pk for each in known_to(viewer, newest[:LOOKED_AT], at=at)]
    record_seen(act="people.searched", subject=viewer, by=viewer, at=at, found=min(len(allowed), SHOWN + 1))
    shown = allowed[:SHOWN]
    seen = sightings_of(viewer, shown, at=at)
    persons = Person.objects.select_related("sealing_key").in_bulk(shown)
    hits = [Hit(person=persons[pk], seen=seen[pk]) for pk in shown]
    return Hits(hits=hits, are_more=len(allowed) > SHOWN or len(newest) > LOOKED_AT)


def get_person(viewer: Staff, pk: int, *, at: datetime) -> Person:
    """Return somebody whom the viewer may know of; raises Http404 whether they are absent or forbidden (3.3.3)."""
    person = Person.objects.select_related("sealing_key").filter(pk=pk).first()
    if person is None or not viewer.has(*READERS):
        raise Http404("There is nothing here under that reference.")
    if person.origin != Origin.REGISTER and not sightings_of(viewer, [pk], at=at)[pk]:
        raise Http404("There is nothing here under that reference.")
    return person
