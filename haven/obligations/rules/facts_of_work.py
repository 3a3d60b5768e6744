"""The frozen facts about the work on a case: who is harmed, plans, what happened, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmedFacts:
    """Somebody harmed in a case, and whether it is they who made this report."""

    person: int
    case: int
    since: datetime
    until: datetime | None = None
    has_reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A version of somebody's plan that they agreed to."""

    id: int
    case: int
    person: int
    agreed_at: datetime
    is_whole: bool = True
    keeps_safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A step of an agreed plan that is ours, or another agency's: by when, and what became of it."""

    id: int
    case: int
    agreed_at: datetime
    due_at: datetime | None = None
    is_promise: bool = False
    done_at: datetime | None = None
    not_done_at: datetime | None = None
    not_wanted_at: datetime | None = None
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """Something that happened in a case, and when we learnt of it; its kind says what follows (`events.FOLLOWS`)."""

    kind: str
    id: int
    case: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """That a manager looked at a case and decided how it goes on."""

    id: int
    case: int
    at: datetime
