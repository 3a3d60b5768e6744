"""The cast of the tests of plans."""

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
def boss(tyne):
    from tests.cases import cast

    return cast.manager(tyne, name="Bo Manager")


@pytest.fixture
def case(worker):
    from tests.risk import cast

    return cast.case(worker)
