"""A dull cast: a team, a caseworker and her manager; reports and cases made row by row."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

SUNDAY = datetime(2026, 11, 22, 21, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)
_numbers = count(1)


def make_report(**said):
    """Save a report of a Sunday night by the public form."""
    from haven.kernel.models import SealingKey
    from haven.kernel.references import new_reference
    from haven.reports.models import Report

    return Report.objects.create(
        **{
            "reference": new_reference("HV"),
            "sealing_key": SealingKey.objects.create_for("report"),
            "channel": "WEB_FORM",
            "language": "en",
            "received_at": SUNDAY,
            "logged_at": SUNDAY,
            "role": "victim",
            "identity": "named",
            "account": "They shouted at us again.",
            "answers": {},
            "code_hash": next(_numbers).to_bytes(32, "big"),
            "pack_version": "test",
            "triage_due_at": SUNDAY + 2 * HOUR,
            **said,
        }
    )


def told_in(report, part="reporter"):
    """Save somebody whom a report names."""
    from haven.kernel.models import SealingKey
    from haven.people.models import Person
    from haven.reports.models import ReportPerson

    person = Person.objects.create(
        sealing_key=SealingKey.objects.create_for("person"), origin="told", created_at=SUNDAY
    )
    ReportPerson.objects.create(report=report, person=person, part=part)
    return person


def make_case(team, *reports, **said):
    """Save a case with these reports in it."""
    from haven.cases.models import Case, CaseReport
    from haven.kernel.models import SealingKey
    from haven.kernel.references import new_reference

    case = Case.objects.create(
        **{
            "reference": new_reference("HC"),
            "sealing_key": SealingKey.objects.create_for("case"),
            "opened_at": SUNDAY + HOUR,
            "team": team,
            "policy_version": "test",
            **said,
        }
    )
    for report in reports:
        CaseReport.objects.create(case=case, report=report, at=case.opened_at)
    return case


def make_staff(name, team, *roles):
    """Save a member of staff."""
    from haven.accounts.models import Staff

    return Staff.objects.create(email=f"{name}@landlord.example", name=name, team=team, roles=list(roles))


@pytest.fixture
def team(db):
    """A team."""
    from haven.accounts.models import Team

    return Team.objects.create(name="North", patches=["MERROWDALE_1"])


@pytest.fixture
def caseworker(team):
    """Somebody in the team who works on cases."""
    return make_staff("caseworker", team, "caseworker")


@pytest.fixture
def manager(team):
    """The team's manager."""
    return make_staff("manager", team, "team_manager")


def table():
    """The table of duties as a set, without its row ids."""
    from haven.obligations.models import Duty
    from haven.obligations.projection import COLUMNS

    return set(Duty.objects.values_list(*COLUMNS))
