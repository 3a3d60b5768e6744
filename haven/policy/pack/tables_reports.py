"""What people are asked and what their answers mean: strands, incident types, channels, danger, places and wishes."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from haven.policy.bands import Band
from haven.policy.pack.keys import Worded, clause_numbers, code, key

Cause = Literal[
    "offer_police",
    "emergency_repair",
    "safe_place",
    "homeless_referral",
    "fire_referral",
    "safeguarding",
    "self_harm_help",
    "preserve_evidence",
]
MustRecord = Literal[
    "heard_by",
    "heard_where",
    "person_knows_it_is_logged",
    "call_reference",
    "call_back",
    "operator",
    "done_so_far",
    "handed_over_at",
    "original",
    "language",
    "platform",
    "post_address",
    "account_handle",
    "capture",
    "public_or_private",
    "referring_agency",
    "agency_reference",
    "sharing_agreement",
    "person_harmed_knows",
    "authority_to_act",
    "consents_to_contact",
    "source_record",
    "place",
]


@dataclass(frozen=True, kw_only=True)
class SubStrand(Worded):
    """A narrower word under a strand."""

    KEY: ClassVar[str] = "code"

    code: str = code("ANTI_BLACK")


@dataclass(frozen=True, kw_only=True)
class Strand(Worded):
    """A reason why somebody may be targeted, as they or anyone else perceive it.

    `national` are the five monitored everywhere; a case with only local strands is still a hate case for every clock
    and does not count in part 2 of the regulator's measure NM01.
    """

    KEY: ClassVar[str] = "code"

    code: str = code("RACE")
    staff_label: str
    national: bool
    counts_for_NM01_part2: bool
    recognised_by_force: tuple[str, ...]
    adopted: bool
    asks_for_words: bool = False
    sub: tuple[SubStrand, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class IncidentGroup(Worded):
    """A heading under which incident types are offered."""

    KEY: ClassVar[str] = "code"

    code: str = code("THREATS")


@dataclass(frozen=True, kw_only=True)
class IncidentType(Worded):
    """A kind of thing that happened; `public` ones are offered to the person, all of them to staff."""

    KEY: ClassVar[str] = "code"

    code: str = code("VERBAL")
    staff_label: str
    group: str = key(refers="incident_groups")
    public: bool
    likely_crime: bool
    default_min_band: Band
    repair_prompt: bool
    evidence_prompt: bool
    fire_prompt: bool
    ground7A_relevant: bool


@dataclass(frozen=True, kw_only=True)
class Channel(Worded):
    """A way by which a report arrives (clause 3.2.2), and what must be recorded with it."""

    KEY: ClassVar[str] = "code"

    code: str = code("PHONE")
    clauses: tuple[str, ...] = clause_numbers()
    must_record: tuple[MustRecord, ...] = ()
    by_somebody_else: bool = False
    reconciled_daily: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Danger(Worded):
    """An answer to the first question of every channel, and what it causes (DOMAIN 2.4).

    An `exclusive` answer stands alone ("none of these"); `min_band` is the least band the report may then have.
    """

    KEY: ClassVar[str] = "code"

    code: str = code("HAPPENING_NOW")
    hint: str = ""
    clauses: tuple[str, ...] = clause_numbers()
    public: bool
    call_999: bool
    alarm: bool
    exclusive: bool = False
    min_band: Band | None = None
    causes: tuple[Cause, ...] = ()
    helplines: tuple[str, ...] = key(default=(), refers="helplines")


@dataclass(frozen=True, kw_only=True)
class PlaceType(Worded):
    """A kind of place where it happened, and which question about the place follows."""

    KEY: ClassVar[str] = "code"

    code: str = code("HOME")
    asks: Literal["our_home", "address", "online", "words"]
    shared_part: bool = False


@dataclass(frozen=True, kw_only=True)
class ReporterRole(Worded):
    """In which part somebody reports (DOMAIN 2.2, item 2)."""

    KEY: ClassVar[str] = "code"

    code: str = code("VICTIM")
    is_person_harmed: bool
    asks_whether_known: bool
    asks_authority: bool
    public: bool


@dataclass(frozen=True, kw_only=True)
class Relation(Worded):
    """What the person who reports is to the person harmed."""

    KEY: ClassVar[str] = "code"

    code: str = code("PARENT")


@dataclass(frozen=True, kw_only=True)
class ResponsibleKind(Worded):
    """What the person responsible (alleged) is to the landlord or the person harmed (DOMAIN 2.2, item 11)."""

    KEY: ClassVar[str] = "code"

    code: str = code("NEIGHBOUR")
    ours: bool
    works_for_landlord: bool = False
    public: bool


@dataclass(frozen=True, kw_only=True)
class Wish(Worded):
    """What the person harmed may want; it is recorded as theirs and never argued with (clause 3.3.1)."""

    KEY: ClassVar[str] = "code"

    code: str = code("STOP_IT")
    forbids_contact_with_responsible: bool = False
    wants_contact_with_responsible: bool = False


@dataclass(frozen=True, kw_only=True)
class Need(Worded):
    """What is needed straight away (DOMAIN 2.2, item 18), and by which service standard it is met."""

    KEY: ClassVar[str] = "code"

    code: str = code("LOCKS")
    clauses: tuple[str, ...] = clause_numbers()
    standard: str = key(refers="standards")
    alarm: bool = False


@dataclass(frozen=True, kw_only=True)
class PermissionScope(Worded):
    """How far a permission goes (clause 3.3.3); `shares` says whether anything may pass at all."""

    KEY: ClassVar[str] = "code"

    code: str = code("WITH_NAME")
    shares: bool
    with_name: bool
    is_answer: bool


@dataclass(frozen=True, kw_only=True)
class Recipient(Worded):
    """Somebody whom the form asks about: may we tell them, for what, and how far."""

    KEY: ClassVar[str] = "code"

    code: str = code("POLICE")
    clauses: tuple[str, ...] = clause_numbers()
    purpose: str
    scopes: tuple[str, ...] = key(refers="permission_scopes")
    public: bool
