"""Why something was late: who is asked, and what counts as an answer (clause 2.0(b))."""

from __future__ import annotations

from dataclasses import dataclass

from haven.kernel.decision import Decision
from haven.policy.pack import pack
from haven.policy.register import guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why something was late: a code of the pack, and words."""

    code: str
    words: str = ""


@guard("2.0(b)", "a reason for lateness by somebody whose work it is not, for what is not late, or that says nothing")
def may_give_reason(why: Why, *, is_theirs: bool, is_late: bool) -> Decision:
    """Decide whether somebody may say why a duty was late, in this way (clause 2.0(b))."""
    if not is_theirs:
        return Decision.no(
            "Whoever owes it says why it is late, or their stand-in or manager.",
            clause="2.0(b)",
            remedy="Ask the caseworker or the team's manager.",
        )
    if not is_late:
        return Decision.no("This is not late.", clause="2.0(b)")
    return says_something(why)


@guard("2.0(b)", "a reason for lateness that the landlord does not know, or that needs words and has none")
def says_something(why: Why) -> Decision:
    """Decide whether this is an answer to why something was late (clause 2.0(b))."""
    reason = pack().late_reasons.get(why.code)
    if reason is None:
        return Decision.no("That is none of the reasons.", clause="2.0(b)", remedy="Choose why it was late.")
    if reason.needs_words and not why.words.strip():
        return Decision.no(
            f"“{reason.label}” needs a few words.", clause="2.0(b)", remedy="Write what stood in the way."
        )
    return Decision.yes(clause="2.0(b)")
