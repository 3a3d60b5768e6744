"""Reads of people without a viewer: who bears the same name, and the latest safe contact and needs of many at once.

Whoever shows the answers to somebody first asks `cases.access` what that viewer may know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from haven.kernel.words import query_tokens, skeleton, token, words_of
from haven.people.models import Needs, Person, SafeContact

MOST_CANDIDATES = 150


@dataclass(frozen=True, slots=True)
class Match:
    """A person whose name is the same as another's ("same") or sounds like it ("sounds"), or who was confirmed."""

    person: Person
    why: str


def group_of(persons: Iterable[Person]) -> set[int]:
    """Return the ids of every record that was confirmed to be one of these persons, their own included."""
    roots = {person.one_person for person in persons}
    return roots | set(Person.objects.filter(same_as__in=roots).values_list("pk", flat=True))


def named_like(words: str) -> QuerySet[Person]:
    """Return the persons whose names hold every one of these words: whole, as a beginning, or by its sound."""
    wanted = query_tokens(words)
    if not wanted:
        return Person.objects.none()
    rows = Person.objects.all()
    for any_of in wanted:
        rows = rows.filter(tokens__overlap=any_of)
    return rows


def names_like(persons: Collection[Person]) -> QuerySet[Person]:
    """Return the newest persons, these apart, whose whole name is the same as one of theirs or sounds alike."""
    alike = Q(pk__in=[])
    for tokens in _names_of(persons).values():
        alike |= _all_of(tokens)
    own = [person.pk for person in persons]
    return Person.objects.filter(alike).exclude(pk__in=own).order_by("-pk")[:MOST_CANDIDATES]


def same_names(persons: Collection[Person], candidates: Collection[Person]) -> dict[int, list[Match]]:
    """Return, for each named person, the candidates whose whole name is the same or sounds alike."""
    own = {person.pk for person in persons}
    others = [each for each in candidates if each.pk not in own]
    return {pk: _matches(tokens, others) for pk, tokens in _names_of(persons).items()}


def latest_safe_contact(persons: Collection[int]) -> dict[int, SafeContact]:
    """Return the newest safe contact of each of these persons who has one (DOMAIN.md 2.3)."""
    rows = SafeContact.objects.filter(person__in=persons).order_by("person", "-at", "-pk").distinct("person")
    return {row.person_id: row for row in rows.select_related("person__sealing_key")}


def latest_needs(persons: Collection[int]) -> dict[int, Needs]:
    """Return the newest needs of each of these persons who has any (clause 3.4.3)."""
    rows = Needs.objects.filter(person__in=persons).order_by("person", "-at", "-pk").distinct("person")
    return {row.person_id: row for row in rows.select_related("person__sealing_key")}


def _names_of(persons: Iterable[Person]) -> dict[int, list[tuple[int, int | None]]]:
    found = {person.pk: _name_tokens(person.name) for person in persons if person.name}
    return {pk: tokens for pk, tokens in found.items() if tokens}


def _name_tokens(name: str) -> list[tuple[int, int | None]]:
    """Return, for each word of a name, the token of the word and that of its sound."""
    return [(token("w", word), token("s", skeleton(word)) if skeleton(word) else None) for word in words_of(name)]


def _all_of(tokens: Sequence[tuple[int, int | None]]) -> Q:
    every = Q()
    for word, sound in tokens:
        every &= Q(tokens__overlap=[word] if sound is None else [word, sound])
    return every


def _matches(tokens: Sequence[tuple[int, int | None]], candidates: Iterable[Person]) -> list[Match]:
    found = []
    for candidate in candidates:
        theirs = set(candidate.tokens)
        if all(word in theirs for word, _ in tokens):
            found.append(Match(candidate, "same"))
        elif all(word in theirs or sound in theirs for word, sound in tokens):
            found.append(Match(candidate, "sounds"))
    return found
