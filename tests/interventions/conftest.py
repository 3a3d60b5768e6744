"""The case of the tests of interventions."""

import pytest


@pytest.fixture
def case(worker):
    from tests.interventions import cast

    return cast.case(worker)
