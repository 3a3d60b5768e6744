"""What is owed once a case is closed: the letter, a call some weeks later, and the question how we did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from haven.obligations.rules import clocks
from haven.obligations.rules.facts import CaseFacts, ClosedFacts, Owed, ReportFacts
from haven.obligations.rules.owing import changed, owe


def of_closing(report: ReportFacts) -> Iterator[Owed]:
    """Give what is owed after the closing of the cases that this report leads."""
    for case in report.cases:
        if case.leading_report == report.id:
            for closed in report.closed:
                if closed.case == case.id:
                    yield from _after(report, case, closed)


def _after(report: ReportFacts, case: CaseFacts, closed: ClosedFacts) -> Iterator[Owed]:
    if closed.in_writing:
        minute = closed.at.replace(second=0, microsecond=0)  # times of contacts are written down to the minute
        told = [each.at for each in report.messages if not each.from_person and each.at >= minute]
        told += [each.at for each in report.contacts if each.case == case.id and each.is_word and each.at >= minute]
        yield _owed(report, case, closed, "closure_letter", clocks.closure_letter_due(closed), told)
    heard = [each.at for each in report.contacts if each.case == case.id and each.is_two_way and each.at > closed.at]
    heard += [each.at for each in report.messages if each.from_person and each.at > closed.at]
    yield _owed(report, case, closed, "aftercare", clocks.aftercare_due(closed), heard)
    yield _owed(report, case, closed, "survey", clocks.survey_due(closed), [])


def _owed(
    report: ReportFacts, case: CaseFacts, closed: ClosedFacts, key: str, due_at: datetime, met: list[datetime]
) -> Owed:
    owed = owe(report, key, due_at, met_at=min(met, default=None))
    return changed(owed, case=case.id, team=case.team, staff=case.caseworker, starts_at=closed.at)
