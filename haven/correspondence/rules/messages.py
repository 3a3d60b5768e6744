"""What may be written to the person who reported, and what they may answer (clauses 3.3.3 and 3.4.1)."""

from __future__ import annotations

from haven.kernel.decision import Decision
from haven.policy.register import guard, record

LONGEST_MESSAGE = 20_000

record("3.4.1", "correspondence.Message", "Every update, question and answer, with when the person first saw it")


@guard("3.4.1", "A message by somebody who does no casework, or that says nothing, or that nobody could ever read")
def may_write(*, may_do_casework: bool, has_words: bool, can_be_read: bool) -> Decision:
    """Decide whether an update or a question may be posted for the person who reported (clause 3.4.1)."""
    if not may_do_casework:
        return Decision.no("Only a caseworker or their manager writes to the person who reported.", clause="3.4.1")
    if not has_words:
        return Decision.no("The message is empty.", clause="3.4.1", remedy="Write what you want to tell them.")
    if not can_be_read:
        return Decision.no(
            "Nobody was given a code for this report, so nobody could read it here.",
            clause="3.4.1",
            remedy="Reach the person by a way that they told us is safe, or issue a code.",
        )
    return Decision.yes(clause="3.4.1")


@guard("3.4.1", "An answer to something that was not asked, to another report's question, or that says nothing")
def may_answer(*, is_question: bool, is_own: bool, has_words: bool, is_short_enough: bool) -> Decision:
    """Decide whether the person may answer a message with these words: any question, as often as they like (3.4.1)."""
    if not (is_question and is_own):
        return Decision.no("There is no such question.", clause="3.4.1")
    if not has_words:
        return Decision.no("There is nothing in your answer yet.", clause="3.4.1", remedy="Write something first.")
    if not is_short_enough:
        return Decision.no("This is too long for one answer.", clause="3.4.1", remedy="Send it in parts.")
    return Decision.yes(clause="3.4.1")


@guard(("3.4.1", "3.3.3"), "An e-mail by somebody who does no casework, to no address, or that says nothing")
def may_write_mail(
    *, may_do_casework: bool, is_notice: bool, has_words: bool, has_address: bool, has_code: bool
) -> Decision:
    """Decide whether an e-mail may be put into the queue; whether it may go is asked again when it goes (3.3.3)."""
    if not may_do_casework:
        return Decision.no("Only a caseworker or their manager writes to people.", clause="3.4.1")
    if is_notice and not has_code:
        return Decision.no(
            "They hold no code, so nothing can wait for them behind it.",
            clause="3.4.1",
            remedy="Write to them in words, or reach them another way.",
        )
    if not is_notice and not has_words:
        return Decision.no("The message is empty.", clause="3.4.1", remedy="Write what you want to tell them.")
    if not has_address:
        return Decision.no(
            "We have no e-mail address of theirs.", clause="3.3.3", remedy="Record it with how to reach them safely."
        )
    return Decision.yes(clause="3.4.1")


@guard("3.4.1", "An e-mail is said to have come back that never went out")
def may_say_returned(*, may_do_casework: bool, was_sent: bool) -> Decision:
    """Decide whether an e-mail may be recorded as come back (clause 3.4.1)."""
    if not may_do_casework:
        return Decision.no("Only a caseworker or their manager records this.", clause="3.4.1")
    if not was_sent:
        return Decision.no("This e-mail is not out, so it cannot have come back.", clause="3.4.1")
    return Decision.yes(clause="3.4.1")
