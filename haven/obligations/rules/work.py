"""What the work on a case owes besides the first days: plans, responses to danger, a manager's look, news of events."""

from __future__ import annotations

from collections.abc import Iterator

from haven.obligations.rules.events import of_events
from haven.obligations.rules.facts import Owed, ReportFacts
from haven.obligations.rules.plans import of_plans
from haven.obligations.rules.responses import of_bands
from haven.obligations.rules.reviews import of_children, of_reviews_by_managers


def of_work(report: ReportFacts) -> Iterator[Owed]:
    """Give what is owed in the cases that this report leads, and the news that whoever made it is owed."""
    for case in report.cases:
        if case.leading_report == report.id:
            yield from of_plans(report, case)
            yield from of_bands(report, case)
            yield from of_reviews_by_managers(report, case)
            yield from of_children(report, case)
    yield from of_events(report)
