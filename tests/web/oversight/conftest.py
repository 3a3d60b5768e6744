"""The cast of oversight: reports worked on, and one of each who reads about them."""

import pytest

from tests.insight.conftest import NOW, caseworker, manager, team, worked_on
from tests.obligations.conftest import make_staff

__all__ = ["caseworker", "manager", "team", "worked_on"]


@pytest.fixture
def now(monkeypatch):
    """The moment at which pages are looked at."""
    from haven.kernel import clock

    monkeypatch.setattr(clock, "now", lambda: NOW)
    return NOW


@pytest.fixture
def as_(team, now):
    """Sign somebody in with these roles: `as_("auditor").get("/oversight/")`."""
    from tests.web.desk.signing import signed_in

    def sign_in(*roles, team=team):
        return signed_in(make_staff("_".join(roles) or "nobody", team, *roles))

    return sign_in
