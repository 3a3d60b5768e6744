"""Somebody at the public pages, somebody else, and a home."""

import pytest

from tests.reports.conftest import call_handler, caseworker, home, on_commit, picture, stored, team, tell
from tests.web.public.visitor import Visitor

__all__ = ["call_handler", "caseworker", "home", "on_commit", "picture", "stored", "team", "tell"]


@pytest.fixture
def visitor(db):
    """Somebody who has just come."""
    return Visitor()


@pytest.fixture
def another(db):
    """Somebody else, with a browser of their own."""
    return Visitor()
