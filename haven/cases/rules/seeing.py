"""Need to know: who may see a report or a case (clause 3.3.3).

Every door in `haven.cases.access` is the same rule in SQL; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from haven.accounts.choices import CASE_ROLES, Role
from haven.cases.choices import Restriction
from haven.kernel.decision import Decision
from haven.policy.register import guard

READERS = CASE_ROLES
"""Roles that may be on a case, take up a report, or be let in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever looks."""

    id: int
    roles: frozenset[str]
    team: int | None
    is_active: bool = True

    def has(self, *roles: str) -> bool:
        """Say whether this account is active and holds one of these roles."""
        return self.is_active and not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What decides who may see a case."""

    team: int
    restriction: str
    caseworker: int | None = None
    stand_in: int | None = None
    let_in: Collection[int] = ()
    locked_out: Collection[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What decides who may see a report."""

    team: int | None
    is_sealed: bool = False
    logged_by: int | None = None
    logged_this_shift: bool = False
    took_alarm_this_shift: bool = False
    made_a_case: bool = False
    in_seen_case: bool = False
    locked_out: Collection[int] = ()


@guard("3.3.3", "somebody looks at a case that they do not need to know of")
def may_see_case(viewer: Viewer, case: CaseFacts) -> Decision:
    """Decide whether somebody may see a case: allocation, team, restriction; a conflict shuts every door (3.3.3)."""
    if viewer.id in case.locked_out:
        return _not_there()
    if not viewer.has(*READERS):
        return _not_there()
    if viewer.id in (case.caseworker, case.stand_in) or viewer.id in case.let_in:
        return Decision.yes(clause="3.3.3")
    if viewer.has(Role.HEAD_OF_SERVICE) and case.restriction in (Restriction.TEAM, Restriction.NAMED):
        return Decision.yes(clause="3.3.3")
    its_team = viewer.has(Role.CASEWORKER, Role.TEAM_MANAGER) and viewer.team == case.team
    if its_team and case.restriction == Restriction.TEAM:
        return Decision.yes(clause="3.3.3")
    return _not_there()


@guard("3.3.3", "somebody reads a report that they do not need to know of")
def may_see_report(viewer: Viewer, report: ReportFacts) -> Decision:
    """Decide whether somebody may see a report (3.3.3).

    In no case yet: its team, or everybody with a case role while it has no team; where somebody who works here may be
    responsible, heads of service only. In a case: whoever sees that case. Whoever logged it, or took its alarm,
    sees it for a shift: somebody who answers danger needs to know where.
    """
    if viewer.id in report.locked_out:
        return _not_there()
    if viewer.has(Role.CALL_HANDLER) and report.logged_by == viewer.id and report.logged_this_shift:
        return Decision.yes(clause="3.3.3")
    if viewer.is_active and report.took_alarm_this_shift:
        return Decision.yes(clause="3.3.3")
    if not viewer.has(*READERS):
        return _not_there()
    if report.in_seen_case:
        return Decision.yes(clause="3.3.3")
    if report.made_a_case:
        return _not_there()
    if viewer.has(Role.HEAD_OF_SERVICE):
        return Decision.yes(clause="3.3.3")
    if report.is_sealed:
        return _not_there()
    if report.team is None or report.team == viewer.team:
        return Decision.yes(clause="3.3.3")
    return _not_there()


def _not_there() -> Decision:
    """Say the same whether it is absent or forbidden."""
    return Decision.no("There is nothing here under that reference.", clause="3.3.3")
