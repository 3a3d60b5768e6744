"""What may be recorded as a contact with somebody, and what only looks like one (clauses 3.2.3, 3.4.1 and 3.5.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haven.correspondence.choices import Began, PoliceTalk, Result, StillSafe, Way
from haven.kernel.decision import Decision
from haven.policy.bands import Band
from haven.policy.register import guard, record

record(("3.4.1", "3.5.1"), "correspondence.Contact", "Every contact with somebody and every try, and whether it counts")

MEETS = frozenset({Way.CALL, Way.VIDEO, Way.IN_PERSON})
"""Ways in which people speak with each other."""

RESULTS: dict[str, frozenset[str]] = {
    Way.CALL: frozenset({Result.TWO_WAY, Result.NO_ANSWER, Result.VOICEMAIL, Result.FAILED}),
    Way.VIDEO: frozenset({Result.TWO_WAY, Result.NO_ANSWER, Result.FAILED}),
    Way.IN_PERSON: frozenset({Result.TWO_WAY, Result.NO_ANSWER}),
    Way.TEXT: frozenset({Result.TWO_WAY, Result.SENT, Result.FAILED}),
    Way.EMAIL: frozenset({Result.TWO_WAY, Result.SENT, Result.FAILED}),
    Way.LETTER: frozenset({Result.TWO_WAY, Result.SENT, Result.FAILED}),
    Way.CODE: frozenset({Result.TWO_WAY, Result.SENT}),
}
"""What can come of each way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaching:
    """What somebody says about a contact or a try."""

    way: str
    result: str
    began: str = Began.US
    happened_at: datetime
    since: datetime
    is_interview: bool = False
    still_safe: str = ""
    police: str = ""
    words: str = ""
    does_casework: bool = True
    is_in_matter: bool = True
    is_responsible: bool = False
    is_harmed: bool = False
    band: Band | None = None
    needs_interpreter: bool = False
    had_interpreter: bool | None = None


@guard(("3.4.1", "3.5.1"), "a contact is recorded before it could be, or by an account that does no casework")
def may_record_contact(told: Reaching, *, at: datetime) -> Decision:
    """Decide whether this may be recorded at all (clause 3.4.1)."""
    if not told.does_casework:
        return Decision.no("Caseworkers and their managers record contacts.", clause="3.4.1")
    if not told.is_in_matter:
        return Decision.no("They are not in this case.", clause="3.4.1", remedy="Add them to the case first.")
    if told.happened_at > at:
        return Decision.no("This time has not come yet.", clause="3.4.1", remedy="Record it when it has happened.")
    if told.happened_at < told.since:
        return Decision.no("That was before anybody told us of it.", clause="3.4.1", remedy="Check the date and time.")
    if told.result not in RESULTS.get(told.way, frozenset()):
        return Decision.no("That cannot come of this way.", clause="3.4.1", remedy="Check how, and what came of it.")
    return Decision.yes(clause="3.4.1")


@guard("3.5.2", "somebody speaks with the person responsible as if that were no step against them")
def may_contact_here(told: Reaching) -> Decision:
    """Decide whether somebody may be contacted outside an intervention: never the person responsible (clause 3.5.2)."""
    if told.is_responsible and not told.is_harmed:
        return Decision.no(
            "Speaking with the person responsible is a step against them: it could tell them who reported.",
            clause="3.5.2",
            remedy="Ask the person harmed first. It is then recorded under Behaviour.",
        )
    return Decision.yes(clause="3.5.2")


@guard("3.4.1", "words that nobody answered, or that nobody wrote down, counted as a conversation")
def may_count_as_two_way(told: Reaching) -> Decision:
    """Decide whether a contact that is said to be two-way is one (clause 3.4.1)."""
    if told.result != Result.TWO_WAY:
        if told.is_interview:
            return Decision.no("A full talk needs both of you.", clause="3.4.1", remedy="Record it as a try.")
        return Decision.yes(clause="3.4.1")
    if not told.words.strip():
        return Decision.no("Nothing of what was said is written down.", clause="3.4.1", remedy="Write it in a line.")
    if told.is_interview and told.way not in MEETS:
        return Decision.no(
            "A full talk is held by telephone, by video or face to face.", clause="3.4.1", remedy="Speak with them."
        )
    return Decision.yes(clause="3.4.1")


@guard("3.3.3", "a conversation in which nobody asked whether it is still safe to reach them so")
def has_asked_whether_safe(told: Reaching) -> Decision:
    """Decide whether a two-way contact says if the safe ways still hold: confirmed again each time (DOMAIN.md 2.3)."""
    if told.result == Result.TWO_WAY and told.still_safe not in StillSafe.values:
        return Decision.no(
            "It is not said whether the ways to reach them are still safe.",
            clause="3.3.3",
            remedy="Ask at every contact, and say what they answered or that it could not be asked.",
        )
    return Decision.yes(clause="3.3.3")


@guard("3.2.3", "a conversation with somebody at risk that leaves out the police without saying so")
def has_spoken_of_police(told: Reaching) -> Decision:
    """Decide whether a conversation with somebody harmed, at medium risk or more, says what became of the police.

    They are told what is possible and asked again, never pressed; not raising it is an answer with a reason (3.2.3).
    """
    at_risk = told.band is not None and told.band.severity >= Band.MEDIUM.severity
    if told.result != Result.TWO_WAY or not told.is_harmed or not at_risk:
        return Decision.yes(clause="3.2.3")
    if told.police not in PoliceTalk.values:
        return Decision.no(
            "It is not said whether you spoke about the police.",
            clause="3.2.3",
            remedy="Say what they answered, or that you did not raise it this time.",
        )
    return Decision.yes(clause="3.2.3")


@guard("3.4.3(b)", "a full talk with somebody who needs an interpreter is held without one")
def had_interpreter(told: Reaching) -> Decision:
    """Decide whether a full talk counts although an interpreter or signer was needed (clause 3.4.3(b))."""
    if told.is_interview and told.needs_interpreter and not told.had_interpreter:
        return Decision.no(
            "They need an interpreter or signer, so a full talk without one is not complete.",
            clause="3.4.3(b)",
            remedy="Book one, never a child or somebody of the family. Record this as an ordinary contact meanwhile.",
        )
    return Decision.yes(clause="3.4.3(b)")


@guard("3.4.1", "a record of a contact is taken back by somebody who does no casework, or twice")
def may_take_contact_back(*, does_casework: bool, is_taken_back: bool, has_reason: bool) -> Decision:
    """Decide whether a contact recorded by mistake may be taken back; the record stays (clause 3.4.1)."""
    if not does_casework:
        return Decision.no("Caseworkers and their managers record contacts.", clause="3.4.1")
    if is_taken_back:
        return Decision.no("This has been taken back already.", clause="3.4.1")
    if not has_reason:
        return Decision.no("There is no reason.", clause="3.4.1", remedy="Say in a line what was wrong with it.")
    return Decision.yes(clause="3.4.1")
