"""The cast of the duties, with some reports and cases worked on."""

import pytest

from tests.obligations.conftest import HOUR, SUNDAY, caseworker, make_case, make_report, manager, team, told_in

__all__ = ["caseworker", "manager", "team"]
NOW = SUNDAY + 30 * HOUR


def refresh(*subjects):
    """What an act does at its end."""
    from haven.obligations.projection import refresh

    refresh(list(subjects), SUNDAY)


@pytest.fixture
def worked_on(team, caseworker):
    """Eight reports: five by the form and read in time, two by letter and late, one old; a case with the first two."""
    from haven.reports.models import Alarm, Permission

    reports = [make_report(read_at=SUNDAY + HOUR, strands=["RACE"], wants=["STOP"]) for _ in range(5)]
    reports += [
        make_report(channel="LETTER", logged_at=SUNDAY + 26 * HOUR, read_at=SUNDAY + 27 * HOUR, code_hash=None)
        for _ in range(2)
    ]
    reports.append(make_report(received_at=SUNDAY - 400 * 24 * HOUR, logged_at=SUNDAY - 400 * 24 * HOUR))
    case = make_case(team, *reports[:2], caseworker=caseworker, caseworker_since=SUNDAY + HOUR, is_hate_related=True)
    Alarm.objects.create(report=reports[0], raised_at=SUNDAY, out_of_hours=True, taken_at=SUNDAY + HOUR / 12)
    Alarm.objects.create(report=reports[1], raised_at=SUNDAY, out_of_hours=True)
    for scope in ("with_name", "no"):
        Permission.objects.create(
            report=reports[0], recipient="POLICE", scope=scope, at=SUNDAY, how="form", language="en"
        )
    told_in(reports[0])
    refresh(case, *reports)
    return reports
