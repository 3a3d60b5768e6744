"""Finding people by name: keyed tokens, the newest first, and only where the viewer may know of them (clause 3.3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from haven.accounts.models import Staff
from haven.cases.access.sightings import Sightings, sightings_of
from haven.cases.rules.seeing import READERS
from haven.people.choices import Origin
from haven.people.models import Person
from haven.people.queries import named_like
from haven.trail.recording import record_seen

LOOKED_AT = 500
SHOWN = 50


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

    Only the newest 500 of a name are looked at. The trail keeps that somebody searched, not for whom.
    """
    if not viewer.has(*READERS):
        return Hits(hits=[])
    newest = list(named_like(words).order_by("-pk").values_list("pk", "origin")[: LOOKED_AT + 1])
    candidates = dict(newest[:LOOKED_AT])
    record_seen(act="people.searched", subject=viewer, by=viewer, at=at, found=len(newest))
    seen = sightings_of(viewer, candidates, at=at)
    allowed = [pk for pk, origin in candidates.items() if origin == Origin.REGISTER or (pk in seen and seen[pk])]
    allowed.sort(key=lambda pk: not (seen[pk].cases or seen[pk].reports))
    persons = Person.objects.select_related("sealing_key").in_bulk(allowed[:SHOWN])
    hits = [Hit(person=persons[pk], seen=seen[pk]) for pk in allowed[:SHOWN]]
    return Hits(hits=hits, are_more=len(newest) > LOOKED_AT or len(allowed) > SHOWN)


def get_person(viewer: Staff, pk: int, *, at: datetime) -> Person:
    """Return somebody whom the viewer may know of; raises Http404 whether they are absent or forbidden (3.3.3)."""
    person = Person.objects.select_related("sealing_key").filter(pk=pk).first()
    if person is None or not viewer.has(*READERS):
        raise Http404("There is nothing here under that reference.")
    if person.origin != Origin.REGISTER and not sightings_of(viewer, [pk], at=at)[pk]:
        raise Http404("There is nothing here under that reference.")
    return person
