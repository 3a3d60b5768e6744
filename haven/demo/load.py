"""Fill an empty database with the fictional landlord, once."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.db import transaction

from haven.demo import cases, homes, reports, staff
from haven.demo.sign_in import PASSWORD, email_of
from haven.homes.models import Property

SEED = 20261122
HOMES = 3000
REPORTS = 150


def is_empty() -> bool:
    """Say whether nothing has been loaded or recorded yet."""
    return not Property.objects.exists()


@transaction.atomic
def load(*, at: datetime, seed: int = SEED, homes_count: int = HOMES, reports_count: int = REPORTS) -> None:
    """Invent the landlord in one transaction: homes, people, staff, agencies, then reports and cases up to `at`."""
    random = Random(seed)
    who = staff.hire()
    staff.agencies()
    versions = homes.agreements()
    built = homes.properties(random, homes_count)
    Property.objects.bulk_create(built, batch_size=1000)
    households = homes.settle(random, built, versions, at)
    told = reports.tell(random, households, who, at, reports_count)
    cases.work(random, told, households, who, at)


def sign_ins() -> list[tuple[str, str, str]]:
    """Return role, address and password of one sign-in for each role, for `make run` to print."""
    return [
        (roles[0].label, email_of(sign_in), PASSWORD) for sign_in, _, roles, _ in staff.SIGN_INS
    ]
