"""A small standing cast for the tests of triage, casework and the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from haven.accounts.choices import Role
from haven.accounts.models import Staff, Team
from haven.cases import access, actions
from haven.cases.actions import Seen
from haven.cases.models import Case
from haven.homes.models import AgreementVersion, Property, Tenancy
from haven.kernel.models import SealingKey
from haven.obligations.models import Closing
from haven.people.models import Occupancy, Person
from haven.reports.actions import receive_report
from haven.reports.models import Report
from haven.reports.told import Someone, Told

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_numbers = iter(range(1, 10**9))


def team(name: str = "Tyne", patches: tuple[str, ...] = ()) -> Team:
    return Team.objects.get_or_create(name=name, defaults={"patches": list(patches)})[0]


def staff(*roles: Role, team: Team | None = None, name: str = "") -> Staff:
    number = next(_numbers)
    return Staff.objects.create(
        email=f"staff{number}@landlord.example", name=name or f"Staff {number}", roles=list(roles), team=team
    )


def caseworker(team: Team | None = None, **more) -> Staff:
    return staff(Role.CASEWORKER, team=team, **more)


def manager(team: Team | None = None, **more) -> Staff:
    return staff(Role.TEAM_MANAGER, team=team, **more)


def head(**more) -> Staff:
    return staff(Role.HEAD_OF_SERVICE, **more)


def home(street: str = "Larch Road", paon: str = "1", postcode: str = "ZZ1 1AA", patch: str = "P1") -> Property:
    number = next(_numbers)
    return Property.objects.create(
        uprn=f"{number:012d}", paon=paon, street=street, town="Exampleton", postcode=postcode, latitude="54.9",
        longitude="-1.6", patch=patch, council_code="E99000001",
    )  # fmt: skip


def person(name: str = "Amina Yusuf", origin: str = "register", at: datetime = AT) -> Person:
    return Person.objects.create(
        sealing_key=SealingKey.objects.create_for("person"), origin=origin, name=name, created_at=at
    )


def tenant(home: Property, name: str = "Amina Yusuf") -> Person:
    agreement, _ = AgreementVersion.objects.get_or_create(
        code="A1", defaults={"regime": "SOCIAL_ASSURED_OLD", "title": "Agreement", "in_use_from": "2010-01-01"}
    )
    tenancy = Tenancy.objects.create(
        property=home, regime="SOCIAL_ASSURED_OLD", agreement=agreement, starts_on="2020-01-01"
    )
    who = person(name)
    Occupancy.objects.create(tenancy=tenancy, person=who, part="tenant", from_on="2020-01-01")
    return who


def report(
    *,
    home: Property | None = None,
    team: Team | None = None,
    harmed: str = "",
    reporter: str = "",
    responsible: tuple[str, ...] = (),
    at: datetime = AT,
    logged_by: Staff | None = None,
    **told,
) -> Report:
    said = {"account": "He shouted at me again.", "danger": ("NONE",), "strands": ("RACE",), "role": "victim", **told}
    received = receive_report(
        told=Told(
            home_id=home.pk if home else None,
            reporter=Someone(name=reporter) if reporter else None,
            harmed=Someone(name=harmed) if harmed else None,
            responsible=tuple(Someone(name=name) for name in responsible),
            **said,
        ),
        channel="WEB_FORM",
        code=None,
        received_at=at,
        logged_by=logged_by,
        by=logged_by or _Nobody(),
        at=at,
    )
    if team is not None:
        Report.objects.filter(pk=received.pk).update(team=team)
        received.refresh_from_db(fields=["team"])
    return received


class _Nobody:
    """The public form before there is a report."""

    actor_kind = "reporter"
    actor_id = None


def seen(report: Report, shown: dict | None = None) -> Seen:
    report.refresh_from_db(fields=["version"])
    return Seen(version=report.version, shown={} if shown is None else shown)


def case(
    *, by: Staff | None = None, team_: Team | None = None, at: datetime = AT, caseworker: Staff | None = None, **told
) -> Case:
    where = team_ or (by.team if by else None) or team()
    told_of = report(team=where, at=at, **told)
    opener = by or head()
    return actions.open_case(report=told_of, seen=seen(told_of), team=where, caseworker=caseworker, by=opener, at=at)


def known(viewer: Staff, report: Report, at: datetime = AT):
    return access.known_of(viewer, report, at=at)


def closed(case: Case, at: datetime = AT) -> Case:
    """Close a case as one that was brought over."""
    Closing.objects.create(
        case=case, state="brought_over", needs_sign_off=False, proposed_at=at, decided_at=at, policy_version="test"
    )
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=at)
    case.refresh_from_db()
    return case
