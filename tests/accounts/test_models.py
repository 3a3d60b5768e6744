"""What the database itself refuses about accounts, and what a row never says."""

import pytest
from django.db import IntegrityError

from haven.accounts.choices import Role
from haven.accounts.models import SetUpLink, Staff
from haven.kernel import clock
from tests.machinery.staff import member

pytestmark = pytest.mark.django_db
NOW = clock.now()


def link(staff, **more):
    return SetUpLink.objects.create(
        staff=staff, secret_hash=bytes([SetUpLink.objects.count()]) * 32, issued_at=NOW, expires_at=NOW, **more
    )


def test_one_open_link_for_each_person():
    staff = member(Role.CASEWORKER)
    link(staff, used_at=NOW)
    link(staff, withdrawn_at=NOW)
    link(staff)
    with pytest.raises(IntegrityError, match="one_open_set_up_link"):
        link(staff)


def test_a_link_is_used_or_withdrawn_and_never_both():
    with pytest.raises(IntegrityError, match="set_up_link_used_or_withdrawn"):
        link(member(Role.CASEWORKER), used_at=NOW, withdrawn_at=NOW)


def test_two_people_never_sign_in_with_one_address_in_any_case_of_letters():
    member(Role.CASEWORKER, email="Amal@Landlord.example")
    with pytest.raises(IntegrityError):
        member(Role.CASEWORKER, email="amal@landlord.EXAMPLE")


def test_a_row_says_its_number_and_no_name():
    staff = Staff.objects.get(pk=member(Role.CASEWORKER, name="Amal").pk)
    assert str(staff) == f"staff {staff.pk}"
    assert "Amal" not in str(link(staff))
