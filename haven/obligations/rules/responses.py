"""What a band of danger must at least cause, for as long as it holds (DOMAIN 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from haven.obligations.rules.clocks_of_work import RESPONSES
from haven.obligations.rules.facts import CaseFacts, Owed, ReportFacts
from haven.obligations.rules.owing import ended, of_case, owe
from haven.obligations.rules.risks import steps_told
from haven.policy.bands import Band

FOR_MANAGERS = frozenset({"manager_alert", "case_review"})
"""Duties that a manager owes, and not the caseworker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """That the danger in a case was in certain bands from one time to another; `by` says what put it there."""

    since: datetime
    by: str
    until: datetime | None = None


def spans(report: ReportFacts, case: int, bands: frozenset[Band]) -> list[Span]:
    """Return when the greatest danger to anybody in a case was in these bands: as told, and then as assessed."""
    found: list[Span] = []
    for since, band, by in steps_told(report, case):
        open_one = found[-1] if found and found[-1].until is None else None
        if band in bands and open_one is None:
            found.append(Span(since=since, by=by))
        elif band not in bands and open_one is not None:
            found[-1] = replace(open_one, until=since)
    return found


def of_bands(report: ReportFacts, case: CaseFacts) -> Iterator[Owed]:
    """Give what the danger in a case that this report leads must at least cause."""
    if not case.can_be_assessed or not _is_ever_high(report, case.id):
        return
    for key, (bands, due) in RESPONSES.items():
        for span in spans(report, case.id, bands):
            yield _response(report, case, key, due(span.since), span)


def _is_ever_high(report: ReportFacts, case: int) -> bool:
    return any(band.severity >= Band.HIGH.severity for _, band, _ in steps_told(report, case))


def _response(report: ReportFacts, case: CaseFacts, key: str, due_at: datetime, span: Span) -> Owed:
    met_at = None
    if key == "second_caseworker" and case.stand_in_since is not None:
        met_at = max(case.stand_in_since, span.since)
    owed = ended(owe(report, key, due_at, met_at=met_at), span.until)
    staff = None if key in FOR_MANAGERS else case.caseworker
    urgency = min(case.urgency, report.urgency)
    return of_case(owed, case, starts_at=span.since, occasion=span.by, staff=staff, urgency=urgency)
