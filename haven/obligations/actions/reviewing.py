"""A manager's look at a case (clause 3.5.1)."""

from __future__ import annotations

from datetime import datetime

from haven.accounts.models import Staff
from haven.cases.actions.allocating import seen_case
from haven.cases.models import Case
from haven.cases.queries.facts import viewer_of
from haven.kernel.action import action
from haven.kernel.decision import require
from haven.obligations import rules
from haven.obligations.models import CaseReview


@action("case.reviewed")
def review_case(*, case: Case, looked_at: str, decided: str, by: Staff, at: datetime) -> CaseReview:
    """Record that a manager looked at a case, what they looked at and what they decided (3.5.1).

    Raises Refused for whoever works on the case, and for a look that says nothing.
    """
    locked = seen_case(case, by)
    works_on_it = by.pk in (locked.caseworker_id, locked.stand_in_id)
    require(
        rules.may_review_case(
            viewer_of(by), works_on_it=works_on_it, is_open=locked.is_open, looked_at=looked_at, decided=decided
        )
    )
    return CaseReview.objects.create(
        case=locked, looked_at=looked_at.strip(), decided=decided.strip(), at=at, by=by
    )
