"""Who looks at a case as a manager, and what that look must say."""

from __future__ import annotations

from haven.accounts.choices import Role
from haven.cases.rules.seeing import Viewer
from haven.kernel.decision import Decision
from haven.policy.register import guard, record

record("3.5.1", "obligations.CaseReview", "What a manager looked at in a case, and what they decided")


@guard("3.5.1", "a case is looked at by whoever works on it, or without saying what was looked at and decided")
def may_review_case(
    by: Viewer, *, works_on_it: bool, is_open: bool, looked_at: str, decided: str
) -> Decision:
    """Decide whether somebody may record a manager's look at a case (clause 3.5.1)."""
    if not by.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE) or works_on_it:
        return Decision.no(
            "A manager looks at a case, and not one whom it was given to.",
            clause="3.5.1",
            remedy="Ask the team’s manager or the head of service.",
        )
    if not is_open:
        return Decision.no("This case is closed.", clause="3.5.1")
    if not looked_at.strip() or not decided.strip():
        return Decision.no(
            "A look at a case says what was looked at and what was decided.",
            clause="3.5.1",
            remedy="Write both, in a sentence each.",
        )
    return Decision.yes(clause="3.5.1")
