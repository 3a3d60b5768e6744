"""What may leave, and who may say that it may."""

from __future__ import annotations

from haven.kernel.decision import Decision
from haven.policy.register import guard, record

record("3.3.3", "confidentiality.Check", "What the identity shield found in each text about somebody that was to leave")
record("3.3.3", "confidentiality.Clearing", "Which findings of the shield were left in, by whom and why")


@guard("3.3.3", "what the shield found is cleared by whoever wrote the text, without a reason, or twice")
def may_clear(*, by: int, written_by: int, is_found: bool, is_cleared: bool, reason: str) -> Decision:
    """Decide whether a finding may be left in a text: one by one, by a second person, with a reason (3.3.3)."""
    if not is_found:
        return Decision.no("The shield found no such thing in this text.", clause="3.3.3")
    if by == written_by:
        return Decision.no(
            "Whoever wrote a text does not clear what the shield found in it.",
            clause="3.3.3",
            remedy="Take the words out, or let whoever approves it look at them.",
        )
    if is_cleared:
        return Decision.no("This has been cleared already.", clause="3.3.3")
    if not reason.strip():
        return Decision.no("Say why this can stay.", clause="3.3.3", remedy="Write why it tells nobody who told.")
    return Decision.yes(clause="3.3.3")


@guard("3.3.3", "a text about somebody leaves although the shield found what would tell them who told")
def may_leave(*, is_checked: bool, is_this_text: bool, is_this_shield: bool, open_findings: int) -> Decision:
    """Decide whether a text about somebody may leave: checked word for word as it is, with nothing left open (3.3.3)."""
    if not is_checked:
        return Decision.no(
            "The identity shield has not looked at this text.", clause="3.3.3", remedy="Check the text with the shield."
        )
    if not is_this_text:
        return Decision.no(
            "The text was changed after the identity shield looked at it.",
            clause="3.3.3",
            remedy="Check the text with the shield again.",
        )
    if not is_this_shield:
        return Decision.no(
            "The text was checked by an older identity shield.", clause="3.3.3", remedy="Check it again."
        )
    if open_findings:
        words = "one thing" if open_findings == 1 else f"{open_findings} things"
        return Decision.no(
            f"The identity shield found {words} in the text that could tell them who told.",
            clause="3.3.3",
            remedy="Take the marked words out, or let whoever approves it clear them one by one.",
        )
    return Decision.yes(clause="3.3.3")
