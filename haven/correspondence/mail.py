"""The one place where Haven hands a letter to a mail server.

To those who work here nothing about anybody stands in it: neither in its subject nor in its words nor in its headers. To
people themselves the subject is the same whatever it is about; the words are what was written for them (clause 3.3.3).
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
    _write(staff.email, subject, text, {"Auto-Submitted": "auto-generated"})


def write_to_person(address: str, *, subject: str, text: str, language: str, is_notice: bool) -> None:
    """Send somebody a letter; raises NotSent. Only `mailing` may call this: it has asked the gate just before."""
    _write(
        address,
        subject,
        text,
        {"Content-Language": language, **({"Auto-Submitted": "auto-generated"} if is_notice else {})},
    )


def _write(address: str, subject: str, text: str, headers: dict[str, str]) -> None:
    if not is_set_up():
        raise NotSent("no mail server")
    letter = EmailMessage(
        subject=subject,
        body=text,
        to=[address],
        headers={"Message-ID": make_msgid(domain=urlsplit(settings.HAVEN_PUBLIC_URL).hostname), **headers},
        connection=get_connection(),
    )
    try:
        letter.send()
    except (OSError, ValueError) as problem:  # smtplib's errors are OSErrors
        raise NotSent(type(problem).__name__) from problem
