"""What may be proposed, recorded, approved, carried out and ended, and by whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from haven.cases.rules.seeing import Viewer
from haven.interventions.choices import Ending, Result, Served
from haven.interventions.rules.conditions import is_shielded
from haven.interventions.rules.facts import RANKS, Gate
from haven.kernel.decision import Decision
from haven.policy.bands import Band
from haven.policy.pack.tables_tools import Tool
from haven.policy.register import guard

CLAUSE = "3.5.2"
MEETING = "3.5.2(c)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is known when somebody proposes a step."""

    is_responsible: bool
    is_in_preparation: bool
    is_hate: bool
    band: Band | None
    is_asked_for: bool
    asker_is_harmed: bool
    has_other_step: bool
    purpose: str


@guard((CLAUSE, MEETING), "mediation is pushed: where it is blocked, or as the first offer; or a step at nobody")
def may_propose(tool: Tool, proposal: Proposal) -> Decision:
    """Decide whether a step may be proposed; no ladder is compulsory, so none is asked for (3.5.2, 3.5.2(c))."""
    if not proposal.is_responsible:
        return Decision.no(
            "A step is about somebody who may be responsible in the case.",
            clause=CLAUSE,
            remedy="Add them to the case as the person responsible (alleged).",
        )
    if proposal.is_in_preparation:
        return Decision.no("This step is being prepared already.", clause=CLAUSE, remedy="Go on with that one.")
    if not proposal.purpose.strip():
        return Decision.no(
            "Say what this step is to achieve, and why this one.", clause=CLAUSE, remedy="Write it in a sentence or two."
        )
    if proposal.is_asked_for and not proposal.asker_is_harmed:
        return Decision.no(
            "Only a person harmed in this case can ask for it in this way.", clause=MEETING, remedy="Say who asked for it."
        )
    if proposal.is_asked_for:
        return Decision.yes(clause=CLAUSE)
    return _may_be_offered(tool, proposal)


def _may_be_offered(tool: Tool, proposal: Proposal) -> Decision:
    blocked = proposal.band is None or proposal.band in tool.blocked_bands
    if tool.blocked_bands and proposal.is_hate and blocked:
        danger = f"the risk is {proposal.band}" if proposal.band else "nobody has assessed the risk"
        return Decision.no(
            f"{tool.label} is not offered where hate is perceived and {danger}.",
            clause=MEETING,
            remedy="Choose a step that protects. The person harmed may ask for it herself or himself, freely.",
        )
    if tool.never_first and not proposal.has_other_step:
        return Decision.no(
            f"{tool.label} is never the first or only offer.",
            clause=MEETING,
            remedy="Take another step first, or let the person harmed ask for it.",
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "something is recorded for a step that has been carried out or has ended")
def may_prepare(*, is_done: bool, is_over: bool) -> Decision:
    """Decide whether a step is still being prepared (3.5.2)."""
    if is_over:
        return Decision.no("This step has ended.", clause=CLAUSE, remedy="Propose another one.")
    if is_done:
        return Decision.no(
            "This step has been carried out: what led to it stays as it was.", clause=CLAUSE, remedy="Record what came of it."
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "somebody below a manager goes against a wish, without reason or plan, or before telling the person")
def may_go_against(
    by: Viewer, *, rank_needed: int, is_against: bool, reason: str, plan: str, in_place: str, told_at: datetime, at: datetime
) -> Decision:
    """Decide whether somebody may go against the wishes of a person harmed: a level up, and telling them first (3.5.2)."""
    if not is_against:
        return Decision.no("This person has not said that they do not want the step.", clause=CLAUSE)
    if rank_of(by) < rank_needed:
        return Decision.no(
            "Going against somebody’s wishes is decided a level above whoever approves the step.",
            clause=CLAUSE,
            remedy="Ask the head of service." if rank_needed == max(RANKS.values()) else "Ask the team’s manager.",
        )
    if not (reason.strip() and plan.strip() and in_place.strip()):
        return Decision.no(
            "Going against somebody’s wishes needs a reason, a safety plan, and what of it is in place already.",
            clause=CLAUSE,
            remedy="Write all three.",
        )
    if told_at > at:
        return Decision.no(
            "They must have been told that their wishes are not followed.", clause=CLAUSE, remedy="Tell them first."
        )
    return Decision.yes(clause=CLAUSE)


def rank_of(by: Viewer) -> int:
    """Return the highest rank in which somebody approves, or -1 for nobody who does."""
    return max((rank for role, rank in RANKS.items() if by.has(role)), default=-1)


def rank_above(rank: int) -> int:
    """Return the next rank up; nothing is above a head of service."""
    return min(rank + 1, max(RANKS.values()))


@guard(CLAUSE, "a step is approved by who prepared it, or below its level, or a text that they have not seen")
def may_approve(
    by: Viewer, *, rank_needed: int, prepared_by: Collection[int], is_waiting: bool, is_text_seen: bool
) -> Decision:
    """Decide whether somebody may approve or send back a step: another person, at the level that it needs (3.5.2)."""
    if not is_waiting:
        return Decision.no("Nobody has asked for approval of this step.", clause=CLAUSE, remedy="It is being prepared.")
    if by.id in prepared_by:
        return Decision.no(
            "Whoever proposed, wrote or checked it cannot approve it.", clause=CLAUSE, remedy="Ask somebody else to look at it."
        )
    if rank_of(by) < rank_needed:
        return Decision.no("This step needs approval at a higher level.", clause=CLAUSE, remedy="Ask a manager.")
    if not is_text_seen:
        return Decision.no(
            "The text was changed since you opened it.", clause=CLAUSE, remedy="Read it as it is now, and decide then."
        )
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is sent back without saying why")
def may_send_back(*, reason: str) -> Decision:
    """Decide whether a step may be sent back (3.5.2)."""
    if not reason.strip():
        return Decision.no("Say what must be mended.", clause=CLAUSE, remedy="Write a sentence.")
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is carried out twice, in a way that there is not, or at a time that has not come")
def may_record_service(
    *, done: str, is_over: bool, how: str, is_voluntary: bool, served_at: datetime, at: datetime
) -> Decision:
    """Decide whether carrying a step out may be recorded; `done` says what happened when it was done already (3.5.2)."""
    if done:
        return Decision.no(f"It is recorded already: {done}.", clause=CLAUSE, remedy="Nothing more is needed.")
    if is_over:
        return Decision.no("This step has ended.", clause=CLAUSE, remedy="Propose another one.")
    if how not in Served.values or (how == Served.BEGUN) != is_voluntary:
        return Decision.no("Say how it was done.", clause=CLAUSE)
    if served_at > at:
        return Decision.no("It cannot have been done later than now.", clause=CLAUSE, remedy="Record it once it is done.")
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "an outcome is recorded of a step that was not carried out")
def may_record_outcome(*, is_done: bool, is_over: bool, kind: str, words: str) -> Decision:
    """Decide whether what came of a step may be recorded (3.5.2)."""
    if not is_done or is_over:
        return Decision.no("There is an outcome once a step is carried out, and until it ends.", clause=CLAUSE)
    if kind not in Result.values or not words.strip():
        return Decision.no("Say what came of it.", clause=CLAUSE, remedy="Write a sentence.")
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "a step is ended twice, or as something that cannot be")
def may_end(*, is_over: bool, is_done: bool, is_voluntary: bool, ended_as: str) -> Decision:
    """Decide whether a step may end in this way (3.5.2)."""
    if is_over:
        return Decision.no("This step has ended already.", clause=CLAUSE)
    before = {Ending.WITHDRAWN, Ending.REPLACED, *((Ending.NOT_TAKEN_UP,) if is_voluntary else ())}
    after = {Ending.COMPLIED, Ending.EXPIRED, Ending.REPLACED, Ending.WITHDRAWN}
    after |= {Ending.AGREED, Ending.NOT_TAKEN_UP} if is_voluntary else set()
    if ended_as not in (after if is_done else before):
        return Decision.no("It cannot end in this way.", clause=CLAUSE, remedy="Choose how it ended.")
    return Decision.yes(clause=CLAUSE)


@guard("3.3.3", "a step is approved while something that the shield found is still open")
def may_approve_what_was_found(gate: Gate) -> Decision:
    """Decide whether an approver has looked at everything that the shield found in the letter (3.3.3)."""
    decision = is_shielded(gate)
    if not decision.allowed:
        return Decision.no(
            decision.reason, clause="3.3.3", remedy="Send it back to be mended, or clear each thing with a reason."
        )
    return decision
