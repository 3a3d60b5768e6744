"""What the landlord promises and keeps: service standards, bank holidays, regimes, repeats, retention and more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal

from haven.policy.bands import Band
from haven.policy.pack.clocks import Clock
from haven.policy.pack.keys import (
    ADDRESS,
    LANGUAGE,
    TELEPHONE,
    Entry,
    Worded,
    clause_numbers,
    code,
    key,
    slug,
    translations,
)

Starts = Literal[
    "received_at",
    "first_contact",
    "last_two_way_contact",
    "event",
    "consent",
    "concern",
    "consultation",
    "decision",
    "made_safe",
    "risk_identified",
    "need_known",
    "request",
    "witness_named",
    "referral_sent",
    "opened",
    "closure_agreed",
    "closed",
    "contact_failed",
]


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How long a standard allows, for one band or all, in office hours, out of them or both; the earlier clock wins."""

    within: tuple[Clock, ...] = key(parse=Clock.read)
    band: Band | None = None
    out_of_hours: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Standard(Entry):
    """One service standard: what is due, how long after which fact, and whether the person is promised it."""

    KEY: ClassVar[str] = "key"

    key: str = slug()
    label: str
    clauses: tuple[str, ...] = clause_numbers()
    starts: Starts
    limit: tuple[Limit, ...]
    promised_to_person: bool
    promise: str = ""
    promise_in: Mapping[str, str] = translations()
    repeats: bool = False
    note: str = ""

    @property
    def is_banded(self) -> bool:
        """Whether the time depends on how great the danger is."""
        return any(limit.band is not None for limit in self.limit)

    @cached_property
    def minds_the_hour(self) -> bool:
        """Whether the time depends on whether the office was open."""
        return any(limit.out_of_hours is not None for limit in self.limit)

    @cached_property
    def _found(self) -> dict[tuple[Band, bool], tuple[Clock, ...]]:
        return {}

    def within(self, *, band: Band, out_of_hours: bool) -> tuple[Clock, ...]:
        """Return the clocks that run for this band at this hour; the most particular limit applies."""
        found = self._found.get((band, out_of_hours))
        if found is None:
            found = self._found[band, out_of_hours] = self._within(band, out_of_hours)
        return found

    def _within(self, band: Band, out_of_hours: bool) -> tuple[Clock, ...]:
        fitting = [limit for limit in self.limit if _fits(limit, band, out_of_hours)]
        if not fitting:
            raise LookupError(f"{self.key} has no limit for band {band}, out of hours: {out_of_hours}.")
        return max(fitting, key=lambda limit: (limit.band is not None, limit.out_of_hours is not None)).within

    def promise_for(self, language: str) -> str:
        """Return the promise in this language or its base language, else in English."""
        return self.promise_in.get(language) or self.promise_in.get(language.split("-")[0]) or self.promise


def _fits(limit: Limit, band: Band, out_of_hours: bool) -> bool:
    return limit.band in (None, band) and limit.out_of_hours in (None, out_of_hours)


@dataclass(frozen=True, kw_only=True)
class Clocks(Entry):
    """Which band's clock runs while nobody has assessed the danger yet."""

    unassessed_band: Band


@dataclass(frozen=True, kw_only=True)
class FailedContact(Entry):
    """What must have been tried before somebody counts as not to be reached (DOMAIN.md 4.4)."""

    attempts: int
    ways: int
    times: int
    working_days: int


@dataclass(frozen=True, kw_only=True)
class Coverage(Entry):
    """For which days the list of bank holidays is complete."""

    division: Literal["england-and-wales"]
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class BankHoliday(Entry):
    """One bank holiday. `one_off`: a single royal or national day. Not `kept`: moved or taken away that year."""

    KEY: ClassVar[str] = "day"

    day: date
    name: str
    one_off: bool = False
    kept: bool = True


@dataclass(frozen=True, kw_only=True)
class PossessionRegime(Entry):
    """The law under which a home is let, which decides the tools that exist (DOMAIN 1.3)."""

    KEY: ClassVar[str] = "code"

    code: str = code("SOCIAL_ASSURED_OLD")
    label: str
    statute: str
    lets: str
    selectable: bool
    in_force_from: date | None = None
    in_force_to: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Language(Entry):
    """A language that people may ask for; `shipped` ones have pages, `reviewed` ones were read by a native reader."""

    KEY: ClassVar[str] = "tag"

    tag: str = key(pattern=LANGUAGE, like="ar")
    name: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    shipped: bool
    reviewed: bool
    signed: bool = False


@dataclass(frozen=True, kw_only=True)
class RepeatRule(Entry):
    """When the same person harmed, person responsible or address counts as a repeat; shown as evidence only."""

    KEY: ClassVar[str] = "code"

    code: str = code("VICTIM_REPORTS")
    label: str
    about: Literal["person_harmed", "person_responsible", "address"]
    counts: Literal["reports", "incidents"]
    at_least: int = key(least=2)
    within_days: int = key(least=1)


@dataclass(frozen=True, kw_only=True)
class Pattern(Entry):
    """From how many occasions conduct is harassment (Protection from Harassment Act 1997)."""

    occasions: int = key(least=2)


@dataclass(frozen=True, kw_only=True)
class Retention(Entry):
    """How long a kind of record is kept, counted from which fact, and what then happens to it (clause 6.1)."""

    KEY: ClassVar[str] = "code"

    code: str = code("CASE_FILE")
    label: str
    keep_days: int = key(least=1)
    counted_from: Literal["closed", "created", "received", "decided", "last_change"]
    then: Literal["delete", "review", "unlink"]
    held_while: tuple[
        Literal["order_live", "child_under_25", "litigation_hold", "linked_case_open", "preserved_as_evidence"], ...
    ] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Helpline(Worded):
    """A service that people may be given; `emergency` ones come first on every page that shows them."""

    KEY: ClassVar[str] = "code"

    code: str = code("EMERGENCY")
    does: str
    telephone: str = key(default="", pattern=TELEPHONE, like="116 123")
    textphone: str = key(default="", pattern=TELEPHONE, like="18000")
    text_to: str = key(default="", pattern=TELEPHONE, like="999")
    website: str = key(default="", pattern=ADDRESS, like="https://help.example/")
    hours: str
    emergency: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnerQuestion(Entry):
    """A question that the policy leaves to its owner, with the default until it is answered (DOMAIN 13)."""

    KEY: ClassVar[str] = "number"

    number: str = key(pattern=r"Q[1-9][0-9]?", like="Q3")
    clauses: tuple[str, ...] = clause_numbers()
    issue: str
    default: str
    answer: str = ""
