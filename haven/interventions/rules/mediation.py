"""What may be recorded of mediation (clause 3.5.2(c))."""

from __future__ import annotations

from collections.abc import Collection

from haven.interventions.choices import Danger
from haven.kernel.decision import Decision
from haven.policy.register import guard

CLAUSE = "3.5.2(c)"


@guard(CLAUSE, "a screening of what is not voluntary, of dangers that there are not, or without words")
def may_screen(*, is_voluntary: bool, dangers: Collection[str], words: str) -> Decision:
    """Decide whether a screening may stand (3.5.2(c))."""
    if not is_voluntary:
        return Decision.no("Only what is voluntary is screened.", clause=CLAUSE)
    if set(dangers) - set(Danger.values):
        return Decision.no("There is no such danger.", clause=CLAUSE)
    if not words.strip():
        return Decision.no("Write down what it rests on.", clause=CLAUSE, remedy="A sentence is enough.")
    return Decision.yes(clause=CLAUSE)


@guard(CLAUSE, "somebody is asked to take part who is no side, too early, or before it was screened")
def may_consent(
    *, is_voluntary: bool, is_side: bool, asks_responsible: bool, is_consulted: bool, is_screened: bool
) -> Decision:
    """Decide whether somebody's yes or no may be recorded; asking the other side comes last (3.5.2(c))."""
    if not is_voluntary:
        return Decision.no("Nobody need agree to this step.", clause=CLAUSE)
    if not is_side:
        return Decision.no("They are neither harmed nor the person responsible here.", clause=CLAUSE)
    if asks_responsible and not is_consulted:
        return Decision.no(
            "Asking the person responsible tells them that somebody told us. Each person harmed is asked first.",
            clause=CLAUSE,
            remedy="Ask each person harmed about this step.",
        )
    if not is_screened:
        return Decision.no(
            "Nobody is asked to take part before it was screened and found safe.",
            clause=CLAUSE,
            remedy="Screen it for fear and pressure first.",
        )
    return Decision.yes(clause=CLAUSE)
