"""Recording that something was done which no other record of Haven shows: a referral, a repair, an interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from haven.kernel.decision import Decision
from haven.policy.register import guard


class How(StrEnum):
    """In which way something was done."""

    TELEPHONE = "telephone"
    VIDEO = "video"
    IN_PERSON = "in_person"
    WRITING = "writing"
    VOICEMAIL = "voicemail"
    BY_OTHERS = "by_others"


DECISIONS = frozenset(
    {
        "home_secured",
        "safe_tonight",
        "police_discussion",
        "strategy_discussion",
        "target_hardening",
        "multi_agency",
        "housing_options",
        "children_referral",
    }
)
"""Duties that a decision meets, either way, if it is written down with its reason."""

BY_MANAGERS = frozenset({"manager_alert"})
"""Duties that only a manager records."""

RECORDABLE = frozenset(
    {
        "ack",
        "police_notify",
        "emergency_repair_attend",
        "emergency_repair_safe",
        "graffiti_hate",
        "homeless_referral",
        "interpreter_remote",
        "translation_essential",
        "closure_letter",
        "survey",
        "event_update",
        "event_update_urgent",
        "manager_alert",
        *DECISIONS,
    }
)
"""Duties that somebody records as done; every other is met by what Haven sees, conversations by the contact log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What is known when somebody says that a duty was done."""

    key: str
    how: How
    done_at: datetime
    starts_at: datetime
    is_open: bool
    does_casework: bool
    manages: bool = False
    words: str = ""


@guard(("3.4.1", "3.5.1"), "a voicemail taken for something done, or something recorded as done before it could be")
def may_record_done(doing: Doing, *, at: datetime) -> Decision:
    """Decide whether somebody may record a duty as done, then and in that way (clauses 3.4.1 and 3.5.1)."""
    if not doing.does_casework:
        return Decision.no("Caseworkers and their managers record what was done.", clause="3.4.1")
    if doing.key not in RECORDABLE:
        return Decision.no(
            "This is met by what Haven sees being done.", clause="3.4.1", remedy="Do it; it is then met by itself."
        )
    if not doing.is_open:
        return Decision.no("This has been done, or nobody owes it any more.", clause="3.4.1")
    if doing.done_at > at:
        return Decision.no("This time has not come yet.", clause="3.4.1", remedy="Record it when it has been done.")
    if doing.done_at < doing.starts_at:
        return Decision.no("That was before anybody told us of it.", clause="3.4.1", remedy="Check the date and time.")
    if doing.how is How.VOICEMAIL:
        return Decision.no(
            "A message that nobody answered does not show that it was done.",
            clause="3.4.1",
            remedy="Do it, and record how.",
        )
    stands = may_stand(doing)
    return Decision.yes(clause="3.4.1") if stands.allowed else stands


@guard(("3.3.2", "3.3.3(a)", "3.6.2", "3.4.3(d)"), "critical danger is acknowledged by no manager, or a decision has no reason")
def may_stand(doing: Doing) -> Decision:
    """Decide whether what was done stands by itself: a manager's duty by a manager, a decision with its reason."""
    if doing.key in BY_MANAGERS and not doing.manages:
        return Decision.no(
            "Only a manager can say that a manager knows.",
            clause="3.3.2",
            remedy="Ring the manager or whoever is on call; they record it.",
        )
    if doing.key in DECISIONS and not doing.words.strip():
        return Decision.no(
            "A decision needs its reason, whichever way it went.",
            clause="3.3.2",
            remedy="Write what was decided, by whom and why.",
        )
    return Decision.yes(clause="3.4.1")


@guard("3.4.1", "what somebody recorded as done is taken back by an account that does no casework")
def may_take_back(*, does_casework: bool, is_done: bool) -> Decision:
    """Decide whether a record that something was done may be taken back; both stay on record (clause 3.4.1)."""
    if not does_casework:
        return Decision.no("Caseworkers and their managers record what was done.", clause="3.4.1")
    if not is_done:
        return Decision.no("Nobody recorded this as done.", clause="3.4.1")
    return Decision.yes(clause="3.4.1")
