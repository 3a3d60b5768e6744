"""The cast of the tests of plans."""

import pytest


@pytest.fixture
def case(worker):
    from tests.risk import cast

    return cast.case(worker)
