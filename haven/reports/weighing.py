"""What the policy pack says of the answers that a report gives: urgency, due time, alarm, first clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from haven.policy import working_days
from haven.policy.bands import Band
from haven.policy.pack import pack
from haven.reports import rules


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What follows from a report's answers before anybody has read it."""

    urgency: int
    band: Band
    is_danger: bool
    rings: bool
    triage_due_at: datetime
    out_of_hours: bool
    pack_version: str


def weigh(
    *, danger: Iterable[str], incident_types: Iterable[str], needs: Iterable[str], strands: Iterable[str], at: datetime
) -> Weighed:
    """Return urgency, starting band, alarm and triage time of a report that was received at `at`."""
    policy = pack()
    dangers = [policy.danger[code] for code in danger if code in policy.danger]
    types = [policy.incident_types[code] for code in incident_types if code in policy.incident_types]
    pressing = [policy.needs[code] for code in needs if code in policy.needs]
    weight = rules.Weight(
        alarm=any(one.alarm for one in dangers),
        needs_alarm=any(one.alarm for one in pressing),
        bands=(*(one.min_band for one in dangers if one.min_band), *(one.default_min_band for one in types)),
        is_hate=any(strands),
    )
    return Weighed(
        urgency=rules.urgency(weight),
        band=rules.starting_band(weight, policy.clocks.unassessed_band),
        is_danger=weight.alarm,
        rings=weight.alarm or weight.needs_alarm,
        triage_due_at=working_days.due("triage", at),
        out_of_hours=not working_days.is_office_hours(at),
        pack_version=policy.fingerprint[:16],
    )


STAFF_CONDUCT = "STAFF_CONDUCT"


def concerns_staff(*, incident_types: Iterable[str], responsible_kinds: Iterable[str]) -> bool:
    """Say whether somebody who works for the landlord may be responsible, so that the report goes past the teams."""
    kinds = pack().responsible_kinds
    works_here = any(kinds[code].works_for_landlord for code in responsible_kinds if code in kinds)
    return works_here or STAFF_CONDUCT in incident_types
