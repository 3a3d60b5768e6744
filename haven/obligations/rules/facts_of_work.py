"""The frozen facts about the work on a case: who is harmed, plans, what happened, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmedFacts:
    """Somebody harmed in a case: whether they made this report, or told us anything; since when they want no contact.

    `one_person` is the same for every record of one person.
    """

    person: int
    one_person: int
    case: int
    since: datetime
    until: datetime | None = None
    has_reported: bool = False
    has_told: bool = False
    unwanted_since: datetime | None = None

    @property
    def no_longer_since(self) -> datetime | None:
        """Return since when nobody owes them a word: not harmed in the case any more, or no contact wanted."""
        return min((at for at in (self.until, self.unwanted_since) if at is not None), default=None)


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
