"""The landlord: its name and addresses, its policy, its hours, its areas, teams and patches."""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar, Literal

from haven.policy.pack.keys import ADDRESS, EMAIL, TELEPHONE, Entry, code, key

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True)
class Landlord(Entry):
    """Who runs this; `exit_url` is the everyday page to which leaving takes people."""

    name: str
    short_name: str
    fictional: bool
    telephone: str = key(pattern=TELEPHONE, like="01632 960001")
    telephone_out_of_hours: str = key(pattern=TELEPHONE, like="01632 960002")
    email: str = key(pattern=EMAIL, like="team@landlord.example")
    website: str = key(pattern=ADDRESS, like="https://landlord.example/")
    exit_url: str = key(pattern=ADDRESS, like="https://weather.example/")
    address: tuple[str, ...]
    police_force: str
    fire_service: str


@dataclass(frozen=True, kw_only=True)
class PolicyVersion(Entry):
    """The landlord's own policy: which version is in force, and when it must be looked at again (clause 4.2)."""

    title: str
    version: str
    approved_on: date
    review_by: date
    accountable_role: str
    review_team: str


@dataclass(frozen=True, kw_only=True)
class OfficeHours(Entry):
    """When the office answers, local time; closure days close the office and never stop a clock."""

    days: tuple[Weekday, ...]
    opens: time
    closes: time
    closure_days: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlarmCalls(Entry):
    """Who is written to about an alarm that nobody has taken, and how often; minutes (DOMAIN.md 2.4)."""

    office_minutes: int
    again_minutes: int
    wider_minutes: int


@dataclass(frozen=True, kw_only=True)
class Area(Entry):
    """A council area in which the landlord has homes; `ons_code` is the council's code."""

    KEY: ClassVar[str] = "code"

    code: str = code("MERROWDALE")
    name: str
    ons_code: str = key(pattern=r"[EWSN][0-9]{8}", like="E99000001")
    invented: bool
    council: str


@dataclass(frozen=True, kw_only=True)
class Team(Entry):
    """A team of caseworkers and the areas that it looks after."""

    KEY: ClassVar[str] = "code"

    code: str = code("NORTH")
    name: str
    areas: tuple[str, ...] = key(refers="areas")
    email: str = key(pattern=EMAIL, like="north@landlord.example")
    telephone: str = key(pattern=TELEPHONE, like="01632 960011")


@dataclass(frozen=True, kw_only=True)
class Patch(Entry):
    """The homes that one caseworker knows: a part of an area, looked after by a team."""

    KEY: ClassVar[str] = "code"

    code: str = code("MERROWDALE_1")
    name: str
    area: str = key(refers="areas")
    team: str = key(refers="teams")
