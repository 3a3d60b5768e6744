"""The cast of the scenarios."""

import pytest


@pytest.fixture
def tyne(db):
    from tests.cases import cast

    return cast.team("Tyne")


@pytest.fixture
def worker(tyne):
    from tests.cases import cast

    return cast.caseworker(tyne, name="Ada Worker")


@pytest.fixture
def other(tyne):
    from tests.cases import cast

    return cast.caseworker(tyne, name="Cy Colleague")


@pytest.fixture
def boss(tyne):
    from tests.cases import cast

    return cast.manager(tyne, name="Bo Manager")


@pytest.fixture
def head(db):
    from tests.cases import cast

    return cast.head(name="Hetty Head")


@pytest.fixture
def case(worker):
    from tests.interventions import cast

    return cast.case(worker)
