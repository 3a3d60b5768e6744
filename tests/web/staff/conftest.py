"""Somebody who can sign in, and what the trail says of them."""

import pytest


@pytest.fixture
def caseworker():
    """A caseworker with a password and no second factor."""
    from haven.accounts.choices import Role
    from tests.machinery.staff import with_password

    return with_password(Role.CASEWORKER, email="amal@landlord.example")


@pytest.fixture
def administrator():
    """An administrator with a password."""
    from haven.accounts.choices import Role
    from tests.machinery.staff import with_password

    return with_password(Role.ADMINISTRATOR, email="admin@landlord.example")


@pytest.fixture
def acts():
    """The acts on somebody's chain, or on the system's, with their codes."""
    from haven.trail.models import Entry

    def listed(staff=None):
        chain = f"staff:{staff.pk}" if staff else "system"
        return list(Entry.objects.filter(chain=chain).order_by("seq").values_list("act", "codes"))

    return listed
