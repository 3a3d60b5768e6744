"""What is owed, to whom it falls, and from when on nobody owes it any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from haven.obligations.rules.clocks import clause_of
from haven.obligations.rules.facts import CaseFacts, Owed, ReportFacts
from haven.policy.pack import pack
from haven.policy.working_days import local_day


def owe(
    report: ReportFacts, key: str, due_at: datetime, *, met_at: datetime | None = None, staff: int | None = None
) -> Owed:
    """Return what a report's team owes from when the report was received."""
    return Owed(
        key=key,
        clause=clause_of(key),
        report=report.id,
        starts_at=report.received_at,
        due_at=due_at,
        met_at=met_at,
        is_promise=not report.from_staff and pack().standards[key].promised_to_person,
        urgency=report.urgency,
        team=report.team,
        staff=staff,
    )


def changed(owed: Owed, **changes: Any) -> Owed:
    """Return a duty with these of its facts changed."""
    return owed._replace(**changes)


def ended(owed: Owed, at: datetime | None) -> Owed:
    """Say that nobody owes it from that time on, unless it had been met, or had ended before."""
    if owed.met_at is not None or at is None:
        return owed
    return changed(owed, ended_at=_first(at, owed.ended_at))


def of_case(owed: Owed, case: CaseFacts, **changes: Any) -> Owed:
    """Give what is owed to a case's caseworker, until the case is closed; the greater danger of the two is shown.

    `changes` are further of its facts, as they stand in the case.
    """
    until = {}
    if owed.met_at is None and case.closed_at is not None:
        until["ended_at"] = _first(case.closed_at, owed.ended_at)
    mine = {"case": case.id, "team": case.team, "staff": case.caseworker, "urgency": min(case.urgency, owed.urgency)}
    return changed(owed, **{**mine, **until, **changes})


def day_by_day(times: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    """Return the first and last of these times on each local day that has any, oldest first."""
    days: dict[object, list[datetime]] = {}
    for at in sorted(times):
        days.setdefault(local_day(at), []).append(at)
    return [(each[0], each[-1]) for each in days.values()]


def _first(at: datetime, other: datetime | None) -> datetime:
    return at if other is None else min(at, other)
