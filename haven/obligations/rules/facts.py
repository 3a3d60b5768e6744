"""The frozen facts that duties are worked out from, and the duties themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from haven.obligations.rules.facts_of_work import EventFacts, HarmedFacts, PlanFacts, ReviewFacts, StepFacts
from haven.policy.bands import Band

__all__ = [
    "AlarmFacts",
    "CaseFacts",
    "ClosedFacts",
    "ContactFacts",
    "DecisionFacts",
    "DoneFacts",
    "EventFacts",
    "HarmedFacts",
    "MessageFacts",
    "Owed",
    "PlanFacts",
    "PoliceFacts",
    "Reach",
    "ReportFacts",
    "ReviewFacts",
    "RiskFacts",
    "Standing",
    "StepFacts",
    "UnreachedFacts",
    "WelfareFacts",
    "standing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFacts:
    """Somebody said that there is danger."""

    id: int
    raised_at: datetime
    out_of_hours: bool
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What was decided about a report; a decision to open no case is reviewed by somebody else."""

    id: int
    at: datetime
    makes_no_case: bool
    reviewed_at: datetime | None = None
    overturned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """One message between the landlord and the person; `read_at` says when the person saw the landlord's."""

    at: datetime
    from_person: bool
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """That somebody in the matter was reached, or tried to be; `with_teller` is whoever told us of it.

    `is_word` says that they have words of ours: we spoke, or something was sent.
    """

    at: datetime
    person: int
    is_two_way: bool
    with_teller: bool = True
    is_interview: bool = False
    counts: bool = True
    is_word: bool = True
    case: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachedFacts:
    """That an e-mail did not get through, or that everything was tried to reach somebody."""

    id: int
    at: datetime
    person: int
    case: int
    is_all_tried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFacts:
    """That a case was closed by a proposal that everybody agreed to or that a manager signed off."""

    case: int
    at: datetime
    in_writing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WelfareFacts:
    """That somebody thought of the welfare of a person who cannot be reached."""

    at: datetime
    person: int
    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceFacts:
    """What the person said about telling the police; each answer holds until the next, none leaves it as it was."""

    at: datetime
    may_be_told: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneFacts:
    """That somebody recorded a duty as done; for the case, or for every case where it names none."""

    key: str
    done_at: datetime
    case: int | None = None
    occasion: str = ""


class Reach(StrEnum):
    """Whether the person can be spoken with: in a way they named, by the code or not known yet, or they want none."""

    BY_THEIR_WAY = "by_their_way"
    UNKNOWN = "unknown"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case that a report is in."""

    id: int
    opened_at: datetime
    closed_at: datetime | None = None
    team: int | None = None
    caseworker: int | None = None
    caseworker_since: datetime | None = None
    stand_in_since: datetime | None = None
    urgency: int = 5
    leading_report: int | None = None
    can_be_assessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    """That the danger to a person or household in a case was assessed, or judged otherwise afterwards."""

    id: int
    case: int
    target: str
    at: datetime
    band: Band
    is_judgement: bool = False
    is_incomplete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """A report and everything recorded since that starts, meets or ends a duty."""

    id: int
    received_at: datetime
    logged_at: datetime
    channel: str
    from_staff: bool
    is_anonymous: bool
    has_code: bool
    band: Band
    urgency: int = 5
    team: int | None = None
    reader: int | None = None
    read_at: datetime | None = None
    police: tuple[PoliceFacts, ...] = ()
    alarms: tuple[AlarmFacts, ...] = ()
    decisions: tuple[DecisionFacts, ...] = ()
    messages: tuple[MessageFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
    reach: Reach = Reach.UNKNOWN
    reach_since: datetime | None = None
    needed: tuple[str, ...] = ()
    done: tuple[DoneFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    harmed: tuple[HarmedFacts, ...] = ()
    plans: tuple[PlanFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    events: tuple[EventFacts, ...] = ()
    reviews: tuple[ReviewFacts, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()
    unreached: tuple[UnreachedFacts, ...] = ()
    welfare: tuple[WelfareFacts, ...] = ()
    closed: tuple[ClosedFacts, ...] = ()


class Owed(NamedTuple):
    """One duty: what, since when, by when, met when; or ended, when nobody owes it any more.

    A tuple, because a rebuild makes millions: it is written and changed (`owing.changed`) in a fraction of the time.
    """

    key: str
    clause: str
    report: int
    starts_at: datetime
    due_at: datetime
    case: int | None = None
    occasion: str = ""
    met_at: datetime | None = None
    ended_at: datetime | None = None
    is_promise: bool = False
    urgency: int = 5
    team: int | None = None
    staff: int | None = None

    @property
    def is_open(self) -> bool:
        """Say whether somebody still owes it."""
        return self.met_at is None and self.ended_at is None


class Standing(StrEnum):
    """How a duty stands."""

    OPEN = "open"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    LAPSED = "lapsed"


def standing(*, due_at: datetime, met_at: datetime | None, ended_at: datetime | None, at: datetime) -> Standing:
    """Say how a duty stands at a time: met or missed, or open and perhaps late.

    One that ended unmet is missed when its time had passed, and lapsed when nobody owed it any more before that.
    """
    if met_at is not None:
        return Standing.MET if met_at <= due_at else Standing.MET_LATE
    if ended_at is not None:
        return Standing.MISSED if ended_at > due_at else Standing.LAPSED
    return Standing.LATE if at > due_at else Standing.OPEN
