"""A home, a caseworker and somebody who tells us something, for the tests of reports."""

from decimal import Decimal

import pytest

from tests.reports.times import CODE, SUNDAY_NIGHT


@pytest.fixture
def team(db):
    """The team of the first patch."""
    from haven.accounts.models import Team
    from haven.policy.pack import pack

    patch = next(iter(pack().patches))
    return Team.objects.create(name="Team of the first patch", patches=[patch])


@pytest.fixture
def home(team):
    """A flat in the team's patch."""
    from haven.homes.models import Property

    return Property.objects.create(
        uprn="900000000001",
        saon="Flat 3",
        paon="12",
        street="Quay Lane",
        town="Merrowdale",
        postcode="ZZ1 2AB",
        latitude=Decimal("55.000000"),
        longitude=Decimal("-1.600000"),
        patch=team.patches[0],
        council_code="E99000001",
    )


@pytest.fixture
def caseworker(db):
    """Somebody who does casework."""
    from haven.accounts.choices import Role
    from haven.accounts.models import Staff

    return Staff.objects.create_user("case@wrenfold.example", "x", name="C. Worker", roles=[Role.CASEWORKER])


@pytest.fixture
def call_handler(db):
    """Somebody who only takes reports down."""
    from haven.accounts.choices import Role
    from haven.accounts.models import Staff

    return Staff.objects.create_user("calls@wrenfold.example", "x", name="C. Handler", roles=[Role.CALL_HANDLER])


@pytest.fixture
def tell(db):
    """Tell us something: `tell(account=…, danger=…, …)`; only what matters to the test need be said."""
    from haven.reports.actions import receive_report
    from haven.reports.told import Told
    from haven.reports.visits import VISITOR

    def telling(*, at=SUNDAY_NIGHT, code=CODE, items=(), logged_by=None, by=VISITOR, channel="WEB_FORM", **said):
        told = Told(**{"account": "He shouted at me on the stairs.", "danger": ("NONE",), **said})
        return receive_report(
            told=told, channel=channel, code=code, items=items, received_at=at, logged_by=logged_by, by=by, at=at
        )

    return telling


@pytest.fixture
def picture():
    """Make a small picture as a browser sends one."""
    from io import BytesIO

    from PIL import Image

    def drawn(colour="red"):
        file = BytesIO()
        Image.new("RGB", (8, 8), colour).save(file, "PNG")
        file.seek(0)
        return file

    return drawn


@pytest.fixture
def stored():
    """Say whether the bytes of a file lie in the evidence store."""
    from haven.evidence.store import store

    return lambda item: store().path(item.stored_as).exists()


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """Do what waits for the end of the transaction."""
    return django_capture_on_commit_callbacks
