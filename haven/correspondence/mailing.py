"""E-mail out of the queue: the gate is asked at the very moment, and what it stops becomes somebody's task (3.3.3).

A letter that the mail server took and that a crash kept us from noting is sent once more after `CLAIM`: people may get
one twice, never none.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from haven.correspondence import mail
from haven.correspondence.actions.mails import settle_mail
from haven.correspondence.choices import MailState, NotCounted, Way
from haven.correspondence.models import Mail
from haven.correspondence.queries.reach import address_of, greeting_of, reachable
from haven.correspondence.rules import not_counted
from haven.kernel.action import SYSTEM
from haven.people.times import next_within

CLAIM = timedelta(minutes=10)
MOST_TRIES = 6


def waiting(at: datetime) -> list[int]:
    """Return the e-mails whose moment has come, oldest first."""
    rows = Mail.objects.filter(state=MailState.WAITING, not_before__lte=at)
    return list(rows.order_by("not_before", "pk").values_list("pk", flat=True)[:200])


def send(mail_id: int, *, at: datetime) -> str:
    """Send one e-mail if it may go now; return what became of it."""
    claimed = _claim(mail_id, at)
    if claimed is None:
        return "not now"
    try:
        subject, text = _letter(claimed)
        mail.write_to_person(
            address_of(claimed.person),
            subject=subject,
            text=text,
            language=claimed.language,
            is_notice=claimed.words is None,
        )
    except mail.NotSent as problem:
        if claimed.tries < MOST_TRIES:
            return "later"
        return str(settle_mail(mail=claimed, state=MailState.FAILED, why=str(problem)[:60], by=SYSTEM, at=at).state)
    return str(settle_mail(mail=claimed, state=MailState.SENT, by=SYSTEM, at=at).state)


def _claim(mail_id: int, at: datetime) -> Mail | None:
    """Take an e-mail up for sending, so that no other worker does; stop it, or put it off, where the gate is shut."""
    with transaction.atomic():
        rows = Mail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person", "case", "report")
        found = rows.filter(pk=mail_id, state=MailState.WAITING, not_before__lte=at).first()
        if found is None:
            return None
        known = reachable(found.person)
        shut = not_counted(known, Way.EMAIL, "", at=at)
        if shut == NotCounted.TIME and known.windows:
            found.not_before = next_within(known.windows, at)
            found.save(update_fields=["not_before"])
            return None
        if shut or not address_of(found.person):
            settle_mail(mail=found, state=MailState.STOPPED, why=str(shut or "no address"), by=SYSTEM, at=at)
            return None
        found.tries += 1
        found.not_before = at + CLAIM * found.tries
        found.save(update_fields=["tries", "not_before"])
        return found


def _letter(found: Mail) -> tuple[str, str]:
    """Return subject and words in the person's language; the subject never says what it is about."""
    shipped = dict(settings.LANGUAGES)
    with translation.override(found.language if found.language in shipped else settings.LANGUAGE_CODE):
        subject, sign = _("A message for you"), greeting_of(found.person)
        text = found.words
        if text is None:
            text = _("There is something new for you. You can read it here with your code:")
            text = f"{text}\n{settings.HAVEN_PUBLIC_URL}/"
    return subject, f"{text}\n\n{sign}\n" if sign else f"{text}\n"
