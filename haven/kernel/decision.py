"""What a rule answers, and how an act refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done, why not, by which clause, and what would allow it."""

    allowed: bool
    reason: str = ""
    clause: str = ""
    remedy: str = ""
    guard: str = ""

    @classmethod
    def yes(cls, *, clause: str) -> Decision:
        """Answer that it may be done under `clause`."""
        return cls(allowed=True, clause=clause)

    @classmethod
    def no(cls, reason: str, *, clause: str, remedy: str = "") -> Decision:
        """Answer that it may not, with the reason in plain words and what would allow it."""
        return cls(allowed=False, reason=reason, clause=clause, remedy=remedy)

    def by(self, guard: str) -> Decision:
        """Return this decision stamped with the name of the guard that made it."""
        return replace(self, guard=guard)

    def __bool__(self) -> bool:
        return self.allowed


class Refused(Exception):
    """The policy does not allow this act; carries the decision that says why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.decision = decision


def require(decision: Decision) -> None:
    """Go on if the decision allows, or raise Refused; the running act notes which guard was asked."""
    from haven.kernel.action import heard

    heard(decision)
    if not decision.allowed:
        raise Refused(decision)
