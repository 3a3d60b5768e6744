"""What may be decided about a report, and who looks at that decision again."""

from __future__ import annotations

from dataclasses import dataclass

from haven.accounts.choices import Role
from haven.cases.choices import Outcome
from haven.cases.rules.seeing import READERS, Viewer
from haven.kernel.decision import Decision
from haven.policy.register import guard

SHORTEST_REASON = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What is known when somebody decides about a report."""

    is_decided: bool
    is_unchanged: bool
    has_looked: bool
    is_further: bool = False


@guard("3.3.2", "somebody without a case role takes a report to read")
def may_take_up(by: Viewer, *, is_decided: bool) -> Decision:
    """Decide whether somebody may say that they are reading a report (3.3.2)."""
    if not by.has(*READERS):
        return Decision.no("Reports are read by caseworkers, team managers and heads of service.", clause="3.3.2")
    if is_decided:
        return Decision.no("This report has been decided already.", clause="3.3.2")
    return Decision.yes(clause="3.3.2")


@guard(
    ("3.3.2", "3.5.1"),
    "a report is decided unread, twice, or before anybody looked at who and where it may be the same as",
)
def may_decide(by: Viewer, facts: Deciding) -> Decision:
    """Decide whether somebody may decide about a report: search before create, one decision at a time (3.3.2)."""
    if not by.has(*READERS):
        return Decision.no("Reports are decided by caseworkers, team managers and heads of service.", clause="3.3.2")
    if not facts.is_unchanged:
        return Decision.no(
            "Somebody else did something with this report while you were reading it.",
            clause="3.3.2",
            remedy="See above what was done, then decide again. What you typed is kept.",
        )
    if facts.is_decided and not facts.is_further:
        return Decision.no("This report has been decided already.", clause="3.3.2")
    if not facts.has_looked:
        return Decision.no(
            "Nobody has looked yet whether these people or this home are known to us.",
            clause="3.5.1",
            remedy="Open the report and look at who and where it may be the same as.",
        )
    return Decision.yes(clause="3.3.2")


@guard("3.3.2", "a report is left without a case and without a reason that can be read")
def may_leave_without_case(*, reason: str) -> Decision:
    """Decide whether a report may be left without a case: a reason in words, which somebody else reviews (3.3.2)."""
    if len(reason.strip()) < SHORTEST_REASON:
        return Decision.no(
            f"A report that makes no case needs a reason of at least {SHORTEST_REASON} characters.",
            clause="3.3.2",
            remedy="Write why there is no case; somebody else will read it.",
        )
    return Decision.yes(clause="3.3.2")


@guard(("2.0(b)", "3.3.2"), "somebody reviews a decision of their own, or one that needs no review")
def may_review(by: Viewer, *, decided_by: int, outcome: str, is_reviewed: bool, reason: str) -> Decision:
    """Decide whether somebody may review that a report made no case: never whoever decided it (3.3.2)."""
    if outcome != Outcome.NEITHER:
        return Decision.no("Only a decision to open no case is reviewed.", clause="3.3.2")
    if is_reviewed:
        return Decision.no("Somebody has reviewed this already.", clause="3.3.2")
    if decided_by == by.id:
        return Decision.no(
            "You made this decision yourself.", clause="2.0(b)", remedy="Ask another manager to review it."
        )
    if not by.has(Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE):
        return Decision.no("Team managers and heads of service review these.", clause="2.0(b)")
    if not reason.strip():
        return Decision.no("Say in a few words why you uphold or overturn it.", clause="3.3.2")
    return Decision.yes(clause="3.3.2")


@guard("3.3.2", "a report joins a case that is closed, or reopens one that is open")
def may_use_case(outcome: str, *, case_is_open: bool, has_report_already: bool) -> Decision:
    """Decide whether a report may go into this case: join an open one, link to a closed one (3.3.2)."""
    if has_report_already:
        return Decision.no("This report is in that case already.", clause="3.3.2")
    if outcome == Outcome.JOIN and not case_is_open:
        return Decision.no(
            "That case is closed.", clause="3.3.2", remedy="Link to it: a new case is opened that goes on from it."
        )
    if outcome == Outcome.LINK and case_is_open:
        return Decision.no("That case is open.", clause="3.3.2", remedy="Let the report join it.")
    return Decision.yes(clause="3.3.2")
