"""Steps that a plan with the person harmed is often made of (clause 3.3.1)."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from haven.policy.bands import Band
from haven.policy.pack.clocks import Clock
from haven.policy.pack.keys import Worded, clause_numbers, code, key

PlanKind = Literal["safety", "home", "contact", "police", "support", "children", "other"]
PlanDoer = Literal["staff", "team", "agency", "person"]


@dataclass(frozen=True, kw_only=True)
class PlanStep(Worded):
    """One step in the landlord's words: who does it, how soon, and for which danger and needs it is offered first."""

    KEY: ClassVar[str] = "code"

    code: str = code("LOCKS")
    kind: PlanKind
    doer: PlanDoer
    within: Clock | None = key(default=None, parse=Clock.read)
    bands: tuple[Band, ...] = ()
    needs: tuple[str, ...] = key(default=(), refers="needs")
    clauses: tuple[str, ...] = clause_numbers()

    @property
    def is_ours(self) -> bool:
        """Whether it is the landlord who does it, so that it is a promise."""
        return self.doer in ("staff", "team")

    def suits(self, band: Band | None, needs: frozenset[str]) -> bool:
        """Whether it is offered first for this danger or for one of these needs."""
        return (band is not None and band in self.bands) or not needs.isdisjoint(self.needs)
