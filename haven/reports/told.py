"""Everything that a report says, typed (DOMAIN.md 2.2); how it was asked is in questions.py.

Codes come from the policy pack. An empty field was not asked or not answered; `non_answers` says which of the three
(not answered, does not know, prefers not to say) it was, by the question's code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from haven.people.choices import Method, Safe
from haven.reports.choices import Identity, NonAnswer, Scope

WAYS = ("call", "text", "email", "letter", "visit", "voicemail", "withheld_number")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class SafeWays:
    """How somebody can be reached without harm (DOMAIN.md 2.3); a way that is not listed is not known to be safe."""

    preferred: Method = Method.NONE
    safe: Mapping[str, Safe] = field(default_factory=_nothing)
    number: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    who_else_sees: str = ""
    name_to_use: str = ""
    code_word: str = ""
    venue: str = ""
    advocate: str = ""
    notes: str = ""

    @property
    def details(self) -> dict[str, str]:
        """Return the particulars that were given, as a safe contact keeps them."""
        names = (
            "number", "email", "address", "hours", "who_else_sees", "name_to_use", "code_word", "venue", "advocate",
            "notes",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, kw_only=True)
class NeedsTold:
    """What somebody needs so that they can be heard (clause 3.4.3)."""

    spoken: str = ""
    written: str = ""
    interpreter: str = ""
    formats: tuple[str, ...] = ()
    interviewer: str = ""
    other: str = ""

    def __bool__(self) -> bool:
        return any((self.spoken, self.written, self.interpreter, self.formats, self.interviewer, self.other))


@dataclass(frozen=True, kw_only=True)
class Someone:
    """A person as a report names or describes them."""

    name: str = ""
    also_known_as: str = ""
    birth: str = ""
    telephone: str = ""
    email: str = ""
    description: str = ""
    ways: SafeWays | None = None
    needs: NeedsTold | None = None

    def __bool__(self) -> bool:
        told = (self.name, self.also_known_as, self.birth, self.telephone, self.email, self.description)
        return any(told) or bool(self.needs) or (self.ways is not None and self.ways != SafeWays())


@dataclass(frozen=True, kw_only=True)
class Told:
    """One statement, as told; only the account and the danger answer are compulsory (clause 3.2.1)."""

    account: str
    danger: tuple[str, ...]
    language: str = "en"

    role: str = ""
    relation: str = ""
    harmed_knows: str = ""
    authority: str = ""
    identity: Identity = Identity.ANONYMOUS
    may_learn_identity: bool = False
    reporter: Someone | None = None
    harmed: Someone | None = None

    when_kind: str = ""
    happened_from: date | None = None
    happened_to: date | None = None
    is_ongoing: bool = False
    when_words: str = ""

    place: str = ""
    home_id: int | None = None
    place_words: str = ""

    strands: tuple[str, ...] = ()
    why_words: str = ""
    incident_types: tuple[str, ...] = ()

    history: str = ""
    history_words: str = ""
    getting_worse: str = ""

    responsible: tuple[Someone, ...] = ()
    responsible_kinds: tuple[str, ...] = ()
    responsible_home: str = ""
    vehicle: str = ""
    weapons: str = ""
    has_key: str = ""

    harm: tuple[str, ...] = ()
    harm_words: str = ""
    children: str = ""
    children_words: str = ""

    evidence: str = ""
    evidence_at_risk: str = ""
    witnesses: tuple[Someone, ...] = ()
    police_told: str = ""
    police_reference: str = ""
    police_ways: tuple[str, ...] = ()
    others_told: str = ""

    permissions: Mapping[str, Scope] = field(default_factory=_nothing)
    wants: tuple[str, ...] = ()
    wants_words: str = ""
    needs: tuple[str, ...] = ()
    needs_words: str = ""

    non_answers: Mapping[str, NonAnswer] = field(default_factory=_nothing)
    answers: Mapping[str, Any] = field(default_factory=_nothing)
    """Every answer by question code, as the form kept it; worked out from the rest where it is empty."""
