"""What may stand in a plan, and what may be recorded of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from haven.kernel.decision import Decision
from haven.policy.register import guard
from haven.support.choices import OURS, Answers, Covers, Development, Doer, Ended, Kind

LEAST_WORDS = 2
"""So many words at least name a need; one word is a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSaid:
    """What a step of a plan says; `template` are the landlord's own words for it, where it came from those."""

    words: str
    kind: str
    doer: str
    due_on: date | None = None
    answers: str = ""
    why: str = ""
    template: str = ""


def is_tailored(said: ItemSaid) -> bool:
    """Say whether a step names, in words of its own, a need, wish or fear of this person (clause 3.3.1)."""
    why = _bare(said.why)
    own = why not in (_bare(said.words), _bare(said.template))
    return said.answers in Answers.values and len(why.split()) >= LEAST_WORDS and own


def _bare(words: str) -> str:
    letters = "".join(each if each.isalnum() else " " for each in words.casefold())
    return " ".join(letters.split())


@guard("3.3.1", "a plan is made for somebody who is not harmed in the case")
def may_plan_for(*, is_harmed: bool, covers: str) -> Decision:
    """Decide whether a plan may be made for somebody (clause 3.3.1)."""
    if not is_harmed:
        return Decision.no(
            "A plan is agreed with people who are harmed in the case.",
            clause="3.3.1",
            remedy="Add them to the case as a person harmed.",
        )
    if covers not in Covers.values:
        return Decision.no("A plan is about safety for now, or about everything.", clause="3.3.1")
    return Decision.yes(clause="3.3.1")


@guard("3.3.1", "a second draft of a person’s plan is begun beside the first")
def may_begin_version(*, has_draft: bool) -> Decision:
    """Decide whether another version of somebody's plan may be begun (clause 3.3.1)."""
    if has_draft:
        return Decision.no(
            "There is a draft of this plan already.", clause="3.3.1", remedy="Go on with it, and agree it with them."
        )
    return Decision.yes(clause="3.3.1")


@guard("3.3.1", "a plan that was agreed is changed")
def may_change_plan(*, is_agreed: bool) -> Decision:
    """Decide whether a version of a plan may still be written in (clause 3.3.1)."""
    if is_agreed:
        return Decision.no(
            "This plan was agreed with them, so it stays as it is.",
            clause="3.3.1",
            remedy="Begin a new version, and agree it with them.",
        )
    return Decision.yes(clause="3.3.1")


@guard(("3.3.1", "3.4.1"), "a step without words, without who does it, or a promise of ours without its day")
def may_write_item(said: ItemSaid, *, today: date) -> Decision:
    """Decide whether a step may stand in a plan: what, who and, where we do it, by when (clauses 3.3.1 and 3.4.1)."""
    if not said.words.strip():
        return Decision.no("Write what will be done.", clause="3.3.1")
    if said.doer not in Doer.values or said.kind not in Kind.values:
        return Decision.no("Say who does it, and what it is about.", clause="3.3.1")
    if said.doer in OURS and said.due_on is None:
        return Decision.no(
            "What we promise needs the day by which we do it.", clause="3.4.1", remedy="Write the latest day."
        )
    if said.due_on is not None and said.due_on < today:
        return Decision.no("That day has passed.", clause="3.4.1", remedy="Write a day that can be kept.")
    if bool(said.why.strip()) != bool(said.answers) or (said.answers and said.answers not in Answers.values):
        return Decision.no(
            "Say whether it answers a need, a wish or a fear, and which one.",
            clause="3.3.1",
            remedy="Write it in their words, or leave both empty.",
        )
    return Decision.yes(clause="3.3.1")


@guard("3.4.1", "a step is ended without its day, without a reason, or before anybody agreed it")
def may_end_item(
    *, is_agreed: bool, outcome: str, done_on: date | None, reason: str, written_on: date, today: date
) -> Decision:
    """Decide whether it may be recorded what became of a step (clause 3.4.1)."""
    if not is_agreed:
        return Decision.no("Nobody has agreed this plan yet.", clause="3.4.1", remedy="Agree it with them first.")
    if outcome not in Ended.values:
        return Decision.no("It was done, it was not, or they no longer want it.", clause="3.4.1")
    if outcome != Ended.DONE:
        return _with_a_reason(outcome, reason)
    if done_on is None:
        return Decision.no("Say on which day it was done.", clause="3.4.1")
    if not written_on <= done_on <= today:
        return Decision.no(
            "It was not done on that day.", clause="3.4.1", remedy="Write a day since it was put into the plan, up to today."
        )
    return Decision.yes(clause="3.4.1")


def _with_a_reason(outcome: str, reason: str) -> Decision:
    if not reason.strip():
        whose = "their reason" if outcome == Ended.NOT_WANTED else "the reason"
        return Decision.no("It needs a reason.", clause="3.4.1", remedy=f"Write {whose}.")
    return Decision.yes(clause="3.4.1")


@guard("3.4.1", "a development of no known kind, or learnt of in the future")
def may_record_development(*, kind: str, learnt_at: datetime, at: datetime) -> Decision:
    """Decide whether something that happened may be recorded (clause 3.4.1)."""
    if kind not in Development.values:
        return Decision.no("Say what kind of thing happened.", clause="3.4.1")
    if learnt_at > at:
        return Decision.no("This time has not come yet.", clause="3.4.1", remedy="Write when we learnt of it.")
    return Decision.yes(clause="3.4.1")
