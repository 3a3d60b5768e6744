"""Reads of messages without a viewer."""

from __future__ import annotations

from datetime import datetime

from haven.correspondence.models import Message
from haven.reports.models import Report


def messages_of(report: Report) -> list[Message]:
    """Return every message about a report, oldest first, ready to be opened with the report's key."""
    found = list(Message.objects.filter(report=report).order_by("at", "pk"))
    for message in found:
        message.report = report
    return found


def has_unread(messages: list[Message]) -> bool:
    """Say whether the person has not seen something yet that was written to them."""
    return any(message.by_id is not None and message.read_at is None for message in messages)


def last_told_at(report: Report) -> datetime | None:
    """Return when the landlord last wrote to the person, or None."""
    newest = Message.objects.filter(report=report, by__isnull=False).order_by("-at").first()
    return newest.at if newest else None
