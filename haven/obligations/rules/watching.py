"""Whether somebody has an open case, and whether it has gone quiet: facts in, times from which it is so out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from haven.policy import working_days
from haven.policy.bands import Band

_BANDS = {0: Band.CRITICAL, 1: Band.CRITICAL, 2: Band.HIGH, 3: Band.MEDIUM}


class Why(StrEnum):
    """Why somebody above is told of a case."""

    UNOWNED = "unowned"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of an open case; the times are None where there is no such thing."""

    case: int
    team: int
    urgency: int
    opened_at: datetime
    caseworker: int | None = None
    caseworker_since: datetime | None = None
    caseworker_works_here: bool = True
    caseworker_due: datetime | None = None
    news_due: datetime | None = None
    unspoken_since: datetime | None = None
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """From when a case counts as unowned and as quiet, if nothing more happens."""

    case: int
    team: int
    urgency: int
    unowned_from: datetime | None
    unheard_from: datetime | None
    idle_from: datetime

    @property
    def quiet_from(self) -> datetime:
        """Return the earlier of being unheard and being idle."""
        return min(self.idle_from, self.unheard_from or self.idle_from)

    def why(self, at: datetime) -> Why | None:
        """Say why somebody above is told of it at a time; a case that nobody has comes first."""
        if self.unowned_from is not None and self.unowned_from <= at:
            return Why.UNOWNED
        return Why.QUIET if self.quiet_from <= at else None


def band_of(urgency: int) -> Band:
    """Return the band that a step of urgency stands for; 0, danger that nobody has assessed, is critical."""
    return _BANDS.get(urgency, Band.STANDARD)


def watch(case: Watched) -> Watching:
    """Work out from when a case is unowned (3.4.1), and quiet: nothing two-way, or nothing done (2.0(b), 3.5.1)."""
    band = band_of(case.urgency)
    return Watching(
        case=case.case,
        team=case.team,
        urgency=case.urgency,
        unowned_from=_unowned_from(case, band),
        unheard_from=_unheard_from(case, band),
        idle_from=working_days.due("case_idle", case.acted_at or case.opened_at, band),
    )


def _unowned_from(case: Watched, band: Band) -> datetime | None:
    """A case without a caseworker past the clock, or whose caseworker no longer does casework here."""
    if case.caseworker is None:
        return case.caseworker_due or working_days.due("assign", case.opened_at, band)
    return None if case.caseworker_works_here else case.caseworker_since or case.opened_at


def _unheard_from(case: Watched, band: Band) -> datetime | None:
    """The time by which news was due, or would have been had anybody ever spoken with the person."""
    times = [case.news_due] if case.news_due else []
    if case.unspoken_since is not None:
        times.append(working_days.due("update", case.unspoken_since, band))
    return min(times, default=None)


def head_from(since: datetime, urgency: int) -> datetime:
    """Work out from when a head of service is told of a case that has been unowned or quiet since then (2.0(b))."""
    return working_days.due("upward_head", since, band_of(urgency))


def is_time_to_tell(urgency: int, at: datetime) -> bool:
    """Say whether somebody is told now: of a critical case at any hour, of others while the office is open."""
    return band_of(urgency) is Band.CRITICAL or working_days.is_office_hours(at)
