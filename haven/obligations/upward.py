"""Somebody above is told of a case that nobody has or that has gone quiet, by mail, once for each case and day."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from haven.accounts.choices import Role
from haven.accounts.models import Staff
from haven.cases.models import Case
from haven.cases.queries.facts import case_facts, viewer_of
from haven.cases.rules.seeing import may_see_case
from haven.correspondence import mail
from haven.kernel.action import SYSTEM, Actor, action, note
from haven.kernel.clock import local_date
from haven.obligations.models import UpwardCall, Watch
from haven.obligations.rules.watching import Why, head_from, is_time_to_tell
from haven.reports.choices import CallOutcome

TELL_TASK = "upward.tell"
SUBJECT = "Haven: something waits for you"
TEXT = """Something in Haven waits for somebody to take it on, or to go on with it. Please look today.

Open Haven:
{address}

What it is about stands there and not here. You are written to about it once a day until somebody has seen to it.
"""


def due_cases(at: datetime) -> Iterable[int]:
    """Return the cases that nobody has, or that have gone quiet, and of which nobody above was told today."""
    told = UpwardCall.objects.filter(day=local_date(at)).values("case")
    rows = Watch.objects.filter(Q(unowned_from__lte=at) | Q(quiet_from__lte=at)).exclude(pk__in=told)
    return rows.order_by("urgency", "pk").values_list("pk", flat=True)


@transaction.atomic
def raise_case(case_id: int, *, at: datetime) -> list[UpwardCall]:
    """Set down whom to tell of a case today and put telling them into the queue; nobody while it is not due (2.0(b))."""
    watch = Watch.objects.select_for_update().filter(pk=case_id).first()
    why = why_of(watch, at) if watch else None
    if watch is None or why is None or not is_time_to_tell(watch.urgency, at):
        return []
    day = local_date(at)
    told = set(UpwardCall.objects.filter(case=case_id, day=day).values_list("staff_id", flat=True))
    calls = [
        UpwardCall(case_id=case_id, staff=each, day=day, why=why, at=at)
        for each in whom_to_tell(watch, why, at)
        if each.pk not in told
    ]
    made = UpwardCall.objects.bulk_create(calls)
    for call in made:
        ask_to_tell(call.staff_id)
    return made


def why_of(watch: Watch, at: datetime) -> Why | None:
    """Say why somebody above is told of a case now; a case that nobody has comes first."""
    if watch.unowned_from is not None and watch.unowned_from <= at:
        return Why.UNOWNED
    return Why.QUIET if watch.quiet_from <= at else None


def whom_to_tell(watch: Watch, why: Why, at: datetime) -> list[Staff]:
    """Return who is told: the team's managers, after the pack's time heads of service as well (4.1).

    Nobody who may not see the case, and so nobody with a conflict; heads at once where no manager may see it, and
    whoever is let into it by name where no head may either (3.3.3).
    """
    case = Case.objects.get(pk=watch.pk)
    facts = case_facts(case)
    above = Q(roles__contains=[Role.HEAD_OF_SERVICE]) | Q(roles__contains=[Role.TEAM_MANAGER], team=case.team_id)
    rows = Staff.objects.filter(above | Q(pk__in=facts.let_in), is_active=True).order_by("pk")
    seeing = [each for each in rows if may_see_case(viewer_of(each), facts)]
    managers = [each for each in seeing if each.has(Role.TEAM_MANAGER) and each.team_id == case.team_id]
    heads = [each for each in seeing if each.has(Role.HEAD_OF_SERVICE)]
    since = watch.unowned_from if why is Why.UNOWNED else watch.quiet_from
    if managers and since is not None and head_from(since, watch.urgency) > at:
        return managers
    return list(dict.fromkeys([*managers, *heads])) or seeing


def ask_to_tell(staff_id: int) -> None:
    """Put telling somebody into the queue, in the running transaction, unless it waits there already."""
    name = f"{TELL_TASK}:{staff_id}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(TELL_TASK, queueing_lock=name, lock=name).defer(staff_id=staff_id)


def untold(at: datetime) -> Iterable[int]:
    """Return those who were to be told today and have not been; nobody while no mail leaves Haven at all."""
    if not mail.is_set_up():
        return []
    rows = UpwardCall.objects.filter(day=local_date(at)).exclude(outcome=CallOutcome.SENT)
    return rows.order_by("staff").values_list("staff", flat=True).distinct()


def tell(staff: Staff, *, at: datetime) -> int:
    """Write one letter to somebody for every case of which they are to be told today; return how many that settled.

    Whoever may not see a case any more is not told of it, and nobody is told of one that was seen to meanwhile.
    """
    rows = UpwardCall.objects.filter(staff=staff, day=local_date(at)).exclude(outcome=CallOutcome.SENT)
    rows = rows.filter(Q(case__watch__unowned_from__lte=at) | Q(case__watch__quiet_from__lte=at))
    waiting = list(rows.select_related("case").order_by("pk"))
    calls = [each for each in waiting if may_see_case(viewer_of(staff), case_facts(each.case))]
    if not calls:
        return 0
    try:
        mail.write_to_staff(staff, subject=SUBJECT, text=_text())
    except mail.NotSent:
        outcome = CallOutcome.FAILED
    else:
        outcome = CallOutcome.SENT
    for call in calls:
        if call.outcome == outcome:  # tried again in vain: that it failed stands in the trail already
            continue
        end_call(case=call.case, call=call, outcome=outcome, by=SYSTEM, at=at)
    return len(calls) if outcome is CallOutcome.SENT else 0


@action("case.told_upward")
def end_call(*, case: Case, call: UpwardCall, outcome: CallOutcome, by: Actor, at: datetime) -> None:
    """Record whether somebody above could be told of a case (2.0(b))."""
    UpwardCall.objects.filter(pk=call.pk).update(outcome=outcome)
    note(staff=call.staff_id, why=call.why, by_way_of="mail", outcome=str(outcome))


def _text() -> str:
    return TEXT.format(address=settings.HAVEN_PUBLIC_URL + reverse("desk:team"))
