"""What the gate decides by: every fact with its time, frozen, and nothing that is not decided by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from haven.accounts.choices import Role
from haven.interventions.choices import Danger, Evidence, Hearing, Side, View

RANKS: dict[str, int] = {Role.CASEWORKER: 0, Role.TEAM_MANAGER: 1, Role.HEAD_OF_SERVICE: 2}
"""The order of those who approve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolFacts:
    """What the landlord says of a tool."""

    label: str
    is_voluntary: bool
    is_legal: bool
    has_letter: bool
    rests_on_agreement: bool
    rank: int
    proportionality_lasts: timedelta = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """That one person harmed was asked: when, when it was written down, and what they think."""

    person: int
    asked_at: datetime
    at: datetime
    view: View


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """That a manager goes against somebody's wishes: when it was written down, and when they were told."""

    person: int
    told_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """That the danger to somebody was assessed."""

    person: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """That what the step may do was looked at, and since when they are safe."""

    at: datetime
    in_place_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The evidence that was chosen."""

    at: datetime
    kinds: frozenset[Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The look at equality and proportionality."""

    at: datetime
    is_proportionate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Whether the person responsible was heard."""

    at: datetime
    result: Hearing


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What was found before mediation."""

    at: datetime
    dangers: frozenset[Danger]
    is_trained_in_hate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented:
    """What one side said about taking part."""

    at: datetime
    person: int
    side: Side
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """What the step rests on, and whether the household still has it."""

    at: datetime
    tenancy: int
    agreement: int
    is_running: bool
    agreement_now: int
    is_shared_with_harmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The letter as it was written last."""

    at: datetime
    by: int
    text_hash: str
    language: str
    reads: str
    is_agreed_language: bool
    clause_agreements: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shielded:
    """What the identity shield found in a text, and what of it is still open."""

    at: datetime
    text_hash: str
    is_this_shield: bool
    open_findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The latest word of somebody who may approve."""

    at: datetime
    by: int
    rank: int
    approves: bool
    text_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFirst:
    """That a person harmed knows, or why telling them was not safe (then without a time)."""

    person: int
    at: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Everything that stands between a proposal and the act, as it is at one moment (DOMAIN.md 6.1)."""

    at: datetime
    tool: ToolFacts
    proposed_at: datetime
    proposed_by: int
    harmed: frozenset[int]
    needs_proportionality: bool = False
    consulted: tuple[Consulted, ...] = ()
    overridden: tuple[Overridden, ...] = ()
    assessed: tuple[Assessed, ...] = ()
    reviewed: Reviewed | None = None
    evidence: Chosen | None = None
    weighed: Weighed | None = None
    heard: Heard | None = None
    supported_at: datetime | None = None
    screened: Screened | None = None
    consents: tuple[Consented, ...] = ()
    tenure: Tenure | None = None
    letter: Written | None = None
    shield: Shielded | None = None
    approved: Approved | None = None
    told: tuple[ToldFirst, ...] = ()

    def is_before(self, at: datetime | None) -> bool:
        """Say whether something is dated before the act."""
        return at is not None and at < self.at
