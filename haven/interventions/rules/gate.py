"""The common gate: all conditions together, and how far an intervention has come (DOMAIN.md 6.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from haven.interventions.choices import Condition, State
from haven.interventions.rules import conditions
from haven.interventions.rules.facts import Gate
from haven.kernel.decision import Decision
from haven.policy.register import guard

CONDITIONS: dict[Condition, Callable[[Gate], Decision]] = {
    Condition.CONSULTED: conditions.is_consulted,
    Condition.WISHES: conditions.are_wishes_followed,
    Condition.RISK: conditions.is_risk_reviewed,
    Condition.EVIDENCE: conditions.is_evidenced,
    Condition.PROPORTIONATE: conditions.is_proportionate,
    Condition.HEARD: conditions.is_heard,
    Condition.SUPPORT: conditions.is_support_considered,
    Condition.AGREED: conditions.is_agreed,
    Condition.TENURE: conditions.is_tenure_right,
    Condition.LETTER: conditions.is_letter_written,
    Condition.SHIELD: conditions.is_shielded,
    Condition.APPROVED: conditions.is_approved,
    Condition.TOLD: conditions.is_told_first,
}
"""Every condition with its guard, in the order in which they are met."""
LATER = frozenset({Condition.APPROVED, Condition.TOLD})
"""What comes after everything that the approver must know."""
ASKED_OF = frozenset({Condition.CONSULTED, Condition.WISHES})


@dataclass(frozen=True, slots=True)
class Standing:
    """How one condition stands."""

    condition: Condition
    decision: Decision

    @property
    def is_met(self) -> bool:
        """Say whether it is there."""
        return self.decision.allowed


def standing(gate: Gate) -> tuple[Standing, ...]:
    """Return how every condition of this tool stands, met or not, in their order."""
    return tuple(Standing(each, guard(gate)) for each, guard in CONDITIONS.items() if is_asked(each, gate))


def missing(gate: Gate, *, but: Iterable[Condition] = ()) -> tuple[Standing, ...]:
    """Return every condition that is not met, those in `but` left out."""
    left_out = set(but)
    return tuple(each for each in standing(gate) if not each.is_met and each.condition not in left_out)


def is_asked(condition: Condition, gate: Gate) -> bool:
    """Say whether a tool has this condition at all."""
    tool = gate.tool
    return {
        Condition.WISHES: bool(gate.consulted),
        Condition.AGREED: tool.is_voluntary,
        Condition.TENURE: tool.rests_on_agreement,
        Condition.LETTER: tool.has_letter,
        Condition.SHIELD: tool.has_letter,
        Condition.PROPORTIONATE: tool.is_legal or gate.needs_proportionality,
    }.get(condition, True)


@guard("3.5.2", "an intervention is carried out although a condition of the gate is missing or dated later")
def may_carry_out(gate: Gate) -> Decision:
    """Decide whether an intervention may be carried out now: every condition met, and dated before (3.5.2)."""
    return _all_of(missing(gate))


@guard("3.5.2", "an intervention is approved before everything that the approver must know is there")
def may_wait_for_approval(gate: Gate) -> Decision:
    """Decide whether an intervention may be put before somebody who approves: all but the last conditions (3.5.2).

    What the shield found may still be open: whoever approves it looks at each finding.
    """
    return _all_of(missing(gate, but={*LATER, Condition.SHIELD}))


def _all_of(lacking: tuple[Standing, ...]) -> Decision:
    """Return the first thing that is missing, and say how many more there are."""
    if not lacking:
        return Decision.yes(clause="3.5.2")
    first = lacking[0].decision
    more = len(lacking) - 1
    reason = first.reason if not more else f"{first.reason} {_further(more)}"
    return Decision(allowed=False, reason=reason, clause=first.clause, remedy=first.remedy, guard=first.guard)


def _further(count: int) -> str:
    return "One more thing is missing." if count == 1 else f"{count} more things are missing."


def state_of(gate: Gate) -> State:
    """Return how far an intervention has come that has not been carried out."""
    lacking = {each.condition for each in missing(gate)}
    if lacking & ASKED_OF:
        return State.PROPOSED
    if lacking - LATER - {Condition.SHIELD}:
        return State.CONSULTED
    return State.ASSESSED if lacking - {Condition.TOLD} else State.APPROVED
