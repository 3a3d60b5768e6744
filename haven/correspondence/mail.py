"""Mail to those who work here; the one place where Haven hands a letter to a mail server.

Nothing about anybody stands in it: neither in its subject nor in its words nor in its headers (clause 3.3.3).
"""

from __future__ import annotations

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from haven.accounts.models import Staff


class NotSent(Exception):
    """The mail server would not take a letter, or there is none; the message is a code without particulars."""


def is_set_up() -> bool:
    """Say whether mail leaves Haven at all."""
    return bool(settings.EMAIL_BACKEND)


def write_to_staff(staff: Staff, *, subject: str, text: str) -> None:
    """Send one member of staff a letter; raises NotSent."""
    if not is_set_up():
        raise NotSent("no mail server")
    letter = EmailMessage(
        subject=subject,
        body=text,
        to=[staff.email],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(settings.HAVEN_PUBLIC_URL).hostname),
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    try:
        letter.send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors
        raise NotSent(type(problem).__name__) from problem
