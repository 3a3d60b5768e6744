"""When somebody could truly not be reached, and what is owed to them then (DOMAIN.md 4.4; clauses 3.3.3(a), 3.4.1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from haven.correspondence.choices import Welfare
from haven.correspondence.rules.reaching import Reachable
from haven.kernel.clock import local_date
from haven.kernel.decision import Decision
from haven.people.times import part_of_week, parts_of_week
from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.policy.register import guard, record

record(("3.3.3(a)", "3.4.1"), "correspondence.WelfareDecision", "What was decided about somebody who cannot be reached")


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try to reach somebody since they were last heard from."""

    way: str
    at: datetime
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How far the tries go towards saying that somebody could not be reached."""

    counted: int
    uncounted: int
    attempts_missing: int
    ways_missing: int
    times_missing: int
    days_missing: int
    done_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether everything was tried that must be."""
        return self.done_at is not None


def tried(tries: Sequence[Try], known: Reachable) -> Tried:
    """Say how far the tries go: enough of them, by two safe ways, at two different safe times, over enough days.

    Where somebody named one way or one part of the week only, no second is asked for. Tries at an unsafe time or by a
    way that is not known to be safe count for nothing.
    """
    rules = pack().failed_contact
    counted = sorted((each for each in tries if each.counts), key=lambda each: each.at)
    ways = max(1, min(rules.ways, known.ways))
    times = max(1, min(rules.times, parts_of_week(known.windows)))
    done_at = None
    for number in range(len(counted), 0, -1):
        if any(_missing(counted[:number], rules.attempts, ways, times, rules.working_days)):
            break
        done_at = counted[number - 1].at
    missing = _missing(counted, rules.attempts, ways, times, rules.working_days)
    return Tried(
        counted=len(counted),
        uncounted=len(tries) - len(counted),
        attempts_missing=missing[0],
        ways_missing=missing[1],
        times_missing=missing[2],
        days_missing=missing[3],
        done_at=done_at,
    )


def _missing(counted: Sequence[Try], attempts: int, ways: int, times: int, days: int) -> tuple[int, int, int, int]:
    over = _days_between(local_date(counted[0].at), local_date(counted[-1].at)) if counted else 0
    return (
        max(0, attempts - len(counted)),
        max(0, ways - len({each.way for each in counted})),
        max(0, times - len({part_of_week(each.at) for each in counted})),
        max(0, days - over),
    )


def _days_between(first: date, last: date) -> int:
    """Return how many working days lie after the first day, up to and with the last."""
    step = timedelta(days=1)
    return sum(working_days.is_working_day(first + step * count) for count in range(1, (last - first).days + 1))


@guard("3.3.3(a)", "somebody in danger who cannot be reached is left without a thought for their welfare")
def may_decide_welfare(
    decided: str, *, is_complete: bool, bands: Collection[Band], reason: str, does_casework: bool
) -> Decision:
    """Decide whether this may be decided about somebody who cannot be reached (clause 3.3.3(a), DOMAIN.md 4.4)."""
    if not does_casework:
        return Decision.no("Caseworkers and their managers decide this.", clause="3.3.3(a)")
    if decided not in Welfare.values:
        return Decision.no("Say what was decided.", clause="3.3.3(a)")
    if not reason.strip():
        return Decision.no("There is no reason.", clause="3.3.3(a)", remedy="Write why, in a line.")
    in_danger = any(band.severity >= Band.HIGH.severity for band in bands)
    if in_danger and is_complete and decided in (Welfare.VISIT, Welfare.AGENCY):
        return Decision.no(
            "The risk is high and nothing is heard of them: silence may be a danger sign.",
            clause="3.3.3(a)",
            remedy="Ask the police to see whether they are safe, or write how you know that they are.",
        )
    return Decision.yes(clause="3.3.3(a)")
