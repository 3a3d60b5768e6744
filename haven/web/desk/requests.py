"""A request of somebody who is known."""

from __future__ import annotations

from django.http import HttpRequest

from haven.accounts.models import Staff


class StaffRequest(HttpRequest):
    """A request of somebody whom `staff_page` has let in."""

    user: Staff  # type: ignore[assignment]
