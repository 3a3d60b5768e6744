"""A report whose code somebody holds, and a caseworker."""

import pytest

from tests.reports.conftest import call_handler, caseworker, tell

__all__ = ["call_handler", "caseworker", "report", "tell"]


@pytest.fixture
def report(tell):
    """A report."""
    return tell()
