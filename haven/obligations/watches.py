"""Keeps what is derived of open cases equal to what the facts say, and asks for somebody above to be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from haven.obligations.models import Watch
from haven.obligations.queries.watched import watched
from haven.obligations.rules.watching import Watching, watch

LOOK_TASK = "upward.look"
CHANGING = ("team", "urgency", "unowned_from", "unheard_from", "idle_from", "quiet_from")


@dataclass(frozen=True, slots=True)
class Change:
    """What was derived of a case before and what is now; None where it is not watched."""

    case: int
    before: Watching | None
    now: Watching | None


def changes_in(cases: Collection[int]) -> list[Change]:
    """Compare the table of watches with what the facts say of these cases; one query."""
    found = (Change(each.case, each.kept, watch(each.known) if each.known else None) for each in watched(cases))
    return [each for each in found if each.before != each.now]


def bring_up_to_date(cases: Collection[int], at: datetime | None = None) -> int:
    """Write what differs; at a time, ask for somebody above to be told of what has just become so (2.0(b))."""
    changes = changes_in(cases)
    gone = [each.case for each in changes if each.now is None]
    if gone:
        Watch.objects.filter(pk__in=gone).delete()
    rows = [_row(each.now) for each in changes if each.now is not None]
    if rows:
        Watch.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=CHANGING)
    if at is not None:
        for each in changes:
            if each.now is not None and each.now.why(at) and not (each.before and each.before.why(at)):
                ask(each.case)
    return len(changes)


def _row(found: Watching) -> Watch:
    return Watch(
        case_id=found.case,
        team_id=found.team,
        urgency=found.urgency,
        unowned_from=found.unowned_from,
        unheard_from=found.unheard_from,
        idle_from=found.idle_from,
        quiet_from=found.quiet_from,
    )


def ask(case: int) -> None:
    """Put looking whom to tell of a case into the queue, in the running transaction, unless it waits there already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(LOOK_TASK, queueing_lock=f"{LOOK_TASK}:{case}").defer(case_id=case)


def said(cases: Collection[int]) -> Iterator[str]:
    """Say which cases' watches differ from what the facts say, by the case's number."""
    for each in changes_in(cases):
        if each.now is None:
            yield f"case {each.case}: watched, although it is closed"
        else:
            yield f"case {each.case}: {'watched otherwise than' if each.before else 'not watched, although'} the facts say"
