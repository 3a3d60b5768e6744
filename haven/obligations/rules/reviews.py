"""A manager looks at a case, and referring children who are affected is decided."""

from __future__ import annotations

from collections.abc import Iterator

from haven.obligations.rules.clocks_of_work import children_due, manager_review_due
from haven.obligations.rules.events import occasion_of
from haven.obligations.rules.facts import CaseFacts, Owed, ReportFacts
from haven.obligations.rules.owing import of_case, owe
from haven.obligations.rules.risks import band_from, sooner

CHILDREN = "children"
"""The event that somebody said that children are affected; each time it is said anew in a case, once a case is enough."""


def of_reviews_by_managers(report: ReportFacts, case: CaseFacts) -> Iterator[Owed]:
    """Give a manager's next look at a case that this report leads: from its opening, and from each look to the next."""
    looked = sorted((each for each in report.reviews if each.case == case.id), key=lambda each: (each.at, each.id))
    starts = [(case.opened_at, ""), *((each.at, f"review {each.id}") for each in looked)]
    for (starts_at, occasion), following in zip(starts, [*looked, None], strict=True):
        due_at = manager_review_due(starts_at, band_from(report, case.id, starts_at))
        due_at = sooner(report, case.id, "case_review", starts_at, due_at)
        owed = owe(report, "case_review", due_at, met_at=following.at if following else None)
        urgency = min(case.urgency, report.urgency)
        yield of_case(owed, case, starts_at=starts_at, occasion=occasion, staff=None, urgency=urgency)


def of_children(report: ReportFacts, case: CaseFacts) -> Iterator[Owed]:
    """Give the decision about children, from when an answer first said that they are affected (clause 3.4.3(d))."""
    said = [each for each in report.events if each.case == case.id and each.kind == CHILDREN]
    if said:
        first = min(said, key=lambda each: (each.at, each.id))
        owed = owe(report, "children_referral", children_due(first))
        urgency = min(case.urgency, report.urgency)
        yield of_case(owed, case, starts_at=first.at, occasion=occasion_of(first), urgency=urgency)
