"""The whole scan: every finder over a text, each stretch named once, the most telling kind first."""

from __future__ import annotations

from collections.abc import Iterable

from haven.confidentiality.shield.contacts import found_contacts
from haven.confidentiality.shield.facts import Finding, Kind, Protected
from haven.confidentiality.shield.names import found_names
from haven.confidentiality.shield.phrases import found_phrases
from haven.confidentiality.shield.places import found_places
from haven.confidentiality.shield.times import found_times

VERSION = 1
"""Kept with every check; a check by an older shield is made again."""
_FIRST = {kind: place for place, kind in enumerate(Kind)}


def scan(text: str, protected: Protected, *, language: str = "en") -> tuple[Finding, ...]:
    """Return what in a text would give somebody away, in the order of the text (clause 3.3.3; DOMAIN.md 7.7)."""
    is_english = language.split("-")[0] == "en"
    found = [
        *found_names(text, protected),
        *found_places(text, protected),
        *found_contacts(text, protected),
        *found_times(text, protected),
        *found_phrases(text, protected, is_english=is_english),
    ]
    return tuple(sorted(_once(found)))


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Keep the widest of the findings that lie within one another; of equals the most telling kind."""
    kept: list[Finding] = []
    for each in sorted(set(found), key=lambda one: (-(one.end - one.start), _FIRST[one.kind], one.start)):
        if not any(other.start <= each.start and each.end <= other.end for other in kept):
            kept.append(each)
    return kept
