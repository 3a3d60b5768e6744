"""One press of a form is done once: the second finds what the first made, however close behind it comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction

from haven.accounts.models import Staff
from haven.cases.kept import Press
from haven.kernel.decision import Refused

KEPT = timedelta(days=1)


def done_once(*, key: str, page: str, staff: Staff, at: datetime, act: Callable[[], Any]) -> Any:
    """Do an act unless this very press was done before; return what it made, now or then.

    The press is set down in the act's own transaction: of two at once the second waits for the first. A refused act
    leaves its refusal and no press, so that it can be pressed again. Raises Refused.
    """
    with transaction.atomic():
        made, is_new = Press.objects.get_or_create(key=key, defaults={"page": page, "staff": staff, "at": at})
        if not is_new:
            return _made(made)
        try:
            result = act()
        except Refused as refused:
            Press.objects.filter(pk=key).delete()
            refusal = refused
        else:
            kind = result._meta.label if isinstance(result, models.Model) else ""
            Press.objects.filter(pk=key).update(kind=kind, made=result.pk if kind else None)
            return result
    raise refusal


def _made(press: Press) -> Any:
    """Return what a press made; True where it made nothing that can be found again."""
    if not press.kind:
        return True
    return apps.get_model(press.kind)._base_manager.filter(pk=press.made).first() or True


def is_done(page: str, staff: Staff) -> bool:
    """Say whether the form of a page has been sent by this member of staff."""
    return Press.objects.filter(page=page, staff=staff).exists()


def forget_presses(*, at: datetime) -> None:
    """Forget the presses of more than a day ago."""
    Press.objects.filter(at__lt=at - KEPT).delete()
