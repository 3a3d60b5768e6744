"""The cast of the desk's pages, and the moment at which they are looked at."""

import pytest


@pytest.fixture
def now(monkeypatch):
    """An hour after the cast's reports came in."""
    from haven.kernel import clock
    from tests.cases import cast

    moment = cast.AT + cast.HOUR
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment
