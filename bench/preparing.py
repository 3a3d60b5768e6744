"""`python -m bench.preparing`: a case with 500 things done in it and duties to record, in the database of HAVEN_DATA.

Prints them as JSON. The case's entries are linked by the trail's own function; the duties start with a yes to the police.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

ENTRIES = 500
DUTIES = 260


def main() -> int:
    """Prepare what pages are measured on that no filled database has."""
    from haven import environment
    from haven.jobs.databases import at_hand

    with at_hand(environment.read(), lambda _: None):
        os.environ["DJANGO_SETTINGS_MODULE"] = "haven.settings"
        import django

        django.setup()
        print(json.dumps({"long case": _long_case(), "duties": _duties()}))
    return 0


def _cases():  # type: ignore[no-untyped-def]
    """Return the open cases that the manager sees, the newest first."""
    from haven.accounts.models import Staff
    from haven.cases.access import visible_cases
    from haven.demo.sign_in import email_of

    manager = Staff.objects.get(email=email_of("manager"))
    return manager, visible_cases(manager).filter(state="open", team=manager.team).order_by("-opened_at")


def _long_case() -> str:
    """Return the reference of a case in which 500 things were done."""
    from django.db import transaction

    from haven.kernel import clock
    from haven.trail.models import Chain
    from haven.trail.recording import append

    manager, cases = _cases()
    case = cases[0]
    kept = Chain.objects.filter(name=case.trail_chain).values_list("length", flat=True).first() or 0
    for number in range(ENTRIES - kept):
        with transaction.atomic():
            append(
                chain=case.trail_chain,
                at=clock.now(),
                act=("contact.recorded", "case.finding_recorded", "duty.done")[number % 3],
                outcome="done",
                by=manager,
                subject=case,
                guards=[],
                clause="",
                codes={"way": "call", "result": "two_way", "source": "landlord", "value": "hate", "key": "update"},
            )
    return str(case.reference)


def _duties() -> list[int]:
    """Return the numbers of duties that can be recorded as done: the police are to be told after a fresh yes."""
    from django.db import transaction

    from haven.cases.models import CaseReport
    from haven.kernel import clock
    from haven.obligations.models import OPEN, Duty
    from haven.obligations.projection import refresh
    from haven.reports.choices import Scope
    from haven.reports.models import Permission, Report

    _, cases = _cases()
    reports = list(CaseReport.objects.filter(case__in=list(cases[:DUTIES])).values_list("report", flat=True))
    at = clock.now() - timedelta(minutes=2)  # what is recorded to the minute must not be before it was owed
    for step, scope in enumerate((Scope.NO, Scope.WITH_NAME)):
        moment = at + timedelta(microseconds=step)
        Permission.objects.bulk_create(
            Permission(report_id=pk, recipient="POLICE", scope=scope, at=moment, how="telephone", language="en") for pk in reports
        )
    with transaction.atomic():
        refresh(list(Report.objects.filter(pk__in=reports)), at)
    rows = Duty.objects.filter(OPEN, key="police_notify", report__in=reports)
    return list(rows.values_list("pk", flat=True))


if __name__ == "__main__":
    sys.exit(main())
