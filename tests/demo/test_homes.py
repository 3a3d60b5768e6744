"""The fictional landlord's homes and households hang together."""

from datetime import UTC, datetime
from random import Random

import pytest

from haven.demo import homes, staff
from haven.homes.choices import Regime
from haven.homes.models import Property, Tenancy
from haven.people.models import Person

AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def landlord(rolled_back):
    random = Random(7)
    versions = homes.agreements()
    built = homes.properties(random, 600)
    Property.objects.bulk_create(built)
    return homes.settle(random, built, versions, AT)


def test_every_home_has_its_own_uprn_and_an_address(landlord):
    assert Property.objects.values("uprn").distinct().count() == 600
    assert Property.objects.values("saon", "paon", "street", "town", "postcode").distinct().count() == 600
    assert all(len(home.uprn) == 12 and home.one_line.endswith(home.postcode) for home in Property.objects.all()[:50])


def test_every_regime_in_force_today_has_tenancies(landlord):
    in_use = set(Tenancy.objects.values_list("regime", flat=True))
    assert in_use == {choice for choice in Regime if choice != Regime.SOCIAL_ASSURED_RRA}


def test_a_tenancy_starts_while_its_agreement_is_in_use(landlord):
    for tenancy in Tenancy.objects.select_related("agreement"):
        version = tenancy.agreement
        assert version.in_use_from <= tenancy.starts_on
        assert version.in_use_to is None or tenancy.starts_on <= version.in_use_to
        assert tenancy.starts_on <= AT.date()


def test_names_can_be_read_with_the_key_and_found_by_their_beginning(landlord):
    from haven.kernel.words import query_tokens

    person = Person.objects.select_related("sealing_key").first()
    assert " " in person.name
    any_of = query_tokens(person.name.split()[0][:4])[0]
    assert Person.objects.filter(pk=person.pk, tokens__overlap=any_of).exists()


def test_the_same_seed_makes_the_same_landlord(landlord):
    again = homes.properties(Random(7), 600)
    kept = list(Property.objects.order_by("uprn").values_list("uprn", "street", "postcode"))
    assert kept == [(home.uprn, home.street, home.postcode) for home in again]


def test_there_is_one_sign_in_for_every_role():
    from haven.accounts.choices import Role

    assert {role for _, _, roles, _ in staff.SIGN_INS for role in roles} == set(Role)
