"""What has happened in a case that calls for another look at the danger, named for the pages (clause 3.3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haven.cases.models import Case
from haven.obligations.queries.facts import facts_of
from haven.obligations.rules import duties_of
from haven.obligations.rules.events import FOLLOWS, asking_to_look
from haven.reports.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that calls for another look, in words, and when we learnt of it."""

    kind: str
    words: str
    at: datetime


def causes_to_look(case: Case) -> list[Cause]:
    """Return everything in a case that ever called for another look at the danger, oldest first; three queries."""
    reports = facts_of(Report.objects.filter(case_links__case=case))
    lead = next((each for each in reports for one in each.cases if (one.id, one.leading_report) == (case.pk, each.id)), None)
    if lead is None:
        return []
    asked = asking_to_look(lead, case.pk, duties_of(lead))
    return [Cause(kind=each.kind, words=FOLLOWS[each.kind].words, at=each.at) for each in asked]
