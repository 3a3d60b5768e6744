"""One guess at a password or a code: counted, looked at, and recorded if it was wrong."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from haven.accounts import actions, guessing
from haven.accounts.choices import Step
from haven.accounts.models import Staff
from haven.kernel import clock
from haven.kernel.action import SYSTEM
from haven.web.staff.device import device_of

Found = TypeVar("Found")


def attempt(
    request: HttpRequest, check: Callable[[], Found | None], *, account: str, staff: Staff | None, step: Step
) -> Found | None:
    """Return what `check` finds, or None if the guess was wrong; raise ValidationError if it must wait.

    An account that does not exist takes the same way: counted, hashed and recorded alike.
    """
    counted = _counted(request, account.strip().lower(), step)
    if wait := guessing.wait_or_count(counted, at=clock.now()):
        raise must_wait(wait)
    found = check()
    if found is not None:
        guessing.was_right(counted)
        return found
    at = clock.now()
    next_wait = guessing.waiting(counted, at=at)
    actions.record_failed_sign_in(staff=staff, step=step, wait=next_wait, by=SYSTEM, at=at)
    return None


def must_wait(wait: timedelta) -> ValidationError:
    """Return the error that says how long to wait; it does not say whether the account exists."""
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    words = ngettext(
        "There were too many wrong tries. Wait %(minutes)d minute, then try again.",
        "There were too many wrong tries. Wait %(minutes)d minutes, then try again.",
        minutes,
    )
    return ValidationError(words % {"minutes": minutes}, code="must_wait")


def _counted(request: HttpRequest, account: str, step: Step) -> tuple[guessing.Counted, ...]:
    address = get_adapter().get_client_ip(request)
    if not account:
        return guessing.counted_for_place(address=address)
    return guessing.counted_for(account=account, address=address, device=device_of(request, account), secret=step)
